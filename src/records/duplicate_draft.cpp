// Who a draft may be already, told while it is typed.
#include <algorithm>

#include "records/duplicate_finder.h"
#include "records/duplicate_queue.h"
#include "records/keys.h"
#include "records/record_json.h"
#include "records/record_subtitle.h"
#include "text/code_points.h"
#include "text/name_key.h"

namespace daifuku::records {

using auth::Scope;
using meta::FieldDef;
using meta::ObjectDef;

namespace {

// Less likely ones are told only for an equal name, telephone or mail address: of many namesakes
// none is likely, but that there are some is worth to know.
constexpr int kLeastPercent = 5;
// 法人番号が違う: never one.
constexpr double kContradicted = -500;

// Records that are looked at for a name that is half typed.
constexpr std::int64_t kMostBegun = 50;

// Fewer letters begin too many names.
bool says_enough(std::string_view begun) {
  int letters = 0;
  bool kanji = true;
  for (std::size_t at = 0; at < begun.size() && letters < 3; ++letters)
    kanji = text::is_kanji(text::next_code_point(begun, at)) && kanji;
  return letters == 3 || (letters == 2 && kanji);
}

bool tells_alone(matching::Kind kind) {
  using matching::Kind;
  return kind == Kind::company || kind == Kind::person || kind == Kind::phone ||
         kind == Kind::email || kind == Kind::number || kind == Kind::digits;
}

// A person's display name is made by a behaviour on save; the draft has its parts.
void complete_name(const ObjectDef& object, meta::Values& draft) {
  if (object.field("family_name") == nullptr || !meta::is_empty(meta::get(draft, "name"))) return;
  std::string name(meta::text_of(meta::get(draft, "family_name")));
  const std::string_view given = meta::text_of(meta::get(draft, "given_name"));
  if (!given.empty()) name += (name.empty() ? "" : " ") + std::string(given);
  if (!name.empty()) draft["name"] = name;
}

}  // namespace

std::vector<LikelyRecord> DuplicateQueue::likely(const Caller& caller, const ObjectDef& object,
                                                 const meta::Values& values, Id except, int limit) {
  const ObjectPlan& plan_of = engine_.plan(object);
  const Scope scope = caller.access.object(object).read;
  std::vector<LikelyRecord> out;
  if (scope == Scope::none) return out;
  const auto model = models_.of(plan_of);
  if (model == nullptr) return out;
  meta::Values draft = values;
  complete_name(object, draft);

  // Fields that the caller may not read give no hint: neither theirs nor what he typed into them.
  DuplicateFinder::Options options{.except = except};
  options.scope = caller.access.condition(object, scope, "t");
  const auto readable = [&](const FieldDef* part) {
    return caller.access.field(object, part->key) >= meta::FieldRight::read;
  };
  for (const ComparedField& compared : model->compared) {
    const bool several =
        compared.kind == matching::Kind::phone || compared.kind == matching::Kind::email;
    options.told.push_back(several ? std::ranges::any_of(compared.parts, readable)
                                   : may_tell(caller, object, compared));
    for (const FieldDef* part : compared.parts) {
      if (!readable(part)) options.hidden.push_back(part);
    }
  }
  std::erase_if(draft, [&](const auto& value) {
    const FieldDef* field = object.field(value.first);
    return field == nullptr || !readable(field);
  });

  const DuplicateFinder finder(plan_of, *model, options);
  engine_.database().read([&](store::Connection& connection) {
    out.clear();
    for (const auto& found : finder.find(connection, draft)) {
      if (static_cast<int>(out.size()) >= limit) break;
      LikelyRecord match{.id = found.id, .percent = percent_of(found.score)};
      bool equal = false;
      for (std::size_t i = 0; i < model->compared.size(); ++i) {
        const auto kind = model->compared[i].kind;
        const auto level = found.levels[i];
        if (level == matching::kMissing) continue;
        equal = equal || (tells_alone(kind) && level == matching::levels(kind) - 1);
        match.reasons.push_back({.code = std::string(matching::level_name(kind, level)),
                                 .field = model->compared[i].field->key,
                                 .agrees = level > 0});
      }
      std::ranges::stable_sort(match.reasons, std::ranges::greater(), &MatchReason::agrees);
      if (match.reasons.empty() || !match.reasons.front().agrees || found.score < kContradicted ||
          (match.percent < kLeastPercent && !equal))
        continue;
      auto row = connection.query(plan_of.load);
      row.bind(found.id);
      if (!row.step()) continue;
      const Record record = read_record(row.statement(), plan_of);
      match.title = readable_title(caller, object, record);
      match.subtitle = subtitle_of(caller, plan_of, record, {});
      out.push_back(std::move(match));
    }
  });
  return out;
}

std::vector<BeginsAlike> DuplicateQueue::begins_alike(const Caller& caller, const ObjectDef& object,
                                                      const meta::Values& values, Id except,
                                                      int limit) {
  const ObjectPlan& plan = engine_.plan(object);
  const Scope scope = caller.access.object(object).read;
  std::vector<BeginsAlike> out;
  if (scope == Scope::none) return out;
  const auto condition = caller.access.condition(object, scope, "t");
  std::string load = "SELECT " + plan.select_all + " FROM " + plan.table +
                     " t WHERE {t} AND t.id = ? AND t.deleted_at IS NULL";
  if (!condition.sql.empty()) load += " AND " + condition.sql;
  text::CompanyKey key;
  engine_.database().read([&](store::Connection& connection) {
    out.clear();
    for (const FieldDef* field : plan.key_fields) {
      if (!field->duplicate_key || field->kind->search != meta::FieldKind::Search::name ||
          caller.access.field(object, field->key) < meta::FieldRight::read)
        continue;
      text::company_key(meta::text_of(meta::get(values, field->key)), key);
      const std::string begun = key.loose;
      if (!says_enough(begun)) continue;
      std::vector<Id> ids;
      {
        const KeyRange range = keys_of_beginning(object.id, begun);
        auto rows = connection.query(
            "SELECT k.record_id FROM match_key k WHERE {k} AND k.hash >= ? AND k.hash <= ? ORDER "
            "BY k.hash, k.record_id LIMIT ?");
        rows.bind(range.first, range.last, kMostBegun);
        while (rows.step()) ids.push_back(rows.integer(0));
      }
      for (const Id id : ids) {
        if (id == except || std::ranges::count(out, id, &BeginsAlike::id) > 0) continue;
        auto row = connection.query(load);
        row.bind(id);
        for (const Id bind : condition.binds) row.bind(bind);
        if (!row.step()) continue;
        const Record record = read_record(row.statement(), plan);
        text::company_key(meta::text_of(record.get(field->key)), key);
        if (!key.loose.starts_with(begun)) continue;
        out.push_back({.id = id,
                       .title = readable_title(caller, object, record),
                       .subtitle = subtitle_of(caller, plan, record, {})});
      }
    }
  });
  std::ranges::stable_sort(out, {}, [](const BeginsAlike& one) { return one.title.size(); });
  if (out.size() > static_cast<std::size_t>(limit)) out.resize(static_cast<std::size_t>(limit));
  return out;
}

}  // namespace daifuku::records
