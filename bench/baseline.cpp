// The limit: the same listener and the same encrypted store around one hand-written table, without
// a catalog, rights, search, timeline or history. What the product costs above this is the price of
// what it does.
//   baseline FOLDER ROWS   fills an empty folder, listens on a free port, prints it, serves until
//   it is stopped
#include <csignal>
#include <filesystem>
#include <iostream>

#include "base/json.h"
#include "http/server.h"
#include "store/database.h"
#include "store/schema.h"

namespace {

using namespace daifuku;  // NOLINT(google-build-using-namespace): a program of one file

constexpr const char* kColumns[] = {"name",       "name_kana",      "stage",    "industry",
                                    "prefecture", "city",           "phone",    "email",
                                    "street",     "representative", "business", "note"};
constexpr const char* kIndustries[] = {"construction", "retail",    "wholesale",   "medical",
                                       "transport",    "education", "information", "agriculture"};

void write_row(store::Query& row, JsonWriter& json) {
  json.begin_object()
      .key("id")
      .id(row.integer(0))
      .field("version", row.integer(1))
      .field("updated_at", row.integer(2));
  int column = 3;
  for (const char* name : kColumns) json.field(name, row.text(column++));
  json.end_object();
}

std::string columns() {
  std::string out = "t.id, t.version, t.updated_at";
  for (const char* name : kColumns) out += std::string(", t.") + name;
  return out;
}

void fill(store::Database& database, std::int64_t rows) {
  store::Table table{.name = "company"};
  table.columns = {{"id", store::ColumnType::integer, true, {}},
                   {"version", store::ColumnType::integer, true, "1"},
                   {"updated_at", store::ColumnType::integer, true, {}}};
  std::string names = "id, version, updated_at";
  std::string marks = "?, 1, ?";
  for (const char* name : kColumns) {
    table.columns.push_back({name, store::ColumnType::text, false, {}});
    names += std::string(", ") + name;
    marks += ", ?";
  }
  table.indexes = {{"company_list", {"industry", "updated_at", "id"}, false, {}},
                   {"company_updated", {"updated_at", "id"}, false, {}},
                   {"company_kana", {"name_kana", "id"}, false, {}}};
  database.migrate([&](store::Transaction& tx) { store::sync_schema(tx, {table}); });
  const std::string insert =
      "INSERT INTO company ({tenant_id}, " + names + ") VALUES ({tenant}, " + marks + ")";
  for (std::int64_t from = 1; from <= rows; from += 10'000) {
    database.write([&](store::Transaction& tx) {
      for (std::int64_t n = from; n < from + 10'000 && n <= rows; ++n) {
        const std::string digits = std::to_string(n);
        auto row = tx.query(insert);
        row.bind(n, 1'700'000'000'000 + n * 7'919 % 100'000'000);
        row.bind("株式会社見本製作所" + digits, "ミホンセイサクショ" + digits, "customer",
                 kIndustries[n % 8], "東京都", "千代田区", "03-0000-" + digits,
                 "info@m" + digits + ".example.jp", "丸の内1-1-1", "見本 太郎",
                 "産業機械の部品の加工と組み立てを行っています。",
                 "資材課が窓口。納品は午前を希望。");
        row.run();
      }
    });
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const std::string file = std::string(argv[1]) + "/baseline.db";
  const bool filled = std::filesystem::exists(file);
  const auto database = store::open_sqlite({.path = file, .key = std::string(32, 'b')});
  if (!filled) fill(*database, std::stoll(argv[2]));

  http::Router router;
  const std::string one = "SELECT " + columns() + " FROM company t WHERE {t} AND t.id = ?";
  const std::string list = "SELECT " + columns() +
                           " FROM company t WHERE {t} AND t.industry = ? AND t.updated_at < ? "
                           "ORDER BY t.updated_at DESC, t.id DESC LIMIT 50";
  router.add({.method = http::Method::get,
              .pattern = "/one/{id}",
              .permission = "public",
              .run = http::Run::inline_,
              .handle = [&](http::Request& request) {
                http::Response answer;
                database->read([&](store::Connection& connection) {
                  auto row = connection.query(one);
                  row.bind(static_cast<std::int64_t>(std::stoll(request.captures[0])));
                  JsonWriter json(answer.body);
                  if (row.step()) write_row(row, json);
                });
                return answer;
              }});
  router.add({.method = http::Method::get,
              .pattern = "/list",
              .permission = "public",
              .run = http::Run::inline_,
              .handle = [&](http::Request& request) {
                http::Response answer;
                database->read([&](store::Connection& connection) {
                  auto rows = connection.query(list);
                  rows.bind(request.parameter("industry").value_or(""),
                            static_cast<std::int64_t>(std::stoll(std::string(
                                request.parameter("before").value_or("9000000000000")))));
                  JsonWriter json(answer.body);
                  json.begin_object().key("items").begin_array();
                  while (rows.step()) write_row(rows, json);
                  json.end_array().end_object();
                });
                return answer;
              }});
  http::Server server(
      router, {.port = 0, .on_error = [](const http::Request&, std::exception_ptr, int status) {
                 return http::Response{.status = status == 0 ? 500 : status};
               }});
  server.start();
  std::cout << server.port() << std::endl;
  int received = 0;
  sigwait(&signals, &received);
  server.stop();
  return 0;
}
