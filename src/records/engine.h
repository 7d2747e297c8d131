// THE engine: every road to a record goes through here, whatever the object. What the caller's
// Access does not allow is in no answer: the same condition is part of the SQL of lists, counts,
// searches, timelines, histories and checks.
//
// Thread-safe. Reads run on the calling thread; writes return when they are on disk. Errors:
// AppError (not_found also for what is hidden; invalid with problems; conflict with the current
// values), SystemError from the store.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "records/plan.h"
#include "records/record.h"
#include "records/registry.h"
#include "records/row_estimate.h"
#include "records/write.h"
#include "store/database.h"

namespace daifuku::records {

class RuleSet;

// A list request, as in GET /{objects}.
struct ListQuery {
  Json filter = {};  // null: everything
  std::vector<std::string> sort =
      {};  // "-updated_at", "name_kana"; empty takes the object's default
  std::vector<std::string> fields = {};  // empty takes the fields of the default list
  std::string words = {};                // as typed into the search box
  int limit = 50;                        // 1 to 200
  std::string after = {};                // cursor of the page before
  std::int64_t offset = 0;               // jumps of the scroll bar
  enum class Total { none, bounded, exact } total = Total::none;
  bool deleted = false;  // the trash instead
};

// Input of a create or update, already normalized.
struct Draft {
  meta::Values values = {};
  std::map<std::string, std::vector<Id>, std::less<>> lists = {};
  std::optional<Id> owner = {};
  std::optional<Id> team = {};
  // When it was entered in another ledger; only Write::take_over asks.
  std::optional<Millis> created_at = {};
};

// One change that happened, for the event stream. Ids only.
struct Event {
  Id sequence = 0;  // id of the history row
  Id record = 0;
  std::uint32_t object = 0;
  std::int64_t version = 0;
  Id by = 0;
  std::string action = {};
};

struct UndoResult {
  Id batch = 0;
  std::int64_t undone = 0;
  std::int64_t seen = 0;        // changes looked at
  bool stopped = false;         // by `progress`
  bool fields_changed = false;  // an own field came back or went: the catalog is to be loaded anew
  struct Skipped {
    std::string object = {};
    Id id = 0;
    std::string title = {};
    std::string reason = {};  // message code
  };
  std::vector<Skipped> skipped = {};
};

struct UndoOptions {
  Id batch =
      0;  // of the undo itself; 0 takes a new one. The same again when it goes on after a stop.
  // After each slice, with what was done so far; false stops there.
  std::function<bool(const UndoResult&)> progress = {};
};

class Engine {
 public:
  using UserName = std::function<std::string(Id)>;
  Engine(store::Database& database, const Clock& clock, IdGenerator& ids, const Registry& registry,
         UserName user_name);

  // Standard objects plus the own fields found in the store; makes tables and indexes that are
  // missing. Called at start and whenever own fields change; requests under way keep the catalog
  // they began with.
  void load_catalog(std::vector<meta::ObjectDef> standard_objects);
  std::shared_ptr<const meta::Catalog> catalog() const { return catalog_.load(); }
  const ObjectPlan& plan(const meta::ObjectDef& object) const;

  store::Database& database() { return database_; }
  const Clock& clock() const { return clock_; }
  IdGenerator& ids() { return ids_; }
  const Registry& registry() const { return registry_; }
  RowEstimate& row_estimate() { return row_estimate_; }
  std::string user_name(Id user) const { return user_name_(user); }

  // The company's own rules as they are now (rules.h); never null once the catalog is there.
  std::shared_ptr<const RuleSet> rules() const { return rules_.load(); }
  // Reads them anew. Called when they changed, and with the catalog.
  void load_rules();

  // Where the first month of the fiscal year comes from; April until it is told. Called at start.
  void use_fiscal_month(std::function<int()> month) { fiscal_month_ = std::move(month); }
  int fiscal_month() const;

  // --- reading (record_read.cpp, record_list.cpp) ---
  // Appends the record as JSON with all fields the caller may read.
  void get_json(const Caller& caller, const meta::ObjectDef& object, Id id, std::string& out);
  // The record that stands for it: itself, or the one that it was merged into, over any number of
  // merges. A mapping of ids, whatever the rights: they are checked on what it leads to.
  Id current(const meta::ObjectDef& object, Id id);
  // A record the caller may see, trashed ones too; nullopt otherwise.
  std::optional<Record> get(const Caller& caller, const meta::ObjectDef& object, Id id);
  struct Page {
    std::vector<Id> ids = {};
    std::string next = {};  // cursor; empty when it was the last page
  };
  Page list_json(const Caller& caller, const meta::ObjectDef& object, const ListQuery& query,
                 std::string& out);
  // What the records of a page link to, by the keys of their link fields; of a single record also
  // what links to it, by the plural of the other object: {"company":[record, ...]}, each record
  // once and as get_json writes it, so far as the caller sees it.
  void included_json(const Caller& caller, const meta::ObjectDef& object,
                     const std::vector<Id>& page, const std::vector<std::string>& wanted,
                     std::string& out);
  // Calls `row` with every record of the list, in slices, without holding a snapshot longer than a
  // slice (exports).
  void each(const Caller& caller, const meta::ObjectDef& object, const ListQuery& query,
            const std::function<bool(const Record&)>& row);
  std::vector<Id> list_ids(const Caller& caller, const meta::ObjectDef& object,
                           const ListQuery& query, std::int64_t most);
  void timeline_json(const Caller& caller, const meta::ObjectDef& object, Id id, int limit,
                     std::string_view after, const std::vector<std::string>& objects,
                     std::string& out);
  void history_json(const Caller& caller, const meta::ObjectDef& object, Id id, int limit,
                    std::string_view after, std::string& out);
  void changes_json(const Caller& caller, int limit, std::string& out);
  // Rows of the log after `sequence`, for an event stream that resumes; at most `most`.
  std::vector<Event> events_after(Id sequence, int most);
  Id last_event();
  bool may_see(const Caller& caller, const Event& event);

  // --- search (record_search.cpp) ---
  void search_json(const Caller& caller, std::string_view typed,
                   const std::vector<std::string>& objects, int limit, std::string& out);
  // Verified ids, best first then newest, at most `limit`.
  std::vector<Id> search(const Caller& caller, const meta::ObjectDef& object,
                         std::string_view typed, int limit);
  // Exact reference by name, mail, phone or number; more than one id means it is ambiguous.
  std::vector<Id> find_by_key(store::Connection& connection, const Caller& caller,
                              const meta::ObjectDef& object, std::string_view name);

  // --- writing (write.cpp) ---
  // Runs `work` in one transaction; all its changes share one batch id, which undo takes back as a
  // whole.
  Id write(const Caller& caller, const std::function<void(Write&)>& work);
  // As above, under a batch id taken from ids() before: several transactions that are one to undo
  // (imports).
  void write(const Caller& caller, Id batch, const std::function<void(Write&)>& work);
  // JSON body -> draft, with the caller's field rights. Throws AppError(invalid) with all problems.
  Draft parse(const Caller& caller, const meta::ObjectDef& object, const Json& body, bool create);
  // Rows that are taken back already are passed over, so an undo that stopped can be run again.
  UndoResult undo(const Caller& caller, Id batch, const UndoOptions& options = {});
  // For work of several requests that is one to undo: a change of the caller's own that goes on.
  // Throws AppError(invalid) for any other, which is not his to add to.
  void require_own(const Caller& caller, Id batch);
  // Changes in the log under that batch id, counted up to `most`.
  std::int64_t batch_size(Id batch, std::int64_t most);

  // Verifies the whole chain of the log. Returns the id of the first wrong row, 0 when it holds.
  Id verify_history();

  // Called after a commit, on the committing thread.
  void on_event(std::function<void(const Event&)> sink) { sink_ = std::move(sink); }
  void publish(const Event& event) const {
    if (sink_) sink_(event);
  }

  // --- small stores (views.cpp) ---
  void views_json(const Caller& caller, std::string_view object, std::string& out);
  void save_view(const Caller& caller, const Json& body, Id id, std::string& out);
  // Gives the object that the view was of.
  std::string remove_view(const Caller& caller, Id id);
  void note_seen(const Caller& caller, const meta::ObjectDef& object, Id id);
  void recent_json(const Caller& caller, int limit, std::string& out);
  std::vector<std::string> tags(const Caller& caller, const meta::ObjectDef& object,
                                std::string_view field, std::string_view start, int limit);

  // Titles of records of one object that the caller may see; the others are absent.
  std::unordered_map<Id, std::string> titles(store::Connection& connection, const Caller& caller,
                                             const meta::ObjectDef& object,
                                             const std::vector<Id>& ids);

 private:
  // `batch` 0 takes a new one. Runs the work again without what it left half written.
  Id write_whole(const Caller& caller, Id batch, const std::function<void(Write&)>& work);
  friend class Write;
  friend void close_maturity_day(Engine& engine, store::Transaction& tx,
                                 const meta::ObjectDef& object, const std::string& today);
  using Plans = std::unordered_map<const meta::ObjectDef*, std::shared_ptr<const ObjectPlan>>;

  store::Database& database_;
  const Clock& clock_;
  IdGenerator& ids_;
  const Registry& registry_;
  UserName user_name_;
  std::function<int()> fiscal_month_;
  RowEstimate row_estimate_;
  std::atomic<std::shared_ptr<const meta::Catalog>> catalog_;
  std::atomic<std::shared_ptr<const RuleSet>> rules_;
  // The day on which the maturity of an object last changed, so far as this program knows
  // (write_quality.cpp).
  std::mutex maturity_mutex_;
  std::unordered_map<std::uint32_t, std::string> maturity_days_;
  // Of every catalog since start, since requests under way may hold an older one; the newest has
  // all. None is ever freed, so that a request reads it without a lock.
  std::atomic<const Plans*> plans_{nullptr};
  std::mutex loading_;
  std::vector<std::unique_ptr<const Plans>> kept_plans_;
  std::vector<std::shared_ptr<const meta::Catalog>> kept_;
  std::function<void(const Event&)> sink_;
};

}  // namespace daifuku::records
