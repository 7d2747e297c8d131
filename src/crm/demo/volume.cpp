#include "crm/demo/volume.h"

#include <algorithm>
#include <future>

#include "crm/demo/make.h"
#include "crm/demo/texts.h"
#include "crm/objects.h"
#include "meta/derive.h"
#include "records/engine.h"
#include "records/schema.h"
#include "store/search_load.h"

namespace daifuku::crm::demo {

using records::Record;
using records::Write;

Volume::Volume(const meta::Catalog& catalog, IdGenerator& ids, const Cast& cast, Date today,
               std::uint64_t seed)
    : catalog_(catalog), ids_(ids), cast_(cast), today_(today), seed_(seed) {}

std::vector<VolumeRecord> Volume::firm(std::int64_t number, Millis at) {
  Random random(seed_, static_cast<std::uint64_t>(number));
  const auto& seller =
      cast_.sellers[static_cast<std::size_t>(random.below(std::ssize(cast_.sellers)))];
  const Firm words = make_firm(random, number);
  const PersonWords who = pick_person(random);
  std::vector<VolumeRecord> out;
  out.reserve(7);
  Id company = 0;
  const Date day = local_date(at);
  const auto add = [&](std::string_view key, Fields fields) {
    VolumeRecord made{.object = &object(key), .record = {}};
    Record& record = made.record;
    record.id = ids_.next();
    record.version = 1;
    record.created_at = record.updated_at = at;
    record.created_by = record.updated_by = record.owner = seller.user;
    record.team = seller.team;
    if (company != 0) {
      record.customer_owner = seller.user;
      record.customer_team = seller.team;
    }
    record.values = fields.take();
    meta::apply_defaults(*made.object, record.values, format_date(day), at, seller.user);
    out.push_back(std::move(made));
    return out.back().record.id;
  };
  const bool buys = random.chance(40);
  company = add("company", company_fields(words, number, today_, random)
                               .text("stage", buys                ? "customer"
                                              : random.chance(50) ? "prospect"
                                                                  : "potential")
                               .text("stage_changed_on", format_date(day)));
  const Id person = add("person", person_fields(words, who, 0, number, random)
                                      .text("stage", buys ? "customer" : "prospect")
                                      .text("stage_changed_on", format_date(day))
                                      .link("company", company));
  static constexpr Moment kMoments[] = {Moment::first, Moment::keeping, Moment::keeping,
                                        Moment::hearing};
  std::int64_t days_ago = random.between(200, 400);
  for (const Moment moment : kMoments) {
    const ProductWords& product = wanted_product(words, random);
    const Talk& talk = pick_talk(random, moment);
    Fields fields;
    fields.number("happened_at", at - days_ago * 86'400'000 + random.below(500) * 60'000)
        .text("kind", talk.kind)
        .text("direction", talk.direction)
        .text("status", "done")
        .text("subject", talk.subject);
    fields.text("content", fill_in(talk.content,
                                   {.product = product.name,
                                    .person = who.family.text,
                                    .concern = concern(words, random)},
                                   random));
    add("activity", fields.link("company", company).link("person", person));
    days_ago = days_ago * 6 / 10;
  }
  const Date when = days_from(day, -random.between(1, 60));
  const ProductWords& product = wanted_product(words, random);
  if (buys) {
    const std::int64_t amount = product.price * random.between(product.low, product.high);
    const std::int64_t tax = amount * (product.tax == "reduced" ? 8 : 10) / 100;
    Fields fields;
    fields.text("number", "M" + std::to_string(1'000'000 + number))
        .text("ordered_on", format_date(when))
        .text("status", "delivered")
        .text("delivered_on", format_date(days_from(when, 1)));
    fields.text("name", std::string(product.category) + "のご注文")
        .text("channel", "phone")
        .number("amount", amount)
        .number("tax_amount", tax)
        .number("total", amount + tax);
    add("order", fields.link("company", company).link("person", person));
  } else {
    const Asked& asked = pick_question(random);
    const Millis received = start_of_day(when) + (9 * 60 + random.below(480)) * 60'000;
    Fields fields;
    fields.number("received_at", received)
        .text("kind", "question")
        .text("status", "solved")
        .text("method", "email")
        .text("subject", asked.subject)
        .text("response", asked.answer)
        .text("response_method", "email");
    fields
        .text("content", fill_in(asked.content,
                                 {.product = product.name, .person = {}, .concern = {}}, random))
        .number("responded_at", received + 3'600'000)
        .number("solved_at", received + 3'600'000);
    add("inquiry", fields.link("company", company).link("person", person));
  }
  return out;
}

void Volume::add_derived(std::vector<VolumeRecord>& firm) {
  Millis contact = 0;
  const Record* order = nullptr;
  for (const VolumeRecord& made : firm) {
    if (made.object->key == "activity")
      contact = std::max(contact, made.record.integer("happened_at"));
    if (made.object->key == "inquiry")
      contact = std::max(contact, made.record.integer("received_at"));
    if (made.object->key == "order") order = &made.record;
  }
  for (VolumeRecord& made : firm) {
    if (!made.object->customer) continue;
    meta::Values& values = made.record.values;
    values["last_contact_at"] = contact;
    if (order == nullptr) {
      // An inquiry that was solved at once counted and no longer counts.
      continue;
    }
    values["order_count"] = std::int64_t{1};
    values["order_total"] = order->integer("total");
    values["average_order"] = order->integer("total");
    values["first_order_on"] = std::string(order->text("ordered_on"));
    values["last_order_on"] = std::string(order->text("ordered_on"));
  }
}

namespace {

// Secondary indexes of the tables that take the volume. Those of one company's own file only: on
// PostgreSQL other companies may be using them.
void drop_indexes(records::Engine& engine) {
  if (engine.database().dialect() != store::Dialect::sqlite) return;
  static constexpr std::string_view kTables[] = {"r_company", "r_person",  "r_activity",
                                                 "r_order",   "r_inquiry", "history"};
  engine.database().migrate([&](store::Transaction& tx) {
    for (const store::Table& table : records::tables(*engine.catalog())) {
      if (std::find(std::begin(kTables), std::end(kTables), table.name) == std::end(kTables))
        continue;
      for (const store::Index& index : table.indexes)
        tx.query("DROP INDEX IF EXISTS " + index.name).run();
    }
  });
}

void tune_search(records::Engine& engine, bool loading) {
  std::vector<std::string> tables;
  for (const store::Table& table : records::tables(*engine.catalog())) {
    if (table.search) tables.push_back(table.name);
  }
  engine.database().migrate(
      [&](store::Transaction& tx) { store::tune_search(tx, tables, loading); });
}

// One table a transaction keeps the write-ahead log small.
void make_indexes(records::Engine& engine, const Progress& progress) {
  if (engine.database().dialect() != store::Dialect::sqlite) return;
  const auto tables = records::tables(*engine.catalog());
  std::int64_t done = 0;
  for (const store::Table& table : tables) {
    engine.database().migrate([&](store::Transaction& tx) { store::sync_schema(tx, {table}); });
    progress(Phase::indexes, ++done, std::ssize(tables));
  }
}

}  // namespace

std::int64_t write_volume(records::Engine& engine, StoryClock& clock, const Cast& cast,
                          const DemoOptions& options, std::int64_t first, std::int64_t count,
                          const Progress& progress) {
  constexpr std::int64_t kFirmsAtOnce = 2'000;
  constexpr std::size_t kKeysAtOnce = 100'000;
  const auto access = auth::Access::system(engine.catalog(), cast.owner());
  const records::Caller caller{.access = access, .source = records::Source::demo};
  Volume volume(*engine.catalog(), engine.ids(), cast, options.today, options.seed);
  drop_indexes(engine);
  tune_search(engine, true);

  const Millis end = start_of_day(options.today) - 3'600'000;
  const Millis start = std::min(end, std::max(clock.now(), end - Millis{3 * 365} * 86'400'000));
  std::vector<Write::KeyRow> keys;
  std::int64_t records = 0;
  using Slice = std::vector<std::vector<VolumeRecord>>;
  // The next slice is made while the store writes this one.
  const auto make = [&](std::int64_t from) {
    Slice slice;
    const std::int64_t to = std::min(count, from + kFirmsAtOnce);
    slice.reserve(static_cast<std::size_t>(to - from));
    for (std::int64_t n = from; n < to; ++n) {
      slice.push_back(volume.firm(first + n, clock.advance_to(start + (end - start) / count * n)));
      Volume::add_derived(slice.back());
    }
    return slice;
  };
  Slice slice = make(0);
  for (std::int64_t from = 0; from < count; from += kFirmsAtOnce) {
    auto writing =
        std::async(std::launch::async, [&engine, &caller, &keys, slice = std::move(slice)] {
          std::int64_t written = 0;
          const std::size_t keys_before = keys.size();
          engine.write(caller, [&](Write& write) {
            keys.resize(keys_before);  // A repeated transaction begins anew.
            written = 0;
            for (const auto& firm : slice) {
              for (const VolumeRecord& made : firm) write.put(*made.object, made.record, keys);
              written += std::ssize(firm);
            }
          });
          return written;
        });
    Slice next;
    if (from + kFirmsAtOnce < count) next = make(from + kFirmsAtOnce);
    records += writing.get();
    slice = std::move(next);
    progress(Phase::volume, std::min(count, from + kFirmsAtOnce), count);
  }

  std::sort(keys.begin(), keys.end(), [](const auto& a, const auto& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.record < b.record;
  });
  for (std::size_t from = 0; from < keys.size(); from += kKeysAtOnce) {
    const std::span<const Write::KeyRow> part(keys.data() + from,
                                              std::min(kKeysAtOnce, keys.size() - from));
    engine.write(caller, [&](Write& write) { write.put_keys(part); });
    progress(Phase::keys, static_cast<std::int64_t>(from + part.size()), std::ssize(keys));
  }
  tune_search(engine, false);
  make_indexes(engine, progress);
  return records;
}

}  // namespace daifuku::crm::demo
