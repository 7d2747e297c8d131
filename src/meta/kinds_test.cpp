// The contract that every field kind keeps, and what each one understands.
#include "meta/kinds.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/messages.h"
#include "meta/derive.h"
#include "meta/kinds/common.h"
#include "meta/kinds/person_name.h"
#include "meta/kinds/prefecture.h"

namespace daifuku::meta {
namespace {

FieldDef field_of(const FieldKind& kind) {
  FieldDef field;
  field.id = 1;
  field.key = "sample";
  field.kind = &kind;
  field.label = {"見本", "Sample"};
  if (&kind == &kinds::choice || &kind == &kinds::choices) {
    field.options = {{"a_plus", {"A+", "A plus"}, "green"},
                     {"a", {"A", "A rank"}, "blue", {"Aランク"}},
                     {"mail", {"メール", "E-mail"}, "gray", {"Eメール"}}};
  }
  if (&kind == &kinds::prefecture) field.options = kinds::prefecture_options();
  if (&kind == &kinds::link || &kind == &kinds::links) field.target = "company";
  return field;
}

// What each kind takes as JSON; the contract tests go over all of them.
const std::map<std::string, std::vector<std::string>>& samples() {
  static const std::map<std::string, std::vector<std::string>> kSamples = {
      {"text", {R"("株式会社山田製作所")", R"("A")"}},
      {"long_text", {R"("一行目\n二行目")"}},
      {"kana", {R"("ヤマダセイサクショ")"}},
      {"email", {R"("Yamada.Taro@example.co.jp")"}},
      {"emails", {R"(["a@example.jp","b@example.jp"])"}},
      {"phone", {R"("03-1234-5678")", R"("03-1234-5678 内線12")"}},
      {"phones", {R"(["03-1234-5678","090-1234-5678"])"}},
      {"url", {R"("https://www.example.co.jp/a?b=1,2;c/d")"}},
      {"urls", {R"(["https://x.com/yamada","https://www.example.co.jp/a,b"])"}},
      {"postal_code", {R"("1000001")"}},
      {"prefecture", {R"("東京都")", R"("北海道")"}},
      {"integer", {"0", "-12", "9007199254740991", "-9007199254740991"}},
      {"decimal", {"0", "12.5", "-0.0001", "900719925474.0991"}},
      {"money", {"10000000", "-5000"}},
      {"percent", {"80", "33.3333"}},
      {"date", {R"("2026-04-01")", R"("2024-02-29")"}},
      {"date_time", {R"("2026-04-01T00:30:00.000Z")", R"("2026-04-01T15:00:30.000Z")"}},
      {"yes_no", {"true", "false"}},
      {"choice", {R"("a")", R"("a_plus")"}},
      {"choices", {R"(["a","mail"])"}},
      {"link", {R"({"id":"0H5ZZZZZZZZZZ"})"}},
      {"links", {R"([{"id":"0H5ZZZZZZZZZZ"},{"id":"0H5ZZZZZZZZZY"}])"}},
      {"user", {R"({"id":"0H5ZZZZZZZZZZ"})"}},
      {"users", {R"([{"id":"0H5ZZZZZZZZZZ"}])"}},
      {"file", {R"({"id":"0H5ZZZZZZZZZZ"})"}},
      {"corporate_number", {R"("8700110005901")"}},
      {"invoice_number", {R"("T8700110005901")"}},
      {"tags", {R"(["展示会2026","B/B製品"])"}},
      {"month", {"3", "12"}},
  };
  return kSamples;
}

bool simple(const FieldKind& kind) { return kind.expand == nullptr; }

std::string written(const FieldDef& field, const Value& value) {
  std::string out;
  JsonWriter writer(out);
  write_value(writer, field, value);
  return out;
}

Value parsed(const FieldDef& field, std::string_view json) {
  Value value;
  Problems problems;
  EXPECT_TRUE(field.kind->parse(field, parse_json(json), value, problems))
      << json << " " << (problems.empty() ? "" : problems[0].code);
  return value;
}

Value typed(const FieldDef& field, std::string_view text) {
  Value value;
  Problems problems;
  EXPECT_TRUE(field.kind->parse_text(field, text, value, problems))
      << text << " " << (problems.empty() ? "" : problems[0].code);
  return value;
}

std::string refusal(const FieldDef& field, std::string_view text) {
  Value value;
  Problems problems;
  if (field.kind->parse_text(field, text, value, problems)) return "accepted";
  EXPECT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].field, field.key);
  EXPECT_TRUE(has_message(problems[0].code)) << problems[0].code;
  return problems[0].code;
}

TEST(Kinds, AreFoundByName) {
  for (const FieldKind* kind : all_kinds()) EXPECT_EQ(find_kind(kind->name), kind);

  EXPECT_EQ(find_kind("nothing"), nullptr);
}

TEST(Kinds, HaveAllTheirFunctions) {
  for (const FieldKind* kind : all_kinds()) {
    SCOPED_TRACE(kind->name);
    if (!simple(*kind)) continue;

    EXPECT_NE(kind->parse, nullptr);
    EXPECT_NE(kind->parse_text, nullptr);
    EXPECT_NE(kind->write, nullptr);
    EXPECT_NE(kind->to_text, nullptr);
    EXPECT_NE(kind->schema, nullptr);
    EXPECT_TRUE(samples().contains(std::string(kind->name)));
  }
}

TEST(Kinds, RoundTripThroughJson) {
  for (const FieldKind* kind : all_kinds()) {
    if (!simple(*kind)) continue;
    const FieldDef field = field_of(*kind);
    for (const std::string& json : samples().at(std::string(kind->name))) {
      SCOPED_TRACE(std::string(kind->name) + " " + json);

      const Value value = parsed(field, json);

      EXPECT_FALSE(is_empty(value));
      EXPECT_EQ(written(field, value), json);
      EXPECT_EQ(parsed(field, written(field, value)), value);
      EXPECT_EQ(std::holds_alternative<std::int64_t>(value), kind->storage == Storage::integer);
    }
  }
}

TEST(Kinds, RoundTripThroughText) {
  for (const FieldKind* kind : all_kinds()) {
    if (!simple(*kind)) continue;
    const FieldDef field = field_of(*kind);
    for (const std::string& json : samples().at(std::string(kind->name))) {
      SCOPED_TRACE(std::string(kind->name) + " " + json);
      const Value value = parsed(field, json);

      EXPECT_EQ(typed(field, value_text(field, value)), value);
      EXPECT_FALSE(display_text(field, value, Language::ja).empty());
      EXPECT_FALSE(display_text(field, value, Language::en).empty());
    }
  }
}

TEST(Kinds, EmptyWhenNullOrBlank) {
  for (const FieldKind* kind : all_kinds()) {
    if (!simple(*kind)) continue;
    SCOPED_TRACE(kind->name);
    const FieldDef field = field_of(*kind);

    EXPECT_TRUE(is_empty(parsed(field, "null")));
    EXPECT_TRUE(is_empty(parsed(field, R"("")")));
    EXPECT_TRUE(is_empty(typed(field, " \u3000\n")));
    EXPECT_EQ(value_text(field, Value()), "");
    EXPECT_EQ(written(field, Value()), "null");
  }
}

TEST(Kinds, RefuseJsonOfAnotherType) {
  for (const FieldKind* kind : all_kinds()) {
    if (!simple(*kind)) continue;
    SCOPED_TRACE(kind->name);
    const FieldDef field = field_of(*kind);
    for (const char* json : {R"({"a":1})", "[[1]]", "[1.5]"}) {
      Value value;
      Problems problems;

      EXPECT_FALSE(field.kind->parse(field, parse_json(json), value, problems)) << json;

      ASSERT_EQ(problems.size(), 1U);
      EXPECT_TRUE(has_message(problems[0].code)) << problems[0].code;
    }
  }
}

TEST(Kinds, RefuseWhatIsTooLong) {
  for (const FieldKind* kind : all_kinds()) {
    if (!simple(*kind)) continue;
    SCOPED_TRACE(kind->name);
    const FieldDef field = field_of(*kind);
    const std::string text(kind == &kinds::long_text ? 100'001 : 5'001, 'a');
    Value value;
    Problems problems;

    EXPECT_FALSE(field.kind->parse_text(field, text, value, problems));

    EXPECT_EQ(problems.size(), 1U);
  }
}

TEST(Kinds, KeepHostileTextAsTextOrRefuseIt) {
  const std::vector<std::string> hostile = {"'; DROP TABLE companies; --",
                                            "<script>alert(1)</script>",
                                            "=HYPERLINK(\"http://x\")",
                                            std::string("a\0b", 3),
                                            "\xE3\x81",
                                            "a\u202Eb",
                                            "\\u0000{}[]"};
  for (const FieldKind* kind : all_kinds()) {
    if (!simple(*kind)) continue;
    const FieldDef field = field_of(*kind);
    for (const std::string& text : hostile) {
      SCOPED_TRACE(std::string(kind->name) + " " + text);
      Value value;
      Problems problems;
      if (!kind->parse_text(field, text, value, problems)) {
        EXPECT_EQ(problems.size(), 1U);
        continue;
      }
      const std::string_view stored = text_of(value);

      EXPECT_EQ(stored.find('\0'), std::string_view::npos);
      // Valid JSON that reads back as the same value: nothing breaks out of its quotes.
      EXPECT_EQ(parsed(field, written(field, value)), value);
    }
  }
}

TEST(Kinds, SchemaIsJson) {
  for (const FieldKind* kind : all_kinds()) {
    if (!simple(*kind)) continue;
    SCOPED_TRACE(kind->name);
    std::string out;
    JsonWriter writer(out);
    writer.begin_object();
    kind->schema(field_of(*kind), writer);
    writer.end_object();

    const Json schema = parse_json(out);

    EXPECT_TRUE(json_find(schema, "type") != nullptr || json_find(schema, "oneOf") != nullptr)
        << out;
  }
}

// What people type and files hold -> the JSON of what is stored.
struct Typed {
  const FieldKind* kind;
  const char* text;
  const char* json;
};

TEST(Kinds, UnderstandWhatPeopleType) {
  const Typed cases[] = {
      {&kinds::text, "  山田\u3000太郎 \r\n", R"("山田　太郎")"},
      {&kinds::text, "一行\n二行", R"("一行 二行")"},
      {&kinds::long_text, "一\r\n二", R"("一\n二")"},
      {&kinds::kana, "ﾔﾏﾀﾞ たろう", R"("ヤマダ タロウ")"},
      {&kinds::email, " ＹＡＭＡＤＡ＠ＥＸＡＭＰＬＥ．ＣＯＭ ", R"("YAMADA@example.com")"},
      {&kinds::emails, "a@example.jp; b@example.jp、a@example.jp",
       R"(["a@example.jp","b@example.jp"])"},
      {&kinds::phone, "０３－１２３４－５６７８", R"("03-1234-5678")"},
      {&kinds::phone, "-", "null"},
      {&kinds::phones, "03-1234-5678 / 090-1234-5678", R"(["03-1234-5678","090-1234-5678"])"},
      {&kinds::url, "www.example.co.jp", R"("https://www.example.co.jp")"},
      {&kinds::postal_code, "〒１００－０００１", R"("1000001")"},
      {&kinds::prefecture, "東京", R"("東京都")"},
      {&kinds::prefecture, "Osaka", R"("大阪府")"},
      {&kinds::prefecture, "Kyoto Prefecture", R"("京都府")"},
      {&kinds::integer, "１，２３４", "1234"},
      {&kinds::integer, "－", "null"},
      {&kinds::decimal, "1.25", "1.25"},
      {&kinds::decimal, "-0.5", "-0.5"},
      {&kinds::percent, "８０％", "80"},
      {&kinds::money, "1,234円", "1234"},
      {&kinds::money, "１２万円", "120000"},
      {&kinds::money, "△5,000", "-5000"},
      {&kinds::date, "令和8年4月1日", R"("2026-04-01")"},
      {&kinds::date, "2026/4/1", R"("2026-04-01")"},
      {&kinds::date_time, "2026-04-01 09:30", R"("2026-04-01T00:30:00.000Z")"},
      {&kinds::yes_no, "○", "true"},
      {&kinds::yes_no, "×", "false"},
      {&kinds::yes_no, "はい", "true"},
      {&kinds::yes_no, "ＮＯ", "false"},
      {&kinds::choice, "A+", R"("a_plus")"},
      {&kinds::choice, "Ａランク", R"("a")"},
      {&kinds::choice, "e-mail", R"("mail")"},
      {&kinds::choices, "A、メール", R"(["a","mail"])"},
      {&kinds::choices, "A / Eメール", R"(["a","mail"])"},
      {&kinds::tags, "展示会, 展示会、重要", R"(["展示会","重要"])"},
      {&kinds::month, "３月末", "3"},
      {&kinds::month, "3月31日", "3"},
      {&kinds::month, "Sep", "9"},
      {&kinds::link, "0h5zzzzzzzzzz", R"({"id":"0H5ZZZZZZZZZZ"})"},
      {&kinds::corporate_number, "8-7001-1000-5901", R"("8700110005901")"},
  };
  for (const Typed& each : cases) {
    const FieldDef field = field_of(*each.kind);
    SCOPED_TRACE(std::string(each.kind->name) + " " + each.text);

    EXPECT_EQ(written(field, typed(field, each.text)), each.json);
  }
}

TEST(Kinds, RefuseWithACode) {
  const Typed cases[] = {
      {&kinds::email, "yamada", "invalid_email"},
      {&kinds::emails, "a@example.jp,yamada", "invalid_email"},
      {&kinds::phone, "非公開", "invalid_phone"},
      {&kinds::url, "javascript:alert(1)", "invalid_url"},
      {&kinds::postal_code, "123", "invalid_postal_code"},
      {&kinds::prefecture, "江戸", "invalid_prefecture"},
      {&kinds::integer, "1.5", "number_not_whole"},
      {&kinds::integer, "たくさん", "invalid_number"},
      {&kinds::integer, "9007199254740992", "number_too_large"},
      {&kinds::date, "2026-02-30", "invalid_date"},
      {&kinds::date_time, "きのう", "invalid_date_time"},
      {&kinds::yes_no, "たぶん", "invalid_yes_no"},
      {&kinds::choice, "B", "invalid_choice"},
      {&kinds::month, "13", "invalid_month"},
      {&kinds::link, "山田製作所", "invalid_id"},
  };
  for (const Typed& each : cases) {
    SCOPED_TRACE(std::string(each.kind->name) + " " + each.text);

    EXPECT_EQ(refusal(field_of(*each.kind), each.text), each.json);
  }
  EXPECT_NE(refusal(field_of(kinds::corporate_number), "1700110005901"), "accepted");
}

TEST(Kinds, LimitOfTheFieldCountsCharacters) {
  FieldDef field = field_of(kinds::text);
  field.max = 3;

  EXPECT_EQ(refusal(field, "あいう"), "accepted");
  EXPECT_EQ(refusal(field, "あいうえ"), "too_long");
}

TEST(Kinds, PeopleReadOtherTextsThanFilesHold) {
  EXPECT_EQ(value_text(field_of(kinds::money), Value(std::int64_t{-1'234'567})), "-1234567");
  EXPECT_EQ(value_text(field_of(kinds::postal_code), Value("1000001")), "100-0001");
  EXPECT_EQ(value_text(field_of(kinds::choice), Value("mail")), "メール");
}

TEST(Kinds, PeopleReadThemInTheirLanguage) {
  const Value loss(std::int64_t{-1'234'567});
  const Value half_past_nine(*parse_instant("2026-04-01T00:30:15.000Z"));
  const struct {
    const FieldKind& kind;
    Value value;
    std::string_view ja;
    std::string_view en;
  } cases[] = {
      {kinds::money, loss, "-1,234,567円", "-¥1,234,567"},
      {kinds::date, Value("2026-04-01"), "2026年4月1日", "Apr 1, 2026"},
      {kinds::date_time, half_past_nine, "2026年4月1日 09:30", "Apr 1, 2026 09:30"},
      {kinds::month, Value(std::int64_t{9}), "9月", "September"},
      {kinds::yes_no, Value(std::int64_t{1}), "はい", "Yes"},
      {kinds::yes_no, Value(std::int64_t{0}), "いいえ", "No"},
      {kinds::choice, Value("mail"), "メール", "E-mail"},
      {kinds::choice, Value("gone"), "gone", "gone"},
      {kinds::choices, Value(join_items({"a", "mail"})), "A、メール", "A rank, E-mail"},
      {kinds::prefecture, Value("東京都"), "東京都", "Tokyo"},
      {kinds::tags, Value(join_items({"展示会", "VIP"})), "展示会、VIP", "展示会, VIP"},
      {kinds::corporate_number, Value("7000012050002"), "7-0000-1205-0002", "7-0000-1205-0002"},
  };
  for (const auto& [kind, value, ja, en] : cases) {
    SCOPED_TRACE(ja);
    EXPECT_EQ(display_text(field_of(kind), value, Language::ja), ja);
    EXPECT_EQ(display_text(field_of(kind), value, Language::en), en);
  }
}

TEST(Kinds, AnOptionWithoutEnglishIsReadInJapanese) {
  FieldDef field = field_of(kinds::choice);
  field.options.push_back({.key = "own", .label = {.ja = "自社"}});
  EXPECT_EQ(display_text(field, Value("own"), Language::en), "自社");
}

TEST(PersonName, IsSplitAtTheFirstSpace) {
  EXPECT_EQ(split_person_name("山田\u3000太郎").given, "太郎");
  EXPECT_EQ(split_person_name("山田 太郎 様").given, "太郎");
  EXPECT_EQ(split_person_name("鵜殿").family, "鵜殿");
  EXPECT_EQ(split_person_name("山田太郎").family, "山田太郎");
}

TEST(PersonName, PartsAndWholeStayInStep) {
  Values fresh = {{"name", Value("山田\u3000太郎")}};
  settle_person_name(fresh, {});
  EXPECT_EQ(text_of(get(fresh, "family_name")), "山田");
  EXPECT_EQ(text_of(get(fresh, "name")), "山田 太郎");

  Values married = {{"family_name", Value("佐藤")}, {"family_kana", Value("サトウ")}};
  settle_person_name(married, {{"given_name", Value("花子")}, {"given_kana", Value("ハナコ")}});
  EXPECT_EQ(text_of(get(married, "name")), "佐藤 花子");
  EXPECT_EQ(text_of(get(married, "name_kana")), "サトウ ハナコ");

  Values untouched = {{"note", Value("x")}};
  settle_person_name(untouched, married);
  EXPECT_EQ(untouched.size(), 1U);
}

}  // namespace
}  // namespace daifuku::meta
