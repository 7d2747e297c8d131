#include "exchange/xlsx_format.h"

#include <gtest/gtest.h>

namespace daifuku::exchange {
namespace {

using Shape = NumberFormat::Shape;

struct FormatCase {
  const char* code;
  Shape shape;
};

TEST(ParseFormat, TellsDatesFromNumbers) {
  const FormatCase cases[] = {
      {"General", Shape::plain},
      {"0", Shape::plain},
      {"#,##0", Shape::plain},
      {"#,##0;[Red]-#,##0", Shape::plain},
      {"0.00", Shape::plain},
      {"0.00E+00", Shape::plain},
      {"\"¥\"#,##0", Shape::plain},
      {"#,##0\"円\"", Shape::plain},
      {"#,##0\"day\"", Shape::plain},
      {"@", Shape::plain},
      {"0%", Shape::percent},
      {"0.0%", Shape::percent},
      {"yyyy/m/d", Shape::date},
      {"m/d", Shape::date},
      {"yyyy\"年\"m\"月\"d\"日\"", Shape::date},
      {"[$-411]ggge\"年\"m\"月\"d\"日\";@", Shape::date},
      {"[$-411]ge.m.d;@", Shape::date},
      {"[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Shape::date},
      {"aaaa", Shape::date},
      {"yyyy/m/d h:mm", Shape::date_time},
      {"m/d/yy h:mm AM/PM", Shape::date_time},
      {"h:mm", Shape::time},
      {"[h]:mm", Shape::time},
      {"[mm]:ss.0", Shape::time},
      {"[Red]0", Shape::plain},
      {"[$¥-411]#,##0", Shape::plain},
      {"0000", Shape::digits},
      {"000\\-0000", Shape::digits},
      {"[<=999]000;[<=9999]000\\-00;000\\-0000", Shape::digits},
      {"[<=99999999]####\\-####;\\(00\\)\\ ####\\-####", Shape::digits},
  };
  for (const FormatCase& one : cases) {
    SCOPED_TRACE(one.code);
    EXPECT_EQ(parse_format(one.code).shape, one.shape);
  }
}

TEST(BuiltinFormat, KnowsTheJapaneseIds) {
  for (const int id : {14, 17, 27, 28, 30, 31, 36, 50, 57, 58}) {
    EXPECT_EQ(builtin_format(id).shape, Shape::date) << id;
  }
  for (const int id : {18, 20, 32, 33, 45, 47}) EXPECT_EQ(builtin_format(id).shape, Shape::time);
  EXPECT_EQ(builtin_format(22).shape, Shape::date_time);
  EXPECT_EQ(builtin_format(9).shape, Shape::percent);
  for (const int id : {0, 1, 4, 11, 37, 44, 48, 49, 163}) {
    EXPECT_EQ(builtin_format(id).shape, Shape::plain) << id;
  }
}

struct NumberCase {
  const char* literal;
  const char* format;
  const char* text;
  Cell::Type type;
  bool date1904 = false;
};

TEST(FormatNumber, GivesWhatThePersonSaw) {
  using enum Cell::Type;
  const NumberCase cases[] = {
      {"1", "General", "1", number},
      {"1.0", "General", "1", number},
      {"-0", "General", "0", number},
      {"007", "General", "7", number},
      {"4000020182079", "General", "4000020182079", number},
      {"4.000020182079E12", "General", "4000020182079", number},
      {"1E+20", "General", "100000000000000000000", number},
      {"9007199254740993", "General", "9007199254740993", number},
      {"1.1000000000000001", "General", "1.1", number},
      {"0.30000000000000004", "General", "0.3", number},
      {"35.6156494", "General", "35.6156494", number},
      {"1E-4", "General", "0.0001", number},
      {"1E-30", "General", "1e-30", number},
      {"1234567", "#,##0", "1234567", number},
      {"0.15", "0%", "15%", number},
      {"0.145", "0%", "14.5%", number},
      {"abc", "General", "abc", text},
      // Serials: the first days, the day that never was, our time, both systems.
      {"1", "yyyy/m/d", "1900-01-01", date},
      {"59", "yyyy/m/d", "1900-02-28", date},
      {"60", "yyyy/m/d", "60", number},
      {"61", "yyyy/m/d", "1900-03-01", date},
      {"42644", "[$-411]ggge\"年\"m\"月\"d\"日\"", "2016-10-01", date},
      {"2958465", "yyyy/m/d", "9999-12-31", date},
      {"2958466", "yyyy/m/d", "2958466", number},
      {"0", "yyyy/m/d", "0", number},
      {"-1", "yyyy/m/d", "-1", number},
      {"41182", "yyyy/m/d", "2016-10-01", date, true},
      {"0", "yyyy/m/d", "1904-01-01", date, true},
      {"42644.5625", "yyyy/m/d h:mm", "2016-10-01 13:30", date_time},
      {"42644.562511574077", "yyyy/m/d h:mm:ss", "2016-10-01 13:30:01", date_time},
      {"42644.999999999", "yyyy/m/d h:mm", "2016-10-02 00:00", date_time},
      {"42644.5625", "yyyy/m/d", "2016-10-01", date},
      {"0.375", "h:mm", "09:00", text},
      {"0.375", "yyyy/m/d h:mm", "09:00", text},
      {"1.0625", "[h]:mm", "25:30", text},
      // Codes kept as numbers: the leading zeros are only in the format.
      {"600001", "000\\-0000", "060-0001", text},
      {"600001", "[<=999]000;[<=9999]000\\-00;000\\-0000", "060-0001", text},
      {"60", "[<=999]000;[<=9999]000\\-00;000\\-0000", "060", text},
      {"312345678", "[<=99999999]####\\-####;\\(00\\)\\ ####\\-####", "(03) 1234-5678", text},
      {"12345678", "[<=99999999]####\\-####;\\(00\\)\\ ####\\-####", "1234-5678", text},
      {"42", "0000", "0042", text},
      {"123456", "0000", "123456", text},
      {"42", "\"C-\"0000", "C-0042", text},
      {"42.5", "0000", "42.5", number},
  };
  for (const NumberCase& one : cases) {
    SCOPED_TRACE(std::string(one.literal) + " as " + one.format);
    Cell cell;
    format_number(one.literal, parse_format(one.format), one.date1904, cell);
    EXPECT_EQ(cell.text, one.text);
    EXPECT_EQ(cell.type, one.type);
  }
}

}  // namespace
}  // namespace daifuku::exchange
