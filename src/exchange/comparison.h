// The round trip through Excel: an exported view that was edited comes back, and what differs is
// shown cell by cell, against what the file held when it went out and what the ledger holds now.
// What the person accepts is one batch, which undo takes back as a whole.
//
// Thread-safe. Only the person who put the file there sees a comparison; for others it does not
// exist. Records, fields and links that he may not read now are neither compared nor told of,
// whoever exported the file (docs/decisions/0021-round-trip-bases-stay-on-the-server.md).
#pragma once

#include <filesystem>
#include <mutex>
#include <set>
#include <string>

#include "auth/accounts.h"
#include "exchange/comparison_rows.h"
#include "exchange/export_base.h"
#include "exchange/import_rows.h"
#include "records/duplicate_queue.h"
#include "records/engine.h"

namespace daifuku::exchange {

class Comparisons {
 public:
  static constexpr std::int64_t kMostRows = 50'000;

  // `folder` is made with the mode 0700; `key32` seals the files in it.
  Comparisons(records::Engine& engine, auth::Accounts& accounts,
              records::DuplicateQueue& duplicates, std::filesystem::path folder, std::string key32);

  // Where exports keep what went out.
  const RoundTripStore& store() const { return store_; }

  // Reads the workbook in the file `upload` (it stays the caller's) and compares it. The answers
  // are appended to `out` as in the API. Throws what open_table() throws, and AppError: unsupported
  // "compare_not_ours", conflict "compare_base_gone", too_large "compare_too_large".
  void create(const records::Caller& caller, const meta::ObjectDef& object,
              const std::filesystem::path& upload, const std::string& name, std::string& out);
  void get_json(const records::Caller& caller, Id id, std::string& out);
  // A page of differences, judged against the ledger of this moment. `state` narrows it: change,
  // conflict, refused, invalid, add, remove; empty: all. `after` is the number of the last row.
  void rows_json(const records::Caller& caller, Id id, std::string_view state, std::int64_t after,
                 int limit, std::string& out);
  // body: {changes, conflicts, add, remove: boolean, except: {"12": {"phone": true}, "15": false}}.
  // AppError(conflict, "compare_done") when it was applied already.
  void apply(const records::Caller& caller, Id id, const Json& body, std::string& out);
  void remove(const records::Caller& caller, Id id);

 private:
  class Applying;
  ComparisonHead head_of(const records::Caller& caller, Id id) const;
  UserNames user_names();
  void remove_old() const;

  records::Engine& engine_;
  auth::Accounts& accounts_;
  records::DuplicateQueue& duplicates_;
  RoundTripStore store_;
  std::mutex mutex_;  // guards applying_
  std::set<Id> applying_ = {};
};

}  // namespace daifuku::exchange
