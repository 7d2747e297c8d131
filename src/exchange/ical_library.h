// libical as this product uses it.
#pragma once

#include <libical/ical.h>

#include <memory>
#include <mutex>

namespace daifuku::exchange {

// Before the first call of the library: as it comes, it ends the program at what it cannot read.
inline void prepare_ical() {
  static std::once_flag once;
  std::call_once(once, [] { icalerror_set_errors_are_fatal(0); });
}

struct FreeIcal {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
  void operator()(icaltimezone* zone) const { icaltimezone_free(zone, 1); }
  void operator()(icalrecur_iterator* iterator) const { icalrecur_iterator_free(iterator); }
  void operator()(char* text) const { icalmemory_free_buffer(text); }
};
using IcalComponent = std::unique_ptr<icalcomponent, FreeIcal>;

}  // namespace daifuku::exchange
