#include "exchange/import_settings.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/error.h"

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

}  // namespace

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
  const bool other_table = out.object != before.object || out.encoding != before.encoding ||
                           out.delimiter != before.delimiter || out.sheet != before.sheet ||
                           out.header_row != before.header_row;
  if (other_table) out.columns.clear();
  if (const Json* columns = json_find(body, "columns")) read_columns(*columns, out.columns);
  out.create_links = json_bool(body, "create_links", out.create_links);
  if (const Json* known = json_find(body, "duplicates")) {
    const std::string choice = known->is_string() ? std::string(known->get_string()) : "";
    if (choice != "skip" && choice != "create") invalid("duplicates", "invalid_choice");
    out.skip_known = choice == "skip";
  }
  if (const Json* owner = json_find(body, "owner_id")) out.owner = parse_owner(*owner);
  return out;
}

void write_settings(JsonWriter& json, const ImportSettings& settings) {
  json.begin_object().field("object", settings.object).field("encoding", settings.encoding);
  json.field("delimiter", std::string(settings.delimiter == 0 ? 0U : 1U, settings.delimiter));
  json.field("sheet", settings.sheet);
  if (settings.header_row) json.field("header_row", *settings.header_row);
  json.field("create_links", settings.create_links);
  json.field("duplicates", settings.skip_known ? "skip" : "create");
  json.key("owner_id").string(settings.owner == 0 ? std::string() : encode_id(settings.owner));
  json.key("columns").begin_array();
  for (const auto& [index, to] : settings.columns) {
    json.begin_object().field("index", index).field("to", to).end_object();
  }
  json.end_array().end_object();
}

ImportSettings read_settings(const Json& json) {
  ImportSettings out = change_settings({}, json);
  return out;
}

}  // namespace daifuku::exchange
