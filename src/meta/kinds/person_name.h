// The parts of a person's name are kept in step: family_name + given_name = name (shown, family
// name first), and the same for the readings. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "meta/value.h"

namespace daifuku::meta {

struct PersonName {
  std::string family = {};
  std::string given = {};
};

// At the first white space (the ideographic one too); 様 and 殿 at the end are dropped. Without a
// space all of it is the family name.
PersonName split_person_name(std::string_view full);
std::string join_person_name(std::string_view family, std::string_view given);

// To be called before a save of an object that has a person_name field called "name": fills in
// `changes` what follows from it. A written name is split, written parts make the name; parts win
// when both are written.
void settle_person_name(Values& changes, const Values& before);

}  // namespace daifuku::meta
