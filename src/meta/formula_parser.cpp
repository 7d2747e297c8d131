#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <optional>

#include "meta/formula_parts.h"
#include "meta/kinds.h"
#include "meta/object.h"
#include "text/fold.h"

namespace daifuku::meta {

namespace {

using Kind = FormulaToken::Kind;
using Op = FormulaOp;
using Type = FormulaType;

constexpr int kMostDepth = 40;
constexpr std::size_t kMostNodes = 400;
constexpr std::size_t kMostPattern = 200;
constexpr std::int64_t kPatternMemory = 1 << 20;

std::string_view wanted_code(Type type) {
  switch (type) {
    case Type::number:
      return "formula_wants_number";
    case Type::date:
      return "formula_wants_date";
    case Type::yes_no:
      return "formula_wants_yes_no";
    default:
      return "formula_wants_text";
  }
}

}  // namespace

class FormulaParser {
 public:
  FormulaParser(std::string_view source, const ObjectDef& object, FormulaProblem& problem)
      : source_(source), object_(object), problem_(problem), out_(new Formula) {}

  std::shared_ptr<const Formula> run() {
    if (!text::valid_utf8(source_) || text::length(source_) > kFormulaMax) {
      problem_ = {.code = "too_long", .params = {{"max", std::to_string(kFormulaMax)}}};
      return nullptr;
    }
    tokens_ = formula_tokens(source_, problem_);
    if (tokens_.empty()) return nullptr;
    if (tokens_.front().kind == Kind::end) {
      problem_ = {.code = "required"};
      return nullptr;
    }
    const int root = expression(0);
    if (root < 0) return nullptr;
    if (token().kind != Kind::end) {
      fail("formula_unexpected", token(), true);
      return nullptr;
    }
    const Type type = node(root).type;
    if (type == Type::nothing || type == Type::other) {
      fail_at("formula_nothing", 0, tokens_.back().at);
      return nullptr;
    }
    rewrite();
    return std::shared_ptr<const Formula>(out_.release());
  }

 private:
  using Node = Formula::Node;
  struct Span {
    std::size_t at = 0;
    std::size_t length = 0;
  };
  struct Rewritten {
    std::size_t from = 0;
    std::size_t until = 0;
    std::string key = {};
    std::string ja = {};
    std::string en = {};
  };

  const FormulaToken& token() const { return tokens_[at_]; }
  Node& node(int index) { return out_->nodes_[static_cast<std::size_t>(index)]; }

  int fail_at(std::string_view code, std::size_t at, std::size_t length, Params params = {}) {
    problem_ = {.code = std::string(code), .params = std::move(params), .at = at, .length = length};
    return -1;
  }
  int fail(std::string_view code, const FormulaToken& token, bool named = false) {
    if (token.kind == Kind::end && named) return fail_at("formula_end", token.at, 0);
    const std::string name(source_.substr(token.from, token.until - token.from));
    return fail_at(code, token.at, token.length, named ? Params{{"name", name}} : Params{});
  }
  int fail(std::string_view code, int index) {
    const Span& span = spans_[static_cast<std::size_t>(index)];
    return fail_at(code, span.at, span.length);
  }

  int add(Node made, std::size_t first_token) {
    if (out_->nodes_.size() >= kMostNodes) return fail_at("formula_large", 0, tokens_.back().at);
    const FormulaToken& first = tokens_[first_token];
    const FormulaToken& last = tokens_[at_ == 0 ? 0 : at_ - 1];
    spans_.push_back({.at = first.at, .length = last.at + last.length - first.at});
    out_->nodes_.push_back(std::move(made));
    return static_cast<int>(out_->nodes_.size()) - 1;
  }

  // --- grammar: or < and < not < comparison < & < + - < * / < sign < % ---

  // The operator at the token, in words or as a sign, when it binds at the level.
  std::string_view operator_at(int level) const {
    static constexpr std::string_view kSigns[][7] = {
        {}, {}, {}, {"=", "<>", "<", "<=", ">", ">="}, {"&"}, {"+", "-"}, {"*", "/"}};
    const FormulaToken& now = token();
    if (now.kind == Kind::name) {
      const FormulaCallRow* row = find_formula_call(now.value);
      if (level == 0 && row != nullptr && row->call == FormulaCall::logical_or) return "or";
      if (level == 1 && row != nullptr && row->call == FormulaCall::logical_and) return "and";
      return {};
    }
    if (now.kind != Kind::sign) return {};
    for (const std::string_view sign : kSigns[level]) {
      if (!sign.empty() && sign == now.value) return sign;
    }
    return {};
  }

  int expression(int level) {
    constexpr int kNot = 2;
    constexpr int kHighest = 6;
    if (level == 0 && ++depth_ > kMostDepth) return fail("formula_deep", token());
    if (level == kNot) return negation();
    if (level > kHighest) return sign();
    const std::size_t first = at_;
    int left = expression(level + 1);
    while (left >= 0) {
      const std::string_view sign = operator_at(level);
      if (sign.empty()) break;
      const std::size_t place = at_++;
      const int right = expression(level + 1);
      if (right < 0) return -1;
      left = binary(sign, left, right, first, place);
    }
    if (level == 0) --depth_;
    return left;
  }

  int negation() {
    const std::size_t first = at_;
    const FormulaCallRow* row =
        token().kind == Kind::name ? find_formula_call(token().value) : nullptr;
    const bool called = tokens_[std::min(at_ + 1, tokens_.size() - 1)].value == "(";
    if (row == nullptr || row->call != FormulaCall::logical_not || called) return expression(3);
    ++at_;
    if (++depth_ > kMostDepth) return fail("formula_deep", token());
    const int inner = negation();
    --depth_;
    if (inner < 0 || !need(inner, Type::yes_no)) return -1;
    return add(
        {.operation = static_cast<int>(Op::logical_not), .type = Type::yes_no, .children = {inner}},
        first);
  }

  int sign() {
    const std::size_t first = at_;
    if (token().kind == Kind::sign && (token().value == "-" || token().value == "+")) {
      const bool minus = token().value == "-";
      ++at_;
      if (++depth_ > kMostDepth) return fail("formula_deep", token());
      const int inner = sign();
      --depth_;
      if (inner < 0 || !need(inner, Type::number)) return -1;
      if (!minus) return inner;
      return add({.operation = static_cast<int>(Op::negate),
                  .type = Type::number,
                  .money = node(inner).money,
                  .whole = node(inner).whole,
                  .children = {inner}},
                 first);
    }
    int inner = primary();
    while (inner >= 0 && token().kind == Kind::sign && token().value == "%") {
      ++at_;
      if (!need(inner, Type::number)) return -1;
      inner = add(
          {.operation = static_cast<int>(Op::percent), .type = Type::number, .children = {inner}},
          first);
    }
    return inner;
  }

  int primary() {
    const std::size_t first = at_;
    const FormulaToken& now = token();
    switch (now.kind) {
      case Kind::number:
        return number();
      case Kind::text:
        ++at_;
        return text_node(now.value, first);
      case Kind::key:
      case Kind::quoted_name:
        ++at_;
        return field(now, now.kind == Kind::key);
      case Kind::name:
        return name();
      case Kind::sign:
        if (now.value != "(") return fail("formula_unexpected", now, true);
        break;
      case Kind::end:
        return fail("formula_end", now);
    }
    ++at_;
    const int inner = expression(0);
    if (inner < 0) return -1;
    if (token().value != ")" || token().kind != Kind::sign)
      return fail_at("formula_unclosed", now.at, now.length, {{"name", "("}});
    ++at_;
    return inner;
  }

  int number() {
    const FormulaToken& now = token();
    const std::size_t dot = now.value.find('.');
    const std::string whole = now.value.substr(0, dot);
    std::string part = dot == std::string::npos ? "" : now.value.substr(dot + 1);
    if (whole.size() > 16 || part.size() > 8) return fail("formula_number", now, true);
    part.resize(8, '0');
    const std::int64_t low = std::stoll(part);
    out_->numbers_.emplace_back(whole.empty() ? 0 : std::stoll(whole), low);
    const std::size_t first = at_++;
    return add({.operation = static_cast<int>(Op::number),
                .type = Type::number,
                .whole = low == 0,
                .item = static_cast<int>(out_->numbers_.size()) - 1},
               first);
  }

  int text_node(const std::string& text, std::size_t first) {
    out_->texts_.push_back(text);
    const int made = add({.operation = static_cast<int>(Op::text),
                          .type = Type::text,
                          .item = static_cast<int>(out_->texts_.size()) - 1},
                         first);
    if (made >= 0) literals_[made] = first;
    return made;
  }

  int name() {
    const FormulaToken& now = token();
    const FormulaToken& after = tokens_[at_ + 1];
    const std::size_t first = at_;
    if (after.kind == Kind::sign && after.value == "(") return call();
    ++at_;
    const auto constant = [&](Op op, Type type) {
      return add({.operation = static_cast<int>(op), .type = type}, first);
    };
    if (const auto known = formula_constant(now.value))
      return constant(*known, *known == Op::empty ? Type::nothing : Type::yes_no);
    return field(now, false);
  }

  int field(const FormulaToken& now, bool by_key) {
    const std::size_t first = at_ - 1;
    const NamedField found = named_field(object_, now.value, by_key);
    if (found.field == nullptr)
      return fail_at("formula_field_unknown", now.at, now.length, {{"name", now.value}});
    if (found.several)
      return fail_at("formula_field_several", now.at, now.length, {{"name", now.value}});
    const FieldDef& field = *found.field;
    const auto type = formula_type(field);
    if (!type) return fail_at("formula_field_kind", now.at, now.length, {{"name", now.value}});
    rewritten_.push_back({.from = now.from,
                          .until = now.until,
                          .key = "{" + field.key + "}",
                          .ja = shown_name(object_, field, Language::ja),
                          .en = shown_name(object_, field, Language::en)});
    if (std::ranges::find(out_->inputs_, field.key) == out_->inputs_.end()) {
      out_->inputs_.push_back(field.key);
      out_->places_.emplace_back(now.at, now.length);
    }
    Formula::Field kept{.key = field.key, .kind = field.kind};
    for (const Option& option : field.options)
      kept.options.emplace_back(option.key, option.label.ja);
    out_->fields_.push_back(std::move(kept));
    options_.push_back(&field);
    const bool fraction = field.kind == &kinds::decimal || field.kind == &kinds::percent;
    return add({.operation = static_cast<int>(Op::field),
                .type = *type,
                .money = field.kind == &kinds::money,
                .whole = !fraction,
                .item = static_cast<int>(out_->fields_.size()) - 1},
               first);
  }

  // --- operators ---

  // Whether it is of the type; a choice, and for texts everything, can be said as one.
  bool need(int index, Type wanted, bool anything = false) {
    const Type type = node(index).type;
    if (type == wanted || type == Type::nothing) return true;
    if (wanted == Type::text && type != Type::other && (anything || type == Type::choice))
      return true;
    fail(wanted_code(wanted), index);
    return false;
  }

  static std::optional<Type> together(Type a, Type b) {
    if (a == Type::nothing) return b;
    if (b == Type::nothing || a == b) return a;
    const auto text = [](Type type) { return type == Type::text || type == Type::choice; };
    if (text(a) && text(b)) return Type::text;
    return std::nullopt;
  }

  int binary(std::string_view sign, int left, int right, std::size_t first, std::size_t place) {
    const auto both = [&](Type type) { return need(left, type) && need(right, type); };
    const auto made = [&](Op op, Type type) {
      return add({.operation = static_cast<int>(op), .type = type, .children = {left, right}},
                 first);
    };
    if (sign == "or" || sign == "and") {
      if (!both(Type::yes_no)) return -1;
      return made(sign == "or" ? Op::logical_or : Op::logical_and, Type::yes_no);
    }
    if (sign == "&") {
      if (!need(left, Type::text, true) || !need(right, Type::text, true)) return -1;
      return made(Op::join, Type::text);
    }
    if (sign == "+" || sign == "-" || sign == "*" || sign == "/")
      return arithmetic(sign[0], left, right, first);
    return comparison(sign, left, right, first, place);
  }

  int arithmetic(char sign, int left, int right, std::size_t first) {
    if (sign == '+' && node(right).type == Type::date && node(left).type == Type::number)
      std::swap(left, right);
    if (node(left).type == Type::date && (sign == '+' || sign == '-')) {
      if (sign == '-' && node(right).type == Type::date)
        return add({.operation = static_cast<int>(Op::date_between),
                    .type = Type::number,
                    .whole = true,
                    .children = {left, right}},
                   first);
      if (!need(right, Type::number)) return -1;
      const Op op = sign == '+' ? Op::date_plus : Op::date_minus;
      return add({.operation = static_cast<int>(op), .type = Type::date, .children = {left, right}},
                 first);
    }
    if (!need(left, Type::number) || !need(right, Type::number)) return -1;
    const Node& a = node(left);
    const Node& b = node(right);
    const bool money = sign == '/' ? a.money && !b.money : a.money || b.money;
    const Op op = sign == '+'   ? Op::add
                  : sign == '-' ? Op::subtract
                  : sign == '*' ? Op::multiply
                                : Op::divide;
    return add({.operation = static_cast<int>(op),
                .type = Type::number,
                .money = money,
                .whole = sign != '/' && a.whole && b.whole,
                .children = {left, right}},
               first);
  }

  int comparison(std::string_view sign, int left, int right, std::size_t first, std::size_t place) {
    const bool equality = sign == "=" || sign == "<>";
    const auto made = [&](Op op, std::vector<int> children) {
      return add({.operation = static_cast<int>(op),
                  .type = Type::yes_no,
                  .children = std::move(children)},
                 first);
    };
    if (equality && (node(left).type == Type::nothing || node(right).type == Type::nothing)) {
      const int asked = node(left).type == Type::nothing ? right : left;
      return made(sign == "=" ? Op::is_empty : Op::is_not_empty, {asked});
    }
    if (node(left).type == Type::other) return fail("formula_field_other", left);
    if (node(right).type == Type::other) return fail("formula_field_other", right);
    const auto type = together(node(left).type, node(right).type);
    const bool ordered = type == Type::number || type == Type::date;
    if (!type || (!equality && !ordered))
      return fail(equality || !type ? "formula_types_differ" : "formula_not_ordered",
                  tokens_[place]);
    for (const auto& [choice, literal] : {std::pair{left, right}, std::pair{right, left}}) {
      if (equality && node(choice).type == Type::choice && !name_option(choice, literal)) return -1;
    }
    static constexpr std::pair<std::string_view, Op> kOps[] = {
        {"=", Op::equal},       {"<>", Op::unequal}, {"<", Op::less},
        {"<=", Op::less_equal}, {">", Op::greater},  {">=", Op::greater_equal}};
    const auto* op = std::ranges::find(kOps, sign, &std::pair<std::string_view, Op>::first);
    return made(op->second, {left, right});
  }

  // A text that is compared with a choice is one of its options: kept by its key.
  bool name_option(int choice, int literal) {
    const auto found = literals_.find(literal);
    if (found == literals_.end() || node(choice).operation != static_cast<int>(Op::field))
      return true;
    const FieldDef& field = *options_[static_cast<std::size_t>(node(choice).item)];
    std::string& text = out_->texts_[static_cast<std::size_t>(node(literal).item)];
    const std::string folded = text::fold(text);
    const auto option = std::ranges::find_if(field.options, [&](const Option& each) {
      return each.key == text || each.label.ja == text || each.label.en == text ||
             (!folded.empty() && text::fold(each.label.ja) == folded);
    });
    const FormulaToken& token = tokens_[found->second];
    if (option == field.options.end()) {
      std::string names;
      for (const Option& each : field.options) {
        if (each.hidden) continue;
        if (names.size() > 200) break;
        names += (names.empty() ? "" : "、") + each.label.ja;
      }
      fail_at("formula_option_unknown", token.at, token.length, {{"name", text}, {"names", names}});
      return false;
    }
    text = option->key;
    node(literal).type = Type::choice;
    rewritten_.push_back({.from = token.from,
                          .until = token.until,
                          .key = formula_quoted(option->key),
                          .ja = formula_quoted(option->label.ja),
                          .en = formula_quoted(option->label.en)});
    return true;
  }

  // --- functions ---

  int call() {
    const std::size_t first = at_;
    const FormulaToken& named = token();
    const FormulaCallRow* row = find_formula_call(named.value);
    if (row == nullptr)
      return fail_at("formula_function_unknown", named.at, named.length, {{"name", named.value}});
    at_ += 2;
    std::vector<int> arguments;
    if (token().value != ")" || token().kind != Kind::sign) {
      while (true) {
        const int argument = expression(0);
        if (argument < 0) return -1;
        arguments.push_back(argument);
        if (token().kind != Kind::sign || token().value != ",") break;
        ++at_;
      }
    }
    if (token().kind == Kind::end) {
      const FormulaToken& open = tokens_[first + 1];
      return fail_at("formula_unclosed", open.at, open.length, {{"name", "("}});
    }
    if (token().kind != Kind::sign || token().value != ")")
      return fail("formula_unexpected", token(), true);
    ++at_;
    if (arguments.size() < row->least || arguments.size() > row->most)
      return fail_at("formula_arguments", named.at, named.length,
                     {{"usage", std::string(row->words.usage)}});
    return checked_call(*row, std::move(arguments), first);
  }

  int checked_call(const FormulaCallRow& row, std::vector<int> arguments, std::size_t first) {
    Node made{.operation = kFirstFunction + static_cast<int>(row.call), .type = row.result};
    Type same = Type::nothing;
    made.whole = true;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const int argument = arguments[i];
      const char wanted = row.arguments[std::min(i, row.arguments.size() - 1)];
      if (!fits_argument(wanted, argument, arguments.front(), same)) return -1;
      const bool counts = wanted == 's' || wanted == 'o' || (wanted == 'n' && i == 0) ||
                          row.call == FormulaCall::sum;
      if (!counts || node(argument).type == Type::nothing) continue;
      made.money = made.money || node(argument).money;
      made.whole = made.whole && node(argument).whole;
    }
    if (row.result == Type::nothing) made.type = same;
    finish_call(row, arguments, made);
    if (row.call == FormulaCall::matches && (made.item = pattern_of(arguments[1])) < 0) return -1;
    made.children = std::move(arguments);
    return add(std::move(made), first);
  }

  void finish_call(const FormulaCallRow& row, const std::vector<int>& arguments, Node& made) {
    using Call = FormulaCall;
    const bool rounds =
        row.call == Call::round || row.call == Call::round_down || row.call == Call::round_up;
    if (row.call == Call::today) out_->asks_day_ = true;
    if (row.call == Call::floor || row.call == Call::ceil) made.whole = true;
    if (rounds) {
      // To a written number of places, or to whole numbers.
      made.whole = arguments.size() == 1;
      if (arguments.size() == 2) {
        const Node& places = node(arguments[1]);
        made.whole = places.operation == static_cast<int>(Op::negate) ||
                     (places.operation == static_cast<int>(Op::number) &&
                      out_->numbers_[static_cast<std::size_t>(places.item)].first == 0);
      }
    }
    static constexpr Call kCounts[] = {Call::year,   Call::month, Call::day,   Call::days,
                                       Call::months, Call::years, Call::length};
    if (std::ranges::find(kCounts, row.call) != std::end(kCounts)) {
      made.whole = true;
      made.money = false;
    }
  }

  bool fits_argument(char wanted, int argument, int first, Type& same) {
    switch (wanted) {
      case 'n':
        return need(argument, Type::number);
      case 'd':
        return need(argument, Type::date);
      case 'b':
        return need(argument, Type::yes_no);
      case 't':
        return need(argument, Type::text, true);
      case 'p':
        if (!literals_.contains(argument)) {
          fail("formula_wants_written", argument);
          return false;
        }
        return node(first).type != Type::choice || name_option(first, argument);
      case 'c':
        return need(argument, Type::text);
      default:
        break;
    }
    const Type type = node(argument).type;
    if (type == Type::other) {
      fail("formula_field_other", argument);
      return false;
    }
    if (wanted == 'o' && type != Type::number && type != Type::date && type != Type::nothing) {
      fail("formula_wants_number", argument);
      return false;
    }
    // What is chosen from is said as a text as soon as it is more than one choice.
    const auto both = together(same, type);
    if (!both) {
      fail("formula_types_differ", argument);
      return false;
    }
    same = *both == Type::choice ? Type::text : *both;
    return true;
  }

  int pattern_of(int literal) {
    const std::string& pattern = out_->texts_[static_cast<std::size_t>(node(literal).item)];
    const FormulaToken& token = tokens_[literals_.at(literal)];
    if (pattern.size() > kMostPattern)
      return fail_at("too_long", token.at, token.length, {{"max", std::to_string(kMostPattern)}});
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kPatternMemory);
    auto made = std::make_unique<re2::RE2>(pattern, options);
    if (!made->ok())
      return fail_at("rule_pattern_wrong", token.at, token.length, {{"reason", made->error()}});
    out_->patterns_.push_back(std::move(made));
    return static_cast<int>(out_->patterns_.size()) - 1;
  }

  // --- the source with keys, and with labels ---

  // What would be read as one word with a name beside it.
  static bool joins(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || byte == '_';
  }
  static std::string apart(const std::string& name, bool close) {
    const bool quoted = name.starts_with("「") || name.starts_with('{') || name.starts_with('"');
    return close && !quoted ? "「" + name + "」" : name;
  }

  void rewrite() {
    std::ranges::sort(rewritten_, {}, &Rewritten::from);
    std::size_t done = 0;
    for (const Rewritten& each : rewritten_) {
      const std::string_view between = source_.substr(done, each.from - done);
      for (std::string* text : {&out_->source_, &out_->shown_ja_, &out_->shown_en_})
        *text += between;
      const bool close = (each.from > 0 && joins(source_[each.from - 1])) ||
                         (each.until < source_.size() && joins(source_[each.until]));
      out_->source_ += each.key;
      out_->shown_ja_ += apart(each.ja, close);
      out_->shown_en_ += apart(each.en, close);
      done = each.until;
    }
    for (std::string* text : {&out_->source_, &out_->shown_ja_, &out_->shown_en_})
      *text += source_.substr(done);
  }

  std::string_view source_;
  const ObjectDef& object_;
  FormulaProblem& problem_;
  std::unique_ptr<Formula> out_;
  std::vector<FormulaToken> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::vector<Span> spans_;               // of the nodes
  std::map<int, std::size_t> literals_;   // nodes that are written texts -> their token
  std::vector<const FieldDef*> options_;  // of Formula::fields_
  std::vector<Rewritten> rewritten_;
};

std::shared_ptr<const Formula> Formula::make(std::string_view source, const ObjectDef& object,
                                             FormulaProblem& problem) {
  return FormulaParser(source, object, problem).run();
}

}  // namespace daifuku::meta
