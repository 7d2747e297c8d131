// Postal codes as they are looked up: the table built into the program, or newer ones made from the
// files of Japan Post, which name every town of a code.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/time.h"
#include "text/postal.h"
#include "text/postal_table.h"

namespace daifuku::exchange {

// Thread-safe. Towns (KEN_ALL) and offices (JIGYOSYO) are loaded and replaced apart; each is one
// file in `folder`, changed as a whole. What another program loads is seen at the next look-up.
class PostalBook {
 public:
  PostalBook(std::filesystem::path folder, const Clock& clock);

  struct Loaded {
    bool offices = false;  // which of the two files it was
    std::size_t rows = 0;
    std::size_t codes = 0;
  };
  // Reads KEN_ALL.CSV or JIGYOSYO.CSV (CP932 or UTF-8, plain or in a ZIP) and puts it in place of
  // the table before. Throws AppError(invalid): postal_file_unknown, postal_file_line {line},
  // postal_file_partial {prefectures}; then the table before stays.
  Loaded load(const std::filesystem::path& file);
  // Back to the built-in table.
  void clear();

  // {"items": [...]} of a code, every town, then the office.
  void find_json(std::string_view code, std::string& out) const;
  // {"items": [...]} of an address, best first; an empty city is looked for in the street.
  void match_json(std::string_view prefecture, std::string_view city, std::string_view street,
                  std::string& out) const;
  // One line taken apart (text::split_address), with the code that fits when it holds none.
  void split_json(std::string_view line, std::string& out) const;
  void state_json(std::string& out) const;

 private:
  // A loaded file and the table over it.
  struct Part {
    std::string data;
    std::unique_ptr<text::PostalTable> table;
    std::int64_t stamp = 0;
  };
  std::filesystem::path path(bool offices) const;
  std::shared_ptr<const Part> part(bool offices) const;
  std::int64_t stamp_of(bool offices) const;

  std::filesystem::path folder_;
  const Clock& clock_;
  std::mutex loading_;
  mutable std::mutex mutex_;  // guards the parts
  mutable std::shared_ptr<const Part> parts_[2];
};

}  // namespace daifuku::exchange
