#include "meta/formula.h"

#include <gtest/gtest.h>

#include <chrono>

#include "meta/computed.h"
#include "meta/derive.h"
#include "meta/kinds.h"
#include "meta/object.h"

namespace daifuku::meta {
namespace {

FieldDef field(std::uint32_t id, const std::string& key, const FieldKind& kind,
               const std::string& label) {
  return {.id = id, .key = key, .kind = &kind, .label = {label, key}};
}

ObjectDef deal() {
  FieldDef stage = field(9, "stage", kinds::choice, "段階");
  stage.options = {{.key = "talk", .label = {"商談中", "Talking"}},
                   {.key = "won", .label = {"受注", "Won"}}};
  FieldDef company = field(10, "company", kinds::link, "会社");
  company.target = "deal";
  return {
      .id = 1,
      .key = "deal",
      .plural = "deals",
      .label = {"商談", "Deal"},
      .plural_label = {"商談", "Deals"},
      .fields = {
          field(1, "name", kinds::text, "件名"), field(2, "amount", kinds::money, "金額"),
          field(3, "cost", kinds::money, "原価（税抜）"),
          field(4, "people", kinds::integer, "従業員数"), field(5, "rate", kinds::percent, "確度"),
          field(6, "weight", kinds::decimal, "重さ"), field(7, "begun", kinds::date, "開始日"),
          field(8, "due", kinds::date, "期日"), std::move(stage), std::move(company),
          field(11, "done", kinds::yes_no, "済"), field(12, "twin", kinds::text, "同じ"),
          field(13, "twin_b", kinds::text, "同じ"), field(14, "labels", kinds::tags, "札")}};
}

const Catalog& deals() {
  static const Catalog all({deal()});
  return all;
}
const ObjectDef& object() { return *deals().object("deal"); }

std::shared_ptr<const Formula> make(const std::string& source, FormulaProblem& problem) {
  return Formula::make(source, object(), problem);
}

const Values kRecord = {{"name", std::string("青い旗の件")},
                        {"amount", std::int64_t{1'200'000}},
                        {"cost", std::int64_t{700'000}},
                        {"people", std::int64_t{7}},
                        {"rate", std::int64_t{300'000}},    // 30 %
                        {"weight", std::int64_t{125'000}},  // 12.5
                        {"begun", std::string("2026-01-31")},
                        {"due", std::string("2026-04-01")},
                        {"stage", std::string("won")},
                        {"company", std::int64_t{77}},
                        {"done", std::int64_t{1}}};

// As files have it; "!code" when it cannot be made.
std::string value(const std::string& source, const FieldKind* kind = nullptr,
                  const Values& record = kRecord) {
  FormulaProblem problem;
  const auto formula = make(source, problem);
  if (formula == nullptr) return "!" + problem.code;
  FieldDef result;
  result.kind = kind != nullptr ? kind : formula->natural_kind();
  const Value out = formula->work_out(
      *result.kind, [&](std::string_view key) { return get(record, key); }, "2026-04-01");
  return value_text(result, out);
}

std::string problem_at(const std::string& source) {
  FormulaProblem problem;
  if (make(source, problem) != nullptr) return "fine";
  return problem.code + " " + std::to_string(problem.at) + "+" + std::to_string(problem.length);
}

TEST(Formula, ReckonsExactly) {
  EXPECT_EQ(value("金額 - 「原価（税抜）」"), "500000");
  EXPECT_EQ(value("amount / people"), "171429");
  EXPECT_EQ(value("amount / people", &kinds::decimal), "171428.5714");
  EXPECT_EQ(value("0.1 + 0.2"), "0.3");
  EXPECT_EQ(value("(金額 - cost) / 金額", &kinds::percent), "41.6667%");
  EXPECT_EQ(value("金額 * 確度"), "360000");
  EXPECT_EQ(value("金額 * 10%"), "120000");
  EXPECT_EQ(value("2 + 3 * 4 - 10 / 4"), "11.5");
  EXPECT_EQ(value("-(2 - 5)"), "3");
  EXPECT_EQ(value("重さ * 2"), "25");
  EXPECT_EQ(value("１０ × ３ ÷ ４"), "7.5");
  EXPECT_EQ(value("1 / 3 * 3", &kinds::integer), "1");
}

// Each level of a nest is worked out once: twice would be 2 to the 30th.
TEST(Formula, IsNotKeptBusyByNests) {
  std::string source = "件名";
  for (int i = 0; i < 30; ++i) source = "oneof(" + source + ",\"a\")&\"\"";
  EXPECT_NE(value(source), "!formula_nothing");
}

TEST(Formula, IsReadAgainAsItIsShown) {
  for (const char* source :
       {"「金額」>0かつ「cost」>0", "not「済」", "金額*people", "2*「金額」"}) {
    FormulaProblem problem;
    const auto formula = make(source, problem);
    ASSERT_NE(formula, nullptr) << source << " " << problem.code;
    for (const Language language : {Language::ja, Language::en}) {
      const auto again = make(formula->shown(language), problem);
      ASSERT_NE(again, nullptr) << formula->shown(language) << " " << problem.code;
      EXPECT_EQ(again->source(), formula->source());
    }
  }
}

TEST(Formula, RoundsAsPeopleDo) {
  EXPECT_EQ(value("round(2.5)"), "3");
  EXPECT_EQ(value("round(-2.5)"), "-3");
  EXPECT_EQ(value("round(1.005, 2)"), "1.01");
  EXPECT_EQ(value("四捨五入(金額 / people, -3)"), "171000");
  EXPECT_EQ(value("rounddown(-2.9)"), "-2");
  EXPECT_EQ(value("floor(-2.1)"), "-3");
  EXPECT_EQ(value("切り上げ(2.1)"), "3");
  EXPECT_EQ(value("ceil(-2.9)"), "-2");
  EXPECT_EQ(value("mod(-7, 3)"), "2");
  EXPECT_EQ(value("abs(0 - 5)"), "5");
}

TEST(Formula, WhatIsMissingGivesNothing) {
  EXPECT_EQ(value("金額 / 0"), "");
  EXPECT_EQ(value("金額 - 原価（税抜）"), "!formula_function_unknown");
  EXPECT_EQ(value("金額 - cost", nullptr, {{"amount", std::int64_t{5}}}), "");
  EXPECT_EQ(value("金額 - 空なら(cost, 0)", nullptr, {{"amount", std::int64_t{5}}}), "5");
  EXPECT_EQ(value("sum(金額, cost)", nullptr, {{"amount", std::int64_t{5}}}), "5");
  EXPECT_EQ(value("max(開始日, 期日)"), "2026-04-01");
  EXPECT_EQ(value("if(従業員数 > 0, 金額 / 従業員数, 空)", nullptr, {}), "");
  EXPECT_EQ(value("cost = 空", nullptr, {}), "はい");
  EXPECT_EQ(value("会社 <> 空"), "はい");
  EXPECT_EQ(value("not (金額 > 5)", nullptr, {}), "");
  EXPECT_EQ(value("金額 > 5 and いいえ", nullptr, {}), "いいえ");
}

TEST(Formula, KnowsDates) {
  EXPECT_EQ(value("days(開始日, 期日)"), "60");
  EXPECT_EQ(value("期日 - 開始日"), "60");
  EXPECT_EQ(value("開始日 + 1"), "2026-02-01");
  EXPECT_EQ(value("addmonths(開始日, 1)"), "2026-02-28");
  EXPECT_EQ(value("months(開始日, 期日)"), "2");
  EXPECT_EQ(value("years(date(2000, 4, 2), today())"), "25");
  EXPECT_EQ(value("years(date(2000, 4, 1), 今日())"), "26");
  EXPECT_EQ(value("月末(期日)"), "2026-04-30");
  EXPECT_EQ(value("year(期日) & \"年\" & month(期日) & \"月\""), "2026年4月");
  EXPECT_EQ(value("date(2026, 2, 30)"), "");
  EXPECT_EQ(value("開始日 + 9999999"), "");
  EXPECT_EQ(value("addmonths(開始日, 0 - 30000)"), "");
}

TEST(Formula, KnowsTexts) {
  EXPECT_EQ(value("concat(件名, \"／\", 段階)"), "青い旗の件／受注");
  EXPECT_EQ(value("left(件名, 3)"), "青い旗");
  EXPECT_EQ(value("right(件名, 1) & mid(件名, 2, 2)"), "件い旗");
  EXPECT_EQ(value("length(件名)"), "5");
  EXPECT_EQ(value("contains(件名, \"ハタ\")"), "いいえ");
  EXPECT_EQ(value("contains(件名, \"旗ノ\")"), "はい");
  EXPECT_EQ(value("matches(件名, \"青.*件\")"), "はい");
  EXPECT_EQ(value("matches(件名, \"青\")"), "いいえ");
  EXPECT_EQ(value("text(金額) & \"円\""), "1200000円");
}

TEST(Formula, KnowsChoices) {
  EXPECT_EQ(value("段階 = \"受注\""), "はい");
  EXPECT_EQ(value("段階 <> \"受注\""), "いいえ");
  EXPECT_EQ(value("oneof(段階, \"商談中\", \"Won\")"), "はい");
  EXPECT_EQ(value("もし(段階 = \"商談中\" または 済, \"○\", \"\")"), "○");
  EXPECT_EQ(problem_at("段階 = \"失注\""), "formula_option_unknown 5+4");
}

TEST(Formula, IsKeptWithKeysAndShownWithLabels) {
  FormulaProblem problem;
  const auto formula = make("if(段階 = \"受注\", 金額 - 「原価（税抜）」, 空)", problem);
  ASSERT_NE(formula, nullptr) << problem.code;
  EXPECT_EQ(formula->source(), "if({stage} = \"won\", {amount} - {cost}, 空)");
  EXPECT_EQ(formula->shown(Language::en), "if(stage = \"Won\", amount - cost, 空)");
  const auto again = make(formula->source(), problem);
  ASSERT_NE(again, nullptr) << problem.code;
  EXPECT_EQ(again->source(), formula->source());
  EXPECT_EQ(again->shown(Language::ja), "if(段階 = \"受注\", 金額 - 「原価（税抜）」, 空)");
  EXPECT_EQ(again->inputs(), (std::vector<std::string>{"stage", "amount", "cost"}));
}

TEST(Formula, NamesWhatShowsTheResult) {
  const auto kind = [](const std::string& source) {
    FormulaProblem problem;
    return std::string(make(source, problem)->natural_kind()->name);
  };
  EXPECT_EQ(kind("金額 * 1.1"), "money");
  EXPECT_EQ(kind("金額 / cost"), "decimal");
  EXPECT_EQ(kind("従業員数 * 2"), "integer");
  EXPECT_EQ(kind("round(重さ)"), "integer");
  EXPECT_EQ(kind("round(重さ, 1)"), "decimal");
  EXPECT_EQ(kind("期日 - 1"), "date");
  EXPECT_EQ(kind("金額 > 5"), "yes_no");
  EXPECT_EQ(kind("段階"), "text");
}

TEST(Formula, TellsWhatIsWrongAndWhere) {
  EXPECT_EQ(problem_at(""), "required 0+0");
  EXPECT_EQ(problem_at("金額 +"), "formula_end 4+0");
  EXPECT_EQ(problem_at("金額 + 件名"), "formula_wants_number 5+2");
  EXPECT_EQ(problem_at("金額 - 原価"), "formula_field_unknown 5+2");
  EXPECT_EQ(problem_at("同じ"), "formula_field_several 0+2");
  EXPECT_EQ(problem_at("札"), "formula_nothing 0+1");
  EXPECT_EQ(problem_at("(金額"), "formula_unclosed 0+1");
  EXPECT_EQ(problem_at("round(金額"), "formula_unclosed 5+1");
  EXPECT_EQ(problem_at("金額)"), "formula_unexpected 2+1");
  EXPECT_EQ(problem_at("金額 ? 2"), "formula_sign 3+1");
  EXPECT_EQ(problem_at("\"青"), "formula_unclosed 0+1");
  EXPECT_EQ(problem_at("nanika(金額)"), "formula_function_unknown 0+6");
  EXPECT_EQ(problem_at("round()"), "formula_arguments 0+5");
  EXPECT_EQ(problem_at("if(金額, 1, 2)"), "formula_wants_yes_no 3+2");
  EXPECT_EQ(problem_at("if(済, 1, \"x\")"), "formula_types_differ 9+3");
  EXPECT_EQ(problem_at("件名 > 5"), "formula_types_differ 3+1");
  EXPECT_EQ(problem_at("件名 > \"い\""), "formula_not_ordered 3+1");
  EXPECT_EQ(problem_at("会社 = \"山田\""), "formula_field_other 0+2");
  EXPECT_EQ(problem_at("matches(件名, \"(\")"), "rule_pattern_wrong 12+3");
  EXPECT_EQ(problem_at("matches(件名, 件名)"), "formula_wants_written 12+2");
  EXPECT_EQ(problem_at("1.2.3"), "formula_number 0+5");
  EXPECT_EQ(problem_at("空"), "formula_nothing 0+1");
}

TEST(Formula, StaysSmallWhateverIsWritten) {
  const auto repeated = [](const std::string& text, int times) {
    std::string out;
    for (int i = 0; i < times; ++i) out += text;
    return out;
  };
  EXPECT_EQ(problem_at(repeated("(", 900) + "1" + repeated(")", 900)).substr(0, 12),
            "formula_deep");
  EXPECT_EQ(problem_at(repeated("-", 1'500) + "1").substr(0, 12), "formula_deep");
  EXPECT_EQ(problem_at(repeated("not ", 400) + "済").substr(0, 12), "formula_deep");
  EXPECT_EQ(problem_at("1" + repeated("+1", 500)).substr(0, 13), "formula_large");
  EXPECT_EQ(problem_at(repeated("1", 2'001)).substr(0, 8), "too_long");
  EXPECT_EQ(problem_at("\xff\xfe").substr(0, 8), "too_long");
  EXPECT_EQ(problem_at("12345678901234567890"), "formula_number 0+20");
  EXPECT_EQ(value("9007199254740991 + 1", &kinds::integer), "");
  EXPECT_EQ(value(repeated("9999999999999999 * ", 20) + "1"), "");
  EXPECT_EQ(value("0.00000001 * 0.00000001"), "0");
  EXPECT_EQ(value("金額 / 0.00000001 / 0.00000001"), "");
}

TEST(Formula, TakesLongTextsAndPatternsQuickly) {
  const std::string endless(100'000, 'a');
  const Values record = {{"name", endless}};
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(value("matches(件名, \"(a+)+b\")", nullptr, record), "いいえ");
  EXPECT_EQ(value("matches(件名, \"(a|aa)*c\")", nullptr, record), "いいえ");
  EXPECT_EQ(value("length(件名 & 件名 & 件名)", nullptr, record), "2000");
  EXPECT_EQ(value("件名", nullptr, record).size(), 500U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

// --- in the catalog ---

OwnField own(std::uint32_t id, const std::string& formula, const std::string& kind = "money") {
  return {.id = id,
          .object = "deal",
          .key = "c_" + std::to_string(id),
          .kind = kind,
          .column = (kind == "date" ? "x_text_" : "x_int_") + std::to_string(id - 9'999),
          .label = {"計算" + std::to_string(id), "f" + std::to_string(id)},
          .formula = formula};
}

TEST(ComputedFields, AreReadOnlyAndReadNoFurtherThanWhatTheyAreMadeFrom) {
  const Catalog all({deal()}, {.fields = {own(10'001, "{c_10000} * 2"), own(10'000, "{amount}")}});
  EXPECT_TRUE(all.ignored().empty());
  const ObjectDef& object = *all.object("deal");
  const FieldDef& twice = *object.field("c_10001");
  EXPECT_TRUE(twice.read_only);
  EXPECT_FALSE(twice.at_read);
  EXPECT_EQ(twice.made_from, std::vector<std::string>{"c_10000"});
  const auto order = formulas_in_order(object);
  ASSERT_EQ(order.size(), 2U);
  EXPECT_EQ(order[0]->key, "c_10000");
  EXPECT_NE(all.version(), Catalog({deal()}).version());
}

TEST(ComputedFields, WhatAsksTheDayIsWorkedOutWhenItIsRead) {
  const Catalog all({deal()}, {.fields = {own(10'000, "{begun} - today()", "integer"),
                                          own(10'001, "{c_10000} + 1", "integer")}});
  for (const char* key : {"c_10000", "c_10001"}) {
    const FieldDef& field = *all.object("deal")->field(key);
    EXPECT_TRUE(field.at_read) << key;
    EXPECT_FALSE(is_sortable(field)) << key;
  }
}

TEST(ComputedFields, RowsThatMakeNoSenseLeave) {
  const auto left_out = [](const std::vector<OwnField>& rows) {
    const Catalog all({deal()}, {.fields = rows});
    return all.ignored().size();
  };
  EXPECT_EQ(left_out({own(10'000, "{gone} + 1")}), 1U);
  EXPECT_EQ(left_out({own(10'000, "{due}")}), 1U);  // a date is no amount
  EXPECT_EQ(left_out({own(10'000, "{c_10000} + 1")}), 1U);
  // What read the one that left leaves as well.
  EXPECT_EQ(left_out({own(10'000, "{c_10001} + 1"), own(10'001, "{c_10000} + 1")}), 2U);
}

TEST(ComputedFields, RollUpsReadWhatLinksHere) {
  OwnField row = own(10'000, "", "money");
  row.rollup = R"({"object":"deal","link":"company","function":"sum","field":"amount",
                   "filter":{"or":[{"stage":{"eq":"won"}},{"company":{"some":{"done":{"eq":true}}}}]}})";
  const Catalog all({deal()}, {.fields = {row}});
  ASSERT_TRUE(all.ignored().empty()) << all.ignored().front();
  const FieldDef& field = *all.object("deal")->field("c_10000");
  EXPECT_TRUE(field.at_read);
  EXPECT_EQ(field.made_from,
            (std::vector<std::string>{"deal.company", "deal.amount", "deal.stage", "deal.done"}));
  const auto refused = [](const std::string& rollup, const std::string& kind) {
    OwnField wrong = own(10'000, "", kind);
    wrong.rollup = rollup;
    return Catalog({deal()}, {.fields = {wrong}}).ignored().size();
  };
  EXPECT_EQ(refused(R"({"object":"deal","link":"name","function":"count"})", "integer"), 1U);
  EXPECT_EQ(
      refused(R"({"object":"deal","link":"company","function":"sum","field":"name"})", "text"), 1U);
  EXPECT_EQ(refused(R"({"object":"deal","link":"company","function":"sum","field":"c_10000"})",
                    "integer"),
            1U);
  EXPECT_EQ(refused(R"({"object":"gone","link":"company","function":"count"})", "integer"), 1U);
}

}  // namespace
}  // namespace daifuku::meta
