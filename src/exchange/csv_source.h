// A text file as UTF-8, piece by piece: decoding before any parsing, since half of a CP932
// character may be a backslash.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "exchange/table_reader.h"
#include "text/encoding.h"

namespace daifuku::exchange {

// NUL bytes are dropped, bytes that mean nothing become U+FFFD; both are counted. One thread.
class TextSource {
 public:
  // Throws SystemError when the file cannot be opened. `mend`: undo mojibake line by line
  // (text::repair_mojibake).
  TextSource(const std::filesystem::path& path, text::Encoding encoding, bool mend);

  // Appends the next piece to `out`; false when the file was at its end already. Throws
  // SystemError.
  bool read(std::string& out);

  double progress() const;
  std::size_t replaced() const { return decoder_.replaced(); }
  std::size_t nuls() const { return nuls_; }

 private:
  void deliver(std::string& out, bool last);
  std::ifstream file_;
  text::Decoder decoder_;
  bool mend_ = false;
  bool ended_ = false;
  std::uint64_t size_ = 0;
  std::uint64_t read_ = 0;
  std::size_t nuls_ = 0;
  std::string bytes_ = {};
  std::string pending_ = {};  // Decoded, not yet mended: the last line may be cut.
};

// The start of a file as raw bytes. Throws SystemError when it cannot be read.
struct FileStart {
  std::string bytes = {};
  bool complete = false;
};
FileStart read_start(const std::filesystem::path& path, std::size_t limit);

}  // namespace daifuku::exchange
