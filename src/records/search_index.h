// What of a record is found by search, and how a found record is verified.
#pragma once

#include <string>
#include <vector>

#include "auth/access.h"
#include "records/plan.h"
#include "text/search_query.h"

namespace daifuku::records {

// Distinct tokens of the record, joined by spaces: the grams of its searchable fields and a token for each owner, so
// that a search in one's own records walks only those.
void search_tokens(const ObjectPlan& plan, const Record& record, std::string& out);
std::string owner_token(Id owner);

// The searchable texts of a record that the caller may read.
std::vector<text::Searchable> searchable_texts(const ObjectPlan& plan, const Record& record, const meta::FieldRights& rights);

text::SearchKind search_kind(const meta::FieldDef& field);

std::string history_hash(std::string_view previous, std::int64_t count, Id id, Id actor, std::string_view action, std::uint32_t object,
                         Id record, std::int64_t version, std::string_view salt, std::string_view changes);

}  // namespace daifuku::records
