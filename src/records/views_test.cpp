#include "records/test_engine.h"

namespace daifuku::records {
namespace {

class ViewsTest : public EngineTest {
 protected:
  Id save(const Caller& caller, const std::string& body, Id id = 0) {
    std::string out;
    engine_.save_view(caller, parse_json(body), id, out);
    return *decode_id(json_text(parse_json(out), "id"));
  }
  std::vector<std::string> views(const Caller& caller) {
    std::string out;
    engine_.views_json(caller, "company", out);
    std::vector<std::string> names;
    const Json answer = parse_json(out);
    for (const Json& item : answer.at("items").as_array())
      names.push_back(json_text(item, "name") + (json_bool(item, "mine") ? "" : " of another"));
    return names;
  }
  static std::string view(const std::string& name, bool shared = false) {
    return R"({"object":"company","name":")" + name + R"(","state":{"sort":["name"]},"shared":)" +
           (shared ? "true}" : "false}");
  }

  Caller hanako_{.access = access(kHanako, meta::Role::member)};
  Caller jiro_{.access = access(kJiro, meta::Role::member)};
};
INSTANTIATE_TEST_SUITE_P(Stores, ViewsTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

using Names = std::vector<std::string>;

TEST_P(ViewsTest, AreOnesOwnUnlessShared) {
  save(hanako_, view("私の"));
  save(hanako_, view("皆の", true));

  EXPECT_EQ(views(hanako_), (Names{"私の", "皆の"}));
  EXPECT_EQ(views(jiro_), Names{"皆の of another"});
}

TEST_P(ViewsTest, ChangeInPart) {
  const Id id = save(hanako_, view("一", true));

  save(hanako_, R"({"name":" 二 "})", id);

  EXPECT_EQ(views(jiro_), Names{"二 of another"});
  EXPECT_EQ(count("SELECT count(*) FROM saved_view v WHERE {v}"), 1);
}

TEST_P(ViewsTest, OfOthersAreLeftAlone) {
  const Id mine = save(hanako_, view("私の"));
  const Id shared = save(hanako_, view("皆の", true));

  EXPECT_EQ(refusal([&] { save(jiro_, R"({"name":"x"})", mine); }), "not_found");
  EXPECT_EQ(refusal([&] { save(jiro_, R"({"name":"x"})", shared); }), "forbidden");
  EXPECT_EQ(refusal([&] { engine_.remove_view(jiro_, shared); }), "not_found");
  EXPECT_EQ(refusal([&] { engine_.remove_view(owner(), mine); }), "not_found");
  // Who administers tidies up what all see; it stays its maker's.
  save(owner(), R"({"name":"片付いた"})", shared);
  EXPECT_EQ(views(hanako_), (Names{"私の", "片付いた"}));
  engine_.remove_view(owner(), shared);
  engine_.remove_view(hanako_, mine);
  EXPECT_TRUE(views(hanako_).empty());
}

TEST_P(ViewsTest, RefuseWhatTheScreenCouldNotShow) {
  const auto refused = [&](const std::string& body, Id id = 0) {
    return refusal([&] { save(hanako_, body, id); });
  };
  const Id id = save(hanako_, view("一"));

  EXPECT_EQ(refused(R"({"object":"nonsense","name":"x","state":{}})"), "object: invalid_choice");
  EXPECT_EQ(refused(R"({"object":"company","name":" ","state":{}})"), "name: required");
  EXPECT_EQ(refused(R"({"object":"company","name":"x"})"), "state: required");
  EXPECT_EQ(refused(R"({"object":"company","name":"x","state":[]})"), "state: required");
  EXPECT_EQ(refused(view(std::string(61, 'x'))), "name: too_long");
  EXPECT_EQ(refused(R"({"object":"company","name":"x","state":{"a":")" + std::string(64'000, 'x') +
                    "\"}}"),
            "too_large");
  EXPECT_EQ(refused(R"({"name":""})", id), "name: required");
  EXPECT_EQ(refused(R"({"state":"all"})", id), "state: required");
  EXPECT_EQ(views(hanako_), Names{"一"});
}

// --- recently seen ---

TEST_P(ViewsTest, RemembersWhatWasSeenLast) {
  const Id first = company("一");
  const Id second = company("二");
  const auto recent = [&](const Caller& caller) {
    std::string out;
    engine_.recent_json(caller, 10, out);
    Names names;
    const Json answer = parse_json(out);
    for (const Json& item : answer.at("items").as_array())
      names.push_back(json_text(item, "title"));
    return names;
  };
  for (const Id id : {first, second, first}) {
    engine_.note_seen(hanako_, object("company"), id);
    clock_.advance(1);
  }

  EXPECT_EQ(recent(hanako_), (Names{"一", "二"}));
  EXPECT_TRUE(recent(jiro_).empty());
  // What is hidden meanwhile is not named.
  const Caller own{
      .access = access(kHanako, meta::Role::member, R"({"objects":{"company":{"read":"own"}}})")};
  EXPECT_TRUE(recent(own).empty());
}

TEST_P(ViewsTest, RemembersTwoHundred) {
  for (Id id = 1; id <= 230; ++id) {
    engine_.note_seen(hanako_, object("company"), id);
    clock_.advance(1);
  }

  EXPECT_EQ(count("SELECT count(*) FROM recent r WHERE {r}"), 200);
  EXPECT_EQ(count("SELECT min(r.record_id) FROM recent r WHERE {r}"), 31);
}

// --- tags ---

TEST_P(ViewsTest, TagsAreSuggestedByUse) {
  const Id id = create("company", R"({"name":"一","tags":["重要","東京"]})");
  create("company", R"({"name":"二","tags":["東京","ＶＩＰ"]})");
  const auto tags = [&](const std::string& start) {
    return engine_.tags(owner(), object("company"), "tags", start, 10);
  };

  EXPECT_EQ(tags("").front(), "東京");
  EXPECT_EQ(tags("").size(), 3U);
  EXPECT_EQ(tags("vip").size(), 1U);
  update("company", id, R"({"tags":["重要"]})");
  EXPECT_EQ(count("SELECT g.count FROM tag g WHERE {g} AND g.name = '東京'"), 1);
  remove("company", id);
  EXPECT_TRUE(tags("重要").empty());
}

TEST_P(ViewsTest, TagsOfHiddenRecordsAreNotTold) {
  create("company", R"({"name":"一","tags":["買収"]})");
  const Caller own{
      .access = access(kHanako, meta::Role::member, R"({"objects":{"company":{"read":"own"}}})")};
  const Caller blind{
      .access = access(kHanako, meta::Role::member, R"({"fields":{"company.tags":"masked"}})")};

  EXPECT_TRUE(engine_.tags(own, object("company"), "tags", "", 10).empty());
  EXPECT_TRUE(engine_.tags(blind, object("company"), "tags", "", 10).empty());
  EXPECT_EQ(engine_.tags(hanako_, object("company"), "tags", "", 10).size(), 1U);
}

}  // namespace
}  // namespace daifuku::records
