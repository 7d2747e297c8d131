// Postal codes, prefectures, municipalities and one-line addresses. The table of postal codes is
// built into the program (scripts/build_postal.mjs, cmake/postal.cmake) from the npm package yubin:
// data of Japan Post, which claims no copyright in it. One row a code, so a
// code of several towns gives one of them. Thread-safe.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace daifuku::text {

// Seven digits from "〒１００－０００１", "100 0001", "1000001"; nothing when it is not seven
// digits.
std::optional<std::string> normalize_postal_code(std::string_view text);
std::string format_postal_code(std::string_view digits);  // 1000001 -> 100-0001

// Views into the built-in table; valid for the life of the program.
struct PostalPlace {
  std::string_view jis_code = {};  // Five digits.
  std::string_view prefecture = {};
  std::string_view city = {};
  std::string_view town = {};  // Empty where the code stands for the rest of a city.
  std::string_view note = {};  // Which part of the town, in the post's words: １〜３丁目
  std::string_view prefecture_kana = {};
  std::string_view city_kana = {};
  std::string_view town_kana = {};
  std::string_view office = {};  // 事業所 codes only, with the street and number below.
  std::string_view office_kana = {};
  std::string_view street = {};
};
// `code` is seven digits (see normalize_postal_code).
std::optional<PostalPlace> lookup_postal(std::string_view code);

// All rows in the order of their codes, for generators and suggestions by place.
std::size_t postal_count();
struct PostalRow {
  std::string code = {};
  PostalPlace place = {};
};
PostalRow postal_row(std::size_t index);

// The same table with its look-ups by place (text/postal_table.h).
class PostalTable;
const PostalTable& built_in_postal();

struct Prefecture {
  std::string_view jis_code;  // "13"
  std::string_view name;      // 東京都
  std::string_view kana;      // トウキョウト
};
std::span<const Prefecture, 47> prefectures();
// Of "東京都", "東京", "とうきょうと" or "13"; nothing when unknown.
const Prefecture* find_prefecture(std::string_view text);

struct Municipality {
  std::string_view jis_code;
  std::string_view prefecture;
  std::string_view name;  // With 郡 and ward: 札幌市中央区, 西多摩郡瑞穂町.
  std::string_view kana;
};
std::span<const Municipality> municipalities();

struct Address {
  std::string postal_code = {};  // When the line holds one.
  std::string prefecture = {};
  std::string city = {};      // 市区町村, with 郡 and ward.
  std::string street = {};    // Town and number, as typed.
  std::string building = {};  // As typed.
  bool city_known = false;    // The city is in the table.
};
// Splits one line; the prefecture is filled in when the line starts with a city whose name is
// unique in Japan. Nothing when neither a prefecture nor a known city is at the start.
std::optional<Address> split_address(std::string_view one_line);

// A town or street spelled for comparison: numbers half-width, 一丁目 = 1丁目 = 1-, ヶケが, 之ノ,
// ニ二, ハ八, 番地/番/号 as hyphens; 大字 and 字 dropped.
std::string address_key(std::string_view street);

}  // namespace daifuku::text
