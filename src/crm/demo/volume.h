// Customers by the million: shorter histories, real rows. Each firm is a company, a person, four
// activities, and an order or a solved inquiry: ten entries on timelines.
#pragma once

#include <cstdint>
#include <vector>

#include "crm/demo/demo.h"
#include "crm/demo/random.h"
#include "records/record.h"
#include "records/write.h"

namespace daifuku::crm::demo {

struct VolumeRecord {
  const meta::ObjectDef* object = nullptr;
  records::Record record = {};
};

class Volume {
 public:
  // `ids` must run on a clock that the caller moves along.
  Volume(const meta::Catalog& catalog, IdGenerator& ids, const Cast& cast, Date today,
         std::uint64_t seed);

  // The records of the n-th firm, in the order in which they may be written; created at that time.
  // Derived numbers are absent, as for any caller who writes through the engine.
  std::vector<VolumeRecord> firm(std::int64_t number, Millis at);
  // Adds what the behaviours of crm/ would keep on the company and the person of one firm.
  static void add_derived(std::vector<VolumeRecord>& firm);

 private:
  const meta::ObjectDef& object(std::string_view key) const { return *catalog_.object(key); }
  const meta::Catalog& catalog_;
  IdGenerator& ids_;
  const Cast& cast_;
  Date today_;
  std::uint64_t seed_;
};

// Writes `count` firms from `first` on with records::Write::put: in large transactions, match keys
// in one sorted run, secondary indexes of the embedded store made afterwards. Returns the number of
// records.
std::int64_t write_volume(records::Engine& engine, StoryClock& clock, const Cast& cast,
                          const DemoOptions& options, std::int64_t first, std::int64_t count,
                          const Progress& progress);

}  // namespace daifuku::crm::demo
