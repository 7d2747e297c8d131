#include "api/presence.h"

#include <algorithm>

namespace daifuku::api {

bool Presence::come(const Place& place, Id user, std::string_view tab, std::string_view field,
                    Millis now) {
  const std::lock_guard lock(mutex_);
  forget_old(now);
  const Key key(user, tab);
  auto here = places_.find(place);
  const bool known = here != places_.end() && here->second.contains(key);
  if (!known && !make_room(user)) return false;
  // Making room may have emptied the place.
  auto& seats = places_[place];
  Seat& seat = seats[key];
  if (!known) ++seats_;
  const bool changed = !known || seat.field != field || now - seat.heard > kStays;
  seat.field = field;
  seat.heard = now;
  // That a field is free again is never kept quiet.
  if (!changed || (known && !field.empty() && now - seat.told < kQuiet)) return false;
  seat.told = now;
  return true;
}

bool Presence::leave(const Place& place, Id user, std::string_view tab) {
  const std::lock_guard lock(mutex_);
  const auto here = places_.find(place);
  if (here == places_.end() || here->second.erase(Key(user, tab)) == 0) return false;
  --seats_;
  if (here->second.empty()) places_.erase(here);
  return true;
}

std::vector<Presence::Other> Presence::others(const Place& place, Id user, Millis now) const {
  const std::lock_guard lock(mutex_);
  std::vector<Other> out;
  const auto here = places_.find(place);
  if (here == places_.end()) return out;
  for (const auto& [key, seat] : here->second) {
    if (key.first == user || now - seat.heard > kStays) continue;
    // Seats of one user stand together.
    if (out.empty() || out.back().user != key.first) {
      out.push_back({key.first, seat.field});
    } else if (out.back().field.empty()) {
      out.back().field = seat.field;
    }
  }
  return out;
}

bool Presence::sits(const Place& place, Id user, Millis now) const {
  const std::lock_guard lock(mutex_);
  const auto here = places_.find(place);
  if (here == places_.end()) return false;
  return std::ranges::any_of(here->second, [&](const auto& seat) {
    return seat.first.first == user && now - seat.second.heard <= kStays;
  });
}

// Now and then, so that tabs that went without a word do not add up.
void Presence::forget_old(Millis now) {
  if (now - cleaned_ < kStays) return;
  cleaned_ = now;
  for (auto place = places_.begin(); place != places_.end();) {
    seats_ -= std::erase_if(place->second,
                            [&](const auto& seat) { return now - seat.second.heard > kStays; });
    place = place->second.empty() ? places_.erase(place) : std::next(place);
  }
}

bool Presence::make_room(Id user) {
  std::size_t own = 0;
  std::map<Key, Seat>* at = nullptr;
  std::map<Key, Seat>::iterator oldest;
  for (auto& [place, seats] : places_) {
    for (auto seat = seats.lower_bound(Key(user, "")); seat != seats.end(); ++seat) {
      if (seat->first.first != user) break;
      ++own;
      if (at == nullptr || seat->second.heard < oldest->second.heard) {
        at = &seats;
        oldest = seat;
      }
    }
  }
  if (own >= kMostOfUser && at != nullptr) {
    at->erase(oldest);
    --seats_;
    std::erase_if(places_, [](const auto& place) { return place.second.empty(); });
  }
  return seats_ < kMostSeats;
}

}  // namespace daifuku::api
