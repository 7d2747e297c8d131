#include "records/tidy_fields.h"

#include "meta/kinds.h"

namespace daifuku::records {

using meta::FieldDef;

namespace {

constexpr std::int64_t kMostRows = 50'000;
constexpr std::int64_t kFewRecords = 20;  // too few to say anything
constexpr std::int64_t kHardly = 50;      // fewer than one record in so many
constexpr Millis kYear = 365LL * 86'400'000;

}  // namespace

std::vector<UnusedField> unused_fields(const TidyAsk& ask) {
  std::vector<UnusedField> out;
  if (!ask.caller.access.administers()) return out;
  std::vector<const FieldDef*> fields;
  std::string inner;
  std::string outer;
  for (const FieldDef& field : ask.object.expanded) {
    const bool stored = field.kind->storage != meta::Storage::none;
    if (!field.custom || field.hidden || !stored ||
        ask.caller.access.field(ask.object, field.key) < meta::FieldRight::read)
      continue;
    const std::string name = "v" + std::to_string(fields.size());
    fields.push_back(&field);
    inner += ", " + column("t", field) + " AS " + name;
    outer += ", count(n." + name + "), max(CASE WHEN n." + name +
             " IS NULL THEN NULL ELSE n.updated_at END)";
  }
  if (fields.empty()) return out;
  const auto scope =
      ask.caller.access.condition(ask.object, ask.caller.access.object(ask.object).read, "t");
  const Millis now = ask.engine.clock().now();
  ask.engine.database().read([&](store::Connection& connection) {
    out.clear();
    auto row = connection.query("SELECT count(*)" + outer + " FROM (SELECT t.updated_at" + inner +
                                " FROM " + ask.engine.plan(ask.object).table +
                                " t WHERE {t} AND t.deleted_at IS NULL" +
                                (scope.sql.empty() ? std::string() : " AND " + scope.sql) +
                                " ORDER BY t.id DESC LIMIT ?) n");
    for (const Id bind : scope.binds) row.bind(bind);
    row.bind(kMostRows);
    if (!row.step() || row.integer(0) < kFewRecords) return;
    const std::int64_t of = row.integer(0);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const int at = 1 + 2 * static_cast<int>(i);
      UnusedField found{.field = fields[i],
                        .filled = row.integer(at),
                        .of = of,
                        .last = row.is_null(at + 1) ? 0 : row.integer(at + 1)};
      if (found.filled * kHardly < of || found.last < now - kYear) out.push_back(found);
    }
  });
  return out;
}

}  // namespace daifuku::records
