#include "exchange/xlsx_strings.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

#include "exchange/xlsx_xml.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kFlushBytes = std::size_t{1} << 20;

std::optional<unsigned> escaped_unit(std::string_view text) {
  if (text.size() < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_') return std::nullopt;
  unsigned unit = 0;
  for (const char c : text.substr(2, 4)) {
    unit <<= 4;
    if (c >= '0' && c <= '9') {
      unit |= static_cast<unsigned>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      unit |= static_cast<unsigned>(c - 'a' + 10);
    } else if (c >= 'A' && c <= 'F') {
      unit |= static_cast<unsigned>(c - 'A' + 10);
    } else {
      return std::nullopt;
    }
  }
  return unit;
}

void append_utf8(std::string& out, unsigned code_point) {
  const auto byte = [&](unsigned value) { out.push_back(static_cast<char>(value)); };
  if (code_point < 0x80) {
    byte(code_point);
  } else if (code_point < 0x800) {
    byte(0xC0 | (code_point >> 6));
    byte(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    byte(0xE0 | (code_point >> 12));
    byte(0x80 | ((code_point >> 6) & 0x3F));
    byte(0x80 | (code_point & 0x3F));
  } else {
    byte(0xF0 | (code_point >> 18));
    byte(0x80 | ((code_point >> 12) & 0x3F));
    byte(0x80 | ((code_point >> 6) & 0x3F));
    byte(0x80 | (code_point & 0x3F));
  }
}

std::string unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto unit = escaped_unit(text.substr(i));
    if (!unit) {
      out.push_back(text[i++]);
      continue;
    }
    i += 7;
    if (*unit < 0xD800 || *unit > 0xDFFF) {
      append_utf8(out, *unit);
      continue;
    }
    const auto low = *unit < 0xDC00 ? escaped_unit(text.substr(i)) : std::nullopt;
    if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
      append_utf8(out, 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
      i += 7;
    }  // Half a pair means nothing and is dropped.
  }
  return out;
}

}  // namespace

void clean_xlsx_text(std::string& text) {
  if (text.find("_x") != text.npos) text = unescaped(text);
  const auto is_control = [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
  };
  std::size_t to = 0;
  while (to < text.size() && !is_control(text[to])) ++to;
  if (to == text.size()) return;
  for (std::size_t from = to; from < text.size(); ++from) {
    const char c = text[from];
    if (c == '\r') {
      if (from + 1 == text.size() || text[from + 1] != '\n') text[to++] = '\n';
    } else if (!is_control(c)) {
      text[to++] = c;
    }
  }
  text.resize(to);
}

SpillBuffer::SpillBuffer(std::size_t memory_limit, std::filesystem::path scratch)
    : limit_(memory_limit), scratch_(std::move(scratch)) {}

SpillBuffer::~SpillBuffer() {
  if (mapped_ != nullptr) munmap(mapped_, size_);
  if (file_ >= 0) ::close(file_);
}

void SpillBuffer::append(std::string_view bytes) {
  memory_ += bytes;
  size_ += bytes.size();
  if (file_ >= 0 ? memory_.size() >= kFlushBytes : memory_.size() > limit_) flush();
}

void SpillBuffer::flush() {
  if (file_ < 0) {
    const auto folder = scratch_.empty() ? std::filesystem::temp_directory_path() : scratch_;
    std::string name = (folder / "daifuku-strings-XXXXXX").string();
    file_ = mkostemp(name.data(), O_CLOEXEC);
    if (file_ < 0) throw SystemError("temporary file: " + std::string(std::strerror(errno)));
    unlink(name.c_str());
  }
  for (std::size_t done = 0; done < memory_.size();) {
    const ssize_t wrote = ::write(file_, memory_.data() + done, memory_.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) throw SystemError("temporary file: " + std::string(std::strerror(errno)));
    done += static_cast<std::size_t>(wrote);
  }
  memory_.clear();
  memory_.shrink_to_fit();
}

void SpillBuffer::finish() {
  if (file_ < 0) {
    data_ = memory_.data();
    return;
  }
  flush();
  if (size_ == 0) return;
  mapped_ = mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, file_, 0);
  if (mapped_ == MAP_FAILED) {
    mapped_ = nullptr;
    throw SystemError("map temporary file: " + std::string(std::strerror(errno)));
  }
  data_ = static_cast<const char*>(mapped_);
}

class SharedStrings::Handler final : public XmlHandler {
 public:
  explicit Handler(SharedStrings& strings) : strings_(strings) {}

  void start(std::string_view name, const char* const*) override {
    if (name == "si") {
      text_.clear();
    } else if (name == "rPh") {
      ++phonetic_;
    } else if (name == "t") {
      in_text_ = phonetic_ == 0;
    }
  }

  void end(std::string_view name) override {
    if (name == "t") {
      in_text_ = false;
    } else if (name == "rPh") {
      --phonetic_;
    } else if (name == "si") {
      clean_xlsx_text(text_);
      strings_.bytes_.append(text_);
      const auto end = static_cast<std::uint32_t>(strings_.bytes_.size());
      strings_.ends_.append({reinterpret_cast<const char*>(&end), sizeof end});
      ++strings_.count_;
    }
  }

  void text(std::string_view characters) override {
    if (!in_text_) return;
    if (text_.size() + characters.size() > strings_.max_cell_) {
      throw AppError(Status::too_large, "cell_too_long");
    }
    text_ += characters;
  }

 private:
  SharedStrings& strings_;
  std::string text_ = {};
  int phonetic_ = 0;
  bool in_text_ = false;
};

SharedStrings::SharedStrings(const OpenOptions& options)
    : max_cell_(options.max_cell_bytes),
      bytes_(options.shared_strings_in_memory, options.scratch),
      ends_(options.shared_strings_in_memory / 4, options.scratch) {}

void SharedStrings::load(XlsxArchive& archive, std::string_view part) {
  // The ends are 32 bits; decoding never makes a text longer than its XML.
  constexpr std::uint64_t kMaxPart = std::uint64_t{4} << 30;
  if (archive.size(part) >= kMaxPart) {
    throw AppError(Status::too_large, "archive_unsafe", {{"reason", "size"}});
  }
  Handler handler(*this);
  parse_part(archive, part, handler);
  bytes_.finish();
  ends_.finish();
}

std::string_view SharedStrings::get(std::size_t index) const {
  if (index >= count_) return {};
  const auto end_at = [&](std::size_t i) {
    std::uint32_t end = 0;
    std::memcpy(&end, ends_.view().data() + i * sizeof end, sizeof end);
    return end;
  };
  const std::uint32_t begin = index == 0 ? 0 : end_at(index - 1);
  return bytes_.view().substr(begin, end_at(index) - begin);
}

}  // namespace daifuku::exchange
