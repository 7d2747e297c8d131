#include "exchange/cards/card_scan.h"

namespace daifuku::exchange {
namespace {

constexpr std::string_view kScanStatuses[] = {"reading", "ready", "failed", "cutting"};
constexpr std::string_view kCardStatuses[] = {"open", "saving", "saved", "skipped", "reading"};

template <class Status, std::size_t N>
Status parse(const std::string_view (&names)[N], std::string_view name, Status fallback) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Status>(i);
  }
  return fallback;
}

std::string result_text(const CardScan& scan) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("failure", scan.failure).field("recognized", scan.recognized);
  json.field("whole", scan.whole).key("cards").begin_array();
  for (const ScannedCard& card : scan.cards) {
    json.begin_object().field("width", card.width).field("height", card.height);
    json.field("status", scanned_card_status_name(card.status));
    json.field("failure", card.failure);
    json.field("batch", card.batch).field("record", card.record).key("corners");
    write_corners(json, card.corners);
    json.key("fields");
    write_card_fields(json, card.fields);
    json.key("lines").begin_array();
    for (const std::string& line : card.lines) json.string(line);
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return out;
}

const JsonArray& array_of(const Json& object, std::string_view key) {
  static const JsonArray kNone;
  const Json* found = json_find(object, key);
  return found != nullptr && found->is_array() ? found->get_array() : kNone;
}

template <std::size_t N>
bool read_numbers(const Json& object, std::string_view key, std::array<int, N>& out) {
  const JsonArray& from = array_of(object, key);
  if (from.size() != N) return false;
  for (std::size_t i = 0; i < N; ++i) out[i] = static_cast<int>(from[i].to_number<std::int64_t>());
  return true;
}

CardField read_field(const Json& json) {
  CardField field{.key = json_text(json, "key"),
                  .value = json_text(json, "value"),
                  .confidence = static_cast<int>(json_integer(json, "confidence"))};
  std::array<int, 4> box = {};
  if (read_numbers(json, "box", box)) field.box = {box[0], box[1], box[2], box[3]};
  return field;
}

void read_result(const Json& json, CardScan& scan) {
  scan.failure = json_text(json, "failure");
  scan.recognized = json_bool(json, "recognized", true);
  scan.whole = json_bool(json, "whole");
  for (const Json& one : array_of(json, "cards")) {
    ScannedCard card{
        .width = static_cast<int>(json_integer(one, "width")),
        .height = static_cast<int>(json_integer(one, "height")),
        .failure = json_text(one, "failure"),
        .status = parse(kCardStatuses, json_text(one, "status"), ScannedCardStatus::open),
        .batch = json_integer(one, "batch"),
        .record = json_integer(one, "record")};
    read_numbers(one, "corners", card.corners);
    for (const Json& field : array_of(one, "fields")) card.fields.push_back(read_field(field));
    for (const Json& line : array_of(one, "lines")) card.lines.emplace_back(line.as_string());
    scan.cards.push_back(std::move(card));
  }
}

}  // namespace

std::string_view card_scan_status_name(CardScanStatus status) {
  return kScanStatuses[static_cast<std::size_t>(status)];
}
std::string_view scanned_card_status_name(ScannedCardStatus status) {
  return kCardStatuses[static_cast<std::size_t>(status)];
}

void write_corners(JsonWriter& json, const CardCorners& corners) {
  json.begin_array();
  for (const int corner : corners) json.integer(corner);
  json.end_array();
}

void write_card_fields(JsonWriter& json, const std::vector<CardField>& fields) {
  json.begin_array();
  for (const CardField& field : fields) {
    json.begin_object().field("key", field.key).field("value", field.value);
    json.field("confidence", field.confidence);
    if (!field.box.empty()) {
      json.key("box").begin_array().integer(field.box.left).integer(field.box.top);
      json.integer(field.box.width).integer(field.box.height).end_array();
    }
    json.end_object();
  }
  json.end_array();
}

void insert_card_scan(store::Database& database, const CardScan& scan) {
  database.write([&](store::Transaction& tx) {
    tx.query(
          "INSERT INTO card_scan ({tenant_id}, id, name, status, created_at, created_by, result) "
          "VALUES ({tenant}, ?, ?, ?, ?, ?, ?)")
        .bind(scan.id, scan.name, std::string(card_scan_status_name(scan.status)), scan.created_at,
              scan.created_by, result_text(scan))
        .run();
  });
}

void update_card_scan(store::Database& database, const CardScan& scan) {
  database.write([&](store::Transaction& tx) {
    tx.query("UPDATE card_scan SET status = ?, result = ? WHERE {card_scan} AND id = ?")
        .bind(std::string(card_scan_status_name(scan.status)), result_text(scan), scan.id)
        .run();
  });
}

void delete_card_scan(store::Database& database, Id id) {
  database.write([&](store::Transaction& tx) {
    tx.query("DELETE FROM card_scan WHERE {card_scan} AND id = ?").bind(id).run();
  });
}

std::unique_ptr<CardScan> load_card_scan(store::Database& database, Id id) {
  std::unique_ptr<CardScan> out;
  database.read([&](store::Connection& connection) {
    auto row = connection.query(
        "SELECT s.name, s.status, s.created_at, s.created_by, s.result FROM card_scan s "
        "WHERE {s} AND s.id = ?");
    row.bind(id);
    if (!row.step()) return;
    out = std::make_unique<CardScan>();
    out->id = id;
    out->name = row.text(0);
    out->status = parse(kScanStatuses, row.text(1), CardScanStatus::failed);
    out->created_at = row.integer(2);
    out->created_by = row.integer(3);
    read_result(parse_json(row.text(4)), *out);
  });
  return out;
}

std::vector<Id> card_scan_ids(store::Database& database, Id user, int most) {
  std::vector<Id> out;
  database.read([&](store::Connection& connection) {
    auto rows = connection.query(
        "SELECT s.id FROM card_scan s WHERE {s} AND (? = 0 OR s.created_by = ?) "
        "ORDER BY s.id DESC LIMIT ?");
    rows.bind(user, user, most);
    while (rows.step()) out.push_back(rows.integer(0));
  });
  return out;
}

std::vector<Id> card_scan_ids(store::Database& database, CardScanStatus status) {
  std::vector<Id> out;
  database.read([&](store::Connection& connection) {
    auto rows = connection.query(
        "SELECT s.id FROM card_scan s WHERE {s} AND s.status = ? ORDER BY s.id LIMIT 10000");
    rows.bind(std::string(card_scan_status_name(status)));
    while (rows.step()) out.push_back(rows.integer(0));
  });
  return out;
}

std::vector<Id> card_scan_ids_before(store::Database& database, Millis created_at) {
  std::vector<Id> out;
  database.read([&](store::Connection& connection) {
    auto rows = connection.query(
        "SELECT s.id FROM card_scan s WHERE {s} AND s.created_at < ? ORDER BY s.id LIMIT 10000");
    rows.bind(created_at);
    while (rows.step()) out.push_back(rows.integer(0));
  });
  return out;
}

}  // namespace daifuku::exchange
