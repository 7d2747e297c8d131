#include "records/tidy.h"

#include <algorithm>
#include <charconv>

#include "meta/derive.h"
#include "records/own_fields.h"
#include "records/record_json.h"
#include "records/tidy_choices.h"
#include "records/tidy_fields.h"
#include "records/tidy_mend.h"

namespace daifuku::records {

using meta::FieldDef;

namespace {

// What the overview looks at for each check.
constexpr std::chrono::milliseconds kGlance{300};
constexpr std::int64_t kGlanceRows = 10'000;
constexpr std::chrono::milliseconds kPatience{1'000};

enum class Kind { records, choices, fields };
struct Check {
  std::string_view key;
  Kind kind;
};
constexpr Check kChecks[] = {{"stale", Kind::records},   {"impossible", Kind::records},
                             {"choices", Kind::choices}, {"unused_fields", Kind::fields},
                             {"orphans", Kind::records}, {"bounced", Kind::records}};

Kind kind_of(std::string_view key) {
  const auto* found = std::ranges::find(kChecks, key, &Check::key);
  if (found == std::end(kChecks)) throw AppError(Status::not_found, "not_found");
  return found->kind;
}

void require_object(const TidyAsk& ask) {
  if (ask.caller.access.object(ask.object).read == auth::Scope::none)
    throw AppError(Status::not_found, "not_found");
}

void require_administrator(const TidyAsk& ask) {
  if (!ask.caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
}

std::string label_of(const TidyAsk& ask, const FieldDef& field) {
  return ask.caller.language == Language::en ? field.label.en : field.label.ja;
}

std::unique_ptr<TidyWalk> walk_of(const TidyAsk& ask, std::string_view check) {
  require_object(ask);
  const TidyRecordCheck* found = find_record_check(check);
  return found == nullptr ? nullptr : found->walk(ask);
}

std::unique_ptr<TidyWalk> required_walk(const TidyAsk& ask, std::string_view check) {
  auto walk = walk_of(ask, check);
  if (walk == nullptr) throw AppError(Status::not_found, "not_found");
  return walk;
}

void write_check(JsonWriter& json, const TidyAsk& ask, std::string_view check,
                 std::string_view kind, std::int64_t count, bool more) {
  const std::string code = "tidy_" + std::string(check);
  json.begin_object().field("key", check);
  json.field("label", message(ask.caller.language, code));
  json.field("help", message(ask.caller.language, code + "_help"));
  json.field("count", count).field("more", more).field("kind", kind).end_object();
}

void write_problem(JsonWriter& json, RecordWriter& writer, const TidyAsk& ask,
                   const TidyProblem& problem) {
  const auto write_value = [&](const meta::Value& value) {
    if (problem.field == nullptr || meta::is_empty(value)) {
      json.null();
    } else {
      writer.write_value(json, *problem.field, value);
    }
  };
  json.begin_object();
  if (problem.field == nullptr) {
    json.field("field", "owner_id").field("label", message(ask.caller.language, "tidy_owner"));
  } else {
    json.field("field", problem.field->key);
    json.field("label", label_of(ask, *problem.field));
  }
  json.key("value");
  write_value(problem.value);
  json.field("text", problem.text).key("proposal");
  write_value(problem.proposal.value_or(meta::Value()));
  json.key("proposal_text");
  if (problem.proposal && problem.field != nullptr && problem.field->target.empty()) {
    json.string(meta::display_text(*problem.field, *problem.proposal, ask.caller.language));
  } else {
    json.null();
  }
  json.end_object();
}

void write_finding(JsonWriter& json, RecordWriter& writer, const TidyAsk& ask,
                   const TidyFinding& finding) {
  const Record& record = finding.record;
  json.begin_object().key("record").begin_object().key("id").id(record.id);
  json.field("title", readable_title(ask.caller, ask.object, record));
  json.field("object", ask.object.key).field("version", record.version).end_object();
  if (const FieldDef* stage = tidy_stage(ask); stage != nullptr)
    json.field("stage", meta::display_text(*stage, record.get(stage->key), ask.caller.language));
  json.key("owner");
  if (record.owner == 0) {
    json.null();
  } else {
    json.string(ask.engine.user_name(record.owner));
  }
  if (const FieldDef* contact = tidy_contact(ask); contact != nullptr) {
    json.key("last");
    if (const Millis last = record.integer(contact->key); last != 0) {
      json.integer(last);
    } else {
      json.null();
    }
  }
  json.key("problems").begin_array();
  for (const TidyProblem& problem : finding.problems) write_problem(json, writer, ask, problem);
  json.end_array().end_object();
}

}  // namespace

void tidy_json(const TidyAsk& ask, std::string& out) {
  require_object(ask);
  JsonWriter json(out);
  json.begin_object().field("object", ask.object.key).key("checks").begin_array();
  for (const Check& check : kChecks) {
    if (check.kind == Kind::choices) {
      const ChoiceGroups found = choice_groups(ask, TidyBudget(kGlance));
      write_check(json, ask, check.key, "choices", static_cast<std::int64_t>(found.groups.size()),
                  found.more);
    } else if (check.kind == Kind::fields) {
      if (!ask.caller.access.administers()) continue;
      write_check(json, ask, check.key, "fields",
                  static_cast<std::int64_t>(unused_fields(ask).size()), false);
    } else if (const auto walk = walk_of(ask, check.key); walk != nullptr) {
      const TidyWalk::Count found = walk->count(TidyBudget(kGlance, kGlanceRows));
      write_check(json, ask, check.key, "records", found.count, found.more);
    }
  }
  json.end_array().end_object();
}

namespace {

void choices_json(const TidyAsk& ask, int limit, std::string_view after, std::string& out) {
  std::size_t first = 0;
  const auto end = std::from_chars(after.data(), after.data() + after.size(), first);
  if (!after.empty() && (end.ec != std::errc() || end.ptr != after.data() + after.size()))
    throw AppError(Status::invalid, "filter_wrong", {}, {{"after", "invalid_id", {}}});
  const ChoiceGroups found = choice_groups(ask, TidyBudget(kPatience));
  const std::size_t last = std::min(found.groups.size(), first + static_cast<std::size_t>(limit));
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (std::size_t i = first; i < last; ++i) {
    const ChoiceGroup& group = found.groups[i];
    json.begin_object().field("field", group.field->key);
    json.field("label", label_of(ask, *group.field)).key("values").begin_array();
    for (const auto& [value, count] : group.values)
      json.begin_object().field("value", value).field("count", count).end_object();
    json.end_array().field("proposal", group.values.front().first);
    json.field("count", group.count).end_object();
  }
  json.end_array().key("next");
  if (last < found.groups.size()) {
    json.string(std::to_string(last));
  } else {
    json.null();
  }
  json.end_object();
}

void fields_json(const TidyAsk& ask, std::string& out) {
  require_administrator(ask);
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const UnusedField& found : unused_fields(ask)) {
    json.begin_object().field("field", found.field->key);
    json.field("label", label_of(ask, *found.field)).field("object", ask.object.key);
    json.field("filled", found.filled).field("of", found.of).key("last");
    if (found.last == 0) {
      json.null();
    } else {
      json.integer(found.last);
    }
    json.end_object();
  }
  json.end_array().key("next").null().end_object();
}

// The own field that is to be put away.
const FieldDef& own_field(const TidyAsk& ask, const Json& body) {
  require_administrator(ask);
  if (json_text(body, "mend") != "hide")
    throw AppError(Status::invalid, "invalid", {}, {{"mend", "invalid_choice", {}}});
  const FieldDef* field = ask.object.field(json_text(body, "field"));
  if (field == nullptr || !field->custom || field->hidden)
    throw AppError(Status::invalid, "invalid", {}, {{"field", "invalid_choice", {}}});
  return *field;
}

std::unique_ptr<TidyWalk> walk_for(const TidyAsk& ask, std::string_view check, const Json& body) {
  require_object(ask);
  return kind_of(check) == Kind::choices ? walk_fold(ask, body) : required_walk(ask, check);
}

}  // namespace

void tidy_items_json(const TidyAsk& ask, std::string_view check, int limit, std::string_view after,
                     std::string& out) {
  require_object(ask);
  const Kind kind = kind_of(check);
  if (kind == Kind::choices) return choices_json(ask, limit, after, out);
  if (kind == Kind::fields) return fields_json(ask, out);
  const auto walk = required_walk(ask, check);
  walk->start_after(after);
  TidyBudget budget(kPatience);
  const auto most = static_cast<std::size_t>(limit);
  std::vector<TidyFinding> found = walk->next(most + 1, budget);
  std::string next = walk->ended() ? std::string() : walk->cursor();
  if (found.size() > most) {
    found.pop_back();
    next = TidyWalk::cursor_of(found.back().at);
  }
  ask.engine.database().read([&](store::Connection& connection) {
    out.clear();
    JsonWriter json(out);
    RecordWriter writer(ask.engine, connection, ask.caller, ask.engine.plan(ask.object));
    json.begin_object().key("items").begin_array();
    for (const TidyFinding& finding : found) write_finding(json, writer, ask, finding);
    json.end_array().key("next");
    if (next.empty()) {
      json.null();
    } else {
      json.string(next);
    }
    if (check == "stale") {
      json.key("days").begin_object();
      for (const auto& [stage, days] : stale_days(ask)) json.field(stage, days);
      json.end_object();
    }
    json.end_object();
  });
}

void tidy_preview_json(const TidyAsk& ask, std::string_view check, const Json& body,
                       std::string& out) {
  if (kind_of(check) != Kind::fields) {
    const auto walk = walk_for(ask, check, body);
    return preview_records_json(ask, *walk, TidyMend(ask, check, body), body, out);
  }
  const FieldDef& field = own_field(ask, body);
  JsonWriter json(out);
  json.begin_object().field("count", 1).field("more", false);
  json.key("skipped").begin_array().end_array().key("items").begin_array();
  json.begin_object().field("id", field.key).field("title", label_of(ask, field));
  json.field("field", "hidden").field("label", message(ask.caller.language, "tidy_put_away"));
  json.key("from").boolean(false).key("to").boolean(true).end_object();
  json.end_array().end_object();
}

bool tidy_mend_json(const TidyAsk& ask, std::string_view check, const Json& body,
                    std::string& out) {
  if (kind_of(check) != Kind::fields) {
    const auto walk = walk_for(ask, check, body);
    mend_records_json(ask, *walk, TidyMend(ask, check, body), body, out);
    return false;
  }
  const FieldDef& field = own_field(ask, body);
  const Id change = ask.engine.write(ask.caller, [&](Write& write) {
    change_field(write, ask.object.key, field.key, Json(JsonObject{{"hidden", true}}));
  });
  JsonWriter json(out);
  json.begin_object().key("change").id(change);
  json.field("done", 1).key("skipped").begin_array().end_array();
  json.key("next").null().end_object();
  return true;
}

}  // namespace daifuku::records
