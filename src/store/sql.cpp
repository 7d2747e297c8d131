#include "store/sql.h"

#include <algorithm>
#include <cctype>
#include <mutex>

#include "base/ascii.h"

namespace daifuku::store {

namespace {

bool starts_word(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool in_word(char c) { return starts_word(c) || std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

[[noreturn]] void refuse(std::string_view why, std::string_view sql) {
  throw SystemError("statement refused: " + std::string(why) + ": " + std::string(sql));
}

// Reads one token at a time; white space and comments are between them.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view sql) : sql_(sql) {}

  std::vector<Token> run() {
    std::vector<Token> tokens;
    while (skip_blank()) tokens.push_back(next());
    return tokens;
  }

 private:
  bool skip_blank() {
    for (;;) {
      while (at_ < sql_.size() && is_space(sql_[at_])) ++at_;
      if (sql_.substr(at_, 2) == "--") {
        at_ = std::min(sql_.find('\n', at_), sql_.size());
      } else if (sql_.substr(at_, 2) == "/*") {
        at_ = after("*/", at_ + 2, "comment is not closed");
      } else {
        return at_ < sql_.size();
      }
    }
  }

  Token next() {
    const std::size_t begin = at_;
    const char c = sql_[at_];
    if (c == '\'') {
      quoted_by('\'');
      return token(Token::Kind::string, begin, 0);
    }
    if (c == '"') {
      quoted_by('"');
      return token(Token::Kind::quoted, begin, 1);
    }
    if (c == '{') {
      at_ = after("}", at_, "mark is not closed");
      return token(Token::Kind::mark, begin, 1);
    }
    if (c == '?') {
      ++at_;
      if (at_ < sql_.size() && in_word(sql_[at_])) refuse("numbered parameter", sql_);
      return token(Token::Kind::parameter, begin, 0);
    }
    if (starts_word(c)) {
      while (at_ < sql_.size() && in_word(sql_[at_])) ++at_;
      return token(Token::Kind::word, begin, 0);
    }
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      while (at_ < sql_.size() && (in_word(sql_[at_]) || sql_[at_] == '.')) ++at_;
      return token(Token::Kind::number, begin, 0);
    }
    ++at_;
    return token(Token::Kind::symbol, begin, 0);
  }

  Token token(Token::Kind kind, std::size_t begin, std::size_t bracket) const {
    return {kind, sql_.substr(begin + bracket, at_ - begin - 2 * bracket), begin, at_};
  }

  // A doubled quote inside is part of the literal.
  void quoted_by(char quote) {
    for (++at_; at_ < sql_.size(); ++at_) {
      if (sql_[at_] != quote) continue;
      ++at_;
      if (at_ == sql_.size() || sql_[at_] != quote) return;
    }
    refuse("literal is not closed", sql_);
  }

  std::size_t after(std::string_view what, std::size_t from, std::string_view why) const {
    const std::size_t found = sql_.find(what, from);
    if (found == std::string_view::npos) refuse(why, sql_);
    return found + what.size();
  }

  std::string_view sql_;
  std::size_t at_ = 0;
};

bool is_list_mark(const Token& token) {
  return token.kind == Token::Kind::mark && (token.text == "tenant_id" || token.text == "tenant");
}

// Copies the statement token by token, so that what stands between them (white space) stays as it
// is.
class Translator {
 public:
  Translator(std::string_view sql, const std::vector<Token>& tokens, Dialect dialect)
      : sql_(sql), tokens_(tokens), dialect_(dialect) {}

  Translated run() {
    result_.uses_tenant =
        std::any_of(tokens_.begin(), tokens_.end(),
                    [](const Token& token) {
                      return token.kind == Token::Kind::mark && token.text != "tenant_id";
                    }) &&
        dialect_ == Dialect::postgres;
    for (std::size_t i = 0; i < tokens_.size();) {
      i = dialect_ == Dialect::postgres ? to_postgres(i) : to_sqlite(i);
    }
    result_.sql += sql_.substr(copied_);
    return result_;
  }

 private:
  std::size_t to_postgres(std::size_t i) {
    const Token& token = tokens_[i];
    if (token.kind == Token::Kind::parameter) {
      ++result_.parameters;
      replace(i, i + 1, "$" + std::to_string(result_.parameters + (result_.uses_tenant ? 1 : 0)));
    } else if (token.kind == Token::Kind::mark) {
      if (token.text == "tenant_id") {
        replace(i, i + 1, "tenant_id");
      } else if (token.text == "tenant") {
        replace(i, i + 1, "$1");
      } else {
        replace(i, i + 1, std::string(token.text) + ".tenant_id = $1");
      }
    }
    return i + 1;
  }

  // Marks go away together with the AND or the comma that joins them to the rest, so that the
  // planner sees nothing extra.
  std::size_t to_sqlite(std::size_t i) {
    const Token& token = tokens_[i];
    if (token.kind == Token::Kind::parameter) {
      ++result_.parameters;
      return i + 1;
    }
    if (is(i, "FOR") && is(i + 1, "UPDATE")) {
      std::size_t end = i + 2;
      if (is(end, "SKIP") && is(end + 1, "LOCKED")) end += 2;
      replace(i, end, "");
      return end;
    }
    if (token.kind == Token::Kind::mark) {
      const bool list = is_list_mark(token);
      const std::string_view join = list ? "," : "AND";
      if (is(i + 1, join)) {
        replace(i, i + 2, "");
        return i + 2;
      }
      if (list) refuse("a list of the tenant alone", sql_);
      replace(i, i + 1, "1");
      return i + 1;
    }
    if (is(i, "AND") && i + 1 < tokens_.size() && tokens_[i + 1].kind == Token::Kind::mark &&
        !is(i + 2, "AND")) {
      replace(i, i + 2, "");
      return i + 2;
    }
    if (is(i, ",") && i + 1 < tokens_.size() && is_list_mark(tokens_[i + 1]) && !is(i + 2, ",")) {
      replace(i, i + 2, "");
      return i + 2;
    }
    return i + 1;
  }

  bool is(std::size_t i, std::string_view text) const {
    return i < tokens_.size() && tokens_[i].is(text);
  }

  void replace(std::size_t first, std::size_t last, std::string_view by) {
    result_.sql += sql_.substr(copied_, tokens_[first].begin - copied_);
    result_.sql += by;
    copied_ = tokens_[last - 1].end;
    // One space stays where a mark was taken away.
    if (by.empty() && copied_ < sql_.size() && is_space(sql_[copied_])) ++copied_;
  }

  std::string_view sql_;
  const std::vector<Token>& tokens_;
  Dialect dialect_;
  Translated result_;
  std::size_t copied_ = 0;
};

}  // namespace

void TenantTables::add(const std::string& name) {
  const std::unique_lock lock(mutex_);
  names_.insert(lower_ascii(name));
}

bool TenantTables::contains(std::string_view name) const {
  const std::shared_lock lock(mutex_);
  return names_.find(lower_ascii(name)) != names_.end();
}

bool Token::is(std::string_view keyword) const {
  return (kind == Kind::word || kind == Kind::symbol) && same_ignoring_case(text, keyword);
}

std::vector<Token> tokenize(std::string_view sql) { return Tokenizer(sql).run(); }

Translated translate(std::string_view sql, const std::vector<Token>& tokens, Dialect dialect) {
  return Translator(sql, tokens, dialect).run();
}

Translated checked_translation(std::string_view sql, Dialect dialect, const TenantTables& tables) {
  const std::vector<Token> tokens = tokenize(sql);
  check_tenant_marks(sql, tokens, tables);
  return translate(sql, tokens, dialect);
}

}  // namespace daifuku::store
