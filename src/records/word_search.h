// Words as typed into a search box, asked of one object's records for one caller: the gram index
// gives candidates, the text of the record itself decides.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/engine.h"
#include "store/schema.h"
#include "text/search_query.h"

namespace daifuku::records {

class WordSearch {
 public:
  WordSearch(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
             std::string_view typed);

  // Nothing in it that can be searched, or nothing the caller could find: no record matches.
  bool empty() const { return grams_.empty(); }

  // Calls `take` with the candidates of each form, newest first within a form, until it took
  // `enough` of that form.
  void candidates(store::Connection& connection, int enough,
                  const std::function<bool(Id)>& take) const;
  // All candidates, each once and sorted, when there are at most `most`.
  std::optional<std::vector<Id>> all_candidates(store::Connection& connection,
                                                std::size_t most) const;
  // The same as a condition on t.id, for any number of them.
  store::SearchCondition condition() const;

  // Whether the record is there, may be seen by the caller, and has the words in the fields that he
  // may read.
  bool verified(store::Connection& connection, Id id) const;

 private:
  Engine& engine_;
  const ObjectPlan& plan_;
  text::SearchQuery query_;
  std::vector<std::vector<std::string>> grams_;  // any of these; of each all
  std::vector<const meta::FieldDef*> fields_;
  auth::Access::Condition scope_;
  std::string probe_;
};

}  // namespace daifuku::records
