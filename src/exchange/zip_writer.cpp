#include "exchange/zip_writer.h"

#include <zlib.h>

#include <array>

#include "base/error.h"

namespace daifuku::exchange {
namespace {

// APPNOTE.TXT 6.3: sizes behind the data (bit 3), names in UTF-8 (bit 11).
constexpr std::uint16_t kFlags = (1U << 3U) | (1U << 11U);
constexpr std::uint64_t kLimit32 = 0xFFFFFFFFU;
constexpr std::uint16_t kVersion = 20;
constexpr std::uint16_t kVersion64 = 45;

void append(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

// Raw DEFLATE, piece by piece.
class Deflater {
 public:
  explicit Deflater(std::function<void(std::string_view)> out) : out_(std::move(out)) {
    if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
      throw SystemError("zip: deflate");
    }
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  void write(std::string_view bytes, bool last) {
    // zlib does not write to its input.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    std::array<char, 1U << 16U> buffer{};
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
      stream_.avail_out = static_cast<uInt>(buffer.size());
      deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH);
      out_({buffer.data(), buffer.size() - stream_.avail_out});
    } while (stream_.avail_out == 0);
  }

 private:
  std::function<void(std::string_view)> out_;
  z_stream stream_ = {};
};

}  // namespace

ZipWriter::ZipWriter(Sink sink, Millis now) : sink_(std::move(sink)) {
  const Date day = local_date(now);
  const Millis since = (now - start_of_day(day)) / 1000;
  time_ =
      static_cast<std::uint16_t>((since / 3600) << 11 | (since / 60 % 60) << 5 | (since % 60) / 2);
  date_ = static_cast<std::uint16_t>((day.year - 1980) << 9 | day.month << 5 | day.day);
}

void ZipWriter::put(std::string_view bytes) {
  if (bytes.empty()) return;
  sink_(bytes);
  written_ += bytes.size();
}

void ZipWriter::entry(const std::string& name, const std::function<void(const Sink&)>& content,
                      bool packed) {
  Entry entry{
      .name = name, .offset = written_, .method = static_cast<std::uint16_t>(packed ? 8 : 0)};
  std::string head;
  append(head, 0x04034b50, 4);
  append(head, kVersion, 2);
  append(head, kFlags, 2);
  append(head, entry.method, 2);
  append(head, time_, 2);
  append(head, date_, 2);
  append(head, 0, 4);  // crc and sizes stand behind the data
  append(head, 0, 4);
  append(head, 0, 4);
  append(head, name.size(), 2);
  append(head, 0, 2);
  put(head + name);

  uLong crc = crc32(0, nullptr, 0);
  const auto out = [&](std::string_view bytes) {
    entry.packed += bytes.size();
    if (entry.packed >= kLimit32) throw SystemError("zip: entry of more than 4 GB: " + name);
    put(bytes);
  };
  const auto take = [&](std::string_view bytes) {
    crc = crc32(crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
    entry.size += bytes.size();
    if (entry.size >= kLimit32) throw SystemError("zip: entry of more than 4 GB: " + name);
  };
  if (packed) {
    Deflater deflater(out);
    content([&](std::string_view bytes) {
      take(bytes);
      deflater.write(bytes, false);
    });
    deflater.write({}, true);
  } else {
    content([&](std::string_view bytes) {
      take(bytes);
      out(bytes);
    });
  }
  entry.crc = static_cast<std::uint32_t>(crc);
  std::string tail;
  append(tail, 0x08074b50, 4);
  append(tail, entry.crc, 4);
  append(tail, entry.packed, 4);
  append(tail, entry.size, 4);
  put(tail);
  entries_.push_back(std::move(entry));
}

void ZipWriter::put_directory() {
  for (const Entry& entry : entries_) {
    const bool far = entry.offset >= kLimit32;
    std::string head;
    append(head, 0x02014b50, 4);
    append(head, 3U << 8U | (far ? kVersion64 : kVersion), 2);  // made on Unix: the mode below
    append(head, far ? kVersion64 : kVersion, 2);
    append(head, kFlags, 2);
    append(head, entry.method, 2);
    append(head, time_, 2);
    append(head, date_, 2);
    append(head, entry.crc, 4);
    append(head, entry.packed, 4);
    append(head, entry.size, 4);
    append(head, entry.name.size(), 2);
    append(head, far ? 12 : 0, 2);
    append(head, 0, 2);
    append(head, 0, 2);
    append(head, 0, 2);
    append(head, 0100600U << 16U, 4);
    append(head, far ? kLimit32 : entry.offset, 4);
    head += entry.name;
    if (far) {
      append(head, 1, 2);
      append(head, 8, 2);
      append(head, entry.offset, 8);
    }
    put(head);
  }
}

void ZipWriter::finish() {
  const std::uint64_t start = written_;
  put_directory();
  const std::uint64_t size = written_ - start;
  const std::uint64_t end = written_;
  const std::uint64_t count = entries_.size();
  const bool large = start >= kLimit32 || size >= kLimit32 || count >= 0xFFFF;
  std::string tail;
  if (large) {
    append(tail, 0x06064b50, 4);
    append(tail, 44, 8);
    append(tail, kVersion64, 2);
    append(tail, kVersion64, 2);
    append(tail, 0, 4);
    append(tail, 0, 4);
    append(tail, count, 8);
    append(tail, count, 8);
    append(tail, size, 8);
    append(tail, start, 8);
    append(tail, 0x07064b50, 4);
    append(tail, 0, 4);
    append(tail, end, 8);
    append(tail, 1, 4);
  }
  append(tail, 0x06054b50, 4);
  append(tail, 0, 2);
  append(tail, 0, 2);
  append(tail, large ? 0xFFFF : count, 2);
  append(tail, large ? 0xFFFF : count, 2);
  append(tail, large ? kLimit32 : size, 4);
  append(tail, large ? kLimit32 : start, 4);
  append(tail, 0, 2);
  put(tail);
}

}  // namespace daifuku::exchange
