// Names and numbers of people, firms and places for the demo. All firms and people are invented;
// phone numbers begin with an exchange that Japan does not use, mail and web addresses are of the
// domains kept for examples (RFC 2606).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crm/demo/random.h"

namespace daifuku::crm::demo {

struct Name {
  std::string_view text;
  std::string_view kana;
  std::string_view romaji;
};

struct PersonWords {
  Name family;
  Name given;
  bool female = false;
};
PersonWords pick_person(Random& random);

struct Place {
  std::string postal_code;
  std::string prefecture;
  std::string city;
  std::string street;  // town and number
  std::string_view area_code;
  std::string_view city_short;  // 仙台
  std::string_view city_kana;   // センダイ
};
Place pick_place(Random& random);

// 03-0123-4567: no exchange begins with 0, so it rings nowhere.
std::string landline(Random& random, std::string_view area_code);
std::string mobile(Random& random);
std::string building(Random& random);  // empty for most

// The stem of a firm's name: a family's, an auspicious word, with the town's before it at times.
struct Stem {
  std::string text;
  std::string kana;
  std::string romaji;
};
Stem pick_stem(Random& random, const Place& place);

}  // namespace daifuku::crm::demo
