// The language of computed fields: a small expression over the fields of one record
// (docs/formula.md, docs/decisions/0041). Total and bounded: no loops, a limit on length, depth and
// size; whatever is missing, divided by zero or too large gives the empty value, never an error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/messages.h"
#include "meta/field.h"

namespace re2 {
class RE2;
}

namespace daifuku::meta {

struct ObjectDef;

// `nothing` is that of the empty value alone; `other` that of a field that can only be asked
// whether it is empty (a link).
enum class FormulaType : unsigned char { nothing, number, text, date, yes_no, choice, other };

// What is wrong, and where: code points from the beginning of the source.
struct FormulaProblem {
  std::string code = {};  // base/messages.inc
  Params params = {};
  std::size_t at = 0;
  std::size_t length = 0;
};

// A word that a formula may call, for the screens and the manual.
struct FormulaFunction {
  std::string_view name;   // as in a table of a spreadsheet: rounddown
  std::string_view ja;     // the Japanese word that means the same
  std::string_view usage;  // rounddown(数, 桁)
  std::string_view help_ja;
  std::string_view help_en;
};

// How many code points a source may have.
inline constexpr std::size_t kFormulaMax = 2'000;

// Immutable once made, thread-safe.
class Formula {
 public:
  // Fields are named by key or by label, as they are or in 「」. nullptr with the first problem.
  // What it keeps of the object are copies.
  static std::shared_ptr<const Formula> make(std::string_view source, const ObjectDef& object,
                                             FormulaProblem& problem);

  FormulaType type() const;
  // Fields that it reads, each once; created_at among them.
  const std::vector<std::string>& inputs() const { return inputs_; }
  // Where it names the input first: code points, and how many.
  std::pair<std::size_t, std::size_t> place(std::string_view input) const;
  bool asks_day() const { return asks_day_; }
  // With keys for the names of fields and options, as it is stored: labels may change.
  const std::string& source() const { return source_; }
  // With the labels there were when it was made.
  const std::string& shown(Language language) const {
    return language == Language::en ? shown_en_ : shown_ja_;
  }
  // The kind that shows its result best.
  const FieldKind* natural_kind() const;
  bool fits(const FieldKind& kind) const;

  using Input = std::function<Value(std::string_view key)>;
  // The stored value of a field of `kind`. `today` is an ISO date. The empty value when something
  // is missing or does not fit.
  Value work_out(const FieldKind& kind, const Input& input, std::string_view today) const;

 private:
  friend class FormulaParser;
  friend class FormulaRun;
  // A node of the tree; children come before their parent in nodes_.
  struct Node {
    int operation = 0;  // FormulaOp, or the place in the table of functions from kFirstFunction on
    FormulaType type = FormulaType::nothing;
    bool money = false;  // An amount in yen, as far as one can tell.
    bool whole = false;  // A number without a fraction, as far as one can tell.
    std::vector<int> children = {};
    int item = -1;  // into numbers_, texts_, fields_ or patterns_
  };
  struct Field {
    std::string key = {};
    const FieldKind* kind = nullptr;
    std::vector<std::pair<std::string, std::string>> options = {};  // key, label
  };
  Formula() = default;

  std::vector<Node> nodes_;
  std::vector<std::pair<std::int64_t, std::int64_t>> numbers_;  // whole part, hundred-millionths
  std::vector<std::string> texts_;
  std::vector<Field> fields_;
  std::vector<std::unique_ptr<re2::RE2>> patterns_;
  std::vector<std::string> inputs_;
  std::vector<std::pair<std::size_t, std::size_t>> places_;  // of inputs_
  bool asks_day_ = false;
  std::string source_;
  std::string shown_ja_;
  std::string shown_en_;

 public:
  // Out of line: RE2 is not known here.
  ~Formula();
  Formula(const Formula&) = delete;
  Formula& operator=(const Formula&) = delete;
};

// Every function, in the order of the manual.
std::vector<FormulaFunction> formula_functions();

}  // namespace daifuku::meta
