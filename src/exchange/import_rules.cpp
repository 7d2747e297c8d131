#include "exchange/import_rules.h"

#include "base/time.h"
#include "meta/derive.h"
#include "meta/kinds.h"

namespace daifuku::exchange {
namespace {

// Stands for a record that the run will make, so that a link to it counts as filled.
constexpr Id kToBeMade = -1;

}  // namespace

RowRules::RowRules(const records::Engine& engine, const records::Caller& caller,
                   const RowReader& reader)
    : caller_(caller), reader_(reader), rules_(engine.rules()), now_(engine.clock().now()) {}

void RowRules::tell(ImportRow& row, const records::Record* before,
                    const records::Draft& draft) const {
  const meta::ObjectDef& object = *reader_.plan().object;
  if (!row.counts() || rules_->of(object.key).empty()) return;
  records::Record after;
  if (before != nullptr) after = *before;
  for (const auto& [key, value] : draft.values) after.values[key] = value;
  for (const auto& [key, ids] : draft.lists) after.lists[key] = ids;
  for (const ImportRow::Wish& wish : row.wishes) {
    if (wish.id != 0) continue;
    if (wish.field->kind == &meta::kinds::link) {
      after.values.try_emplace(wish.field->key, kToBeMade);
    } else {
      after.lists[wish.field->key].push_back(kToBeMade);
    }
  }
  std::erase_if(after.values, [](const auto& entry) { return meta::is_empty(entry.second); });
  const Date today = local_date(now_);
  if (before == nullptr)
    meta::apply_defaults(object, after.values, format_date(today), now_, caller_.access.user());
  const auto found =
      rules_->check({object, caller_.access, before, after, today, caller_.language}, nullptr);
  for (const Problem& problem : found.warned) reader_.warn(row, problem);
  if (!found.refused.empty())
    reader_.add_problems(row, AppError(Status::invalid, "invalid", {}, found.refused));
}

}  // namespace daifuku::exchange
