// Volume loads: the same row, lists, search index, timeline, tags and history as any write, without
// what a load that vouches for its records does not need.
#include "records/engine.h"
#include "records/keys.h"
#include "records/write.h"

namespace daifuku::records {

void Write::put(const meta::ObjectDef& object, const Record& record, std::vector<KeyRow>& keys) {
  const ObjectPlan& plan = engine_.plan(object);
  {
    auto insert = tx_.query(plan.insert);
    const auto or_null = [](Id value) { return value == 0 ? meta::Value() : meta::Value(value); };
    insert.bind(record.id, record.version, record.created_at, record.created_by, record.updated_at,
                record.updated_by, or_null(record.owner), or_null(record.team),
                or_null(record.customer_owner), or_null(record.customer_team), nullptr, nullptr);
    for (const meta::FieldDef* field : plan.stored) insert.bind(record.get(field->key));
    insert.run();
  }
  if (!plan.formulas.empty()) refresh_formulas(object, record.id);
  written_.emplace_back(object.id, record.id);
  write_lists(plan, nullptr, &record);
  for (const MatchKey& key : kept_keys(plan, record.values)) keys.push_back({key.hash, record.id});
  write_search(plan, nullptr, &record);
  write_timeline(plan, nullptr, &record);
  write_tags(plan, nullptr, &record);
  write_kept(plan, nullptr, &record);
  write_history(plan, nullptr, &record, "create", record);
}

void Write::put_keys(std::span<const KeyRow> keys) {
  for (const KeyRow& key : keys) {
    tx_.query(
           "INSERT INTO match_key ({tenant_id}, hash, record_id) VALUES ({tenant}, ?, ?) ON "
           "CONFLICT DO NOTHING")
        .bind(key.hash, key.record)
        .run();
  }
}

}  // namespace daifuku::records
