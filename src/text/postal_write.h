// The files of Japan Post, row by row, and a table of postal codes made from them
// (text/postal_table.h). Layout and rules: 日本郵便「郵便番号データの説明」(住所の郵便番号,
// 大口事業所個別番号).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace daifuku::text {

// One row of a table. Names as in PostalPlace, kana in full width.
struct PostalEntry {
  std::uint32_t code = 0;
  std::uint32_t jis_code = 0;
  std::string city = {};
  std::string city_kana = {};
  std::string town = {};
  std::string town_kana = {};
  std::string note = {};
  std::string office = {};
  std::string office_kana = {};
  std::string street = {};
};

// Gathers rows of KEN_ALL.CSV (15 columns) and JIGYOSYO.CSV (13 columns). A town whose bracket is
// closed some lines below is one row. One thread.
class PostalEntries {
 public:
  // The columns of one line. false when it is neither of the two layouts or a code is no number;
  // the entries are then as before.
  bool add_town(std::span<const std::string_view> columns);
  bool add_office(std::span<const std::string_view> columns);

  // A town whose bracket is still open: the file ended too early.
  bool open() const { return open_; }
  std::size_t size() const { return entries_.size(); }
  const std::vector<PostalEntry>& entries() const { return entries_; }

  // Sorted and without what stands twice, as a block for PostalTable. `date` as 20260801.
  std::string write(std::uint32_t date);

 private:
  std::vector<PostalEntry> entries_;
  std::string town_ = {};  // of the last entry, as it stands in the file
  std::string kana_ = {};
  bool open_ = false;
};

// Half-width kana to full width, digits and brackets to ASCII: how readings are kept.
std::string full_width_kana(std::string_view kana);

}  // namespace daifuku::text
