// Linked records in the same answer, each under the caller's own rights.
#include <algorithm>

#include "meta/kinds.h"
#include "records/engine.h"
#include "records/record_json.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::ObjectDef;

namespace {

constexpr std::size_t kMostIncludes = 5;
constexpr std::size_t kMostLinked = 1'000;  // of one include, over the page
constexpr int kMostLinking = 50;            // of one include

struct Include {
  const std::string& key;
  const FieldDef* field = nullptr;   // of the object itself
  const ObjectDef* other = nullptr;  // whose records are included
  const FieldDef* back = nullptr;    // of the other, when it is the one that links
};

Include understand(const Caller& caller, const ObjectDef& object, const std::string& key,
                   bool single) {
  const meta::Catalog& catalog = caller.access.catalog();
  Include out{.key = key};
  const FieldDef* field = object.field(key);
  if (field != nullptr &&
      (field->kind == &meta::kinds::link || field->kind == &meta::kinds::links) &&
      caller.access.field(object, key) >= meta::FieldRight::read) {
    out.field = field;
    out.other = catalog.object(field->target);
    return out;
  }
  const ObjectDef* other = single ? catalog.by_plural(key) : nullptr;
  if (other == nullptr || caller.access.object(*other).read == auth::Scope::none) return out;
  for (const FieldDef& link : other->expanded) {
    if (link.kind == &meta::kinds::link && link.target == object.key &&
        caller.access.field(*other, link.key) >= meta::FieldRight::read) {
      out.other = other;
      out.back = &link;
      break;
    }
  }
  return out;
}

}  // namespace

void Engine::included_json(const Caller& caller, const ObjectDef& object,
                           const std::vector<Id>& page, const std::vector<std::string>& wanted,
                           std::string& out) {
  std::vector<Include> includes;
  Problems problems;
  for (const std::string& key : wanted) {
    const Include include = understand(caller, object, key, page.size() <= 1);
    if (include.other == nullptr)
      problems.push_back({"include", "include_unknown", {{"name", key}}});
    const bool twice =
        std::ranges::any_of(includes, [&](const Include& i) { return i.key == key; });
    if (!twice) includes.push_back(include);
  }
  if (includes.size() > kMostIncludes) problems.push_back({"include", "filter_too_long", {}});
  if (!problems.empty()) throw AppError(Status::invalid, "filter_wrong", {}, problems);

  JsonWriter json(out);
  json.begin_object();
  for (const Include& include : includes) {
    std::vector<Id> ids;
    if (include.back != nullptr && !page.empty()) {
      ListQuery query;
      query.filter = JsonObject{{include.back->key, JsonObject{{"eq", encode_id(page.front())}}}};
      ids = list_ids(caller, *include.other, query, kMostLinking);
    }
    database_.read([&](store::Connection& connection) {
      const auto add = [&](Id id) {
        if (id != 0 && ids.size() < kMostLinked && std::ranges::find(ids, id) == ids.end())
          ids.push_back(id);
      };
      if (include.field != nullptr) {
        const bool list = include.field->kind == &meta::kinds::links;
        const std::string sql =
            list ? "SELECT l.to_id FROM link l WHERE {l} AND l.from_id = ? AND l.field = '" +
                       include.field->key + "' ORDER BY l.position, l.to_id"
                 : "SELECT " + column("t", *include.field) + " FROM " + plan(object).table +
                       " t WHERE {t} AND t.id = ?";
        for (const Id id : page) {
          auto rows = connection.query(sql);
          rows.bind(id);
          while (rows.step()) {
            if (!rows.is_null(0)) add(rows.integer(0));
          }
        }
      }
      std::vector<Record> records;
      for (const Id id : ids) {
        if (auto record = visible_record(*this, connection, caller, *include.other, id))
          records.push_back(*std::move(record));
      }
      RecordWriter writer(*this, connection, caller, plan(*include.other));
      json.key(include.key).begin_array();
      for (const Record& record : records) writer.write(json, record);
      json.end_array();
    });
  }
  json.end_object();
}

}  // namespace daifuku::records
