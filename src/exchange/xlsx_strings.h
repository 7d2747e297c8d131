// The shared strings of a workbook, in one piece of memory or, when large, in a mapped file without
// a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "exchange/xlsx_archive.h"

namespace daifuku::exchange {

// Bytes that are appended, then read. Up to `memory_limit` they stay in memory; beyond it they go
// to a file in `scratch` that is unlinked at once, so that nothing is left behind whatever happens.
class SpillBuffer {
 public:
  SpillBuffer(std::size_t memory_limit, std::filesystem::path scratch);
  ~SpillBuffer();
  SpillBuffer(const SpillBuffer&) = delete;
  SpillBuffer& operator=(const SpillBuffer&) = delete;

  void append(std::string_view bytes);
  // Once, before the first view().
  void finish();
  std::size_t size() const { return size_; }
  std::string_view view() const { return {data_, size_}; }
  bool spilled() const { return file_ >= 0; }

 private:
  void flush();
  std::size_t limit_;
  std::filesystem::path scratch_;
  std::string memory_ = {};
  int file_ = -1;
  void* mapped_ = nullptr;
  const char* data_ = nullptr;
  std::size_t size_ = 0;
};

class SharedStrings {
 public:
  explicit SharedStrings(const OpenOptions& options);
  // Rich text runs are joined, phonetic runs (rPh, furigana) left out, _x000D_ and its like
  // decoded.
  void load(XlsxArchive& archive, std::string_view part);
  std::size_t size() const { return count_; }
  // Empty beyond the end, as in a damaged file.
  std::string_view get(std::size_t index) const;

 private:
  class Handler;
  std::size_t max_cell_;
  SpillBuffer bytes_;
  SpillBuffer ends_;  // uint32 a string
  std::size_t count_ = 0;
};

// _xHHHH_ to its character, CR LF and CR to LF, other control characters dropped; in place.
void clean_xlsx_text(std::string& text);

}  // namespace daifuku::exchange
