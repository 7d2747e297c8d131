// Inside of the formulas: tokens, operations and the table of functions. Used by formula*.cpp only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "meta/formula.h"

namespace daifuku::meta {

enum class FormulaOp {
  number,
  text,
  field,
  empty,
  yes,
  no,
  negate,
  add,
  subtract,
  multiply,
  divide,
  percent,
  join,
  equal,
  unequal,
  less,
  less_equal,
  greater,
  greater_equal,
  is_empty,
  is_not_empty,
  logical_and,
  logical_or,
  logical_not,
  date_plus,
  date_minus,
  date_between,
  function,
};
inline constexpr int kFirstFunction = static_cast<int>(FormulaOp::function);

enum class FormulaCall {
  choose,
  coalesce,
  round,
  round_down,
  round_up,
  floor,
  ceil,
  abs,
  mod,
  sum,
  min,
  max,
  today,
  year,
  month,
  day,
  days,
  months,
  years,
  date,
  add_months,
  month_end,
  concat,
  left,
  right,
  mid,
  length,
  contains,
  starts,
  matches,
  one_of,
  text,
  logical_and,
  logical_or,
  logical_not,
};

// Arguments: n number, t text (whatever can be said as a text), d date, b yes or no, s all of one
// type, o a number or a date, all of one type, p a text written in the formula itself, c a choice
// or a text. The last one repeats up to `most`.
struct FormulaCallRow {
  FormulaCall call;
  FormulaFunction words;
  std::string_view arguments;
  std::size_t least;
  std::size_t most;
  FormulaType result;  // `nothing`: that of the arguments
};
std::span<const FormulaCallRow> formula_calls();
// nullptr when there is none; upper and lower case are one.
const FormulaCallRow* find_formula_call(std::string_view name);

struct FormulaToken {
  enum class Kind : unsigned char {
    end,
    number,
    text,
    name,
    quoted_name,
    key,
    sign
  } kind = Kind::end;
  std::string value = {};  // of names and texts what stands inside, of signs their ASCII form
  std::size_t at = 0;      // code points
  std::size_t length = 0;
  std::size_t from = 0;  // bytes
  std::size_t until = 0;
};
// The source as tokens, with an `end`; empty with a problem.
std::vector<FormulaToken> formula_tokens(std::string_view source, FormulaProblem& problem);
// The constant that a word stands for: empty, yes, no.
std::optional<FormulaOp> formula_constant(std::string_view word);
// The type that a field has in a formula; nothing when it cannot stand in one.
std::optional<FormulaType> formula_type(const FieldDef& field);
// The field that is meant, by its key or, unless `by_key`, by its label; nullptr when there is
// none.
struct NamedField {
  const FieldDef* field = nullptr;
  bool several = false;
};
NamedField named_field(const ObjectDef& object, const std::string& name, bool by_key);
// How a formula names the field so that named_field finds it.
std::string shown_name(const ObjectDef& object, const FieldDef& field, Language language);
std::string formula_quoted(const std::string& text);

// Whether the label can stand in a formula without 「」.
bool is_plain_name(std::string_view label);

}  // namespace daifuku::meta
