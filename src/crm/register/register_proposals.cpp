// Proposals of the register as people see and decide them.
#include <algorithm>
#include <cstdlib>

#include "base/messages.h"
#include "crm/register/register_check.h"
#include "records/record_json.h"
#include "records/schema.h"
#include "text/corporate_number.h"
#include "text/register_row.h"

namespace daifuku::crm {

using auth::Scope;
using exchange::RegisteredCompany;
using exchange::RegisterTable;
using records::Caller;

namespace {

constexpr const char* kFields[] = {"name",   "name_kana", "postal_code",      "prefecture", "city",
                                   "street", "building",  "corporate_number", "stage",      "note"};
constexpr std::size_t kMostNamed = 10;

CheckedCompany checked(const records::Record& record) {
  const auto text = [&record](std::string_view key) { return std::string(record.text(key)); };
  return {.id = record.id,
          .name = text("name"),
          .kana = text("name_kana"),
          .postal_code = text("postal_code"),
          .prefecture = text("prefecture"),
          .city = text("city"),
          .street = text("street"),
          .building = text("building"),
          .number = text("corporate_number"),
          .stage = text("stage"),
          .branch = text("branch")};
}

std::int64_t number_of(std::string_view text) {
  return std::strtoll(std::string(text).c_str(), nullptr, 10);
}

std::string padded(std::int64_t number) {
  std::string out = std::to_string(number);
  return std::string(13 - std::min<std::size_t>(13, out.size()), '0') + out;
}

std::string cause_code(int cause) {
  switch (cause) {
    case 1:
    case 11:
    case 21:
    case 31:
      return "register_cause_" + std::to_string(cause);
    default:
      return "register_cause_other";
  }
}

void write_registered(JsonWriter& json, store::Connection& connection,
                      const RegisteredCompany& company, Language language) {
  json.begin_object().field("number", padded(company.number)).field("name", company.name);
  json.field("name_kana", company.kana).field("postal_code", company.postal_code);
  json.field("prefecture", company.prefecture).field("city", company.city);
  json.field("street", company.street).field("building", company.building);
  json.field("updated_on", text::register_date(company.updated_on));
  if (company.closed_on != 0) {
    json.field("closed_on", text::register_date(company.closed_on));
    json.field("closed_because", message(language, cause_code(company.close_cause)));
    if (company.successor != 0) {
      json.key("successor").begin_object().field("number", padded(company.successor));
      const auto successor = RegisterTable::find(connection, company.successor);
      json.field("name", successor ? successor->name : std::string()).end_object();
    }
  }
  json.end_object();
}

// What the record must still hold for the proposal to mean anything.
constexpr std::string_view kStillOpen =
    " AND ((p.matter = 'number' AND COALESCE(NUMBER, '') = '') OR (p.matter <> 'number' AND NUMBER "
    "= p.number AND ((p.matter = 'name' AND NAME = p.old_a) OR (p.matter = 'address' AND "
    "COALESCE(CITY, '') = p.old_a AND COALESCE(STREET, '') = p.old_b) OR (p.matter = 'closed' AND "
    "COALESCE(STAGE, '') = p.old_a))))";

std::string still_open(const meta::ObjectDef& object) {
  std::string sql(kStillOpen);
  for (const auto& [mark, key] : {std::pair{"NUMBER", "corporate_number"},
                                  {"NAME", "name"},
                                  {"CITY", "city"},
                                  {"STREET", "street"},
                                  {"STAGE", "stage"}}) {
    const std::string column = records::column("t", *object.field(key));
    for (std::size_t at = sql.find(mark); at != std::string::npos;
         at = sql.find(mark, at + column.size()))
      sql.replace(at, std::string_view(mark).size(), column);
  }
  return sql;
}

std::string cursor_of(const RegisterProposal& last) {
  return encode_id(last.percent) + "." + encode_id(last.company) + "." + last.number;
}

}  // namespace

const meta::ObjectDef& RegisterCheck::company_object(const Caller& caller) const {
  const meta::ObjectDef* object = caller.access.catalog().object("company");
  if (object == nullptr || caller.access.object(*object).read == Scope::none)
    throw AppError(Status::forbidden, "forbidden");
  for (const char* key : kFields) {
    if (object->field(key) == nullptr || caller.access.field(*object, key) < meta::FieldRight::read)
      throw AppError(Status::forbidden, "forbidden");
  }
  return *object;
}

// `after` is the cursor of the last one.
std::vector<RegisterProposal> RegisterCheck::read_open(const Caller& caller, Scope scope,
                                                       RegisterMatter matter, bool refused,
                                                       int least_percent, std::size_t limit,
                                                       std::string_view after) {
  const meta::ObjectDef& object = company_object(caller);
  std::int64_t last_percent = 1'000;
  Id last_company = 0;
  std::string last_number;
  if (!after.empty()) {
    const auto first = after.find('.');
    const auto second = after.find('.', first + 1);
    const auto percent = decode_id(after.substr(0, std::min(first, after.size())));
    const auto company = first == std::string_view::npos || second == std::string_view::npos
                             ? std::nullopt
                             : decode_id(after.substr(first + 1, second - first - 1));
    if (!percent || !company)
      throw AppError(Status::invalid, "filter_wrong", {}, {{"after", "invalid_id", {}}});
    last_percent = *percent;
    last_company = *company;
    last_number = after.substr(second + 1);
  }
  const auto condition = caller.access.condition(object, scope, "t");
  std::string sql =
      "SELECT p.company_id, p.number, p.old_a, p.old_b, p.percent, p.reasons, p.source_on FROM "
      "register_proposal p JOIN " +
      engine_.plan(object).table +
      " t ON t.id = p.company_id AND {t} WHERE {p} AND p.matter = ? AND p.decision = ? AND "
      "p.percent >= ? AND t.deleted_at IS NULL AND (p.percent < ? OR (p.percent = ? AND "
      "(p.company_id > ? OR (p.company_id = ? AND p.number > ?))))" +
      still_open(object);
  if (!condition.sql.empty()) sql += " AND " + condition.sql;
  std::vector<RegisterProposal> out;
  engine_.database().read([&](store::Connection& connection) {
    out.clear();
    auto rows = connection.query(sql + " ORDER BY p.percent DESC, p.company_id, p.number LIMIT ?");
    rows.bind(matter_name(matter), refused ? "refused" : "open", least_percent, last_percent,
              last_percent, last_company, last_company, last_number);
    for (const Id bind : condition.binds) rows.bind(bind);
    rows.bind(static_cast<std::int64_t>(limit));
    while (rows.step()) {
      out.push_back({.company = rows.integer(0),
                     .matter = matter,
                     .number = std::string(rows.text(1)),
                     .old_a = std::string(rows.text(2)),
                     .old_b = std::string(rows.text(3)),
                     .percent = static_cast<int>(rows.integer(4)),
                     .reasons = std::string(rows.text(5)),
                     .source_on = static_cast<int>(rows.integer(6))});
    }
  });
  return out;
}

void RegisterCheck::list_json(const Caller& caller, RegisterMatter matter, bool refused, int limit,
                              std::string_view after, std::string& out) {
  const meta::ObjectDef& object = company_object(caller);
  const auto found = read_open(caller, caller.access.object(object).read, matter, refused, 0,
                               static_cast<std::size_t>(limit) + 1, after);
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  const std::size_t shown = std::min(found.size(), static_cast<std::size_t>(limit));
  for (std::size_t i = 0; i < shown; ++i) {
    const RegisterProposal& one = found[i];
    const auto record = engine_.get(caller, object, one.company);
    const auto registered = table_.find(number_of(one.number));
    if (!record || !registered) continue;
    std::string company;
    engine_.get_json(caller, object, one.company, company);
    json.begin_object().key("company").raw(company);
    json.field("matter", matter_name(matter)).field("number", one.number);
    if (one.percent > 0) json.field("percent", one.percent);
    json.field("source_on", text::register_date(one.source_on)).key("reasons").begin_array();
    std::string_view rest = one.reasons;
    while (!rest.empty()) {
      const auto comma = std::min(rest.find(','), rest.size());
      const std::string code(rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      json.begin_object().field("code", code).field("text", message(caller.language, code));
      json.end_object();
    }
    json.end_array().key("registered");
    engine_.database().read([&](store::Connection& connection) {
      write_registered(json, connection, *registered, caller.language);
    });
    std::string successor;
    if (registered->successor != 0) {
      if (const auto next = table_.find(registered->successor)) successor = next->name;
    }
    const CheckedCompany now = checked(*record);
    json.key("changes").begin_array();
    for (const auto& change : proposed_values(matter, now, *registered, successor)) {
      const std::string before(record->text(change.key()));
      const std::string after_text =
          change.value().is_string() ? std::string(change.value().get_string()) : std::string();
      if (before == after_text) continue;
      json.begin_object().field("field", std::string_view(change.key()));
      json.field("old", change.key() == "note" ? std::string_view() : std::string_view(before));
      json.field("new", after_text).end_object();
    }
    json.end_array().end_object();
  }
  json.end_array();
  if (found.size() > shown && shown > 0) {
    json.field("next", cursor_of(found[shown - 1]));
  } else {
    json.key("next").null();
  }
  json.end_object();
}

RegisterCheck::Accepted RegisterCheck::accept(const Caller& caller,
                                              const std::vector<Item>& items) {
  const meta::ObjectDef& object = company_object(caller);
  if (caller.access.object(object).update == Scope::none)
    throw AppError(Status::forbidden, "forbidden");
  Accepted out;
  struct Change {
    Id company;
    std::int64_t version;
    std::string title;
    JsonObject values;
  };
  std::vector<Change> changes;
  std::vector<Id> taken;  // Two changes of one company come one after the other.
  for (const Item& item : items) {
    bool open = false;
    engine_.database().read([&](store::Connection& connection) {
      auto row = connection.query(
          "SELECT p.company_id FROM register_proposal p JOIN " + engine_.plan(object).table +
          " t ON t.id = p.company_id AND {t} WHERE {p} AND p.company_id = ? AND p.matter = ? AND "
          "p.number = ? AND t.deleted_at IS NULL" +
          still_open(object));
      row.bind(item.company, matter_name(item.matter), item.number);
      open = row.step();
    });
    const auto record = engine_.get(caller, object, item.company);
    const auto registered = table_.find(number_of(item.number));
    if (!open || !record || !registered || std::ranges::find(taken, item.company) != taken.end()) {
      ++out.out_of_date;
      continue;
    }
    std::string successor;
    if (registered->successor != 0) {
      if (const auto next = table_.find(registered->successor)) successor = next->name;
    }
    JsonObject values = proposed_values(item.matter, checked(*record), *registered, successor);
    if (item.matter == RegisterMatter::closed && !record->text("note").empty())
      values["note"] =
          std::string(record->text("note")) + "\n" + std::string(values["note"].as_string());
    taken.push_back(item.company);
    changes.push_back({item.company, record->version,
                       records::readable_title(caller, object, *record), std::move(values)});
  }
  if (changes.empty()) return out;
  const Accepted before = out;
  const Id batch = engine_.write(caller, [&](records::Write& write) {
    out = before;
    for (const Change& change : changes) {
      const auto error = write.attempt([&] {
        write.update(object, change.company,
                     engine_.parse(caller, object, Json(change.values), false), change.version);
      });
      if (!error) {
        ++out.done;
        continue;
      }
      ++out.refused;
      if (out.problems.size() >= kMostTold) continue;
      const bool plain = error->problems().empty();
      out.problems.push_back({change.company, change.title,
                              plain ? error->code() : error->problems().front().code,
                              plain ? error->params() : error->problems().front().params});
    }
  });
  if (out.done > 0) out.batch = batch;
  return out;
}

RegisterCheck::Accepted RegisterCheck::accept_all(const Caller& caller, RegisterMatter matter,
                                                  int least_percent, std::string_view after) {
  const Scope scope = caller.access.object(company_object(caller)).update;
  if (scope == Scope::none) throw AppError(Status::forbidden, "forbidden");
  const auto found = read_open(caller, scope, matter, false, least_percent, kMostAtOnce + 1, after);
  std::vector<Item> items;
  std::vector<Id> taken;
  for (const RegisterProposal& one : found) {
    if (items.size() == kMostAtOnce) break;
    // The likeliest of several candidates comes first.
    if (matter == RegisterMatter::number) {
      if (std::ranges::find(taken, one.company) != taken.end()) continue;
      taken.push_back(one.company);
    }
    items.push_back({one.company, one.matter, one.number});
  }
  Accepted out = accept(caller, items);
  // What was refused stays open; the next request goes on behind it.
  if (found.size() > kMostAtOnce) out.next = cursor_of(found[kMostAtOnce - 1]);
  return out;
}

void RegisterCheck::refuse(const Caller& caller, const std::vector<Item>& items, bool refused) {
  const meta::ObjectDef& object = company_object(caller);
  const Scope scope = caller.access.object(object).update;
  if (scope == Scope::none) throw AppError(Status::forbidden, "forbidden");
  const auto condition = caller.access.condition(object, scope, "t");
  engine_.database().write([&](store::Transaction& tx) {
    for (const Item& item : items) {
      std::string sql = "SELECT p.percent FROM register_proposal p JOIN " +
                        engine_.plan(object).table +
                        " t ON t.id = p.company_id AND {t} WHERE {p} AND p.company_id = ? AND "
                        "p.matter = ? AND p.number = ? AND t.deleted_at IS NULL";
      if (!condition.sql.empty()) sql += " AND " + condition.sql;
      {
        auto row = tx.query(sql);
        row.bind(item.company, matter_name(item.matter), item.number);
        for (const Id bind : condition.binds) row.bind(bind);
        if (!row.step()) throw AppError(Status::not_found, "not_found");
      }
      tx.query(
            "UPDATE register_proposal SET decision = ?, decided_by = ?, decided_at = ? WHERE "
            "{register_proposal} AND company_id = ? AND matter = ? AND number = ?")
          .bind(refused ? "refused" : "open", caller.access.user(), engine_.clock().now(),
                item.company, matter_name(item.matter), item.number)
          .run();
    }
  });
}

void RegisterCheck::number_json(std::string_view number, Language language,
                                std::string& out) const {
  const auto checked_number = text::check_corporate_number(number);
  engine_.database().read([&](store::Connection& connection) {
    std::optional<RegisteredCompany> found;
    if (checked_number.accepted())
      found = RegisterTable::find(connection, number_of(checked_number.value));
    out.clear();
    JsonWriter fresh(out);
    fresh.begin_object().key("items").begin_array();
    if (found) write_registered(fresh, connection, *found, language);
    fresh.end_array().end_object();
  });
}

void RegisterCheck::named_json(std::string_view name, Language language, std::string& out) const {
  engine_.database().read([&](store::Connection& connection) {
    out.clear();
    JsonWriter json(out);
    json.begin_object().key("items").begin_array();
    for (const RegisteredCompany& one : RegisterTable::named(connection, name, kMostNamed))
      write_registered(json, connection, one, language);
    json.end_array().end_object();
  });
}

}  // namespace daifuku::crm
