// Who has which record open now, and which field he edits. In memory only, of this server only, and
// never in the history: a seat that is not confirmed for a while is empty. See docs/decisions/0040.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace daifuku::api {

class Routes;

// Thread-safe. Knows nothing of rights: who asks must be known to see the record.
class Presence {
 public:
  static constexpr Millis kStays = 45'000;          // of a seat without a word
  static constexpr Millis kQuiet = 200;             // between two changes of a seat that are told
  static constexpr std::size_t kMostOfUser = 30;    // tabs; the one heard of longest ago gives way
  static constexpr std::size_t kMostSeats = 5'000;  // of all; more are not kept

  struct Place {
    std::uint32_t object = 0;
    Id record = 0;
    bool operator<(const Place& other) const {
      return std::tie(object, record) < std::tie(other.object, other.record);
    }
  };
  struct Other {
    Id user = 0;
    std::string field = {};  // key of the one that he edits; empty: he looks
    bool operator==(const Other&) const = default;
  };

  // The user has the place open in that tab. Gives whether the others there are to be told.
  bool come(const Place& place, Id user, std::string_view tab, std::string_view field, Millis now);
  // Gives whether he was there.
  bool leave(const Place& place, Id user, std::string_view tab);
  // Users at the place but this one, each once (editing counts before looking), by id.
  std::vector<Other> others(const Place& place, Id user, Millis now) const;
  bool sits(const Place& place, Id user, Millis now) const;

 private:
  struct Seat {
    std::string field = {};
    Millis heard = 0;
    Millis told = 0;
  };
  using Key = std::pair<Id, std::string>;  // user, tab
  void forget_old(Millis now);
  bool make_room(Id user);

  mutable std::mutex mutex_;
  std::map<Place, std::map<Key, Seat>> places_;
  std::size_t seats_ = 0;
  Millis cleaned_ = 0;
};

void add_presence_routes(Routes& routes);

}  // namespace daifuku::api
