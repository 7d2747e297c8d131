#include "records/tidy_mend.h"

#include <algorithm>
#include <unordered_set>

#include "auth/accounts.h"
#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/record_json.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::FieldRight;
using meta::ObjectDef;

namespace {

constexpr std::chrono::milliseconds kLongest{2'000};
constexpr std::size_t kAtOnce = 50;
constexpr std::size_t kMostIds = 1'000;
constexpr std::size_t kMostShown = 100;
constexpr std::string_view kTask = "task";
constexpr std::string_view kDue = "due_on";

struct Offer {
  std::string_view check;
  std::string_view mend;
};
constexpr Offer kOffers[] = {
    {"stale", "todo"},          {"stale", "stage"},      {"stale", "owner"},  {"stale", "trash"},
    {"impossible", "proposal"}, {"impossible", "clear"}, {"orphans", "link"}, {"orphans", "owner"},
    {"orphans", "trash"},       {"bounced", "clear"},    {"bounced", "mark"}, {"choices", "fold"}};

void invalid(std::string_view field, std::string_view code) {
  throw AppError(Status::invalid, "invalid", {}, {{std::string(field), std::string(code), {}}});
}

// What was asked for is told at the value, whatever field it is for.
Draft parse_value(const TidyAsk& ask, const ObjectDef& object, const std::string& key,
                  const Json& value, bool create) {
  try {
    return ask.engine.parse(ask.caller, object, Json(JsonObject{{key, value}}), create);
  } catch (const AppError& error) {
    Problems problems = error.problems();
    for (Problem& problem : problems) problem.field = "value";
    throw AppError(error.status(), error.code(), error.params(), std::move(problems));
  }
}

std::string refusal(Language language, const AppError& error) {
  const bool plain = error.problems().empty();
  return message(language, plain ? error.code() : error.problems().front().code,
                 plain ? error.params() : error.problems().front().params);
}

}  // namespace

TidyMend::TidyMend(const TidyAsk& ask, std::string_view check, const Json& body)
    : ask_(ask),
      mend_(json_text(body, "mend")),
      only_ownerless_(check == "orphans" && json_bool(body, "all")) {
  const bool offered = std::ranges::any_of(
      kOffers, [&](const Offer& offer) { return offer.check == check && offer.mend == mend_; });
  if (!offered) invalid("mend", "invalid_choice");
  const Json* found = json_find(body, "value");
  const Json value = found == nullptr ? Json() : *found;
  const bool asks = mend_ == "todo" || mend_ == "stage" || mend_ == "owner";
  if (asks && value.is_null()) invalid("value", "required");
  if (mend_ == "todo") {
    task_ = ask.caller.access.catalog().object(kTask);
    if (task_ == nullptr || !ask.caller.access.object(*task_).create)
      throw AppError(Status::forbidden, "forbidden");
    const auto link = std::ranges::find_if(
        task_->expanded, [&](const FieldDef& field) { return field.target == ask.object.key; });
    if (link == task_->expanded.end()) invalid("mend", "invalid_choice");
    task_link_ = &*link;
    for (const std::string& key : {task_->title, task_link_->key}) {
      if (ask.caller.access.field(*task_, key) < FieldRight::write)
        throw AppError(Status::forbidden, "forbidden");
    }
    draft_ = parse_value(ask, *task_, std::string(kDue), value, true);
    draft_.values[task_->title] = text("tidy_todo_name");
    for (const auth::User& user : ask.accounts.users()) {
      if (user.disabled) gone_.push_back(user.id);
    }
  } else if (mend_ == "stage") {
    const FieldDef* stage = tidy_stage(ask);
    if (stage == nullptr) invalid("mend", "invalid_choice");
    draft_ = parse_value(ask, ask.object, stage->key, value, false);
  } else if (mend_ == "link" && !value.is_null()) {
    link_ = value.is_string() ? decode_id(std::string_view(value.get_string())) : std::nullopt;
    if (!link_) invalid("value", "invalid_id");
  } else if (mend_ == "owner") {
    draft_ = parse_value(ask, ask.object, "owner_id", value, false);
  }
}

void TidyMend::set(const Record& record, const FieldDef& field, meta::Value to,
                   TidyPlan& out) const {
  if (ask_.caller.access.field(ask_.object, field.key) < FieldRight::write) {
    out.refused = text("forbidden");
    return;
  }
  out.steps.push_back(
      {.key = field.key,
       .label = ask_.caller.language == Language::en ? field.label.en : field.label.ja,
       .field = &field,
       .from = record.get(field.key),
       .to = to});
  out.draft.values[field.key] = std::move(to);
}

void TidyMend::plan_todo(const Record& record, TidyPlan& out) const {
  Draft task = draft_;
  task.values[task_link_->key] = record.id;
  // Of a customer whose owner left it is for whoever tidies up.
  const Id owner = record.owner != 0 ? record.owner : record.customer_owner;
  if (owner != 0 && std::ranges::find(gone_, owner) == gone_.end()) task.owner = owner;
  const FieldDef* due = task_->field(kDue);
  out.steps.push_back(
      {.key = std::string(kTask),
       .label = ask_.caller.language == Language::en ? task_->label.en : task_->label.ja,
       .field = due,
       .to = meta::get(task.values, kDue)});
  out.task = std::move(task);
}

void TidyMend::plan_draft(const TidyFinding& finding, TidyPlan& out) const {
  const Record& record = finding.record;
  const bool lacks_owner = std::ranges::any_of(
      finding.problems, [](const TidyProblem& problem) { return problem.field == nullptr; });
  for (const auto& [key, value] : draft_.values) set(record, *ask_.object.field(key), value, out);
  if (draft_.owner && only_ownerless_ && !lacks_owner) {
    out.refused = text("tidy_owner_there");
  } else if (draft_.owner) {
    const auto& fields = meta::system_fields();
    const auto owner = std::ranges::find(fields, "owner_id", &FieldDef::key);
    out.steps.push_back(
        {.key = owner->key,
         .label = ask_.caller.language == Language::en ? owner->label.en : owner->label.ja,
         .from = record.owner == 0 ? meta::Value() : meta::Value(record.owner),
         .to = *draft_.owner});
    out.draft.owner = draft_.owner;
  }
}

void TidyMend::plan_proposals(const TidyFinding& finding, TidyPlan& out) const {
  for (const TidyProblem& problem : finding.problems) {
    if (problem.field != nullptr && problem.proposal)
      set(finding.record, *problem.field, *problem.proposal, out);
  }
}

void TidyMend::plan_clear(const TidyFinding& finding, TidyPlan& out) const {
  for (const TidyProblem& problem : finding.problems) {
    if (problem.field == nullptr) continue;
    if (problem.field->required) {
      out.refused = text("required");
      return;
    }
    set(finding.record, *problem.field, {}, out);
    // What is known of an address goes with it.
    const FieldDef* status = ask_.object.field(kEmailStatus);
    const bool mail = status != nullptr && problem.field->key == kEmail &&
                      ask_.caller.access.field(ask_.object, status->key) >= FieldRight::write;
    if (mail && !meta::is_empty(finding.record.get(kEmailStatus)))
      set(finding.record, *status, {}, out);
  }
}

void TidyMend::plan_mark(const Record& record, TidyPlan& out) const {
  const FieldDef* status = ask_.object.field(kEmailStatus);
  if (status == nullptr) return;
  if (record.text(status->key) == kBounced) {
    out.refused = text("tidy_marked");
    return;
  }
  set(record, *status, std::string(kBounced), out);
}

void TidyMend::plan_link(const TidyFinding& finding, TidyPlan& out) const {
  for (const TidyProblem& problem : finding.problems) {
    if (problem.field == nullptr || problem.field->target.empty()) continue;
    if (link_) {
      set(finding.record, *problem.field, *link_, out);
    } else if (problem.proposal) {
      set(finding.record, *problem.field, *problem.proposal, out);
    }
  }
}

TidyPlan TidyMend::plan(const TidyFinding& finding) const {
  const Record& record = finding.record;
  const auth::ObjectRights& rights = ask_.caller.access.object(ask_.object);
  TidyPlan out;
  out.remove = mend_ == "trash";
  // A task is no change of the record that it is about.
  const auth::Scope scope = mend_ == "todo" ? rights.read
                            : out.remove    ? rights.remove
                                            : rights.update;
  if (!ask_.caller.access.allows(ask_.object, scope, record.owner, record.team,
                                 record.customer_owner, record.customer_team)) {
    out.refused = text("forbidden");
    return out;
  }
  if (mend_ == "todo") {
    plan_todo(record, out);
  } else if (out.remove) {
    out.steps.push_back({.key = "deleted_at", .label = text("tidy_to_trash")});
  } else if (mend_ == "proposal" || mend_ == "fold") {
    plan_proposals(finding, out);
  } else if (mend_ == "clear") {
    plan_clear(finding, out);
  } else if (mend_ == "mark") {
    plan_mark(record, out);
  } else if (mend_ == "link") {
    plan_link(finding, out);
  } else {
    plan_draft(finding, out);
  }
  if (out.refused.empty() && out.steps.empty()) out.refused = text("tidy_nothing_sure");
  return out;
}

void TidyMend::apply(Write& write, const TidyFinding& finding, TidyPlan plan) const {
  if (plan.task) {
    write.create(*task_, *std::move(plan.task));
  } else if (plan.remove) {
    // Somebody may have taken it up since it was found.
    const auto now = write.load(ask_.object, finding.record.id);
    const FieldDef* contact = tidy_contact(ask_);
    if (!now || now->version != finding.record.version ||
        (contact != nullptr && now->get(contact->key) != finding.record.get(contact->key)))
      throw AppError(Status::conflict, "tidy_no_longer");
    write.remove(ask_.object, finding.record.id);
  } else {
    write.update(ask_.object, finding.record.id, std::move(plan.draft), finding.record.version);
  }
}

// --- answers ---

namespace {

struct Skipped {
  std::string title = {};
  std::string reason = {};
};

struct Chosen {
  std::vector<Id> ids = {};
  bool all = false;
};

Chosen chosen_of(const Json& body) {
  // All records with a spelling are folded.
  Chosen out{.all = json_bool(body, "all") || json_text(body, "mend") == "fold"};
  if (const Json* list = json_find(body, "ids"); list != nullptr && list->is_array()) {
    for (const Json& item : list->get_array()) {
      const auto id =
          item.is_string() ? decode_id(std::string_view(item.get_string())) : std::nullopt;
      if (!id) invalid("ids", "invalid_id");
      out.ids.push_back(*id);
    }
  }
  if (!out.all && out.ids.empty()) invalid("ids", "required");
  if (out.ids.size() > kMostIds)
    throw AppError(Status::invalid, "batch_too_large", {{"max", std::to_string(kMostIds)}});
  return out;
}

void write_skipped(JsonWriter& json, const std::vector<Skipped>& skipped) {
  json.key("skipped").begin_array();
  for (const Skipped& row : skipped)
    json.begin_object().field("title", row.title).field("reason", row.reason).end_object();
  json.end_array();
}

// The records that a mend is for, in portions; what is no finding any more is told of.
class Portions {
 public:
  Portions(const TidyAsk& ask, TidyWalk& walk, const Json& body)
      : ask_(ask), walk_(walk), chosen_(chosen_of(body)), budget_(kLongest) {
    if (chosen_.all) walk_.start_after(json_text(body, "after"));
  }

  bool next(std::vector<TidyFinding>& out) {
    out.clear();
    if (chosen_.all) {
      if (walk_.ended() || budget_.spent()) return false;
      out = walk_.next(kAtOnce, budget_);
      return true;
    }
    if (done_ >= chosen_.ids.size()) return false;
    const auto begin = chosen_.ids.begin() + static_cast<std::ptrdiff_t>(done_);
    const std::size_t most = std::min(kAtOnce, chosen_.ids.size() - done_);
    const std::vector<Id> ids(begin, begin + static_cast<std::ptrdiff_t>(most));
    done_ += most;
    out = walk_.pick(ids);
    std::unordered_set<Id> found;
    for (const TidyFinding& finding : out) found.insert(finding.record.id);
    for (const Id id : ids) {
      if (!found.contains(id)) tell_gone(id);
    }
    return true;
  }

  // Where to go on; empty at the end.
  std::string rest() const { return chosen_.all && !walk_.ended() ? walk_.cursor() : ""; }

  void skip(std::string title, std::string reason) {
    if (skipped.size() < kMostShown) skipped.push_back({std::move(title), std::move(reason)});
  }
  std::vector<Skipped> skipped = {};

 private:
  void tell_gone(Id id) {
    const auto record = ask_.engine.get(ask_.caller, ask_.object, id);
    const Language language = ask_.caller.language;
    if (!record) return skip({}, message(language, "not_found"));
    skip(readable_title(ask_.caller, ask_.object, *record),
         message(language, record->deleted_at != 0 ? "in_trash" : "tidy_no_longer"));
  }

  const TidyAsk& ask_;
  TidyWalk& walk_;
  Chosen chosen_;
  TidyBudget budget_;
  std::size_t done_ = 0;
};

void write_side(JsonWriter& json, RecordWriter& writer, const TidyAsk& ask, const TidyStep& step,
                std::string_view name, const meta::Value& value) {
  json.key(name);
  if (meta::is_empty(value)) {
    json.null();
  } else if (step.field == nullptr) {
    write_user_reference(json, ask.engine, meta::integer_of(value));
  } else {
    writer.write_value(json, *step.field, value);
  }
}

}  // namespace

void preview_records_json(const TidyAsk& ask, TidyWalk& walk, const TidyMend& mend,
                          const Json& body, std::string& out) {
  Portions portions(ask, walk, body);
  std::int64_t count = 0;
  struct Shown {
    Id id = 0;
    std::string title = {};
    std::vector<TidyStep> steps = {};
  };
  std::vector<Shown> shown;
  std::vector<TidyFinding> findings;
  while (portions.next(findings)) {
    for (const TidyFinding& finding : findings) {
      TidyPlan plan = mend.plan(finding);
      std::string title = readable_title(ask.caller, ask.object, finding.record);
      if (!plan.refused.empty()) {
        portions.skip(std::move(title), std::move(plan.refused));
        continue;
      }
      ++count;
      if (shown.size() < kMostShown)
        shown.push_back({finding.record.id, std::move(title), std::move(plan.steps)});
    }
  }
  ask.engine.database().read([&](store::Connection& connection) {
    out.clear();
    JsonWriter json(out);
    RecordWriter writer(ask.engine, connection, ask.caller, ask.engine.plan(ask.object));
    json.begin_object().field("count", count).field("more", !portions.rest().empty());
    write_skipped(json, portions.skipped);
    json.key("items").begin_array();
    std::size_t rows = 0;
    for (const Shown& record : shown) {
      for (const TidyStep& step : record.steps) {
        if (++rows > kMostShown) break;
        json.begin_object().key("id").id(record.id);
        json.field("title", record.title).field("field", step.key).field("label", step.label);
        write_side(json, writer, ask, step, "from", step.from);
        write_side(json, writer, ask, step, "to", step.to);
        json.end_object();
      }
    }
    json.end_array().end_object();
  });
}

void mend_records_json(const TidyAsk& ask, TidyWalk& walk, const TidyMend& mend, const Json& body,
                       std::string& out) {
  Id batch = ask.engine.ids().next();
  Id change = 0;
  if (const std::string given = json_text(body, "change"); !given.empty()) {
    const auto id = decode_id(given);
    if (!id) invalid("change", "invalid_id");
    ask.engine.require_own(ask.caller, *id);
    batch = change = *id;
  }
  Portions portions(ask, walk, body);
  std::int64_t done = 0;
  std::vector<TidyFinding> findings;
  while (portions.next(findings)) {
    if (findings.empty()) continue;
    std::int64_t done_now = 0;
    std::vector<Skipped> skipped_now;
    ask.engine.write(ask.caller, batch, [&](Write& write) {
      done_now = 0;
      skipped_now.clear();
      for (const TidyFinding& finding : findings) {
        std::string reason;
        const auto error = write.attempt([&] {
          TidyPlan plan = mend.plan(finding);
          reason = plan.refused;
          if (reason.empty()) mend.apply(write, finding, std::move(plan));
        });
        if (error) reason = refusal(ask.caller.language, *error);
        if (reason.empty()) {
          ++done_now;
        } else {
          skipped_now.push_back({readable_title(ask.caller, ask.object, finding.record), reason});
        }
      }
    });
    done += done_now;
    for (Skipped& row : skipped_now) portions.skip(std::move(row.title), std::move(row.reason));
  }
  JsonWriter json(out);
  json.begin_object().key("change");
  if (done > 0 || change != 0) {
    json.id(batch);
  } else {
    json.null();
  }
  json.field("done", done);
  write_skipped(json, portions.skipped);
  json.key("next");
  if (const std::string rest = portions.rest(); !rest.empty()) {
    json.string(rest);
  } else {
    json.null();
  }
  json.end_object();
}

}  // namespace daifuku::records
