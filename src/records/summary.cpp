#include "records/summary.h"

#include <algorithm>
#include <array>

#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/filter.h"
#include "records/id_list.h"
#include "records/record_json.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::ObjectDef;
namespace kinds = meta::kinds;

namespace {

constexpr std::size_t kMostSums = 8;
// A sum is made of two parts, since the values of many records together may be more than a 64-bit
// number holds, which both stores refuse: value = high * kPart + low.
constexpr std::int64_t kPart = 1'000'000'000;

const FieldDef* readable(const Caller& caller, const ObjectDef& object, std::string_view key) {
  if (const FieldDef* field = object.field(key)) {
    return caller.access.field(object, key) >= meta::FieldRight::read ? field : nullptr;
  }
  for (const FieldDef& system : meta::system_fields()) {
    if (system.key == key) return &system;
  }
  return nullptr;
}

template <std::size_t size>
bool is_one_of(const FieldDef& field, const std::array<const meta::FieldKind*, size>& kinds_of) {
  return std::ranges::find(kinds_of, field.kind) != kinds_of.end();
}

// The city of an address is text, and still one of not so many.
bool can_group(const ObjectDef& object, const FieldDef& field) {
  const auto whole = std::ranges::find(object.fields, field.whole, &FieldDef::key);
  const bool city = whole != object.fields.end() && whole->kind == &kinds::address &&
                    field.kind == &kinds::text && field.key.ends_with("city");
  if (field.at_read) return false;
  return city || is_one_of(field, std::array{&kinds::choice, &kinds::yes_no, &kinds::prefecture,
                                             &kinds::user, &kinds::link});
}

bool can_sum(const ObjectDef& object, const FieldDef& field) {
  return object.field(field.key) == &field && !field.at_read &&
         is_one_of(field, std::array{&kinds::integer, &kinds::decimal, &kinds::money});
}

std::int64_t whole(std::int64_t high, std::int64_t low) {
  std::int64_t out = 0;
  if (!__builtin_mul_overflow(high, kPart, &out) && !__builtin_add_overflow(out, low, &out))
    return out;
  return high < 0 ? INT64_MIN : INT64_MAX;
}

struct Sum {
  std::int64_t high = 0;
  std::int64_t low = 0;
};

struct Group {
  meta::Value value = {};
  bool hidden = false;  // links to records that the caller may not see
  std::int64_t groups = 1;
  std::int64_t count = 0;
  std::vector<Sum> sums = {};

  void add(const Group& other) {
    count += other.count;
    sums.resize(other.sums.size());
    for (std::size_t i = 0; i < sums.size(); ++i) {
      sums[i].high += other.sums[i].high;
      sums[i].low += other.sums[i].low;
    }
  }
};

class Summary {
 public:
  Summary(Engine& engine, const Caller& caller, const ObjectDef& object, const SummaryQuery& query)
      : engine_(engine), caller_(caller), object_(object), query_(query) {
    Problems problems;
    if (!query.group.empty()) group_ = chosen(query.group, "group", problems);
    for (const std::string& key : query.sums) {
      const FieldDef* field = chosen(key, "sum", problems);
      if (field != nullptr && std::ranges::find(sums_, field) == sums_.end())
        sums_.push_back(field);
    }
    if (sums_.size() > kMostSums) problems.push_back({"sum", "filter_too_long", {}});
    if (!problems.empty()) throw AppError(Status::invalid, "filter_wrong", {}, problems);
  }

  void write(std::string& out) {
    engine_.database().read([&](store::Connection& connection) {
      groups_.clear();
      others_ = {.groups = 0, .sums = std::vector<Sum>(sums_.size())};
      total_ = {.sums = std::vector<Sum>(sums_.size())};
      most_ = kMostSummed;
      load(connection);
      if (group_ != nullptr && group_->kind == &kinds::link) join_hidden(connection);
      std::string text;
      JsonWriter json(text);
      write(json, connection);
      out += text;
    });
  }

 private:
  const FieldDef* chosen(const std::string& key, std::string_view as, Problems& problems) const {
    const FieldDef* field = readable(caller_, object_, key);
    if (field == nullptr) {
      problems.push_back({std::string(as), "field_unknown", {{"name", key}}});
    } else if (as == "group" ? !can_group(object_, *field) : !can_sum(object_, *field)) {
      problems.push_back({std::string(as),
                          as == "group" ? "summary_group_kind" : "summary_sum_kind",
                          {{"name", key}}});
      field = nullptr;
    }
    return field;
  }

  // The newest records that count, with the value they are grouped by and those to add up.
  std::string rows(std::vector<meta::Value>& binds, store::Connection& connection) {
    std::string sql = "SELECT ";
    sql += group_ == nullptr ? "1" : column("t", *group_);
    sql += " AS v";
    for (std::size_t i = 0; i < sums_.size(); ++i)
      sql += ", " + column("t", *sums_[i]) + " AS s" + std::to_string(i);
    sql += " FROM " + engine_.plan(object_).table + " t WHERE {t} AND t.deleted_at IS NULL";
    const auto scope = caller_.access.condition(object_, caller_.access.object(object_).read, "t");
    if (!scope.sql.empty()) {
      sql += " AND " + scope.sql;
      for (const Id id : scope.binds) binds.emplace_back(id);
    }
    Condition filter = compile_filter(engine_, caller_, object_, query_.filter);
    if (!filter.sql.empty()) {
      sql += " AND " + filter.sql;
      std::ranges::move(filter.binds, std::back_inserter(binds));
    }
    if (!query_.words.empty()) {
      // The words are decided by the text of each record; the list knows how.
      const ListQuery list{.filter = query_.filter, .words = query_.words};
      most_ = kMostSummedWords;
      sql += " AND " + in_ids(connection.dialect(), "t");
      binds.emplace_back(ids_text(engine_.list_ids(caller_, object_, list, most_)));
    }
    binds.emplace_back(most_);
    return sql + " ORDER BY t.id DESC LIMIT ?";
  }

  void load(store::Connection& connection) {
    std::vector<meta::Value> binds;
    const std::string kept = "r.k <= " + std::to_string(kMostGroups);
    std::string added;
    std::string parts;
    std::string all;
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      const std::string n = std::to_string(i);
      const std::string part = std::to_string(kPart);
      added += ", sum(f.s" + n + " / " + part + ") AS h" + n;
      added += ", sum(f.s" + n + " % " + part + ") AS l" + n;
      parts += ", s.h" + n + ", s.l" + n;
      for (const char* half : {"h", "l"})
        all += ", CAST(coalesce(sum(r." + (half + n) + "), 0) AS bigint)";
    }
    const std::string sql =
        "SELECT CASE WHEN " + kept + " THEN 0 ELSE 1 END, CASE WHEN " + kept +
        " THEN r.v END, CAST(sum(r.n) AS bigint), count(*)" + all + " FROM (SELECT s.v, s.n" +
        parts +
        ", row_number() OVER (ORDER BY s.n DESC, CASE WHEN s.v IS NULL THEN 1 ELSE 0 END, s.v) AS k"
        " FROM (SELECT f.v, count(*) AS n" +
        added + " FROM (" + rows(binds, connection) +
        ") f GROUP BY f.v) s) r GROUP BY 1, 2 ORDER BY 1, min(r.k)";
    auto found = connection.query(sql);
    for (const meta::Value& value : binds) found.bind(value);
    while (found.step()) {
      Group group{.count = found.integer(2)};
      if (group_ != nullptr && !found.is_null(1))
        group.value = cell(found.statement(), 1, group_->kind->storage);
      for (std::size_t i = 0; i < sums_.size(); ++i) {
        const int at = 4 + static_cast<int>(i) * 2;
        group.sums.push_back({found.integer(at), found.integer(at + 1)});
      }
      total_.add(group);
      if (found.integer(0) == 1) {
        group.groups = found.integer(3);
        others_ = std::move(group);
      } else if (group_ != nullptr) {
        groups_.push_back(std::move(group));
      }
    }
  }

  // Links to different records that the caller may not see are not told apart.
  void join_hidden(store::Connection& connection) {
    const ObjectDef* target = caller_.access.catalog().object(group_->target);
    std::vector<Id> ids;
    for (const Group& group : groups_) {
      if (!meta::is_empty(group.value)) ids.push_back(meta::integer_of(group.value));
    }
    if (target != nullptr) titles_ = engine_.titles(connection, caller_, *target, ids);
    Group hidden{.hidden = true};
    std::erase_if(groups_, [&](const Group& group) {
      if (meta::is_empty(group.value) || titles_.contains(meta::integer_of(group.value)))
        return false;
      hidden.add(group);
      return true;
    });
    if (hidden.count == 0) return;
    const auto place = std::ranges::find_if(
        groups_, [&](const Group& group) { return group.count < hidden.count; });
    groups_.insert(place, std::move(hidden));
  }

  void write(JsonWriter& json, store::Connection& connection) {
    json.begin_object().key("groups").begin_array();
    RecordWriter values(engine_, connection, caller_, engine_.plan(object_),
                        {object_.field(object_.title)});
    for (const Group& group : groups_) {
      json.begin_object().key("value");
      if (group.hidden) {
        json.begin_object().field("hidden", true).end_object();
      } else if (group_->kind == &kinds::link && !meta::is_empty(group.value)) {
        const Id id = meta::integer_of(group.value);
        json.begin_object().key("id").id(id).field("title", titles_.at(id)).end_object();
      } else {
        values.write_value(json, *group_, group.value);
      }
      write_numbers(json, group);
      json.end_object();
    }
    json.end_array();
    if (others_.count > 0) {
      json.key("others").begin_object().field("groups", others_.groups);
      write_numbers(json, others_);
      json.end_object();
    }
    write_numbers(json, total_);
    json.field("exact", total_.count < most_).end_object();
  }

  void write_numbers(JsonWriter& json, const Group& group) const {
    json.field("count", group.count).key("sums").begin_object();
    for (std::size_t i = 0; i < sums_.size(); ++i) {
      json.key(sums_[i]->key);
      const Sum& sum = group.sums[i];
      meta::write_value(json, *sums_[i], meta::Value(whole(sum.high, sum.low)));
    }
    json.end_object();
  }

  Engine& engine_;
  const Caller& caller_;
  const ObjectDef& object_;
  const SummaryQuery& query_;
  const FieldDef* group_ = nullptr;
  std::vector<const FieldDef*> sums_;
  std::int64_t most_ = kMostSummed;
  std::vector<Group> groups_;
  std::unordered_map<Id, std::string> titles_;
  Group others_;
  Group total_;
};

}  // namespace

void summary_json(Engine& engine, const Caller& caller, const ObjectDef& object,
                  const SummaryQuery& query, std::string& out) {
  if (caller.access.object(object).read == auth::Scope::none)
    throw AppError(Status::forbidden, "forbidden");
  Summary(engine, caller, object, query).write(out);
}

}  // namespace daifuku::records
