// A fresh store for one test, gone afterwards. SQLite always; PostgreSQL when DAIFUKU_TEST_POSTGRES
// holds a connection string (scripts/postgres_test sets it).
//
//   class MyTest : public testing::TestWithParam<Dialect> { TestStore store_{GetParam()}; };
//   INSTANTIATE_TEST_SUITE_P(Stores, MyTest, testing::ValuesIn(available_stores()), store_name);
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/crypto.h"
#include "store/database.h"

namespace daifuku::store {

inline std::string test_postgres() {
  const char* connection = std::getenv("DAIFUKU_TEST_POSTGRES");
  return connection == nullptr ? "" : connection;
}

inline std::vector<Dialect> available_stores() {
  if (test_postgres().empty()) return {Dialect::sqlite};
  return {Dialect::sqlite, Dialect::postgres};
}

inline std::string store_name(const testing::TestParamInfo<Dialect>& info) {
  return info.param == Dialect::sqlite ? "sqlite" : "postgres";
}

// A new folder in the system's temporary folder, removed with all that is in it.
class TestFolder {
 public:
  TestFolder() {
    std::string path = (std::filesystem::temp_directory_path() / "daifuku-test-XXXXXX").string();
    if (::mkdtemp(path.data()) == nullptr) throw SystemError("mkdtemp failed");
    path_ = path;
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class TestStore {
 public:
  explicit TestStore(Dialect dialect = Dialect::sqlite) : dialect_(dialect) {
    if (dialect == Dialect::postgres) create_schema();
    reopen();
  }
  ~TestStore() {
    database_.reset();
    if (dialect_ == Dialect::postgres) drop_schema();
  }
  TestStore(const TestStore&) = delete;
  TestStore& operator=(const TestStore&) = delete;

  Database& database() { return *database_; }
  Database* operator->() { return database_.get(); }
  Database& operator*() { return *database_; }
  Dialect dialect() const { return dialect_; }

  // Closes and opens the same data again.
  void reopen() {
    database_.reset();
    database_ = dialect_ == Dialect::sqlite ? open_sqlite(sqlite_options())
                                            : open_postgres(postgres_options());
  }
  void close() { database_.reset(); }

  SqliteOptions sqlite_options() const {
    return {.path = (folder_.path() / "test.db").string(),
            .key = std::string(32, '\x5a'),
            .readers = 4};
  }
  PostgresOptions postgres_options(std::int64_t tenant = 1) const {
    // A schema of its own in the one test database; `options` goes into every connection.
    return {.connection = test_postgres() + " options='-c search_path=" + schema_ + "'",
            .tenant = tenant,
            .connections = 4};
  }
  const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  void create_schema() {
    schema_ = "t_" + hex(random_bytes(8));
    run("CREATE SCHEMA " + schema_);
  }
  void drop_schema() {
    try {
      run("DROP SCHEMA " + schema_ + " CASCADE");
    } catch (const std::exception&) {
      // The whole cluster goes away after the tests.
    }
  }
  static void run(const std::string& sql) {
    const auto database =
        open_postgres({.connection = test_postgres(), .tenant = 1, .connections = 1});
    database->migrate([&](Transaction& transaction) { transaction.query(sql).run(); });
  }

  Dialect dialect_;
  TestFolder folder_;
  std::string schema_;
  std::unique_ptr<Database> database_;
};

}  // namespace daifuku::store
