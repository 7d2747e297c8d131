#include "exchange/import_match.h"

#include <algorithm>

#include "records/keys.h"
#include "records/schema.h"

namespace daifuku::exchange {

using meta::FieldDef;
using records::MatchKey;

namespace {

constexpr int kMostRows = 50;  // of one key; a name that more records share identifies nobody

void add_once(std::vector<Id>& out, Id id) {
  if (std::ranges::find(out, id) == out.end()) out.push_back(id);
}

}  // namespace

RecordMatcher::RecordMatcher(records::Engine& engine, const records::Caller& caller,
                             const ImportPlan& plan)
    : engine_(engine),
      caller_(caller),
      plan_(plan),
      object_plan_(engine.plan(*plan.object)),
      printer_(object_plan_, caller) {
  loaded_ = printer_.fields();
  const auto add = [&](const FieldDef* field) {
    if (std::ranges::find(loaded_, field) == loaded_.end()) loaded_.push_back(field);
  };
  for (const FieldDef* field : object_plan_.key_fields) {
    if (!field->unique || !readable(*field)) continue;
    unique_.push_back(field);
    add(field);
  }
  if (plan.key_field != nullptr) add(plan.key_field);
  load_sql_ = "SELECT t.id";
  for (const FieldDef* field : loaded_) load_sql_ += ", " + records::column("t", *field);
  load_sql_ += " FROM " + object_plan_.table + " t WHERE {t} AND t.id = ? AND t.deleted_at IS NULL";
  const auto scope =
      caller.access.condition(*plan.object, caller.access.object(*plan.object).read, "t");
  if (!scope.sql.empty()) where_ = " AND " + scope.sql;
  load_sql_ += where_;
  binds_ = scope.binds;
}

bool RecordMatcher::readable(const FieldDef& field) const {
  return caller_.access.field(*plan_.object, field.key) >= meta::FieldRight::read;
}

std::optional<meta::Values> RecordMatcher::load(store::Connection& connection, Id id) {
  auto row = connection.query(load_sql_);
  row.bind(id);
  for (const Id bind : binds_) row.bind(bind);
  if (!row.step()) return std::nullopt;
  meta::Values out;
  int column = 0;
  for (const FieldDef* field : loaded_) {
    if (!row.is_null(++column)) {
      out.emplace(field->key, records::cell(row.statement(), column, field->kind->storage));
    }
  }
  return out;
}

Id RecordMatcher::seen(store::Connection& connection, Id id) {
  if (load(connection, id)) return id;
  const Id now = engine_.current(*plan_.object, id);
  return now != id && load(connection, now) ? now : 0;
}

std::vector<Id> RecordMatcher::by_hash(store::Connection& connection, std::int64_t hash) {
  std::vector<Id> out;
  auto rows = connection.query(
      "SELECT k.record_id FROM match_key k WHERE {k} AND k.hash = ? ORDER BY k.record_id LIMIT ?");
  rows.bind(hash, kMostRows);
  while (rows.step()) out.push_back(rows.integer(0));
  return out;
}

// Records with that value that the caller sees.
std::vector<Id> RecordMatcher::by_value(store::Connection& connection, const FieldDef& field,
                                        const meta::Value& value) {
  std::vector<Id> out;
  const auto check = [&](const std::vector<Id>& ids) {
    for (const Id id : ids) {
      const auto record = load(connection, id);
      if (record && records::unique_text(field, meta::get(*record, field.key)) ==
                        records::unique_text(field, value)) {
        add_once(out, id);
      }
    }
  };
  if (field.unique) {
    check(by_hash(connection, records::key_hash(plan_.object->id, MatchKey::unique,
                                                records::unique_text(field, value))));
    return out;
  }
  if (!records::list_index(*plan_.object, field).empty()) {
    auto rows = connection.query("SELECT t.id FROM " + object_plan_.table +
                                 " t WHERE {t} AND t.deleted_at IS NULL AND " +
                                 records::column("t", field) + " = ?" + where_ + " LIMIT ?");
    rows.bind(value);
    for (const Id bind : binds_) rows.bind(bind);
    rows.bind(kMostRows);
    while (rows.step()) add_once(out, rows.integer(0));
    return out;
  }
  const meta::Values alone{{field.key, value}};
  for (const MatchKey& key : records::match_keys(object_plan_, alone)) {
    for (const Id id : by_hash(connection, key.hash)) {
      const auto record = load(connection, id);
      if (!record) continue;
      const meta::Values theirs{{field.key, meta::get(*record, field.key)}};
      const auto keys = records::match_keys(object_plan_, theirs);
      const bool same =
          std::ranges::any_of(keys, [&](const MatchKey& other) { return other.hash == key.hash; });
      if (same) add_once(out, id);
    }
  }
  return out;
}

// True when the row is settled.
bool RecordMatcher::find_by_fields(store::Connection& connection, const RowIdentity& row,
                                   RowMatch& out) {
  const auto take = [&](const std::vector<Id>& ids, const char* by) {
    if (ids.size() == 1) {
      out.id = ids.front();
      out.by = by;
    } else {
      out.unsure = true;
      for (const Id id : ids) {
        if (out.candidates.size() < RowMatch::kMostCandidates)
          out.candidates.push_back({.id = id, .reasons = {by}, .sure = true});
      }
    }
    return true;
  };
  if (row.id != 0) {
    if (const Id id = seen(connection, row.id)) return take({id}, "id");
  }
  if (plan_.key_field != nullptr) {
    const meta::Value& value = meta::get(row.values, plan_.key_field->key);
    if (!meta::is_empty(value)) {
      const auto ids = by_value(connection, *plan_.key_field, value);
      return ids.empty() || take(ids, "key");  // Another code is another customer.
    }
  }
  if (plan_.key_is_id) return true;
  for (const FieldDef* field : unique_) {
    const meta::Value& value = meta::get(row.values, field->key);
    if (meta::is_empty(value)) continue;
    const auto ids = by_value(connection, *field, value);
    if (!ids.empty()) return take(ids, "key");
  }
  return false;
}

// What the two have in common says they are one, may be one (then a person looks), or not.
std::optional<MatchCandidate> RecordMatcher::judge(const RowPrint& row, const RowPrint& record,
                                                   Id id) const {
  MatchCandidate out{.id = id};
  const bool named = !row.name.empty() && !record.name.empty();
  const bool name = same_name(row, record);
  const bool number = !row.number.empty() && row.number == record.number;
  const bool other_number = !row.number.empty() && !record.number.empty() && !number;
  const bool place = !row.place.empty() && row.place == record.place;
  const bool other_place = !row.place.empty() && !record.place.empty() && !place;
  const bool phone = share_any(row.phones, record.phones);
  const bool email = share_any(row.emails, record.emails);
  const bool company = row.company != 0 && row.company == record.company;
  const bool other_company = row.company != 0 && record.company != 0 && !company;
  if (other_number) return std::nullopt;
  // Two firms of one bare name with two legal forms are two.
  if (printer_.of_companies() && named && !name && row.name == record.name && !number)
    return std::nullopt;
  if (number) out.reasons.emplace_back("number");
  if (email) out.reasons.emplace_back("email");
  if (phone) out.reasons.emplace_back("phone");
  if (name) out.reasons.emplace_back("name");
  if (name && place) out.reasons.emplace_back("address");
  if (name && company) out.reasons.emplace_back("company");
  if (number) {
    out.sure = true;
    return out;
  }
  // A branch has the name and perhaps the phone of the head office, not its place.
  if (name && other_place && !email && printer_.of_companies()) return std::nullopt;
  if (name || !named) {
    out.sure = email || phone || (name && (place || company));
    if (out.sure) return out;
    // 佐藤 花子 of another company or at another address is somebody else.
    return name && !other_company && !other_place ? std::optional(out) : std::nullopt;
  }
  // Colleagues share a phone, and firms of a group a mail address: not sure.
  if (email || (phone && printer_.of_companies())) return out;
  return std::nullopt;
}

void RecordMatcher::find_by_keys(store::Connection& connection, const RowIdentity& row,
                                 RowMatch& out) {
  meta::Values values = row.values;
  std::erase_if(values, [&](const auto& entry) {
    const FieldDef* field = plan_.object->field(entry.first);
    return field == nullptr || !readable(*field);
  });
  RowPrint print = printer_.print(values);
  if (row.company != 0) print.company = row.company;
  std::vector<Id> ids;
  for (const MatchKey& key : records::match_keys(object_plan_, values)) {
    if (key.sort == MatchKey::unique || key.sort == MatchKey::kana ||
        key.sort == MatchKey::loose_name) {
      continue;
    }
    for (const Id id : by_hash(connection, key.hash)) add_once(ids, id);
  }
  std::vector<MatchCandidate> sure;
  std::vector<MatchCandidate> maybe;
  for (const Id id : ids) {
    const auto record = load(connection, id);
    if (!record) continue;
    auto found = judge(print, printer_.print(*record), id);
    if (!found) continue;
    (found->sure ? sure : maybe).push_back(*std::move(found));
  }
  // More facts in common beat fewer: the branch with this phone among all of one number.
  std::ranges::stable_sort(sure, [](const MatchCandidate& a, const MatchCandidate& b) {
    return a.reasons.size() > b.reasons.size();
  });
  if (sure.size() == 1 || (sure.size() > 1 && sure[0].reasons.size() > sure[1].reasons.size())) {
    out.id = sure.front().id;
    const auto& reasons = sure.front().reasons;
    // A name is what the others are seen with; the address or the company behind it decided.
    out.by = reasons.front() == "name" ? reasons.back() : reasons.front();
    return;
  }
  auto& shown = sure.empty() ? maybe : sure;
  if (shown.empty()) return;
  out.unsure = true;
  if (shown.size() > RowMatch::kMostCandidates) shown.resize(RowMatch::kMostCandidates);
  out.candidates = std::move(shown);
}

RowMatch RecordMatcher::find(store::Connection& connection, const RowIdentity& row) {
  RowMatch out;
  if (!find_by_fields(connection, row, out) && !printer_.fields().empty()) {
    find_by_keys(connection, row, out);
  }
  return out;
}

}  // namespace daifuku::exchange
