#include <algorithm>
#include <array>
#include <string>

#include "store/sql.h"

namespace daifuku::store {

namespace {

// Words that can follow a table name and are no alias.
constexpr std::array<std::string_view, 32> kNotAnAlias{
    "WHERE",     "ON",      "JOIN",      "LEFT",    "RIGHT",   "FULL",   "INNER", "OUTER",
    "CROSS",     "NATURAL", "USING",     "GROUP",   "ORDER",   "HAVING", "LIMIT", "OFFSET",
    "UNION",     "EXCEPT",  "INTERSECT", "SET",     "VALUES",  "SELECT", "FROM",  "FOR",
    "RETURNING", "WINDOW",  "AS",        "DEFAULT", "INDEXED", "NOT",    "FETCH", "WITH"};
// Words that end a condition.
constexpr std::array<std::string_view, 17> kAfterCondition{
    "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "RETURNING", "WINDOW", "FETCH", "JOIN",
    "LEFT",  "RIGHT", "FULL",   "INNER", "CROSS",  "NATURAL",   "SELECT", "SET"};
// First words of statements whose tables need marks.
constexpr std::array<std::string_view, 7> kChecked{"SELECT", "INSERT",  "UPDATE", "DELETE",
                                                   "WITH",   "REPLACE", "EXPLAIN"};

template <std::size_t size>
bool one_of(const Token& token, const std::array<std::string_view, size>& words) {
  return token.kind == Token::Kind::word &&
         std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return token.is(word); });
}

// Walks the statement part by part: each SELECT (and each arm of a UNION) is a part with its own
// tables and marks.
class Checker {
 public:
  Checker(std::string_view sql, const std::vector<Token>& tokens, const TenantTables& tables)
      : sql_(sql), tokens_(tokens), tables_(tables) {}

  void run() {
    if (tokens_.empty() || !one_of(tokens_.front(), kChecked)) return;
    part();
    if (at_ < tokens_.size()) refuse("unbalanced brackets");
  }

 private:
  struct Named {
    std::string_view alias;
    bool guarded = false;
  };
  // A bracket (or CASE) inside a condition.
  struct Level {
    bool has_mark = false;
    bool has_or = false;
    bool is_case = false;
  };
  struct Part {
    std::vector<Named> named = {};
    std::vector<Level> levels = {Level{}};
    bool in_condition = false;
    bool inserts = false;  // into a tenant table: the first value must be {tenant}
    bool in_values = false;
  };

  // Up to the closing bracket that is not its own, or the end.
  void part() {
    Part part;
    for (; at_ < tokens_.size(); ++at_) {
      const Token& token = tokens_[at_];
      if (token.kind == Token::Kind::mark) {
        mark(part, token);
      } else if (token.is("(")) {
        open_bracket(part);
      } else if (token.is(")")) {
        if (part.levels.size() == 1) break;
        close_level(part);
      } else if (token.kind == Token::Kind::word) {
        word(part, token);
      }
    }
    finish(part);
  }

  void open_bracket(Part& part) {
    if (next_is("SELECT") || next_is("WITH") || next_is("VALUES")) {
      inner_part();
      return;
    }
    if (part.in_values && part.levels.size() == 1 && !next_is_mark("tenant"))
      refuse("values do not start with {tenant}");
    part.levels.push_back({});
  }

  // From the opening bracket to the closing one.
  void inner_part() {
    ++at_;
    part();
    if (at_ >= tokens_.size()) refuse("unbalanced brackets");
  }

  void close_level(Part& part) {
    const Level level = part.levels.back();
    check_level(level);
    part.levels.pop_back();
    if (level.has_mark) part.levels.back().has_mark = true;
  }

  void check_level(const Level& level) const {
    if (level.has_mark && level.has_or) refuse("a tenant mark is one side of an OR");
  }

  void begin_condition(Part& part) {
    end_condition(part);
    part.in_condition = true;
  }

  void end_condition(Part& part) {
    check_level(part.levels.front());
    part.levels.front() = {};
    part.in_condition = false;
  }

  void mark(Part& part, const Token& token) {
    if (token.text == "tenant" || token.text == "tenant_id") return;
    if (!part.in_condition) refuse("{" + std::string(token.text) + "} is not in a WHERE or ON");
    const auto found = std::find_if(part.named.begin(), part.named.end(),
                                    [&](const Named& named) { return named.alias == token.text; });
    if (found == part.named.end()) {
      refuse("{" + std::string(token.text) + "} names no table of this part of the statement");
    }
    found->guarded = true;
    part.levels.back().has_mark = true;
  }

  void word(Part& part, const Token& token) {
    const bool outer = part.levels.size() == 1;
    if (token.is("CASE")) {
      part.levels.push_back({.is_case = true});
    } else if (token.is("END") && part.levels.back().is_case) {
      close_level(part);
    } else if (token.is("OR")) {
      part.levels.back().has_or = true;
    } else if ((token.is("FROM") && !previous_is("DISTINCT")) || token.is("JOIN")) {
      end_condition_outside(part);
      table_list(part);
    } else if (token.is("INTO")) {
      insert(part);
    } else if (token.is("UPDATE") && !previous_is("FOR") && !previous_is("DO")) {
      if (next_is("OR")) at_ += 2;
      table_list(part);
    } else if (token.is("ON") && next_is("CONFLICT")) {
      conflict(part);
    } else if (outer && (token.is("WHERE") || token.is("ON"))) {
      begin_condition(part);
    } else if (outer && (token.is("UNION") || token.is("INTERSECT") || token.is("EXCEPT"))) {
      finish(part);
      const bool inserts = part.inserts;
      part = {};
      part.inserts = inserts;
    } else if (outer && token.is("VALUES")) {
      part.in_values = part.inserts;
    } else if (outer && one_of(token, kAfterCondition)) {
      end_condition(part);
      part.in_values = false;
      if (token.is("SELECT") && part.inserts) {
        if (next_is("DISTINCT")) ++at_;
        if (!next_is_mark("tenant")) refuse("the select of an insert does not start with {tenant}");
      }
    }
  }

  void end_condition_outside(Part& part) {
    if (part.levels.size() == 1) end_condition(part);
  }

  // After FROM, JOIN or UPDATE: names with aliases, separated by commas. Stops on the last token
  // that belongs to it.
  void table_list(Part& part) {
    do {
      if (next_is("ONLY") || next_is("LATERAL")) ++at_;
      if (at_ + 1 >= tokens_.size()) return;
      if (next_is("(")) {
        ++at_;
        if (next_is("SELECT") || next_is("WITH") || next_is("VALUES")) {
          inner_part();
          alias({});
        } else {
          // Joins in brackets: their tables belong to this part, their marks must stand in the
          // WHERE.
          part.levels.push_back({});
          table_list(part);
          return;
        }
      } else {
        const std::string_view table = name();
        if (table.empty()) return;
        const bool function = take("(");
        if (function) inner_part();
        const std::string_view called = alias(table);
        part.named.push_back({called, function || !tables_.contains(table)});
      }
    } while (take(","));
  }

  void insert(Part& part) {
    const std::string_view table = name();
    const std::string_view called = alias(table);
    part.named.push_back({called, true});
    if (!tables_.contains(table)) return;
    part.inserts = true;
    if (!next_is("(") || at_ + 2 >= tokens_.size() || tokens_[at_ + 2].kind != Token::Kind::mark ||
        tokens_[at_ + 2].text != "tenant_id") {
      refuse("the columns of " + std::string(table) + " do not start with {tenant_id}");
    }
  }

  void conflict(Part& part) {
    part.in_values = false;
    ++at_;
    if (!part.inserts || !next_is("(")) return;
    if (at_ + 2 >= tokens_.size() || tokens_[at_ + 2].kind != Token::Kind::mark ||
        tokens_[at_ + 2].text != "tenant_id") {
      refuse("ON CONFLICT does not start with {tenant_id}");
    }
  }

  // The next name, without the schema in front of it.
  std::string_view name() {
    std::string_view found;
    while (at_ + 1 < tokens_.size() && is_name(tokens_[at_ + 1])) {
      found = tokens_[++at_].text;
      if (!take(".")) break;
    }
    return found;
  }

  std::string_view alias(std::string_view table) {
    take("AS");
    if (at_ + 1 < tokens_.size() && is_name(tokens_[at_ + 1]) &&
        !one_of(tokens_[at_ + 1], kNotAnAlias)) {
      return tokens_[++at_].text;
    }
    return table;
  }

  void finish(Part& part) {
    while (part.levels.size() > 1) close_level(part);
    end_condition(part);
    for (const Named& named : part.named) {
      if (!named.guarded) refuse("no {" + std::string(named.alias) + "} for a tenant table");
    }
  }

  static bool is_name(const Token& token) {
    return token.kind == Token::Kind::word || token.kind == Token::Kind::quoted;
  }
  bool next_is(std::string_view text) const {
    return at_ + 1 < tokens_.size() && tokens_[at_ + 1].is(text);
  }
  bool previous_is(std::string_view text) const { return at_ > 0 && tokens_[at_ - 1].is(text); }
  bool next_is_mark(std::string_view text) const {
    return at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == Token::Kind::mark &&
           tokens_[at_ + 1].text == text;
  }
  bool take(std::string_view text) {
    if (!next_is(text)) return false;
    ++at_;
    return true;
  }

  [[noreturn]] void refuse(const std::string& why) const {
    throw SystemError("statement refused: " + why + ": " + std::string(sql_));
  }

  std::string_view sql_;
  const std::vector<Token>& tokens_;
  const TenantTables& tables_;
  std::size_t at_ = 0;
};

}  // namespace

void check_tenant_marks(std::string_view sql, const std::vector<Token>& tokens,
                        const TenantTables& tables) {
  Checker(sql, tokens, tables).run();
}

}  // namespace daifuku::store
