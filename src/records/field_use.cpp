#include "records/field_use.h"

#include "meta/kinds.h"
#include "records/plan.h"

namespace daifuku::records {

using meta::FieldDef;

namespace {

constexpr std::int64_t kMostRows = 20'000;
constexpr Millis kPeriod = 90LL * 86'400'000;

bool is_entered(const FieldDef& field) {
  return !field.hidden && !field.read_only && field.kind->storage != meta::Storage::none &&
         field.kind != &meta::kinds::yes_no;
}

}  // namespace

void field_use_json(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                    std::string& out) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
  std::vector<const FieldDef*> fields;
  std::string inner;
  std::string outer;
  for (const FieldDef& field : object.expanded) {
    if (!is_entered(field) || caller.access.field(object, field.key) < meta::FieldRight::read)
      continue;
    const std::string name = "v" + std::to_string(fields.size());
    fields.push_back(&field);
    inner += ", " + column("t", field) + " AS " + name;
    outer += ", count(n." + name + ")";
  }
  const auto scope = caller.access.condition(object, caller.access.object(object).read, "t");
  const std::size_t begin = out.size();
  engine.database().read([&](store::Connection& connection) {
    out.resize(begin);
    auto row = connection.query("SELECT count(*)" + outer + " FROM (SELECT t.id" + inner +
                                " FROM " + engine.plan(object).table +
                                " t WHERE {t} AND t.deleted_at IS NULL AND t.id >= ?" +
                                (scope.sql.empty() ? std::string() : " AND " + scope.sql) +
                                " ORDER BY t.id DESC LIMIT ?) n");
    row.bind((engine.clock().now() - kPeriod - kIdEpoch) << 22);
    for (const Id bind : scope.binds) row.bind(bind);
    row.bind(kMostRows);
    const std::int64_t of = row.step() ? row.integer(0) : 0;
    JsonWriter json(out);
    json.begin_object().field("object", object.key).field("of", of);
    json.field("bounded", of >= kMostRows).key("fields").begin_array();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      json.begin_object()
          .field("field", fields[i]->key)
          .field("filled", row.integer(1 + static_cast<int>(i)))
          .end_object();
    }
    json.end_array().end_object();
  });
}

}  // namespace daifuku::records
