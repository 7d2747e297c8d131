// Deals: odds and dates of the pipeline, open deals of a customer, the next plan as a task.
#include "crm/behaviors.h"

#include <algorithm>
#include <array>

namespace daifuku::crm {

namespace {

using records::Change;
using records::Record;

bool is_open(const Record& deal) {
  return deal.text("stage") != "won" && deal.text("stage") != "lost";
}
std::int64_t open_deal(const Record& deal) { return is_open(deal) ? 1 : 0; }
std::int64_t open_amount(const Record& deal) { return is_open(deal) ? deal.integer("amount") : 0; }

// What a stage is usually worth, until somebody knows better.
std::int64_t usual_odds(std::string_view stage) {
  constexpr std::array<std::pair<std::string_view, int>, 7> kOdds = {{{"lead", 10},
                                                                      {"hearing", 20},
                                                                      {"proposing", 40},
                                                                      {"quoting", 60},
                                                                      {"negotiating", 80},
                                                                      {"won", 100},
                                                                      {"lost", 0}}};
  const auto* found = std::find_if(kOdds.begin(), kOdds.end(),
                                   [&](const auto& entry) { return entry.first == stage; });
  return found == kOdds.end() ? 0 : found->second * meta::kDecimalScale;
}

void check_lose_reason(Change& change) {
  const Record& deal = *change.after;
  const bool reason = !deal.text("lose_reasons").empty() || !deal.text("lose_note").empty();
  // Histories from files rarely hold the reason; what is typed today has to.
  const bool typed = change.write.caller().source != records::Source::import_run &&
                     change.write.caller().source != records::Source::undo;
  if (deal.text("stage") == "lost" && !reason && typed) {
    change.problems.push_back({"lose_reasons", "lose_reason_required", {}});
  }
}

void prepare_deal(Change& change) {
  Record& deal = *change.after;
  fill_company(change);
  if (change.changed("stage")) {
    const std::string today = change.write.today();
    set_text(deal, "stage_changed_on", today);
    const bool by_hand = change.changed("odds") && !meta::is_empty(deal.get("odds"));
    if (!by_hand) set_integer(deal, "odds", usual_odds(deal.text("stage")));
    if (is_open(deal)) {
      set_text(deal, "closed_on", "");
    } else if (deal.text("closed_on").empty()) {
      set_text(deal, "closed_on", today);
    }
    check_lose_reason(change);
  }
  if (meta::is_empty(deal.get("amount")) || meta::is_empty(deal.get("odds"))) {
    set_integer(deal, "weighted_amount", std::nullopt);
    return;
  }
  const double share = static_cast<double>(deal.integer("odds")) / (100.0 * meta::kDecimalScale);
  const double weighted = static_cast<double>(deal.integer("amount")) * share;
  set_integer(deal, "weighted_amount",
              static_cast<std::int64_t>(weighted + (weighted < 0 ? -0.5 : 0.5)));
}

void follow_next_plan(Change& change) {
  const Record& deal = change.removed() ? *change.before : *change.after;
  const std::string rule = rule_name("deal", deal.id);
  const bool over = change.removed() || !is_open(deal);
  const std::string_view text = over ? "" : deal.text("next_plan");
  const std::string_view day = over ? "" : deal.text("next_plan_on");
  if (text.empty() && day.empty()) {
    if (!change.created()) keep_follow_up(change.write, rule, std::nullopt);
    return;
  }
  FollowUp wanted;
  wanted.name = text.empty() ? "次回の商談: " + std::string(deal.text("name")) : std::string(text);
  wanted.due_on = day;
  wanted.owner = deal.owner;
  wanted.company = deal.integer("company");
  wanted.person = deal.integer("person");
  wanted.deal = deal.id;
  keep_follow_up(change.write, rule, wanted);
}

void advance_by_deal(Change& change) {
  if (change.removed() || (!change.changed("stage") && !change.changed("company"))) return;
  const Record& deal = *change.after;
  const bool won = deal.text("stage") == "won";
  if (!won && !is_open(deal)) return;
  const Id company = deal.integer("company");
  const Customer customer =
      company != 0 ? Customer{"company", company} : Customer{"person", deal.integer("person")};
  if (won) {
    advance_stage(change.write, customer, "customer",
                  {"potential", "prospect", "negotiating", "dormant"});
  } else {
    advance_stage(change.write, customer, "negotiating", {"potential", "prospect"});
  }
}

}  // namespace

void register_deal_behaviors(records::Registry& registry) {
  registry.before_save("deal", prepare_deal);
  registry.after_save("deal", [](Change& change) { keep_total(change, "deal_count", open_deal); });
  registry.after_save("deal",
                      [](Change& change) { keep_total(change, "open_deal_amount", open_amount); });
  registry.after_save("deal", follow_next_plan);
  registry.after_save("deal", advance_by_deal);
  registry.before_save("proposal", fill_company);
}

}  // namespace daifuku::crm
