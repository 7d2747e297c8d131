#include "records/list_query.h"

#include <algorithm>

#include "base/crypto.h"
#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/id_list.h"
#include "records/row_estimate.h"
#include "records/schema.h"

namespace daifuku::records {

using meta::FieldDef;

namespace {

// How a list finds the rows that have the words, by the number of candidates that the search index
// gives for them. A few are looked at one by one, whatever the order of the list.
constexpr std::size_t kFewCandidates = 2'000;
// Words that most rows have fill a page at a glance at its first rows.
constexpr std::int64_t kGlance = 300;
// Other words: the list is walked past all that are no candidates, which reads no row, until the
// page is full. Where the candidates are few and stand far down the list, they are looked at one
// by one after all.
constexpr std::size_t kManyCandidates = 300'000;
constexpr std::size_t kManageable = 20'000;
constexpr std::int64_t kWalk = 30'000;
// Where there are too many to remember, the list has them nearly everywhere, unless what the filter
// lets through is just what does not: then, after so many rows, the index joins in.
constexpr std::int64_t kPatience = 10'000;
constexpr std::int64_t kToTheEnd = INT64_MAX - 1;
// PostgreSQL takes the words as a condition of the list, so many rows first.
constexpr std::int64_t kFirstRows = 1'000;
// Rows with the words that are counted for a bounded total.
constexpr std::int64_t kCountedWords = 1'000;
constexpr std::int64_t kMostCountedWords = 20'000;  // when an exact one is asked for

// Microseconds, for the choice of the index: measured on the encrypted store with a warm cache.
constexpr double kIndexStep = 0.15;  // an entry of an index
constexpr double kProbeStep = 1.0;   // an entry that is looked up in another index
constexpr double kRowStep = 2.0;     // a row behind it
constexpr double kSortStep = 3.0;    // a row that is read and sorted

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
  if (!query.words.empty()) words_.emplace(engine, caller, object, query.words);
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

std::string ListPlan::from(std::string_view index) const {
  std::string sql = " FROM " + plan_.table + " t";
  if (!index.empty()) sql += " INDEXED BY " + std::string(index);
  return sql;
}

// Rows with all the equalities are taken to be as frequent as if they did not hang together.
ListPlan::Path ListPlan::path(store::Dialect dialect, std::int64_t most) {
  if (dialect != store::Dialect::sqlite || query_.deleted) return {};
  // Other conditions, and a scope, may let through far fewer rows than the equalities say.
  if (!scope_.sql.empty() || !filter_.only_equalities) return {};
  struct Way {
    const FieldDef* field = nullptr;
    double share = 1;
  };
  RowEstimate& estimate = engine_.row_estimate();
  std::vector<Way> ways;
  double all = 1;
  double share = 1;
  bool covered = true;  // by the index of the sort column
  bool probed = sort_.front().field->key == "updated_at";
  for (const Condition::Equality& equality : filter_.equalities) {
    covered = covered && rides_in_indexes(*equality.field);
    probed = probed && has_newest_index(object_, *equality.field);
    if (list_index(object_, *equality.field).empty()) continue;
    if (ways.empty()) {
      all = static_cast<double>(std::max<std::int64_t>(estimate.rows(plan_.table), 1));
    }
    const auto rows = estimate.with_value(plan_.table, equality.field->column, equality.value);
    ways.push_back({equality.field, std::clamp(static_cast<double>(rows), 1.0, all) / all});
    share *= ways.back().share;
  }
  const std::string walked = list_index(object_, *sort_.front().field);
  if (ways.empty() || walked.empty()) return {};
  const auto steps = [&](double met) { return std::min(all, static_cast<double>(most) / met); };
  // Rows of the list are read whatever leads to them.
  const double shown = std::min(all * share, static_cast<double>(most)) * kRowStep;
  double least = covered ? steps(share) * kIndexStep + shown : steps(share) * kRowStep;
  Path best{.index = walked};
  for (const Way& way : ways) {
    const double met = std::min(steps(share / way.share), all * way.share);
    const bool ordered =
        sort_.front().field->key == "updated_at" || sort_.front().field == way.field;
    const double cost = probed    ? met * (ways.size() > 1 ? kProbeStep : kIndexStep) + shown
                        : ordered ? met * kRowStep
                                  : all * way.share * kSortStep;
    if (cost >= least) continue;
    least = cost;
    best = {.index = list_index(object_, *way.field), .probed_from = probed ? way.field : nullptr};
  }
  return best;
}

// The equalities, those of other fields than the path's looked up in their own indexes.
std::string ListPlan::probes(const Path& path, std::vector<meta::Value>& binds) const {
  std::string sql;
  for (const Condition::Equality& equality : filter_.equalities) {
    if (equality.field == path.probed_from) {
      sql += " AND " + column("t", *equality.field) + " = ?";
    } else {
      sql += " AND EXISTS (SELECT 1 FROM " + plan_.table + " p INDEXED BY " +
             list_index(object_, *equality.field) + " WHERE {p} AND p.deleted_at IS NULL AND " +
             column("p", *equality.field) + " = ? AND p.updated_at = t.updated_at AND p.id = t.id)";
    }
    binds.push_back(equality.value);
  }
  return sql;
}

std::string ListPlan::where(int phase, bool with_cursor, Narrow narrow, const Path& path,
                            std::vector<meta::Value>& binds) const {
  std::string sql = std::string(" WHERE {t} AND t.deleted_at IS ") +
                    (query_.deleted ? "NOT NULL AND t.merged_into IS NULL" : "NULL");
  if (!scope_.sql.empty()) {
    sql += " AND " + scope_.sql;
    for (const Id id : scope_.binds) binds.emplace_back(id);
  }
  if (path.probed_from != nullptr) {
    sql += probes(path, binds);
  } else if (!filter_.sql.empty()) {
    sql += " AND " + filter_.sql;
    binds.insert(binds.end(), filter_.binds.begin(), filter_.binds.end());
  }
  if (narrow == Narrow::by_ids) {
    sql += " AND " + in_ids(engine_.database().dialect(), "t");
    binds.emplace_back(word_ids_);
  } else if (narrow == Narrow::by_condition) {
    auto condition = words_->condition();
    sql += " AND t.id IN (" + condition.sql + ")";
    binds.emplace_back(std::move(condition.bind));
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

void ListPlan::walk(store::Connection& connection, const std::string& select, std::int64_t most,
                    Narrow narrow, const std::function<bool(store::Statement&)>& row) {
  // With words the rows to pass over are told by the caller, who knows which ones count.
  std::int64_t skip = cursor_.empty() && !words_ ? query_.offset : 0;
  const Path way = narrow == Narrow::by_ids
                       ? Path()
                       : path(connection.dialect(), std::min<std::int64_t>(most, 1'000));
  std::int64_t left = most;
  bool going = true;
  for (int phase = cursor_.empty() ? 0 : start_phase_;
       phase <= (nullable() ? 1 : 0) && going && left > 0; ++phase) {
    std::vector<meta::Value> binds;
    const bool with_cursor = !cursor_.empty() && phase == start_phase_;
    const std::string condition = where(phase, with_cursor, narrow, way, binds);
    if (skip > 0 && nullable() && phase == 0) {
      // Whether the jump ends among the rows with a value or behind them.
      auto counted = connection.query("SELECT count(*) FROM (SELECT 1" + from(way.index) +
                                      condition + " LIMIT ?) c");
      for (const meta::Value& value : binds) counted.bind(value);
      counted.bind(skip);
      counted.step();
      const std::int64_t found = counted.integer(0);
      if (found < skip) {
        skip -= found;
        continue;
      }
    }
    std::string sql = "SELECT " + select + from(way.index) + joins_ + condition + " ORDER BY ";
    for (std::size_t i = phase == 1 ? 1 : 0; i < sort_.size(); ++i) {
      const bool text = sort_[i].field->kind->storage == meta::Storage::text;
      std::string name = column("t", *sort_[i].field);
      if (i > 0) name = "coalesce(" + name + (text ? ", '')" : ", -9223372036854775807)");
      sql += name + (sort_[i].descending ? " DESC, " : ", ");
    }
    sql += std::string("t.id") + (sort_.front().descending ? " DESC" : "");
    sql += " LIMIT ?";
    if (skip > 0) sql += " OFFSET ?";
    auto rows = connection.query(sql);
    for (const Id id : join_binds_) rows.bind(id);
    for (const meta::Value& value : binds) rows.bind(value);
    rows.bind(left);
    if (skip > 0) rows.bind(skip);
    while (going && rows.step()) {
      going = row(rows.statement());
      --left;
    }
    skip = 0;
  }
}

// Ids of the rows that have the words, in order.
std::vector<Id> ListPlan::matching(store::Connection& connection, std::int64_t most) {
  std::vector<Id> out;
  if (words_->empty()) return out;
  auto candidates = words_->all_candidates(connection, kFewCandidates);
  if (candidates && candidates->empty()) return out;
  const std::int64_t skip = cursor_.empty() ? query_.offset : 0;
  // False when it stopped after `patience` rows, with neither the page full nor the list at its
  // end.
  const auto look = [&](Narrow narrow, std::int64_t patience) {
    std::int64_t skipped = 0;
    out.clear();
    walk(connection, "t.id", patience + 1, narrow, [&](store::Statement& row) {
      if (patience-- == 0) return false;
      const Id id = row.integer(0);
      if (narrow == Narrow::by_walk && !std::ranges::binary_search(*candidates, id)) return true;
      if (!words_->verified(connection, id)) return true;
      if (skipped < skip) {
        ++skipped;
        return true;
      }
      out.push_back(id);
      return static_cast<std::int64_t>(out.size()) < most;
    });
    return patience >= 0;
  };
  const auto look_at_candidates = [&] {
    word_ids_ = ids_text(*candidates);
    look(Narrow::by_ids, kToTheEnd);
  };
  if (candidates) {
    look_at_candidates();
  } else if (look(Narrow::no, kGlance)) {
    return out;
  } else if (connection.dialect() == store::Dialect::postgres) {
    // Its rows come all at once: more of them only when the page is not full yet.
    std::int64_t patience = kFirstRows;
    while (!look(Narrow::by_condition, patience)) patience *= 8;
  } else {
    candidates = words_->all_candidates(connection, kManyCandidates);
    if (!candidates) {
      if (!look(Narrow::no, kPatience)) look(Narrow::by_condition, kToTheEnd);
    } else if (!look(Narrow::by_walk, candidates->size() > kManageable ? kToTheEnd : kWalk)) {
      look_at_candidates();
    }
  }
  return out;
}

void ListPlan::run(store::Connection& connection, const std::string& select, std::int64_t most,
                   const std::function<void(store::Statement&)>& row) {
  if (!words_) {
    walk(connection, select, most, Narrow::no, [&](store::Statement& statement) {
      row(statement);
      return true;
    });
    return;
  }
  const std::string sql = "SELECT " + select + from({}) + joins_ + " WHERE {t} AND t.id = ?";
  for (const Id id : matching(connection, most)) {
    auto one = connection.query(sql);
    for (const Id bind : join_binds_) one.bind(bind);
    one.bind(id);
    if (one.step()) row(one.statement());
  }
}

ListPlan::Count ListPlan::count(store::Connection& connection, std::int64_t most) {
  if (words_) {
    // From the start of the list, whatever page is asked for.
    const ListQuery all{.filter = query_.filter, .words = query_.words, .deleted = query_.deleted};
    ListPlan whole(engine_, caller_, object_, all, &filter_);
    const std::int64_t bound = most > 0 ? std::min(most, kCountedWords) : kMostCountedWords;
    const auto found = static_cast<std::int64_t>(whole.matching(connection, bound + 1).size());
    return {.count = std::min(found, bound), .exact = found <= bound};
  }
  std::vector<meta::Value> binds;
  const std::string sql = from({}) + where(-1, false, Narrow::no, {}, binds);
  auto rows = connection.query(most > 0 ? "SELECT count(*) FROM (SELECT 1" + sql + " LIMIT ?) c"
                                        : "SELECT count(*)" + sql);
  for (const meta::Value& value : binds) rows.bind(value);
  if (most > 0) rows.bind(most + 1);
  const std::int64_t found = rows.step() ? rows.integer(0) : 0;
  return {.count = most > 0 ? std::min(found, most) : found, .exact = most == 0 || found <= most};
}

}  // namespace daifuku::records
