#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <variant>

#include "base/time.h"
#include "meta/formula_numbers.h"
#include "meta/formula_parts.h"
#include "meta/kinds.h"
#include "meta/kinds/common.h"
#include "text/fold.h"

namespace daifuku::meta {

namespace {

using Op = FormulaOp;
using Call = FormulaCall;
using Type = FormulaType;

using Wide = FormulaNumber;
constexpr Wide kOne = kFormulaOne;
constexpr Wide kGreatest = static_cast<Wide>(INT64_MAX) * kOne;
// Code points of a text on the way: a few times what a field holds.
constexpr std::size_t kMostText = 2'000;

struct Days {
  std::int64_t count = 0;
};
using Cell = std::variant<std::monostate, Wide, std::string, Days, bool>;

Cell number_cell(Wide number) {
  if (number > kGreatest || number < -kGreatest) return {};
  return number;
}

Cell days_cell(std::int64_t days) {
  static const std::int64_t first = days_from_date({.year = 1, .month = 1, .day = 1});
  static const std::int64_t last = days_from_date({.year = 9999, .month = 12, .day = 31});
  if (days < first || days > last) return {};
  return Days{days};
}

}  // namespace

class FormulaRun {
 public:
  FormulaRun(const Formula& formula, const Formula::Input& input, std::string_view today)
      : formula_(formula), input_(input), today_(today) {}

  Value result(const FieldKind& kind) const {
    const int root = static_cast<int>(formula_.nodes_.size()) - 1;
    if (&kind == &kinds::text) {
      const auto text = text_of(root);
      if (!text || text->empty()) return {};
      return kinds::one_line(text::truncate(*text, static_cast<std::size_t>(kinds::kLineMax)));
    }
    const Cell cell = run(root);
    if (const bool* yes = std::get_if<bool>(&cell)) return Value(std::int64_t{*yes ? 1 : 0});
    if (const Days* days = std::get_if<Days>(&cell))
      return format_date(date_from_days(days->count));
    const Wide* number = std::get_if<Wide>(&cell);
    if (number == nullptr) return {};
    const Wide unit = &kind == &kinds::decimal   ? kOne / kDecimalScale
                      : &kind == &kinds::percent ? kOne / kDecimalScale / 100
                                                 : kOne;
    const Wide stored = divided(*number, unit);
    if (stored > kinds::kIntegerMax || stored < -kinds::kIntegerMax) return {};
    return static_cast<std::int64_t>(stored);
  }

 private:
  using Node = Formula::Node;
  const Node& node(int index) const { return formula_.nodes_[static_cast<std::size_t>(index)]; }
  const std::string& text_at(const Node& node) const {
    return formula_.texts_[static_cast<std::size_t>(node.item)];
  }
  const Formula::Field& field_at(const Node& node) const {
    return formula_.fields_[static_cast<std::size_t>(node.item)];
  }

  // --- values of a type; nothing when empty ---

  std::optional<Wide> number_of(int index) const {
    const Cell cell = run(index);
    const Wide* number = std::get_if<Wide>(&cell);
    return number == nullptr ? std::nullopt : std::optional(*number);
  }
  std::optional<std::int64_t> days_of(int index) const {
    const Cell cell = run(index);
    const Days* days = std::get_if<Days>(&cell);
    return days == nullptr ? std::nullopt : std::optional(days->count);
  }
  std::optional<bool> truth_of(int index) const {
    const Cell cell = run(index);
    const bool* yes = std::get_if<bool>(&cell);
    return yes == nullptr ? std::nullopt : std::optional(*yes);
  }
  // A whole number that may count something.
  std::optional<std::int64_t> count_of(int index) const {
    const auto number = number_of(index);
    if (!number) return std::nullopt;
    const Wide whole = *number / kOne;
    constexpr Wide kMost = 10'000'000;
    return static_cast<std::int64_t>(std::clamp(whole, -kMost, kMost));
  }
  // Anything as people write it.
  std::optional<std::string> text_of(int index) const {
    Cell cell = run(index);
    const Node& of = node(index);
    if (of.type == Type::choice) return label_of(of, cell);
    if (auto* text = std::get_if<std::string>(&cell)) return std::move(*text);
    if (const Wide* number = std::get_if<Wide>(&cell)) return number_text(*number);
    if (const Days* days = std::get_if<Days>(&cell))
      return format_date(date_from_days(days->count));
    if (const bool* yes = std::get_if<bool>(&cell)) return *yes ? "はい" : "いいえ";
    return std::nullopt;
  }
  // Only fields and written options are choices by themselves.
  std::optional<std::string> label_of(const Node& of, const Cell& cell) const {
    const auto* key = std::get_if<std::string>(&cell);
    if (key == nullptr) return std::nullopt;
    if (of.operation != static_cast<int>(Op::field)) return *key;
    for (const auto& [option, label] : field_at(of).options) {
      if (option == *key) return label;
    }
    return *key;
  }
  // A child as its parent is typed.
  Cell as(int index, Type type) const {
    if (type != Type::text) return run(index);
    auto text = text_of(index);
    return text ? Cell(*std::move(text)) : Cell();
  }

  // --- nodes ---

  Cell run(int index) const {
    const Node& now = node(index);
    if (now.operation >= kFirstFunction)
      return call(now, static_cast<Call>(now.operation - kFirstFunction));
    switch (static_cast<Op>(now.operation)) {
      case Op::number: {
        const auto& [whole, part] = formula_.numbers_[static_cast<std::size_t>(now.item)];
        return number_cell(static_cast<Wide>(whole) * kOne + part);
      }
      case Op::text:
        return text_at(now);
      case Op::field:
        return field(field_at(now));
      case Op::yes:
        return true;
      case Op::no:
        return false;
      case Op::is_empty:
        return run(now.children[0]).index() == 0;
      case Op::is_not_empty:
        return run(now.children[0]).index() != 0;
      case Op::logical_and:
      case Op::logical_or:
        return any(now, static_cast<Op>(now.operation) == Op::logical_or);
      case Op::logical_not: {
        const auto truth = truth_of(now.children[0]);
        return truth ? Cell(!*truth) : Cell();
      }
      case Op::join:
        return joined(now);
      case Op::equal:
      case Op::unequal:
      case Op::less:
      case Op::less_equal:
      case Op::greater:
      case Op::greater_equal:
        return compared(now);
      case Op::date_plus:
      case Op::date_minus:
      case Op::date_between:
        return with_date(now);
      case Op::empty:
      case Op::function:
        return {};
      default:
        return arithmetic(now);
    }
  }

  Cell field(const Formula::Field& of) const {
    const Value value = input_(of.key);
    if (is_empty(value)) return {};
    const FieldKind& kind = *of.kind;
    if (kind.comparison == Comparison::date) {
      const auto date = kind.storage == Storage::integer
                            ? std::optional(local_date(integer_of(value)))
                            : parse_iso_date(text_of_value(value));
      return date ? days_cell(days_from_date(*date)) : Cell();
    }
    if (kind.comparison == Comparison::yes_no) return integer_of(value) != 0;
    if (kind.storage == Storage::text) return text::truncate(text_of_value(value), kMostText);
    const Wide number = integer_of(value);
    if (&kind == &kinds::decimal) return number_cell(number * (kOne / kDecimalScale));
    if (&kind == &kinds::percent) return number_cell(number * (kOne / kDecimalScale / 100));
    return number_cell(number * kOne);
  }
  static std::string_view text_of_value(const Value& value) { return meta::text_of(value); }

  Cell arithmetic(const Node& now) const {
    const auto left = number_of(now.children[0]);
    if (!left) return {};
    const Op op = static_cast<Op>(now.operation);
    if (op == Op::negate) return number_cell(-*left);
    if (op == Op::percent) return number_cell(divided(*left, 100));
    const auto right = number_of(now.children[1]);
    if (!right) return {};
    Wide product = 0;
    switch (op) {
      case Op::add:
        return number_cell(*left + *right);
      case Op::subtract:
        return number_cell(*left - *right);
      case Op::multiply:
        if (__builtin_mul_overflow(*left, *right, &product)) return {};
        return number_cell(divided(product, kOne));
      case Op::divide:
        if (*right == 0) return {};
        return number_cell(divided(*left * kOne, *right));
      default:
        return {};
    }
  }

  Cell with_date(const Node& now) const {
    const auto left = days_of(now.children[0]);
    if (!left) return {};
    if (static_cast<Op>(now.operation) == Op::date_between) {
      const auto right = days_of(now.children[1]);
      return right ? number_cell((*left - *right) * kOne) : Cell();
    }
    const auto days = count_of(now.children[1]);
    if (!days) return {};
    return days_cell(static_cast<Op>(now.operation) == Op::date_plus ? *left + *days
                                                                     : *left - *days);
  }

  Cell joined(const Node& now) const {
    std::string out;
    bool any = false;
    for (const int child : now.children) {
      const auto text = text_of(child);
      if (!text) continue;
      any = true;
      out += *text;
    }
    return any ? Cell(text::truncate(out, kMostText)) : Cell();
  }

  // What is decided by one of them does not ask for the others; an empty one leaves it open.
  Cell any(const Node& now, bool decides) const {
    bool open = false;
    for (const int child : now.children) {
      const auto truth = truth_of(child);
      if (!truth) {
        open = true;
      } else if (*truth == decides) {
        return decides;
      }
    }
    return open ? Cell() : Cell(!decides);
  }

  template <typename Ordered>
  static bool holds(Op op, const Ordered& left, const Ordered& right) {
    switch (op) {
      case Op::equal:
        return left == right;
      case Op::unequal:
        return left != right;
      case Op::less:
        return left < right;
      case Op::less_equal:
        return left <= right;
      case Op::greater:
        return left > right;
      default:
        return left >= right;
    }
  }

  Cell compared(const Node& now) const {
    const Op op = static_cast<Op>(now.operation);
    const auto both = [&](const auto& left, const auto& right) {
      return left && right ? Cell(holds(op, *left, *right)) : Cell();
    };
    const int left = now.children[0];
    const int right = now.children[1];
    switch (node(left).type) {
      case Type::number:
        return both(number_of(left), number_of(right));
      case Type::date:
        return both(days_of(left), days_of(right));
      case Type::yes_no:
        return both(truth_of(left), truth_of(right));
      default:
        break;
    }
    // A choice and one of its options are compared by their keys, which labels may share.
    const bool by_key = node(left).type == Type::choice && node(right).type == Type::choice &&
                        (is_written(left) || is_written(right));
    return by_key ? both(key_of(left), key_of(right)) : both(text_of(left), text_of(right));
  }
  bool is_written(int index) const { return node(index).operation == static_cast<int>(Op::text); }
  std::optional<std::string> key_of(int index) const {
    const Cell cell = run(index);
    const auto* key = std::get_if<std::string>(&cell);
    return key == nullptr ? std::nullopt : std::optional(*key);
  }

  // --- functions ---

  Cell call(const Node& now, Call what) const {
    switch (what) {
      case Call::choose:
        if (truth_of(now.children[0]).value_or(false)) return as(now.children[1], now.type);
        return now.children.size() == 3 ? as(now.children[2], now.type) : Cell();
      case Call::coalesce:
        for (const int child : now.children) {
          if (Cell cell = as(child, now.type); cell.index() != 0) return cell;
        }
        return {};
      case Call::concat:
        return joined(now);
      case Call::logical_and:
      case Call::logical_or:
        return any(now, what == Call::logical_or);
      case Call::logical_not: {
        const auto truth = truth_of(now.children[0]);
        return truth ? Cell(!*truth) : Cell();
      }
      case Call::sum:
      case Call::min:
      case Call::max:
        return folded(now, what);
      case Call::round:
      case Call::round_down:
      case Call::round_up:
      case Call::floor:
      case Call::ceil:
        return rounded(now, what);
      case Call::abs:
      case Call::mod:
        return of_numbers(now, what);
      case Call::today:
      case Call::year:
      case Call::month:
      case Call::day:
      case Call::days:
      case Call::months:
      case Call::years:
      case Call::date:
      case Call::add_months:
      case Call::month_end:
        return of_dates(now, what);
      default:
        return of_texts(now, what);
    }
  }

  Cell folded(const Node& now, Call what) const {
    Cell out;
    for (const int child : now.children) {
      Cell cell = run(child);
      if (cell.index() == 0) continue;
      if (out.index() == 0) {
        out = std::move(cell);
        continue;
      }
      if (what == Call::sum) {
        out = number_cell(std::get<Wide>(out) + std::get<Wide>(cell));
        if (out.index() == 0) return out;
      } else if (before(cell, out) == (what == Call::min)) {
        out = std::move(cell);
      }
    }
    return out;
  }
  static bool before(const Cell& a, const Cell& b) {
    if (const Days* days = std::get_if<Days>(&a)) return days->count < std::get<Days>(b).count;
    return std::get<Wide>(a) < std::get<Wide>(b);
  }

  Cell rounded(const Node& now, Call what) const {
    const auto number = number_of(now.children[0]);
    if (!number) return {};
    std::int64_t places = 0;
    if (now.children.size() == 2) {
      const auto asked = count_of(now.children[1]);
      if (!asked) return {};
      places = *asked;
    }
    if (places >= 8) return *number;
    if (places < -18) return number_cell(0);
    Wide unit = kOne;
    for (; places > 0; --places) unit /= 10;
    for (; places < 0; ++places) unit *= 10;
    const Rounding rounding = what == Call::round        ? Rounding::nearest
                              : what == Call::round_down ? Rounding::down
                              : what == Call::round_up   ? Rounding::up
                              : what == Call::floor      ? Rounding::floor
                                                         : Rounding::ceil;
    return number_cell(to_multiple(*number, unit, rounding));
  }

  Cell of_numbers(const Node& now, Call what) const {
    const auto number = number_of(now.children[0]);
    if (!number) return {};
    if (what == Call::abs) return number_cell(*number < 0 ? -*number : *number);
    const auto by = number_of(now.children[1]);
    if (!by || *by == 0) return {};
    // With the sign of what it is divided by, as spreadsheets have it.
    Wide rest = *number % *by;
    if (rest != 0 && (rest < 0) != (*by < 0)) rest += *by;
    return number_cell(rest);
  }

  Cell of_dates(const Node& now, Call what) const {
    if (what == Call::today) {
      const auto today = parse_iso_date(today_);
      return today ? days_cell(days_from_date(*today)) : Cell();
    }
    if (what == Call::date) return given_date(now);
    const auto first = days_of(now.children[0]);
    if (!first) return {};
    const Date date = date_from_days(*first);
    switch (what) {
      case Call::year:
        return number_cell(date.year * kOne);
      case Call::month:
        return number_cell(date.month * kOne);
      case Call::day:
        return number_cell(date.day * kOne);
      case Call::month_end:
        return days_cell(days_from_date(
            {.year = date.year, .month = date.month, .day = days_in_month(date.year, date.month)}));
      case Call::add_months: {
        const auto months = count_of(now.children[1]);
        if (!months || *months < -120'000 || *months > 120'000) return {};
        if (date.year * 12 + date.month - 1 + *months < 12) return {};
        return days_cell(days_from_date(add_months(date, *months)));
      }
      default:
        break;
    }
    const auto second = days_of(now.children[1]);
    if (!second) return {};
    if (what == Call::days) return number_cell((*second - *first) * kOne);
    const std::int64_t months = months_between(date, date_from_days(*second));
    return number_cell((what == Call::months ? months : months / 12) * kOne);
  }

  Cell given_date(const Node& now) const {
    const auto year = count_of(now.children[0]);
    const auto month = count_of(now.children[1]);
    const auto day = count_of(now.children[2]);
    if (!year || !month || !day || *year < 1 || *year > 9999) return {};
    if (*month < 1 || *month > 12 || *day < 1 || *day > 31) return {};
    const Date date{.year = static_cast<int>(*year),
                    .month = static_cast<int>(*month),
                    .day = static_cast<int>(*day)};
    return valid_date(date) ? days_cell(days_from_date(date)) : Cell();
  }

  Cell of_texts(const Node& now, Call what) const {
    // It works the first one out itself: twice at each level of a nest would be without end.
    if (what == Call::one_of) return among(now);
    const auto text = text_of(now.children[0]);
    if (what == Call::length)
      return number_cell(static_cast<Wide>(text::length(text.value_or(""))) * kOne);
    if (!text) return {};
    switch (what) {
      case Call::text:
        return *text;
      case Call::left:
      case Call::right:
      case Call::mid:
        return part(now, what, *text);
      case Call::contains:
      case Call::starts: {
        const auto words = text_of(now.children[1]);
        if (!words) return {};
        const std::string wanted = text::fold(*words);
        const std::string within = text::fold(*text);
        return what == Call::starts ? within.starts_with(wanted)
                                    : within.find(wanted) != std::string::npos;
      }
      case Call::matches:
        return re2::RE2::FullMatch(*text, *formula_.patterns_[static_cast<std::size_t>(now.item)]);
      default:
        return {};
    }
  }

  Cell part(const Node& now, Call what, const std::string& text) const {
    const auto first = count_of(now.children[1]);
    if (!first) return {};
    const auto length = static_cast<std::int64_t>(text::length(text));
    std::int64_t from = 0;
    std::int64_t count = *first;
    if (what == Call::right) from = length - std::clamp<std::int64_t>(count, 0, length);
    if (what == Call::mid) {
      const auto asked = count_of(now.children[2]);
      if (!asked) return {};
      from = std::max<std::int64_t>(*first, 1) - 1;
      count = *asked;
    }
    if (count <= 0 || from >= length) return {};
    const std::size_t begin = byte_of(text, static_cast<std::size_t>(from));
    const std::size_t size =
        byte_of(std::string_view(text).substr(begin), static_cast<std::size_t>(count));
    return text.substr(begin, size);
  }

  Cell among(const Node& now) const {
    const bool choice =
        node(now.children[0]).type == Type::choice && node(now.children[1]).type == Type::choice;
    const auto value = choice ? key_of(now.children[0]) : text_of(now.children[0]);
    if (!value) return {};
    return std::any_of(now.children.begin() + 1, now.children.end(),
                       [&](int child) { return text_at(node(child)) == *value; });
  }

  const Formula& formula_;
  const Formula::Input& input_;
  std::string_view today_;
};

Formula::~Formula() = default;

FormulaType Formula::type() const { return nodes_.back().type; }

std::pair<std::size_t, std::size_t> Formula::place(std::string_view input) const {
  const auto found = std::ranges::find(inputs_, input);
  if (found == inputs_.end()) return {};
  return places_[static_cast<std::size_t>(found - inputs_.begin())];
}

const FieldKind* Formula::natural_kind() const {
  const Node& root = nodes_.back();
  switch (root.type) {
    case FormulaType::number:
      return root.money ? &kinds::money : root.whole ? &kinds::integer : &kinds::decimal;
    case FormulaType::date:
      return &kinds::date;
    case FormulaType::yes_no:
      return &kinds::yes_no;
    default:
      return &kinds::text;
  }
}

bool Formula::fits(const FieldKind& kind) const {
  const FieldKind* natural = natural_kind();
  if (type() != FormulaType::number) return natural == &kind;
  return &kind == &kinds::integer || &kind == &kinds::decimal || &kind == &kinds::money ||
         &kind == &kinds::percent;
}

Value Formula::work_out(const FieldKind& kind, const Input& input, std::string_view today) const {
  return FormulaRun(*this, input, today).result(kind);
}

}  // namespace daifuku::meta
