#include "store/schema.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include "store/test_store.h"

namespace daifuku::store {
namespace {

class SchemaTest : public testing::TestWithParam<Dialect> {
 protected:
  std::vector<std::int64_t> any_of(const std::vector<std::vector<std::string>>& lists) {
    std::vector<std::int64_t> out;
    store_->read([&](Connection& connection) {
      const auto condition = search_condition(connection.dialect(), "item_search", lists);
      auto rows = connection.query(condition.sql);
      rows.bind(condition.bind);
      while (rows.step()) out.push_back(rows.integer(0));
    });
    std::sort(out.begin(), out.end());
    return out;
  }
  std::vector<std::int64_t> find(const std::vector<std::string>& grams, std::int64_t before = 0,
                                 std::size_t limit = 100) {
    std::vector<std::int64_t> ids;
    store_->read([&](Connection& connection) {
      search_ids(connection, "item_search", grams, before, [&](std::int64_t id) {
        ids.push_back(id);
        return ids.size() < limit;
      });
    });
    return ids;
  }
  bool readable(std::string_view sql) {
    try {
      store_->read([&](Connection& connection) { connection.query(sql).step(); });
      return true;
    } catch (const SystemError&) {
      return false;
    }
  }
  TestStore store_{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Stores, SchemaTest, testing::ValuesIn(available_stores()), store_name);

using Ids = std::vector<std::int64_t>;

Table item() {
  return {.name = "item",
          .columns = {{.name = "name", .type = ColumnType::text, .required = true}}};
}

TEST_P(SchemaTest, CreatesAndGrowsTables) {
  migrate(*store_, {}, {item()});
  store_->write([](Transaction& transaction) {
    transaction.query("INSERT INTO item ({tenant_id}, id, name) VALUES ({tenant}, 1, 'a')").run();
  });
  Table grown = item();
  grown.columns.push_back({.name = "x_text_1", .type = ColumnType::text});
  grown.columns.push_back(
      {.name = "count", .type = ColumnType::integer, .required = true, .constant = "7"});
  grown.indexes = {
      {.name = "item_x", .columns = {"x_text_1", "count DESC"}, .where = "x_text_1 IS NOT NULL"}};
  const Table pair{.name = "pair",
                   .columns = {{.name = "a", .type = ColumnType::integer},
                               {.name = "b", .type = ColumnType::text}},
                   .key = {"a", "b"},
                   .clustered = true};
  const Table system{.name = "setting",
                     .tenant = false,
                     .columns = {{.name = "name", .type = ColumnType::text},
                                 {.name = "data", .type = ColumnType::blob}},
                     .key = {"name"}};
  for (int i = 0; i < 2; ++i) migrate(*store_, {}, {grown, pair, system});
  store_->write([](Transaction& transaction) {
    transaction.query("INSERT INTO pair ({tenant_id}, a, b) VALUES ({tenant}, 1, 'x')").run();
    transaction.query("INSERT INTO setting (name, data) VALUES ('n', ?)").bind("bytes").run();
  });
  store_->read([](Connection& connection) {
    Query query =
        connection.query("SELECT i.name, i.x_text_1, i.count FROM item i WHERE {i} AND i.id = 1");
    ASSERT_TRUE(query.step());
    EXPECT_EQ(query.text(0), "a");
    EXPECT_TRUE(query.is_null(1));
    EXPECT_EQ(query.integer(2), 7);
  });
  EXPECT_TRUE(readable("SELECT data FROM setting"));
  EXPECT_FALSE(readable("SELECT a FROM pair"));
  Table changed = item();
  changed.columns.front().type = ColumnType::integer;
  EXPECT_THROW(migrate(*store_, {}, {changed}), SystemError);
}

void add_rows(Transaction& transaction) {
  transaction.query("INSERT INTO item ({tenant_id}, id, name) VALUES ({tenant}, 10, 'migrated')")
      .run();
}
void rename_rows(Transaction& transaction) {
  transaction.query("UPDATE item SET name = 'renamed' WHERE {item}").run();
}
void break_off(Transaction& transaction) {
  transaction.query("CREATE TABLE half (a integer)").run();
  transaction.query("UPDATE item SET name = 'half' WHERE {item}").run();
  throw std::runtime_error("broken");
}

TEST_P(SchemaTest, RunsEachMigrationOnce) {
  migrate(*store_, {{1, "add", add_rows}}, {item()});  // New data needs none of them.
  EXPECT_FALSE(store_.dialect() == Dialect::sqlite && readable("SELECT id FROM item"));
  const auto names = [&] {
    std::string found;
    store_->read([&](Connection& connection) {
      Query query = connection.query("SELECT name FROM item WHERE {item} ORDER BY id");
      while (query.step()) found += std::string(query.text(0)) + " ";
    });
    return found;
  };
  EXPECT_EQ(names(), "");
  migrate(*store_, {{1, "add", add_rows}, {2, "again", add_rows}}, {item()});
  EXPECT_EQ(names(), "migrated ");
  for (int i = 0; i < 2; ++i) {
    migrate(*store_, {{1, "add", add_rows}, {2, "again", add_rows}, {3, "rename", rename_rows}},
            {item()});
  }
  EXPECT_EQ(names(), "renamed ");
  try {
    migrate(*store_, {{1, "add", add_rows}}, {item()});
    FAIL() << "older program accepted";
  } catch (const AppError& error) {
    EXPECT_EQ(error.code(), "schema_newer");
  }
}

TEST_P(SchemaTest, MigrationIsAllOrNothing) {
  migrate(*store_, {{1, "add", add_rows}}, {item()});
  migrate(*store_, {{1, "add", add_rows}, {2, "add", add_rows}}, {item()});
  Table grown = item();
  grown.columns.push_back({.name = "extra", .type = ColumnType::text});
  EXPECT_THROW(migrate(*store_,
                       {{1, "add", add_rows},
                        {2, "add", add_rows},
                        {3, "rename", rename_rows},
                        {4, "break", break_off}},
                       {grown}),
               std::runtime_error);
  EXPECT_FALSE(readable("SELECT a FROM half"));
  EXPECT_FALSE(readable("SELECT extra FROM item WHERE {item}"));
  EXPECT_TRUE(readable("SELECT name FROM item WHERE {item}"));
  migrate(*store_, {{1, "add", add_rows}, {2, "add", add_rows}, {3, "rename", rename_rows}},
          {grown});
  EXPECT_TRUE(readable("SELECT extra FROM item WHERE {item}"));
}

TEST_P(SchemaTest, SearchesGrams) {
  migrate(*store_, {}, {{.name = "item_search", .search = true}});
  store_->write([](Transaction& transaction) {
    search_put(transaction, "item_search", 1, "佐藤 藤商 商事 事 abc");
    search_put(transaction, "item_search", 2, "佐藤 藤");
    search_put(transaction, "item_search", 3, "佐々 々木 木 03");
    search_put(transaction, "item_search", 4, "𠮷野 野家 家");
  });
  EXPECT_EQ(find({"佐藤"}), (Ids{2, 1}));
  EXPECT_EQ(find({"佐藤", "藤商"}), (Ids{1}));
  EXPECT_EQ(find({"佐*"}), (Ids{3, 2, 1}));
  EXPECT_EQ(find({"佐*", "abc"}), (Ids{1}));
  EXPECT_EQ(find({"ab*"}), (Ids{1}));
  EXPECT_EQ(find({"ab"}), (Ids{}));
  EXPECT_EQ(find({"03"}), (Ids{3}));
  EXPECT_EQ(find({"𠮷*"}), (Ids{4}));
  EXPECT_EQ(find({"事"}), (Ids{1}));
  EXPECT_EQ(find({"佐*"}, 3), (Ids{2, 1}));
  EXPECT_EQ(find({"佐*"}, 0, 2), (Ids{3, 2}));
  EXPECT_EQ(find({"無い"}), (Ids{}));
  EXPECT_EQ(find({}), (Ids{}));
  EXPECT_EQ(any_of({{"佐藤", "藤商"}, {"03"}, {}}), (Ids{1, 3}));
  EXPECT_EQ(any_of({{"佐藤 ", "x y"}, {"𠮷*"}}), (Ids{4}));
  EXPECT_EQ(any_of({{"無い"}}), (Ids{}));
  EXPECT_EQ(any_of({{"a b"}}), (Ids{}));
  EXPECT_EQ(any_of({}), (Ids{}));
  // Nothing a person types may break out of its quotes.
  for (const char* nasty : {"\"", "'", "\\", "a'b", "\" OR \"佐藤", "*", "&", "a:*", "("}) {
    EXPECT_EQ(find({nasty, "佐藤"}), (Ids{})) << nasty;
  }
  store_->write([](Transaction& transaction) {
    search_delete(transaction, "item_search", 2);
    search_put(transaction, "item_search", 2, "鈴木 木");
    search_delete(transaction, "item_search", 3);
    search_delete(transaction, "item_search", 99);
  });
  EXPECT_EQ(find({"佐*"}), (Ids{1}));
  EXPECT_EQ(find({"鈴木"}), (Ids{2}));
  EXPECT_EQ(find({"木"}), (Ids{2}));
  for (int i = 0; i < 3; ++i) store_->maintain();
  EXPECT_EQ(find({"木"}), (Ids{2}));
  EXPECT_EQ(find({"佐*"}), (Ids{1}));
}

TEST_P(SchemaTest, SearchHandsOverManyAndIsCleared) {
  migrate(*store_, {}, {{.name = "item_search", .search = true}});
  constexpr std::int64_t kMany = 6'000;  // more than the store reads at a time
  store_->write([](Transaction& transaction) {
    for (std::int64_t id = 1; id <= kMany; ++id)
      search_put(transaction, "item_search", id, id % 2 == 0 ? "山 田" : "山");
  });
  const Ids all = find({"山"}, 0, 10'000);
  ASSERT_EQ(all.size(), static_cast<std::size_t>(kMany));
  for (std::size_t i = 0; i < all.size(); ++i)
    ASSERT_EQ(all[i], kMany - static_cast<std::int64_t>(i));
  EXPECT_EQ(find({"山", "田"}, 0, 10'000).size(), static_cast<std::size_t>(kMany / 2));
  EXPECT_EQ(find({"山"}, 101, 10'000).size(), 100U);
  store_->write([](Transaction& transaction) {
    search_clear(transaction, "item_search");
    search_put(transaction, "item_search", 7, "山");
  });
  EXPECT_EQ(find({"山"}), (Ids{7}));
}

}  // namespace
}  // namespace daifuku::store
