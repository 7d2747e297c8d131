// Exact keys of a record: what finds duplicates, references by name and taken unique values. A key
// is a 64-bit hash of object, sort of key and normalized text; whatever it finds is verified on the
// record.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "records/plan.h"

namespace daifuku::records {

struct MatchKey {
  enum Sort : char {
    name = 'n',
    loose_name = 'l',
    kana = 'k',
    phone = 'p',
    email = 'm',
    number = 'd',
    text = 't',
    unique = 'u',
    begins = 'b',
    placed = 'c'
  };
  Sort sort = text;
  std::int64_t hash = 0;
};

std::int64_t key_hash(std::uint32_t object, MatchKey::Sort sort, std::string_view text);
// Of what the values say as a whole.
std::vector<MatchKey> match_keys(const ObjectPlan& plan, const meta::Values& values);
// Its names in their city: of a name that thousands bear, those that may be one. Empty without a
// city.
std::vector<MatchKey> placed_keys(const ObjectPlan& plan, const meta::Values& values);
// All that is kept of a record: those, and what the names of companies begin with.
std::vector<MatchKey> kept_keys(const ObjectPlan& plan, const meta::Values& values);

// The kept keys of names that begin like this one (CompanyKey::loose), each once or by chance: six
// letters are told apart. The key of the name itself is the first.
struct KeyRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
};
KeyRange keys_of_beginning(std::uint32_t object, std::string_view name);
// Keys under which a name typed in another file or form may be found.
std::vector<MatchKey> reference_keys(const meta::ObjectDef& object, std::string_view typed);
std::string unique_text(const meta::FieldDef& field, const meta::Value& value);

}  // namespace daifuku::records
