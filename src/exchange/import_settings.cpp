#include "exchange/import_settings.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/time.h"

namespace daifuku::exchange {

namespace {

[[noreturn]] void invalid(std::string field, std::string code) {
  throw AppError(Status::invalid, "invalid", {}, {{std::move(field), std::move(code), {}}});
}

char parse_delimiter(const std::string& text) {
  if (text == "tab" || text == "\\t") return '\t';
  if (text.empty()) return 0;
  if (text.size() != 1 || std::string_view(",;\t|").find(text[0]) == std::string_view::npos) {
    invalid("delimiter", "invalid_choice");
  }
  return text[0];
}

Id parse_owner(const Json& json) {
  const Json* text = json.is_object() ? json_find(json, "id") : &json;
  if (json.is_null() || (text != nullptr && text->is_string() && text->get_string().empty())) {
    return 0;
  }
  const auto id = text != nullptr && text->is_string()
                      ? decode_id(std::string_view(text->get_string()))
                      : std::nullopt;
  if (!id) invalid("owner_id", "invalid_id");
  return *id;
}

void read_columns(const Json& list, std::map<std::size_t, std::string>& out) {
  if (!list.is_array()) invalid("columns", "wrong_type");
  for (const Json& item : list.get_array()) {
    const std::int64_t index = json_integer(item, "index", -1);
    if (index < 0 || index > 16'384) invalid("columns", "invalid_number");
    out[static_cast<std::size_t>(index)] = json_text(item, "to", "ignore");
  }
}

constexpr std::string_view kModes[] = {"create", "update", "both"};
constexpr std::string_view kPolicies[] = {"blanks", "overwrite", "newest"};
constexpr std::string_view kUnsure[] = {"wait", "create", "skip"};
constexpr std::string_view kChoices[] = {"use", "create", "skip"};

template <typename Value, std::size_t size>
std::optional<Value> find_name(const std::string_view (&names)[size], std::string_view name) {
  const auto* found = std::find(std::begin(names), std::end(names), name);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<Value>(found - std::begin(names));
}

template <typename Value, std::size_t size>
void read_name(const Json& body, const char* key, const std::string_view (&names)[size],
               Value& out) {
  if (json_find(body, key) == nullptr) return;
  const auto found = find_name<Value>(names, json_text(body, key));
  if (!found) invalid(key, "invalid_choice");
  out = *found;
}

void read_column(const Json& body, const char* key, std::optional<std::size_t>& out) {
  const Json* found = json_find(body, key);
  if (found == nullptr) return;
  if (found->is_null()) {
    out.reset();
    return;
  }
  const std::int64_t index = json_integer(body, key, -1);
  if (index < 0 || index > 16'384) invalid(key, "invalid_number");
  out = static_cast<std::size_t>(index);
}

void read_policies(const Json& body, std::map<std::string, FillPolicy, std::less<>>& out) {
  const Json* list = json_find(body, "policies");
  if (list == nullptr) return;
  if (!list->is_object()) invalid("policies", "wrong_type");
  for (const auto& member : list->get_object()) {
    const std::string key(member.key());
    if (key.size() > 64) invalid("policies", "invalid_choice");
    if (member.value().is_null()) {
      out.erase(key);
      continue;
    }
    const auto policy = find_fill_policy(json_text(*list, key));
    if (!policy) invalid("policies." + key, "invalid_choice");
    out[key] = *policy;
  }
}

// A choice "ask" takes an earlier one back.
void read_choices(const Json& body, std::map<std::int64_t, RowChoice>& out) {
  const Json* list = json_find(body, "choices");
  if (list == nullptr) return;
  if (!list->is_array()) invalid("choices", "wrong_type");
  for (const Json& item : list->get_array()) {
    const std::int64_t row = json_integer(item, "row", -1);
    const std::string name = json_text(item, "choice");
    if (row < 0) invalid("choices", "invalid_number");
    if (name == "ask") {
      out.erase(row);
      continue;
    }
    const auto kind = find_name<RowChoice::Kind>(kChoices, name);
    if (!kind) invalid("choices", "invalid_choice");
    RowChoice choice{.kind = *kind};
    if (*kind == RowChoice::Kind::use) {
      const auto id = decode_id(json_text(item, "id"));
      if (!id) invalid("choices", "invalid_id");
      choice.id = *id;
    }
    out[row] = choice;
    if (out.size() > ImportSettings::kMostChoices) invalid("choices", "import_choices_many");
  }
}

void read_file_date(const Json& body, std::string& out) {
  const Json* date = json_find(body, "file_date");
  if (date == nullptr) return;
  out = json_text(body, "file_date");
  if (!out.empty() && !parse_iso_date(out)) invalid("file_date", "invalid_date");
}

}  // namespace

std::string_view import_mode_name(ImportMode mode) {
  return kModes[static_cast<std::size_t>(mode)];
}
std::string_view fill_policy_name(FillPolicy policy) {
  return kPolicies[static_cast<std::size_t>(policy)];
}
std::optional<ImportMode> find_import_mode(std::string_view name) {
  return find_name<ImportMode>(kModes, name);
}
std::optional<FillPolicy> find_fill_policy(std::string_view name) {
  return find_name<FillPolicy>(kPolicies, name);
}
std::optional<UnsureRows> find_unsure_rows(std::string_view name) {
  return find_name<UnsureRows>(kUnsure, name);
}

bool ImportSettings::uses(FillPolicy wanted) const {
  return policy == wanted ||
         std::ranges::any_of(policies, [&](const auto& entry) { return entry.second == wanted; });
}

ImportSettings change_settings(const ImportSettings& before, const Json& body) {
  if (!body.is_object()) throw AppError(Status::bad_request, "json_object_expected");
  ImportSettings out = before;
  if (json_find(body, "object") != nullptr) out.object = json_text(body, "object");
  if (json_find(body, "encoding") != nullptr) out.encoding = json_text(body, "encoding");
  if (json_find(body, "delimiter") != nullptr) {
    out.delimiter = parse_delimiter(json_text(body, "delimiter"));
  }
  if (json_find(body, "sheet") != nullptr) {
    out.sheet =
        static_cast<int>(std::clamp<std::int64_t>(json_integer(body, "sheet", -1), -1, 10'000));
  }
  if (const Json* row = json_find(body, "header_row")) {
    if (row->is_null()) {
      out.header_row.reset();
    } else {
      out.header_row = json_integer(body, "header_row", -1);
      if (*out.header_row < 0) invalid("header_row", "invalid_number");
    }
  }
  if (const Json* header = json_find(body, "header"); header != nullptr && header->is_bool()) {
    if (!header->get_bool()) {
      out.header_row = 0;
    } else if (out.header_row == 0) {
      out.header_row.reset();
    }
  }
  // Another kind of record has another map, unless the body chooses one.
  if (out.object != before.object) out.map.clear();
  if (json_find(body, "map") != nullptr) out.map = json_text(body, "map");
  const bool other_table = out.object != before.object || out.map != before.map ||
                           out.encoding != before.encoding || out.delimiter != before.delimiter ||
                           out.sheet != before.sheet || out.header_row != before.header_row;
  if (other_table) {
    out.columns.clear();
    out.choices.clear();
    out.date_column.reset();
    out.stale_column.reset();
  }
  if (const Json* columns = json_find(body, "columns")) read_columns(*columns, out.columns);
  out.create_links = json_bool(body, "create_links", out.create_links);
  if (const Json* known = json_find(body, "duplicates")) {
    const std::string choice = known->is_string() ? std::string(known->get_string()) : "";
    if (choice != "skip" && choice != "create") invalid("duplicates", "invalid_choice");
    out.skip_known = choice == "skip";
  }
  if (const Json* owner = json_find(body, "owner_id")) out.owner = parse_owner(*owner);
  read_name(body, "mode", kModes, out.mode);
  if (json_find(body, "key") != nullptr) out.key = json_text(body, "key");
  read_name(body, "policy", kPolicies, out.policy);
  read_policies(body, out.policies);
  if (json_find(body, "empty_cells") != nullptr) {
    const std::string choice = json_text(body, "empty_cells");
    if (choice != "keep" && choice != "clear") invalid("empty_cells", "invalid_choice");
    out.clear_empty = choice == "clear";
  }
  read_column(body, "date_column", out.date_column);
  read_file_date(body, out.file_date);
  read_name(body, "unsure", kUnsure, out.unsure);
  read_choices(body, out.choices);
  if (json_find(body, "repeats") != nullptr) {
    const std::string choice = json_text(body, "repeats");
    if (choice != "keep" && choice != "drop") invalid("repeats", "invalid_choice");
    out.drop_repeats = choice == "drop";
  }
  read_column(body, "stale_column", out.stale_column);
  if (json_find(body, "stale_years") != nullptr) {
    out.stale_years =
        static_cast<int>(std::clamp<std::int64_t>(json_integer(body, "stale_years", 5), 1, 50));
  }
  return out;
}

void write_settings(JsonWriter& json, const ImportSettings& settings) {
  json.begin_object().field("object", settings.object).field("encoding", settings.encoding);
  json.field("delimiter", std::string(settings.delimiter == 0 ? 0U : 1U, settings.delimiter));
  json.field("sheet", settings.sheet).field("map", settings.map);
  if (settings.header_row) json.field("header_row", *settings.header_row);
  json.field("create_links", settings.create_links);
  json.field("duplicates", settings.skip_known ? "skip" : "create");
  json.key("owner_id").string(settings.owner == 0 ? std::string() : encode_id(settings.owner));
  json.key("columns").begin_array();
  for (const auto& [index, to] : settings.columns) {
    json.begin_object().field("index", index).field("to", to).end_object();
  }
  json.end_array().field("mode", import_mode_name(settings.mode)).field("key", settings.key);
  json.field("policy", fill_policy_name(settings.policy)).key("policies").begin_object();
  for (const auto& [field, policy] : settings.policies) json.field(field, fill_policy_name(policy));
  json.end_object().field("empty_cells", settings.clear_empty ? "clear" : "keep");
  if (settings.date_column) json.field("date_column", *settings.date_column);
  json.field("file_date", settings.file_date);
  json.field("unsure", kUnsure[static_cast<std::size_t>(settings.unsure)]);
  json.key("choices").begin_array();
  for (const auto& [row, choice] : settings.choices) {
    json.begin_object().field("row", row);
    json.field("choice", kChoices[static_cast<std::size_t>(choice.kind)]);
    if (choice.id != 0) json.key("id").id(choice.id);
    json.end_object();
  }
  json.end_array().field("repeats", settings.drop_repeats ? "drop" : "keep");
  if (settings.stale_column) json.field("stale_column", *settings.stale_column);
  json.field("stale_years", settings.stale_years).end_object();
}

ImportSettings read_settings(const Json& json) {
  ImportSettings out = change_settings({}, json);
  return out;
}

}  // namespace daifuku::exchange
