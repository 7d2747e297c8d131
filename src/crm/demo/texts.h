// What people write down after a call, a visit or a mail. `{品}` is the product, `{相手}` the
// person, `{関心}` what is on the customer's mind, `{数}` a number, `{月}` a month.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "crm/demo/random.h"

namespace daifuku::crm::demo {

struct Talk {
  std::string_view kind;       // option of activity.kind
  std::string_view direction;  // option of activity.direction
  std::string_view subject;
  std::string_view content;
};
enum class Moment {
  first,
  keeping,
  hearing,
  proposing,
  quoting,
  negotiating,
  won,
  lost,
  delivered,
  trouble
};
const Talk& pick_talk(Random& random, Moment moment);

struct Asked {
  std::string_view subject, content, answer;
};
const Asked& pick_question(Random& random);
struct Complaint {
  std::string_view type, severity, subject, content, answer, cause, countermeasure;
};
const Complaint& pick_complaint(Random& random);

struct Filling {
  std::string_view product, person, concern;
};
std::string fill_in(std::string_view pattern, const Filling& filling, Random& random);

}  // namespace daifuku::crm::demo
