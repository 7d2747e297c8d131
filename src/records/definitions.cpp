#include "records/definitions.h"

#include <algorithm>
#include <utility>

#include "records/own_fields.h"
#include "text/fold.h"

namespace daifuku::records {

meta::Label label_of(const Json& json, std::string_view key) {
  meta::Label out;
  const Json* found = json_find(json, key);
  if (found == nullptr) return out;
  if (found->is_string()) {
    out.ja = text::nfc(std::string_view(found->get_string()));
  } else {
    out.ja = text::nfc(json_text(*found, "ja"));
    out.en = text::nfc(json_text(*found, "en"));
  }
  if (out.en.empty()) out.en = out.ja;
  if (out.ja.empty()) out.ja = out.en;
  return out;
}

void write_label(JsonWriter& json, std::string_view key, const meta::Label& label) {
  json.key(key).begin_object().field("ja", label.ja).field("en", label.en).end_object();
}

void require_administrator(const Caller& caller) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
}

void invalid(std::string_view field, std::string_view code, Params params) {
  throw AppError(Status::invalid, "invalid", {},
                 {{std::string(field), std::string(code), std::move(params)}});
}

std::optional<StoredRow> stored_row(store::Connection& connection, const std::string& object,
                                    const std::string& key) {
  auto row = connection.query(
      "SELECT f.id, f.definition FROM own_field f WHERE {f} AND f.object = ? AND f.key = ?");
  row.bind(object, key);
  if (!row.step()) return std::nullopt;
  return StoredRow{.id = row.integer(0), .definition = std::string(row.text(1))};
}

void store_row(Write& write, const std::string& object, const std::string& key,
               const std::optional<StoredRow>& before, std::int64_t id, const std::string& after) {
  if (before && before->definition == after) return;
  if (before) {
    write.tx()
        .query("UPDATE own_field SET definition = ? WHERE {own_field} AND id = ?")
        .bind(after, before->id)
        .run();
  } else {
    write.tx()
        .query(
            "INSERT INTO own_field ({tenant_id}, id, object, key, definition) VALUES ({tenant}, ?, "
            "?, ?, ?)")
        .bind(id, object, key, after)
        .run();
  }
  JsonObject changes;
  changes["object"] = object;
  changes["key"] = key;
  changes["definition"] =
      JsonArray{before ? parse_json(before->definition) : Json(nullptr), parse_json(after)};
  write.note_setting(kFieldLog, before ? before->id : id, before ? "update" : "create",
                     boost::json::serialize(changes));
}

std::int64_t row_id(std::uint32_t object, std::uint32_t field) {
  return (static_cast<std::int64_t>(object) << 32) + static_cast<std::int64_t>(field);
}

void check_word(std::string_view name, const meta::Label& label) {
  constexpr std::size_t kLongestWord = 40;  // code points
  if (label.ja.empty()) invalid(name, "required");
  if (std::max(text::length(label.ja), text::length(label.en)) > kLongestWord)
    invalid(name, "too_long", {{"max", std::to_string(kLongestWord)}});
}

}  // namespace daifuku::records
