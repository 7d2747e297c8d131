// A table of postal codes in one block of memory: the one built into the program and those made
// from the files of Japan Post (postal_write.h) have the same form.
//
// Little-endian 32-bit numbers: "DFP2"; counts of rows, cities, towns, offices, strings; the date
// of the data as 20260801, 0 when it is not known; codes[rows], never falling, several rows where a
// code has several towns; city[rows]; town[rows]; note[rows]; cities {JIS code, name, kana}; towns
// {name, kana}; offices {row, name, kana, street} by row; offsets[strings + 1]; the strings in
// UTF-8. Names are numbers of strings; string 0 is empty.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "text/postal.h"

namespace daifuku::text {

// Reading is thread-safe. What it gives are views of the block and of the table itself.
class PostalTable {
 public:
  // `data` outlives the table; empty for a table without rows. A block that is not of this form
  // throws SystemError.
  explicit PostalTable(std::string_view data);
  PostalTable(const PostalTable&) = delete;
  PostalTable& operator=(const PostalTable&) = delete;

  std::size_t rows() const { return rows_; }
  std::size_t offices() const { return offices_; }
  std::uint32_t date() const { return date_; }  // 20260801, 0: not known
  std::string code(std::size_t row) const;      // seven digits
  PostalPlace place(std::size_t row) const;
  bool is_office(std::size_t row) const;
  // The rows [first, second) of a code of seven digits; none when it is not one.
  std::pair<std::size_t, std::size_t> find(std::string_view code) const;
  // Those with a reading, by JIS code. Business rows may spell a city in another way.
  std::span<const Municipality> municipalities() const { return municipalities_; }

  // Cities are numbers of the table.
  std::size_t cities() const { return cities_read_.size(); }
  const Municipality& city(std::size_t number) const { return cities_read_[number]; }
  std::span<const std::uint32_t> rows_of_city(std::size_t number) const;

 private:
  std::uint32_t word(std::size_t index) const;
  std::string_view text(std::size_t number) const;
  std::size_t office_at(std::size_t row) const;  // offices_ when the row is none
  void check() const;
  void read_cities();

  std::string_view data_;
  std::size_t rows_ = 0;
  std::size_t towns_ = 0;
  std::size_t offices_ = 0;
  std::size_t strings_ = 0;
  std::uint32_t date_ = 0;
  std::size_t city_count_ = 0;
  std::size_t city_at_ = 0;
  std::size_t town_at_ = 0;
  std::size_t note_at_ = 0;
  std::size_t city_list_at_ = 0;
  std::size_t town_list_at_ = 0;
  std::size_t office_list_at_ = 0;
  std::size_t offsets_at_ = 0;
  std::size_t text_at_ = 0;
  std::vector<std::array<char, 5>> codes_;
  std::vector<Municipality> cities_read_;
  std::vector<Municipality> municipalities_;
  std::vector<std::uint32_t> by_city_;     // rows
  std::vector<std::uint32_t> city_start_;  // in by_city_, one more than cities
};

// A place that an address may lie in.
struct PostalMatch {
  std::size_t row = 0;
  // The town stands in the address, and the numbers behind it lie in the part that the code is for.
  bool exact = false;
};

// The rows that the parts of an address fit, best first, at most `most`: the longest town of the
// city at the head of the street (in Kyoto, where the name of the street comes first, anywhere in
// it), told apart by the post's notes on numbers and streets. Offices are not among them. Without a
// known city there is none. An empty `prefecture` matches any.
std::vector<PostalMatch> find_postal(const PostalTable& table, std::string_view prefecture,
                                     std::string_view city, std::string_view street,
                                     std::size_t most);

}  // namespace daifuku::text
