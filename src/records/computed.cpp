#include "records/computed.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "meta/computed.h"
#include "meta/kinds.h"
#include "records/write.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::ObjectDef;
using meta::Rollup;
namespace kinds = meta::kinds;

namespace {

__extension__ using Wide = __int128;

// A sum is made of two parts, as in a summary: value = high * kPart + low.
constexpr std::int64_t kPart = 1'000'000'000;
constexpr std::int64_t kSlice = 1'000;

meta::Formula::Input input_of(const Record& record) {
  return [&record](std::string_view key) -> meta::Value {
    if (key == "created_at") return record.created_at;
    return record.get(key);
  };
}

void set(Record& record, const std::string& key, meta::Value value) {
  if (meta::is_empty(value)) {
    record.values.erase(key);
  } else {
    record.values[key] = std::move(value);
  }
}

// Half away from zero.
Wide divided(Wide number, Wide by) {
  const Wide half = number < 0 ? -by / 2 : by / 2;
  return (number + half) / by;
}

meta::Value limited(Wide number) {
  if (number > INT64_MAX || number < INT64_MIN) return {};
  return static_cast<std::int64_t>(number);
}

std::string selected(const FieldDef* source, Rollup::Function function) {
  if (source == nullptr) return "count(*)";
  const std::string name = column("t", *source);
  if (function == Rollup::Function::min) return "min(" + name + ")";
  if (function == Rollup::Function::max) return "max(" + name + ")";
  const std::string part = std::to_string(kPart);
  const auto half = [&](const char* sign) {
    return "CAST(coalesce(sum(" + name + sign + part + "), 0) AS bigint)";
  };
  return half(" / ") + ", " + half(" % ") + ", count(" + name + ")";
}

}  // namespace

void work_out_formulas(const ObjectPlan& plan, Record& record) {
  for (const FieldDef* field : plan.formulas)
    set(record, field->key, field->formula->work_out(*field->kind, input_of(record), {}));
  for (const FieldDef* field : plan.at_read) record.values.erase(field->key);
}

bool formulas_read(const ObjectPlan& plan, const meta::Values& values) {
  return std::ranges::any_of(plan.formulas, [&](const FieldDef* field) {
    return std::ranges::any_of(field->formula->inputs(),
                               [&](const std::string& input) { return values.contains(input); });
  });
}

// --- when it is read ---

AtRead::AtRead(Engine& engine, store::Connection& connection, const Caller& caller,
               const ObjectPlan& plan, const std::vector<const FieldDef*>& wanted)
    : connection_(connection) {
  if (plan.at_read.empty()) return;
  std::vector<const FieldDef*> needed;
  for (const FieldDef* field : wanted) {
    if (field->at_read) needed.push_back(field);
  }
  if (needed.empty()) return;
  today_ = format_date(local_date(engine.clock().now()));
  const auto add = [](std::vector<const FieldDef*>& to, const FieldDef* field) {
    if (std::ranges::find(to, field) == to.end()) to.push_back(field);
  };
  for (std::size_t i = 0; i < needed.size(); ++i) {
    if (needed[i]->formula == nullptr) continue;
    for (const std::string& input : needed[i]->formula->inputs()) {
      const FieldDef* read = plan.object.field(input);
      if (read != nullptr) add(read->at_read ? needed : inputs_, read);
    }
  }
  for (const FieldDef* field : plan.at_read) {
    if (std::ranges::find(needed, field) == needed.end()) continue;
    fields_.push_back(field);
    if (field->rollup != nullptr) queries_.emplace_back(engine, caller, *field);
  }
}

RollupQuery::RollupQuery(Engine& engine, const Caller& caller, const FieldDef& of) : field(of) {
  const Rollup& rollup = *field.rollup;
  const ObjectDef& other = *caller.access.catalog().object(rollup.object);
  const auth::Scope scope = caller.access.object(other).read;
  if (scope == auth::Scope::none) return;
  source = other.field(rollup.field);
  Condition filter;
  try {
    filter = compile_filter(engine, caller, other, rollup.filter);
  } catch (const AppError&) {
    return;  // A condition on what the caller may not read, or that fits no more.
  }
  sql = "SELECT " + selected(source, rollup.function) + " FROM " + engine.plan(other).table +
        " t WHERE {t} AND t.deleted_at IS NULL AND " + column("t", *other.field(rollup.link)) +
        " = ?";
  const auto allowed = caller.access.condition(other, scope, "t");
  if (!allowed.sql.empty()) {
    sql += " AND " + allowed.sql;
    for (const Id id : allowed.binds) binds.emplace_back(id);
  }
  if (!filter.sql.empty()) {
    sql += " AND " + filter.sql;
    std::ranges::move(filter.binds, std::back_inserter(binds));
  }
}

meta::Value RollupQuery::run(store::Connection& connection, Id id) const {
  if (sql.empty()) return {};
  auto row = connection.query(sql);
  row.bind(id);
  for (const meta::Value& bind : binds) row.bind(bind);
  if (!row.step()) return {};
  switch (field.rollup->function) {
    case Rollup::Function::count:
      return row.integer(0);
    case Rollup::Function::min:
    case Rollup::Function::max:
      if (row.is_null(0)) return {};
      return cell(row.statement(), 0, source->kind->storage);
    case Rollup::Function::sum:
    case Rollup::Function::average:
      break;
  }
  const Wide total = static_cast<Wide>(row.integer(0)) * kPart + row.integer(1);
  if (field.rollup->function == Rollup::Function::sum) return limited(total);
  const std::int64_t count = row.integer(2);
  if (count == 0) return {};
  // The mean of whole numbers has places, that of yen is yen.
  const bool scaled = field.kind != source->kind;
  return limited(divided(scaled ? total * meta::kDecimalScale : total, count));
}

meta::Value try_value(Engine& engine, store::Connection& connection, const Caller& caller,
                      const FieldDef& field, const Record& record, std::string_view today) {
  if (field.rollup != nullptr) return RollupQuery(engine, caller, field).run(connection, record.id);
  return field.formula->work_out(*field.kind, input_of(record), today);
}

void AtRead::fill(Record& record) const {
  auto query = queries_.begin();
  for (const FieldDef* field : fields_) {
    set(record, field->key,
        field->rollup != nullptr
            ? (query++)->run(connection_, record.id)
            : field->formula->work_out(*field->kind, input_of(record), today_));
  }
}

// --- after a change of the definition ---

void formulas_due(store::Transaction& tx, const ObjectDef& object) {
  tx.query(
        "INSERT INTO formulas_due ({tenant_id}, object_id, done_until) VALUES ({tenant}, ?, 0) ON "
        "CONFLICT ({tenant_id}, object_id) DO UPDATE SET done_until = 0")
      .bind(static_cast<std::int64_t>(object.id))
      .run();
}

namespace {

// Whether there is more to do.
bool refresh_slice(Write& write, const ObjectDef& object, const std::string& table) {
  std::optional<Id> last;
  {
    auto row =
        write.tx().query("SELECT d.done_until FROM formulas_due d WHERE {d} AND d.object_id = ?");
    row.bind(static_cast<std::int64_t>(object.id));
    if (row.step()) last = row.integer(0);
  }
  if (!last) return false;  // Another program did the rest.
  std::vector<Id> ids;
  {
    auto rows = write.tx().query("SELECT t.id FROM " + table +
                                 " t WHERE {t} AND t.id > ? ORDER BY t.id LIMIT ?");
    rows.bind(*last, kSlice);
    while (rows.step()) ids.push_back(rows.integer(0));
  }
  for (const Id id : ids) write.refresh_formulas(object, id);
  const bool more = static_cast<std::int64_t>(ids.size()) == kSlice;
  if (more) {
    write.tx()
        .query("UPDATE formulas_due SET done_until = ? WHERE {formulas_due} AND object_id = ?")
        .bind(ids.back(), static_cast<std::int64_t>(object.id))
        .run();
  } else {
    write.tx()
        .query("DELETE FROM formulas_due WHERE {formulas_due} AND object_id = ?")
        .bind(static_cast<std::int64_t>(object.id))
        .run();
  }
  return more;
}

}  // namespace

void refresh_formulas(Engine& engine) {
  const auto catalog = engine.catalog();
  std::vector<std::int64_t> due;
  engine.database().read([&](store::Connection& connection) {
    auto rows = connection.query("SELECT d.object_id FROM formulas_due d WHERE {d}");
    while (rows.step()) due.push_back(rows.integer(0));
  });
  if (due.empty()) return;
  const auth::Access access = auth::Access::system(catalog);
  const Caller caller{.access = access, .source = Source::rule};
  // Another request may have gone on with the definitions of before, behind which nobody comes
  // back.
  engine.write(caller, [&](Write& write) {
    write.tx().query("UPDATE formulas_due SET done_until = 0 WHERE {formulas_due}").run();
  });
  for (const std::int64_t id : due) {
    const ObjectDef* object = catalog->by_id(static_cast<std::uint32_t>(id));
    if (object == nullptr) continue;
    for (bool more = true; more;) {
      engine.write(caller, [&](Write& write) {
        // Who changed them meanwhile does it all again.
        more = engine.catalog() == catalog &&
               refresh_slice(write, *object, engine.plan(*object).table);
      });
    }
  }
}

}  // namespace daifuku::records
