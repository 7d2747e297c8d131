// An open ledger: keys, store, engine and accounts of one data folder, built by hand in order.
#pragma once

#include <memory>
#include <string>

#include "auth/accounts.h"
#include "base/id.h"
#include "exchange/imports.h"
#include "main/options.h"
#include "records/duplicate_queue.h"
#include "records/engine.h"
#include "records/files.h"
#include "store/database.h"

namespace daifuku {

struct Keys {
  std::string database = {};
  std::string files = {};
  std::string uploads = {};
};

// Reads the key file, or makes it (mode 0400) when neither it nor the ledger exists. Throws
// AppError(unavailable) with words on what to do: the key is missing, readable by others, or lies
// inside the data folder.
Keys read_keys(const std::string& data, const std::string& key_file, bool ledger_exists);

class Ledger {
 public:
  enum class Use { server, command, loading };
  Ledger(const Options& options, Use use);
  ~Ledger();

  store::Database& database() { return *database_; }
  records::Engine& engine() { return *engine_; }
  auth::Accounts& accounts() { return *accounts_; }
  records::Files& files() { return *files_; }
  exchange::Imports& imports() { return *imports_; }
  records::DuplicateQueue& duplicates() { return *duplicates_; }
  const Clock& clock() const { return clock_; }
  IdGenerator& ids() { return ids_; }
  const std::string& data() const { return data_; }

 private:
  std::string data_;
  SystemClock clock_;
  IdGenerator ids_;
  records::Registry registry_;
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<auth::Accounts> accounts_;
  std::unique_ptr<records::Engine> engine_;
  std::unique_ptr<records::Files> files_;
  std::unique_ptr<exchange::Imports> imports_;
  std::unique_ptr<records::DuplicateQueue> duplicates_;
};

int serve(const Options& options);
int run_import(const Options& options);
int run_export(const Options& options);
int run_user(const Options& options);
int run_token(const Options& options);
int run_demo(const Options& options);
int run_verify(const Options& options);
int run_doctor(const Options& options);

}  // namespace daifuku
