#include <algorithm>

#include "exchange/comparison.h"
#include "exchange/comparison_judge.h"

namespace daifuku::exchange {

using Kind = ComparedRow::Kind;
using State = JudgedCell::State;

namespace {

constexpr std::size_t kSlice = 100;  // rows in one transaction: others write in between
constexpr std::size_t kMostSkipped = 200;

// What the person wants: by kind, and otherwise for single rows and cells.
class Choices {
 public:
  explicit Choices(const Json& body)
      : changes_(json_bool(body, "changes", true)),
        conflicts_(json_bool(body, "conflicts")),
        add_(json_bool(body, "add")),
        remove_(json_bool(body, "remove")) {
    const Json* except = json_find(body, "except");
    if (except == nullptr || except->is_null()) return;
    if (!except->is_object()) refuse();
    except_ = except->get_object();
  }

  // `as_change`: it was one when the person looked.
  bool cell(std::int64_t row, const JudgedCell& cell, bool as_change) const {
    const Json* found = except_.if_contains(std::to_string(row));
    if (found != nullptr && found->is_bool()) return found->get_bool();
    if (found != nullptr && found->is_object()) {
      const Json* one = found->get_object().if_contains(cell.column.field->key);
      if (one != nullptr && one->is_bool()) return one->get_bool();
    }
    return cell.state == State::conflict && !as_change ? conflicts_ : changes_;
  }
  // Added rows that should be looked at are taken only when they are named.
  bool row(const ComparedRow& row, bool look) const {
    const Json* found = except_.if_contains(std::to_string(row.number));
    if (found != nullptr && found->is_bool()) return found->get_bool();
    return row.kind == Kind::remove ? remove_ : add_ && !look;
  }

 private:
  [[noreturn]] static void refuse() {
    throw AppError(Status::invalid, "invalid", {}, {{"except", "wrong_type", {}}});
  }
  bool changes_;
  bool conflicts_;
  bool add_;
  bool remove_;
  boost::json::object except_ = {};
};

struct Step {
  Kind kind = Kind::edit;
  std::int64_t row = 0;
  Id id = 0;
  std::int64_t version = 0;
  std::int64_t cells = 0;
  std::string title = {};
  records::Draft draft = {};
};

struct Applied {
  std::int64_t updated = 0;
  std::int64_t cells = 0;
  std::int64_t created = 0;
  std::int64_t removed = 0;
  struct Skipped {
    std::int64_t row = 0;
    Id id = 0;
    std::string title = {};
    std::string code = {};
    Params params = {};
  };
  std::int64_t skipped_count = 0;
  std::vector<Skipped> skipped = {};

  void skip(const Step& step, const AppError& error) {
    ++skipped_count;
    if (skipped.size() >= kMostSkipped) return;
    const bool one = !error.problems().empty();
    skipped.push_back({step.row, step.id, step.title,
                       one ? error.problems().front().code : error.code(),
                       one ? error.problems().front().params : error.params()});
  }
};

class Run {
 public:
  Run(records::Engine& engine, const records::Caller& caller, const meta::ObjectDef& object,
      Id batch)
      : engine_(engine), caller_(caller), object_(object), batch_(batch) {}

  void add(Step step) {
    steps_.push_back(std::move(step));
    if (steps_.size() == kSlice) flush();
  }

  // All of the slice at once; when one of them fails, each by itself.
  void flush() {
    if (steps_.empty()) return;
    try {
      engine_.write(caller_, batch_, [&](records::Write& write) {
        for (const Step& step : steps_) take(write, step);
      });
      for (const Step& step : steps_) count(step);
    } catch (const AppError&) {
      for (const Step& step : steps_) {
        try {
          engine_.write(caller_, batch_, [&](records::Write& write) { take(write, step); });
          count(step);
        } catch (const AppError& error) {
          applied_.skip(step, error);
        }
      }
    }
    steps_.clear();
  }

  Applied& applied() { return applied_; }

 private:
  void take(records::Write& write, const Step& step) {
    switch (step.kind) {
      case Kind::edit:
        // Only what changed since the judgement of a moment ago can conflict here.
        write.update(object_, step.id, step.draft, step.version);
        return;
      case Kind::add:
        write.create(object_, step.draft);
        return;
      case Kind::remove:
        write.remove(object_, step.id);
        return;
    }
  }

  void count(const Step& step) {
    applied_.cells += step.cells;
    applied_.updated += step.kind == Kind::edit ? 1 : 0;
    applied_.created += step.kind == Kind::add ? 1 : 0;
    applied_.removed += step.kind == Kind::remove ? 1 : 0;
  }

  records::Engine& engine_;
  const records::Caller& caller_;
  const meta::ObjectDef& object_;
  Id batch_;
  std::vector<Step> steps_ = {};
  Applied applied_ = {};
};

}  // namespace

// One request at a time applies a comparison.
class Comparisons::Applying {
 public:
  Applying(Comparisons& all, Id id) : all_(all), id_(id) {
    const std::lock_guard lock(all_.mutex_);
    if (!all_.applying_.insert(id).second) throw AppError(Status::conflict, "compare_done");
  }
  ~Applying() {
    const std::lock_guard lock(all_.mutex_);
    all_.applying_.erase(id_);
  }
  Applying(const Applying&) = delete;
  Applying& operator=(const Applying&) = delete;

 private:
  Comparisons& all_;
  Id id_;
};

void Comparisons::apply(const records::Caller& caller, Id id, const Json& body, std::string& out) {
  const Applying alone(*this, id);
  ComparisonHead head = head_of(caller, id);
  if (head.batch != 0) throw AppError(Status::conflict, "compare_done");
  const meta::ObjectDef& object = *caller.access.catalog().object(head.object);
  const Choices choices(body);
  const UserNames users = user_names();
  ComparisonJudge judge(engine_, duplicates_, caller, object, users, head.exported_by == head.user);
  // Before the first change: what a crash leaves half done is not done twice.
  head.batch = engine_.ids().next();
  write_comparison_head(store_, head);
  Run run(engine_, caller, object, head.batch);
  ComparedRowsReader reader(store_, id);
  ComparedRow row;
  while (reader.next(row)) {
    const bool look = std::ranges::find(row.states, "look") != row.states.end();
    if (row.kind != Kind::edit && !choices.row(row, look)) continue;
    const JudgedRow judged = judge.judge(row, false);
    Step step{.kind = row.kind,
              .row = row.number,
              .id = row.id,
              .version = judged.record.version,
              .title = judged.title};
    if (!judged.seen) {
      if (row.kind == Kind::edit)
        run.applied().skip(step, AppError(Status::not_found, "compare_gone"));
      continue;
    }
    if (!judged.possible) {
      run.applied().skip(step, AppError(Status::invalid, judged.problem.code));
      continue;
    }
    step.draft = judge.draft(judged, [&](const JudgedCell& cell) {
      // It was a plain change when it was looked at; now somebody else's work is under it.
      const bool surprise =
          row.kind == Kind::edit && cell.state == State::conflict &&
          std::ranges::find(row.conflicts, cell.column.field->key) == row.conflicts.end();
      const bool wanted = row.kind == Kind::add || choices.cell(row.number, cell, surprise);
      if (surprise && wanted) {
        run.applied().skip(step, AppError(Status::conflict, "compare_changed_meanwhile"));
      }
      if (wanted && !surprise && row.kind == Kind::edit) ++step.cells;
      return wanted && !surprise;
    });
    const bool nothing = step.kind == Kind::edit && step.cells == 0;
    if (!nothing) run.add(std::move(step));
  }
  run.flush();
  const Applied& applied = run.applied();
  JsonWriter json(out);
  json.begin_object().field("updated", applied.updated).field("cells", applied.cells);
  json.field("created", applied.created).field("removed", applied.removed);
  json.field("skipped_count", applied.skipped_count).key("skipped").begin_array();
  for (const Applied::Skipped& skipped : applied.skipped) {
    json.begin_object().field("row", skipped.row);
    if (skipped.id != 0) json.key("id").id(skipped.id);
    json.field("title", skipped.title).field("code", skipped.code);
    json.field("reason", message(caller.language, skipped.code, skipped.params)).end_object();
  }
  json.end_array();
  if (applied.updated + applied.created + applied.removed > 0) json.key("change").id(head.batch);
  json.end_object();
}

}  // namespace daifuku::exchange
