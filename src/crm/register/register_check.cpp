#include "crm/register/register_check.h"

#include "base/log.h"
#include "records/schema.h"
#include "text/corporate_number.h"

namespace daifuku::crm {

using exchange::RegisteredCompany;
using records::Caller;
using Progress = RegisterCheck::State::Status;

namespace {

constexpr std::int64_t kReadAtOnce = 1'000;
constexpr std::size_t kMostOfOneName = 200;

std::string_view name_of(Progress status) {
  static constexpr std::string_view kNames[] = {"never", "running", "done", "failed"};
  return kNames[static_cast<std::size_t>(status)];
}

}  // namespace

std::vector<store::Table> RegisterCheck::tables() {
  using enum store::ColumnType;
  return {{.name = "register_proposal",
           .columns = {{"company_id", integer, true, {}},
                       {"matter", text, true, {}},
                       {"number", text, true, {}},
                       {"old_a", text, true, {}},
                       {"old_b", text, true, {}},
                       {"percent", integer, true, {}},
                       {"reasons", text, true, {}},
                       {"source_on", integer, true, {}},
                       {"decision", text, true, {}},
                       {"scan_id", integer, true, {}},
                       {"decided_by", integer, false, {}},
                       {"decided_at", integer, false, {}}},
           .key = {"company_id", "matter", "number"},
           .clustered = true,
           .indexes = {{"register_proposal_queue",
                        {"matter", "decision", "percent", "company_id", "number"},
                        false,
                        {}}}},
          {.name = "register_check",
           .columns = {{"id", integer, true, {}},
                       {"status", text, true, {}},
                       {"companies", integer, true, {}},
                       {"proposals", integer, true, {}},
                       {"finished_at", integer, true, {}}},
           .key = {"id"}}};
}

void RegisterCheck::start(const Caller& caller) {
  if (!caller.access.administers()) throw AppError(Status::forbidden, "forbidden");
  if (table_.empty()) throw AppError(Status::conflict, "register_empty");
  const std::lock_guard lock(mutex_);
  if (stopping_ || state_.status == Progress::running) return;
  if (thread_.joinable()) thread_.join();
  state_ = {.status = Progress::running};
  thread_ = std::thread([this] { run(); });
}

void RegisterCheck::wait() {
  std::thread thread;
  {
    const std::lock_guard lock(mutex_);
    thread.swap(thread_);
  }
  if (thread.joinable()) thread.join();
}

void RegisterCheck::stop() {
  stopping_ = true;
  wait();
}

void RegisterCheck::run() {
  Progress status = Progress::failed;
  try {
    const Id scan = engine_.ids().next();
    Id after = 0;
    for (bool more = true; more && !stopping_;) check_slice(after, scan, more);
    if (!stopping_) {
      engine_.database().write([&](store::Transaction& tx) {
        tx.query(
              "DELETE FROM register_proposal WHERE {register_proposal} AND decision = 'open' AND "
              "scan_id <> ?")
            .bind(scan)
            .run();
      });
      status = Progress::done;
    }
  } catch (const std::exception& error) {
    log::error("register_check_failed", {{"reason", error.what()}});
  }
  State now;
  {
    const std::lock_guard lock(mutex_);
    state_.status = status;
    state_.finished_at = engine_.clock().now();
    now = state_;
  }
  try {
    engine_.database().write([&](store::Transaction& tx) {
      tx.query(
            "INSERT INTO register_check ({tenant_id}, id, status, companies, proposals, "
            "finished_at) VALUES ({tenant}, 1, ?, ?, ?, ?) ON CONFLICT ({tenant_id}, id) DO UPDATE "
            "SET status = excluded.status, companies = excluded.companies, proposals = "
            "excluded.proposals, finished_at = excluded.finished_at")
          .bind(name_of(now.status), now.companies, now.proposals, now.finished_at)
          .run();
    });
  } catch (const std::exception& error) {
    log::error("register_check_failed", {{"reason", error.what()}});
  }
}

std::int64_t RegisterCheck::check_slice(Id& after, Id scan, bool& more) {
  const auto catalog = engine_.catalog();
  const meta::ObjectDef& object = *catalog->object("company");
  const records::ObjectPlan& plan = engine_.plan(object);
  std::string columns = "t.id";
  for (const char* key : {"name", "name_kana", "postal_code", "prefecture", "city", "street",
                          "building", "corporate_number", "stage", "branch"})
    columns += ", " + records::column("t", *object.field(key));
  std::vector<CheckedCompany> companies;
  std::vector<RegisterProposal> found;
  engine_.database().read([&](store::Connection& connection) {
    companies.clear();
    found.clear();
    {
      auto rows = connection.query("SELECT " + columns + " FROM " + plan.table +
                                   " t WHERE {t} AND t.deleted_at IS NULL AND t.id > ? ORDER BY "
                                   "t.id LIMIT ?");
      rows.bind(after, kReadAtOnce);
      while (rows.step()) {
        const auto text = [&rows](int at) { return std::string(rows.text(at)); };
        companies.push_back({.id = rows.integer(0),
                             .name = text(1),
                             .kana = text(2),
                             .postal_code = text(3),
                             .prefecture = text(4),
                             .city = text(5),
                             .street = text(6),
                             .building = text(7),
                             .number = text(8),
                             .stage = text(9),
                             .branch = text(10)});
      }
    }
    for (const CheckedCompany& company : companies) {
      std::vector<RegisterProposal> proposals;
      if (company.number.empty()) {
        proposals = match_company(
            company, exchange::RegisterTable::named(connection, company.name, kMostOfOneName));
      } else if (const auto registered = exchange::RegisterTable::find(
                     connection, std::strtoll(company.number.c_str(), nullptr, 10))) {
        proposals = compare_company(company, *registered);
      }
      std::ranges::move(proposals, std::back_inserter(found));
    }
  });
  more = static_cast<std::int64_t>(companies.size()) == kReadAtOnce;
  if (!companies.empty()) after = companies.back().id;
  engine_.database().write([&](store::Transaction& tx) {
    for (const RegisterProposal& one : found) {
      // What was refused stays refused until the register has something newer.
      tx.query(
            "INSERT INTO register_proposal ({tenant_id}, company_id, matter, number, old_a, old_b, "
            "percent, reasons, source_on, decision, scan_id) VALUES ({tenant}, ?, ?, ?, ?, ?, ?, "
            "?, "
            "?, 'open', ?) ON CONFLICT ({tenant_id}, company_id, matter, number) DO UPDATE SET "
            "old_a = excluded.old_a, old_b = excluded.old_b, percent = excluded.percent, reasons = "
            "excluded.reasons, scan_id = excluded.scan_id, decision = CASE WHEN excluded.source_on "
            "> register_proposal.source_on THEN 'open' ELSE register_proposal.decision END, "
            "source_on = excluded.source_on")
          .bind(one.company, matter_name(one.matter), one.number, one.old_a, one.old_b, one.percent,
                one.reasons, one.source_on, scan)
          .run();
    }
  });
  const std::lock_guard lock(mutex_);
  state_.companies += static_cast<std::int64_t>(companies.size());
  state_.proposals += static_cast<std::int64_t>(found.size());
  return static_cast<std::int64_t>(found.size());
}

void RegisterCheck::state_json(const Caller& caller, std::string& out) const {
  State state;
  {
    const std::lock_guard lock(mutex_);
    state = state_;
  }
  if (state.status == Progress::never) {
    engine_.database().read([&](store::Connection& connection) {
      auto row = connection.query(
          "SELECT c.status, c.companies, c.proposals, c.finished_at FROM register_check c WHERE "
          "{c} "
          "AND c.id = 1");
      if (!row.step()) return;
      state = {.status = row.text(0) == "done" ? Progress::done : Progress::failed,
               .companies = row.integer(1),
               .proposals = row.integer(2),
               .finished_at = row.integer(3)};
    });
  }
  JsonWriter json(out);
  json.begin_object().field("status", name_of(state.status));
  json.field("may_check", caller.access.administers()).field("empty", table_.empty());
  // How much there is of all the ledger is not told to those who see a part of it.
  const meta::ObjectDef* object = caller.access.catalog().object("company");
  const bool whole = object != nullptr && caller.access.object(*object).read == auth::Scope::all;
  if (whole && state.status != Progress::never)
    json.field("companies", state.companies).field("proposals", state.proposals);
  if (state.finished_at != 0) json.field("finished_at", format_instant(state.finished_at));
  json.end_object();
}

}  // namespace daifuku::crm
