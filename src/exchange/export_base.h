// What a view held when it was exported for the round trip through Excel: kept sealed on the
// server, so that a file that comes back can be compared with what went out
// (docs/decisions/0021-round-trip-bases-stay-on-the-server.md).
#pragma once

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/id.h"
#include "exchange/import_vault.h"

namespace daifuku::exchange {

struct BaseColumn {
  std::string key = {};
  std::string title = {};  // the heading, which is how the column is found again
};

struct BaseHeader {
  Id event = 0;  // of the export log
  Id user = 0;
  std::string object = {};
  Millis at = 0;
  std::vector<BaseColumn> columns = {};
};

struct BaseRow {
  Id id = 0;
  std::int64_t version = 0;
  std::vector<std::string> texts = {};              // as written into the file, by column
  std::map<std::size_t, std::vector<Id>> ids = {};  // links and users, by column
};

// Where bases and comparisons lie, and the key that seals them. Made with the mode 0700.
struct RoundTripStore {
  std::filesystem::path folder = {};
  std::string key32 = {};
  std::filesystem::path base(Id event) const { return folder / (encode_id(event) + ".base"); }
};

// Writes from the start to finish(); without it there is no base. One thread. Throws SystemError.
class BaseWriter {
 public:
  BaseWriter(const RoundTripStore& store, const BaseHeader& header);
  ~BaseWriter();
  void row(const BaseRow& row);
  void finish();

 private:
  std::filesystem::path path_;
  std::unique_ptr<SealedWriter> sealed_;
  bool finished_ = false;
};

// The rows by their ids; in memory are only their places. One thread.
class BaseReader {
 public:
  // AppError conflict "compare_base_gone" when it was removed or never finished.
  BaseReader(const RoundTripStore& store, Id event);
  const BaseHeader& header() const { return header_; }
  // nullopt when the record was not in the file.
  std::optional<BaseRow> find(Id record);
  // In the order of the file.
  const std::vector<Id>& records() const { return order_; }

 private:
  std::unique_ptr<PlainCopy> plain_;
  std::ifstream file_;
  BaseHeader header_;
  std::unordered_map<Id, std::uint64_t> places_;
  std::vector<Id> order_;
};

}  // namespace daifuku::exchange
