#include "records/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/ascii.h"
#include "base/crypto.h"
#include "base/log.h"
#include "records/write.h"
#include "text/fold.h"

namespace daifuku::records {

using auth::Scope;
using meta::ObjectDef;

namespace {

// Written beside its place, synced, then renamed: there is never half a file under a final name.
void write_file(const std::string& path, const std::string& bytes) {
  const std::string temporary = path + ".part-" + hex(random_bytes(6));
  const int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) throw SystemError("open " + temporary + ": " + std::strerror(errno));
  std::size_t done = 0;
  bool good = true;
  while (good && done < bytes.size()) {
    const ssize_t n = ::write(fd, bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    good = n > 0;
    if (good) done += static_cast<std::size_t>(n);
  }
  good = good && ::fsync(fd) == 0;
  const int error = errno;
  ::close(fd);
  if (!good || std::rename(temporary.c_str(), path.c_str()) != 0) {
    ::unlink(temporary.c_str());
    throw SystemError("write " + path + ": " + std::strerror(error));
  }
  const std::string folder = std::filesystem::path(path).parent_path();
  const int dir = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (dir >= 0) {
    ::fsync(dir);
    ::close(dir);
  }
}

std::optional<std::string> read_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return std::nullopt;
  std::string out;
  char buffer[65536];
  ssize_t n = 0;
  while ((n = ::read(fd, buffer, sizeof buffer)) > 0)
    out.append(buffer, static_cast<std::size_t>(n));
  ::close(fd);
  if (n < 0) return std::nullopt;
  return out;
}

std::string clean_name(const std::string& typed) {
  std::string name = text::valid_utf8(typed) ? text::nfc(typed) : std::string("file");
  const auto slash = name.find_last_of("/\\");
  if (slash != std::string::npos) name = name.substr(slash + 1);
  std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  name = text::truncate(name, 120);
  if (name.empty() || name == "." || name == "..") name = "file";
  return name;
}

// Whether the caller may read every field of the object that holds a file. Who may not sees none of
// its files: which of them a hidden field held once, nobody can tell any more.
bool sees_files(Engine& engine, const Caller& caller, const ObjectDef& object) {
  const auto& fields = engine.plan(object).files;
  return std::all_of(fields.begin(), fields.end(), [&](const meta::FieldDef* field) {
    return caller.access.field(object, field->key) >= meta::FieldRight::read;
  });
}

bool may_change(const Caller& caller, const ObjectDef& object, const Record& record) {
  return caller.access.allows(object, caller.access.object(object).update, record.owner,
                              record.team, record.customer_owner, record.customer_team);
}

}  // namespace

std::string content_type(std::string_view name, std::string_view bytes) {
  struct Known {
    std::string_view magic;
    std::string_view type;
    std::string_view suffixes;
  };
  static constexpr Known kKnown[] = {
      {"%PDF-", "application/pdf", ".pdf"},
      {"\x89PNG\r\n\x1a\n", "image/png", ".png"},
      {"\xff\xd8\xff", "image/jpeg", ".jpg.jpeg"},
      {"GIF8", "image/gif", ".gif"},
      {"RIFF", "image/webp", ".webp"},
  };
  const std::string lower = lower_ascii(name);
  const auto dot = lower.rfind('.');
  const std::string suffix = dot == std::string::npos ? std::string() : lower.substr(dot);
  for (const Known& known : kKnown) {
    if (bytes.starts_with(known.magic) && !suffix.empty() &&
        known.suffixes.find(suffix) != std::string_view::npos)
      return std::string(known.type);
  }
  static constexpr std::pair<std::string_view, std::string_view> kOffice[] = {
      {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
      {".zip", "application/zip"}};
  if (bytes.starts_with("PK\x03\x04")) {
    for (const auto& [end, type] : kOffice) {
      if (suffix == end) return std::string(type);
    }
  }
  return "application/octet-stream";
}

bool shown_inline(std::string_view type) {
  return type == "application/pdf" || type == "image/png" || type == "image/jpeg" ||
         type == "image/gif" || type == "image/webp";
}

Files::Files(Engine& engine, std::string folder, std::string key)
    : engine_(engine), folder_(std::move(folder)), key_(std::move(key)) {
  DAIFUKU_CHECK(key_.size() == 32);
  std::filesystem::create_directories(folder_);
  ::chmod(folder_.c_str(), 0700);
}

std::string Files::path_of(const std::string& digest) const {
  return folder_ + "/" + digest.substr(0, 2) + "/" + digest;
}

FileInfo Files::add(const Caller& caller, const ObjectDef& object, Id record,
                    const std::string& name, const std::string& bytes, Id batch) {
  if (static_cast<std::int64_t>(bytes.size()) > kMostBytes)
    throw AppError(Status::too_large, "too_large", {{"limit", "25 MB"}});
  const auto found = engine_.get(caller, object, record);
  if (!found || found->deleted_at != 0) throw AppError(Status::not_found, "not_found");
  if (!may_change(caller, object, *found)) throw AppError(Status::forbidden, "forbidden");
  // Keyed, so that the name of a stored file does not tell whoever has the disk which known
  // document it is.
  const std::string digest = hex(bytes_of(hmac_sha256(key_, bytes)));
  const std::string path = path_of(digest);
  FileInfo info{.id = engine_.ids().next(),
                .name = clean_name(name),
                .size = static_cast<std::int64_t>(bytes.size()),
                .at = engine_.clock().now(),
                .by = caller.access.user()};
  info.type = content_type(info.name, bytes);
  std::int64_t total = 0;
  engine_.database().read([&](store::Connection& c) {
    auto row = c.query("SELECT coalesce(sum(f.size), 0) FROM file f WHERE {f}");
    if (row.step()) total = row.integer(0);
  });
  if (total + info.size > kMostTotal)
    throw AppError(Status::too_large, "files_full", {{"limit", "20 GB"}});
  if (!std::filesystem::exists(path)) {
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    write_file(path, encrypt(key_, bytes, "file|" + digest));
  }
  engine_.write(caller, batch, [&](Write& write) {
    write.tx()
        .query(
            "INSERT INTO file ({tenant_id}, id, object_id, record_id, name, type, size, digest, "
            "created_at, created_by) VALUES ({tenant}, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(info.id, static_cast<std::int64_t>(object.id), record, info.name, info.type,
              info.size, digest, info.at, info.by)
        .run();
    write.note_file(object, *found, info.id, info.name, true);
  });
  return info;
}

std::vector<FileInfo> Files::list(const Caller& caller, const ObjectDef& object, Id record,
                                  bool removed) {
  const auto seen = engine_.get(caller, object, record);
  if (!seen) throw AppError(Status::not_found, "not_found");
  if (removed && !may_change(caller, object, *seen)) throw AppError(Status::forbidden, "forbidden");
  std::vector<FileInfo> out;
  if (!sees_files(engine_, caller, object)) return out;
  engine_.database().read([&](store::Connection& c) {
    auto rows = c.query(
        std::string("SELECT f.id, f.name, f.type, f.size, f.created_at, f.created_by, f.deleted_at "
                    "FROM file f WHERE {f} AND f.record_id = ? AND f.object_id = ? AND "
                    "f.deleted_at IS ") +
        (removed ? "NOT NULL" : "NULL") + " ORDER BY f.id DESC LIMIT 1000");
    rows.bind(record, static_cast<std::int64_t>(object.id));
    while (rows.step()) {
      out.push_back({.id = rows.integer(0),
                     .name = std::string(rows.text(1)),
                     .type = std::string(rows.text(2)),
                     .size = rows.integer(3),
                     .at = rows.integer(4),
                     .by = rows.integer(5),
                     .deleted_at = rows.is_null(6) ? 0 : rows.integer(6)});
    }
  });
  return out;
}

Files::Found Files::find_visible(const Caller& caller, Id file, Scope auth::ObjectRights::*right,
                                 bool removed) {
  Found found;
  std::uint32_t object_id = 0;
  Id record_id = 0;
  engine_.database().read([&](store::Connection& c) {
    auto row = c.query(
        "SELECT f.id, f.name, f.type, f.size, f.created_at, f.created_by, f.digest, f.object_id, "
        "f.record_id, f.deleted_at FROM file f WHERE {f} AND f.id = ?");
    row.bind(file);
    if (!row.step() || (!row.is_null(9) && !removed)) return;
    found.info = {.id = row.integer(0),
                  .name = std::string(row.text(1)),
                  .type = std::string(row.text(2)),
                  .size = row.integer(3),
                  .at = row.integer(4),
                  .by = row.integer(5)};
    found.digest = row.text(6);
    object_id = static_cast<std::uint32_t>(row.integer(7));
    record_id = row.integer(8);
  });
  found.object = caller.access.catalog().by_id(object_id);
  auto record =
      found.object == nullptr ? std::nullopt : engine_.get(caller, *found.object, record_id);
  if (!record) throw AppError(Status::not_found, "not_found");
  found.record = *std::move(record);
  if (!sees_files(engine_, caller, *found.object)) throw AppError(Status::not_found, "not_found");
  const Record& seen = found.record;
  if (!caller.access.allows(*found.object, caller.access.object(*found.object).*right, seen.owner,
                            seen.team, seen.customer_owner, seen.customer_team)) {
    throw AppError(Status::forbidden, "forbidden");
  }
  return found;
}

FileInfo Files::open(const Caller& caller, Id file, std::string& bytes) {
  const Found found = find_visible(caller, file, &auth::ObjectRights::read);
  const std::string& digest = found.digest;
  const auto sealed = read_file(path_of(digest));
  const auto plain = sealed ? decrypt(key_, *sealed, "file|" + digest) : std::nullopt;
  if (!plain) {
    log::error("attachment damaged or missing", {{"file", encode_id(file)}});
    throw AppError(Status::not_found, "file_damaged");
  }
  bytes = *plain;
  return found.info;
}

Id Files::keep(const Caller& caller, const Found& found, bool attached) {
  return engine_.write(caller, [&](Write& write) {
    write.keep_file(*found.object, found.record, found.info.id, attached);
  });
}

Id Files::remove(const Caller& caller, Id file) {
  return keep(caller, find_visible(caller, file, &auth::ObjectRights::update), false);
}

Id Files::restore(const Caller& caller, Id file, FileInfo& info) {
  const Found found = find_visible(caller, file, &auth::ObjectRights::update, true);
  info = found.info;
  return keep(caller, found, true);
}

}  // namespace daifuku::records
