// What all rules of an object say of one record together.
#include <algorithm>

#include "records/rules.h"

namespace daifuku::records {

namespace {

bool differs(const Record& before, const Record& after, const std::string& key) {
  if (before.get(key) != after.get(key)) return true;
  const auto list = [&](const Record& record) {
    const auto found = record.lists.find(key);
    return found == record.lists.end() ? std::vector<Id>() : found->second;
  };
  return list(before) != list(after);
}

}  // namespace

RuleFindings RuleSet::check(const RuleSubject& subject,
                            const std::function<bool(const Rule&)>& taken, bool all) const {
  RuleFindings out;
  // A rule that looks at what the caller may not read would tell him of it.
  const auto hidden = [&](const std::string& key) {
    return subject.access.field(subject.object, key) < meta::FieldRight::read;
  };
  const auto touched = [&](const std::string& key) {
    return subject.before == nullptr || differs(*subject.before, subject.after, key);
  };
  for (const auto& rule : of(subject.object.key)) {
    const bool unique = rule->kind() == RuleKind::unique;
    if (!rule->active() || (!all && !unique)) continue;
    const auto& keys = rule->looks_at();
    if (std::ranges::any_of(keys, hidden) || std::ranges::none_of(keys, touched)) continue;
    if (!rule->applies(subject.after, subject.today)) continue;
    Problems& broken = rule->mode() == RuleMode::refuse ? out.refused : out.warned;
    if (!unique) {
      rule->check(subject.after, subject.today, subject.language, broken);
    } else if (taken && rule->keys_ready && taken(*rule)) {
      broken.push_back(rule->problem(rule->fields().front(), subject.language));
    }
  }
  return out;
}

}  // namespace daifuku::records
