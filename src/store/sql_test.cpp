#include "store/sql.h"

#include <gtest/gtest.h>

namespace daifuku::store {
namespace {

struct Translation {
  const char* sql;
  const char* sqlite;
  const char* postgres;
};

class TranslateTest : public testing::TestWithParam<Translation> {};

TEST_P(TranslateTest, GivesTheSqlOfEachStore) {
  const Translation& example = GetParam();
  const std::vector<Token> tokens = tokenize(example.sql);
  EXPECT_EQ(translate(example.sql, tokens, Dialect::sqlite).sql, example.sqlite);
  EXPECT_EQ(translate(example.sql, tokens, Dialect::postgres).sql, example.postgres);
}

INSTANTIATE_TEST_SUITE_P(
    Statements, TranslateTest,
    testing::Values(
        Translation{"SELECT 1", "SELECT 1", "SELECT 1"},
        Translation{"SELECT a FROM t WHERE b = ? AND c = ?",
                    "SELECT a FROM t WHERE b = ? AND c = ?",
                    "SELECT a FROM t WHERE b = $1 AND c = $2"},
        Translation{"SELECT c.a FROM company c WHERE {c} AND c.id = ?",
                    "SELECT c.a FROM company c WHERE c.id = ?",
                    "SELECT c.a FROM company c WHERE c.tenant_id = $1 AND c.id = $2"},
        Translation{"SELECT c.a FROM company c WHERE c.id = ? AND {c}",
                    "SELECT c.a FROM company c WHERE c.id = ? ",
                    "SELECT c.a FROM company c WHERE c.id = $2 AND c.tenant_id = $1"},
        Translation{"SELECT a FROM company c WHERE {c} ORDER BY id",
                    "SELECT a FROM company c WHERE 1 ORDER BY id",
                    "SELECT a FROM company c WHERE c.tenant_id = $1 ORDER BY id"},
        Translation{"SELECT a FROM x JOIN y ON {y} AND {x} AND x.a = y.a WHERE {x} AND {y}",
                    "SELECT a FROM x JOIN y ON x.a = y.a WHERE 1",
                    "SELECT a FROM x JOIN y ON y.tenant_id = $1 AND x.tenant_id = $1 AND x.a = y.a "
                    "WHERE x.tenant_id = $1 AND y.tenant_id = $1"},
        Translation{"INSERT INTO tag ({tenant_id}, id) VALUES ({tenant}, ?)",
                    "INSERT INTO tag (id) VALUES (?)",
                    "INSERT INTO tag (tenant_id, id) VALUES ($1, $2)"},
        Translation{"INSERT INTO tag (id, {tenant_id}) VALUES (?, {tenant})",
                    "INSERT INTO tag (id) VALUES (?)",
                    "INSERT INTO tag (id, tenant_id) VALUES ($2, $1)"},
        Translation{
            "INSERT INTO t ({tenant_id}, a) VALUES ({tenant}, ?) ON CONFLICT ({tenant_id}, a) DO "
            "NOTHING",
            "INSERT INTO t (a) VALUES (?) ON CONFLICT (a) DO NOTHING",
            "INSERT INTO t (tenant_id, a) VALUES ($1, $2) ON CONFLICT (tenant_id, a) DO NOTHING"},
        Translation{"CREATE TABLE t (a text, PRIMARY KEY ({tenant_id}, a))",
                    "CREATE TABLE t (a text, PRIMARY KEY (a))",
                    "CREATE TABLE t (a text, PRIMARY KEY (tenant_id, a))"},
        Translation{"SELECT '? {c} ''it''', \"a?{b}\" -- ? {c}\n FROM t /* ? {c} */ WHERE a = ?",
                    "SELECT '? {c} ''it''', \"a?{b}\" -- ? {c}\n FROM t /* ? {c} */ WHERE a = ?",
                    "SELECT '? {c} ''it''', \"a?{b}\" -- ? {c}\n FROM t /* ? {c} */ WHERE a = $1"},
        Translation{"SELECT a FROM t WHERE {t} AND id = ? FOR UPDATE",
                    "SELECT a FROM t WHERE id = ? ",
                    "SELECT a FROM t WHERE t.tenant_id = $1 AND id = $2 FOR UPDATE"},
        Translation{"SELECT a FROM (SELECT a FROM t WHERE {t} LIMIT ? FOR UPDATE SKIP LOCKED) j",
                    "SELECT a FROM (SELECT a FROM t WHERE 1 LIMIT ? ) j",
                    "SELECT a FROM (SELECT a FROM t WHERE t.tenant_id = $1 LIMIT $2 FOR UPDATE "
                    "SKIP LOCKED) j"}));

TEST(Translate, CountsParametersAndTenant) {
  const std::string_view sql = "UPDATE t SET a = ?, b = ? WHERE {t} AND id = ?";
  const Translated postgres = translate(sql, tokenize(sql), Dialect::postgres);
  EXPECT_EQ(postgres.parameters, 3);
  EXPECT_TRUE(postgres.uses_tenant);
  EXPECT_EQ(postgres.sql, "UPDATE t SET a = $2, b = $3 WHERE t.tenant_id = $1 AND id = $4");
  EXPECT_FALSE(translate(sql, tokenize(sql), Dialect::sqlite).uses_tenant);
  const std::string_view columns = "CREATE TABLE t ({tenant_id}, a)";
  EXPECT_FALSE(translate(columns, tokenize(columns), Dialect::postgres).uses_tenant);
}

TEST(Translate, RefusesWhatItCannotRead) {
  for (const char* sql : {"SELECT 'a", "SELECT \"a", "SELECT {c", "SELECT /* a", "SELECT ?1"}) {
    EXPECT_THROW(tokenize(sql), SystemError) << sql;
  }
  EXPECT_THROW(translate("VALUES ({tenant})", tokenize("VALUES ({tenant})"), Dialect::sqlite),
               SystemError);
}

class MarkTest : public testing::Test {
 protected:
  MarkTest() {
    tables_.add("company");
    tables_.add("person");
  }
  bool accepted(std::string_view sql) {
    try {
      check_tenant_marks(sql, tokenize(sql), tables_);
      return true;
    } catch (const SystemError&) {
      return false;
    }
  }
  TenantTables tables_;
};

TEST_F(MarkTest, AcceptsMarkedStatements) {
  for (const char* sql : {
           "SELECT 1",
           "SELECT * FROM setting",
           "SELECT * FROM company WHERE {company}",
           "SELECT * FROM company c WHERE {c} AND id = ?",
           "SELECT * FROM company AS c WHERE id = ? AND {c}",
           "SELECT * FROM company c WHERE ({c} AND id = ?)",
           "SELECT * FROM company c WHERE {c} AND (a = 1 OR b = 2)",
           "SELECT * FROM company c WHERE {c} AND CASE WHEN a OR b THEN 1 ELSE 0 END = 1",
           "SELECT * FROM company c JOIN person p ON {p} AND p.company = c.id WHERE {c}",
           "SELECT * FROM company c LEFT JOIN person p ON {p} AND p.company = c.id AND (p.a OR "
           "p.b) WHERE {c} ORDER BY 1",
           "SELECT * FROM company c, person p WHERE {c} AND {p} AND p.company = c.id",
           "SELECT * FROM company c WHERE {c} AND EXISTS (SELECT 1 FROM person p WHERE {p} AND "
           "p.company = c.id)",
           "SELECT (SELECT count(*) FROM person p WHERE {p} AND p.company = c.id) FROM company c "
           "WHERE {c}",
           "SELECT * FROM (SELECT id FROM company c WHERE {c}) x WHERE x.id > 1",
           "SELECT id FROM company c WHERE {c} UNION ALL SELECT id FROM person p WHERE {p} ORDER "
           "BY id LIMIT 5",
           "WITH x AS (SELECT id FROM company c WHERE {c}) SELECT * FROM x",
           "SELECT * FROM json_each(?) j, company c WHERE {c} AND c.id = j.value",
           "SELECT * FROM company c WHERE {c} AND a IS DISTINCT FROM b",
           "SELECT id FROM company c WHERE {c} AND id = ? FOR UPDATE",
           "INSERT INTO company ({tenant_id}, id) VALUES ({tenant}, ?)",
           "INSERT INTO company ({tenant_id}, id) VALUES ({tenant}, ?), ({tenant}, (? + 1) * 2)",
           "INSERT INTO company ({tenant_id}, id) SELECT {tenant}, id FROM person p WHERE {p}",
           "INSERT INTO company ({tenant_id}, id) VALUES ({tenant}, ?) ON CONFLICT ({tenant_id}, "
           "id) DO UPDATE SET a = "
           "excluded.a",
           "INSERT OR REPLACE INTO company ({tenant_id}, id) VALUES ({tenant}, ?)",
           "INSERT INTO setting (id) VALUES (?)",
           "UPDATE company SET a = ? WHERE {company} AND id = ?",
           "UPDATE company SET a = (SELECT max(b) FROM person p WHERE {p}) WHERE {company} "
           "RETURNING id",
           "DELETE FROM company WHERE {company} AND id = ?",
           "WITH j AS (SELECT id FROM person p WHERE {p} LIMIT 5) UPDATE company SET a = 1 FROM j "
           "WHERE {company} AND "
           "company.id = j.id RETURNING company.id",
           "CREATE INDEX a ON company (b) WHERE b IS NOT NULL",
           "ALTER TABLE company ADD COLUMN a",
       }) {
    EXPECT_TRUE(accepted(sql)) << sql;
  }
}

TEST_F(MarkTest, RefusesMissingAndUselessMarks) {
  for (const char* sql : {
           "SELECT * FROM company",
           "SELECT * FROM Company c",
           "SELECT * FROM \"company\" c",
           "SELECT * FROM main.company c",
           "SELECT * FROM company c WHERE id = ?",
           "SELECT * FROM company c WHERE {company}",  // the alias hides the name
           "SELECT * FROM company c WHERE {c} OR id = ?",
           "SELECT * FROM company c WHERE ({c} AND a) OR id = ?",
           "SELECT * FROM company c WHERE (({c}) OR a)",
           "SELECT {c} FROM company c",
           "SELECT * FROM company c ORDER BY {c}",
           "SELECT * FROM company c JOIN person p ON p.company = c.id WHERE {c}",
           "SELECT * FROM company c, person p WHERE {c}",
           "SELECT * FROM setting s, company c",
           "SELECT * FROM json_each(?) j, company c",
           "SELECT * FROM (setting s JOIN company c ON s.id = c.id)",
           "SELECT * FROM company c WHERE {c} AND EXISTS (SELECT 1 FROM person p WHERE p.a = c.id)",
           // Guards the inner part only.
           "SELECT * FROM company c WHERE EXISTS (SELECT 1 FROM person p WHERE {p} AND {c})",
           "SELECT * FROM company c WHERE {c} AND EXISTS (SELECT 1 FROM company c WHERE c.a = 1)",
           "SELECT (SELECT count(*) FROM person p) FROM company c WHERE {c}",
           "SELECT * FROM (SELECT id FROM company) x",
           "SELECT id FROM company c WHERE {c} UNION ALL SELECT id FROM company c",
           "WITH x AS (SELECT id FROM company) SELECT * FROM x",
           "INSERT INTO company (id) VALUES (?)",
           "INSERT INTO company VALUES (?)",
           "INSERT INTO company ({tenant_id}, id) VALUES (?, ?)",
           "INSERT INTO company ({tenant_id}, id) VALUES ({tenant}, ?), (?, ?)",
           "INSERT INTO company ({tenant_id}, id) SELECT id, id FROM person p WHERE {p}",
           "INSERT INTO company ({tenant_id}, id) SELECT {tenant}, id FROM person p",
           "INSERT INTO company ({tenant_id}, id) VALUES ({tenant}, ?) ON CONFLICT (id) DO NOTHING",
           "INSERT INTO setting (id) SELECT id FROM company",
           "UPDATE company SET a = ?",
           "UPDATE company SET a = ? WHERE id = ?",
           "UPDATE setting SET a = 1 FROM company c WHERE c.id = 1",
           "UPDATE company SET a = 1 FROM person p WHERE {company} AND p.id = a",
           "DELETE FROM company",
           "DELETE FROM company WHERE id = ?",
           "SELECT * FROM company c WHERE {c} AND (SELECT 1",
       }) {
    EXPECT_FALSE(accepted(sql)) << sql;
  }
}

}  // namespace
}  // namespace daifuku::store
