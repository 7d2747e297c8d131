// Files of public registers as they are handed out: CSV in CP932 or UTF-8, alone or as the one
// table in a ZIP archive.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/table_reader.h"

namespace daifuku::exchange {

// One pass over one file; one thread. Constant memory. An archive is unpacked to a file without a
// name in `scratch`.
class PublicFile {
 public:
  // Throws AppError: file_empty, public_file_not_csv (an archive without a table, or with several),
  // archive_unsafe; SystemError when the disk fails.
  PublicFile(const std::filesystem::path& path, const std::filesystem::path& scratch);
  ~PublicFile();
  PublicFile(const PublicFile&) = delete;
  PublicFile& operator=(const PublicFile&) = delete;

  // The next line that is not empty; views until the next call.
  bool next(std::vector<std::string_view>& columns);
  std::int64_t line() const { return table_.reader->line(); }
  double progress() const { return table_.reader->progress(); }

 private:
  std::filesystem::path unpacked(const std::filesystem::path& path,
                                 const std::filesystem::path& scratch);
  int fd_ = -1;
  OpenedTable table_;
  Row row_;
};

}  // namespace daifuku::exchange
