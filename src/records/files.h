// Attachments: content-addressed and encrypted at rest, in the data folder; their rows belong to a
// record and share its permissions at the moment of download.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "records/engine.h"

namespace daifuku::records {

struct FileInfo {
  Id id = 0;
  std::string name = {};
  std::string type = {};
  std::int64_t size = 0;
  Millis at = 0;
  Id by = 0;
  Millis deleted_at = 0;  // 0: not removed
};

// Thread-safe.
class Files {
 public:
  static constexpr std::int64_t kMostBytes = 25LL << 20;  // one file
  static constexpr std::int64_t kMostTotal = 20LL << 30;  // all files of the company

  // `folder` is made with mode 0700; `key` are the 32 bytes of the file key.
  Files(Engine& engine, std::string folder, std::string key);

  // Stores the bytes, then its row, under the batch id `batch` of the log (undo). The caller must
  // be allowed to change the record. Throws not_found, forbidden, too_large. Equal contents are
  // stored once.
  FileInfo add(const Caller& caller, const meta::ObjectDef& object, Id record,
               const std::string& name, const std::string& bytes, Id batch);
  // `removed`: those that were taken away and can come back, for who may change the record.
  // A file that stands in a field which the caller may not read is in no list.
  std::vector<FileInfo> list(const Caller& caller, const meta::ObjectDef& object, Id record,
                             bool removed = false);
  // Checks the right to the record now. Throws not_found also when the contents are damaged (and
  // logs it).
  FileInfo open(const Caller& caller, Id file, std::string& bytes);
  // Both need the right to change the record, stand in its history and give the id of the change
  // for undo.
  Id remove(const Caller& caller, Id file);
  Id restore(const Caller& caller, Id file, FileInfo& info);

 private:
  std::string path_of(const std::string& digest) const;
  struct Found {
    FileInfo info = {};
    std::string digest = {};
    const meta::ObjectDef* object = nullptr;
    Record record = {};
  };
  Found find_visible(const Caller& caller, Id file, auth::Scope auth::ObjectRights::*right,
                     bool removed = false);
  Id keep(const Caller& caller, const Found& found, bool attached);
  Engine& engine_;
  std::string folder_;
  std::string key_;
};

// By the first bytes, checked against the name; application/octet-stream when they disagree or are
// unknown.
std::string content_type(std::string_view name, std::string_view bytes);
// Types that the browser may show inside a page: re-encoded images and PDF.
bool shown_inline(std::string_view type);

}  // namespace daifuku::records
