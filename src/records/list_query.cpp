#include "records/list_query.h"

#include <algorithm>

#include "base/crypto.h"
#include "meta/derive.h"
#include "meta/kinds.h"

namespace daifuku::records {

using meta::FieldDef;

namespace {

// Searching in a list looks at this many verified hits at most, newest first.
constexpr int kMostHits = 2'000;

const FieldDef* sort_field(const Caller& caller, const meta::ObjectDef& object,
                           std::string_view key) {
  const FieldDef* field = object.field(key);
  if (field != nullptr) {
    const bool readable = caller.access.field(object, key) >= meta::FieldRight::read;
    return readable && meta::is_sortable(*field) && field->kind->storage != meta::Storage::none
               ? field
               : nullptr;
  }
  for (const FieldDef& system : meta::system_fields()) {
    if (system.key == key && key != "version") return &system;
  }
  return nullptr;
}

std::string cursor_text(int phase, const std::vector<meta::Value>& values) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_array().integer(phase);
  for (const meta::Value& value : values) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      writer.integer(*number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      writer.string(*text);
    } else {
      writer.null();
    }
  }
  writer.end_array();
  return hex(json);
}

}  // namespace

ListPlan::ListPlan(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                   const ListQuery& query, const Condition* filter)
    : engine_(engine), caller_(caller), object_(object), plan_(engine.plan(object)), query_(query) {
  Problems problems;
  std::vector<std::string> wanted = query.sort;
  if (wanted.empty()) {
    std::string_view rest = object.default_sort;
    while (!rest.empty()) {
      const auto comma = rest.find(',');
      wanted.emplace_back(rest.substr(0, comma));
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
  }
  for (const std::string& text : wanted) {
    const bool descending = text.starts_with('-');
    const std::string key = descending ? text.substr(1) : text;
    const FieldDef* field = sort_field(caller, object, key);
    if (field == nullptr) {
      // The order that the object comes in is nobody's wish: without the field it is another.
      if (!query.sort.empty()) problems.push_back({"sort", "field_unknown", {{"name", key}}});
    } else if (std::none_of(sort_.begin(), sort_.end(),
                            [&](const SortKey& used) { return used.field == field; })) {
      sort_.push_back({.field = field, .descending = descending});
    }
  }
  if (sort_.empty() && problems.empty())
    sort_.push_back({.field = sort_field(caller, object, "updated_at"), .descending = true});
  if (sort_.size() > 5) problems.push_back({"sort", "filter_too_long", {}});
  if (!problems.empty()) throw AppError(Status::invalid, "filter_wrong", {}, problems);
  filter_ = filter != nullptr ? *filter
                              : compile_filter(engine, caller, object, query.filter, query.deleted);
  scope_ = caller.access.condition(object, caller.access.object(object).read, "t");
  if (!query.words.empty()) {
    has_ids_ = true;
    for (const Id id : engine.search(caller, object, query.words, kMostHits)) {
      if (!ids_.empty()) ids_ += ',';
      ids_ += std::to_string(id);
    }
  }
  if (!query.after.empty()) read_cursor(query.after);
}

// Of what sort_columns() wrote: a phase, a value of its own type for each sort field, the id. What
// a person made up is refused here and not by the store.
void ListPlan::read_cursor(std::string_view after) {
  const auto refuse = [] {
    throw AppError(Status::invalid, "filter_wrong", {}, {{"after", "invalid_id", {}}});
  };
  const auto text = unhex(after);
  if (!text) refuse();
  Json json;
  try {
    json = parse_json(*text);
  } catch (const AppError&) {
    refuse();
  }
  if (!json.is_array() || json.get_array().size() != sort_.size() + 2) refuse();
  const auto& items = json.get_array();
  if (!items[0].is_int64() || items[0].get_int64() < 0 || items[0].get_int64() > 1 ||
      !items.back().is_int64())
    refuse();
  start_phase_ = static_cast<int>(items[0].get_int64());
  for (std::size_t i = 1; i < items.size(); ++i) {
    const Json& item = items[i];
    const bool integer =
        i > sort_.size() || sort_[i - 1].field->kind->storage == meta::Storage::integer;
    if (!item.is_null() && (integer ? !item.is_int64() : !item.is_string())) refuse();
    cursor_.push_back(item.is_null() ? meta::Value()
                      : integer      ? meta::Value(item.get_int64())
                                     : meta::Value(std::string(item.get_string())));
  }
}

bool ListPlan::nullable() const {
  const std::string& key = sort_.front().field->key;
  return key != "updated_at" && key != "created_at" && key != "id" &&
         !(query_.deleted && key == "deleted_at");
}

std::string ListPlan::sort_columns() const {
  std::string out;
  for (const SortKey& key : sort_) out += ", " + column("t", *key.field);
  return out + ", t.id";
}

std::string ListPlan::cursor(store::Statement& row, int first) const {
  std::vector<meta::Value> values;
  int at = first;
  for (const SortKey& key : sort_) values.push_back(cell(row, at++, key.field->kind->storage));
  values.emplace_back(row.integer(at));
  return cursor_text(meta::is_empty(values.front()) ? 1 : 0, values);
}

std::string ListPlan::from_where(int phase, bool with_cursor,
                                 std::vector<meta::Value>& binds) const {
  std::string sql = " FROM " + plan_.table + " t WHERE {t} AND t.deleted_at IS " +
                    (query_.deleted ? "NOT NULL" : "NULL");
  if (!scope_.sql.empty()) {
    sql += " AND " + scope_.sql;
    for (const Id id : scope_.binds) binds.emplace_back(id);
  }
  if (!filter_.sql.empty()) {
    sql += " AND " + filter_.sql;
    binds.insert(binds.end(), filter_.binds.begin(), filter_.binds.end());
  }
  if (has_ids_) {
    sql += engine_.database().dialect() == store::Dialect::postgres
               ? " AND t.id = ANY(string_to_array(?, ',')::bigint[])"
               : " AND t.id IN (SELECT value FROM json_each('[' || ? || ']'))";
    binds.emplace_back(ids_);
  }
  const std::string first = column("t", *sort_.front().field);
  if (nullable() && phase >= 0) sql += " AND " + first + (phase == 0 ? " IS NOT NULL" : " IS NULL");
  if (!with_cursor || cursor_.empty()) return sql;

  // (c1 > x1) or (c1 = x1 and (c2 > x2 or (c2 = x2 and id > id0))), with the bound on c1 in front
  // for the index. Later sort fields take '' or the smallest number for empty ones.
  std::string tail = std::string("t.id ") + (sort_.front().descending ? "<" : ">") + " ?";
  std::vector<meta::Value> tail_binds{cursor_.back()};
  for (std::size_t i = sort_.size(); i-- > (phase == 1 ? 1U : 0U);) {
    const SortKey& key = sort_[i];
    const bool text = key.field->kind->storage == meta::Storage::text;
    std::string name = column("t", *key.field);
    meta::Value value = cursor_[i];
    if (i > 0) {
      name = "coalesce(" + name + (text ? ", '')" : ", -9223372036854775807)");
      if (meta::is_empty(value))
        value = text ? meta::Value(std::string()) : meta::Value(std::int64_t{-9223372036854775807});
    }
    const std::string than = key.descending ? " < ?" : " > ?";
    if (i == 0) {
      tail = name + (key.descending ? " <= ?" : " >= ?") + " AND (" + name + than + " OR (" + name +
             " = ? AND " + tail + "))";
      tail_binds.insert(tail_binds.begin(), {value, value, value});
    } else {
      tail = "(" + name + than + " OR (" + name + " = ? AND " + tail + "))";
      tail_binds.insert(tail_binds.begin(), {value, value});
    }
  }
  sql += " AND " + tail;
  binds.insert(binds.end(), tail_binds.begin(), tail_binds.end());
  return sql;
}

void ListPlan::run(store::Connection& connection, const std::string& select, std::int64_t most,
                   const std::function<void(store::Statement&)>& row) {
  if (has_ids_ && ids_.empty()) return;
  std::int64_t left = most;
  std::int64_t skip = cursor_.empty() ? query_.offset : 0;
  for (int phase = cursor_.empty() ? 0 : start_phase_; phase <= (nullable() ? 1 : 0) && left > 0;
       ++phase) {
    std::vector<meta::Value> binds;
    const bool with_cursor = !cursor_.empty() && phase == start_phase_;
    const std::string where = from_where(phase, with_cursor, binds);
    if (skip > 0 && nullable() && phase == 0) {
      // Whether the jump ends among the rows with a value or behind them.
      auto counted = connection.query("SELECT count(*) FROM (SELECT 1" + where + " LIMIT ?) c");
      for (const meta::Value& value : binds) counted.bind(value);
      counted.bind(skip);
      counted.step();
      const std::int64_t found = counted.integer(0);
      if (found < skip) {
        skip -= found;
        continue;
      }
    }
    std::string sql = "SELECT " + select + where + " ORDER BY ";
    for (std::size_t i = phase == 1 ? 1 : 0; i < sort_.size(); ++i) {
      const bool text = sort_[i].field->kind->storage == meta::Storage::text;
      std::string name = column("t", *sort_[i].field);
      if (i > 0) name = "coalesce(" + name + (text ? ", '')" : ", -9223372036854775807)");
      sql += name + (sort_[i].descending ? " DESC, " : ", ");
    }
    sql += std::string("t.id") + (sort_.front().descending ? " DESC" : "") + " LIMIT ?";
    if (skip > 0) sql += " OFFSET ?";
    auto rows = connection.query(sql);
    for (const meta::Value& value : binds) rows.bind(value);
    rows.bind(left);
    if (skip > 0) rows.bind(skip);
    while (rows.step()) {
      row(rows.statement());
      --left;
    }
    skip = 0;
  }
}

std::int64_t ListPlan::count(store::Connection& connection, std::int64_t most) {
  if (has_ids_ && ids_.empty()) return 0;
  std::vector<meta::Value> binds;
  const std::string where = from_where(-1, false, binds);
  auto rows = connection.query(most > 0 ? "SELECT count(*) FROM (SELECT 1" + where + " LIMIT ?) c"
                                        : "SELECT count(*)" + where);
  for (const meta::Value& value : binds) rows.bind(value);
  if (most > 0) rows.bind(most);
  return rows.step() ? rows.integer(0) : 0;
}

}  // namespace daifuku::records
