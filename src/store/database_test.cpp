// What both stores promise (store/database.h).
#include "store/database.h"

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "store/schema.h"
#include "store/test_store.h"

namespace daifuku::store {
namespace {

const std::vector<Table>& tables() {
  static const std::vector<Table> declared{
      {.name = "item",
       .columns = {{.name = "name", .type = ColumnType::text},
                   {.name = "amount", .type = ColumnType::integer},
                   {.name = "raw", .type = ColumnType::blob}},
       .indexes = {{.name = "item_name", .columns = {"name"}, .unique = true}}}};
  return declared;
}

class DatabaseTest : public testing::TestWithParam<Dialect> {
 protected:
  DatabaseTest() { migrate(store_.database(), {}, tables()); }

  static void insert(Transaction& transaction, std::int64_t id, std::string_view name) {
    transaction.query("INSERT INTO item ({tenant_id}, id, name) VALUES ({tenant}, ?, ?)")
        .bind(id, name)
        .run();
  }
  std::int64_t count() {
    std::int64_t found = -1;
    store_->read([&](Connection& connection) {
      Query query = connection.query("SELECT count(*) FROM item WHERE {item}");
      if (query.step()) found = query.integer(0);
    });
    return found;
  }

  TestStore store_{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Stores, DatabaseTest, testing::ValuesIn(available_stores()), store_name);

TEST_P(DatabaseTest, KeepsValuesAsTheyWere) {
  const std::string bytes("\x00\x01\\x\xff\x00", 6);
  const std::vector<meta::Value> names{std::string("髙橋 𠮷野家 ㈱ '\"\\"), std::string(), {}};
  const std::vector<meta::Value> amounts{
      std::int64_t{9'223'372'036'854'775'807}, std::int64_t{-1}, {}};
  store_->write([&](Transaction& transaction) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      Query query = transaction.query(
          "INSERT INTO item ({tenant_id}, id, name, amount, raw) VALUES ({tenant}, ?, ?, ?, ?)");
      query.bind(static_cast<std::int64_t>(i), names[i], amounts[i], std::string_view(bytes));
      EXPECT_EQ(query.run(), 1);
    }
  });
  store_->read([&](Connection& connection) {
    Query query = connection.query("SELECT name, amount, raw FROM item WHERE {item} ORDER BY id");
    for (std::size_t i = 0; i < names.size(); ++i) {
      ASSERT_TRUE(query.step());
      EXPECT_EQ(text_value(query.statement(), 0), names[i]);
      EXPECT_EQ(integer_value(query.statement(), 1), amounts[i]);
      EXPECT_EQ(query.text(2), bytes);
    }
    EXPECT_FALSE(query.step());
  });
}

TEST_P(DatabaseTest, ReadsNumbersTextAndConditions) {
  store_->write([&](Transaction& transaction) {
    insert(transaction, 1, "a");
    transaction.query("UPDATE item SET amount = ? WHERE {item}").bind(40).run();
  });
  store_->read([&](Connection& connection) {
    Query query = connection.query(
        "SELECT sum(amount), count(*), max(amount) > 5, amount, EXISTS (SELECT 1 FROM item i WHERE "
        "{i} AND i.amount = ?) "
        "FROM item WHERE {item} AND amount IN (?, ?) AND name = ? GROUP BY amount LIMIT ?");
    query.bind(40, 40, nullptr, "a", 10);
    ASSERT_TRUE(query.step());
    EXPECT_EQ(query.integer(0), 40);
    EXPECT_EQ(query.integer(1), 1);
    EXPECT_EQ(query.integer(2), 1);
    EXPECT_EQ(query.text(3), "40");
    EXPECT_EQ(query.integer(4), 1);
  });
}

TEST_P(DatabaseTest, SortsTextByBytes) {
  store_->write([&](Transaction& transaction) {
    int id = 0;
    for (const char* name : {"あ", "B", "a", "ア", "亜", "A", "_", "10", "9"})
      insert(transaction, ++id, name);
  });
  std::string order;
  store_->read([&](Connection& connection) {
    Query query = connection.query("SELECT name FROM item WHERE {item} ORDER BY name");
    while (query.step()) order += std::string(query.text(0)) + " ";
  });
  EXPECT_EQ(order, "10 9 A B _ a あ ア 亜 ");
}

TEST_P(DatabaseTest, SameStatementCanBeNestedAndRepeated) {
  store_->write([&](Transaction& transaction) {
    for (int id = 1; id <= 3; ++id) insert(transaction, id, std::to_string(id));
  });
  const std::string_view sql = "SELECT id FROM item WHERE {item} AND id > ? ORDER BY id";
  std::string seen;
  store_->read([&](Connection& connection) {
    Query outer = connection.query(sql);
    outer.bind(0);
    while (outer.step()) {
      Query inner = connection.query(sql);
      inner.bind(outer.integer(0));
      seen += std::to_string(outer.integer(0)) + ":";
      while (inner.step()) seen += std::to_string(inner.integer(0));
      seen += " ";
    }
  });
  EXPECT_EQ(seen, "1:23 2:3 3: ");
}

TEST_P(DatabaseTest, ExceptionUndoesTheWorkAndReachesTheCaller) {
  EXPECT_THROW(store_->write([&](Transaction& transaction) {
    insert(transaction, 1, "a");
    throw AppError(Status::conflict, "conflict");
  }),
               AppError);
  EXPECT_EQ(count(), 0);
  EXPECT_THROW(store_->write([&](Transaction& transaction) {
    insert(transaction, 1, "a");
    throw std::runtime_error("other");
  }),
               std::runtime_error);
  EXPECT_EQ(count(), 0);
  store_->write([&](Transaction& transaction) { insert(transaction, 1, "a"); });
  EXPECT_EQ(count(), 1);
}

TEST_P(DatabaseTest, DuplicateIsAnErrorOfItsOwn) {
  store_->write([&](Transaction& transaction) { insert(transaction, 1, "a"); });
  EXPECT_THROW(store_->write([&](Transaction& transaction) { insert(transaction, 2, "a"); }),
               UniqueError);
  EXPECT_THROW(store_->write([&](Transaction& transaction) { insert(transaction, 1, "b"); }),
               UniqueError);
  EXPECT_EQ(count(), 1);
}

TEST_P(DatabaseTest, ActionsRunAfterCommitOnly) {
  int ran = 0;
  EXPECT_THROW(store_->write([&](Transaction& transaction) {
    transaction.on_commit([&] { ran += 10; });
    throw std::runtime_error("undo");
  }),
               std::runtime_error);
  EXPECT_EQ(ran, 0);
  store_->write([&](Transaction& transaction) {
    insert(transaction, 1, "a");
    transaction.on_commit([&] { ran += 1; });
    EXPECT_EQ(ran, 0);
  });
  EXPECT_EQ(ran, 1);
}

TEST_P(DatabaseTest, ReadersNeverWrite) {
  EXPECT_THROW(store_->read([&](Connection& connection) {
    connection.query("INSERT INTO item ({tenant_id}, id) VALUES ({tenant}, 1)").run();
  }),
               SystemError);
  EXPECT_EQ(count(), 0);
}

TEST_P(DatabaseTest, RefusesStatementsWithoutMarks) {
  EXPECT_THROW(
      store_->read([](Connection& connection) { connection.prepare("SELECT id FROM item"); }),
      SystemError);
  EXPECT_THROW(
      store_->write([](Transaction& transaction) { transaction.query("DELETE FROM item").run(); }),
      SystemError);
  EXPECT_THROW(
      store_->read([](Connection& connection) { connection.query("SELECT 1; SELECT 2").step(); }),
      SystemError);
  EXPECT_THROW(store_->read([](Connection& connection) {
    connection.query("SELECT nothing FROM nowhere").step();
  }),
               SystemError);
}

TEST_P(DatabaseTest, ReadSeesOneMomentAndEveryWriteBeforeIt) {
  store_->write([&](Transaction& transaction) { insert(transaction, 1, "a"); });
  store_->read([&](Connection& connection) {
    const auto count_here = [&] {
      Query query = connection.query("SELECT count(*) FROM item WHERE {item}");
      return query.step() ? query.integer(0) : -1;
    };
    EXPECT_EQ(count_here(), 1);
    std::thread other([&] {
      store_->write([&](Transaction& transaction) { insert(transaction, 2, "b"); });
      EXPECT_EQ(count(), 2);
    });
    other.join();
    EXPECT_EQ(count_here(), 1);
  });
  EXPECT_EQ(count(), 2);
}

TEST_P(DatabaseTest, ManyWritersEachSeeTheirOwnWrites) {
  constexpr int kThreads = 16;
  constexpr int kWrites = 25;
  std::atomic<int> kept{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kWrites; ++i) {
        const int id = t * kWrites + i;
        const bool fails = i % 5 == 3;
        try {
          store_->write([&](Transaction& transaction) {
            insert(transaction, id, "name " + std::to_string(id));
            if (fails) throw std::runtime_error("this one alone");
          });
          ++kept;
        } catch (const std::runtime_error&) {
          ++refused;
        }
        bool there = false;
        store_->read([&](Connection& connection) {
          Query query = connection.query("SELECT name FROM item WHERE {item} AND id = ?");
          query.bind(id);
          there = query.step();
        });
        EXPECT_EQ(there, !fails);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refused, kThreads * kWrites / 5);
  EXPECT_EQ(count(), kept);
  store_.reopen();
  migrate(store_.database(), {}, tables());
  EXPECT_EQ(count(), kept);
}

TEST_P(DatabaseTest, MaintainKeepsEverything) {
  store_->write([&](Transaction& transaction) {
    for (int id = 1; id <= 100; ++id) insert(transaction, id, std::to_string(id));
  });
  store_->maintain();
  EXPECT_EQ(count(), 100);
}

}  // namespace
}  // namespace daifuku::store
