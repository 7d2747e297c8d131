#include "matching/similarity.h"

#include <gtest/gtest.h>

namespace daifuku::matching {
namespace {

TEST(EditDistance, CountsSlips) {
  struct Case {
    const char16_t* a;
    const char16_t* b;
    int edits;
  };
  for (const Case& c : {Case{u"", u"", 0},
                        {u"山田", u"山田", 0},
                        {u"", u"abc", 3},
                        {u"abc", u"", 3},
                        {u"山田製作所", u"山田制作所", 1},
                        {u"サトウ", u"サトー", 1},
                        {u"kitten", u"sitting", 3},
                        {u"marhta", u"martha", 1},
                        {u"abcd", u"badc", 2},
                        {u"ca", u"abc", 3},
                        {u"0312345678", u"031234567", 1},
                        {u"xabcd", u"abcdx", 2}}) {
    EXPECT_EQ(edit_distance(c.a, c.b, 9), c.edits);
    EXPECT_EQ(edit_distance(c.b, c.a, 9), c.edits);
  }
}

TEST(EditDistance, SaysOnlyThatItIsMore) {
  EXPECT_EQ(edit_distance(u"kitten", u"sitting", 2), 3);
  EXPECT_EQ(edit_distance(u"kitten", u"sitting", 0), 1);
  EXPECT_EQ(edit_distance(u"abcdefgh", u"a", 2), 3);
  const std::u16string a(200, u'x');
  const std::u16string b(200, u'y');
  EXPECT_EQ(edit_distance(a, a, 1), 0);
  EXPECT_EQ(edit_distance(a, b, 5), 6);
}

// The examples of Winkler (1990), table 1.
TEST(JaroWinkler, GivesThePublishedFigures) {
  struct Case {
    const char16_t* a;
    const char16_t* b;
    double likeness;
  };
  for (const Case& c : {Case{u"dwayne", u"duane", 0.840},
                        {u"martha", u"marhta", 0.961},
                        {u"dixon", u"dicksonx", 0.813},
                        {u"jones", u"johnson", 0.832},
                        {u"shackleford", u"shackelford", 0.982},
                        {u"massie", u"massey", 0.933}}) {
    EXPECT_NEAR(jaro_winkler(c.a, c.b), c.likeness, 0.001);
    EXPECT_NEAR(jaro_winkler(c.b, c.a), c.likeness, 0.001);
  }
  EXPECT_EQ(jaro_winkler(u"", u""), 1);
  EXPECT_EQ(jaro_winkler(u"a", u""), 0);
  EXPECT_EQ(jaro_winkler(u"abc", u"xyz"), 0);
  EXPECT_EQ(jaro_winkler(u"山田", u"山田"), 1);
}

}  // namespace
}  // namespace daifuku::matching
