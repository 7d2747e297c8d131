// Fills an empty ledger with a believable Japanese trading company, its customers and years of
// history. Equal seeds and days give equal values. All names, numbers and addresses are invented.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "auth/accounts.h"
#include "records/engine.h"

namespace daifuku::crm::demo {

struct DemoOptions {
  std::int64_t companies = 300;
  std::uint64_t seed = 1;
  Date today = {};  // the day on which the history ends
};

// What is being done and how far it is; called a few times a second.
enum class Phase { planning, stories, volume, keys, indexes };
using Progress = std::function<void(Phase phase, std::int64_t done, std::int64_t total)>;

// The clock of the history. Thread-safe.
class StoryClock final : public Clock {
 public:
  explicit StoryClock(Millis start) : now_(start) {}
  Millis now() const override { return now_.load(std::memory_order_relaxed); }
  void set(Millis at) { now_.store(at, std::memory_order_relaxed); }
  Millis advance_to(Millis at);  // never back; returns the time after

 private:
  std::atomic<Millis> now_;
};

// People of the demo company. `sellers` are members and the owner, each with the team.
struct Cast {
  struct Seller {
    Id user = 0;
    Id team = 0;
  };
  std::vector<Seller> sellers = {};  // the first is the owner
  Id owner() const { return sellers.front().user; }
};

inline constexpr std::string_view kCompanyName = "見本商事株式会社";
inline constexpr std::string_view kPassword = "daifuku-demo";
inline constexpr std::string_view kOwnerEmail = "demo@example.jp";

// The demo company, its teams and users; all have kPassword.
Cast make_cast(auth::Accounts& accounts,
               const std::function<std::shared_ptr<const meta::Catalog>()>& catalog);

// Firms whose whole history is lived through, through the engine; the others of a large ledger are
// made in volume.
std::int64_t story_count(const DemoOptions& options);

struct Made {
  std::int64_t events = 0;  // of the stories, and records in volume
};
// `engine` runs on `clock`, which is moved through the years. The ledger must be empty.
Made fill(records::Engine& engine, StoryClock& clock, const Cast& cast, const DemoOptions& options,
          const Progress& progress);

// What one person wrote on one day, at most 200 events: `run` writes it.
struct Told {
  Millis at = 0;          // of the last of them
  std::size_t actor = 0;  // of Cast::sellers
  std::int64_t events = 0;
  std::function<void(records::Write&)> run = {};
};
// The stories of options.companies firms, in the order of their days. What `tell` was given holds
// only while it runs. Returns the number of events.
std::int64_t tell_stories(const Cast& cast, const DemoOptions& options, const Progress& progress,
                          const std::function<void(const Told&)>& tell);

}  // namespace daifuku::crm::demo
