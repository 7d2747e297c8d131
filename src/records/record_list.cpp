#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/computed.h"
#include "records/list_query.h"
#include "records/record_json.h"
#include "records/schema.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::ObjectDef;

namespace {

constexpr std::int64_t kBound = 10'000;

// The fields a page shows: asked for, or those of the default list.
std::vector<const FieldDef*> page_fields(const Caller& caller, const ObjectDef& object,
                                         const ObjectPlan& plan,
                                         const std::vector<std::string>& asked) {
  if (asked.empty()) return plan.default_list;
  std::vector<const FieldDef*> out;
  Problems problems;
  for (const std::string& key : asked) {
    const FieldDef* field = object.field(key);
    if (field != nullptr && caller.access.field(object, key) != meta::FieldRight::none) {
      if (std::find(out.begin(), out.end(), field) == out.end()) out.push_back(field);
      continue;
    }
    bool system = false;
    for (const FieldDef& known : meta::system_fields()) system = system || known.key == key;
    if (!system) problems.push_back({"fields", "field_unknown", {{"name", key}}});
  }
  if (!problems.empty()) throw AppError(Status::invalid, "filter_wrong", {}, problems);
  return out;
}

}  // namespace

Engine::Page Engine::list_json(const Caller& caller, const ObjectDef& object,
                               const ListQuery& query, std::string& out) {
  if (caller.access.object(object).read == auth::Scope::none)
    throw AppError(Status::forbidden, "forbidden");
  if (query.limit < 1 || query.limit > 200)
    throw AppError(Status::invalid, "filter_wrong", {},
                   {{"limit", "limit_range", {{"max", "200"}}}});
  if (query.offset < 0)
    throw AppError(Status::invalid, "filter_wrong", {}, {{"offset", "invalid_number", {}}});
  const ObjectPlan& plan_of = plan(object);
  const auto fields = page_fields(caller, object, plan_of, query.fields);
  ListPlan list(*this, caller, object, query);

  Page result;
  database_.read([&](store::Connection& connection) {
    // An empty field list would mean "all" to the writer; a list asks for what it shows.
    RecordWriter writer(
        *this, connection, caller, plan_of,
        fields.empty() ? std::vector<const FieldDef*>{object.field(object.title)} : fields);
    list.join(writer.joins(), writer.join_binds());
    JsonWriter json(out);
    json.begin_object().key("items").begin_array();
    std::string next;
    int seen = 0;
    list.run(connection, writer.columns() + list.sort_columns(), query.limit + 1,
             [&](store::Statement& row) {
               if (++seen > query.limit) return;
               result.ids.push_back(row.integer(0));
               writer.write_row(json, row);
               if (seen == query.limit) next = list.cursor(row, writer.column_count());
             });
    json.end_array().key("next");
    if (seen > query.limit) {
      json.string(next);
      result.next = next;
    } else {
      json.null();
    }
    if (query.total != ListQuery::Total::none) {
      const ListPlan::Count total =
          list.count(connection, query.total == ListQuery::Total::bounded ? kBound : 0);
      json.key("total")
          .begin_object()
          .field("count", total.count)
          .field("exact", total.exact)
          .end_object();
    }
    json.end_object();
  });
  return result;
}

std::vector<Id> Engine::list_ids(const Caller& caller, const ObjectDef& object,
                                 const ListQuery& query, std::int64_t most) {
  if (caller.access.object(object).read == auth::Scope::none)
    throw AppError(Status::forbidden, "forbidden");
  ListPlan list(*this, caller, object, query);
  std::vector<Id> out;
  database_.read([&](store::Connection& connection) {
    list.run(connection, "t.id", most,
             [&](store::Statement& row) { out.push_back(row.integer(0)); });
  });
  return out;
}

void Engine::each(const Caller& caller, const ObjectDef& object, const ListQuery& query,
                  const std::function<bool(const Record&)>& row_work) {
  if (caller.access.object(object).read == auth::Scope::none)
    throw AppError(Status::forbidden, "forbidden");
  constexpr int kSlice = 500;
  const ObjectPlan& plan_of = plan(object);
  ListQuery slice = query;
  const int first_sort = kSystemColumnCount + static_cast<int>(plan_of.stored.size());
  const Condition filter = compile_filter(*this, caller, object, query.filter, query.deleted);
  for (bool more = true; more;) {
    ListPlan list(*this, caller, object, slice, &filter);
    std::vector<Record> page;
    std::string next;
    database_.read([&](store::Connection& connection) {
      list.run(connection, plan_of.select_all + list.sort_columns(), kSlice,
               [&](store::Statement& row) {
                 page.push_back(read_record(row, plan_of));
                 if (page.size() == kSlice) next = list.cursor(row, first_sort);
               });
      if (!plan_of.lists.empty()) {
        for (Record& record : page) {
          auto rows = connection.query(
              "SELECT l.field, l.to_id FROM link l WHERE {l} AND l.from_id = ? ORDER BY l.field, "
              "l.position, l.to_id");
          rows.bind(record.id);
          while (rows.step()) record.lists[std::string(rows.text(0))].push_back(rows.integer(1));
        }
      }
    });
    if (!plan_of.at_read.empty()) {
      database_.read([&](store::Connection& connection) {
        const AtRead at_read(*this, connection, caller, plan_of, plan_of.at_read);
        for (Record& record : page) at_read.fill(record);
      });
    }
    for (const Record& record : page) {
      if (!row_work(record)) return;
    }
    more = page.size() == kSlice;
    slice.after = next;
    slice.offset = 0;
  }
}

}  // namespace daifuku::records
