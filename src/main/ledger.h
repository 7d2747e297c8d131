// An open ledger: keys, store, engine and accounts of one data folder, built by hand in order.
#pragma once

#include <memory>
#include <string>

#include "auth/accounts.h"
#include "base/id.h"
#include "crm/register/register_check.h"
#include "exchange/cards/cards.h"
#include "exchange/comparison.h"
#include "exchange/imports.h"
#include "exchange/reference/reference.h"
#include "main/options.h"
#include "records/engine.h"
#include "records/files.h"
#include "records/maturity.h"
#include "store/database.h"

namespace daifuku {

namespace records {
class DuplicateQueue;
}

struct Keys {
  std::string database = {};
  std::string files = {};
  std::string uploads = {};
  std::string round_trips = {};
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
  exchange::Comparisons& comparisons() { return *comparisons_; }
  exchange::Cards& cards() { return *cards_; }
  records::DuplicateQueue& duplicates() { return *duplicates_; }
  exchange::Reference& reference() { return *reference_; }
  records::Maturity& maturity() { return *maturity_; }
  crm::RegisterCheck& register_check() { return *register_check_; }
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
  std::unique_ptr<exchange::Cards> cards_;
  std::unique_ptr<records::DuplicateQueue> duplicates_;
  std::unique_ptr<exchange::Comparisons> comparisons_;
  std::unique_ptr<exchange::Reference> reference_;
  std::unique_ptr<records::Maturity> maturity_;
  std::unique_ptr<crm::RegisterCheck> register_check_;
};

int serve(const Options& options);
int run_import(const Options& options);
int run_export(const Options& options);
int run_user(const Options& options);
int run_token(const Options& options);
int run_demo(const Options& options);
int run_postal(const Options& options);
int run_register(const Options& options);
int run_verify(const Options& options);
int run_doctor(const Options& options);

}  // namespace daifuku
