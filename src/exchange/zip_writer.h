// A ZIP archive written as a stream: nothing is ever gone back to, so it can go straight to a
// browser. Names are UTF-8. Archives may pass 4 GB (ZIP64), single entries may not.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "exchange/table_writer.h"

namespace daifuku::exchange {

// One thread. Throws what the sink throws, SystemError when an entry is too large.
class ZipWriter {
 public:
  ZipWriter(Sink sink, Millis now);
  // One entry; `content` writes it piece by piece. `packed` false: stored as it is (files that are
  // compressed already).
  void entry(const std::string& name, const std::function<void(const Sink&)>& content,
             bool packed = true);
  // The directory. Without it the archive is not complete.
  void finish();

 private:
  struct Entry {
    std::string name = {};
    std::uint32_t crc = 0;
    std::uint64_t packed = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
    std::uint16_t method = 0;
  };
  void put(std::string_view bytes);
  void put_directory();

  Sink sink_;
  std::uint16_t time_ = 0;
  std::uint16_t date_ = 0;
  std::uint64_t written_ = 0;
  std::vector<Entry> entries_ = {};
};

}  // namespace daifuku::exchange
