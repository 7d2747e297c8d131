// One write transaction of the engine. Made by Engine::write; behaviours get it to write further
// records.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "records/record.h"
#include "records/registry.h"
#include "store/database.h"

namespace daifuku::records {

class Engine;
class Rule;
struct Draft;
struct ObjectPlan;

// While it lives, records are only counted anew; see Write::moving.
class Moving {
 public:
  explicit Moving(bool& flag) : flag_(flag), before_(flag) { flag_ = true; }
  ~Moving() { flag_ = before_; }
  Moving(const Moving&) = delete;
  Moving& operator=(const Moving&) = delete;

 private:
  bool& flag_;
  bool before_;
};

// Not thread-safe; lives as long as the transaction. All changes made through it are one batch of
// the log.
class Write {
 public:
  Write(Engine& engine, store::Transaction& tx, const Caller& caller, Id batch);

  // Each checks rights (unless the caller is the system), runs the behaviours, and keeps row,
  // lists, keys, search index, timeline and history together. Throws AppError: invalid with
  // problems, not_found, forbidden, conflict.
  Record create(const meta::ObjectDef& object, Draft draft);
  // As create, with the id already chosen (imports of our own exports, files that came first).
  Record create(const meta::ObjectDef& object, Draft draft, Id id);
  // A record as it stood in another ledger, and links of it that could not be made before: what is
  // empty in the draft means to be, values given stand over what behaviors would make of them, and
  // nothing further follows from it.
  Record take_over(const meta::ObjectDef& object, Draft draft, Id id);
  Record take_over_links(const meta::ObjectDef& object, Id id, Draft draft);
  // `seen_version` is the version the editor saw; 0 means the newest. Fields that others changed
  // meanwhile merge; the same field changed by both throws conflict with both values.
  Record update(const meta::ObjectDef& object, Id id, Draft draft, std::int64_t seen_version = 0);
  void remove(const meta::ObjectDef& object, Id id);
  Record restore(const meta::ObjectDef& object, Id id);
  // Makes `from` one with the record (write_merge.cpp, docs/decisions/0017): what links to them and
  // their files move to it, empty fields take their values, lists become the union, `chosen` counts
  // before all of it; they go to the trash and their ids lead to it from then on.
  Record merge(const meta::ObjectDef& object, Id id, const std::vector<Id>& from, Draft chosen,
               std::int64_t seen_version = 0);
  static constexpr std::size_t kMostFrom = 20;
  static constexpr std::size_t kMostMoved = 5'000;  // records that link to them
  // Does one of several things that stand each by itself; gives why it was refused. Nearly always
  // that is before anything is written. When the rules behind a row fail, the transaction is taken
  // back and its work runs again, in which that one is refused without trying (a savepoint for each
  // would keep the rest, and costs as much as the row: sqlite_writer.cpp).
  std::optional<AppError> attempt(const std::function<void()>& work);

  // --- for behaviours ---
  store::Transaction& tx() { return tx_; }
  Engine& engine() { return engine_; }
  const Caller& caller() const { return caller_; }
  const meta::Catalog& catalog() const { return caller_.access.catalog(); }
  Id batch() const { return batch_; }
  Millis now() const { return now_; }
  std::string today() const;  // ISO, Japan
  // What follows is a story of that time, not later than now: behaviours and the records take it as
  // their time. The log keeps the true one.
  void tell_of(Millis at);

  // Whatever the rights; trashed records too.
  std::optional<Record> load(const meta::ObjectDef& object, Id id);
  // Numbers that the product keeps on a record: no version, no history of their own.
  void add_derived(std::string_view object, Id id, std::string_view field, std::int64_t delta);
  void set_derived(std::string_view object, Id id, const meta::Values& values);
  // A record made by a rule, in the caller's name, whatever his rights.
  Record create_by_rule(std::string_view object, Draft draft);
  Record update_by_rule(std::string_view object, Id id, Draft draft);
  void remove_by_rule(std::string_view object, Id id);
  // The record that stands for one that was merged; otherwise the same.
  Id current(const meta::ObjectDef& object, Id id);
  bool is_alive(const meta::ObjectDef& object, Id id);
  // Ids of records of `object` whose link field points to `target`, not trashed, at most `most`.
  std::vector<Id> pointing_to(std::string_view object, std::string_view field, Id target,
                              int most = 10'000);
  // A file of the record was attached or taken away; into the log, so that undo finds it.
  void note_file(const meta::ObjectDef& object, const Record& record, Id file,
                 std::string_view name, bool attached);
  // Records that left the ledger: a row of the log that changes nothing and stands in no record's
  // history. `object` nullptr: all of it. `event` is its id in the export log, `about` a JSON
  // object.
  void note_export(const meta::ObjectDef* object, Id event, std::string_view action,
                   const std::string& about);
  static constexpr std::string_view kExport = "export";             // it begins
  static constexpr std::string_view kExportEnded = "export_ended";  // how many there were
  // Takes a file of the record away or puts it back. false when it is so already or unknown.
  bool keep_file(const meta::ObjectDef& object, const Record& record, Id file, bool attached);
  // Whether a record is only being moved, from one customer to another that is the same or from
  // another ledger: then it is counted where it is now, and nothing else follows from it.
  bool moving() const { return moving_; }
  // Does the work now; while records move, once for the key when all are there.
  void settle(const std::string& key, std::function<void()> work);
  // Time of the newest timeline entry of a customer made by `object`; 0 when there is none.
  Millis last_on_timeline(Id customer, std::string_view object, Millis not_after);

  // --- volume (write_bulk.cpp) ---
  // A complete record as given - id, times, derived numbers - for loads by the product itself that
  // vouch for them: no rights, checks, defaults or behaviours. Its match keys go to `keys`, which
  // put_keys stores in one go when all records are in: in the order of the records nearly each of
  // them would cost a page.
  struct KeyRow {
    std::int64_t hash = 0;
    Id record = 0;
  };
  void put(const meta::ObjectDef& object, const Record& record, std::vector<KeyRow>& keys);
  // `keys` sorted by hash.
  void put_keys(std::span<const KeyRow> keys);

  // --- rules and maturity (write_quality.cpp) ---
  // Rules that only warn and that the changes so far broke, for the answer.
  const Problems& warnings() const { return warnings_; }
  // A change of a setting that is no record, into the log under `object`, an id that no object
  // has; undo finds it there (rule_store.h).
  void note_setting(std::uint32_t object, Id id, std::string_view action,
                    const std::string& changes);
  // Numbers on a record were changed past set_derived.
  void derived_changed(std::string_view object, Id id, const meta::Values& values);
  // Works the formulas of a record out anew, whatever the rights, and keeps what changed: no
  // version, no history of its own. By the given catalog's definition, which may be newer than the
  // caller's.
  void refresh_formulas(const meta::ObjectDef& object, Id id);
  // The maturity of a record as it is now (maturity_items.h), -1 when there is no record any more.
  void count_maturity(const meta::ObjectDef& object, Id id, std::int64_t now);

  // Called by Engine::write at the end of the work.
  void finish();

 private:
  friend class Engine;
  friend class Undo;
  // Of an attempt that left a record half written, by its number.
  struct HalfWritten {
    std::size_t attempt = 0;
    AppError error;
  };
  using Refused = std::map<std::size_t, AppError>;
  // The behaviours behind a row. What fails there has written a part.
  void run_after(Change& change);
  Record save_new(const meta::ObjectDef& object, Draft draft, Id id, bool check_rights);
  // How a change stands in the log: the action, and members of its JSON beside the fields.
  struct Logged {
    std::string_view action = "update";
    std::string more = {};
  };
  Record save_changed(const meta::ObjectDef& object, Id id, Draft draft, std::int64_t seen_version,
                      bool check_rights, const Logged& logged);
  Record save_changed(const meta::ObjectDef& object, Id id, Draft draft, std::int64_t seen_version,
                      bool check_rights);
  void check_seen(const ObjectPlan& plan, const Record& before, const Draft& draft,
                  std::int64_t seen_version);
  static void apply(Record& record, Draft draft);
  // The row and all that is kept beside it, after the checks.
  void store_changed(const ObjectPlan& plan, const Record& before, Record& after,
                     const Logged& logged, Change& change);
  void store_removed(const meta::ObjectDef& object, const Record& before, Id merged_into);
  void follow_links(const ObjectPlan& plan, Record& record, Id but_not);
  Record store_restored(const meta::ObjectDef& object, Record record, Id but_not);
  void save_removed(const meta::ObjectDef& object, Id id, bool check_rights);
  // `follow`: of an id that was merged the record that stands for it.
  Record load_for(const meta::ObjectDef& object, Id id, auth::Scope scope, bool follow = false);
  void load_lists(const ObjectPlan& plan, Record& record);
  // A link to a record that was merged becomes one to the record that stands for it.
  void check_links(const ObjectPlan& plan, const Record* before, Record& after, bool check_rights,
                   Problems& problems);
  void check_unique(const ObjectPlan& plan, const Record& record, Problems& problems);
  void take_customer(const ObjectPlan& plan, Record& record);
  void spread_owner(const ObjectPlan& plan, const Record& before, const Record& after);
  void write_keys(const ObjectPlan& plan, const Record* before, const Record* after);
  void write_search(const ObjectPlan& plan, const Record* before, const Record* after);
  void write_timeline(const ObjectPlan& plan, const Record* before, const Record* after);
  void write_lists(const ObjectPlan& plan, const Record* before, const Record* after);
  void write_tags(const ObjectPlan& plan, const Record* before, const Record* after);
  void write_history(const ObjectPlan& plan, const Record* before, const Record* after,
                     std::string_view action, const Record& subject, std::string_view more = {});
  void log_change(const ObjectPlan& plan, std::string_view action, const Record& subject,
                  const std::string& changes);
  Id log_row(std::uint32_t object, std::string_view action, Id record, std::int64_t version,
             const std::string& changes);
  void read_head();

  // --- rules and maturity (write_quality.cpp) ---
  enum class Checked { none, unique, all };
  Checked checked(bool check_rights, const Logged& logged) const;
  void check_rules(const ObjectPlan& plan, const Record* before, const Record& after,
                   Checked checked, Problems& problems);
  bool is_taken(const ObjectPlan& plan, const Rule& rule, const Record& record);
  void write_kept(const ObjectPlan& plan, const Record* before, const Record* after);
  void flush_maturity();

  // --- merging (write_merge.cpp) ---
  std::vector<Record> load_merged(const meta::ObjectDef& object, const Record& winner,
                                  const std::vector<Id>& from);
  Draft merged_draft(const meta::ObjectDef& object, const Record& winner,
                     const std::vector<Record>& losers, const Draft& chosen, Problems& problems);
  void check_circle(const meta::ObjectDef& object, const Record& winner, const Draft& chosen,
                    Draft& draft, Problems& problems);
  // All that links to `loser` but the records in `not_these`; gives how many.
  std::size_t move_links(const meta::ObjectDef& object, Id loser, Id winner,
                         const std::vector<Id>& not_these, std::size_t most);
  // Whatever the rights; `draft` has links only.
  void move_record(const meta::ObjectDef& object, Id id, Draft draft, Id from, Id to);
  void move_files(const meta::ObjectDef& object, const Record& from, const Record& to);
  void move_file(const meta::ObjectDef& object, const Record& from, const Record& to, Id file,
                 std::string_view name);
  // What merge() asks of the caller for the two; taking it back and doing it again move as much.
  // Throws as load_for does.
  void require_merge(const meta::ObjectDef& object, Id loser, Id winner);
  // Undo: each false when there is nothing to do any more.
  bool undo_merge(const meta::ObjectDef& object, Id loser, Id winner);
  bool redo_merge(const meta::ObjectDef& object, Id loser, Id winner);
  bool undo_moved_file(const meta::ObjectDef& object, const Record& now, const Record& other,
                       const Json& file);
  void settle_all();

  Engine& engine_;
  store::Transaction& tx_;
  const Caller& caller_;
  Id batch_;
  Millis now_;
  bool head_read_ = false;
  bool head_changed_ = false;
  std::int64_t head_count_ = 0;
  std::string head_hash_;
  bool moving_ = false;
  std::map<std::string, std::function<void()>> unsettled_;
  Problems warnings_;
  std::size_t attempts_ = 0;
  const Refused* refused_ = nullptr;
  std::optional<AppError> half_written_;
  // Records whose row was written: what is worked out of them follows a definition that changed
  // meanwhile.
  std::vector<std::pair<std::uint32_t, Id>> written_;
  // Records more or fewer of that maturity, by object.
  std::map<std::pair<std::uint32_t, std::int64_t>, std::int64_t> matured_;
};

}  // namespace daifuku::records
