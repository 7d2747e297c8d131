#include "exchange/table_guard.h"

namespace daifuku::exchange {
namespace {

// Bytes of the formula start at the front of `text`, 0 when there is none.
std::size_t formula_start(std::string_view text) {
  if (text.empty()) return 0;
  switch (text.front()) {
    case '=':
    case '+':
    case '-':
    case '@':
    case '\t':
    case '\r':
      return 1;
    case '\xEF':
      for (const std::string_view wide : {"＝", "＋", "－", "＠"}) {
        if (text.starts_with(wide)) return wide.size();
      }
      return 0;
    case '\xE2':
      return text.starts_with("−") ? 3 : 0;  // U+2212, which becomes － in CP932.
    default:
      return 0;
  }
}

bool starts_cell_elsewhere(char c) {
  return c == ',' || c == ';' || c == '\t' || c == '"' || c == '|';
}

// How many apostrophes stand before a formula start at `at`; -1 when what follows is none.
int apostrophes_before_formula(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] == '\'') ++end;
  return formula_start(text.substr(end)) == 0 ? -1 : static_cast<int>(end - at);
}

}  // namespace

void append_guarded(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((i == 0 || starts_cell_elsewhere(text[i - 1])) &&
        apostrophes_before_formula(text, i) >= 0) {
      out += '\'';
    }
    out += text[i];
  }
}

void undo_guard(std::string& text, GuardUndo scope) {
  if (scope == GuardUndo::none || text.find('\'') == text.npos) return;
  if (scope == GuardUndo::leading) {
    if (text.front() == '\'' && apostrophes_before_formula(text, 0) > 0) text.erase(0, 1);
    return;
  }
  std::size_t to = 0;
  const std::string from = text;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const bool guard = from[i] == '\'' && (i == 0 || starts_cell_elsewhere(from[i - 1])) &&
                       apostrophes_before_formula(from, i) > 0;
    if (!guard) text[to++] = from[i];
  }
  text.resize(to);
}

bool is_plain_amount(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  if (text.ends_with('%')) text.remove_suffix(1);
  if (text.empty() || text.size() > 24) return false;
  bool digit = false;
  bool point = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digit = true;
    } else if (c == '.' && !point) {
      point = true;
    } else if (c != ',' || !digit || point) {
      return false;
    }
  }
  return digit;
}

bool is_blank(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++i;
    } else if (text.substr(i).starts_with("\xE3\x80\x80")) {
      i += 3;
    } else if (text.substr(i).starts_with("\xC2\xA0")) {
      i += 2;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace daifuku::exchange
