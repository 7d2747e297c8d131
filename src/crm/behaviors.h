// What the product does by itself when a record is saved: dates of changed stages, derived numbers
// of customers, tasks that follow from promises and dates. Plain functions in the transaction of
// the save; the records they make or change belong to the same batch, so that one undo takes all of
// it back.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/engine.h"
#include "records/registry.h"
#include "records/write.h"

namespace daifuku::crm {

// All of them. To be called once at start, before the engine is used.
void add_behaviors(records::Registry& registry);

// By area; called by add_behaviors.
void register_customer_behaviors(records::Registry& registry);
void register_contact_behaviors(records::Registry& registry);
void register_deal_behaviors(records::Registry& registry);
void register_order_behaviors(records::Registry& registry);
void register_contract_behaviors(records::Registry& registry);

// --- shared by the areas ---

// The table of an object, for SQL of a behavior.
const std::string& table_of(records::Write& write, std::string_view object);

// Sets a value of the record being saved; empty text or nullopt empties it.
void set_text(records::Record& record, std::string_view key, std::string text);
void set_integer(records::Record& record, std::string_view key, std::optional<std::int64_t> number);

// The company follows from the person or the deal when it was left empty.
void fill_company(records::Change& change);
// A subject from the first line of a longer text, when there is none.
void fill_subject(records::Change& change, std::string_view subject, std::string_view content,
                  std::string_view fallback);

// The customers (company, person) that a record belongs or belonged to.
struct Customer {
  std::string_view object;
  Id id = 0;
  bool operator==(const Customer&) const = default;
};
std::vector<Customer> customers_of(const records::Change& change);

// Names what is counted of a customer; see Write::settle.
std::string settle_key(std::string_view what, const Customer& customer);

// Kinds of activities that are a contact with the customer; a look at a page or a note of our own
// is none.
inline constexpr std::array<std::string_view, 8> kContactKinds = {
    "call", "visit", "meeting", "email", "chat", "letter", "proposal", "event"};

// A contact at that time: raises last_contact_at of the record's customers. After a change or a
// removal it is worked out anew from all contacts.
void note_contact(records::Change& change);

// Adds to a derived number of the customers what the record counts for now, and takes away what it
// counted for before. `count` gives what one state of the record counts for.
void keep_total(records::Change& change, std::string_view derived,
                std::int64_t (*count)(const records::Record&));

// The task that follows from a record by a rule. One open task a rule and record: it is made, moved
// or taken away as the record changes; a task that was done stays, and is not made again for the
// same day.
struct FollowUp {
  std::string name = {};
  std::string due_on = {};  // ISO; may be empty
  Id owner = 0;
  Id company = 0;
  Id person = 0;
  Id deal = 0;
  Id contract = 0;
  Id order = 0;
  Id activity = 0;
  // Worked out back from a date: never due before today when it is made, and done once for the
  // name.
  bool counted_back = false;
};
void keep_follow_up(records::Write& write, const std::string& rule,
                    const std::optional<FollowUp>& wanted);
// Ticks the open task of the rule off.
void close_follow_up(records::Write& write, const std::string& rule);
std::string rule_name(std::string_view rule, Id record);

// An ISO date moved by days; empty when the date is.
std::string shift_date(std::string_view date, int days);

// The customer moves on to a later stage by itself (a deal makes it negotiating, an order a
// customer); never back, and never from a stage that is not in `from`.
void advance_stage(records::Write& write, const Customer& customer, std::string_view to,
                   std::initializer_list<std::string_view> from);

}  // namespace daifuku::crm
