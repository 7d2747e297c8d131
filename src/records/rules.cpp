#include "records/rules.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>

#include "meta/kinds.h"
#include "text/fold.h"
#include "text/grams.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::Storage;

namespace {

constexpr std::size_t kMostFields = 5;
constexpr std::size_t kMostConditions = 5;
constexpr std::size_t kMostValues = 100;
constexpr std::size_t kMessageMax = 200;
constexpr std::size_t kPatternMax = 500;
constexpr int kPatternMemory = 1 << 20;

// RE2 takes time linear in the text, whatever the pattern, and has no back references.
struct Format {
  std::string_view key;
  const char* pattern;
};
constexpr Format kFormats[] = {
    {"digits", "[0-9]+"},
    {"half_width", "[\\x20-\\x7e]+"},
    {"katakana", "[\\x{30a0}-\\x{30ff}\\x{3000} ]+"},
    {"hiragana", "[\\x{3041}-\\x{309f}\\x{30fc}\\x{3000} ]+"},
    {"no_spaces", "[^\\s\\x{3000}]+"},
    {"upper_case", "[A-Z0-9]+"},
};

void wrong(Problems& problems, std::string field, std::string_view code, Params params = {}) {
  problems.push_back({std::move(field), std::string(code), std::move(params)});
}

const FieldDef* find(const meta::ObjectDef& object, const Json& json, std::string_view member,
                     const std::string& where, Problems& problems) {
  const FieldDef* field = object.field(json_text(json, member));
  if (field == nullptr || field->hidden) {
    wrong(problems, where, "rule_field_unknown");
    return nullptr;
  }
  // Of a record that is being written it is not known yet.
  if (field->at_read) {
    wrong(problems, where, "rule_field_unfit");
    return nullptr;
  }
  return field;
}

RuleField named(const FieldDef& field) {
  return {.key = field.key, .kind = field.kind, .label = field.label};
}

bool is_date(const meta::FieldKind& kind) { return kind.comparison == meta::Comparison::date; }

bool is_ordered(const meta::FieldKind& kind) {
  return is_date(kind) || kind.comparison == meta::Comparison::number;
}

// today, today+30, today-30
std::optional<int> days_of(std::string_view text) {
  constexpr std::string_view kToday = "today";
  if (!text.starts_with(kToday)) return std::nullopt;
  text.remove_prefix(kToday.size());
  if (text.empty()) return 0;
  const bool minus = text.front() == '-';
  if (!minus && text.front() != '+') return std::nullopt;
  text.remove_prefix(1);
  int days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  constexpr int kMost = 36'500;
  if (error != std::errc() || end != text.data() + text.size() || days > kMost) return std::nullopt;
  return minus ? -days : days;
}

RuleValue read_value(const FieldDef& field, const Json& json, const std::string& where,
                     Problems& problems) {
  if (is_date(*field.kind) && json.is_string()) {
    if (const auto days = days_of(std::string_view(json.get_string())))
      return {.days_from_today = days};
  }
  RuleValue out;
  Problems found;
  const bool items = field.kind->comparison == meta::Comparison::items;
  if (!field.kind->parse(field, items && !json.is_array() ? Json(JsonArray{json}) : json, out.value,
                         found) ||
      meta::is_empty(out.value)) {
    wrong(problems, where, found.empty() ? "required" : found.front().code,
          found.empty() ? Params{} : found.front().params);
  }
  return out;
}

// Compared as the column is: whole days of a date-time begin at midnight in Japan.
meta::Value now_of(const RuleValue& value, const meta::FieldKind& kind, Date today, bool end) {
  if (!value.days_from_today) return value.value;
  const Date day = date_from_days(days_from_date(today) + *value.days_from_today);
  if (kind.storage == Storage::text) return format_date(day);
  const Date next = date_from_days(days_from_date(day) + 1);
  return end ? start_of_day(next) - 1 : start_of_day(day);
}

std::optional<Storage> stored(const FieldDef& field) {
  return field.kind->storage == Storage::none ? std::nullopt : std::optional(field.kind->storage);
}

bool is_empty(const Record& record, const RuleField& field) {
  if (field.kind == &meta::kinds::links || field.kind == &meta::kinds::users) {
    const auto found = record.lists.find(field.key);
    return found == record.lists.end() || found->second.empty();
  }
  return meta::is_empty(record.get(field.key));
}

}  // namespace

const std::vector<std::string_view>& rule_formats() {
  static const std::vector<std::string_view> kKeys = [] {
    std::vector<std::string_view> keys;
    for (const Format& format : kFormats) keys.push_back(format.key);
    return keys;
  }();
  return kKeys;
}

Rule::Rule(Id id, const meta::ObjectDef& object, const Json& definition, Problems& problems)
    : id_(id), object_(object.key), active_(json_bool(definition, "active", true)) {
  const std::string mode = json_text(definition, "mode", "refuse");
  if (mode == "warn") {
    mode_ = RuleMode::warn;
  } else if (mode != "refuse") {
    wrong(problems, "mode", "invalid_choice");
  }
  if (const Json* message = json_find(definition, "message"); message != nullptr) {
    message_ = {.ja = text::nfc(json_text(*message, "ja")),
                .en = text::nfc(json_text(*message, "en"))};
    if (text::length(message_.ja) > kMessageMax || text::length(message_.en) > kMessageMax)
      wrong(problems, "message", "too_long", {{"max", std::to_string(kMessageMax)}});
  }
  if (const Json* check = json_find(definition, "check"); check != nullptr) {
    read_check(object, *check, problems);
  } else {
    wrong(problems, "check", "required");
  }
  if (const Json* when = json_find(definition, "when"); when != nullptr && !when->is_null())
    read_conditions(object, *when, problems);
  for (const RuleField& field : fields_) looks_at_.push_back(field.key);
  for (const RuleCondition& condition : conditions_) looks_at_.push_back(condition.field.key);
  if (!other_.key.empty()) looks_at_.push_back(other_.key);
}

void Rule::read_check(const meta::ObjectDef& object, const Json& check, Problems& problems) {
  static constexpr std::pair<std::string_view, RuleKind> kKinds[] = {
      {"required", RuleKind::required},
      {"format", RuleKind::format},
      {"range", RuleKind::range},
      {"compare", RuleKind::compare},
      {"unique", RuleKind::unique}};
  const std::string name = json_text(check, "kind");
  const auto kind = std::ranges::find(kKinds, std::string_view(name),
                                      &std::pair<std::string_view, RuleKind>::first);
  if (kind == std::end(kKinds)) return wrong(problems, "check.kind", "invalid_choice");
  kind_ = kind->second;
  if (kind_ == RuleKind::required || kind_ == RuleKind::unique) {
    const Json* list = json_find(check, "fields");
    if (list == nullptr || !list->is_array() || list->get_array().empty())
      return wrong(problems, "check.fields", "required");
    if (list->get_array().size() > kMostFields)
      return wrong(problems, "check.fields", "too_many_items",
                   {{"max", std::to_string(kMostFields)}});
    for (const Json& item : list->get_array()) {
      const FieldDef* field =
          find(object, Json(JsonObject{{"field", item}}), "field", "check.fields", problems);
      if (field == nullptr) continue;
      // Nobody could do what it asks for.
      if (kind_ == RuleKind::required ? field->read_only : !stored(*field)) {
        wrong(problems, "check.fields", "rule_field_unfit");
      } else {
        fields_.push_back(named(*field));
      }
    }
    return;
  }
  const FieldDef* field = find(object, check, "field", "check.field", problems);
  if (field == nullptr) return;
  fields_.push_back(named(*field));
  if (kind_ == RuleKind::format) {
    if (field->kind->storage != Storage::text || is_ordered(*field->kind))
      return wrong(problems, "check.field", "rule_field_unfit");
    format_ = json_text(check, "format");
    std::string pattern = json_text(check, "pattern");
    if (!format_.empty()) {
      const auto* format = std::ranges::find(kFormats, std::string_view(format_), &Format::key);
      if (format == std::end(kFormats)) return wrong(problems, "check.format", "invalid_choice");
      pattern = format->pattern;
    }
    if (pattern.empty()) return wrong(problems, "check.pattern", "required");
    if (pattern.size() > kPatternMax)
      return wrong(problems, "check.pattern", "too_long", {{"max", std::to_string(kPatternMax)}});
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kPatternMemory);
    auto made = std::make_shared<const re2::RE2>(pattern, options);
    if (!made->ok())
      return wrong(problems, "check.pattern", "rule_pattern_wrong", {{"reason", made->error()}});
    pattern_ = std::move(made);
  } else if (kind_ == RuleKind::range) {
    if (!is_ordered(*field->kind)) return wrong(problems, "check.field", "rule_field_unfit");
    const Json* least = json_find(check, "least");
    const Json* greatest = json_find(check, "greatest");
    const bool low = least != nullptr && !least->is_null();
    const bool high = greatest != nullptr && !greatest->is_null();
    if (!low && !high) return wrong(problems, "check.least", "required");
    if (low) least_ = read_value(*field, *least, "check.least", problems);
    if (high) greatest_ = read_value(*field, *greatest, "check.greatest", problems);
  } else {
    const FieldDef* other = find(object, check, "other", "check.other", problems);
    if (other == nullptr) return;
    if (!stored(*field) || field->kind->name != other->kind->name)
      return wrong(problems, "check.other", "rule_field_unfit");
    other_ = named(*other);
    compare_ = json_text(check, "op");
    static constexpr std::string_view kOrders[] = {"lt", "lte", "gte", "gt"};
    const bool order = std::ranges::find(kOrders, compare_) != std::end(kOrders);
    if (!order && compare_ != "eq" && compare_ != "ne")
      return wrong(problems, "check.op", "invalid_choice");
    if (order && !is_ordered(*field->kind)) wrong(problems, "check.field", "rule_field_unfit");
  }
}

void Rule::read_conditions(const meta::ObjectDef& object, const Json& list, Problems& problems) {
  if (!list.is_array() || list.get_array().size() > kMostConditions)
    return wrong(problems, "when", "too_many_items", {{"max", std::to_string(kMostConditions)}});
  for (const Json& item : list.get_array()) {
    const std::string where = "when[" + std::to_string(conditions_.size()) + "]";
    RuleCondition condition;
    const FieldDef* field = find(object, item, "field", where + ".field", problems);
    if (field == nullptr) return;
    condition.field = named(*field);
    const std::string op = json_text(item, "op");
    const Json* value = json_find(item, "value");
    using Op = RuleCondition::Op;
    if (op == "empty" || op == "filled") {
      condition.op = op == "empty" ? Op::empty : Op::filled;
    } else if (!stored(*field)) {
      return wrong(problems, where + ".op", "rule_field_unfit");
    } else if (op == "in" || op == "not_in") {
      const Json* values = json_find(item, "values");
      if (values == nullptr || !values->is_array() || values->get_array().empty() ||
          values->get_array().size() > kMostValues)
        return wrong(problems, where + ".values", "required");
      condition.op = op == "in" ? Op::in : Op::not_in;
      for (const Json& one : values->get_array())
        condition.values.push_back(read_value(*field, one, where + ".values", problems));
    } else if (value == nullptr) {
      return wrong(problems, where + ".value", "required");
    } else if (op == "from") {
      const std::string from = value->is_string() ? std::string(value->get_string()) : "";
      const auto first = std::ranges::find(field->options, from, &meta::Option::key);
      if (first == field->options.end()) return wrong(problems, where + ".value", "invalid_choice");
      condition.op = Op::in;
      for (auto option = first; option != field->options.end(); ++option)
        condition.values.push_back({.value = option->key});
    } else if (op == "at_least" || op == "at_most") {
      if (!is_ordered(*field->kind)) return wrong(problems, where + ".op", "rule_field_unfit");
      condition.op = op == "at_least" ? Op::at_least : Op::at_most;
      condition.values.push_back(read_value(*field, *value, where + ".value", problems));
    } else if (op == "has") {
      if (field->kind->comparison != meta::Comparison::items)
        return wrong(problems, where + ".op", "rule_field_unfit");
      condition.op = Op::has;
      condition.values.push_back(read_value(*field, *value, where + ".value", problems));
    } else {
      return wrong(problems, where + ".op", "invalid_choice");
    }
    conditions_.push_back(std::move(condition));
  }
}

bool Rule::applies(const Record& record, Date today) const {
  using Op = RuleCondition::Op;
  return std::ranges::all_of(conditions_, [&](const RuleCondition& condition) {
    const meta::FieldKind& kind = *condition.field.kind;
    const meta::Value& value = record.get(condition.field.key);
    const bool empty = is_empty(record, condition.field);
    const auto equals = [&](const RuleValue& one) {
      return now_of(one, kind, today, false) == value;
    };
    switch (condition.op) {
      case Op::empty:
        return empty;
      case Op::filled:
        return !empty;
      case Op::in:
        return !empty && std::ranges::any_of(condition.values, equals);
      case Op::not_in:
        return empty || std::ranges::none_of(condition.values, equals);
      case Op::at_least:
        return !empty && value >= now_of(condition.values.front(), kind, today, false);
      case Op::at_most:
        return !empty && value <= now_of(condition.values.front(), kind, today, true);
      case Op::has: {
        const auto items = meta::split_items(meta::text_of(value));
        return std::ranges::find(items, meta::text_of(condition.values.front().value)) !=
               items.end();
      }
    }
    return false;
  });
}

bool Rule::is_wrong(const Record& record, const RuleField& field, Date today) const {
  if (kind_ == RuleKind::required) return is_empty(record, field);
  // Of what is not there only `required` says something.
  const meta::Value& value = record.get(field.key);
  if (meta::is_empty(value)) return false;
  switch (kind_) {
    case RuleKind::format: {
      const auto items = meta::split_items(meta::text_of(value));
      return std::ranges::any_of(
          items, [&](const std::string& item) { return !re2::RE2::FullMatch(item, *pattern_); });
    }
    case RuleKind::range: {
      const auto given = [](const RuleValue& limit) {
        return limit.days_from_today || !meta::is_empty(limit.value);
      };
      return (given(least_) && value < now_of(least_, *field.kind, today, false)) ||
             (given(greatest_) && value > now_of(greatest_, *field.kind, today, true));
    }
    case RuleKind::compare: {
      const meta::Value& other = record.get(other_.key);
      if (meta::is_empty(other)) return false;
      return !(compare_ == "lt"    ? value < other
               : compare_ == "lte" ? value <= other
               : compare_ == "gte" ? value >= other
               : compare_ == "gt"  ? value > other
               : compare_ == "eq"  ? value == other
                                   : value != other);
    }
    case RuleKind::required:
    case RuleKind::unique:
      break;
  }
  return false;
}

void Rule::check(const Record& record, Date today, Language language, Problems& problems) const {
  for (const RuleField& field : fields_) {
    if (kind_ != RuleKind::unique && is_wrong(record, field, today))
      problems.push_back(problem(field, language));
  }
}

std::string Rule::unique_text(const Record& record) const {
  std::string out;
  for (const RuleField& field : fields_) {
    const meta::Value& value = record.get(field.key);
    if (meta::is_empty(value)) return {};
    const auto* number = std::get_if<std::int64_t>(&value);
    const std::string folded =
        number != nullptr ? std::to_string(*number) : text::fold(meta::text_of(value));
    if (folded.empty()) return {};
    out += field.key + "\n" + folded + "\n";
  }
  return out;
}

Problem Rule::problem(const RuleField& field, Language language) const {
  const auto in = [&](const meta::Label& label) {
    const bool english = language == Language::en;
    const std::string& first = english ? label.en : label.ja;
    return first.empty() ? (english ? label.ja : label.en) : first;
  };
  if (const std::string said = in(message_); !said.empty())
    return {field.key, "rule_broken", {{"reason", said}}};
  switch (kind_) {
    case RuleKind::required:
      return {field.key, "rule_required", {{"field", in(field.label)}}};
    case RuleKind::format:
      if (!format_.empty()) return {field.key, "rule_format_" + format_, {}};
      return {field.key, "rule_format", {}};
    case RuleKind::range:
      return {field.key, "rule_range", {}};
    case RuleKind::compare:
      return {field.key, "rule_compare_" + compare_, {{"other", in(other_.label)}}};
    case RuleKind::unique:
      return {field.key, "rule_unique", {}};
  }
  return {};
}

}  // namespace daifuku::records
