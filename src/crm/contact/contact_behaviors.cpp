// Activities, inquiries and tasks: last contact, next step, open complaints.
#include "crm/behaviors.h"

namespace daifuku::crm {

namespace {

using records::Change;
using records::Draft;
using records::Record;
using records::Write;

// --- activity ---

// What lies ahead is planned and stays so until somebody says that it took place: the hour may pass
// without it. What is said to be done before its hour was done now.
void settle_status(Change& change) {
  Record& activity = *change.after;
  const std::string_view status = activity.text("status");
  const bool ahead = activity.integer("happened_at") > change.write.now();
  if (ahead && status == "done" && !change.created() && change.changed("status")) {
    set_integer(activity, "happened_at", change.write.now());
  } else if (status.empty() || (ahead && status == "done")) {
    set_text(activity, "status", ahead ? "planned" : "done");
  }
}

void prepare_activity(Change& change) {
  fill_company(change);
  fill_subject(change, "subject", "content", "kind");
  settle_status(change);
}

constexpr std::string_view kPlannedRule = "planned";

// A planned activity is a task too: it is seen with the others on its day, and stays there until it
// is ticked off, which says that it took place.
void follow_plan(Change& change) {
  const auto planned = [](const Record* activity) {
    return activity != nullptr && activity->text("status") == "planned";
  };
  const bool now = !change.removed() && planned(change.after);
  if (!now && !planned(change.before)) return;
  const Record& activity = change.removed() ? *change.before : *change.after;
  const std::string rule = rule_name(kPlannedRule, activity.id);
  if (!now) {
    const bool done = !change.removed() && activity.text("status") == "done";
    if (done) {
      close_follow_up(change.write, rule);
    } else {
      keep_follow_up(change.write, rule, std::nullopt);
    }
    return;
  }
  const meta::FieldDef* kind = change.object.field("kind");
  FollowUp wanted;
  const std::string what = kind->kind->to_text(*kind, activity.get("kind"));
  wanted.name = what + "の予定";
  wanted.due_on = format_date(local_date(activity.integer("happened_at")));
  wanted.owner = activity.owner;
  wanted.company = activity.integer("company");
  wanted.person = activity.integer("person");
  wanted.deal = activity.integer("deal");
  wanted.activity = activity.id;
  keep_follow_up(change.write, rule, wanted);
}

// A promised next step becomes a task: that is where it is seen, moved and ticked off.
void follow_next_action(Change& change) {
  const Record& activity = change.removed() ? *change.before : *change.after;
  const std::string rule = rule_name("activity", activity.id);
  const std::string_view text = change.removed() ? "" : activity.text("next_action");
  const std::string_view day = change.removed() ? "" : activity.text("next_action_at");
  if (text.empty() && day.empty()) {
    if (!change.created()) keep_follow_up(change.write, rule, std::nullopt);
    return;
  }
  FollowUp wanted;
  // The subject may be a line of what was said, which not everybody reads who has tasks: the link
  // leads to it.
  wanted.name = text.empty() ? "次の連絡" : std::string(text);
  wanted.due_on = day;
  wanted.owner = activity.owner;
  wanted.company = activity.integer("company");
  wanted.person = activity.integer("person");
  wanted.deal = activity.integer("deal");
  wanted.activity = activity.id;
  keep_follow_up(change.write, rule, wanted);
}

// --- inquiry ---

bool is_solved(const Record& inquiry) { return inquiry.text("status") == "solved"; }

std::int64_t open_complaint(const Record& inquiry) {
  const std::string_view kind = inquiry.text("kind");
  return (kind == "complaint" || kind == "trouble") && !is_solved(inquiry) ? 1 : 0;
}

void prepare_inquiry(Change& change) {
  Record& inquiry = *change.after;
  fill_company(change);
  fill_subject(change, "subject", "content", "kind");
  if (inquiry.integer("company") == 0 && inquiry.integer("person") == 0) {
    change.problems.push_back({"person", "customer_required", {}});
  }
  if (change.changed("response") && !inquiry.text("response").empty() &&
      inquiry.integer("responded_at") == 0) {
    set_integer(inquiry, "responded_at", change.write.now());
  }
  if (!change.changed("status")) return;
  if (!is_solved(inquiry)) {
    set_integer(inquiry, "solved_at", std::nullopt);
  } else if (inquiry.integer("solved_at") == 0) {
    set_integer(inquiry, "solved_at", change.write.now());
  }
}

// --- task ---

void prepare_task(Change& change) {
  Record& task = *change.after;
  fill_company(change);
  if (!change.changed("done")) return;
  const bool done = task.integer("done") != 0;
  set_integer(task, "done_at", done ? std::optional(change.write.now()) : std::nullopt);
}

// The next step with a customer is the earliest open task; one without a day comes last.
void recount_next_action(Write& write, const Customer& customer) {
  meta::Values next = {{"next_action", meta::Value()}, {"next_action_at", meta::Value()}};
  {
    auto row = write.tx().query("SELECT t.name, t.due_on FROM " + table_of(write, "task") +
                                " t WHERE {t} AND t.\"" + std::string(customer.object) +
                                "\" = ? AND t.done = 0 AND t.deleted_at IS NULL "
                                "ORDER BY t.due_on IS NULL, t.due_on, t.id LIMIT 1");
    row.bind(customer.id);
    if (row.step()) {
      next["next_action"] = std::string(row.text(0));
      if (!row.is_null(1)) next["next_action_at"] = std::string(row.text(1));
    }
  }
  write.set_derived(customer.object, customer.id, next);
}

// The task of a planned activity was ticked off, or opened again.
void settle_plan(Change& change) {
  if (change.created() || change.removed() || !change.changed("done")) return;
  const std::string_view rule = change.after->text("rule");
  const std::string prefix = std::string(kPlannedRule) + ":";
  const auto id = rule.starts_with(prefix) ? decode_id(rule.substr(prefix.size())) : std::nullopt;
  if (!id) return;
  const auto activity = change.write.load(*change.write.catalog().object("activity"), *id);
  const bool done = change.after->integer("done") != 0;
  if (!activity || activity->deleted_at != 0 ||
      activity->text("status") != (done ? "planned" : "done"))
    return;
  Draft draft;
  draft.values.emplace("status", std::string(done ? "done" : "planned"));
  change.write.update_by_rule("activity", *id, std::move(draft));
}

void follow_task(Change& change) {
  const bool matters = change.removed() || change.created() || change.changed("name") ||
                       change.changed("due_on") || change.changed("done") ||
                       change.changed("company") || change.changed("person");
  if (!matters) return;
  Write& write = change.write;
  for (const Customer& customer : customers_of(change)) {
    write.settle(settle_key("next", customer),
                 [&write, customer] { recount_next_action(write, customer); });
  }
}

}  // namespace

void register_contact_behaviors(records::Registry& registry) {
  registry.before_save("activity", prepare_activity);
  registry.after_save("activity", note_contact);
  registry.after_save("activity", follow_next_action);
  registry.after_save("activity", follow_plan);
  registry.before_save("inquiry", prepare_inquiry);
  registry.after_save("inquiry", note_contact);
  registry.after_save(
      "inquiry", [](Change& change) { keep_total(change, "open_complaints", open_complaint); });
  registry.before_save("task", prepare_task);
  registry.after_save("task", follow_task);
  registry.after_save("task", settle_plan);
}

}  // namespace daifuku::crm
