#include "text/corporate_number.h"

#include <gtest/gtest.h>

#include "base/messages.h"

namespace daifuku::text {
namespace {

TEST(CorporateNumber, Accepts) {
  for (const char* typed :
       {"8700110005901", "８７００１１０００５９０１", "8-7001-1000-5901", " 8700 1100 05901 ",
        "T8700110005901", "'8700110005901", "8700110005901.0"}) {
    EXPECT_EQ(check_corporate_number(typed).value, "8700110005901") << typed;
  }
  EXPECT_TRUE(check_corporate_number("7000012050002").accepted());
  EXPECT_TRUE(check_corporate_number("5835678256246").accepted());
}

TEST(CorporateNumber, SaysWhatIsWrong) {
  const std::pair<const char*, NumberIssue> cases[] = {
      {"", NumberIssue::empty},
      {"　", NumberIssue::empty},
      {"7700110005901", NumberIssue::bad_check_digit},
      {"0700110005901", NumberIssue::bad_check_digit},
      {"870011000590", NumberIssue::maybe_my_number},
      {"1234-5678-9012", NumberIssue::maybe_my_number},
      {"87001100059", NumberIssue::wrong_length},
      {"87001100059011", NumberIssue::wrong_length},
      {"87001100O5901", NumberIssue::not_digits},
      {"4.00E+12", NumberIssue::spreadsheet_damage},
      {"5.22001E+12", NumberIssue::spreadsheet_damage},
      {"８．７００１１Ｅ＋１２", NumberIssue::spreadsheet_damage},
  };
  for (const auto& [typed, issue] : cases) {
    const CheckedNumber checked = check_corporate_number(typed);
    EXPECT_EQ(checked.issue, issue) << typed;
    EXPECT_FALSE(checked.accepted()) << typed;
    EXPECT_EQ(checked.value, "") << "nothing to store";
  }
}

TEST(InvoiceNumber, OfCompaniesAndOfIndividuals) {
  EXPECT_EQ(check_invoice_number("Ｔ８７００－１１０００－５９０１").value, "T8700110005901");
  EXPECT_EQ(check_invoice_number("8700110005901").value, "T8700110005901");
  EXPECT_EQ(check_invoice_number("t8700110005901").issue, NumberIssue::none);
  const CheckedNumber individual = check_invoice_number("T7700110005901");
  EXPECT_EQ(individual.issue, NumberIssue::individual_number);
  EXPECT_TRUE(individual.accepted());
  EXPECT_EQ(individual.value, "T7700110005901");
  EXPECT_FALSE(check_invoice_number("T870011000590").accepted());
}

TEST(CorporateNumber, Format) {
  EXPECT_EQ(format_corporate_number("8700110005901"), "8-7001-1000-5901");
  EXPECT_EQ(format_corporate_number("T8700110005901"), "T8-7001-1000-5901");
  EXPECT_EQ(format_corporate_number("123"), "123");
}

TEST(CorporateNumber, EveryIssueHasItsText) {
  for (int i = static_cast<int>(NumberIssue::empty);
       i <= static_cast<int>(NumberIssue::individual_number); ++i) {
    EXPECT_TRUE(has_message(number_issue_code(static_cast<NumberIssue>(i)))) << i;
  }
  EXPECT_EQ(number_issue_code(NumberIssue::none), "");
}

}  // namespace
}  // namespace daifuku::text
