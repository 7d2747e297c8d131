#include "records/text_filter.h"

#include <algorithm>
#include <optional>

#include "records/engine.h"
#include "records/id_list.h"
#include "store/schema.h"
#include "text/filter_text.h"
#include "text/fold.h"

namespace daifuku::records {

using meta::FieldDef;
using Search = meta::FieldKind::Search;
using text::FilterText;

namespace {

// So many candidates of the search index are looked at one by one; where there are more, the
// embedded store compares row by row on its way along the list, which soon fills a page.
constexpr std::size_t kFewCandidates = 2'000;
// PostgreSQL has no fold of ours: all candidates are compared here.
constexpr std::size_t kManyCandidates = 50'000;
constexpr std::size_t kSlice = 1'000;
constexpr int kPage = 20'000;

FilterText kind_of(const FieldDef& field) {
  switch (field.kind->search) {
    case Search::name:
      return FilterText::name;
    case Search::phone:
    case Search::digits:
      return FilterText::digits;
    case Search::email:
      return FilterText::marks;
    case Search::words:
    case Search::none:
      break;
  }
  return field.kind->name == "url" ? FilterText::marks : FilterText::words;
}

class Matcher {
 public:
  Matcher(Engine& engine, const TextCondition& wanted)
      : wanted_(wanted),
        plan_(engine.plan(wanted.object)),
        kind_(kind_of(wanted.field)),
        needle_(text::filter_needle(kind_, wanted.typed, wanted.at_start)) {}

  bool folds() const { return !needle_.parts.empty(); }
  const text::FilterNeedle& needle() const { return needle_; }
  FilterText kind() const { return kind_; }

  // Ids that match, when the search index says that there are few candidates.
  std::optional<std::vector<Id>> few(store::Connection& connection, std::size_t most) {
    const bool indexed =
        wanted_.field.searchable && !plan_.search.empty() && !wanted_.trash &&
        (kind_ != FilterText::marks || wanted_.field.kind->search == Search::email);
    if (!indexed || std::ranges::any_of(needle_.grams, &std::vector<std::string>::empty))
      return std::nullopt;
    std::vector<Id> candidates;
    for (const auto& grams : needle_.grams) {
      store::search_ids(connection, plan_.search, grams, 0, [&](Id id) {
        candidates.push_back(id);
        return candidates.size() <= most;
      });
      if (candidates.size() > most) return std::nullopt;
    }
    std::ranges::sort(candidates);
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    std::vector<Id> out;
    const std::string sql = select() + " AND " + in_ids(connection.dialect(), "t");
    for (std::size_t from = 0; from < candidates.size(); from += kSlice) {
      auto rows = connection.query(sql);
      rows.bind(ids_text(
          std::span(candidates).subspan(from, std::min(kSlice, candidates.size() - from))));
      while (rows.step()) take(rows, out);
    }
    return out;
  }

  // Ids that match among all rows, page by page.
  std::vector<Id> all(store::Connection& connection) {
    std::vector<Id> out;
    Id last = 0;
    for (int seen = kPage; seen == kPage;) {
      auto rows = connection.query(select() + " AND t.id > ? ORDER BY t.id LIMIT ?");
      rows.bind(last, kPage);
      for (seen = 0; rows.step(); ++seen) {
        last = rows.integer(0);
        take(rows, out);
      }
    }
    return out;
  }

 private:
  std::string select() const {
    const std::string name = column("t", wanted_.field);
    return "SELECT t.id, " + name + " FROM " + plan_.table + " t WHERE {t} AND " + name +
           " IS NOT NULL AND t.deleted_at IS " + (wanted_.trash ? "NOT NULL" : "NULL");
  }
  void take(store::Query& row, std::vector<Id>& out) {
    text::filter_lines(kind_, row.text(1), lines_);
    if (text::filter_matches(needle_, lines_)) out.push_back(row.integer(0));
  }

  const TextCondition& wanted_;
  const ObjectPlan& plan_;
  FilterText kind_;
  text::FilterNeedle needle_;
  std::string lines_;
};

// Only punctuation was typed: as it is written.
std::string as_written(const TextCondition& wanted, store::Dialect dialect,
                       std::vector<meta::Value>& binds) {
  const std::string name = column(wanted.alias, wanted.field);
  const std::string needle = text::nfc(wanted.typed);
  if (needle.empty()) return {};
  binds.emplace_back(needle);
  const std::string place =
      (dialect == store::Dialect::postgres ? "strpos(" : "instr(") + name + ", ?)";
  return place + (wanted.at_start ? " = 1" : " > 0");
}

}  // namespace

std::string text_condition(Engine& engine, const TextCondition& wanted,
                           std::vector<meta::Value>& binds) {
  const store::Dialect dialect = engine.database().dialect();
  const bool postgres = dialect == store::Dialect::postgres;
  Matcher matcher(engine, wanted);
  if (!matcher.folds()) return as_written(wanted, dialect, binds);
  std::optional<std::vector<Id>> ids;
  engine.database().read([&](store::Connection& connection) {
    ids = matcher.few(connection, postgres ? kManyCandidates : kFewCandidates);
    if (!ids && postgres) ids = matcher.all(connection);
  });
  if (ids) {
    if (ids->empty()) return "1 = 0";
    binds.emplace_back(ids_text(*ids));
    return in_ids(dialect, wanted.alias);
  }
  std::string sql;
  for (const std::string& part : matcher.needle().parts) {
    binds.emplace_back(part);
    sql += sql.empty() ? "" : " OR ";
    sql += "instr(daifuku_lines(" + std::to_string(static_cast<int>(matcher.kind())) + ", " +
           column(wanted.alias, wanted.field) + "), ?) > 0";
  }
  return "(" + sql + ")";
}

}  // namespace daifuku::records
