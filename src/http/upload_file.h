// A temporary file for an uploaded body: mode 0600, removed with the object.
#pragma once

#include <string>
#include <string_view>

namespace daifuku::http {

// Not thread-safe. Throws SystemError when the file cannot be made or written.
class UploadFile {
 public:
  explicit UploadFile(const std::string& directory);
  ~UploadFile();
  UploadFile(const UploadFile&) = delete;
  UploadFile& operator=(const UploadFile&) = delete;
  void write(std::string_view bytes);
  void close();  // done writing; the file stays until the destructor
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int descriptor_ = -1;
};

// Removes what a crashed server left: uploads older than a day. Failures do not matter.
void remove_stale_uploads(const std::string& directory) noexcept;

}  // namespace daifuku::http
