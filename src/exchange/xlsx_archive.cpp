#include "exchange/xlsx_archive.h"

#include <unzip.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"

namespace daifuku::exchange {
namespace {

// Below this a part may have any ratio: a sheet of blank styled rows packs very well, and 8 MiB do
// no harm.
constexpr std::uint64_t kRatioFreeBytes = std::uint64_t{8} << 20;

[[noreturn]] void unsafe(std::string_view reason) {
  throw AppError(Status::too_large, "archive_unsafe", {{"reason", std::string(reason)}});
}

[[noreturn]] void damaged() { throw AppError(Status::invalid, "workbook_damaged"); }

bool unsafe_name(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != name.npos ||
      name.find('\0') != name.npos || (name.size() > 1 && name[1] == ':')) {
    return true;
  }
  for (std::size_t start = 0; start <= name.size();) {
    const std::size_t end = std::min(name.find('/', start), name.size());
    if (name.substr(start, end - start) == "..") return true;
    start = end + 1;
  }
  return false;
}

// Documents embedded in a workbook are archives too; they are never opened, so they may stay where
// Excel puts them.
bool nested_archive(std::string_view name) {
  static constexpr std::array<std::string_view, 12> kArchives = {
      ".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".jar", ".zst", ".lzh", ".cab"};
  static constexpr std::array<std::string_view, 6> kDocuments = {".xlsx", ".xlsm", ".docx",
                                                                 ".pptx", ".ods",  ".xlsb"};
  const auto ends = [&](std::string_view ending) { return name.ends_with(ending); };
  if (std::ranges::any_of(kArchives, ends)) return true;
  return std::ranges::any_of(kDocuments, ends) && !name.starts_with("xl/embeddings/");
}

}  // namespace

XlsxArchive::XlsxArchive(const std::filesystem::path& path, const OpenOptions& options) {
  zip_ = unzOpen64(path.c_str());
  if (zip_ == nullptr) damaged();
  try {
    list(options);
  } catch (...) {
    unzClose(zip_);
    throw;
  }
}

XlsxArchive::~XlsxArchive() {
  if (open_) unzCloseCurrentFile(zip_);
  unzClose(zip_);
}

void XlsxArchive::list(const OpenOptions& options) {
  unz_global_info64 global{};
  if (unzGetGlobalInfo64(zip_, &global) != UNZ_OK) damaged();
  const auto max_entries = static_cast<std::uint64_t>(options.max_entries);
  if (global.number_entry > max_entries) unsafe("entries");

  std::uint64_t total = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
  int status = unzGoToFirstFile(zip_);
  for (std::uint64_t count = 0; status == UNZ_OK; ++count) {
    if (count >= max_entries) unsafe("entries");
    unz_file_info64 info{};
    std::array<char, 1024> buffer{};
    if (unzGetCurrentFileInfo64(zip_, &info, buffer.data(), buffer.size(), nullptr, 0, nullptr,
                                0) != UNZ_OK) {
      damaged();
    }
    if (info.size_filename >= buffer.size()) unsafe("name");
    const std::string name = lower_ascii({buffer.data(), info.size_filename});
    if (unsafe_name(name)) unsafe("name");
    if (nested_archive(name)) unsafe("nested");
    constexpr unsigned long kLinkMode = 0xA000;  // S_IFLNK in the upper half of the attributes.
    if (((info.external_fa >> 16) & 0xF000) == kLinkMode) unsafe("link");
    if ((info.flag & 1) != 0) throw AppError(Status::unsupported, "workbook_encrypted");
    total += info.uncompressed_size;
    if (total > options.max_unpacked_bytes || info.uncompressed_size > options.max_unpacked_bytes) {
      unsafe("size");
    }
    if (info.uncompressed_size > kRatioFreeBytes &&
        info.uncompressed_size / options.max_ratio > info.compressed_size) {
      unsafe("ratio");
    }
    if (name.ends_with('/')) {
      status = unzGoToNextFile(zip_);
      continue;
    }

    // Opening raw checks the local header against the directory and tells where the data lies;
    // nothing is unpacked.
    int method = 0;
    int level = 0;
    if (unzOpenCurrentFile2(zip_, &method, &level, 1) != UNZ_OK) damaged();
    const std::uint64_t begin = unzGetCurrentFileZStreamPos64(zip_);
    unzCloseCurrentFile(zip_);
    if (method != 0 && method != Z_DEFLATED) damaged();
    ranges.emplace_back(begin, begin + info.compressed_size);

    unz64_file_pos position{};
    if (unzGetFilePos64(zip_, &position) != UNZ_OK) damaged();
    const Entry entry{info.uncompressed_size, info.compressed_size, position.pos_in_zip_directory,
                      position.num_of_file};
    if (!entries_.emplace(name, entry).second) unsafe("twice");
    status = unzGoToNextFile(zip_);
  }
  if (status != UNZ_END_OF_LIST_OF_FILE) damaged();

  std::ranges::sort(ranges);
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].first < ranges[i - 1].second) unsafe("overlap");
  }
}

const XlsxArchive::Entry* XlsxArchive::find(std::string_view name) const {
  const auto found = entries_.find(lower_ascii(name));
  return found == entries_.end() ? nullptr : &found->second;
}

bool XlsxArchive::has(std::string_view name) const { return find(name) != nullptr; }

std::uint64_t XlsxArchive::size(std::string_view name) const {
  const Entry* entry = find(name);
  return entry == nullptr ? 0 : entry->size;
}

std::vector<std::string> XlsxArchive::names() const {
  std::vector<std::string> out;
  for (const auto& [name, entry] : entries_) out.push_back(name);
  return out;
}

void XlsxArchive::open(std::string_view name) {
  close();
  const Entry* entry = find(name);
  if (entry == nullptr) damaged();
  const unz64_file_pos position{entry->directory_offset, entry->directory_number};
  if (unzGoToFilePos64(zip_, &position) != UNZ_OK || unzOpenCurrentFile(zip_) != UNZ_OK) damaged();
  open_ = true;
  left_ = entry->size;
}

std::size_t XlsxArchive::read(char* to, std::size_t capacity) {
  DAIFUKU_CHECK(open_);
  const auto wanted = static_cast<unsigned>(std::min<std::size_t>(capacity, 1U << 20));
  const int got = unzReadCurrentFile(zip_, to, wanted);
  if (got < 0) damaged();
  if (got == 0) {
    // Closing compares the checksum, which also shows data that went on after the declared size.
    open_ = false;
    if (unzCloseCurrentFile(zip_) != UNZ_OK || left_ != 0) damaged();
    return 0;
  }
  const auto bytes = static_cast<std::uint64_t>(got);
  if (bytes > left_) damaged();
  left_ -= bytes;
  return static_cast<std::size_t>(got);
}

void XlsxArchive::close() {
  if (!open_) return;
  open_ = false;
  unzCloseCurrentFile(zip_);
}

std::string XlsxArchive::read_all(std::string_view name, std::size_t limit) {
  const Entry* entry = find(name);
  if (entry == nullptr) return {};
  if (entry->size > limit) unsafe("size");
  open(name);
  std::string out(static_cast<std::size_t>(entry->size), '\0');
  std::size_t at = 0;
  // One byte more than declared, so that the last read is the one that checks the end.
  std::array<char, 1> beyond{};
  for (;;) {
    const bool full = at == out.size();
    const std::size_t got =
        full ? read(beyond.data(), beyond.size()) : read(out.data() + at, out.size() - at);
    if (got == 0) break;
    at += got;
  }
  return out;
}

}  // namespace daifuku::exchange
