#include "http/upload_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>

#include "base/crypto.h"
#include "base/error.h"

namespace daifuku::http {
namespace {

constexpr std::string_view kPrefix = "daifuku-upload-";

}  // namespace

UploadFile::UploadFile(const std::string& directory) {
  path_ = directory;
  path_.append("/").append(kPrefix).append(hex(random_bytes(16)));
  descriptor_ = ::open(path_.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor_ < 0) throw SystemError("cannot make " + path_ + ": " + std::strerror(errno));
}

UploadFile::~UploadFile() {
  close();
  ::unlink(path_.c_str());
}

void UploadFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(descriptor_, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) throw SystemError("cannot write " + path_ + ": " + std::strerror(errno));
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
}

void UploadFile::close() {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

void remove_stale_uploads(const std::string& directory) noexcept {
  namespace fs = std::filesystem;
  try {
    const auto limit = fs::file_time_type::clock::now() - std::chrono::hours(24);
    for (const auto& entry : fs::directory_iterator(directory)) {
      std::error_code error;
      if (!entry.path().filename().string().starts_with(kPrefix)) continue;
      if (entry.last_write_time(error) < limit && !error) fs::remove(entry.path(), error);
    }
  } catch (const std::exception&) {
    // An unreadable directory shows at the first upload.
  }
}

}  // namespace daifuku::http
