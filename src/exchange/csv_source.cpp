#include "exchange/csv_source.h"

#include <algorithm>

namespace daifuku::exchange {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 18;

// A chunk of only ASCII, or with a line that was damaged further, gives nothing as a whole; then
// each line has a go.
void append_mended(std::string_view lines, std::string& out) {
  if (const auto whole = text::repair_mojibake(lines)) {
    out += *whole;
    return;
  }
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find_first_of("\r\n"), lines.size() - 1) + 1;
    const std::string_view line = lines.substr(0, end);
    const auto mended = text::repair_mojibake(line);
    out += mended ? std::string_view(*mended) : line;
    lines.remove_prefix(end);
  }
}

}  // namespace

TextSource::TextSource(const std::filesystem::path& path, text::Encoding encoding, bool mend)
    : file_(path, std::ios::binary), decoder_(encoding), mend_(mend) {
  std::error_code error;
  size_ = std::filesystem::file_size(path, error);
  if (!file_ || error) throw SystemError("open " + path.string());
  bytes_.resize(kChunk);
}

bool TextSource::read(std::string& out) {
  if (ended_) return false;
  file_.read(bytes_.data(), static_cast<std::streamsize>(bytes_.size()));
  if (file_.bad()) throw SystemError("read failed");
  const auto got = static_cast<std::size_t>(file_.gcount());
  read_ += got;
  ended_ = got < bytes_.size();
  const std::string_view piece(bytes_.data(), got);
  std::string& target = mend_ ? pending_ : out;
  const std::size_t before = target.size();
  decoder_.decode(piece, target, ended_);
  if (target.find('\0', before) != std::string::npos) {
    const auto start = target.begin() + static_cast<std::ptrdiff_t>(before);
    const auto kept = std::remove(start, target.end(), '\0');
    nuls_ += static_cast<std::size_t>(target.end() - kept);
    target.erase(kept, target.end());
  }
  if (mend_) deliver(out, ended_);
  return true;
}

void TextSource::deliver(std::string& out, bool last) {
  // Line breaks are no part of a CP932 or UTF-8 character, so a cut there is safe.
  const std::size_t cut = last ? pending_.size() : pending_.find_last_of("\r\n") + 1;
  if (cut == 0) return;
  append_mended(std::string_view(pending_).substr(0, cut), out);
  pending_.erase(0, cut);
}

double TextSource::progress() const {
  return size_ == 0 ? 1 : std::min(1.0, static_cast<double>(read_) / static_cast<double>(size_));
}

FileStart read_start(const std::filesystem::path& path, std::size_t limit) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw SystemError("open " + path.string());
  FileStart start;
  start.bytes.resize(limit + 1);
  file.read(start.bytes.data(), static_cast<std::streamsize>(start.bytes.size()));
  if (file.bad()) throw SystemError("read failed");
  start.bytes.resize(static_cast<std::size_t>(file.gcount()));
  start.complete = start.bytes.size() <= limit;
  if (!start.complete) start.bytes.resize(limit);
  return start;
}

}  // namespace daifuku::exchange
