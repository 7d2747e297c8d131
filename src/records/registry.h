// Behaviour of objects: plain functions that run inside the write, registered beside the
// declarations in crm/.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "records/record.h"
#include "store/database.h"

namespace daifuku::records {

class Write;

// One record being created, updated, deleted or restored.
struct Change {
  const meta::ObjectDef& object;
  const Record* before;  // nullptr when it is created (or restored from the trash)
  Record* after;         // nullptr when it is deleted; before-save behaviours may set values here
  Write& write;          // the transaction, for further records and derived numbers
  Problems& problems;    // before-save behaviours add to it to refuse the write

  bool created() const { return before == nullptr; }
  bool removed() const { return after == nullptr; }
  // The value differs from before (or is set, on creation).
  bool changed(std::string_view key) const {
    const meta::Value& old_value = before == nullptr ? meta::kEmpty : before->get(key);
    const meta::Value& new_value = after == nullptr ? meta::kEmpty : after->get(key);
    return old_value != new_value;
  }
  std::int64_t old_integer(std::string_view key) const {
    return before == nullptr ? 0 : before->integer(key);
  }
  std::int64_t new_integer(std::string_view key) const {
    return after == nullptr ? 0 : after->integer(key);
  }
};

using Behaviour = std::function<void(Change&)>;

// Filled at start by crm/, then only read.
class Registry {
 public:
  // Runs before validation and the insert or update; not for removals. May set values and add
  // problems.
  void before_save(std::string_view object, Behaviour run) {
    before_[std::string(object)].push_back(std::move(run));
  }
  // Runs in the same transaction after the row is written, also for removals: derived numbers,
  // tasks that follow.
  void after_save(std::string_view object, Behaviour run) {
    after_[std::string(object)].push_back(std::move(run));
  }

  void run_before(Change& change) const { run(before_, change); }
  void run_after(Change& change) const { run(after_, change); }

 private:
  using Map = std::unordered_map<std::string, std::vector<Behaviour>>;
  static void run(const Map& map, Change& change) {
    const auto found = map.find(change.object.key);
    if (found == map.end()) return;
    for (const Behaviour& behaviour : found->second) behaviour(change);
  }
  Map before_;
  Map after_;
};

}  // namespace daifuku::records
