// What of a record is found by search, and how a found record is verified.
#pragma once

#include <string>
#include <vector>

#include "auth/access.h"
#include "records/plan.h"
#include "text/search_query.h"

namespace daifuku::records {

// Distinct tokens of the record, joined by spaces: the grams of its searchable fields and a token
// for each owner, so that a search in one's own records walks only those.
void search_tokens(const ObjectPlan& plan, const Record& record, std::string& out);
std::string owner_token(Id owner);

// The searchable texts of one record, field by field. The parts of an address are one text:
// 東京都千代田区 is found though prefecture and city are two fields.
class SearchTexts {
 public:
  explicit SearchTexts(const ObjectPlan& plan) : plan_(plan) {}
  // `value` must live as long as this. Fields come in the order of the plan.
  void add(const meta::FieldDef& field, std::string_view value);
  const std::vector<text::Searchable>& finish();

 private:
  const ObjectPlan& plan_;
  std::vector<text::Searchable> texts_;
  std::vector<std::string> joined_;  // an address each, parallel to plan_.addresses
};

text::SearchKind search_kind(const meta::FieldDef& field);

std::string history_hash(std::string_view previous, std::int64_t count, Id id, Id actor,
                         std::string_view action, std::uint32_t object, Id record,
                         std::int64_t version, std::string_view salt, std::string_view changes);

}  // namespace daifuku::records
