#include "crm/customer/transfer.h"

#include <algorithm>

#include "base/time.h"
#include "crm/behaviors.h"
#include "text/date.h"

namespace daifuku::crm {

using records::Draft;
using records::Record;
using records::Write;

namespace {

constexpr std::int64_t kMostWork = 200;

void refuse(std::string_view field, std::string_view code) {
  throw AppError(Status::invalid, "invalid", {}, {{std::string(field), std::string(code), {}}});
}

// Where the person stood in the old company says nothing about the new one. What the caller may not
// write is not written for him.
void leave_place(const Write& write, const meta::ObjectDef& object, const Record& person,
                 Draft& draft) {
  const auto may_write = [&](std::string_view key) {
    return write.caller().access.field(object, key) >= meta::FieldRight::write;
  };
  for (const std::string_view key : {"division", "department", "department_unit", "job_title"}) {
    if (!draft.values.contains(key) && !meta::is_empty(person.get(key)) && may_write(key))
      draft.values.emplace(key, meta::Value());
  }
  if (!draft.values.contains("employment") && !person.text("employment").empty() &&
      may_write("employment")) {
    const bool known = meta::integer_of(meta::get(draft.values, "company")) != 0;
    draft.values.emplace("employment", std::string(known ? "active" : "left"));
  }
}

// A line for the timeline of a company. It names nobody and no other company: who sees the one does
// not always see the other. The link tells who it is, to those who may know.
void note(Write& write, Id person, Id company, Millis at, std::string_view content) {
  Draft draft;
  draft.values = {{"kind", std::string("note")},
                  {"happened_at", at},
                  {"status", std::string("done")},
                  {"person", person},
                  {"company", company},
                  {"content", std::string(content)}};
  write.create_by_rule("activity", std::move(draft));
}

// Noon of the day, so that it is the same day wherever it is read; never ahead of now, which would
// be a plan.
Millis time_of(Write& write, const std::string& on) {
  if (on.empty()) return write.now();
  const auto date = text::parse_date(on);
  if (!date) refuse("on", "invalid_date");
  constexpr Millis kNoon = 12 * 3'600'000;
  return std::min(start_of_day(*date) + kNoon, write.now());
}

}  // namespace

std::vector<OpenWork> open_work(records::Engine& engine, const records::Caller& caller,
                                const Record& person) {
  std::vector<OpenWork> out;
  const Id company = person.integer("company");
  if (company == 0) return out;
  const auto collect = [&](std::string_view key, const Json& open) {
    const meta::ObjectDef* object = caller.access.catalog().object(key);
    if (caller.access.object(*object).read == auth::Scope::none) return;
    for (const std::string_view field : {"person", "company"}) {
      if (caller.access.field(*object, field) < meta::FieldRight::read) return;
    }
    records::ListQuery query;
    query.filter = JsonObject{
        {"and", JsonArray{JsonObject{{"person", JsonObject{{"eq", encode_id(person.id)}}}},
                          JsonObject{{"company", JsonObject{{"eq", encode_id(company)}}}}, open}}};
    for (const Id id : engine.list_ids(caller, *object, query, kMostWork)) out.push_back({key, id});
  };
  const auto may_read = [&](std::string_view object, std::string_view field) {
    return caller.access.field(*caller.access.catalog().object(object), field) >=
           meta::FieldRight::read;
  };
  if (may_read("deal", "stage")) {
    collect("deal",
            JsonObject{{"and", JsonArray{JsonObject{{"stage", JsonObject{{"ne", "won"}}}},
                                         JsonObject{{"stage", JsonObject{{"ne", "lost"}}}}}}});
  }
  if (may_read("task", "done")) {
    collect("task", JsonObject{{"done", JsonObject{{"eq", false}}}});
  }
  return out;
}

Transferred transfer(Write& write, const Record& person, const Transfer& wanted,
                     const std::vector<OpenWork>& work) {
  const meta::ObjectDef& object = *write.catalog().object("person");
  const Id before = person.integer("company");
  Draft draft = wanted.draft;
  draft.values.emplace("company", meta::Value());
  const Id after = meta::integer_of(draft.values.find("company")->second);
  if (before == 0 && after == 0) refuse("company", "transfer_none");
  if (before == after) refuse("company", "transfer_same");
  if (wanted.successor == person.id) refuse("successor", "link_to_itself");
  leave_place(write, object, person, draft);
  const Millis at = time_of(write, wanted.on);

  Transferred out;
  out.person = write.update(object, person.id, std::move(draft), wanted.version);
  // Of a company in the trash nobody reads the timeline.
  const meta::ObjectDef& company = *write.catalog().object("company");
  if (const Id old = write.current(company, before); old != 0 && write.is_alive(company, old))
    note(write, person.id, old, at, "異動・転職で、この会社を離れられました。");
  if (const Id now = out.person.integer("company"); now != 0)
    note(write, person.id, now, at, "異動・転職で、この会社に移られました。");
  if (wanted.successor == 0) return out;
  const auto successor = write.load(object, wanted.successor);
  const auto& rights = write.caller().access.object(object);
  if (!successor || successor->deleted_at != 0 ||
      !write.caller().access.allows(object, rights.read, successor->owner, successor->team,
                                    successor->customer_owner, successor->customer_team))
    refuse("successor", "link_not_found");
  for (const OpenWork& each : work) {
    try {
      Draft change;
      change.values["person"] = wanted.successor;
      const meta::ObjectDef& kind = *write.catalog().object(each.object);
      // The fields of it that he may not write are not written for him.
      if (write.caller().access.field(kind, "person") < meta::FieldRight::write) continue;
      write.update(kind, each.id, std::move(change));
      ++out.taken_over;
    } catch (const AppError& error) {
      // Somebody else's, or gone meanwhile: it stays as it is. Anything else is a mistake.
      if (error.status() != Status::not_found && error.status() != Status::forbidden) throw;
    }
  }
  // Tasks that follow from a deal went with it.
  if (auto now = write.load(object, person.id)) out.person = *std::move(now);
  return out;
}

}  // namespace daifuku::crm
