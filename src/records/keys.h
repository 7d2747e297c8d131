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
    unique = 'u'
  };
  Sort sort = text;
  std::int64_t hash = 0;
};

std::int64_t key_hash(std::uint32_t object, MatchKey::Sort sort, std::string_view text);
std::vector<MatchKey> match_keys(const ObjectPlan& plan, const meta::Values& values);
// Keys under which a name typed in another file or form may be found.
std::vector<MatchKey> reference_keys(const meta::ObjectDef& object, std::string_view typed);
std::string unique_text(const meta::FieldDef& field, const meta::Value& value);

}  // namespace daifuku::records
