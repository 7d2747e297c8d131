// 入力の決まり: rules that a company sets for what its people enter, without code. A rule is a row
// of `entry_rule` (rule_store.h); compiled, it is part of one immutable set that every write asks
// (write_quality.cpp). When it counts, and for whom: docs/decisions/0025.
//
//   {"object":"company","active":true,"mode":"refuse"|"warn","name":"...",
//    "when":[{"field":"stage","op":"from","value":"negotiating"}],
//    "check":{"kind":"required","fields":["corporate_number"]},
//    "message":{"ja":"...","en":"..."}}
//
// Checks: required {fields}, format {field, format | pattern (RE2, the whole value)},
// range {field, least, greatest}, compare {field, op lt|lte|eq|ne|gte|gt, other}, unique {fields}.
// Conditions: empty, filled, in {values}, not_in {values}, from {value} (that choice or a later
// one), at_least {value}, at_most {value}, has {value} (one of the items).
// Dates may be given as today, today+30 or today-30.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "auth/access.h"
#include "base/error.h"
#include "base/json.h"
#include "base/time.h"
#include "records/record.h"

namespace re2 {
class RE2;
}

namespace daifuku::records {

enum class RuleKind { required, format, range, compare, unique };
enum class RuleMode { refuse, warn };

// A field as a rule knows it. By key, so that a rule outlives the catalog it was compiled with.
struct RuleField {
  std::string key = {};
  const meta::FieldKind* kind = nullptr;
  meta::Label label = {};
};

// A value that a rule compares with; of dates also a number of days from the day it is asked on.
struct RuleValue {
  meta::Value value = {};
  std::optional<int> days_from_today = {};
};

struct RuleCondition {
  enum class Op { empty, filled, in, not_in, at_least, at_most, has };
  RuleField field = {};
  Op op = Op::filled;
  std::vector<RuleValue> values = {};
};

// Immutable; shared by all threads.
class Rule {
 public:
  // Reads a definition. Its problems name the members ("check.fields", "when[0].value"); the rule
  // is of use only when there are none.
  Rule(Id id, const meta::ObjectDef& object, const Json& definition, Problems& problems);

  Id id() const { return id_; }
  const std::string& object() const { return object_; }
  RuleKind kind() const { return kind_; }
  RuleMode mode() const { return mode_; }
  bool active() const { return active_; }
  // Of the check: what a problem is told at.
  const std::vector<RuleField>& fields() const { return fields_; }
  // Keys of all fields that it looks at.
  const std::vector<std::string>& looks_at() const { return looks_at_; }

  // Whether the conditions hold, so that the check counts for the record.
  bool applies(const Record& record, Date today) const;
  // Problems of a record for which it counts. Nothing for `unique`, which other records decide.
  void check(const Record& record, Date today, Language language, Problems& problems) const;
  // What must be there once only; empty when one of its fields is, since blank is never equal.
  std::string unique_text(const Record& record) const;
  Problem problem(const RuleField& field, Language language) const;

  // Keys of a unique rule (table rule_key): 0 when none are kept, and whether they are complete.
  Id keys_id = 0;
  bool keys_ready = false;

 private:
  void read_check(const meta::ObjectDef& object, const Json& check, Problems& problems);
  void read_conditions(const meta::ObjectDef& object, const Json& list, Problems& problems);
  bool is_wrong(const Record& record, const RuleField& field, Date today) const;

  Id id_ = 0;
  std::string object_;
  RuleKind kind_ = RuleKind::required;
  RuleMode mode_ = RuleMode::refuse;
  bool active_ = false;
  std::vector<RuleField> fields_;
  std::vector<RuleCondition> conditions_;
  std::vector<std::string> looks_at_;
  meta::Label message_;
  std::string format_;
  std::shared_ptr<const re2::RE2> pattern_;
  RuleValue least_;
  RuleValue greatest_;
  RuleField other_;
  std::string compare_;
};

// What the rules of an object say of a record, by what follows from it.
struct RuleFindings {
  Problems refused = {};
  Problems warned = {};
};

// A record as it would be. `before` nullptr: it is new.
struct RuleSubject {
  const meta::ObjectDef& object;
  const auth::Access& access;
  const Record* before = nullptr;
  const Record& after;
  Date today;
  Language language;
};

// The active rules of one moment, by object.
class RuleSet {
 public:
  // The rules that the change touches and that look at nothing hidden from its author. `taken`
  // answers for a unique rule whether another record has the same; without it those are left out.
  // `all` false: unique rules only.
  RuleFindings check(const RuleSubject& subject, const std::function<bool(const Rule&)>& taken,
                     bool all = true) const;
  void add(std::shared_ptr<const Rule> rule) { rules_[rule->object()].push_back(std::move(rule)); }
  const std::vector<std::shared_ptr<const Rule>>& of(const std::string& object) const {
    static const std::vector<std::shared_ptr<const Rule>> kNone;
    const auto found = rules_.find(object);
    return found == rules_.end() ? kNone : found->second;
  }

 private:
  std::unordered_map<std::string, std::vector<std::shared_ptr<const Rule>>> rules_;
};

// Formats that need no pattern: digits, half_width, katakana, hiragana, no_spaces, upper_case.
const std::vector<std::string_view>& rule_formats();

}  // namespace daifuku::records
