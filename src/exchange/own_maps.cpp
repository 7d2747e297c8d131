#include "exchange/own_maps.h"

#include <algorithm>

#include "base/time.h"
#include "exchange/ready_maps.h"
#include "text/fold.h"

namespace daifuku::exchange {
namespace {

constexpr int kListed = 200;
constexpr std::size_t kLongestName = 60;
constexpr std::size_t kLargestBody = 256'000;
constexpr double kSameFile = 0.9;

constexpr std::string_view kColumns =
    "m.id, m.object, m.name, m.owner_id, m.shared, m.updated_at, m.body";

template <typename Row>
OwnMap read_row(Row& row) {
  return {.id = row.integer(0),
          .name = std::string(row.text(2)),
          .object = std::string(row.text(1)),
          .owner = row.integer(3),
          .shared = row.integer(4) != 0,
          .updated_at = row.integer(5),
          .body = std::string(row.text(6))};
}

bool may_import(const records::Caller& caller, std::string_view object) {
  const auto* found = caller.access.catalog().object(object);
  return found != nullptr && caller.access.object(*found).create;
}

std::string checked_name(const std::string& typed) {
  std::string name = text::nfc(typed);
  std::ranges::replace(name, '\n', ' ');
  Problems problems;
  if (name.empty()) problems.push_back({"name", "required", {}});
  if (text::length(name) > kLongestName) {
    problems.push_back({"name", "too_long", {{"max", std::to_string(kLongestName)}}});
  }
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
  return name;
}

}  // namespace

std::vector<OwnMap> OwnMaps::list(const records::Caller& caller) const {
  std::vector<OwnMap> out;
  engine_.database().read([&](store::Connection& connection) {
    auto rows = connection.query(
        "SELECT " + std::string(kColumns) +
        " FROM import_map m WHERE {m} AND (m.owner_id = ? OR m.shared = 1 OR ? = 1) "
        "ORDER BY m.updated_at DESC, m.id DESC LIMIT ?");
    rows.bind(caller.access.user(), caller.access.administers() ? 1 : 0, kListed);
    while (rows.step()) {
      OwnMap map = read_row(rows);
      if (may_import(caller, map.object)) out.push_back(std::move(map));
    }
  });
  std::ranges::stable_sort(out, [&](const OwnMap& a, const OwnMap& b) {
    const bool mine = a.owner == caller.access.user();
    return mine && b.owner != caller.access.user();
  });
  return out;
}

void OwnMaps::write(JsonWriter& json, const records::Caller& caller, const OwnMap& map) const {
  json.begin_object().key("id").id(map.id);
  json.field("object", map.object).field("name", map.name).field("shared", map.shared);
  json.field("mine", map.owner == caller.access.user());
  json.field("owner", engine_.user_name(map.owner));
  json.field("changeable", map.owner == caller.access.user() || caller.access.administers());
  json.field("updated_at", format_instant(map.updated_at)).end_object();
}

void OwnMaps::list_json(const records::Caller& caller, std::string& out) const {
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const OwnMap& map : list(caller)) write(json, caller, map);
  json.end_array().key("ready").begin_array();
  for (const ColumnMap& map : ready_maps()) {
    if (!may_import(caller, map.object)) continue;
    json.begin_object().field("id", map.id).field("object", map.object);
    json.field("name", caller.language == Language::ja ? map.name.ja : map.name.en).end_object();
  }
  json.end_array().end_object();
}

Id OwnMaps::save(const records::Caller& caller, const std::string& typed, bool shared,
                 const std::string& object, const std::string& body) {
  if (!may_import(caller, object)) throw AppError(Status::forbidden, "forbidden");
  const std::string name = checked_name(typed);
  if (body.size() > kLargestBody) {
    throw AppError(Status::too_large, "too_large", {{"limit", "256 kB"}});
  }
  const Id fresh = engine_.ids().next();
  Id id = fresh;
  engine_.database().write([&](store::Transaction& tx) {
    id = fresh;
    std::int64_t count = 0;
    {
      auto rows = tx.query(
          "SELECT m.id, m.object, m.name FROM import_map m WHERE {m} AND m.owner_id = ? LIMIT ?");
      rows.bind(caller.access.user(), kListed + 1);
      while (rows.step()) {
        ++count;
        if (rows.text(1) == object && rows.text(2) == name) id = rows.integer(0);
      }
    }
    if (id == fresh && count >= kListed) {
      throw AppError(Status::conflict, "import_maps_too_many", {{"max", std::to_string(kListed)}});
    }
    tx.query(
          "INSERT INTO import_map ({tenant_id}, id, object, name, owner_id, shared, updated_at, "
          "body) VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT ({tenant_id}, id) DO UPDATE "
          "SET shared = excluded.shared, updated_at = excluded.updated_at, body = excluded.body")
        .bind(id, object, name, caller.access.user(), shared ? 1 : 0, engine_.clock().now(), body)
        .run();
  });
  return id;
}

OwnMap OwnMaps::find_changeable(const records::Caller& caller, Id id) const {
  for (OwnMap& map : list(caller)) {
    if (map.id != id) continue;
    if (map.owner != caller.access.user() && !caller.access.administers()) {
      throw AppError(Status::forbidden, "forbidden");
    }
    return std::move(map);
  }
  throw AppError(Status::not_found, "not_found");
}

void OwnMaps::change(const records::Caller& caller, Id id, const Json& body, std::string& out) {
  OwnMap map = find_changeable(caller, id);
  if (json_find(body, "name") != nullptr) map.name = checked_name(json_text(body, "name"));
  map.shared = json_bool(body, "shared", map.shared);
  map.updated_at = engine_.clock().now();
  engine_.database().write([&](store::Transaction& tx) {
    tx.query(
          "UPDATE import_map SET name = ?, shared = ?, updated_at = ? WHERE {import_map} AND id = "
          "?")
        .bind(map.name, map.shared ? 1 : 0, map.updated_at, id)
        .run();
  });
  JsonWriter json(out);
  write(json, caller, map);
}

void OwnMaps::remove(const records::Caller& caller, Id id) {
  find_changeable(caller, id);
  engine_.database().write([&](store::Transaction& tx) {
    tx.query("DELETE FROM import_map WHERE {import_map} AND id = ?").bind(id).run();
  });
}

std::optional<ColumnMap> column_map(const OwnMap& own) {
  try {
    ColumnMap out = read_column_map(parse_json(own.body));
    out.id = encode_id(own.id);
    out.name = {.ja = own.name, .en = own.name};
    out.object = own.object;
    out.own = true;
    return out;
  } catch (const AppError&) {
    return std::nullopt;  // of a newer version; it cannot be used here
  }
}

std::vector<ColumnMap> fitting_maps(const std::vector<OwnMap>& own,
                                    const std::vector<HeaderColumn>& headings,
                                    std::string_view file_format) {
  std::vector<std::pair<double, ColumnMap>> found;
  for (const OwnMap& each : own) {
    auto map = column_map(each);
    const double fit = map ? map->fit(headings, file_format) : 0;
    if (fit >= kSameFile) found.emplace_back(1 + fit, *std::move(map));
  }
  for (const ColumnMap& map : ready_maps()) {
    if (const double fit = map.fit(headings, file_format); fit > 0) found.emplace_back(fit, map);
  }
  std::ranges::stable_sort(found, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<ColumnMap> out;
  out.reserve(found.size());
  for (auto& [fit, map] : found) out.push_back(std::move(map));
  return out;
}

}  // namespace daifuku::exchange
