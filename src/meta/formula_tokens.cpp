#include <algorithm>
#include <string_view>

#include "meta/formula_parts.h"
#include "text/fold.h"

namespace daifuku::meta {

namespace {

struct Point {
  char32_t code = 0;
  std::size_t from = 0;
};

// Of valid UTF-8.
std::vector<Point> points_of(std::string_view utf8) {
  std::vector<Point> out;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = size == 1 ? lead : lead & (0xFFU >> (size + 1));
    for (std::size_t k = 1; k < size; ++k)
      code = (code << 6U) | (static_cast<unsigned char>(utf8[i + k]) & 0x3FU);
    out.push_back({.code = code, .from = i});
    i += size;
  }
  return out;
}

// Full-width signs and those of mathematics, as their plain forms.
char32_t plain(char32_t code) {
  if (code >= U'！' && code <= U'～') return code - U'！' + U'!';
  switch (code) {
    case U'\u3000':
      return U' ';
    case U'×':
      return U'*';
    case U'÷':
      return U'/';
    case U'\u2212':  // minus sign
      return U'-';
    case U'、':
      return U',';
    case U'≦':
    case U'≤':
      return U'≦';
    case U'≧':
    case U'≥':
      return U'≧';
    case U'“':
    case U'”':
      return U'"';
    default:
      return code;
  }
}

bool is_space(char32_t code) {
  return code == U' ' || code == U'\t' || code == U'\n' || code == U'\r';
}
bool is_digit(char32_t code) { return code >= U'0' && code <= U'9'; }
bool is_name(char32_t code) {
  if (code >= 0x80)
    return std::u32string_view(U"≦≧≠「」『』").find(code) == std::u32string_view::npos;
  return is_digit(code) || (code >= U'a' && code <= U'z') || (code >= U'A' && code <= U'Z') ||
         code == U'_';
}

class Tokenizer {
 public:
  Tokenizer(std::string_view source, FormulaProblem& problem)
      : source_(source), points_(points_of(source)), problem_(problem) {}

  std::vector<FormulaToken> run() {
    while (true) {
      while (at_ < points_.size() && is_space(code(at_))) ++at_;
      if (at_ == points_.size()) break;
      start_ = at_;
      if (!next()) return {};
    }
    start_ = at_;
    add(FormulaToken::Kind::end, {});
    return std::move(tokens_);
  }

 private:
  char32_t code(std::size_t at) const {
    return at < points_.size() ? plain(points_[at].code) : U'\0';
  }
  std::size_t byte(std::size_t at) const {
    return at < points_.size() ? points_[at].from : source_.size();
  }
  void add(FormulaToken::Kind kind, std::string value) {
    tokens_.push_back({.kind = kind,
                       .value = std::move(value),
                       .at = start_,
                       .length = at_ - start_,
                       .from = byte(start_),
                       .until = byte(at_)});
  }
  bool wrong(const char* code, std::size_t length) {
    problem_ = {.code = code,
                .params = {{"name", std::string(source_.substr(
                                        byte(start_), byte(start_ + length) - byte(start_)))}},
                .at = start_,
                .length = length};
    return false;
  }

  bool next() {
    const char32_t c = code(at_);
    if (is_digit(c) || (c == U'.' && is_digit(code(at_ + 1)))) return number();
    if (c == U'"' || c == U'\'') return quoted(FormulaToken::Kind::text, c);
    if (points_[at_].code == U'「') return quoted(FormulaToken::Kind::quoted_name, U'」');
    if (points_[at_].code == U'『') return quoted(FormulaToken::Kind::text, U'』');
    if (c == U'{') return quoted(FormulaToken::Kind::key, U'}');
    if (is_name(c)) return name();
    return sign(c);
  }

  bool number() {
    std::string digits;
    int dots = 0;
    for (; is_digit(code(at_)) || code(at_) == U'.'; ++at_) {
      digits += static_cast<char>(code(at_));
      if (code(at_) == U'.') ++dots;
    }
    if (dots > 1 || digits.size() > 30) return wrong("formula_number", at_ - start_);
    add(FormulaToken::Kind::number, digits);
    return true;
  }

  // A sign that closes it, twice, stands for itself.
  bool quoted(FormulaToken::Kind kind, char32_t close) {
    std::string inside;
    for (++at_; at_ < points_.size(); ++at_) {
      if (code(at_) == close) {
        const bool twice = kind == FormulaToken::Kind::text && code(at_ + 1) == close;
        if (!twice) {
          ++at_;
          add(kind, inside);
          return true;
        }
        ++at_;
      }
      inside += source_.substr(byte(at_), byte(at_ + 1) - byte(at_));
    }
    return wrong("formula_unclosed", 1);
  }

  bool name() {
    while (at_ < points_.size() && is_name(code(at_))) ++at_;
    add(FormulaToken::Kind::name,
        std::string(source_.substr(byte(start_), byte(at_) - byte(start_))));
    return true;
  }

  bool sign(char32_t c) {
    const char32_t after = code(at_ + 1);
    std::string text;
    if (c == U'≦' || (c == U'<' && after == U'=')) {
      text = "<=";
    } else if (c == U'≧' || (c == U'>' && after == U'=')) {
      text = ">=";
    } else if (c == U'≠' || (c == U'<' && after == U'>') || (c == U'!' && after == U'=')) {
      text = "<>";
    } else if (c == U'=' && after == U'=') {
      text = "=";
      ++at_;
    } else if (c < 0x80 && std::string_view("+-*/%&=<>(),").find(static_cast<char>(c)) !=
                               std::string_view::npos) {
      text = static_cast<char>(c);
    } else {
      return wrong("formula_sign", 1);
    }
    at_ += c < 0x80 && text.size() == 2 ? 2 : 1;
    add(FormulaToken::Kind::sign, text);
    return true;
  }

  std::string_view source_;
  std::vector<Point> points_;
  FormulaProblem& problem_;
  std::vector<FormulaToken> tokens_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
};

}  // namespace

std::vector<FormulaToken> formula_tokens(std::string_view source, FormulaProblem& problem) {
  return Tokenizer(source, problem).run();
}

bool is_plain_name(std::string_view label) {
  if (!text::valid_utf8(label)) return false;
  const auto points = points_of(label);
  return !points.empty() && !is_digit(plain(points.front().code)) &&
         std::ranges::all_of(points, [](const Point& p) { return is_name(plain(p.code)); });
}

}  // namespace daifuku::meta
