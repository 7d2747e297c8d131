#include "text/reading.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace daifuku::text {
namespace {

class Readings : public testing::Test {
 protected:
  void SetUp() override {
    if (!readings_available()) GTEST_SKIP() << "mecab-ipadic-utf8 is not installed";
  }
};

TEST_F(Readings, OfCompanies) {
  const std::pair<const char*, const char*> cases[] = {{"株式会社山田製作所", "ヤマダセイサクショ"},
                                                       {"㈱山田製作所", "ヤマダセイサクショ"},
                                                       {"鈴木水産　株式会社", "スズキスイサン"},
                                                       {"有限会社さくら商事", "サクラショウジ"},
                                                       {"株式会社髙島屋", "タカシマヤ"},
                                                       {"キャノン販売(株)", "キャノンハンバイ"},
                                                       {"NTT", "エヌティーティー"},
                                                       {"株式会社ＡＢ・ライン", "エービーライン"}};
  for (const auto& [name, reading] : cases) EXPECT_EQ(guess_company_reading(name), reading) << name;
  for (const char* name : {"", "Logic-Plus合同会社", "株式会社", "１２３", "!!!"})
    guess_company_reading(name);  // whatever it says, it ends
  EXPECT_EQ(guess_company_reading("Logicplus合同会社"), "");
  EXPECT_EQ(guess_company_reading(std::string(100'000, 'A')), "");
  EXPECT_EQ(guess_company_reading("\xff\xfe\x80"), "");
}

TEST_F(Readings, OfPeople) {
  const std::pair<const char*, const char*> families[] = {{"山田", "ヤマダ"},
                                                          {"佐藤", "サトウ"},
                                                          {"髙橋", "タカハシ"},
                                                          {"山﨑", "ヤマザキ"},
                                                          {"さとう", "サトウ"}};
  for (const auto& [name, reading] : families)
    EXPECT_EQ(guess_person_reading(name, NamePart::family), reading) << name;
  const std::pair<const char*, const char*> given[] = {
      {"太郎", "タロウ"}, {"花子", "ハナコ"}, {"美穂", "ミホ"}, {"まゆみ", "マユミ"}};
  for (const auto& [name, reading] : given)
    EXPECT_EQ(guess_person_reading(name, NamePart::given), reading) << name;
  EXPECT_EQ(guess_person_reading("", NamePart::given), "");
}

TEST_F(Readings, FromSeveralThreads) {
  std::vector<std::thread> threads;
  std::vector<int> wrong(4);
  for (std::size_t i = 0; i < wrong.size(); ++i)
    threads.emplace_back([&, i] {
      for (int n = 0; n < 200; ++n)
        wrong[i] += guess_company_reading("株式会社山田製作所") != "ヤマダセイサクショ" ? 1 : 0;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4));
}

}  // namespace
}  // namespace daifuku::text
