#include <algorithm>

#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/engine.h"
#include "records/keys.h"
#include "records/record_json.h"
#include "records/record_subtitle.h"
#include "records/search_index.h"
#include "records/word_search.h"
#include "store/schema.h"
#include "text/email.h"
#include "text/fold.h"
#include "text/name_key.h"

namespace daifuku::records {

using auth::Scope;
using meta::FieldDef;
using meta::ObjectDef;

std::vector<Id> Engine::search(const Caller& caller, const ObjectDef& object,
                               std::string_view typed, int limit) {
  std::vector<Id> out;
  const WordSearch words(*this, caller, object, typed);
  if (words.empty()) return out;
  database_.read([&](store::Connection& connection) {
    // Exact names, mails and phones first: the one that is meant is on top however many contain the
    // word.
    std::vector<Id> exact;
    for (const MatchKey& key : reference_keys(object, typed)) {
      auto rows = connection.query(
          "SELECT k.record_id FROM match_key k WHERE {k} AND k.hash = ? ORDER BY k.record_id DESC "
          "LIMIT 20");
      rows.bind(key.hash);
      while (rows.step()) exact.push_back(rows.integer(0));
    }
    const auto take = [&](Id id) {
      if (std::find(out.begin(), out.end(), id) != out.end()) return;
      out.push_back(id);
    };
    for (const Id id : exact) {
      if (static_cast<int>(out.size()) < limit && words.verified(connection, id)) take(id);
    }
    const std::size_t head = out.size();
    words.candidates(connection, limit, [&](Id id) {
      if (!words.verified(connection, id)) return false;
      out.push_back(id);
      return true;
    });
    // Several forms: newest first over all, each record once.
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(head), out.end(), std::greater<>());
    std::vector<Id> unique;
    for (const Id id : out) {
      if (std::find(unique.begin(),
                    unique.begin() + static_cast<std::ptrdiff_t>(std::min(head, unique.size())),
                    id) !=
          unique.begin() + static_cast<std::ptrdiff_t>(std::min(head, unique.size())))
        continue;
      if (!unique.empty() && unique.back() == id) continue;
      unique.push_back(id);
    }
    if (static_cast<int>(unique.size()) > limit) unique.resize(static_cast<std::size_t>(limit));
    out = std::move(unique);
  });
  return out;
}

namespace {

// Where it was found: the field and its text, for the line under a hit.
void write_matches(JsonWriter& json, const text::SearchQuery& query, const ObjectPlan& plan,
                   const Record& record, const Caller& caller) {
  json.key("matches").begin_array();
  int written = 0;
  for (const FieldDef* field : plan.searchable) {
    if (written >= 3 || caller.access.field(plan.object, field->key) < meta::FieldRight::read ||
        field->key == plan.object.title)
      continue;
    const meta::Value& value = record.get(field->key);
    if (meta::is_empty(value)) continue;
    const std::string shown = meta::value_text(*field, value);
    const text::Searchable searchable{.kind = search_kind(*field), .value = shown};
    const bool hit =
        std::any_of(query.terms.begin(), query.terms.end(), [&](const text::Term& term) {
          return text::matches(term, {&searchable, 1});
        });
    if (!hit) continue;
    json.begin_object()
        .field("field", field->key)
        .field("text", text::truncate(shown, 120))
        .end_object();
    ++written;
  }
  json.end_array();
}

}  // namespace

std::string subtitle_of(const Caller& caller, const ObjectPlan& plan, const Record& record,
                        const std::string& linked) {
  std::string out = linked;
  int parts = linked.empty() ? 0 : 1;
  for (const FieldDef* field : plan.default_list) {
    if (parts >= 3) break;
    if (field->key == plan.object.title || field->kind->storage != meta::Storage::text ||
        field->kind == &meta::kinds::kana)
      continue;
    if (caller.access.field(plan.object, field->key) < meta::FieldRight::read) continue;
    const meta::Value& value = record.get(field->key);
    if (meta::is_empty(value)) continue;
    if (!out.empty()) out += " · ";
    out += text::truncate(meta::display_text(*field, value, caller.language), 40);
    ++parts;
  }
  return out;
}

void Engine::search_json(const Caller& caller, std::string_view typed,
                         const std::vector<std::string>& objects, int limit, std::string& out) {
  const text::SearchQuery query = text::parse_search(typed);
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  int left = limit;
  bool more = false;
  for (const ObjectDef& object : caller.access.catalog().objects()) {
    if (object.hidden) continue;
    if (!objects.empty() ? std::find(objects.begin(), objects.end(), object.key) == objects.end()
                         : !object.in_navigation)
      continue;
    if (left <= 0) {
      more = true;
      break;
    }
    // Customers first, and room for the others: one kind does not fill the list.
    const int share =
        objects.size() == 1
            ? left
            : std::min(left, object.customer ? std::max(limit / 2, 5) : std::max(limit / 4, 3));
    auto ids = search(caller, object, typed, share + 1);
    if (static_cast<int>(ids.size()) > share) {
      ids.resize(static_cast<std::size_t>(share));
      more = true;
    }
    left -= static_cast<int>(ids.size());
    const ObjectPlan& plan_of = plan(object);
    database_.read([&](store::Connection& connection) {
      for (const Id id : ids) {
        std::optional<Record> record;
        {
          auto row = connection.query(plan_of.load);
          row.bind(id);
          if (row.step()) record = read_record(row.statement(), plan_of);
        }
        if (!record) continue;
        std::string linked;
        for (const FieldDef* link : plan_of.links) {
          const Id target = record->integer(link->key);
          if (target == 0 || caller.access.field(object, link->key) < meta::FieldRight::read)
            continue;
          auto names =
              titles(connection, caller, *caller.access.catalog().object(link->target), {target});
          linked = names[target];
          break;
        }
        json.begin_object().field("object", object.key).key("id").id(id);
        json.field("title", readable_title(caller, object, *record));
        json.field("subtitle", subtitle_of(caller, plan_of, *record, linked));
        write_matches(json, query, plan_of, *record, caller);
        json.end_object();
      }
    });
  }
  json.end_array().field("more", more).end_object();
}

std::vector<Id> Engine::find_by_key(store::Connection& connection, const Caller& caller,
                                    const ObjectDef& object, std::string_view name) {
  const ObjectPlan& plan_of = plan(object);
  const FieldDef* title = object.field(object.title);
  // Whether a name or address exists is told only to who may read such a field.
  const bool mail = name.find('@') != std::string_view::npos;
  const auto readable = [&](const FieldDef* field) {
    return caller.access.field(object, field->key) >= meta::FieldRight::read;
  };
  const auto hides_mail = [&](const FieldDef* field) {
    return field->kind->search == meta::FieldKind::Search::email && !readable(field);
  };
  if (!readable(title) || (mail && std::ranges::any_of(plan_of.key_fields, hides_mail))) return {};
  const auto condition = caller.access.condition(object, caller.access.object(object).read, "t");
  std::vector<Id> candidates;
  for (const MatchKey& key : reference_keys(object, name)) {
    auto rows = connection.query(
        "SELECT k.record_id FROM match_key k WHERE {k} AND k.hash = ? ORDER BY k.record_id LIMIT "
        "50");
    rows.bind(key.hash);
    while (rows.step()) {
      if (std::find(candidates.begin(), candidates.end(), rows.integer(0)) == candidates.end())
        candidates.push_back(rows.integer(0));
    }
  }
  std::vector<Id> same;
  std::vector<Id> same_form;
  const text::CompanyKey wanted = text::company_key(name);
  for (const Id id : candidates) {
    std::string sql = "SELECT " + column("t", *title) + " FROM " + plan_of.table +
                      " t WHERE {t} AND t.id = ? AND t.deleted_at IS NULL";
    if (!condition.sql.empty()) sql += " AND " + condition.sql;
    auto row = connection.query(sql);
    row.bind(id);
    for (const Id bind : condition.binds) row.bind(bind);
    if (!row.step()) continue;
    const text::CompanyKey theirs = text::company_key(row.text(0));
    const bool company = title->kind->search == meta::FieldKind::Search::name;
    const bool equal = company ? theirs.strict == wanted.strict
                               : text::person_key(row.text(0)) == text::person_key(name);
    if (!equal && !mail) continue;
    // 株式会社A and 合同会社A are two firms; a bare A may be either.
    if (company && !wanted.legal_form.empty() && !theirs.legal_form.empty() &&
        wanted.legal_form != theirs.legal_form)
      continue;
    same.push_back(id);
    if (company && wanted.legal_form == theirs.legal_form && wanted.position == theirs.position)
      same_form.push_back(id);
  }
  return same_form.empty() ? same : same_form;
}

}  // namespace daifuku::records
