#include "exchange/reference/postal_book.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "exchange/reference/public_file.h"
#include "text/postal_write.h"

namespace daifuku::exchange {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostMatches = 20;

// Written beside its place and renamed: a full disk or a crash leaves the table before.
void replace_file(const fs::path& path, std::string_view bytes) {
  const std::string part = path.string() + ".part";
  const auto fail = [&](const char* what) {
    const std::string reason = std::strerror(errno);
    ::unlink(part.c_str());
    throw SystemError(std::string(what) + " " + part + ": " + reason);
  };
  const int fd = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) fail("cannot make");
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      ::close(fd);
      fail("cannot write");
    }
    done += static_cast<std::size_t>(n);
  }
  const bool synced = ::fsync(fd) == 0;
  ::close(fd);
  if (!synced) fail("cannot sync");
  if (::rename(part.c_str(), path.c_str()) != 0) fail("cannot rename");
  const int folder = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
}

void write_place(JsonWriter& json, std::string_view code, const text::PostalPlace& place) {
  json.begin_object().field("postal_code", code).field("prefecture", place.prefecture);
  json.field("city", place.city).field("town", place.town);
  json.field("city_kana", place.city_kana).field("town_kana", place.town_kana);
  if (!place.note.empty()) json.field("note", place.note);
  if (!place.office.empty()) {
    json.field("office", place.office).field("street", place.street);
    if (!place.office_kana.empty()) json.field("office_kana", place.office_kana);
  }
}

}  // namespace

PostalBook::PostalBook(fs::path folder, const Clock& clock)
    : folder_(std::move(folder)), clock_(clock) {}

fs::path PostalBook::path(bool offices) const {
  return folder_ / (offices ? "postal_offices.bin" : "postal_towns.bin");
}

std::int64_t PostalBook::stamp_of(bool offices) const {
  struct stat info {};
  if (::stat(path(offices).c_str(), &info) != 0) return 0;
  return info.st_mtim.tv_sec * 1'000'000'000 + info.st_mtim.tv_nsec + 1;
}

std::shared_ptr<const PostalBook::Part> PostalBook::part(bool offices) const {
  const std::int64_t stamp = stamp_of(offices);
  const std::lock_guard lock(mutex_);
  auto& held = parts_[offices ? 1 : 0];
  if (held && held->stamp == stamp) return held;
  if (stamp == 0) {
    held = nullptr;
    return held;
  }
  auto fresh = std::make_shared<Part>();
  fresh->stamp = stamp;
  try {
    std::ifstream in(path(offices), std::ios::binary);
    std::stringstream bytes;
    bytes << in.rdbuf();
    fresh->data = std::move(bytes).str();
    fresh->table = std::make_unique<text::PostalTable>(fresh->data);
  } catch (const SystemError& error) {
    // The built-in table does until the file is loaded again.
    log::error("postal_table_unreadable", {{"reason", error.what()}});
    fresh->data.clear();
    fresh->table = nullptr;
  }
  held = std::move(fresh);
  return held;
}

PostalBook::Loaded PostalBook::load(const fs::path& file) {
  const std::lock_guard lock(loading_);
  fs::create_directories(folder_);
  PublicFile in(file, folder_);
  text::PostalEntries entries;
  std::vector<std::string_view> columns;
  Loaded loaded;
  bool first = true;
  while (in.next(columns)) {
    if (first) {
      if (columns.size() != 15 && columns.size() != 13)
        throw AppError(Status::invalid, "postal_file_unknown");
      loaded.offices = columns.size() == 13;
      first = false;
    }
    if (!(loaded.offices ? entries.add_office(columns) : entries.add_town(columns)))
      throw AppError(Status::invalid, "postal_file_line", {{"line", std::to_string(in.line())}});
  }
  if (entries.open())
    throw AppError(Status::invalid, "postal_file_line", {{"line", std::to_string(in.line())}});
  // The file of one prefecture, or one that was cut, would take the rest of the country away.
  std::set<std::uint32_t> prefectures;
  std::set<std::uint32_t> codes;
  for (const text::PostalEntry& entry : entries.entries()) {
    prefectures.insert(entry.jis_code / 1000);
    codes.insert(entry.code);
  }
  if (prefectures.size() != text::prefectures().size())
    throw AppError(Status::invalid, "postal_file_partial",
                   {{"prefectures", std::to_string(prefectures.size())}});
  const Date today = local_date(clock_.now());
  const std::string block = entries.write(
      static_cast<std::uint32_t>(today.year * 10'000 + today.month * 100 + today.day));
  const text::PostalTable table(block);
  loaded.rows = table.rows();
  loaded.codes = codes.size();
  replace_file(path(loaded.offices), block);
  log::info("postal table loaded", {{"rows", loaded.rows}, {"offices", loaded.offices ? 1 : 0}});
  return loaded;
}

void PostalBook::clear() {
  const std::lock_guard lock(loading_);
  fs::remove(path(false));
  fs::remove(path(true));
}

void PostalBook::find_json(std::string_view code, std::string& out) const {
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const bool offices : {false, true}) {
    const auto loaded = part(offices);
    const text::PostalTable& table =
        loaded && loaded->table ? *loaded->table : text::built_in_postal();
    const auto [from, to] = table.find(code);
    for (std::size_t row = from; row < to; ++row) {
      if (table.is_office(row) != offices) continue;
      write_place(json, code, table.place(row));
      json.end_object();
    }
  }
  json.end_array().end_object();
}

void PostalBook::match_json(std::string_view prefecture, std::string_view city,
                            std::string_view street, std::string& out) const {
  const auto loaded = part(false);
  const text::PostalTable& table =
      loaded && loaded->table ? *loaded->table : text::built_in_postal();
  std::optional<text::Address> split;
  if (city.empty()) {
    split = text::split_address(std::string(prefecture) + std::string(street));
    if (split) {
      prefecture = split->prefecture;
      city = split->city;
      street = split->street;
    }
  }
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const auto& match : text::find_postal(table, prefecture, city, street, kMostMatches)) {
    write_place(json, table.code(match.row), table.place(match.row));
    json.field("exact", match.exact).end_object();
  }
  json.end_array().end_object();
}

void PostalBook::split_json(std::string_view line, std::string& out) const {
  JsonWriter json(out);
  json.begin_object();
  if (auto address = text::split_address(line)) {
    bool guessed = false;
    if (address->postal_code.empty()) {
      const auto loaded = part(false);
      const text::PostalTable& table =
          loaded && loaded->table ? *loaded->table : text::built_in_postal();
      const auto matches =
          text::find_postal(table, address->prefecture, address->city, address->street, 2);
      guessed = matches.size() == 1 && matches.front().exact;
      if (guessed) address->postal_code = table.code(matches.front().row);
    }
    json.field("found", true).field("postal_code", address->postal_code);
    json.field("postal_code_guessed", guessed).field("prefecture", address->prefecture);
    json.field("city", address->city).field("street", address->street);
    json.field("building", address->building).field("city_known", address->city_known);
  } else {
    json.field("found", false);
  }
  json.end_object();
}

void PostalBook::state_json(std::string& out) const {
  JsonWriter json(out);
  json.begin_object();
  for (const bool offices : {false, true}) {
    const auto loaded = part(offices);
    const bool own = loaded && loaded->table;
    const text::PostalTable& table = own ? *loaded->table : text::built_in_postal();
    json.key(offices ? "offices" : "towns").begin_object().field("loaded", own);
    const std::size_t rows = offices ? table.offices() : table.rows() - table.offices();
    json.field("rows", rows);
    if (const std::uint32_t date = table.date(); date != 0) {
      json.field("loaded_on", format_date({.year = static_cast<int>(date / 10'000),
                                           .month = static_cast<int>(date / 100 % 100),
                                           .day = static_cast<int>(date % 100)}));
    }
    json.end_object();
  }
  json.end_object();
}

}  // namespace daifuku::exchange
