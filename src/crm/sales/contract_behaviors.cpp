// Contracts: tasks counted back from expiry and renewal.
#include "crm/behaviors.h"

#include <algorithm>

namespace daifuku::crm {

namespace {

using records::Change;
using records::Record;

// Work starts this long before the last day on which notice can be given.
constexpr int kLeadDays = 30;

void follow_contract_date(Change& change, const char* key, const char* name, bool matters) {
  const Record& contract = change.removed() ? *change.before : *change.after;
  const std::string rule = rule_name(key, contract.id);
  const bool alive = matters && !change.removed() && contract.text("status") == "active";
  const std::string date(alive ? contract.text(key) : std::string_view());
  if (date.empty() || date < change.write.today()) {
    if (!change.created()) keep_follow_up(change.write, rule, std::nullopt);
    return;
  }
  const auto notice = std::clamp<std::int64_t>(contract.integer("notice_days"), 0, 3'650);
  FollowUp wanted;
  wanted.name = name + std::string(contract.text("name")) + "（" + date + "）";
  wanted.due_on = shift_date(date, -kLeadDays - static_cast<int>(notice));
  wanted.counted_back = true;
  wanted.owner = contract.owner;
  wanted.company = contract.integer("company");
  wanted.person = contract.integer("person");
  wanted.contract = contract.id;
  keep_follow_up(change.write, rule, wanted);
}

void follow_contract(Change& change) {
  const bool touched = change.removed() || change.created() || change.changed("status") ||
                       change.changed("expires_on") || change.changed("renews_on") ||
                       change.changed("auto_renewal") || change.changed("notice_days") ||
                       change.changed("name") || change.changed("company") ||
                       change.changed("person");
  if (!touched) return;
  // A contract that renews by itself does not end on its last day.
  const Record& contract = change.removed() ? *change.before : *change.after;
  const bool renews = contract.integer("auto_renewal") != 0 && !contract.text("renews_on").empty();
  follow_contract_date(change, "renews_on", "契約更新の準備: ", true);
  follow_contract_date(change, "expires_on", "契約満了の準備: ", !renews);
}

void check_contract_dates(Change& change) {
  const Record& contract = *change.after;
  const std::string_view start = contract.text("starts_on");
  const std::string_view end = contract.text("expires_on");
  const bool touched = change.changed("starts_on") || change.changed("expires_on");
  if (touched && !start.empty() && !end.empty() && end < start) {
    change.problems.push_back({"expires_on", "end_before_start", {}});
  }
}

}  // namespace

void register_contract_behaviors(records::Registry& registry) {
  registry.before_save("contract", fill_company);
  registry.before_save("contract", check_contract_dates);
  registry.after_save("contract", follow_contract);
}

}  // namespace daifuku::crm
