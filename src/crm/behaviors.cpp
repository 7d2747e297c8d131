#include "crm/behaviors.h"

#include <algorithm>
#include <utility>

#include "base/time.h"
#include "crm/follow/plan.h"
#include "meta/kinds/common.h"
#include "text/fold.h"

namespace daifuku::crm {

using records::Change;
using records::Draft;
using records::Record;
using records::Write;

void add_behaviors(records::Registry& registry) {
  register_customer_behaviors(registry);
  register_contact_behaviors(registry);
  register_deal_behaviors(registry);
  register_order_behaviors(registry);
  register_contract_behaviors(registry);
  register_plan_behaviors(registry);
}

const std::string& table_of(Write& write, std::string_view object) {
  const meta::ObjectDef* found = write.catalog().object(object);
  DAIFUKU_CHECK(found != nullptr);
  return write.engine().plan(*found).table;
}

void set_text(Record& record, std::string_view key, std::string text) {
  record.values.insert_or_assign(std::string(key),
                                 text.empty() ? meta::Value() : meta::Value(std::move(text)));
}

void set_integer(Record& record, std::string_view key, std::optional<std::int64_t> number) {
  record.values.insert_or_assign(std::string(key), number ? meta::Value(*number) : meta::Value());
}

void fill_company(Change& change) {
  Record& after = *change.after;
  if (after.integer("company") != 0) return;
  // Only when the link that tells it is new: a company that somebody emptied on purpose stays
  // empty.
  for (const char* link : {"deal", "person"}) {
    const Id id = after.integer(link);
    if (id == 0 || !change.changed(link)) continue;
    const auto linked = change.write.load(*change.write.catalog().object(link), id);
    if (!linked || linked->integer("company") == 0) continue;
    set_integer(after, "company", linked->integer("company"));
    return;
  }
}

void fill_subject(Change& change, std::string_view subject, std::string_view content,
                  std::string_view fallback) {
  constexpr std::size_t kSubjectLength = 40;
  Record& after = *change.after;
  if (!after.text(subject).empty()) return;
  const std::string_view text = after.text(content);
  std::string line = meta::kinds::one_line(text.substr(0, text.find('\n')));
  if (line.empty()) {
    const meta::FieldDef* field = change.object.field(fallback);
    line = field->kind->to_text(*field, after.get(fallback));
  }
  set_text(after, subject, text::truncate(line, kSubjectLength));
}

std::vector<Customer> customers_of(const Change& change) {
  std::vector<Customer> customers;
  for (const char* object : {"company", "person"}) {
    if (change.object.field(object) == nullptr) continue;
    for (const Id id : {change.old_integer(object), change.new_integer(object)}) {
      const Customer customer{object, id};
      const bool known = std::find(customers.begin(), customers.end(), customer) != customers.end();
      if (id != 0 && !known) customers.push_back(customer);
    }
  }
  return customers;
}

namespace {

// As a list in SQL: ('call', 'visit', ...).
std::string contact_kinds_sql() {
  std::string out;
  for (const std::string_view kind : kContactKinds) {
    out += out.empty() ? "('" : "', '";
    out += kind;
  }
  return out + "')";
}

void recount_now(Write& write, const Customer& customer) {
  const std::string link = "t.\"" + std::string(customer.object) + "\"";
  const auto newest = [&](const std::string& sql) {
    auto row = write.tx().query(sql);
    row.bind(customer.id, write.now());
    return row.step() && !row.is_null(0) ? row.integer(0) : 0;
  };
  const Millis activity = newest(
      "SELECT max(t.happened_at) FROM " + table_of(write, "activity") + " t WHERE {t} AND " + link +
      " = ? AND t.happened_at <= ? AND t.deleted_at IS NULL AND (t.status IS NULL OR "
      "t.status = 'done') AND t.kind IN " +
      contact_kinds_sql());
  const Millis inquiry =
      newest("SELECT max(t.received_at) FROM " + table_of(write, "inquiry") + " t WHERE {t} AND " +
             link + " = ? AND t.received_at <= ? AND t.deleted_at IS NULL");
  const Millis last = std::max(activity, inquiry);
  write.set_derived(customer.object, customer.id,
                    {{"last_contact_at", last == 0 ? meta::Value() : meta::Value(last)}});
}

void recount_contact(Write& write, const Customer& customer) {
  write.settle(settle_key("contact", customer),
               [&write, customer] { recount_now(write, customer); });
}

Millis contact_time(const Change& change, const Record& record) {
  if (change.object.key == "inquiry") return record.integer("received_at");
  // What was only planned is none, nor what was called off.
  const bool done = record.text("status").empty() || record.text("status") == "done";
  const bool contact = done && std::ranges::count(kContactKinds, record.text("kind")) > 0;
  return contact ? record.integer("happened_at") : 0;
}

}  // namespace

void note_contact(Change& change) {
  Write& write = change.write;
  if (!change.created()) {
    const bool same = !change.removed() && !change.changed("company") &&
                      !change.changed("person") &&
                      contact_time(change, *change.before) == contact_time(change, *change.after);
    if (same) return;
    for (const Customer& customer : customers_of(change)) recount_contact(write, customer);
    return;
  }
  const Millis at = contact_time(change, *change.after);
  if (at == 0 || at > write.now()) return;
  for (const Customer& customer : customers_of(change)) {
    const std::string& table = table_of(write, customer.object);
    write.tx()
        .query("UPDATE " + table + " SET last_contact_at = ? WHERE {" + table +
               "} AND id = ? AND (last_contact_at IS NULL OR last_contact_at < ?)")
        .bind(at, customer.id, at)
        .run();
    write.derived_changed(customer.object, customer.id, {{"last_contact_at", at}});
  }
}

void keep_total(Change& change, std::string_view derived, std::int64_t (*count)(const Record&)) {
  for (const char* object : {"company", "person"}) {
    const Id old_id = change.old_integer(object);
    const Id new_id = change.new_integer(object);
    const std::int64_t old_count =
        change.before == nullptr || old_id == 0 ? 0 : count(*change.before);
    const std::int64_t new_count =
        change.after == nullptr || new_id == 0 ? 0 : count(*change.after);
    if (old_id == new_id) {
      change.write.add_derived(object, new_id, derived, new_count - old_count);
    } else {
      change.write.add_derived(object, old_id, derived, -old_count);
      change.write.add_derived(object, new_id, derived, new_count);
    }
  }
}

std::string settle_key(std::string_view what, const Customer& customer) {
  return std::string(what) + ":" + rule_name(customer.object, customer.id);
}

std::string rule_name(std::string_view rule, Id record) {
  return std::string(rule) + ":" + encode_id(record);
}

void keep_follow_up(Write& write, const std::string& rule, const std::optional<FollowUp>& wanted) {
  if (write.moving()) return;  // Its task moves by its own links.
  Id id = 0;
  bool done = false;
  std::string due;
  std::string name;
  {
    auto row = write.tx().query(
        "SELECT t.id, t.done, t.due_on, t.name FROM " + table_of(write, "task") +
        " t WHERE {t} AND t.rule = ? AND t.deleted_at IS NULL ORDER BY t.id DESC LIMIT 1");
    row.bind(rule);
    if (row.step()) {
      id = row.integer(0);
      done = row.integer(1) != 0;
      if (!row.is_null(2)) due = row.text(2);
      name = row.text(3);
    }
  }
  if (!wanted) {
    if (id != 0 && !done) write.remove_by_rule("task", id);
    return;
  }
  const bool told = wanted->counted_back ? name == wanted->name : due == wanted->due_on;
  if (id != 0 && done && told) return;
  const bool open = id != 0 && !done;
  std::string due_on = wanted->due_on;
  if (wanted->counted_back && due_on < write.today()) due_on = open ? due : write.today();
  // Old records that come in from a file hold promises of the past; they are no work of today.
  const bool history = write.caller().source == records::Source::import_run ||
                       write.caller().source == records::Source::demo;
  if (id == 0 && history && due_on < write.today()) return;
  Draft draft;
  const auto put = [&](const char* key, Id link) {
    draft.values.emplace(key, link == 0 ? meta::Value() : meta::Value(link));
  };
  draft.values.emplace("name", wanted->name);
  draft.values.emplace("due_on", due_on.empty() ? meta::Value() : meta::Value(due_on));
  put("company", wanted->company);
  put("person", wanted->person);
  put("deal", wanted->deal);
  put("contract", wanted->contract);
  put("order", wanted->order);
  put("activity", wanted->activity);
  if (wanted->owner != 0) draft.owner = wanted->owner;
  if (open) {
    write.update_by_rule("task", id, std::move(draft));
    return;
  }
  draft.values.emplace("rule", rule);
  write.create_by_rule("task", std::move(draft));
}

void close_follow_up(Write& write, const std::string& rule) {
  Id id = 0;
  {
    auto row = write.tx().query("SELECT t.id FROM " + table_of(write, "task") +
                                " t WHERE {t} AND t.rule = ? AND t.done = 0 AND t.deleted_at IS "
                                "NULL ORDER BY t.id DESC LIMIT 1");
    row.bind(rule);
    if (row.step()) id = row.integer(0);
  }
  if (id == 0) return;
  Draft draft;
  draft.values.emplace("done", std::int64_t{1});
  write.update_by_rule("task", id, std::move(draft));
}

std::string shift_date(std::string_view date, int days) {
  const auto parsed = parse_iso_date(date);
  if (!parsed) return {};
  return format_date(date_from_days(days_from_date(*parsed) + days));
}

void advance_stage(Write& write, const Customer& customer, std::string_view to,
                   std::initializer_list<std::string_view> from) {
  if (customer.id == 0 || write.moving()) return;
  const auto record = write.load(*write.catalog().object(customer.object), customer.id);
  if (!record || record->deleted_at != 0) return;
  const std::string_view stage = record->text("stage");
  if (std::find(from.begin(), from.end(), stage) == from.end()) return;
  Draft draft;
  draft.values.emplace("stage", std::string(to));
  write.update_by_rule(customer.object, customer.id, std::move(draft));
}

}  // namespace daifuku::crm
