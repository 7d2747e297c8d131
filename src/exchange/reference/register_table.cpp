#include "exchange/reference/register_table.h"

#include <algorithm>
#include <fstream>
#include <map>

#include "base/crypto.h"
#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "exchange/reference/public_file.h"
#include "text/name_key.h"
#include "text/postal.h"
#include "text/register_row.h"

namespace daifuku::exchange {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kRowsAStatement = 100;
constexpr std::size_t kRowsACommit = 4'000;
// Keys are written sorted, so that each page of their tree is touched once a million rows.
constexpr std::size_t kKeysInMemory = 1'000'000;
constexpr std::size_t kKeysACommit = 20'000;

const text::Municipality* municipality(int area) {
  const auto all = text::municipalities();
  const std::string wanted = std::string(area < 10'000 ? "0" : "") + std::to_string(area);
  const auto found =
      std::ranges::lower_bound(all, std::string_view(wanted), {}, &text::Municipality::jis_code);
  return found != all.end() && found->jis_code == wanted ? &*found : nullptr;
}

std::string_view prefecture_of(int area) {
  return area >= 1000 && area < 48'000
             ? text::prefectures()[static_cast<std::size_t>(area / 1000 - 1)].name
             : std::string_view();
}

// The start and the size tell a file from another.
std::string digest_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string start(std::size_t{1} << 20, '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(in.gcount()));
  start += std::to_string(fs::file_size(file));
  return hex(bytes_of(sha256(start)));
}

const std::string& insert_sql(std::size_t rows) {
  static const auto make = [](std::size_t count) {
    std::string sql =
        "INSERT INTO register_company ({tenant_id}, number, name, kana, kind, area, city, street, "
        "postal_code, updated_on, changed_on, closed_on, close_cause, successor) VALUES ";
    for (std::size_t i = 0; i < count; ++i)
      sql += std::string(i == 0 ? "" : ", ") + "({tenant}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    sql += " ON CONFLICT ({tenant_id}, number) DO UPDATE SET ";
    for (const char* column : {"name", "kana", "kind", "area", "city", "street", "postal_code",
                               "updated_on", "changed_on", "closed_on", "close_cause"})
      sql += std::string(column) + " = excluded." + column + ", ";
    return sql +
           "successor = excluded.successor WHERE excluded.updated_on >= "
           "register_company.updated_on";
  };
  static const std::string full = make(kRowsAStatement);
  static const std::string one = make(1);
  return rows == kRowsAStatement ? full : one;
}

void bind_row(store::Query& query, const text::RegisterRow& row) {
  const text::Municipality* known = municipality(row.area);
  // What follows from the area is not stored.
  const bool usual =
      known != nullptr && known->prefecture == row.prefecture && known->name == row.city;
  query.bind(row.number, row.name, row.kana, row.kind, row.area, usual ? std::string() : row.city,
             row.street, row.postal_code, row.updated_on, row.changed_on, row.closed_on,
             row.close_cause, row.successor);
}

constexpr std::string_view kColumns =
    "r.number, r.name, r.kana, r.kind, r.area, r.city, r.street, r.postal_code, r.updated_on, "
    "r.changed_on, r.closed_on, r.close_cause, r.successor";

RegisteredCompany read_company(store::Query& row) {
  RegisteredCompany out;
  out.number = row.integer(0);
  out.name = text::plain_width(row.text(1));
  out.kana = row.text(2);
  out.kind = static_cast<int>(row.integer(3));
  const int area = static_cast<int>(row.integer(4));
  out.prefecture = prefecture_of(area);
  out.city = row.text(5);
  if (const auto* known = municipality(area); out.city.empty() && known != nullptr)
    out.city = known->name;
  const std::string street = text::plain_width(row.text(6));
  out.street = street;
  if (area != 0) {
    // Street and building stand in one column.
    if (const auto split = text::split_address(out.prefecture + out.city + street);
        split && split->city == out.city) {
      out.street = split->street;
      out.building = split->building;
    }
  }
  if (const std::int64_t code = row.integer(7); code >= 0) {
    out.postal_code = std::to_string(code);
    out.postal_code.insert(0, 7 - std::min<std::size_t>(7, out.postal_code.size()), '0');
  }
  out.updated_on = static_cast<int>(row.integer(8));
  out.changed_on = static_cast<int>(row.integer(9));
  out.closed_on = static_cast<int>(row.integer(10));
  out.close_cause = static_cast<int>(row.integer(11));
  out.successor = row.integer(12);
  return out;
}

}  // namespace

std::vector<store::Table> RegisterTable::tables() {
  using enum store::ColumnType;
  return {{.name = "register_company",
           .columns = {{"number", integer, true, {}},
                       {"name", text, true, {}},
                       {"kana", text, true, {}},
                       {"kind", integer, true, {}},
                       {"area", integer, true, {}},
                       {"city", text, true, {}},
                       {"street", text, true, {}},
                       {"postal_code", integer, true, {}},
                       {"updated_on", integer, true, {}},
                       {"changed_on", integer, true, {}},
                       {"closed_on", integer, true, {}},
                       {"close_cause", integer, true, {}},
                       {"successor", integer, true, {}}},
           .key = {"number"}},
          // A hash of the loose key of the name; keys of former names stay and are passed over.
          {.name = "register_name",
           .columns = {{"hash", integer, true, {}}, {"number", integer, true, {}}},
           .key = {"hash", "number"},
           .clustered = true},
          {.name = "register_file",
           .columns = {{"digest", text, true, {}},
                       {"name", text, true, {}},
                       {"lines", integer, true, {}},
                       {"rows", integer, true, {}},
                       {"complete", integer, true, {}},
                       {"newest", integer, true, {}},
                       {"loaded_at", integer, true, {}}},
           .key = {"digest"},
           .clustered = true}};
}

RegisterTable::State RegisterTable::state() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

RegisterTable::State RegisterTable::load(const fs::path& file, const std::string& name,
                                         const Progress& progress) {
  const std::unique_lock loading(loading_, std::try_to_lock);
  if (!loading.owns_lock()) throw AppError(Status::conflict, "register_loading");
  State state{.status = State::Status::running, .file = name};
  const auto publish = [&](const State& now) {
    const std::lock_guard lock(mutex_);
    state_ = now;
  };
  publish(state);
  try {
    load_rows(
        file, name,
        [&](const State& now) {
          publish(now);
          return !stopping_ && (!progress || progress(now));
        },
        state);
    state.status = State::Status::done;
  } catch (const AppError& error) {
    state.status = State::Status::failed;
    state.error = error.code();
    if (!error.params().empty()) state.error_line = error.params().front().second;
    publish(state);
    throw;
  } catch (...) {
    state.status = State::Status::failed;
    state.error = "internal";
    publish(state);
    throw;
  }
  publish(state);
  return state;
}

void RegisterTable::load_rows(const fs::path& file, const std::string& name,
                              const Progress& progress, State& state) {
  fs::create_directories(folder_);
  const std::string digest = digest_of(file);
  std::int64_t lines_before = 0;
  bool complete = false;
  database_.read([&](store::Connection& connection) {
    auto row = connection.query(
        "SELECT f.lines, f.complete FROM register_file f WHERE {f} AND f.digest = ?");
    row.bind(digest);
    if (!row.step()) return;
    lines_before = row.integer(0);
    complete = row.integer(1) != 0;
  });
  if (complete) {
    state.progress = 1;
    return;
  }
  PublicFile in(file, folder_);
  std::vector<std::string_view> columns;
  std::map<std::int64_t, text::RegisterRow> batch;  // by number, the last row of each
  std::vector<std::int64_t> deleted;
  std::vector<std::pair<std::int64_t, std::int64_t>> keys;
  std::int64_t lines = 0;
  std::int64_t kept_lines = lines_before;
  int newest = 0;

  const auto flush = [&](bool last) {
    // Keys first: a row without its key would never be found by name.
    if (last || keys.size() >= kKeysInMemory) {
      std::ranges::sort(keys);
      keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
      for (std::size_t from = 0; from < keys.size(); from += kKeysACommit) {
        database_.write([&](store::Transaction& tx) {
          for (std::size_t i = from; i < std::min(keys.size(), from + kKeysACommit); ++i)
            tx.query(
                  "INSERT INTO register_name ({tenant_id}, hash, number) VALUES ({tenant}, ?, ?) "
                  "ON "
                  "CONFLICT ({tenant_id}, hash, number) DO NOTHING")
                .bind(keys[i].first, keys[i].second)
                .run();
        });
      }
      keys.clear();
      kept_lines = lines;
    }
    database_.write([&](store::Transaction& tx) {
      auto at = batch.begin();
      for (std::size_t left = batch.size(); left > 0;) {
        const std::size_t count = left >= kRowsAStatement ? kRowsAStatement : 1;
        auto query = tx.query(insert_sql(count));
        for (std::size_t i = 0; i < count; ++i, ++at) bind_row(query, at->second);
        query.run();
        left -= count;
      }
      for (const std::int64_t number : deleted)
        tx.query("DELETE FROM register_company WHERE {register_company} AND number = ?")
            .bind(number)
            .run();
      // Rows whose keys wait in memory are read again after a break.
      tx.query(
            "INSERT INTO register_file ({tenant_id}, digest, name, lines, rows, complete, newest, "
            "loaded_at) VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT ({tenant_id}, digest) "
            "DO "
            "UPDATE SET lines = excluded.lines, rows = excluded.rows, complete = "
            "excluded.complete, newest = excluded.newest, loaded_at = excluded.loaded_at")
          .bind(digest, name, kept_lines, state.rows, last, newest, clock_.now())
          .run();
    });
    batch.clear();
    deleted.clear();
  };

  bool any = false;
  while (in.next(columns)) {
    ++lines;
    text::RegisterRow row;
    if (!text::read_register_row(columns, row)) {
      if (!any) throw AppError(Status::invalid, "register_file_unknown");
      throw AppError(Status::invalid, "register_file_line", {{"line", std::to_string(in.line())}});
    }
    any = true;
    ++state.rows;
    newest = std::max(newest, row.updated_on);
    if (lines <= lines_before || !row.latest) continue;
    if (row.process == 99) {
      batch.erase(row.number);
      deleted.push_back(row.number);
      continue;
    }
    if (const std::int64_t hash = text::company_name_hash(row.name); hash != 0)
      keys.emplace_back(hash, row.number);
    std::erase(deleted, row.number);
    batch.insert_or_assign(row.number, std::move(row));
    if (batch.size() >= kRowsACommit) {
      flush(false);
      state.progress = in.progress();
      if (!progress(state)) throw AppError(Status::unavailable, "register_stopped");
    }
  }
  if (!any) throw AppError(Status::invalid, "register_file_unknown");
  flush(true);
  state.progress = 1;
  log::info("corporate register loaded", {{"rows", state.rows}});
}

void RegisterTable::load_in_background(const fs::path& file, const std::string& name) {
  const std::lock_guard lock(mutex_);
  if (state_.status == State::Status::running) throw AppError(Status::conflict, "register_loading");
  if (thread_.joinable()) thread_.join();
  fs::create_directories(folder_);
  const fs::path own = folder_ / "register.part";
  std::error_code error;
  fs::rename(file, own, error);
  if (error) fs::copy_file(file, own, fs::copy_options::overwrite_existing);
  state_ = {.status = State::Status::running, .file = name};
  thread_ = std::thread([this, own, name] {
    try {
      load(own, name, {});
    } catch (const AppError& problem) {
      log::warn("register_load_failed", {{"reason", problem.code()}});
    } catch (const std::exception& problem) {
      log::error("register_load_failed", {{"reason", problem.what()}});
    }
    std::error_code ignored;
    fs::remove(own, ignored);
  });
}

void RegisterTable::stop() {
  stopping_ = true;
  std::thread thread;
  {
    const std::lock_guard lock(mutex_);
    thread.swap(thread_);
  }
  if (thread.joinable()) thread.join();
}

void RegisterTable::state_json(std::string& out) const {
  constexpr int kMostFiles = 10;
  const State now = state();
  JsonWriter json(out);
  json.begin_object();
  static constexpr std::string_view kNames[] = {"idle", "running", "done", "failed"};
  json.key("load").begin_object().field("status", kNames[static_cast<std::size_t>(now.status)]);
  if (now.status != State::Status::idle) {
    json.field("file", now.file).field("rows", now.rows);
    json.field("percent", static_cast<std::int64_t>(now.progress * 100));
  }
  if (!now.error.empty()) json.field("error", now.error).field("line", now.error_line);
  json.end_object().key("files").begin_array();
  int newest = 0;
  database_.read([&](store::Connection& connection) {
    auto rows = connection.query(
        "SELECT f.name, f.rows, f.complete, f.newest, f.loaded_at FROM register_file f WHERE {f} "
        "ORDER BY f.loaded_at DESC, f.digest LIMIT ?");
    rows.bind(kMostFiles);
    while (rows.step()) {
      newest = std::max(newest, static_cast<int>(rows.integer(3)));
      json.begin_object().field("name", rows.text(0)).field("rows", rows.integer(1));
      json.field("complete", rows.integer(2) != 0);
      json.field("loaded_at", format_instant(rows.integer(4))).end_object();
    }
  });
  json.end_array().field("empty", empty());
  if (newest != 0) json.field("newest", text::register_date(newest));
  json.end_object();
}

std::optional<RegisteredCompany> RegisterTable::find(store::Connection& connection,
                                                     std::int64_t number) {
  auto row = connection.query("SELECT " + std::string(kColumns) +
                              " FROM register_company r WHERE {r} AND r.number = ?");
  row.bind(number);
  if (!row.step()) return std::nullopt;
  return read_company(row);
}

std::optional<RegisteredCompany> RegisterTable::find(std::int64_t number) const {
  std::optional<RegisteredCompany> out;
  database_.read([&](store::Connection& connection) { out = find(connection, number); });
  return out;
}

std::vector<RegisteredCompany> RegisterTable::named(store::Connection& connection,
                                                    std::string_view name, std::size_t most) {
  std::vector<RegisteredCompany> out;
  const std::int64_t hash = text::company_name_hash(name);
  if (hash == 0) return out;
  const std::string key = text::company_key(name).loose;
  auto rows = connection.query(
      "SELECT " + std::string(kColumns) +
      " FROM register_name n JOIN register_company r ON r.number = n.number AND {r} WHERE {n} AND "
      "n.hash = ? ORDER BY n.number LIMIT ?");
  rows.bind(hash, static_cast<std::int64_t>(most));
  while (rows.step()) {
    if (text::company_key(rows.text(1)).loose == key) out.push_back(read_company(rows));
  }
  return out;
}

bool RegisterTable::empty() const {
  bool none = true;
  database_.read([&](store::Connection& connection) {
    none = !connection.query("SELECT r.number FROM register_company r WHERE {r} LIMIT 1").step();
  });
  return none;
}

}  // namespace daifuku::exchange
