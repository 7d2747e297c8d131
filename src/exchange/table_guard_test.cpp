#include "exchange/table_guard.h"

#include <gtest/gtest.h>

namespace daifuku::exchange {
namespace {

std::string guarded(std::string_view text) {
  std::string out;
  append_guarded(text, out);
  return out;
}

struct GuardCase {
  const char* text;
  const char* guarded;
};

TEST(AppendGuarded, PutsAnApostropheBeforeFormulas) {
  const GuardCase cases[] = {
      {"=1+1", "'=1+1"},
      {"+81-3-1234-5678", "'+81-3-1234-5678"},
      {"-5+cmd|' /C calc'!A0", "'-5+cmd|' /C calc'!A0"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"\t=1", "'\t'=1"},
      {"\r=1", "'\r=1"},
      {"＝1", "'＝1"},
      {"＋1", "'＋1"},
      {"－1", "'－1"},
      {"−1", "'−1"},
      {"＠a", "'＠a"},
      {"a;=1", "a;'=1"},
      {"\",=1", "\",'=1"},
      {"'=1", "''=1"},
      {"'abc", "'abc"},
      {"株式会社=大福", "株式会社=大福"},
      {"a - b", "a - b"},
      {"03-1234-5678", "03-1234-5678"},
      {"・一\n- 二", "・一\n- 二"},
      {"", ""},
  };
  for (const GuardCase& one : cases) {
    EXPECT_EQ(guarded(one.text), one.guarded);
    std::string back = one.guarded;
    undo_guard(back, GuardUndo::everywhere);
    EXPECT_EQ(back, one.text);
  }
}

TEST(UndoGuard, TouchesOnlyWhatTheScopeSays) {
  std::string text = "'=1;'=2";
  undo_guard(text, GuardUndo::none);
  EXPECT_EQ(text, "'=1;'=2");
  undo_guard(text, GuardUndo::leading);
  EXPECT_EQ(text, "=1;'=2");
  text = "'90年代";
  undo_guard(text, GuardUndo::everywhere);
  EXPECT_EQ(text, "'90年代");
}

TEST(UndoGuard, GivesEveryTextBack) {
  constexpr std::string_view kLetters = "='+a,;\t\"|@-";
  // All texts of up to four of these characters.
  for (std::size_t length = 0; length <= 4; ++length) {
    std::size_t count = 1;
    for (std::size_t i = 0; i < length; ++i) count *= kLetters.size();
    for (std::size_t n = 0; n < count; ++n) {
      std::string text;
      for (std::size_t rest = n, i = 0; i < length; ++i, rest /= kLetters.size()) {
        text += kLetters[rest % kLetters.size()];
      }
      std::string back = guarded(text);
      undo_guard(back, GuardUndo::everywhere);
      ASSERT_EQ(back, text);
    }
  }
}

TEST(IsPlainAmount, KnowsNumbersFromFormulas) {
  for (const char* text : {"1", "-5", "+5", "1,234.5", "-0.5%", "1234567890123"}) {
    EXPECT_TRUE(is_plain_amount(text)) << text;
  }
  for (const char* text : {"", "-", "=1", "1+1", "5-3", "1.2.3", "1,2.3,4", "090-1234", "１", ",5",
                           "1234567890123456789012345"}) {
    EXPECT_FALSE(is_plain_amount(text)) << text;
  }
}

}  // namespace
}  // namespace daifuku::exchange
