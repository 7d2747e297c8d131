#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "base/error.h"
#include "exchange/export_all.h"
#include "exchange/zip_writer.h"

namespace daifuku::exchange {
namespace {

namespace fs = std::filesystem;

class Folder final : public ExportPlace {
 public:
  explicit Folder(const std::string& folder) : folder_(folder) {
    std::error_code error;
    if (fs::exists(folder_) && !fs::is_empty(folder_, error)) {
      throw AppError(Status::conflict, "export_folder_not_empty", {{"folder", folder}});
    }
    fs::create_directories(folder_, error);
    if (error || ::chmod(folder_.c_str(), 0700) != 0) fail(folder);
  }

  void file(const std::string& name, const std::function<void(const Sink&)>& content,
            bool) override {
    const fs::path path = folder_ / name;
    std::error_code error;
    fs::create_directories(path.parent_path(), error);
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) fail(path);
    try {
      content([&](std::string_view bytes) { write_all(file, bytes, path); });
    } catch (...) {
      ::close(file);
      throw;
    }
    if (::close(file) != 0) fail(path);
  }
  void finish() override {}

 private:
  [[noreturn]] static void fail(const std::string& path) {
    throw AppError(Status::unavailable, "file_unwritable", {{"file", path}});
  }
  static void write_all(int file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(file, bytes.data(), bytes.size());
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) fail(path);
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  fs::path folder_;
};

class Archive final : public ExportPlace {
 public:
  Archive(Sink sink, Millis now) : zip_(std::move(sink), now) {}
  void file(const std::string& name, const std::function<void(const Sink&)>& content,
            bool packed) override {
    zip_.entry(name, content, packed);
  }
  void finish() override { zip_.finish(); }

 private:
  ZipWriter zip_;
};

}  // namespace

std::unique_ptr<ExportPlace> make_export_folder(const std::string& folder) {
  return std::make_unique<Folder>(folder);
}

std::unique_ptr<ExportPlace> make_export_archive(Sink sink, Millis now) {
  return std::make_unique<Archive>(std::move(sink), now);
}

}  // namespace daifuku::exchange
