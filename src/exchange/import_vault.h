// Uploaded tables at rest: sealed with AES-256-GCM in chunks, so that a list of customers never
// lies in plain text under a name on the disk. Files have the mode 0600. Each object belongs to one
// thread. Failures of the disk and damaged files throw SystemError.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace daifuku::exchange {

// Writes a sealed file from its start. Without finish() a reader finds it incomplete.
class SealedWriter {
 public:
  // `context` binds the chunks to their purpose: another file's chunks do not open in this one.
  SealedWriter(const std::filesystem::path& path, std::string key32, std::string context);
  ~SealedWriter();
  SealedWriter(const SealedWriter&) = delete;
  SealedWriter& operator=(const SealedWriter&) = delete;
  void write(std::string_view bytes);
  void flush();   // What was written so far can be read even after a crash of the program.
  void finish();  // End mark, and on disk.

 private:
  void put(bool last);
  int fd_ = -1;
  std::string key_;
  std::string context_;
  std::string pending_ = {};
  std::uint64_t chunk_ = 0;
};

class SealedReader {
 public:
  SealedReader(const std::filesystem::path& path, std::string key32, std::string context);
  ~SealedReader();
  SealedReader(const SealedReader&) = delete;
  SealedReader& operator=(const SealedReader&) = delete;
  // Replaces `piece`; false at the end. Chunks that were moved, changed or cut throw.
  bool read(std::string& piece);
  // After the end: whether the writer finished. A file of rejects may be cut by a crash.
  bool complete() const { return complete_; }

 private:
  int fd_ = -1;
  std::string key_;
  std::string context_;
  std::string sealed_ = {};
  std::uint64_t chunk_ = 0;
  bool complete_ = false;
};

// Seals the file at `from` into a new file at `to`.
void seal_file(const std::filesystem::path& from, const std::filesystem::path& to,
               const std::string& key32, const std::string& context);

// The opened contents of a sealed file as a file without a name, which is gone with the object or
// the program: in memory when it is small, else in `folder`. path() may be opened several times.
class PlainCopy {
 public:
  PlainCopy(const std::filesystem::path& sealed, const std::string& key32,
            const std::string& context, const std::filesystem::path& folder);
  ~PlainCopy();
  PlainCopy(const PlainCopy&) = delete;
  PlainCopy& operator=(const PlainCopy&) = delete;
  std::filesystem::path path() const;

 private:
  int fd_ = -1;
};

}  // namespace daifuku::exchange
