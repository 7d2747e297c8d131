// The whole ledger, readable without us: tables, files, history, people and rules, with a page that
// explains them. What signs somebody in (passwords, tokens, keys) is never in it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "auth/accounts.h"
#include "exchange/table_writer.h"
#include "records/engine.h"
#include "records/files.h"

namespace daifuku::exchange {

// Where it goes: a folder, or an archive on its way to a browser. One thread.
class ExportPlace {
 public:
  virtual ~ExportPlace() = default;
  // Names have / between folders and no other character that a file system refuses.
  virtual void file(const std::string& name, const std::function<void(const Sink&)>& content,
                    bool packed) = 0;
  // Once, at the end.
  virtual void finish() = 0;
};
// A folder of its own, mode 0700: AppError conflict "export_folder_not_empty" when something is in
// it, unavailable "file_unwritable".
std::unique_ptr<ExportPlace> make_export_folder(const std::string& folder);
std::unique_ptr<ExportPlace> make_export_archive(Sink sink, Millis now);

class LedgerExport {
 public:
  struct Progress {
    std::string what = {};  // label of the object, or what else is being written
    std::int64_t done = 0;
    std::int64_t total = 0;  // of all records, files and changes
  };
  // AppError forbidden unless the caller is an owner, whose rights cannot be taken away. The access
  // is kept.
  LedgerExport(records::Engine& engine, auth::Accounts& accounts, records::Files& files,
               const records::Caller& caller);

  // Its event is in the log before the first byte. In constant memory, but for one attachment at a
  // time. Others go on working: each table is read in slices, so it is not one moment of them all.
  void write(ExportPlace& place);
  void on_progress(std::function<void(const Progress&)> progress) {
    progress_ = std::move(progress);
  }

 private:
  class Parts;
  records::Engine& engine_;
  auth::Accounts& accounts_;
  records::Files& files_;
  std::shared_ptr<const auth::Access> access_;
  records::Caller caller_;
  std::function<void(const Progress&)> progress_ = {};
};

}  // namespace daifuku::exchange
