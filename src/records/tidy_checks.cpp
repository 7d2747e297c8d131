#include "records/tidy_checks.h"

#include <algorithm>
#include <set>

#include "auth/accounts.h"
#include "meta/kinds.h"
#include "records/tidy_values.h"
#include "text/email.h"
#include "text/url.h"

namespace daifuku::records {

using meta::FieldDef;
using meta::FieldRight;
using meta::ObjectDef;

std::unique_ptr<TidyWalk> walk_stale(const TidyAsk& ask);  // tidy_stale.cpp

namespace {

const FieldDef* readable(const TidyAsk& ask, std::string_view key) {
  const FieldDef* field = ask.object.field(key);
  return field != nullptr && !field->hidden &&
                 ask.caller.access.field(ask.object, key) >= FieldRight::read
             ? field
             : nullptr;
}

TidyProblem problem(const TidyAsk& ask, const FieldDef* field, meta::Value value,
                    std::string_view code, std::size_t lane) {
  TidyProblem out{.field = field, .value = std::move(value), .lane = lane};
  out.text = message(ask.caller.language, code);
  return out;
}

// --- impossible values ---

std::unique_ptr<TidyWalk> walk_impossible(const TidyAsk& ask) {
  const meta::FieldRights& rights = ask.caller.access.fields(ask.object);
  if (!has_impossible(ask.object, rights)) return nullptr;
  const Date today = local_date(ask.engine.clock().now());
  const auto judge = [&object = ask.object, &rights, today, language = ask.caller.language](
                         store::Connection&, const Record& record) {
    std::vector<TidyProblem> out;
    for (ImpossibleValue& value : impossible_values(object, rights, record, today, language)) {
      TidyProblem found{.field = value.field,
                        .value = record.get(value.field->key),
                        .proposal = std::move(value.proposal)};
      found.text = message(language, value.code, value.params);
      out.push_back(std::move(found));
    }
    return out;
  };
  return std::make_unique<TidyWalk>(ask.engine, ask.caller, ask.object, std::vector<TidyLane>{{}},
                                    judge);
}

// --- mails that bounce ---

std::unique_ptr<TidyWalk> walk_bounced(const TidyAsk& ask) {
  const FieldDef* email = readable(ask, kEmail);
  const FieldDef* status = readable(ask, kEmailStatus);
  if (email == nullptr || status == nullptr) return nullptr;
  std::vector<TidyLane> lanes;
  const std::string there = column("t", *email) + " IS NOT NULL";
  lanes.push_back({.where = column("t", *status) + " = ?",
                   .binds = {std::string(kBounced)},
                   .exact = there,
                   .oldest_first = true,
                   .counted_by_rows = true});
  lanes.push_back({.where = there});
  const auto judge = [ask, email, status](store::Connection&, const Record& record) {
    std::vector<TidyProblem> out;
    const std::string_view address = record.text(email->key);
    if (record.text(status->key) == kBounced) {
      out.push_back(problem(ask, email, record.get(email->key), "tidy_bounces", 0));
    } else if (!text::normalize_email(address) || text::repair_email(address)) {
      out.push_back(problem(ask, email, record.get(email->key), "tidy_value_email", 1));
    }
    return out;
  };
  return std::make_unique<TidyWalk>(ask.engine, ask.caller, ask.object, std::move(lanes), judge);
}

// --- orphans ---

// Where an orphan comes from: the link to what its record should belong to.
struct Home {
  const FieldDef* link = nullptr;
  const ObjectDef* target = nullptr;
  // Fields that only a record with the link is asked for: filled, they miss it.
  std::vector<const FieldDef*> asks = {};
};

Home home_of(const TidyAsk& ask) {
  Home out;
  for (const FieldDef& field : ask.object.expanded) {
    if (field.maturity_when.empty() || field.maturity_when.front() == '!') continue;
    const FieldDef* link = readable(ask, field.maturity_when);
    const ObjectDef* target =
        link == nullptr ? nullptr : ask.caller.access.catalog().object(link->target);
    if (target == nullptr || ask.caller.access.object(*target).read == auth::Scope::none) continue;
    out.link = link;
    out.target = target;
    if (readable(ask, field.key) != nullptr && field.kind->storage != meta::Storage::none)
      out.asks.push_back(&field);
  }
  return out;
}

bool belongs(const TidyAsk& ask, const ObjectDef& target, Id id) {
  const auto record = ask.engine.get(ask.caller, target, id);
  return record && record->deleted_at == 0;
}

// The company that the record's own texts point to, when it is one only.
std::optional<Id> home_by_texts(const TidyAsk& ask, const Home& home, const Record& record) {
  std::set<Id> found;
  ask.engine.database().read([&](store::Connection& connection) {
    found.clear();
    const auto by_name = [&](std::string_view name) {
      if (name.empty()) return;
      for (const Id id : ask.engine.find_by_key(connection, ask.caller, *home.target, name))
        found.insert(id);
    };
    for (const FieldDef* field : home.asks) {
      if (field->kind == &meta::kinds::text) by_name(record.text(field->key));
    }
    // A company of the same name, in place of the one in the trash.
    if (const Id gone = record.integer(home.link->key); gone != 0) {
      const auto old = ask.engine.get(ask.caller, *home.target, gone);
      if (old && ask.caller.access.field(*home.target, home.target->title) >= FieldRight::read)
        by_name(old->text(home.target->title));
    }
  });
  const FieldDef* email = readable(ask, kEmail);
  const std::string domain =
      email == nullptr ? std::string() : text::email_domain(record.text(email->key));
  if (!domain.empty() && !text::is_public_mail_domain(domain)) {
    constexpr int kMost = 20;
    const auto& access = ask.caller.access;
    for (const Id id : ask.engine.search(ask.caller, *home.target, domain, kMost)) {
      const auto company = ask.engine.get(ask.caller, *home.target, id);
      if (!company) continue;
      const bool of_mail = std::ranges::any_of(home.target->expanded, [&](const FieldDef& field) {
        if (access.field(*home.target, field.key) < FieldRight::read) return false;
        if (field.kind == &meta::kinds::email)
          return text::email_domain(company->text(field.key)) == domain;
        if (field.kind != &meta::kinds::url) return false;
        return text::url_domain(company->text(field.key)) == domain;
      });
      if (of_mail) found.insert(id);
    }
  }
  std::erase_if(found, [&](Id id) { return !belongs(ask, *home.target, id); });
  return found.size() == 1 ? std::optional(*found.begin()) : std::nullopt;
}

std::vector<TidyLane> home_lanes(const TidyAsk& ask, const Home& home) {
  std::vector<TidyLane> out;
  const std::string name = column("t", *home.link);
  TidyLane none{.where = name + " IS NULL", .oldest_first = true, .counted_by_rows = true};
  if (home.asks.empty()) none.exact = "1 = 0";  // The caller reads nothing that asks for it.
  for (const FieldDef* field : home.asks)
    none.exact += (none.exact.empty() ? "" : " OR ") + column("t", *field) + " IS NOT NULL";
  out.push_back(std::move(none));
  const auto scope =
      ask.caller.access.condition(*home.target, ask.caller.access.object(*home.target).read, "c");
  TidyLane trashed{.where = name + " IN (SELECT c.id FROM " + ask.engine.plan(*home.target).table +
                            " c WHERE {c} AND c.deleted_at IS NOT NULL" +
                            (scope.sql.empty() ? std::string() : " AND " + scope.sql) + ")",
                   .counted_by_rows = true};
  for (const Id bind : scope.binds) trashed.binds.emplace_back(bind);
  out.push_back(std::move(trashed));
  return out;
}

std::unique_ptr<TidyWalk> walk_orphans(const TidyAsk& ask) {
  if (!ask.object.customer) return nullptr;
  const Home home = home_of(ask);
  std::vector<TidyLane> lanes;
  if (home.link != nullptr) lanes = home_lanes(ask, home);
  const std::size_t no_owner = lanes.size();
  // A person of a company is of the company's owner too.
  lanes.push_back({.where = "t.owner_id IS NULL",
                   .exact = "coalesce(t.customer_owner_id, 0) = 0",
                   .oldest_first = true,
                   .counted_by_rows = no_owner == 0});
  std::vector<Id> gone;
  for (const auth::User& user : ask.accounts.users()) {
    if (!user.disabled) continue;
    gone.push_back(user.id);
    lanes.push_back({.where = "t.owner_id = ?",
                     .binds = {user.id},
                     .oldest_first = true,
                     .counted_by_rows = no_owner == 0});
  }
  const auto judge = [ask, home, gone, no_owner](store::Connection&, const Record& record) {
    std::vector<TidyProblem> out;
    if (home.link != nullptr) {
      const Id id = record.integer(home.link->key);
      const bool asks = std::ranges::any_of(home.asks, [&](const FieldDef* field) {
        return !meta::is_empty(record.get(field->key));
      });
      if (id == 0) {
        if (asks) out.push_back(problem(ask, home.link, {}, "tidy_no_company", 0));
      } else if (const auto target = ask.engine.get(ask.caller, *home.target, id);
                 target && target->deleted_at != 0) {
        out.push_back(problem(ask, home.link, record.get(home.link->key), "tidy_company_gone", 1));
      }
    }
    if (record.owner == 0 && record.customer_owner == 0)
      out.push_back(problem(ask, nullptr, {}, "tidy_no_owner", no_owner));
    const auto left = std::ranges::find(gone, record.owner);
    if (record.owner != 0 && left != gone.end()) {
      const auto lane = no_owner + 1 + static_cast<std::size_t>(left - gone.begin());
      TidyProblem found = problem(ask, nullptr, {}, "tidy_owner_gone", lane);
      found.text = message(ask.caller.language, "tidy_owner_gone",
                           {{"name", ask.engine.user_name(record.owner)}});
      out.push_back(std::move(found));
    }
    return out;
  };
  auto walk =
      std::make_unique<TidyWalk>(ask.engine, ask.caller, ask.object, std::move(lanes), judge);
  if (home.link != nullptr) {
    walk->propose_by([ask, home](TidyFinding& finding) {
      for (TidyProblem& found : finding.problems) {
        if (found.field != home.link) continue;
        if (const auto id = home_by_texts(ask, home, finding.record)) found.proposal = *id;
      }
    });
  }
  return walk;
}

}  // namespace

const TidyRecordCheck* find_record_check(std::string_view key) {
  static constexpr TidyRecordCheck kChecks[] = {{"stale", walk_stale},
                                                {"impossible", walk_impossible},
                                                {"orphans", walk_orphans},
                                                {"bounced", walk_bounced}};
  const auto* found = std::ranges::find(kChecks, key, &TidyRecordCheck::key);
  return found == std::end(kChecks) ? nullptr : found;
}

}  // namespace daifuku::records
