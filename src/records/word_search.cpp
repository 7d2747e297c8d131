#include "records/word_search.h"

#include <algorithm>

#include "meta/derive.h"
#include "records/search_index.h"

namespace daifuku::records {

using auth::Scope;
using meta::FieldDef;

namespace {

// Ways to combine the forms of the terms: each is a list of grams that a record must all have.
std::vector<std::vector<std::string>> gram_lists(const text::SearchQuery& query) {
  std::vector<std::vector<std::string>> out{{}};
  for (const text::Term& term : query.terms) {
    std::vector<std::vector<std::string>> next;
    for (const auto& base : out) {
      for (const text::Form& form : term.forms) {
        auto& list = next.emplace_back(base);
        list.insert(list.end(), form.grams.begin(), form.grams.end());
        if (next.size() >= 64) break;
      }
    }
    out = std::move(next);
  }
  std::erase_if(out, [](const auto& list) { return list.empty(); });
  return out;
}

}  // namespace

WordSearch::WordSearch(Engine& engine, const Caller& caller, const meta::ObjectDef& object,
                       std::string_view typed)
    : engine_(engine), plan_(engine.plan(object)), query_(text::parse_search(typed)) {
  const Scope scope = caller.access.object(object).read;
  if (query_.empty() || plan_.search.empty() || scope == Scope::none) return;
  grams_ = gram_lists(query_);
  // One's own records are found by one's own token, not by walking everybody's.
  if (scope == Scope::own) {
    for (auto& list : grams_) list.push_back(owner_token(caller.access.user()));
  }
  scope_ = caller.access.condition(object, scope, "t");
  probe_ = "SELECT t.id";
  for (const FieldDef* field : plan_.searchable) {
    if (caller.access.field(object, field->key) < meta::FieldRight::read) continue;
    fields_.push_back(field);
    probe_ += ", " + column("t", *field);
  }
  probe_ += " FROM " + plan_.table + " t WHERE {t} AND t.id = ? AND t.deleted_at IS NULL";
  if (!scope_.sql.empty()) probe_ += " AND " + scope_.sql;
}

void WordSearch::candidates(store::Connection& connection, int enough,
                            const std::function<bool(Id)>& take) const {
  for (const auto& list : grams_) {
    int taken = 0;
    store::search_ids(connection, plan_.search, list, 0, [&](Id id) {
      if (take(id)) ++taken;
      return taken < enough;
    });
  }
}

std::optional<std::vector<Id>> WordSearch::all_candidates(store::Connection& connection,
                                                          std::size_t most) const {
  std::vector<Id> out;
  for (const auto& list : grams_) {
    bool more = false;
    store::search_ids(connection, plan_.search, list, 0, [&](Id id) {
      more = out.size() >= most;
      if (!more) out.push_back(id);
      return !more;
    });
    if (more) return std::nullopt;
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

store::SearchCondition WordSearch::condition() const {
  return store::search_condition(engine_.database().dialect(), plan_.search, grams_);
}

bool WordSearch::verified(store::Connection& connection, Id id) const {
  auto row = connection.query(probe_);
  row.bind(id);
  for (const Id bind : scope_.binds) row.bind(bind);
  if (!row.step()) return false;
  SearchTexts texts(plan_);
  std::vector<std::string> shown;
  shown.reserve(fields_.size());
  int at = 1;
  for (const FieldDef* field : fields_) {
    if (!row.is_null(at)) {
      if (field->kind->storage == meta::Storage::text) {
        texts.add(*field, row.text(at));
      } else {
        shown.push_back(meta::value_text(*field, row.integer(at)));
        texts.add(*field, shown.back());
      }
    }
    ++at;
  }
  return text::verify(query_, texts.finish());
}

}  // namespace daifuku::records
