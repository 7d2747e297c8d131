// One row of the public register of corporate numbers as the tax agency hands it out: 30 columns,
// no header. Source: 国税庁法人番号公表サイト「リソース定義書 ダウンロード編」. Pure functions,
// thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace daifuku::text {

struct RegisterRow {
  std::int64_t number = 0;
  int process = 0;     // 処理区分: 1 new, 11 name, 12 address, 21 closed, 71 merged, 99 deleted
  bool latest = true;  // false: a row of the company's past
  int updated_on = 0;  // 20210714; dates of the register
  int changed_on = 0;
  std::string name = {};
  int kind = 0;  // 法人種別: 301 株式会社, 302 有限会社, 305 合同会社 ...
  std::string prefecture = {};
  std::string city = {};
  std::string street = {};  // 丁目番地等 with the building; for one abroad the whole place
  int area = 0;             // JIS code of the municipality, 0 abroad
  int postal_code = -1;     // -1: none
  int closed_on = 0;
  int close_cause =
      0;  // 1 清算の結了等, 11 合併による解散等, 21 登記官による閉鎖, 31 その他の清算の結了等
  std::int64_t successor = 0;
  std::string kana = {};
};

// false when the columns are not of that layout, or the number fails its check digit.
bool read_register_row(std::span<const std::string_view> columns, RegisterRow& out);

// The register writes all in full width: letters, digits and marks of ASCII to half width.
std::string plain_width(std::string_view text);

// Under which two spellings of one company name meet, as a number: of text::company_key().loose.
// 0 for a name without letters.
std::int64_t company_name_hash(std::string_view name);

// 20210714 -> 2021-07-14; empty for 0.
std::string register_date(int date);

}  // namespace daifuku::text
