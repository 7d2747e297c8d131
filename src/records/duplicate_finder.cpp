#include "records/duplicate_finder.h"

#include <algorithm>
#include <cmath>

#include "meta/derive.h"
#include "records/keys.h"
#include "store/schema.h"
#include "text/name_key.h"
#include "text/search_query.h"

namespace daifuku::records {

using matching::Kind;
using meta::FieldDef;

namespace {

// Rows of a frequent key that are looked through for those that have another frequent key too.
constexpr std::int64_t kMostJoined = 2'000;

// Of two records with several keys in common: names weigh most, a shared telephone alone least
// (branches share one).
int weight_of(MatchKey::Sort sort) {
  switch (sort) {
    case MatchKey::number:
      return 10;
    case MatchKey::name:
    case MatchKey::text:
    case MatchKey::email:
      return 5;
    case MatchKey::loose_name:
    case MatchKey::placed:
      return 4;
    default:
      return 2;
  }
}

// A name and its reading tell the same.
bool of_a_name(MatchKey::Sort sort) {
  return sort == MatchKey::name || sort == MatchKey::loose_name || sort == MatchKey::kana ||
         sort == MatchKey::text;
}

std::string first_letters(std::string_view text, std::size_t letters) {
  std::size_t at = 0;
  while (at < text.size() && letters > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
    --letters;
  }
  return std::string(text.substr(0, at));
}
std::string last_letters(std::string_view text, std::size_t letters) {
  std::size_t at = text.size();
  while (at > 0 && letters > 0) {
    --at;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
    --letters;
  }
  return std::string(text.substr(at));
}

struct Hits {
  struct Hit {
    Id id = 0;
    int weight = 0;
  };
  std::vector<Hit> all;
  void add(Id id, int weight) {
    const auto found = std::ranges::find(all, id, &Hit::id);
    if (found == all.end()) {
      all.push_back({id, weight});
    } else {
      found->weight += weight;
    }
  }
};

}  // namespace

DuplicateFinder::DuplicateFinder(const ObjectPlan& plan, const DuplicateModel& model,
                                 Options options)
    : plan_(plan), model_(model), options_(std::move(options)) {
  load_ = "SELECT t.id";
  for (std::size_t i = 0; i < model.compared.size(); ++i) {
    if (!options_.told.empty() && !options_.told[i]) continue;
    for (const FieldDef* part : model.compared[i].parts) {
      if (std::ranges::count(options_.hidden, part) > 0) continue;
      read_.push_back(part);
      load_ += ", " + column("t", *part);
    }
  }
  load_ += " FROM " + plan.table + " t WHERE {t} AND t.id = ? AND t.deleted_at IS NULL";
  if (!options_.scope.sql.empty()) load_ += " AND " + options_.scope.sql;
}

std::optional<DuplicateFinder::Found> DuplicateFinder::compare(store::Connection& connection,
                                                               const matching::LooseRow& row,
                                                               Id other) const {
  Found found{.id = other};
  {
    auto loaded = connection.query(load_);
    loaded.bind(other);
    for (const Id bind : options_.scope.binds) loaded.bind(bind);
    if (!loaded.step()) return std::nullopt;
    int at = 1;
    for (const FieldDef* field : read_) {
      meta::Value value = cell(loaded.statement(), at++, field->kind->storage);
      if (!meta::is_empty(value)) found.values[field->key] = std::move(value);
    }
  }
  const auto comparison = matching::compare_loose(model_.kinds, model_.frequencies, row,
                                                  model_.prepare(found.values, options_.told));
  found.score = model_.score(comparison);
  found.levels = comparison.levels;
  return found;
}

std::vector<Id> DuplicateFinder::records_of(store::Connection& connection,
                                            std::int64_t hash) const {
  auto rows = connection.query(
      "SELECT k.record_id FROM match_key k WHERE {k} AND k.hash = ? ORDER BY k.record_id DESC "
      "LIMIT ?");
  rows.bind(hash, static_cast<std::int64_t>(options_.hits));
  std::vector<Id> out;
  while (rows.step()) out.push_back(rows.integer(0));
  return out;
}

std::vector<Id> DuplicateFinder::candidates(store::Connection& connection,
                                            const meta::Values& values) const {
  const auto keys = match_keys(plan_, values);
  Hits hits;
  std::vector<MatchKey> full;
  for (const MatchKey& key : keys) {
    if (key.sort == MatchKey::unique) continue;
    const auto ids = records_of(connection, key.hash);
    for (const Id id : ids) hits.add(id, weight_of(key.sort));
    if (ids.size() == options_.hits) full.push_back(key);
  }
  // Two facts that are frequent each are rare together.
  for (std::size_t i = 0; i < full.size(); ++i) {
    for (std::size_t j = i + 1; j < full.size(); ++j) {
      if (of_a_name(full[i].sort) && of_a_name(full[j].sort)) continue;
      auto rows = connection.query(
          "SELECT a.record_id FROM (SELECT k.record_id FROM match_key k WHERE {k} AND k.hash = ? "
          "ORDER BY k.record_id DESC LIMIT ?) a JOIN match_key b ON {b} AND b.hash = ? AND "
          "b.record_id = a.record_id LIMIT ?");
      rows.bind(full[i].hash, kMostJoined, full[j].hash, static_cast<std::int64_t>(options_.hits));
      while (rows.step())
        hits.add(rows.integer(0), weight_of(full[i].sort) + weight_of(full[j].sort));
    }
  }
  const bool many_of_the_name =
      std::ranges::any_of(full, [](const MatchKey& key) { return of_a_name(key.sort); });

  for (std::size_t i = 0; i < model_.compared.size(); ++i) {
    if (!options_.told.empty() && !options_.told[i]) continue;
    const ComparedField& compared = model_.compared[i];
    if (compared.kind == Kind::belonging) {
      const meta::Value& link = meta::get(values, compared.field->key);
      if (meta::is_empty(link)) continue;
      auto rows =
          connection.query("SELECT t.id FROM " + plan_.table + " t WHERE {t} AND " +
                           column("t", *compared.field) + " = ? AND t.deleted_at IS NULL LIMIT ?");
      rows.bind(meta::integer_of(link), static_cast<std::int64_t>(options_.hits));
      while (rows.step()) hits.add(rows.integer(0), 1);
    }
  }

  const auto address = std::ranges::find(model_.compared, Kind::address, &ComparedField::kind);
  const auto may = [&](auto which) {
    return which != model_.compared.end() &&
           (options_.told.empty() ||
            options_.told[static_cast<std::size_t>(which - model_.compared.begin())]);
  };
  // Those of the same name in the same city.
  if (many_of_the_name && may(address)) {
    for (const MatchKey& key : placed_keys(plan_, values)) {
      for (const Id id : records_of(connection, key.hash)) hits.add(id, weight_of(key.sort));
    }
  }
  // Those whose name begins or ends alike in the same city.
  if (options_.similar_names && !plan_.search.empty()) {
    const auto name = std::ranges::find_if(model_.compared, [](const ComparedField& compared) {
      return compared.kind == Kind::company || compared.kind == Kind::person;
    });
    std::vector<std::string> names;
    std::vector<std::string> places;
    if (may(name)) name->cells(values, names);
    if (may(address)) {
      // The two coarsest parts that are filled: prefecture and city.
      std::string place;
      int filled = 0;
      for (const FieldDef* part : address->parts) {
        const std::string_view text = meta::text_of(meta::get(values, part->key));
        if (text.empty() || filled++ == 2) continue;
        place = text;
      }
      if (!place.empty()) places.push_back(std::move(place));
    }
    if (!names.empty() && !places.empty()) {
      matching::Prepared key;
      matching::prepare(name->kind, names.front(), key);
      std::vector<std::string> searched;
      if (key.text.size() >= 4) {
        // Half of the key's letters from both ends of the name as it is written without its form.
        const std::string core = name->kind == Kind::company
                                     ? text::company_key(names.front()).strict
                                     : text::person_key(names.front());
        searched.push_back(first_letters(core, key.text.size() / 2));
        searched.push_back(last_letters(core, key.text.size() / 2));
      }
      for (const std::string& words : searched) {
        const auto query = text::parse_search(words + " " + places.front());
        if (query.terms.size() < 2) continue;
        std::vector<std::string> grams;
        for (const text::Term& term : query.terms)
          grams.insert(grams.end(), term.forms.front().grams.begin(),
                       term.forms.front().grams.end());
        std::size_t count = 0;
        store::search_ids(connection, plan_.search, grams, 0, [&](Id id) {
          hits.add(id, 3);
          return ++count < options_.hits;
        });
      }
    }
  }

  std::ranges::stable_sort(hits.all, std::ranges::greater(), &Hits::Hit::weight);
  std::vector<Id> out;
  for (const Hits::Hit& hit : hits.all) {
    if (hit.id == options_.except) continue;
    if (out.size() == options_.loaded) break;
    out.push_back(hit.id);
  }
  return out;
}

std::vector<DuplicateFinder::Found> DuplicateFinder::find(store::Connection& connection,
                                                          const meta::Values& values) const {
  std::vector<Found> out;
  const auto row = model_.prepare(values, options_.told);
  for (const Id id : candidates(connection, values)) {
    if (auto found = compare(connection, row, id)) out.push_back(std::move(*found));
  }
  std::ranges::stable_sort(out, std::ranges::greater(), &Found::score);
  return out;
}

std::string levels_text(const std::vector<ComparedField>& compared,
                        const matching::Levels& levels) {
  std::string out;
  for (std::size_t i = 0; i < compared.size(); ++i) {
    if (levels[i] == matching::kMissing) continue;
    if (!out.empty()) out += ',';
    out += compared[i].field->key + " " + std::to_string(levels[i]);
  }
  return out;
}

std::vector<MatchReason> reasons_of(const Caller& caller, const meta::ObjectDef& object,
                                    const std::vector<ComparedField>& compared,
                                    std::string_view levels) {
  std::vector<MatchReason> out;
  while (!levels.empty()) {
    const auto comma = std::min(levels.find(','), levels.size());
    const std::string_view one = levels.substr(0, comma);
    levels.remove_prefix(std::min(comma + 1, levels.size()));
    const auto space = one.find(' ');
    const auto found = std::find_if(compared.begin(), compared.end(), [&](const auto& field) {
      return field.field->key == one.substr(0, space);
    });
    if (found == compared.end() || space == std::string_view::npos ||
        !may_tell(caller, object, *found))
      continue;
    const auto level = static_cast<matching::Level>(one.back() - '0');
    if (level >= matching::levels(found->kind)) continue;
    out.push_back({.code = std::string(matching::level_name(found->kind, level)),
                   .field = found->field->key,
                   .agrees = level > 0});
  }
  std::ranges::stable_sort(out, std::ranges::greater(), &MatchReason::agrees);
  return out;
}

int percent_of(double score) {
  const double probability = 1 / (1 + std::exp2(-score));
  return static_cast<int>(std::clamp<std::int64_t>(std::llround(probability * 100), 1, 99));
}

}  // namespace daifuku::records
