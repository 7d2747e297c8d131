#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "meta/derive.h"
#include "meta/kinds.h"
#include "meta/object.h"

namespace daifuku::meta {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ObjectDef company() {
  ObjectDef object{.id = 1,
                   .key = "company",
                   .plural = "companies",
                   .label = {"会社", "Company"},
                   .plural_label = {"会社", "Companies"},
                   .sections = {{"basic", {"基本", "Basics"}}},
                   .customer = true};
  object.fields = {
      {.id = 1,
       .key = "name",
       .kind = &kinds::company_name,
       .label = {"会社名", "Name"},
       .section = "basic",
       .required = true,
       .in_list = true},
      {.id = 2, .key = "capital", .kind = &kinds::money, .label = {"資本金", "Capital"}},
      {.id = 3, .key = "address", .kind = &kinds::address, .label = {"住所", "Address"}},
      {.id = 4,
       .key = "billing_address",
       .kind = &kinds::address,
       .label = {"請求先", "Billing address"}},
      {.id = 5,
       .key = "rank",
       .kind = &kinds::choice,
       .label = {"ランク", "Rank"},
       .options = {{"a", {"A", "A"}, "red"}},
       .default_text = "a"},
      {.id = 6, .key = "secret", .kind = &kinds::long_text, .label = {"秘密", "Secret"}},
      {.id = 7,
       .key = "order_total",
       .kind = &kinds::money,
       .label = {"累計", "Total"},
       .read_only = true},
      {.id = 8, .key = "tags", .kind = &kinds::tags, .label = {"タグ", "Tags"}},
  };
  return object;
}

ObjectDef person() {
  ObjectDef object{.id = 2,
                   .key = "person",
                   .plural = "people",
                   .label = {"人", "Person"},
                   .plural_label = {"人", "People"},
                   .customer = true,
                   .customer_links = {"company"},
                   .timeline_at = "met_on"};
  object.fields = {
      {.id = 1,
       .key = "name",
       .kind = &kinds::person_name,
       .label = {"氏名", "Name"},
       .required = true},
      {.id = 2,
       .key = "company",
       .kind = &kinds::link,
       .label = {"会社", "Company"},
       .target = "company"},
      {.id = 3,
       .key = "met_on",
       .kind = &kinds::date,
       .label = {"会った日", "Met"},
       .default_text = "today"},
      {.id = 4,
       .key = "seen_at",
       .kind = &kinds::date_time,
       .label = {"日時", "Seen"},
       .default_text = "now"},
      {.id = 5,
       .key = "keepers",
       .kind = &kinds::users,
       .label = {"担当", "Keepers"},
       .default_text = "me"},
  };
  return object;
}

Catalog catalog(const Customization& customization = {}) {
  return Catalog({company(), person()}, customization);
}

OwnField own_field() {
  return {.id = 10'001,
          .object = "company",
          .key = "c_color",
          .kind = "choice",
          .column = "x_text_1",
          .label = {"色", ""},
          .options = {{"red", {"赤", ""}, "red"}}};
}

TEST(Catalog, ExpandsComposites) {
  const Catalog made = catalog();
  const ObjectDef& object = *made.object("company");

  for (const char* key : {"name", "name_kana", "postal_code", "city", "billing_postal_code"}) {
    EXPECT_NE(object.field(key), nullptr) << key;
  }
  EXPECT_EQ(object.field("address"), nullptr);
  EXPECT_EQ(object.field("city")->whole, "address");
  EXPECT_EQ(object.field("billing_postal_code")->label.ja, "請求先の郵便番号");
  EXPECT_EQ(object.field("billing_postal_code")->label.en, "Billing postal code");
  EXPECT_EQ(object.field("name")->kind->name, "text");
  EXPECT_EQ(object.field("name")->kind->search, FieldKind::Search::name);
  EXPECT_EQ(object.field("name")->section, "basic");
  EXPECT_TRUE(object.field("name")->required);
  EXPECT_FALSE(object.field("name_kana")->required);
  EXPECT_EQ(object.field("prefecture")->options.size(), 47U);
  EXPECT_TRUE(made.object("person")->field("family_name")->required);
  EXPECT_FALSE(made.object("person")->field("name")->required);
  EXPECT_EQ(made.object("person")->field("keepers")->column, "");
}

TEST(Catalog, ColumnsAreNoSqlWords) {
  ObjectDef renamed = company();
  renamed.fields[1].key = "order";

  const Catalog made({renamed, person()});

  EXPECT_EQ(made.object("company")->field("order")->column, "order_");
  EXPECT_EQ(made.object("company")->field("name")->column, "name");
}

TEST(Catalog, IsFoundByKeyPluralAndId) {
  const Catalog made = catalog();

  EXPECT_EQ(made.by_plural("people"), made.object("person"));
  EXPECT_EQ(made.by_id(2), made.object("person"));
  EXPECT_EQ(made.object("nothing"), nullptr);
  EXPECT_EQ(made.by_plural("person"), nullptr);
  EXPECT_EQ(made.by_id(99), nullptr);
}

TEST(Catalog, RefusesWrongDeclarations) {
  struct Case {
    const char* name;
    std::function<void(ObjectDef&)> spoil;
  };
  const Case cases[] = {
      {"repeated id", [](ObjectDef& o) { o.fields[1].id = 1; }},
      {"repeated key", [](ObjectDef& o) { o.fields[1].key = "name"; }},
      {"key of a part", [](ObjectDef& o) { o.fields[1].key = "city"; }},
      {"bad key", [](ObjectDef& o) { o.fields[1].key = "Capital"; }},
      {"reserved key", [](ObjectDef& o) { o.fields[1].key = "title"; }},
      {"id of an own field", [](ObjectDef& o) { o.fields[1].id = 10'000; }},
      {"no kind", [](ObjectDef& o) { o.fields[1].kind = nullptr; }},
      {"no label", [](ObjectDef& o) { o.fields[1].label = {}; }},
      {"unknown section", [](ObjectDef& o) { o.fields[1].section = "nowhere"; }},
      {"choice without options", [](ObjectDef& o) { o.fields[4].options.clear(); }},
      {"options on money",
       [](ObjectDef& o) {
         o.fields[1].options = {{"a", {"A", "A"}, ""}};
       }},
      {"repeated option",
       [](ObjectDef& o) { o.fields[4].options.push_back(o.fields[4].options[0]); }},
      {"link without target", [](ObjectDef& o) { o.fields[1].kind = &kinds::link; }},
      {"unknown target",
       [](ObjectDef& o) {
         o.fields[1].kind = &kinds::link;
         o.fields[1].target = "ghost";
       }},
      {"unknown title", [](ObjectDef& o) { o.title = "ghost"; }},
      {"unknown timeline field", [](ObjectDef& o) { o.timeline_at = "ghost"; }},
      {"timeline field without time", [](ObjectDef& o) { o.timeline_at = "capital"; }},
      {"unknown summary field", [](ObjectDef& o) { o.timeline_summary = {"ghost"}; }},
      {"unknown sort", [](ObjectDef& o) { o.default_sort = "-ghost"; }},
      {"parent is no link", [](ObjectDef& o) { o.parent_link = "capital"; }},
      {"customer link is no link", [](ObjectDef& o) { o.customer_links = {"capital"}; }},
      {"plural is a path", [](ObjectDef& o) { o.plural = "search"; }},
      {"id of another object", [](ObjectDef& o) { o.id = 2; }},
      {"limits of no number", [](ObjectDef& o) { o.fields[0].least = 0; }},
      {"limits that nothing fits",
       [](ObjectDef& o) {
         o.fields[1].least = 1;
         o.fields[1].greatest = 0;
       }},
      {"made from nothing", [](ObjectDef& o) { o.fields[1].made_from = {"ghost"}; }},
      {"made from no object", [](ObjectDef& o) { o.fields[1].made_from = {"ghost.name"}; }},
  };
  for (const Case& each : cases) {
    SCOPED_TRACE(each.name);
    ObjectDef spoiled = company();
    each.spoil(spoiled);

    EXPECT_THROW(Catalog({spoiled, person()}), SystemError);
  }
  ObjectDef plain = company();
  plain.customer = false;
  EXPECT_THROW(Catalog({plain, person()}), SystemError);
}

TEST(Catalog, VersionFollowsTheDefinitions) {
  ObjectDef renamed = company();
  renamed.fields[1].label.ja = "資本";

  EXPECT_EQ(catalog().version(), catalog().version());
  EXPECT_NE(Catalog({renamed, person()}).version(), catalog().version());
  EXPECT_NE(catalog({.fields = {own_field()}}).version(), catalog().version());
}

TEST(Catalog, TakesOwnFields) {
  const Catalog made = catalog({.fields = {own_field()}});
  const FieldDef* field = made.object("company")->field("c_color");

  ASSERT_NE(field, nullptr);
  EXPECT_TRUE(field->custom);
  EXPECT_EQ(field->column, "x_text_1");
  EXPECT_EQ(field->label.en, "色");
  EXPECT_EQ(made.ignored().size(), 0U);
  EXPECT_EQ(&made.object("company")->expanded.back(), field);
}

TEST(Catalog, LeavesOutWrongRowsAndSaysWhy) {
  const auto spoil = [](auto change) {
    OwnField row = own_field();
    change(row);
    return row;
  };
  const std::vector<OwnField> rows = {
      spoil([](OwnField& r) { r.kind = "ghost"; }),
      spoil([](OwnField& r) { r.kind = "address"; }),
      spoil([](OwnField& r) { r.kind = "links"; }),
      spoil([](OwnField& r) { r.key = "color"; }),
      spoil([](OwnField& r) { r.id = 9; }),
      spoil([](OwnField& r) { r.column = "x_int_1"; }),
      spoil([](OwnField& r) { r.column = "x_text_1\"; --"; }),
      spoil([](OwnField& r) { r.label = {}; }),
      spoil([](OwnField& r) { r.options.clear(); }),
      spoil([](OwnField& r) { r.least = 0; }),
  };
  for (const OwnField& row : rows) {
    const Catalog made = catalog({.fields = {row}});

    EXPECT_EQ(made.ignored().size(), 1U);
    EXPECT_EQ(made.version(), catalog().version());
  }
  OwnField lost = own_field();
  lost.kind = "link";
  lost.options.clear();
  lost.column = "x_int_1";
  lost.target = "ghost";
  EXPECT_THAT(catalog({.fields = {lost}}).ignored(), ElementsAre(HasSubstr("ghost")));
  EXPECT_THAT(catalog({.fields = {own_field(), own_field()}}).ignored(),
              ElementsAre(HasSubstr("taken")));
}

TEST(Catalog, AppliesOverrides) {
  const Customization wanted = {
      .overrides = {
          {.object = "company",
           .key = "capital",
           .label = Label{"元手", ""},
           .required = true,
           .position = 1},
          {.object = "company", .key = "address", .hidden = true},
          {.object = "company", .key = "rank", .options = {{"b", {"B", ""}, "blue"}}},
          {.object = "company", .key = "name", .hidden = true},
          {.object = "company", .key = "order_total", .required = true},
          {.object = "company", .key = "ghost", .hidden = true},
      }};

  const Catalog made = catalog(wanted);
  const ObjectDef& object = *made.object("company");

  EXPECT_EQ(object.expanded.front().key, "capital");
  EXPECT_EQ(object.field("capital")->label.ja, "元手");
  EXPECT_EQ(object.field("capital")->label.en, "Capital");
  EXPECT_TRUE(object.field("capital")->required);
  EXPECT_TRUE(object.field("city")->hidden);
  EXPECT_FALSE(object.field("billing_city")->hidden);
  EXPECT_EQ(object.field("rank")->options.size(), 2U);
  EXPECT_FALSE(object.field("name")->hidden);
  EXPECT_THAT(made.ignored(),
              ElementsAre(HasSubstr("company.name"), HasSubstr("company.order_total"),
                          HasSubstr("company.ghost")));
}

FieldRights rights_of(const ObjectDef& object, std::map<std::string, FieldRight> exceptions) {
  FieldRights rights = all_rights(object);
  for (const auto& [key, right] : exceptions) rights[*field_position(object, key)] = right;
  return rights;
}

TEST(ParseValues, ReadsWhatMayBeWritten) {
  const Catalog made = catalog();
  const ObjectDef& object = *made.object("company");
  Problems problems;

  const Values values = parse_values(
      object,
      parse_json(R"({"version":3,"owner_id":"x","name":"㈱山田","capital":"1億円","city":null})"),
      all_rights(object), problems);

  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(values.size(), 3U);
  EXPECT_EQ(text_of(get(values, "name")), "㈱山田");
  EXPECT_EQ(integer_of(get(values, "capital")), 100'000'000);
  EXPECT_TRUE(values.contains("city"));
}

TEST(ParseValues, HidesUnreadableFieldsAndRefusesReadOnlyOnes) {
  const Catalog made = catalog();
  const ObjectDef& object = *made.object("company");
  Problems problems;

  const Values values = parse_values(
      object,
      parse_json(
          R"({"secret":"x","ghost":1,"capital":5,"order_total":1,"rank":"Z","address":"東京"})"),
      rights_of(object, {{"secret", FieldRight::none}, {"capital", FieldRight::masked}}), problems);

  std::map<std::string, std::string> codes;
  for (const Problem& problem : problems) codes[problem.field] = problem.code;
  EXPECT_TRUE(values.empty());
  EXPECT_EQ(codes, (std::map<std::string, std::string>{{"secret", "field_unknown"},
                                                       {"ghost", "field_unknown"},
                                                       {"address", "field_unknown"},
                                                       {"capital", "field_not_writable"},
                                                       {"order_total", "field_not_writable"},
                                                       {"rank", "invalid_choice"}}));
}

struct LimitCase {
  const char* typed;
  const char* code;
};
constexpr LimitCase kLimitCases[] = {
    {"-1", "number_between"},  {"0", ""},    {"100", ""},
    {"101", "number_between"}, {"null", ""}, {"\"-5\"", "number_between"}};

TEST(ParseValues, RefusesNumbersOutsideTheirLimits) {
  ObjectDef limited = company();
  limited.fields[1].least = 0;
  limited.fields[1].greatest = 100;
  const Catalog made({limited, person()});
  const ObjectDef& object = *made.object("company");
  for (const LimitCase& one : kLimitCases) {
    SCOPED_TRACE(one.typed);
    Problems problems;

    parse_values(object, parse_json(std::string(R"({"capital":)") + one.typed + "}"),
                 all_rights(object), problems);

    EXPECT_EQ(problems.empty() ? "" : problems.front().code, one.code);
  }
  Problems problems;
  const Cell cell{"capital", "▲5"};
  parse_cells(object, {&cell, 1}, all_rights(object), problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.front().params, (Params{{"min", "0"}, {"max", "100"}}));
}

TEST(ParseValues, CountsLimitsInWholeUnits) {
  ObjectDef limited = company();
  limited.fields[1].kind = &kinds::percent;
  limited.fields[1].greatest = 100;
  const Catalog made({limited, person()});
  const ObjectDef& object = *made.object("company");
  for (const auto& [typed, code] :
       {std::pair{"99.9999", ""}, std::pair{"100.0001", "number_too_high"}, std::pair{"-3", ""}}) {
    SCOPED_TRACE(typed);
    Problems problems;

    parse_values(object, parse_json(std::string(R"({"capital":)") + typed + "}"),
                 all_rights(object), problems);

    EXPECT_EQ(problems.empty() ? "" : problems.front().code, code);
  }
}

TEST(ParseValues, WantsAnObject) {
  const Catalog made = catalog();
  const ObjectDef& object = *made.object("company");
  Problems problems;

  EXPECT_THROW(parse_values(object, parse_json("[1]"), all_rights(object), problems), AppError);
}

TEST(ParseCells, TakesWholesApartAndMerges) {
  const Catalog made = catalog();
  const ObjectDef& object = *made.object("company");
  Problems problems;
  const Cell cells[] = {{"address", "東京都千代田区丸の内1-1-1"},
                        {"street", "丸の内２丁目"},
                        {"tags", "A、B"},
                        {"tags", "B,C"},
                        {"secret", "一"},
                        {"secret", "二"},
                        {"capital", ""}};

  const Values values = parse_cells(object, cells, all_rights(object), problems);

  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(text_of(get(values, "prefecture")), "東京都");
  EXPECT_EQ(text_of(get(values, "city")), "千代田区");
  EXPECT_EQ(text_of(get(values, "street")), "丸の内２丁目");
  EXPECT_EQ(text_of(get(values, "tags")), "A\nB\nC");
  EXPECT_EQ(text_of(get(values, "secret")), "一\n二");
  EXPECT_FALSE(values.contains("capital"));
}

TEST(ParseCells, SplitsNamesAndEmptiesOnlyWhenAsked) {
  const Catalog made = catalog();
  const ObjectDef& object = *made.object("person");
  Problems problems;
  const Cell cells[] = {{"name", "山田\u3000太郎"}, {"met_on", ""}};

  const Values values = parse_cells(object, cells, all_rights(object), problems, true);

  EXPECT_EQ(text_of(get(values, "family_name")), "山田");
  EXPECT_EQ(text_of(get(values, "given_name")), "太郎");
  EXPECT_TRUE(values.contains("met_on"));
}

TEST(ApplyDefaults, FillsWhatIsAbsent) {
  const Catalog made = catalog();
  Values values = {{"met_on", Value()}};

  apply_defaults(*made.object("person"), values, "2026-04-01", 1'000, 77);
  Values fresh;
  apply_defaults(*made.object("person"), fresh, "2026-04-01", 1'000, 77);
  Values chosen;
  apply_defaults(*made.object("company"), chosen, "2026-04-01", 1'000, 0);

  EXPECT_TRUE(is_empty(get(values, "met_on")));
  EXPECT_EQ(text_of(get(fresh, "met_on")), "2026-04-01");
  EXPECT_EQ(integer_of(get(fresh, "seen_at")), 1'000);
  EXPECT_EQ(split_ids(text_of(get(fresh, "keepers"))), std::vector<std::int64_t>{77});
  EXPECT_EQ(text_of(get(chosen, "rank")), "a");
}

TEST(CheckRequired, NamesTheEmptyOnes) {
  const Catalog made = catalog();
  Problems problems;

  check_required(*made.object("person"), {{"given_name", Value("太郎")}}, problems);

  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].field, "family_name");
}

TEST(Metadata, TellsWhatTheCallerMaySee) {
  const Catalog made = catalog();
  const ObjectDef& object = *made.object("company");
  std::string out;
  JsonWriter writer(out);

  write_object_metadata(writer, made, object,
                        rights_of(object, {{"secret", FieldRight::none},
                                           {"capital", FieldRight::masked},
                                           {"rank", FieldRight::read}}),
                        {.export_rows = false},
                        [](const ObjectDef&, const FieldDef&) { return true; });

  const Json json = parse_json(out);
  std::map<std::string, Json> fields;
  for (const Json& field : json.at("fields").as_array()) fields[json_text(field, "key")] = field;
  EXPECT_FALSE(fields.contains("secret"));
  EXPECT_EQ(json_text(fields["capital"], "comparison"), "none");
  EXPECT_TRUE(json_bool(fields["capital"], "masked"));
  EXPECT_FALSE(json_bool(fields["capital"], "sortable"));
  EXPECT_FALSE(json_bool(fields["rank"], "writable"));
  EXPECT_TRUE(json_bool(fields["name"], "writable"));
  EXPECT_TRUE(json_bool(fields["updated_at"], "system"));
  EXPECT_TRUE(json_bool(fields["owner_id"], "writable"));
  EXPECT_EQ(json_text(fields["city"], "whole"), "address");
  EXPECT_FALSE(json_bool(json.at("permissions"), "export"));
  EXPECT_TRUE(json_bool(json.at("permissions"), "delete"));
  const Json& link = json.at("links_in").as_array().at(0);
  EXPECT_EQ(json_text(link, "object"), "person");
  EXPECT_EQ(json_text(link.at("label"), "en"), "People");
  EXPECT_TRUE(json_bool(json, "timeline"));
  EXPECT_TRUE(json.at("parent_link").is_null());
}

TEST(ObjectSchema, ListsReadableFields) {
  const Catalog made = catalog();
  const ObjectDef& object = *made.object("company");
  std::string out;
  JsonWriter writer(out);

  write_object_schema(writer, object, rights_of(object, {{"secret", FieldRight::none}}));

  const Json json = parse_json(out);
  const Json& properties = json.at("properties");
  EXPECT_EQ(json_find(properties, "secret"), nullptr);
  EXPECT_EQ(json_text(properties.at("capital"), "type"), "integer");
  EXPECT_TRUE(json_bool(properties.at("order_total"), "readOnly"));
  EXPECT_EQ(json.at("required").as_array().size(), 1U);
}

}  // namespace
}  // namespace daifuku::meta
