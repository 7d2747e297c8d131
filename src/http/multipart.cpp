#include "http/multipart.h"

#include <algorithm>
#include <fstream>
#include <utility>

#include "base/ascii.h"
#include "base/error.h"
#include "http/target.h"

namespace daifuku::http {
namespace {

constexpr std::size_t kPiece = 64 << 10;

[[noreturn]] void malformed() { throw AppError(Status::bad_request, "request_invalid"); }
[[noreturn]] void too_large() { throw AppError(Status::too_large, "request_too_large"); }

// `value; name="a \"quoted\" text"; name2=token`: the value in lower case, and the parameters.
struct Parameters {
  std::string value = {};
  std::vector<std::pair<std::string, std::string>> items = {};

  const std::string* find(std::string_view name) const {
    for (const auto& [key, text] : items) {
      if (key == name) return &text;
    }
    return nullptr;
  }
};

std::string take_quoted(std::string_view& rest) {
  std::string out;
  rest.remove_prefix(1);
  while (true) {
    if (rest.empty()) malformed();
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c == '"') return out;
    // Browsers escape the quote as %22 and leave backslashes alone; others write \" as in the older
    // rules.
    if (c == '\\' && !rest.empty() && (rest.front() == '"' || rest.front() == '\\')) {
      out += rest.front();
      rest.remove_prefix(1);
    } else {
      out += c;
    }
  }
}

Parameters parse_parameters(std::string_view text) {
  Parameters out;
  const std::size_t end = text.find(';');
  out.value = lower_ascii(trim_blanks(text.substr(0, end)));
  std::string_view rest = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  while (!(rest = trim_blanks(rest)).empty()) {
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) malformed();
    std::string name = lower_ascii(trim_blanks(rest.substr(0, equals)));
    rest = trim_blanks(rest.substr(equals + 1));
    std::string value;
    if (rest.starts_with('"')) {
      value = take_quoted(rest);
      rest = trim_blanks(rest);
      if (!rest.empty() && rest.front() != ';') malformed();
    } else {
      value = trim_blanks(rest.substr(0, rest.find(';')));
      rest.remove_prefix(std::min(rest.find(';'), rest.size()));
    }
    if (out.find(name) != nullptr) malformed();
    out.items.emplace_back(std::move(name), std::move(value));
    if (!rest.empty()) rest.remove_prefix(1);
  }
  return out;
}

std::string boundary_of(std::string_view content_type) {
  const Parameters parameters = parse_parameters(content_type);
  if (parameters.value != "multipart/form-data")
    throw AppError(Status::unsupported, "request_invalid");
  const std::string* boundary = parameters.find("boundary");
  if (boundary == nullptr || boundary->empty() || boundary->size() > 70) malformed();
  const bool plain = std::ranges::all_of(*boundary, [](char c) { return c >= 0x20 && c < 0x7f; }) &&
                     boundary->back() != ' ';
  if (!plain) malformed();
  return *boundary;
}

// Escapes of browsers undone, directories dropped, nothing that would break a line.
std::string clean_text(std::string text) {
  for (const auto& [escape, c] :
       {std::pair("%22", '"'), std::pair("%0D", '\r'), std::pair("%0A", '\n')}) {
    for (std::size_t at = 0; (at = text.find(escape, at)) != std::string::npos; ++at)
      text.replace(at, 3, 1, c);
  }
  const bool has_control = std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (has_control || !valid_utf8(text)) malformed();
  return text;
}

std::string base_name(const std::string& path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

// A window over the file that slides forward.
class Reader {
 public:
  explicit Reader(const std::string& path) : file_(path, std::ios::binary) {
    if (!file_) throw SystemError("cannot open an uploaded file");
  }

  std::int64_t offset() const { return offset_; }
  std::string_view window() const { return std::string_view(buffer_).substr(used_); }
  void skip(std::size_t count) {
    used_ += count;
    offset_ += static_cast<std::int64_t>(count);
  }
  // false at the end of the file.
  bool fill() {
    buffer_.erase(0, used_);
    used_ = 0;
    const std::size_t before = buffer_.size();
    buffer_.resize(before + kPiece);
    file_.read(buffer_.data() + before, static_cast<std::streamsize>(kPiece));
    if (file_.bad()) throw SystemError("cannot read an uploaded file");
    buffer_.resize(before + static_cast<std::size_t>(file_.gcount()));
    return buffer_.size() > before;
  }
  bool starts_with(std::string_view text) {
    while (window().size() < text.size()) {
      if (!fill()) return false;
    }
    return window().starts_with(text);
  }

 private:
  std::ifstream file_;
  std::string buffer_;
  std::size_t used_ = 0;
  std::int64_t offset_ = 0;
};

MultipartPart read_part_head(Reader& reader, const MultipartLimits& limits) {
  std::size_t end = 0;
  if (reader.starts_with("\r\n")) malformed();  // A part without a name.
  while ((end = reader.window().substr(0, limits.max_part_head).find("\r\n\r\n")) ==
         std::string_view::npos) {
    if (reader.window().size() >= limits.max_part_head) too_large();
    if (!reader.fill()) malformed();
  }
  MultipartPart part;
  bool named = false;
  std::string_view head = reader.window().substr(0, end + 2);
  while (!head.empty()) {
    const std::size_t line_end = head.find("\r\n");
    const std::string_view line = head.substr(0, line_end);
    head.remove_prefix(line_end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || line.front() == ' ' ||
        line.front() == '\t')
      malformed();
    const std::string name = lower_ascii(line.substr(0, colon));
    const std::string_view value = trim_blanks(line.substr(colon + 1));
    if (name == "content-disposition") {
      const Parameters parameters = parse_parameters(value);
      const std::string* field = parameters.find("name");
      if (named || parameters.value != "form-data" || field == nullptr) malformed();
      named = true;
      part.name = clean_text(*field);
      if (const std::string* file = parameters.find("filename"))
        part.file_name = base_name(clean_text(*file));
    } else if (name == "content-type") {
      part.content_type = clean_text(std::string(value));
    } else if (name == "content-transfer-encoding") {
      const std::string encoding = lower_ascii(value);
      if (encoding != "binary" && encoding != "8bit" && encoding != "7bit") malformed();
    }
  }
  if (!named) malformed();
  reader.skip(end + 4);
  part.offset = reader.offset();
  return part;
}

// Up to the next delimiter, which is skipped.
void read_part_content(Reader& reader, std::string_view delimiter, const MultipartLimits& limits,
                       MultipartPart& part) {
  const auto take = [&](std::size_t count) {
    part.size += static_cast<std::int64_t>(count);
    if (part.file_name) {
      if (part.size > limits.max_file) too_large();
    } else {
      if (part.size > static_cast<std::int64_t>(limits.max_value)) too_large();
      part.value += reader.window().substr(0, count);
    }
    reader.skip(count);
  };
  while (true) {
    const std::size_t found = reader.window().find(delimiter);
    if (found != std::string_view::npos) {
      take(found);
      reader.skip(delimiter.size());
      return;
    }
    // The last bytes may be the beginning of a delimiter.
    if (reader.window().size() >= delimiter.size())
      take(reader.window().size() - delimiter.size() + 1);
    if (!reader.fill()) malformed();
  }
}

}  // namespace

std::vector<MultipartPart> parse_multipart(const std::string& file, std::string_view content_type,
                                           const MultipartLimits& limits) {
  const std::string first = "--" + boundary_of(content_type);
  const std::string delimiter = "\r\n" + first;
  Reader reader(file);
  std::vector<MultipartPart> parts;
  if (!reader.starts_with(first)) malformed();  // No preamble: no client sends one.
  reader.skip(first.size());
  while (!reader.starts_with("--")) {
    if (!reader.starts_with("\r\n")) malformed();
    reader.skip(2);
    if (parts.size() == limits.max_parts) too_large();
    MultipartPart part = read_part_head(reader, limits);
    read_part_content(reader, delimiter, limits, part);
    if (!part.file_name && !valid_utf8(part.value)) malformed();
    parts.push_back(std::move(part));
  }
  return parts;
}

void read_part(const std::string& file, const MultipartPart& part,
               const std::function<void(std::string_view)>& take) {
  std::ifstream in(file, std::ios::binary);
  in.seekg(part.offset);
  std::string piece;
  for (std::int64_t left = part.size; left > 0;) {
    piece.resize(static_cast<std::size_t>(std::min<std::int64_t>(left, kPiece)));
    if (!in.read(piece.data(), static_cast<std::streamsize>(piece.size()))) {
      throw SystemError("cannot read an uploaded file");
    }
    take(piece);
    left -= static_cast<std::int64_t>(piece.size());
  }
}

const MultipartPart* find_part(const std::vector<MultipartPart>& parts, std::string_view name) {
  const auto found = std::ranges::find(parts, name, &MultipartPart::name);
  return found == parts.end() ? nullptr : &*found;
}

}  // namespace daifuku::http
