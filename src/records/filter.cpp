#include "records/filter.h"

#include <algorithm>

#include "meta/derive.h"
#include "meta/kinds.h"
#include "records/engine.h"
#include "records/relative_date.h"
#include "records/text_filter.h"

namespace daifuku::records {

using meta::Comparison;
using meta::FieldDef;
using meta::ObjectDef;

namespace {

constexpr int kMostConditions = 200;
constexpr std::size_t kMostValues = 20'000;  // A statement of SQLite takes some 32,000.

constexpr std::int64_t kMostRelated = 1'000;  // that a condition may ask for

Date add_days(Date date, std::int64_t days) { return date_from_days(days_from_date(date) + days); }

// How many of the related records a condition is about there must be.
struct Wanted {
  std::optional<std::int64_t> least = {};
  std::optional<std::int64_t> most = {};
};

class Compiler {
 public:
  Compiler(Engine& engine, const Caller& caller, bool trash)
      : engine_(engine), caller_(caller), trash_(trash) {}

  std::string compile(const ObjectDef& object, const Json& filter, const std::string& alias) {
    if (filter.is_null()) return {};
    if (!filter.is_object()) return wrong("filter", "filter_wrong");
    std::vector<std::string> parts;
    for (const auto& member : filter.get_object()) {
      const std::string key(member.key());
      if (++count_ > kMostConditions) return wrong("filter", "filter_too_long");
      if (key == "and" || key == "or") {
        parts.push_back(group(object, member.value(), alias, key == "and" ? " AND " : " OR "));
      } else if (key == "not") {
        const Branch branch(*this);
        const std::string inner = compile(object, member.value(), alias);
        if (!inner.empty()) parts.push_back("NOT coalesce(" + truth(inner) + ", 0) = 1");
      } else {
        parts.push_back(field_condition(object, key, member.value(), alias));
      }
    }
    return join(parts, " AND ");
  }

  Problems problems;
  std::vector<meta::Value> binds;
  std::vector<Condition::Equality> equalities;
  std::size_t conditions = 0;

 private:
  // Inside of it a condition is not one that every record must meet.
  struct Branch {
    explicit Branch(Compiler& of) : compiler(of) { ++compiler.branches_; }
    ~Branch() { --compiler.branches_; }
    Branch(const Branch&) = delete;
    Branch& operator=(const Branch&) = delete;
    Compiler& compiler;
  };

  // A condition as 1 or 0: NOT of an unknown (empty) value must keep the row on both stores.
  static std::string truth(const std::string& sql) {
    return "CASE WHEN " + sql + " THEN 1 ELSE 0 END";
  }

  static std::string join(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    int used = 0;
    for (const std::string& part : parts) {
      if (part.empty()) continue;
      if (used++ > 0) out += between;
      out += part;
    }
    return used > 1 ? "(" + out + ")" : out;
  }

  std::string wrong(std::string_view field, std::string_view code, Params params = {}) {
    problems.push_back({std::string(field), std::string(code), std::move(params)});
    return {};
  }

  std::string group(const ObjectDef& object, const Json& list, const std::string& alias,
                    std::string_view between) {
    if (!list.is_array()) return wrong("filter", "filter_wrong");
    std::optional<Branch> branch;
    if (between == " OR ") branch.emplace(*this);
    std::vector<std::string> parts;
    for (const Json& item : list.get_array()) parts.push_back(compile(object, item, alias));
    return join(parts, between);
  }

  std::string field_condition(const ObjectDef& object, const std::string& key, const Json& ops,
                              const std::string& alias) {
    const FieldDef* field = object.field(key);
    if (field != nullptr && caller_.access.field(object, key) < meta::FieldRight::read)
      field = nullptr;
    if (field == nullptr) {
      for (const FieldDef& system : meta::system_fields()) {
        if (system.key == key) field = &system;
      }
    }
    if (field == nullptr) return linking(object, key, ops, alias);
    if (field->at_read) return wrong(key, "field_at_read");
    if (!ops.is_object()) return wrong(key, "filter_wrong");
    std::vector<std::string> parts;
    conditions += ops.get_object().size();
    for (const auto& member : ops.get_object())
      parts.push_back(operation(object, *field, std::string(member.key()), member.value(), alias));
    return join(parts, " AND ");
  }

  // {"orders":{"some":{...}}}, {"orders":{"where":{...},"at_least":3}}: records of another object
  // that link here.
  std::string linking(const ObjectDef& object, const std::string& key, const Json& ops,
                      const std::string& alias) {
    ++conditions;
    const ObjectDef* other = caller_.access.catalog().by_plural(key);
    const FieldDef* link = other == nullptr ? nullptr : link_to(object, *other, {});
    if (link == nullptr || !ops.is_object()) return wrong(key, "field_unknown", {{"name", key}});
    const JsonObject& members = ops.get_object();
    if (const Json* via = members.if_contains("via"); via != nullptr) {
      const std::string name = via->is_string() ? std::string(via->get_string()) : std::string();
      link = name.empty() ? nullptr : link_to(object, *other, name);
      if (link == nullptr) return wrong(key, "field_unknown", {{"name", name}});
    }
    std::vector<std::string> parts;
    for (const auto& member : members) {
      const std::string op(member.key());
      if (op == "some" || op == "none") {
        parts.push_back(related(*other, *link, member.value(),
                                op == "some" ? Wanted{.least = 1} : Wanted{.most = 0}, alias));
      } else if (op != "via" && op != "where" && op != "at_least" && op != "at_most") {
        wrong(key, "filter_operator", {{"name", op}});
      }
    }
    const Json* where = members.if_contains("where");
    if (members.contains("at_least") || members.contains("at_most")) {
      const Wanted wanted{.least = number_wanted(key, members, "at_least", 1),
                          .most = number_wanted(key, members, "at_most", 0)};
      if (wanted.least || wanted.most)
        parts.push_back(related(*other, *link, where == nullptr ? Json() : *where, wanted, alias));
    } else if (where != nullptr) {
      return wrong(key, "filter_wrong");
    }
    return join(parts, " AND ");
  }

  std::optional<std::int64_t> number_wanted(const std::string& key, const JsonObject& members,
                                            std::string_view op, std::int64_t smallest) {
    const Json* number = members.if_contains(op);
    if (number == nullptr) return std::nullopt;
    if (number->is_int64() && number->get_int64() >= smallest &&
        number->get_int64() <= kMostRelated)
      return number->get_int64();
    wrong(key, "filter_wrong");
    return std::nullopt;
  }

  // The field by which records of `other` point at one of `object`: the named one, or the first, a
  // link to one record before a list of several; nullptr when the caller may read none such.
  const FieldDef* link_to(const ObjectDef& object, const ObjectDef& other,
                          std::string_view named) const {
    if (caller_.access.object(other).read == auth::Scope::none) return nullptr;
    for (const meta::FieldKind* kind : {&meta::kinds::link, &meta::kinds::links}) {
      for (const FieldDef& field : other.expanded) {
        if (field.kind == kind && field.target == object.key &&
            (named.empty() || field.key == named) &&
            caller_.access.field(other, field.key) >= meta::FieldRight::read)
          return &field;
      }
    }
    return nullptr;
  }

  // No more of the related records are read than tell whether there are as many as wanted.
  std::string related(const ObjectDef& other, const FieldDef& link, const Json& where,
                      const Wanted& wanted, const std::string& alias) {
    const std::string inner = "j" + std::to_string(++joins_);
    const std::string joined = link.kind == &meta::kinds::links
                                   ? inner + ".id IN (SELECT " + inner + "l.from_id FROM link " +
                                         inner + "l WHERE {" + inner + "l} AND " + inner +
                                         "l.to_id = " + alias + ".id AND " + inner + "l.field = '" +
                                         link.key + "')"
                                   : column(inner, link) + " = " + alias + ".id";
    const std::string found = exists(other, inner, joined, where);
    if (wanted.least == 1 && !wanted.most) return "EXISTS (" + found + ")";
    if (wanted.most == 0 && !wanted.least) return "NOT EXISTS (" + found + ")";
    const std::int64_t enough = wanted.most ? *wanted.most + 1 : *wanted.least;
    const std::string count = "(SELECT count(*) FROM (" + found + " LIMIT " +
                              std::to_string(enough) + ") " + inner + "c)";
    const std::string least = std::to_string(wanted.least.value_or(0));
    return wanted.most ? count + " BETWEEN " + least + " AND " + std::to_string(*wanted.most)
                       : count + " >= " + least;
  }

  std::string exists(const ObjectDef& other, const std::string& inner, const std::string& joined,
                     const Json& filter) {
    const Branch branch(*this);
    std::string sql = "SELECT 1 FROM " + engine_.plan(other).table + " " + inner + " WHERE {" +
                      inner + "} AND " + inner + ".deleted_at IS NULL AND " + joined;
    const auto scope = caller_.access.condition(other, caller_.access.object(other).read, inner);
    if (!scope.sql.empty()) {
      sql += " AND " + scope.sql;
      for (const Id id : scope.binds) binds.emplace_back(id);
    }
    const std::string condition = compile(other, filter, inner);
    if (!condition.empty()) sql += " AND " + condition;
    return sql;
  }

  // Nothing links to a record that was merged any more.
  meta::Value standing(const FieldDef& field, const meta::Value& id) {
    const ObjectDef* target = caller_.access.catalog().object(field.target);
    return target == nullptr ? id : meta::Value(engine_.current(*target, meta::integer_of(id)));
  }

  std::optional<meta::Value> value(const FieldDef& field, const Json& json) {
    if ((field.kind == &meta::kinds::user || field.kind == &meta::kinds::users) &&
        json.is_string() && json.get_string() == "me") {
      return meta::Value(caller_.access.user());
    }
    meta::Value out;
    const bool id_like = field.key == "id" || field.key == "team_id" ||
                         field.kind == &meta::kinds::users || field.kind == &meta::kinds::links;
    if (id_like) {
      const auto id =
          json.is_string() ? decode_id(std::string_view(json.get_string())) : std::nullopt;
      if (!id) {
        wrong(field.key, "invalid_id");
        return std::nullopt;
      }
      return field.kind == &meta::kinds::links ? standing(field, *id) : meta::Value(*id);
    }
    if (!field.kind->parse(field, json, out, problems)) return std::nullopt;
    if (field.kind == &meta::kinds::link && !meta::is_empty(out)) return standing(field, out);
    return out;
  }

  // "?, ?" with the values bound; nothing when one of them is wrong.
  std::optional<std::string> one_of(const FieldDef& field, const Json& list) {
    if (!list.is_array() || list.get_array().size() > 1'000) {
      wrong(field.key, "filter_wrong");
      return std::nullopt;
    }
    if (binds.size() + list.get_array().size() > kMostValues) {
      wrong("filter", "filter_too_long");
      return std::nullopt;
    }
    std::string marks;
    for (const Json& item : list.get_array()) {
      const auto each = value(field, item);
      if (!each) return std::nullopt;
      binds.push_back(*each);
      marks += marks.empty() ? "?" : ", ?";
    }
    return marks;
  }

  std::string operation(const ObjectDef& object, const FieldDef& field, const std::string& op,
                        const Json& json, const std::string& alias) {
    const bool is_list = field.kind == &meta::kinds::links || field.kind == &meta::kinds::users;
    if (is_list) return list_operation(field, op, json, alias);
    const std::string name = column(alias, field);
    const Comparison comparison = field.kind->comparison;
    if (op == "empty") {
      if (!json.is_bool()) return wrong(field.key, "filter_wrong");
      return name + (json.get_bool() ? " IS NULL" : " IS NOT NULL");
    }
    if (op == "some" || op == "none") {
      if (field.kind != &meta::kinds::link)
        return wrong(field.key, "filter_operator", {{"name", op}});
      const std::string inner = "j" + std::to_string(++joins_);
      const ObjectDef& other = *caller_.access.catalog().object(field.target);
      return (op == "none" ? "NOT EXISTS (" : "EXISTS (") +
             exists(other, inner, inner + ".id = " + name, json) + ")";
    }
    if (op == "in") {
      const auto marks = one_of(field, json);
      return !marks ? "" : marks->empty() ? "1 = 0" : name + " IN (" + *marks + ")";
    }
    if (op == "relative") return relative(field, json, name);
    if (op == "has" || (op == "contains" && comparison == Comparison::items)) {
      if (comparison != Comparison::items)
        return wrong(field.key, "filter_operator", {{"name", op}});
      const auto one = value(field, Json(JsonArray{json}));
      if (!one) return {};
      // Items are lines; the newlines around both sides keep 東京 from being found in 東京都.
      binds.emplace_back("\n" + std::string(meta::text_of(*one)) + "\n");
      const std::string all = "(char_newline || " + name + " || char_newline)";
      return replace_newline(position_of(all, "?") + " > 0");
    }
    if (op == "contains" || op == "starts") {
      if (field.kind->storage != meta::Storage::text || !json.is_string())
        return wrong(field.key, "filter_operator", {{"name", op}});
      if (json.get_string().empty()) return {};
      return text_condition(engine_,
                            {.object = object,
                             .field = field,
                             .alias = alias,
                             .typed = std::string_view(json.get_string()),
                             .at_start = op == "starts",
                             .trash = trash_ && alias == "t"},
                            binds);
    }
    if (op == "between") {
      if (!json.is_array() || json.get_array().size() != 2) return wrong(field.key, "filter_wrong");
      const auto low = value(field, json.get_array()[0]);
      const auto high = value(field, json.get_array()[1]);
      if (!low || !high) return {};
      binds.push_back(*low);
      binds.push_back(upper_bound(field, json.get_array()[1], *high));
      return "(" + name + " >= ? AND " + name + " <= ?)";
    }
    static constexpr std::pair<std::string_view, std::string_view> kOperators[] = {
        {"eq", " = ?"},   {"ne", ""},     {"gt", " > ?"},
        {"gte", " >= ?"}, {"lt", " < ?"}, {"lte", " <= ?"}};
    const auto found = std::find_if(std::begin(kOperators), std::end(kOperators),
                                    [&](const auto& entry) { return entry.first == op; });
    if (found == std::end(kOperators)) return wrong(field.key, "filter_operator", {{"name", op}});
    const auto one = value(field, json);
    if (!one) return {};
    if (meta::is_empty(*one))
      return op == "eq"   ? name + " IS NULL"
             : op == "ne" ? name + " IS NOT NULL"
                          : wrong(field.key, "filter_wrong");
    if ((op == "eq" || op == "ne") && is_day(field, json)) {
      binds.push_back(*one);
      binds.push_back(upper_bound(field, json, *one));
      const std::string within = "(" + name + " >= ? AND " + name + " <= ?)";
      return op == "eq" ? within : "NOT coalesce(" + truth(within) + ", 0) = 1";
    }
    const bool upper = op == "lte" || op == "gt";
    binds.push_back(upper ? upper_bound(field, json, *one) : *one);
    if (op == "ne") return "(" + name + " <> ? OR " + name + " IS NULL)";
    if (op == "eq" && branches_ == 0) equalities.push_back({&field, *one});
    return name + std::string(found->second);
  }

  // A date alone asked of a date-time is the whole day: "until 2026-04-30" is to its end.
  static bool is_day(const FieldDef& field, const Json& json) {
    return field.kind == &meta::kinds::date_time && json.is_string() &&
           parse_iso_date(std::string_view(json.get_string()));
  }
  static meta::Value upper_bound(const FieldDef& field, const Json& json,
                                 const meta::Value& parsed) {
    if (!is_day(field, json)) return parsed;
    const auto date = parse_iso_date(std::string_view(json.get_string()));
    return meta::Value(start_of_day(add_days(*date, 1)) - 1);
  }

  std::string relative(const FieldDef& field, const Json& json, const std::string& name) {
    if (!json.is_string()) return wrong(field.key, "filter_wrong");
    const auto days =
        relative_dates(std::string_view(json.get_string()), local_date(engine_.clock().now()),
                       [&] { return engine_.fiscal_month(); });
    if (!days || field.kind->comparison != Comparison::date)
      return wrong(field.key, "filter_wrong");
    if (field.kind->storage == meta::Storage::integer) {
      binds.emplace_back(start_of_day(days->from));
      binds.emplace_back(start_of_day(days->until));
    } else {
      binds.emplace_back(format_date(days->from));
      binds.emplace_back(format_date(days->until));
    }
    const std::string within = "(" + name + " >= ? AND " + name + " < ?)";
    return days->or_never ? "(" + name + " IS NULL OR " + within + ")" : within;
  }

  std::string list_operation(const FieldDef& field, const std::string& op, const Json& json,
                             const std::string& alias) {
    const std::string inner = "j" + std::to_string(++joins_);
    const std::string base = "EXISTS (SELECT 1 FROM link " + inner + " WHERE {" + inner + "} AND " +
                             inner + ".from_id = " + alias + ".id AND " + inner + ".field = '" +
                             field.key + "'";
    if (op == "empty" && json.is_bool()) return (json.get_bool() ? "NOT " : "") + base + ")";
    if (op == "has" || op == "eq") {
      const auto one = value(field, json);
      if (!one) return {};
      binds.push_back(*one);
      return base + " AND " + inner + ".to_id = ?)";
    }
    if (op == "in") {
      const auto marks = one_of(field, json);
      return !marks           ? ""
             : marks->empty() ? "1 = 0"
                              : base + " AND " + inner + ".to_id IN (" + *marks + "))";
    }
    return wrong(field.key, "filter_operator", {{"name", op}});
  }

  bool postgres() const { return engine_.database().dialect() == store::Dialect::postgres; }
  std::string position_of(const std::string& text, const std::string& needle) const {
    return (postgres() ? "strpos(" : "instr(") + text + ", " + needle + ")";
  }
  std::string replace_newline(std::string sql) const {
    const std::string newline = postgres() ? "chr(10)" : "char(10)";
    for (auto at = sql.find("char_newline"); at != std::string::npos; at = sql.find("char_newline"))
      sql.replace(at, 12, newline);
    return sql;
  }

  Engine& engine_;
  const Caller& caller_;
  bool trash_;
  int joins_ = 0;
  int count_ = 0;
  int branches_ = 0;
};

}  // namespace

Condition compile_filter(Engine& engine, const Caller& caller, const ObjectDef& object,
                         const Json& filter, bool trash, std::string_view alias) {
  Compiler compiler(engine, caller, trash);
  Condition out;
  out.sql = compiler.compile(object, filter, std::string(alias));
  if (!compiler.problems.empty())
    throw AppError(Status::invalid, "filter_wrong", {}, compiler.problems);
  out.binds = std::move(compiler.binds);
  out.only_equalities = compiler.conditions == compiler.equalities.size();
  out.equalities = std::move(compiler.equalities);
  return out;
}

}  // namespace daifuku::records
