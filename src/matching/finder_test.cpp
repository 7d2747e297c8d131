#include "matching/finder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace daifuku::matching {
namespace {

// Companies of made-up names, each with its own telephone and street.
class FinderTest : public testing::Test {
 protected:
  using Cells = std::vector<std::string>;
  const std::vector<Kind> kinds_{Kind::company, Kind::phone, Kind::address, Kind::number};

  std::string word(int letters) {
    static constexpr std::array<const char*, 24> kLetters{
        "青", "山", "川", "田", "松", "竹", "梅", "光", "新", "東", "西", "南",
        "北", "中", "大", "小", "高", "井", "石", "木", "森", "谷", "海", "空"};
    std::string out;
    for (int i = 0; i < letters; ++i) out += kLetters[random_() % kLetters.size()];
    return out;
  }
  std::string digits(int n) {
    std::string out;
    for (int i = 0; i < n; ++i) out += static_cast<char>('0' + random_() % 10);
    return out;
  }
  Cells company() {
    return {"株式会社" + word(4) + "工業", "03-3" + digits(3) + "-" + digits(4),
            "東京都千代田区丸の内" + std::to_string(random_() % 90'000 + 1) + "-1", ""};
  }
  static Table table(const std::vector<Kind>& kinds, const std::vector<Cells>& rows) {
    Table out(kinds);
    for (const Cells& cells : rows) {
      for (std::size_t i = 0; i < cells.size(); ++i) {
        // Several values of a cell stand on lines of their own.
        std::string_view rest = cells[i];
        while (!rest.empty()) {
          const auto line = std::min(rest.find('\n'), rest.size());
          out.add(i, rest.substr(0, line));
          rest.remove_prefix(std::min(line + 1, rest.size()));
        }
      }
      out.end_row();
    }
    out.finish();
    return out;
  }
  std::vector<Cells> companies(int n) {
    std::vector<Cells> out;
    for (int i = 0; i < n; ++i) out.push_back(company());
    return out;
  }
  // Every tenth company a second time, as another person wrote it.
  static std::vector<Cells> with_copies(std::vector<Cells> rows) {
    const std::size_t n = rows.size();
    for (std::size_t i = 0; i < n; i += 10) {
      Cells copy = rows[i];
      copy[0] = copy[0].substr(std::string_view("株式会社").size()) + "㈱";
      if (i % 20 == 0) copy[1].back() = copy[1].back() == '9' ? '0' : '9';
      if (i % 30 == 0) copy[2] = "";
      rows.push_back(std::move(copy));
    }
    return rows;
  }

  std::mt19937 random_{7};
};

// Facts that are left out cannot have changed what comes out.
TEST_F(FinderTest, APairThatIsLeftOutEarlyIsNoMatchWhenComparedWhole) {
  auto rows = with_copies(companies(120));
  rows[3][1] += "\n" + rows[8][1];
  rows[5][3] = "1180301018771";
  rows[6][3] = "1180301018771";
  rows[7][3] = "2180301018770";
  const Table all = table(kinds_, rows);
  const auto findings = find_duplicates(all, {});
  const Scorer scorer(findings.model, all);
  std::size_t scored = 0;
  std::size_t left_out = 0;
  for (Row b = 0; b < all.rows(); ++b) {
    for (Row a = 0; a < b; ++a) {
      const Comparison whole = compare_rows(all, {a, b});
      const double score = findings.model.score(whole, all.rows());
      for (const double least : {-30.0, -10.0, 0.0, 10.0}) {
        Comparison comparison;
        const auto told = scorer.score({a, b}, least, comparison);
        ASSERT_EQ(told.has_value(), score >= least) << a << ' ' << b << ' ' << score;
        ++(told ? scored : left_out);
        if (!told) continue;
        EXPECT_EQ(*told, score);
        EXPECT_EQ(comparison.levels, whole.levels);
      }
    }
  }
  EXPECT_GT(scored, 50U);
  EXPECT_GT(left_out, 1'000U);
}

TEST_F(FinderTest, FindsTheCopiesAndNothingElse) {
  const auto rows = with_copies(companies(2'000));
  const Table all = table(kinds_, rows);

  const Findings found = find_duplicates(all);

  std::set<Pair> pairs;
  for (const Match& match : found.matches) pairs.insert(match.pair);
  std::set<Pair> wanted;
  for (Row i = 0; i < 2'000; i += 10) wanted.insert({i, 2'000 + i / 10});
  EXPECT_EQ(pairs, wanted);
  EXPECT_EQ(clusters(all, found).size(), 200U);
}

TEST_F(FinderTest, FewTwinsAreLearnedFromAmongManyNeighbors) {
  // Firms of one town whose telephones hang on one office are many more than those that are one.
  static constexpr std::array<const char*, 6> kStreets{"本町", "栄町", "緑町",
                                                       "旭町", "寿町", "港町"};
  auto rows = companies(3'000);
  for (Cells& cells : rows) {
    cells[0] = "株式会社" + word(6) + "工業";
    const auto town = static_cast<int>(random_() % 40);
    cells[1] = "0" + std::to_string(110 + town) + "-" + std::to_string(10 + random_() % 90) + "-" +
               digits(4);
    cells[2] = "北海道第" + std::to_string(town + 1) + "市" +
               kStreets.at(random_() % kStreets.size()) + std::to_string(1 + random_() % 400) +
               "-" + std::to_string(1 + random_() % 30);
  }
  const auto n = static_cast<Row>(rows.size());
  for (Row i = 0; i < 8; ++i) {
    Cells copy = rows[i * 100];
    copy[0] = "㈱" + copy[0].substr(std::string_view("株式会社").size());
    copy[2] = "";
    rows.push_back(std::move(copy));
  }
  const Findings found = find_duplicates(table(kinds_, rows));

  std::set<Pair> pairs;
  for (const Match& match : found.matches) pairs.insert(match.pair);
  std::set<Pair> wanted;
  for (Row i = 0; i < 8; ++i) wanted.insert({i * 100, n + i});
  EXPECT_TRUE(std::includes(pairs.begin(), pairs.end(), wanted.begin(), wanted.end()));
  // An office, a town and telephones one digit apart may come together by chance.
  EXPECT_LE(pairs.size(), wanted.size() + 2);
}

TEST_F(FinderTest, ThreadsAndTheOrderOfTheRowsChangeNothing) {
  const auto rows = with_copies(companies(500));
  const auto score = [&](const std::vector<Cells>& order, int threads) {
    const Findings found = find_duplicates(table(kinds_, order), {.threads = threads});
    std::multiset<std::int64_t> out;
    for (const Match& match : found.matches)
      out.insert(static_cast<std::int64_t>(match.score * 1e6));
    return out;
  };
  const auto once = score(rows, 1);
  EXPECT_EQ(once.size(), 50U);
  EXPECT_EQ(score(rows, 4), once);
  auto turned = rows;
  std::ranges::reverse(turned);
  EXPECT_EQ(score(turned, 2).size(), once.size());
}

TEST_F(FinderTest, TwoNumbersOfOrganizationsAreNeverOne) {
  auto rows = with_copies(companies(300));
  rows[0][3] = "7000012050002";
  rows[300][3] = "4000020182079";
  const Findings found = find_duplicates(table(kinds_, rows));

  for (const Match& match : found.matches) EXPECT_NE(match.pair, (Pair{0, 300}));
  EXPECT_EQ(found.matches.size(), 29U);
}

TEST_F(FinderTest, ANameThatManyHaveSaysLittle) {
  auto rows = companies(1'000);
  // A name of forty branches of others, and two rows that share a rare one; no pair shares more.
  for (std::size_t i = 0; i < 40; ++i) rows[i * 20][0] = "株式会社中央工業";
  rows[7][0] = rows[507][0] = "株式会社唯一無二";
  for (Cells& cells : rows) cells[2] = "";
  rows[7][1] = rows[507][1] = "";
  rows[20][1] = rows[40][1] = "";
  const Findings found = find_duplicates(table(kinds_, rows), {.least = -30});

  const auto score = [&](Pair pair) {
    for (const Match& match : found.matches)
      if (match.pair == pair) return match.score;
    return -1000.0;
  };
  EXPECT_GT(score({7, 507}), score({20, 40}) + 3);
}

TEST_F(FinderTest, OneOfSeveralValuesIsEnough) {
  auto rows = companies(500);
  rows.push_back({"光井産業", rows[3][1] + "\n03-9999-0000", rows[3][2], ""});
  const Findings found = find_duplicates(table(kinds_, rows), {.least = -1000});

  const auto match = std::ranges::find(found.matches, Pair{3, 500}, &Match::pair);
  ASSERT_NE(match, found.matches.end());
  EXPECT_EQ(level_name(Kind::phone, match->levels[1]), "phone_equal");
}

TEST_F(FinderTest, SetsDoNotGrowOverAContradiction) {
  auto rows = with_copies(companies(300));
  // A third row joins two companies whose numbers differ.
  rows[0][3] = "7000012050002";
  rows[10][3] = "4000020182079";
  rows.push_back({rows[0][0], rows[0][1] + "\n" + rows[10][1], rows[0][2], ""});
  const Table all = table(kinds_, rows);

  for (const auto& set : clusters(all, find_duplicates(all, {.least = -1000}))) {
    EXPECT_FALSE(std::ranges::count(set, Row{0}) > 0 && std::ranges::count(set, Row{10}) > 0);
  }
}

TEST_F(FinderTest, FewRowsOrNoneAreNoTrouble) {
  for (const int n : {0, 1, 2, 3}) {
    const Findings found = find_duplicates(table(kinds_, companies(n)));
    EXPECT_TRUE(found.matches.empty()) << n;
  }
  const Cells one = company();
  EXPECT_EQ(find_duplicates(table(kinds_, {one, one})).matches.size(), 1U);
}

}  // namespace
}  // namespace daifuku::matching
