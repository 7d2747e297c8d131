// The ZIP side of an XLSX: finds parts and unpacks them as a stream, and refuses archives made to
// do harm.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/table_reader.h"

namespace daifuku::exchange {

// Checked as a whole when opened, before anything is unpacked: number of parts, declared sizes and
// ratios, names (absolute, .., links, twice), archives inside the archive, parts that overlap.
// While unpacking, the declared size and checksum must hold. Nothing is ever written to disk under
// a name from the archive. Not thread-safe.
class XlsxArchive {
 public:
  // Throws AppError archive_unsafe (too_large), workbook_encrypted (unsupported) or
  // workbook_damaged (invalid).
  XlsxArchive(const std::filesystem::path& path, const OpenOptions& options);
  ~XlsxArchive();
  XlsxArchive(const XlsxArchive&) = delete;
  XlsxArchive& operator=(const XlsxArchive&) = delete;

  // Part names compare without regard to ASCII case, as the standard says, and begin without a
  // slash.
  bool has(std::string_view name) const;
  std::uint64_t size(std::string_view name) const;  // Unpacked; 0 when absent.
  std::vector<std::string> names() const;

  // One part is open at a time. open() closes the one before.
  void open(std::string_view name);
  // Bytes read, 0 at the end of the part. Throws AppError workbook_damaged when size or checksum do
  // not hold.
  std::size_t read(char* to, std::size_t capacity);
  void close();

  // A small part as a whole; empty when absent. Throws when it is over `limit`.
  std::string read_all(std::string_view name, std::size_t limit);

 private:
  struct Entry {
    std::uint64_t size = 0;
    std::uint64_t packed = 0;
    std::uint64_t directory_offset = 0;  // For minizip to go back to it.
    std::uint64_t directory_number = 0;
  };
  void list(const OpenOptions& options);
  const Entry* find(std::string_view name) const;

  void* zip_ = nullptr;
  std::map<std::string, Entry> entries_;
  bool open_ = false;
  std::uint64_t left_ = 0;
};

}  // namespace daifuku::exchange
