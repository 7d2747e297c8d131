#include "records/list_query.h"

#include <algorithm>
#include <map>

#include "base/crypto.h"
#include "records/test_engine.h"

namespace daifuku::records {
namespace {

class ListTest : public EngineTest {
 protected:
  // Pages of `limit` until the end, as a client walks them.
  std::vector<Id> walk(ListQuery query, int limit) {
    std::vector<Id> out;
    query.limit = limit;
    for (int page = 0; page < 200; ++page) {
      const Json answer = list(owner(), "company", query);
      for (const Json& item : answer.at("items").as_array())
        out.push_back(*decode_id(json_text(item, "id")));
      if (answer.at("next").is_null()) return out;
      query.after = json_text(answer, "next");
    }
    ADD_FAILURE() << "the pages do not end";
    return out;
  }
  void fill() {
    // Equal values, empty ones and an empty text in every combination.
    for (int i = 0; i < 23; ++i) {
      std::string body = R"({"name":"会社)" + std::to_string(i % 4) + "\"";
      if (i % 3 != 0) body += ",\"employees\":" + std::to_string(i % 3 * 10);
      if (i % 5 != 0) body += R"(,"founded_on":"2026-01-0)" + std::to_string(i % 5) + "\"";
      if (i % 2 != 0) body += R"(,"rank":"a")";
      create("company", body + "}");
      if (i % 4 == 0) clock_.advance(1);
    }
  }
};
INSTANTIATE_TEST_SUITE_P(Stores, ListTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(ListTest, PagesMeetWithoutGapOrOverlap) {
  fill();
  for (const std::vector<std::string>& sort :
       std::vector<std::vector<std::string>>{{},
                                             {"updated_at"},
                                             {"-updated_at"},
                                             {"id"},
                                             {"-id"},
                                             {"name"},
                                             {"-name"},
                                             {"employees"},
                                             {"-employees"},
                                             {"employees", "-founded_on"},
                                             {"-employees", "founded_on"},
                                             {"-founded_on", "-employees", "name"},
                                             {"rank", "-name", "employees"},
                                             {"deleted_at"}}) {
    std::string trace;
    for (const std::string& key : sort) trace += key + " ";
    SCOPED_TRACE(trace);
    const std::vector<Id> whole = walk({.sort = sort}, 200);
    ASSERT_EQ(whole.size(), 23U);
    for (const int limit : {1, 2, 7, 23}) {
      SCOPED_TRACE(limit);
      EXPECT_EQ(walk({.sort = sort}, limit), whole);
    }
    // The jumps of the scroll bar land on the same order.
    for (const std::int64_t offset : {1, 8, 15, 22, 23, 99}) {
      SCOPED_TRACE(offset);
      const auto from = std::min<std::ptrdiff_t>(offset, 23);
      EXPECT_EQ(walk({.sort = sort, .offset = offset}, 200),
                std::vector<Id>(whole.begin() + from, whole.end()));
    }
  }
}

TEST_P(ListTest, EmptyValuesComeLastInBothDirections) {
  fill();
  for (const char* sort : {"employees", "-employees"}) {
    SCOPED_TRACE(sort);
    std::vector<std::int64_t> values;
    for (const Id id : walk({.sort = {sort}}, 5))
      values.push_back(get("company", id).get("employees") == meta::kEmpty
                           ? -1
                           : get("company", id).integer("employees"));
    const auto empty = std::ranges::find(values, -1);
    EXPECT_EQ(std::count(values.begin(), empty, -1), 0);
    EXPECT_EQ(std::count(empty, values.end(), -1), 8);
    EXPECT_EQ(values.end() - empty, 8);
    if (sort[0] == '-') std::reverse(values.begin(), empty);
    EXPECT_TRUE(std::is_sorted(values.begin(), empty));
  }
}

TEST_P(ListTest, AnotherRecordBetweenPagesMovesNothing) {
  fill();
  const std::vector<Id> before = walk({.sort = {"name"}}, 200);
  const Json first = list(owner(), "company", {.sort = {"name"}, .limit = 10});
  company("ああ最初に来る会社");

  const Json second =
      list(owner(), "company", {.sort = {"name"}, .limit = 10, .after = json_text(first, "next")});

  EXPECT_EQ(*decode_id(json_text(second.at("items").as_array()[0], "id")), before[10]);
}

TEST_P(ListTest, FilterSortAndCursorWorkTogether) {
  fill();
  const ListQuery query{.filter = parse_json(R"({"rank":{"eq":"a"}})"), .sort = {"-employees"}};

  const std::vector<Id> whole = walk(query, 200);

  EXPECT_EQ(whole.size(), 11U);
  EXPECT_EQ(walk(query, 2), whole);
}

// Whatever index a list with several equalities is led by, guessed or counted.
TEST_P(ListTest, SeveralEqualitiesMeetInTheOrderOfTheList) {
  std::vector<std::string> parents;
  for (int i = 0; i < 3; ++i) parents.push_back(encode_id(company("親会社")));
  std::map<std::string, std::vector<Id>> expected;  // newest first
  for (int i = 0; i < 150; ++i) {
    const std::string& parent = parents[i % 7 < 5 ? 0 : i % 7 - 4];
    const std::string rank = i % 11 == 0 ? "b" : "a";
    const Id id = create("company", R"({"name":"会社","rank":")" + rank + R"(","parent":")" +
                                        parent + R"(","employees":)" + std::to_string(i % 2) + "}");
    if (i % 13 == 0) {
      remove("company", id);
    } else {
      for (const std::string& key : {rank + parent, rank + parent + std::to_string(i % 2)})
        expected[key].insert(expected[key].begin(), id);
    }
    if (i % 3 == 0) clock_.advance(1);
  }

  for (const bool counted : {false, true}) {
    if (counted) engine_.row_estimate().settle();
    for (const std::string& parent : parents) {
      for (const std::string rank : {"a", "b"}) {
        const std::string both =
            R"({"rank":{"eq":")" + rank + R"("},"parent":{"eq":")" + parent + "\"}";
        SCOPED_TRACE(both);
        EXPECT_EQ(walk({.filter = parse_json(both + "}"), .sort = {"-updated_at"}}, 4),
                  expected[rank + parent]);
        EXPECT_EQ(walk({.filter = parse_json(both + R"(,"employees":{"eq":1}})"),
                        .sort = {"-updated_at"}},
                       4),
                  expected[rank + parent + "1"]);
      }
    }
    EXPECT_TRUE(walk({.filter = parse_json(R"({"and":[{"rank":{"eq":"a"}},{"rank":{"eq":"b"}}]})"),
                      .sort = {"-updated_at"}},
                     4)
                    .empty());
  }
}

TEST_P(ListTest, RefusesWrongQueries) {
  fill();
  const auto refused = [&](const ListQuery& query) {
    return refusal([&] { list(owner(), "company", query); });
  };
  EXPECT_EQ(refused({.sort = {"nonsense"}}), "sort: field_unknown");
  EXPECT_EQ(refused({.sort = {"partners"}}), "sort: field_unknown");
  EXPECT_EQ(refused({.sort = {"name", "rank", "code", "phone", "founded_on", "met_at"}}),
            "sort: filter_too_long");
  EXPECT_EQ(refused({.fields = {"name", "nonsense"}}), "fields: field_unknown");
  EXPECT_EQ(refused({.limit = 0}), "limit: limit_range");
  EXPECT_EQ(refused({.limit = 201}), "limit: limit_range");
  EXPECT_EQ(refused({.offset = -1}), "offset: invalid_number");
}

// A cursor comes back from outside: whatever is in it is an answer to the person, never a failure.
TEST_P(ListTest, RefusesWrongCursors) {
  fill();
  for (const char* content :
       {"", "x", "{}", "[]", "[0]", "[0,10]", "[0,10,1,1]", "[0,\"ten\",1]", "[0,10,\"one\"]",
        "[0,10,null]", "[2,10,1]", "[-1,10,1]", "[\"0\",10,1]", "[0,1.5,1]"}) {
    SCOPED_TRACE(content);
    EXPECT_EQ(refusal([&] {
                list(owner(), "company",
                     {.sort = {"employees"}, .after = content[0] == '\0' ? "zz" : hex(content)});
              }),
              "after: invalid_id");
  }
  // A cursor of one order is none of another.
  const Json page = list(owner(), "company", {.sort = {"name"}, .limit = 2});
  EXPECT_EQ(refusal([&] {
              list(owner(), "company",
                   {.sort = {"employees"}, .limit = 2, .after = json_text(page, "next")});
            }),
            "after: invalid_id");
}

TEST_P(ListTest, CountsOnlyWhenAsked) {
  fill();
  EXPECT_EQ(json_find(list(owner(), "company", {}), "total"), nullptr);
  const Json bounded = list(owner(), "company",
                            {.filter = parse_json(R"({"employees":{"empty":true}})"),
                             .limit = 1,
                             .total = ListQuery::Total::bounded});
  EXPECT_EQ(json_integer(bounded.at("total"), "count"), 8);
  EXPECT_TRUE(json_bool(bounded.at("total"), "exact"));
}

TEST_P(ListTest, ShowsOnlyWhatTheCallerMaySee) {
  const Id mine =
      create("company", R"({"name":"私の会社","owner_id":")" + encode_id(kHanako) + "\"}");
  const Id team = create("company", R"({"name":"課の会社","owner_id":")" + encode_id(kJiro) +
                                        R"(","team_id":")" + encode_id(kSales) + "\"}");
  company("別の会社");
  const auto seen = [&](const char* scope, const std::vector<Id>& teams) {
    const Caller caller{
        .access =
            access(kHanako, meta::Role::member,
                   std::string(R"({"objects":{"company":{"read":")") + scope + "\"}}}", teams)};
    return engine_.list_ids(caller, object("company"), {.sort = {"id"}}, 10);
  };

  EXPECT_EQ(seen("own", {kSales}), std::vector<Id>{mine});
  EXPECT_EQ(seen("team", {kSales}), (std::vector<Id>{mine, team}));
  EXPECT_EQ(seen("team", {}), std::vector<Id>{mine});
  EXPECT_EQ(seen("all", {}).size(), 3U);
  EXPECT_EQ(refusal([&] { seen("none", {}); }), "forbidden");
}

TEST_P(ListTest, TrashIsAListOfItsOwn) {
  const Id kept = company("残る会社");
  const Id gone = company("消える会社");
  remove("company", gone);

  EXPECT_EQ(walk({}, 10), std::vector<Id>{kept});
  EXPECT_EQ(walk({.sort = {"-deleted_at"}, .deleted = true}, 10), std::vector<Id>{gone});
}

TEST_P(ListTest, EachGoesThroughEverythingInSlices) {
  engine_.write(owner(), [&](Write& write) {
    for (int i = 0; i < 1'003; ++i) {
      Draft draft;
      draft.values["name"] = std::string("会社") + std::to_string(i);
      if (i % 2 == 0) draft.values["employees"] = std::int64_t{i % 7};
      write.create(object("company"), std::move(draft));
    }
  });

  std::vector<Id> seen;
  engine_.each(owner(), object("company"), {.sort = {"-employees"}}, [&](const Record& record) {
    seen.push_back(record.id);
    return true;
  });

  EXPECT_EQ(seen.size(), 1'003U);
  std::ranges::sort(seen);
  EXPECT_TRUE(std::ranges::adjacent_find(seen) == seen.end());
}

}  // namespace
}  // namespace daifuku::records
