// The case files: what is one company, what is not, and what a search finds.
#include "text/cases_test.h"

#include <map>

#include "text/fold.h"
#include "text/name_key.h"
#include "text/phone.h"
#include "text/search_query.h"

namespace daifuku::text {
namespace {

TEST(CaseFiles, AreMoreThanThreeHundred) {
  std::size_t count = 0;
  for (const char* file : {"company_keys.tsv", "company_pairs.tsv", "fold.tsv", "fold_differ.tsv",
                           "phones.tsv", "search.tsv"}) {
    count += read_cases(file, 6).size();
  }
  EXPECT_GE(count, 800U);
}

TEST(CaseFiles, CompanyKeys) {
  const std::map<CompanyKey::Position, std::string> names = {{CompanyKey::none, "none"},
                                                             {CompanyKey::front, "front"},
                                                             {CompanyKey::back, "back"},
                                                             {CompanyKey::middle, "middle"}};
  for (const Case& one : read_cases("company_keys.tsv", 4)) {
    const CompanyKey key = company_key(one.columns[0]);
    EXPECT_EQ(key.strict, one.columns[1]) << one.where << " " << one.columns[0];
    EXPECT_EQ(key.legal_form, one.columns[2]) << one.where << " " << one.columns[0];
    if (!one.columns[3].empty()) {
      EXPECT_EQ(names.at(key.position), one.columns[3]) << one.where << " " << one.columns[0];
    }
  }
}

TEST(CaseFiles, CompanyPairs) {
  for (const Case& one : read_cases("company_pairs.tsv", 3)) {
    const std::string& what = one.columns[0];
    const CompanyKey a = company_key(one.columns[1]);
    const CompanyKey b = company_key(one.columns[2]);
    const std::string where = one.where + " " + one.columns[1] + " " + one.columns[2];
    if (what == "strict_differ") {
      EXPECT_NE(a.strict, b.strict) << where;
    } else if (what == "strict_same") {
      EXPECT_EQ(a.strict, b.strict) << where;
    } else if (what == "loose_same") {
      EXPECT_EQ(a.loose, b.loose) << where;
    } else if (what == "loose_differ") {
      EXPECT_NE(a.loose, b.loose) << where;
    } else if (what == "form_differ") {
      EXPECT_NE(a.legal_form, b.legal_form) << where;
    } else {
      ADD_FAILURE() << where;
    }
  }
}

TEST(CaseFiles, Fold) {
  for (const Case& one : read_cases("fold.tsv", 2)) {
    const std::string folded = fold(one.columns[0]);
    EXPECT_EQ(folded, one.columns[1]) << one.where << " " << one.columns[0];
    EXPECT_EQ(fold(folded), folded) << one.where << " is not idempotent";
  }
  for (const Case& one : read_cases("fold_differ.tsv", 2)) {
    EXPECT_NE(fold(one.columns[0]), fold(one.columns[1])) << one.where;
  }
}

TEST(CaseFiles, Search) {
  const std::map<std::string, SearchKind> kinds = {{"words", SearchKind::words},
                                                   {"name", SearchKind::name},
                                                   {"phone", SearchKind::phone},
                                                   {"digits", SearchKind::digits},
                                                   {"email", SearchKind::email}};
  for (const Case& one : read_cases("search.tsv", 4)) {
    const Searchable value{kinds.at(one.columns[0]), one.columns[1]};
    const SearchQuery query = parse_search(one.columns[2]);
    const bool found = verify(query, std::span(&value, 1));
    EXPECT_EQ(found, one.columns[3] == "yes")
        << one.where << " " << one.columns[1] << " by " << one.columns[2];
    GramSet grams;
    index_value(value, grams);
    EXPECT_TRUE(!found || may_match(query, grams)) << one.where << " has no candidate";
  }
}

TEST(CaseFiles, Phones) {
  for (const Case& one : read_cases("phones.tsv", 6)) {
    const auto phone = parse_phone(one.columns[0]);
    if (one.columns[3] == "none") {
      EXPECT_FALSE(phone) << one.where << " " << one.columns[0];
      continue;
    }
    ASSERT_TRUE(phone) << one.where << " " << one.columns[0];
    EXPECT_EQ(phone->digits, one.columns[1]) << one.where << " " << one.columns[0];
    EXPECT_EQ(phone->display, one.columns[2]) << one.where << " " << one.columns[0];
    EXPECT_EQ(phone_type_name(phone->type), one.columns[3]) << one.where << " " << one.columns[0];
    EXPECT_EQ(phone->extension, one.columns[4]) << one.where << " " << one.columns[0];
    EXPECT_EQ(phone->valid, one.columns[5] == "valid") << one.where << " " << one.columns[0];
  }
}

}  // namespace
}  // namespace daifuku::text
