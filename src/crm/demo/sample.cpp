#include "crm/demo/sample.h"

#include <set>
#include <vector>

#include "crm/demo/demo.h"

namespace daifuku::crm::demo {
namespace {

constexpr std::string_view kBatch = "sample_batch";  // setting: the batch that made the sample
constexpr std::int64_t kMostRecords = 20'000;

struct Piece {
  std::uint32_t object = 0;
  Id record = 0;
};

// What the batch made and nobody threw away, newest first: lines come before what they belong to.
std::vector<Piece> alive(store::Connection& connection, const meta::Catalog& catalog, Id batch) {
  std::vector<Piece> made;
  {
    auto rows = connection.query(
        "SELECT h.object_id, h.record_id FROM history h WHERE {h} AND h.batch_id = ? AND "
        "h.action = 'create' ORDER BY h.id DESC LIMIT ?");
    rows.bind(batch, kMostRecords);
    while (rows.step())
      made.push_back({static_cast<std::uint32_t>(rows.integer(0)), rows.integer(1)});
  }
  std::vector<Piece> out;
  for (const Piece& each : made) {
    const meta::ObjectDef* object = catalog.by_id(each.object);
    if (object == nullptr) continue;
    auto row = connection.query("SELECT 1 FROM r_" + object->key +
                                " t WHERE {t} AND t.id = ? AND t.deleted_at IS NULL");
    row.bind(each.record);
    if (row.step()) out.push_back(each);
  }
  return out;
}

// Products, plans and the like that something outside of the sample has come to use.
bool used_elsewhere(records::Write& write, const meta::ObjectDef& object, Id id,
                    const std::set<Id>& sample) {
  if (object.customer || !object.customer_links.empty()) return false;
  for (const meta::ObjectDef& other : write.catalog().objects()) {
    for (const meta::FieldDef& field : other.expanded) {
      if (field.target != object.key || field.kind->name != "link") continue;
      for (const Id user : write.pointing_to(other.key, field.key, id))
        if (!sample.contains(user)) return true;
    }
  }
  return false;
}

bool any_customer(store::Connection& connection, const meta::Catalog& catalog) {
  for (const meta::ObjectDef& object : catalog.objects()) {
    if (!object.customer) continue;
    auto row = connection.query("SELECT 1 FROM r_" + object.key +
                                " t WHERE {t} AND t.deleted_at IS NULL LIMIT 1");
    if (row.step()) return true;
  }
  return false;
}

Id batch_of(auth::Accounts& accounts) { return decode_id(accounts.setting(kBatch)).value_or(0); }

}  // namespace

SampleState sample_state(records::Engine& engine, auth::Accounts& accounts) {
  SampleState state;
  const Id batch = batch_of(accounts);
  const auto catalog = engine.catalog();
  engine.database().read([&](store::Connection& connection) {
    state.possible = !any_customer(connection, *catalog);
    state.records = batch == 0 ? 0 : std::ssize(alive(connection, *catalog, batch));
  });
  return state;
}

SampleChange put_sample(records::Engine& engine, auth::Accounts& accounts, Id user, Id team) {
  const auto access = auth::Access::system(engine.catalog(), user);
  const Cast cast{.sellers = {{user, team}}};
  const DemoOptions options{.companies = kSampleCompanies,
                            .today = local_date(engine.clock().now())};
  const records::Caller caller{.access = access, .source = records::Source::demo};
  const Id change = engine.write(caller, [&](records::Write& write) {
    // Inside, so that of two who press at once only one is heard.
    if (any_customer(write.tx(), write.catalog()))
      throw AppError(Status::conflict, "sample_not_empty");
    auth::Accounts::put_setting(write.tx(), kBatch, encode_id(write.batch()));
    tell_stories(
        cast, options, [](Phase, std::int64_t, std::int64_t) {},
        [&](const Told& told) {
          write.tell_of(told.at);
          told.run(write);
        });
  });
  return {change, sample_state(engine, accounts).records};
}

SampleChange clear_sample(records::Engine& engine, auth::Accounts& accounts, Id user) {
  SampleChange gone;
  const Id batch = batch_of(accounts);
  if (batch == 0) return gone;
  const auto access = auth::Access::system(engine.catalog(), user);
  gone.change = engine.write(
      {.access = access, .source = records::Source::screen}, [&](records::Write& write) {
        gone.records = 0;  // a transaction may run again
        const std::vector<Piece> pieces = alive(write.tx(), write.catalog(), batch);
        std::set<Id> sample;
        for (const Piece& each : pieces) sample.insert(each.record);
        for (const Piece& each : pieces) {
          const meta::ObjectDef& object = *write.catalog().by_id(each.object);
          // A rule of an earlier one may have taken it along.
          if (!write.is_alive(object, each.record)) continue;
          if (used_elsewhere(write, object, each.record, sample)) {
            // With it stays what it belongs to, which was made before and comes later.
            sample.erase(each.record);
            continue;
          }
          write.remove(object, each.record);
          ++gone.records;
        }
      });
  return gone;
}

}  // namespace daifuku::crm::demo
