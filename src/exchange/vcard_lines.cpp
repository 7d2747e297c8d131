#include "exchange/vcard_lines.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kMostProperties = 2'000;
constexpr std::size_t kLongestValue = 32'767;

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

// The next line and what is left after its break (CR LF, LF or CR).
std::string_view take_line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
  const std::string_view line = rest.substr(0, end);
  const bool pair = rest.substr(end).starts_with("\r\n");
  rest.remove_prefix(std::min(rest.size(), end + (pair ? 2 : 1)));
  return line;
}

// Where the value begins: the first colon outside quotes; npos when there is none.
std::size_t colon_of(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (line[i] == ':' && !quoted) return i;
  }
  return line.find(':');  // a quote that is never closed
}

std::vector<std::string_view> split_head(std::string_view head) {
  std::vector<std::string_view> out;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= head.size(); ++i) {
    if (i < head.size() && head[i] == '"') quoted = !quoted;
    if (i < head.size() && (head[i] != ';' || quoted)) continue;
    out.push_back(trim_blanks(head.substr(begin, i - begin)));
    begin = i + 1;
  }
  return out;
}

std::string_view unquoted(std::string_view text) {
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    return text.substr(1, text.size() - 2);
  }
  return text;
}

void read_head(std::string_view head, VCardProperty& out) {
  const auto parts = split_head(head);
  std::string_view name = parts.front();
  if (const std::size_t dot = name.rfind('.'); dot != name.npos) name.remove_prefix(dot + 1);
  out.name = upper_ascii(name);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::size_t equals = parts[i].find('=');
    std::string key = equals == parts[i].npos ? "TYPE" : upper_ascii(parts[i].substr(0, equals));
    const std::string_view value =
        equals == parts[i].npos ? parts[i] : unquoted(parts[i].substr(equals + 1));
    const bool spoken = key == "SORT-AS" || key == "LABEL";
    std::string kept = spoken ? std::string(value) : upper_ascii(value);
    if (equals == parts[i].npos && (kept == "QUOTED-PRINTABLE" || kept == "BASE64")) {
      key = "ENCODING";
    }
    out.parameters.emplace_back(std::move(key), std::move(kept));
  }
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = lower_letter(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string unquote_printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '=' && i + 2 < text.size()) {
      const int high = hex_digit(text[i + 1]);
      const int low = hex_digit(text[i + 2]);
      if (high >= 0 && low >= 0) {
        out += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

bool is_quoted_printable(std::string_view head) {
  return upper_ascii(head).find("QUOTED-PRINTABLE") != std::string::npos;
}

bool is_base64(std::string_view head) {
  const std::string upper = upper_ascii(head);
  return upper.find("BASE64") != std::string::npos || upper.find("ENCODING=B;") != upper.npos ||
         upper.ends_with("ENCODING=B");
}

// One property with the lines that continue it. Empty at the end of the text.
std::optional<std::string> logical_line(std::string_view& rest, bool old) {
  while (!rest.empty() && (rest.front() == '\r' || rest.front() == '\n')) rest.remove_prefix(1);
  if (rest.empty()) return std::nullopt;
  std::string line(take_line(rest));
  const std::size_t colon = colon_of(line);
  const std::string_view head = std::string_view(line).substr(0, std::min(colon, line.size()));
  const bool printable = is_quoted_printable(head);
  const bool binary = is_base64(head);
  while (!rest.empty()) {
    if (printable && line.ends_with('=')) {
      line.pop_back();
      line += take_line(rest);
      continue;
    }
    if (rest.front() == ' ' || rest.front() == '\t') {
      std::string_view more = take_line(rest);
      // Version 2.1 breaks before a blank that belongs to the text; later ones add one.
      if (!old || binary) more.remove_prefix(1);
      line += more;
      continue;
    }
    // Some telephones do not indent their pictures. A line of base64 has no colon.
    if (binary && old && rest.front() != '\r' && rest.front() != '\n') {
      std::string_view after = rest;
      const std::string_view more = take_line(after);
      if (more.find(':') == more.npos) {
        line += more;
        rest = after;
        continue;
      }
    }
    break;
  }
  return line;
}

void append_unescaped(std::string& out, char escaped, bool old) {
  if (old) {
    if (escaped != ';' && escaped != ',' && escaped != '\\') out += '\\';
    out += escaped;
    return;
  }
  out += escaped == 'n' || escaped == 'N' ? '\n' : escaped;
}

}  // namespace

bool VCardProperty::has_type(std::string_view type) const {
  for (const auto& [key, values] : parameters) {
    if (key != "TYPE") continue;
    std::string_view rest = values;
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      if (rest.substr(0, comma) == type) return true;
      rest.remove_prefix(std::min(rest.size(), comma + 1));
    }
  }
  return false;
}

std::string_view VCardProperty::parameter(std::string_view wanted) const {
  for (const auto& [key, text] : parameters) {
    if (key == wanted) return text;
  }
  return {};
}

std::vector<std::string> VCardProperty::fields(char separator) const {
  std::vector<std::string> out(1);
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) {
      append_unescaped(out.back(), value[++i], old);
    } else if (value[i] == separator) {
      out.emplace_back();
    } else {
      out.back() += value[i];
    }
  }
  return out;
}

std::string VCardProperty::text() const { return fields('\0').front(); }

std::vector<VCardProperty> vcard_properties(std::string_view card, text::Encoding encoding,
                                            std::size_t& replaced) {
  std::vector<VCardProperty> out;
  bool old = false;
  int depth = 0;
  while (out.size() < kMostProperties) {
    const auto line = logical_line(card, old);
    if (!line) break;
    const std::size_t colon = colon_of(*line);
    if (colon == std::string::npos) continue;
    VCardProperty property{.old = old};
    read_head(std::string_view(*line).substr(0, colon), property);
    std::string_view value = std::string_view(*line).substr(colon + 1);
    const bool bounds = same_ignoring_case(trim_blanks(value), "VCARD");
    if (property.name == "BEGIN" && bounds) {
      ++depth;
      continue;
    }
    if (property.name == "END" && bounds) {
      if (--depth <= 0) break;
      continue;
    }
    if (depth != 1) continue;
    if (property.name == "VERSION") {
      old = trim_blanks(value).starts_with("2.");
      continue;
    }
    const std::string_view way = property.parameter("ENCODING");
    property.binary =
        way == "BASE64" || way == "B" ||
        same_ignoring_case(value.substr(0, std::min<std::size_t>(value.size(), 5)), "data:");
    if (!property.binary) {
      std::string bytes;
      if (way == "QUOTED-PRINTABLE") {
        bytes = unquote_printable(value);
        value = bytes;
      }
      const auto named = text::parse_encoding(property.parameter("CHARSET"));
      std::size_t lost = 0;
      property.value =
          text::decode(value.substr(0, kLongestValue), named.value_or(encoding), &lost);
      replaced += lost;
    }
    out.push_back(std::move(property));
  }
  return out;
}

}  // namespace daifuku::exchange
