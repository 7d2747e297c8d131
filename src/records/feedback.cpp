#include "records/feedback.h"

#include <algorithm>
#include <array>

#include "records/record_json.h"
#include "text/fold.h"

namespace daifuku::records {

namespace {

constexpr std::array<std::string_view, 4> kKinds = {"trouble", "wish", "mistake", "good"};
constexpr std::array<std::string_view, 4> kStates = {"new", "working", "done", "declined"};
constexpr std::size_t kTextMax = 4'000;
constexpr std::size_t kShortMax = 300;
constexpr Millis kHour = 3'600'000;
constexpr int kMostAnHour = 20;
constexpr int kMostMine = 200;
constexpr std::int64_t kMostFresh = 100;

template <typename Names>
bool is_one_of(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

struct Row {
  Id id = 0;
  Id user = 0;
  Json body = {};
  std::int64_t version = 0;
  Millis updated_at = 0;
  Millis answered_at = 0;
  Millis seen_at = 0;
};

constexpr std::string_view kColumns =
    "f.id, f.user_id, f.body, f.version, f.updated_at, f.answered_at, f.seen_at";

Row read_row(store::Query& row) {
  const auto time = [&](int column) { return row.is_null(column) ? 0 : row.integer(column); };
  return {.id = row.integer(0),
          .user = row.integer(1),
          .body = parse_json(row.text(2)),
          .version = row.integer(3),
          .updated_at = row.integer(4),
          .answered_at = time(5),
          .seen_at = time(6)};
}

std::optional<Row> find_row(store::Connection& connection, Id id, bool taken_back = false) {
  auto row = connection.query("SELECT " + std::string(kColumns) +
                              " FROM feedback f WHERE {f} AND f.id = ? AND f.deleted_at IS " +
                              (taken_back ? "NOT NULL" : "NULL"));
  row.bind(id);
  if (!row.step()) return std::nullopt;
  return read_row(row);
}

void store_row(Write& write, const Row& row, bool alive) {
  const auto time = [](Millis at) { return at == 0 ? meta::Value() : meta::Value(at); };
  write.tx()
      .query(
          "INSERT INTO feedback ({tenant_id}, id, user_id, kind, state, body, version, updated_at, "
          "answered_at, seen_at, deleted_at) VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON "
          "CONFLICT ({tenant_id}, id) DO UPDATE SET state = excluded.state, body = excluded.body, "
          "version = excluded.version, updated_at = excluded.updated_at, answered_at = "
          "excluded.answered_at, seen_at = excluded.seen_at, deleted_at = excluded.deleted_at")
      .bind(row.id, row.user, json_text(row.body, "kind"), json_text(row.body, "state"),
            boost::json::serialize(row.body), row.version, row.updated_at, time(row.answered_at),
            time(row.seen_at), time(alive ? 0 : write.now()))
      .run();
}

void log_row(Write& write, Id id, std::string_view action, const Json& before, const Json& after) {
  write.note_setting(kFeedbackLog, id, action,
                     "{\"feedback\":[" + boost::json::serialize(before) + "," +
                         boost::json::serialize(after) + "]}");
}

void check_length(std::string_view field, std::string_view text, std::size_t max,
                  Problems& problems) {
  if (text::length(text) > max)
    problems.push_back({std::string(field), "too_long", {{"max", std::to_string(max)}}});
}

// The path: behind it stand conditions and words that were searched for, which are contents.
std::string page_of(const Json& body) {
  std::string page = text::nfc(json_text(body, "page"));
  page.resize(std::min(page.size(), page.find_first_of("?#")));
  return page.starts_with('/') ? page : std::string();
}

JsonObject new_body(const Json& body) {
  const std::string kind = json_text(body, "kind");
  const std::string text = text::nfc(json_text(body, "text"));
  const std::string page = page_of(body);
  const std::string browser = text::nfc(json_text(body, "browser"));
  Problems problems;
  if (!is_one_of(kKinds, kind)) problems.push_back({"kind", "invalid_choice", {}});
  if (text.empty()) problems.push_back({"text", "required", {}});
  check_length("text", text, kTextMax, problems);
  check_length("page", page, kShortMax, problems);
  check_length("browser", browser, kShortMax, problems);
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
  JsonObject out{{"kind", kind}, {"text", text}, {"state", "new"}, {"answer", ""}};
  if (!page.empty()) out["page"] = page;
  if (!browser.empty()) out["browser"] = browser;
  return out;
}

void require_patience(store::Connection& connection, Id user, Millis now) {
  // Those taken back count too: ids tell when.
  auto row = connection.query(
      "SELECT count(*) FROM (SELECT f.id FROM feedback f WHERE {f} AND f.user_id = ? AND f.id >= ? "
      "LIMIT ?) n");
  row.bind(user, (now - kHour - kIdEpoch) << 22, kMostAnHour);
  if (row.step() && row.integer(0) >= kMostAnHour)
    throw AppError(Status::too_many, "feedback_too_many", {{"max", std::to_string(kMostAnHour)}});
}

void write_row(JsonWriter& json, const Engine& engine, const Row& row, bool to_sender) {
  json.begin_object().key("id").id(row.id);
  json.field("at", format_instant(id_time(row.id)));
  if (!to_sender) {
    json.key("by");
    write_user_reference(json, engine, row.user);
  }
  for (const std::string_view key : {"kind", "text", "page", "browser", "state", "answer"})
    json.field(key, json_text(row.body, key));
  json.field("version", row.version)
      .field("updated_at", format_instant(row.updated_at))
      .field("unread", to_sender && row.answered_at > row.seen_at)
      .end_object();
}

std::string written(const Engine& engine, const Row& row, bool to_sender, Id change) {
  std::string out;
  JsonWriter json(out);
  write_row(json, engine, row, to_sender);
  out.back() = ',';
  return out + "\"change\":\"" + encode_id(change) + "\"}";
}

void require_administrator(const Caller& caller) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
}

// What the one who administers says of it.
JsonObject answered(const Row& row, const Json& body) {
  JsonObject out = row.body.get_object();
  Problems problems;
  if (json_find(body, "state") != nullptr) {
    const std::string state = json_text(body, "state");
    if (!is_one_of(kStates, state)) problems.push_back({"state", "invalid_choice", {}});
    out["state"] = state;
  }
  if (json_find(body, "answer") != nullptr) {
    const std::string answer = text::nfc(json_text(body, "answer"));
    check_length("answer", answer, kTextMax, problems);
    out["answer"] = answer;
  }
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
  return out;
}

void change_row(Write& write, Row& row, const Json& after) {
  row.body = after;
  row.version += 1;
  row.updated_at = write.now();
  // As it was when it came: there is nothing to tell the sender.
  const bool untouched = json_text(after, "state") == "new" && json_text(after, "answer").empty();
  row.answered_at = untouched || row.user == write.caller().access.user() ? 0 : write.now();
  store_row(write, row, true);
}

}  // namespace

void send_feedback(Engine& engine, const Caller& caller, const Json& body, std::string& out) {
  const Json sent = new_body(body);
  Row row;
  const Id change = engine.write(caller, [&](Write& write) {
    const Id user = caller.access.user();
    require_patience(write.tx(), user, write.now());
    row = {.id = engine.ids().next(),
           .user = user,
           .body = sent,
           .version = 1,
           .updated_at = write.now()};
    store_row(write, row, true);
    log_row(write, row.id, "create", nullptr, sent);
  });
  out += written(engine, row, true, change);
}

void my_feedback_json(Engine& engine, const Caller& caller, std::string& out) {
  const std::size_t begin = out.size();
  engine.database().read([&](store::Connection& connection) {
    out.resize(begin);
    JsonWriter json(out);
    json.begin_object().key("items").begin_array();
    auto rows = connection.query("SELECT " + std::string(kColumns) +
                                 " FROM feedback f WHERE {f} AND f.user_id = ? AND f.deleted_at IS "
                                 "NULL ORDER BY f.id DESC LIMIT ?");
    rows.bind(caller.access.user(), kMostMine);
    while (rows.step()) write_row(json, engine, read_row(rows), true);
    json.end_array().end_object();
  });
}

void feedback_seen(Engine& engine, const Caller& caller) {
  engine.database().write([&](store::Transaction& tx) {
    tx.query(
          "UPDATE feedback SET seen_at = answered_at WHERE {feedback} AND user_id = ? AND "
          "deleted_at IS NULL AND answered_at > coalesce(seen_at, 0)")
        .bind(caller.access.user())
        .run();
  });
}

void feedback_json(Engine& engine, const Caller& caller, const FeedbackQuery& query,
                   std::string& out) {
  require_administrator(caller);
  const std::size_t begin = out.size();
  engine.database().read([&](store::Connection& connection) {
    out.resize(begin);
    JsonWriter json(out);
    json.begin_object().key("items").begin_array();
    Id last = 0;
    int found = 0;
    {
      auto rows = connection.query(
          "SELECT " + std::string(kColumns) +
          " FROM feedback f WHERE {f} AND f.deleted_at IS NULL AND f.id < ?" +
          (query.state.empty() ? "" : " AND f.state = ?") +
          (query.kind.empty() ? "" : " AND f.kind = ?") + " ORDER BY f.id DESC LIMIT ?");
      rows.bind(query.before == 0 ? INT64_MAX : query.before);
      if (!query.state.empty()) rows.bind(query.state);
      if (!query.kind.empty()) rows.bind(query.kind);
      rows.bind(query.limit + 1);
      while (rows.step() && ++found <= query.limit) {
        const Row row = read_row(rows);
        last = row.id;
        write_row(json, engine, row, false);
      }
    }
    json.end_array().key("next");
    if (found > query.limit) {
      json.id(last);
    } else {
      json.null();
    }
    std::map<std::string, std::int64_t, std::less<>> counts;
    auto rows = connection.query(
        "SELECT f.state, count(*) FROM feedback f WHERE {f} AND f.deleted_at IS NULL GROUP BY "
        "f.state");
    while (rows.step()) counts[std::string(rows.text(0))] = rows.integer(1);
    json.key("counts").begin_object();
    for (const std::string_view state : kStates) {
      const auto count = counts.find(state);
      json.field(state, count == counts.end() ? 0 : count->second);
    }
    json.end_object().end_object();
  });
}

void answer_feedback(Engine& engine, const Caller& caller, Id id, const Json& body,
                     std::string& out) {
  require_administrator(caller);
  Row row;
  const Id change = engine.write(caller, [&](Write& write) {
    auto found = find_row(write.tx(), id);
    if (!found) throw AppError(Status::not_found, "not_found");
    row = *std::move(found);
    const std::int64_t seen = json_integer(body, "version");
    if (seen != 0 && seen != row.version) throw AppError(Status::conflict, "conflict");
    const Json before = row.body;
    const Json after = answered(row, body);
    if (after == before) return;
    change_row(write, row, after);
    log_row(write, id, "update", before, after);
  });
  out += written(engine, row, false, change);
}

bool undo_feedback(Write& write, Id id, const Json& changes) {
  const Json* pair = json_find(changes, "feedback");
  if (pair == nullptr || !pair->is_array() || pair->get_array().size() != 2) return false;
  const Json& before = pair->get_array()[0];
  const Json& after = pair->get_array()[1];
  // One that was taken back is there still, for a change of mind.
  auto row = find_row(write.tx(), id, after.is_null());
  if (!row || (!after.is_null() && row->body != after)) return false;
  // Only what a sender sends is his to take back; states and answers are of those who administer.
  const bool own =
      (before.is_null() || after.is_null()) && row->user == write.caller().access.user();
  if (!own && !write.caller().access.administers()) throw AppError(Status::forbidden, "forbidden");
  if (before.is_null()) {
    row->version += 1;
    store_row(write, *row, false);
  } else {
    change_row(write, *row, before);
  }
  log_row(write, id, before.is_null() ? "delete" : "update", after, before);
  return true;
}

FeedbackNews feedback_news(Engine& engine, const auth::Access& access) {
  FeedbackNews out;
  engine.database().read([&](store::Connection& connection) {
    out = {};
    {
      auto row = connection.query(
          "SELECT count(*) FROM feedback f WHERE {f} AND f.user_id = ? AND f.deleted_at IS NULL "
          "AND f.answered_at > coalesce(f.seen_at, 0)");
      row.bind(access.user());
      if (row.step()) out.answers = row.integer(0);
    }
    if (!access.administers()) return;
    auto row = connection.query(
        "SELECT count(*) FROM (SELECT f.id FROM feedback f WHERE {f} AND f.state = 'new' AND "
        "f.deleted_at IS NULL LIMIT ?) n");
    row.bind(kMostFresh);
    if (row.step()) out.fresh = row.integer(0);
  });
  return out;
}

}  // namespace daifuku::records
