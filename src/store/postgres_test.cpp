// What only PostgreSQL does: many tenants in one table, lost connections, repeated transactions.
#include <atomic>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "store/postgres_connection.h"
#include "store/schema.h"
#include "store/test_store.h"

namespace daifuku::store {
namespace {

struct ActionCase {
  const char* sqlstate;
  bool lost;
  bool reused;
  PgAction action;
};

TEST(PgActionTest, FollowsTheRetryTable) {
  for (const ActionCase& example : {
           ActionCase{"40001", false, false, PgAction::repeat},
           ActionCase{"40P01", false, false, PgAction::repeat},
           ActionCase{"08006", false, false, PgAction::reconnect},
           ActionCase{"08P01", false, false, PgAction::fail},
           ActionCase{"08P01", true, false, PgAction::reconnect},
           ActionCase{"57P01", true, false, PgAction::reconnect},
           ActionCase{"57P02", true, false, PgAction::reconnect},
           ActionCase{"57P03", false, false, PgAction::reconnect},
           ActionCase{"25006", false, false, PgAction::reconnect},
           ActionCase{"", true, false, PgAction::reconnect},
           ActionCase{"55P03", false, false, PgAction::busy},
           ActionCase{"57014", false, false, PgAction::busy},
           ActionCase{"26000", false, true, PgAction::prepare_again},
           ActionCase{"0A000", false, true, PgAction::prepare_again},
           ActionCase{"0A000", false, false, PgAction::fail},
           ActionCase{"23503", false, false, PgAction::fail},
           ActionCase{"42601", false, false, PgAction::fail},
           ActionCase{"", false, false, PgAction::fail},
       }) {
    EXPECT_EQ(pg_action(example.sqlstate, example.lost, example.reused), example.action)
        << example.sqlstate;
  }
}

TEST(Postgres, SaysWhenItCannotBeReached) {
  try {
    open_postgres({.connection = "host=/nonexistent-socket-folder dbname=none",
                   .tenant = 1,
                   .patience_ms = 50});
    FAIL() << "connected to nothing";
  } catch (const AppError& error) {
    EXPECT_EQ(error.code(), "store_unreachable");
  }
  EXPECT_THROW(open_postgres({.connection = "no such keyword"}), SystemError);
}

class PostgresTest : public testing::Test {
 protected:
  void SetUp() override {
    if (test_postgres().empty())
      GTEST_SKIP() << "DAIFUKU_TEST_POSTGRES is not set (scripts/postgres_test sets it)";
    store_ = std::make_unique<TestStore>(Dialect::postgres);
    migrate(**store_, {},
            {{.name = "item",
              .columns = {{.name = "name", .type = ColumnType::text},
                          {.name = "amount", .type = ColumnType::integer}}},
             {.name = "item_search", .search = true}});
  }

  static void insert(Database& database, std::int64_t id, std::string_view name) {
    database.write([&](Transaction& transaction) {
      transaction
          .query("INSERT INTO item ({tenant_id}, id, name, amount) VALUES ({tenant}, ?, ?, 0)")
          .bind(id, name)
          .run();
      search_put(transaction, "item_search", id, name);
    });
  }
  static std::string names(Database& database) {
    std::string found;
    database.read([&](Connection& connection) {
      Query query = connection.query("SELECT name FROM item i WHERE {i} ORDER BY i.id");
      while (query.step()) found += std::string(query.text(0)) + " ";
    });
    return found;
  }
  static std::string found(Database& database, const std::string& gram) {
    std::string ids;
    database.read([&](Connection& connection) {
      search_ids(connection, "item_search", {gram}, 0, [&](std::int64_t id) {
        ids += std::to_string(id) + " ";
        return true;
      });
    });
    return ids;
  }
  // Ends every other connection of this test, as a failover would.
  static void cut_connections(const std::string& schema_options) {
    const auto killer = open_postgres({.connection = test_postgres(), .connections = 1});
    killer->write([&](Transaction& transaction) {
      transaction
          .query(
              "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> "
              "pg_backend_pid() AND "
              "application_name = ?")
          .bind(schema_options)
          .run();
    });
  }
  // A second pool on the same data that can be found by its name.
  PostgresOptions named(const std::string& name, std::int64_t tenant = 1) const {
    PostgresOptions options = store_->postgres_options(tenant);
    options.connection += " application_name=" + name;
    return options;
  }

  std::unique_ptr<TestStore> store_;
};

TEST_F(PostgresTest, TenantsDoNotSeeEachOther) {
  const auto one = open_postgres(store_->postgres_options(1));
  const auto two = open_postgres(store_->postgres_options(2));
  for (Database* database : {one.get(), two.get()}) {
    migrate(*database, {}, {{.name = "item"}, {.name = "item_search", .search = true}});
  }
  insert(*one, 1, "one");
  insert(*two, 1, "two");
  insert(*two, 2, "one");
  EXPECT_EQ(names(*one), "one ");
  EXPECT_EQ(names(*two), "two one ");
  EXPECT_EQ(found(*one, "one"), "1 ");
  EXPECT_EQ(found(*two, "one"), "2 ");
  one->write([](Transaction& transaction) {
    EXPECT_EQ(
        transaction.query("UPDATE item SET name = 'changed' WHERE {item} AND id = ?").bind(1).run(),
        1);
    search_delete(transaction, "item_search", 1);
    EXPECT_EQ(transaction.query("DELETE FROM item WHERE {item} AND id = ?").bind(2).run(), 0);
  });
  EXPECT_EQ(names(*one), "changed ");
  EXPECT_EQ(names(*two), "two one ");
  EXPECT_EQ(found(*two, "two"), "1 ");
}

TEST_F(PostgresTest, ComesBackAfterLostConnections) {
  const auto database = open_postgres(named("cut_between"));
  insert(*database, 1, "a");
  cut_connections("cut_between");
  EXPECT_EQ(names(*database), "a ");
  cut_connections("cut_between");
  insert(*database, 2, "b");
  EXPECT_EQ(names(*database), "a b ");
}

TEST_F(PostgresTest, RepeatsAWriteThatLostItsConnection) {
  const auto database = open_postgres(named("cut_within"));
  int runs = 0;
  database->write([&](Transaction& transaction) {
    transaction.query("INSERT INTO item ({tenant_id}, id, name) VALUES ({tenant}, 1, 'a')").run();
    if (++runs == 1) cut_connections("cut_within");
    transaction.query("INSERT INTO item ({tenant_id}, id, name) VALUES ({tenant}, 2, 'b')").run();
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(names(*database), "a b ");
}

TEST_F(PostgresTest, DoesNotRepeatAWriteWhoseOutcomeIsUnknown) {
  const auto database = open_postgres(named("cut_commit"));
  int runs = 0;
  int actions = 0;
  EXPECT_THROW(database->write([&](Transaction& transaction) {
    transaction.query("INSERT INTO item ({tenant_id}, id, name) VALUES ({tenant}, 1, 'a')").run();
    transaction.on_commit([&] { ++actions; });
    ++runs;
    cut_connections("cut_commit");
  }),
               SystemError);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(actions, 0);
  insert(*database, 2, "b");
  EXPECT_EQ(names(*database), "b ");
}

TEST_F(PostgresTest, DoesNotRepeatAReadThatHasSeenRows) {
  const auto database = open_postgres(named("cut_read"));
  insert(*database, 1, "a");
  int runs = 0;
  EXPECT_THROW(database->read([&](Connection& connection) {
    ++runs;
    EXPECT_TRUE(connection.query("SELECT id FROM item WHERE {item}").step());
    cut_connections("cut_read");
    connection.query("SELECT name FROM item WHERE {item}").step();
  }),
               SystemError);
  EXPECT_EQ(runs, 1);
}

TEST_F(PostgresTest, RepeatsAfterADeadlock) {
  const auto database = open_postgres(store_->postgres_options());
  insert(*database, 1, "a");
  insert(*database, 2, "b");
  std::atomic<int> holding{0};
  std::atomic<int> runs{0};
  const auto add_in_order = [&](std::int64_t first, std::int64_t second) {
    database->write([&](Transaction& transaction) {
      const bool first_run = ++runs <= 2;
      const auto add = [&](std::int64_t id) {
        transaction.query("UPDATE item SET amount = amount + ? WHERE {item} AND id = ?")
            .bind(1, id)
            .run();
      };
      add(first);
      if (first_run) {
        ++holding;
        while (holding < 2) std::this_thread::yield();
      }
      add(second);
    });
  };
  std::thread other([&] { add_in_order(2, 1); });
  add_in_order(1, 2);
  other.join();
  EXPECT_EQ(runs, 3);
  database->read([](Connection& connection) {
    Query query = connection.query("SELECT sum(amount) FROM item WHERE {item}");
    ASSERT_TRUE(query.step());
    EXPECT_EQ(query.integer(0), 4);
  });
}

TEST_F(PostgresTest, ServersStartTogetherOnAnEmptyDatabase) {
  TestStore empty(Dialect::postgres);
  static constexpr int kServers = 4;
  std::atomic<int> ready{0};
  std::atomic<int> looked{0};
  std::vector<std::thread> servers;
  for (int number = 1; number <= kServers; ++number)
    servers.emplace_back([&, number] {
      const auto database = open_postgres(empty.postgres_options(number));
      ++ready;
      while (ready < kServers) std::this_thread::yield();
      // All of them have seen that the table is missing before the first makes it.
      bool first_run = true;
      database->migrate([&](Transaction& transaction) {
        const std::vector<Table> tables{
            {.name = "shelf", .columns = {{.name = "name", .type = ColumnType::text}}}};
        Query query = transaction.query("SELECT to_regclass('shelf') IS NULL");
        ASSERT_TRUE(query.step());
        if (std::exchange(first_run, false)) {
          ++looked;
          while (looked < kServers) std::this_thread::yield();
        }
        sync_schema(transaction, tables);
      });
      migrate(*database, {}, {{.name = "book"}});
      database->write([&](Transaction& transaction) {
        transaction.query("INSERT INTO shelf ({tenant_id}, id, name) VALUES ({tenant}, 1, 'a')")
            .run();
      });
    });
  for (std::thread& server : servers) server.join();
  empty->read([](Connection& connection) {
    Query query = connection.query("SELECT count(*) FROM shelf");
    ASSERT_TRUE(query.step());
    EXPECT_EQ(query.integer(0), kServers);
  });
}

TEST_F(PostgresTest, SurvivesAChangedTable) {
  const auto database = open_postgres(store_->postgres_options());
  insert(*database, 1, "a");
  const auto width = [&] {
    std::string all;
    database->read([&](Connection& connection) {
      Query query = connection.query("SELECT * FROM item WHERE {item}");
      ASSERT_TRUE(query.step());
      all = query.text(1);
    });
    return all;
  };
  EXPECT_EQ(width(), "1");
  (*store_)->migrate([](Transaction& transaction) {
    transaction.query("ALTER TABLE item ADD COLUMN more text").run();
  });
  EXPECT_EQ(width(), "1");
}

TEST_F(PostgresTest, BindsWhatTheColumnIs) {
  // The same statement with NULL first, then a number, then NULL; and a number first, then a text.
  store_->database().write([](Transaction& transaction) {
    const std::string_view sql =
        "INSERT INTO item ({tenant_id}, id, name, amount) VALUES ({tenant}, ?, ?, ?)";
    transaction.query(sql).bind(1, nullptr, nullptr).run();
    transaction.query(sql).bind(2, "x", 5).run();
    transaction.query(sql).bind(3, nullptr, nullptr).run();
    transaction.query("SELECT ?").bind(1).step();
    EXPECT_EQ(
        [&] {
          Query query = transaction.query("SELECT ?");
          query.bind("text");
          return query.step() ? std::string(query.text(0)) : "";
        }(),
        "text");
  });
  EXPECT_EQ(names(**store_), " x  ");
  EXPECT_THROW(insert(**store_, 4, std::string_view("a\0b", 3)), SystemError);
}

TEST_F(PostgresTest, AFailedStatementCannotBeOverlooked) {
  EXPECT_THROW((*store_)->write([](Transaction& transaction) {
    transaction.query("INSERT INTO item ({tenant_id}, id) VALUES ({tenant}, 1)").run();
    try {
      transaction.query("SELECT 1 / 0").step();
    } catch (const SystemError&) {
    }
  }),
               SystemError);
  EXPECT_EQ(names(**store_), "");
}

}  // namespace
}  // namespace daifuku::store
