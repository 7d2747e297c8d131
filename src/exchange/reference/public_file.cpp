#include "exchange/reference/public_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "exchange/xlsx_archive.h"

namespace daifuku::exchange {
namespace {

// The corporate register of all Japan is 1.3 GB unpacked.
constexpr std::uint64_t kMostUnpacked = std::uint64_t{4} << 30;

OpenOptions options() {
  return {.format = TableFormat::csv,
          .delimiter = ',',
          .guard_undo = GuardUndo::none,
          .mend_mojibake = false,
          .max_columns = 64,
          .max_cell_bytes = std::size_t{64} << 10,
          .max_row_bytes = std::size_t{256} << 10,
          .max_unpacked_bytes = kMostUnpacked,
          .max_entries = 100};
}

}  // namespace

PublicFile::PublicFile(const std::filesystem::path& path, const std::filesystem::path& scratch) {
  std::ifstream start(path, std::ios::binary);
  if (!start) throw AppError(Status::not_found, "file_unreadable", {{"file", path.filename()}});
  char head[4] = {};
  start.read(head, sizeof head);
  try {
    const bool archive = std::string_view(head, 4) == std::string_view("PK\3\4", 4);
    table_ = open_table(archive ? unpacked(path, scratch) : path, options());
  } catch (...) {
    if (fd_ >= 0) ::close(fd_);
    throw;
  }
}

PublicFile::~PublicFile() {
  if (fd_ >= 0) ::close(fd_);
}

std::filesystem::path PublicFile::unpacked(const std::filesystem::path& path,
                                           const std::filesystem::path& scratch) {
  XlsxArchive archive(path, options());
  std::string table;
  for (const std::string& name : archive.names()) {
    if (!name.ends_with(".csv")) continue;
    if (!table.empty()) throw AppError(Status::unsupported, "public_file_not_csv");
    table = name;
  }
  if (table.empty()) throw AppError(Status::unsupported, "public_file_not_csv");
  fd_ = ::open(scratch.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd_ < 0)
    throw SystemError(std::string("cannot make a scratch file: ") + std::strerror(errno));
  archive.open(table);
  std::vector<char> buffer(std::size_t{256} << 10);
  while (const std::size_t n = archive.read(buffer.data(), buffer.size())) {
    for (std::size_t done = 0; done < n;) {
      const ssize_t written = ::write(fd_, buffer.data() + done, n - done);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0)
        throw SystemError(std::string("cannot write a scratch file: ") + std::strerror(errno));
      done += static_cast<std::size_t>(written);
    }
  }
  return "/proc/self/fd/" + std::to_string(fd_);
}

bool PublicFile::next(std::vector<std::string_view>& columns) {
  if (!table_.reader->next(row_)) return false;
  columns.clear();
  for (const Cell& cell : row_) columns.push_back(cell.text);
  return true;
}

}  // namespace daifuku::exchange
