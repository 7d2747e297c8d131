#include "exchange/import_columns.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "base/error.h"
#include "exchange/column_match.h"
#include "exchange/damage_check.h"
#include "exchange/import_fields.h"
#include "exchange/import_parts.h"
#include "exchange/own_export.h"
#include "meta/kinds.h"
#include "text/fold.h"

namespace daifuku::exchange {

using meta::FieldDef;
using meta::ObjectDef;

namespace {

constexpr std::size_t kSamples = 5;
constexpr std::size_t kSampleLength = 80;

CandidateField candidate(const ObjectDef& object, const FieldDef& field) {
  return {.object = object.key,
          .key = field.key,
          // The parts of a company's name have lost its kind, not its way of being found.
          .kind = field.kind->search == meta::FieldKind::Search::name
                      ? "company_name"
                      : std::string(field.kind->name),
          .label_ja = field.label.ja,
          .label_en = field.label.en,
          .import_names = field.import_names,
          .title = field.key == object.title,
          .many = field.kind->comparison == meta::Comparison::items ||
                  field.kind->storage == meta::Storage::none};
}

std::vector<CandidateField> candidates(const auth::Access& access, const ObjectDef& object) {
  std::vector<CandidateField> out;
  for (const FieldDef& field : object.fields) {
    if (field.kind->split != nullptr && is_writable_whole(access, object, field)) {
      out.push_back(candidate(object, field));
    }
  }
  for (const FieldDef& field : object.expanded) {
    // The whole stands for the part of the same key.
    if (!is_writable(access, object, field) || whole_field(object, field.key) != nullptr) continue;
    out.push_back(candidate(object, field));
  }
  for (const FieldDef& field : meta::system_fields()) {
    if (field.key != "owner_id") continue;
    // 担当者 in a customer's file is mostly the customer's own person; only clear names mean ours.
    CandidateField owner = candidate(object, field);
    owner.label_ja = "自社担当者";
    owner.label_en = "Record Owner";
    std::erase(owner.import_names, "Owner");
    out.push_back(std::move(owner));
  }
  return out;
}

struct Proposal {
  std::vector<ColumnMatch> matches = {};
  std::vector<CandidateField> fields = {};
  double score = 0;
};

// Takes back proposals that the cells speak against: a column that goes wrong without anybody
// noticing is worse than one in the note.
class Vetting {
 public:
  Vetting(const ObjectDef& object, const std::vector<ColumnSample>& samples, Proposal& proposal)
      : object_(object), samples_(samples), proposal_(proposal) {}

  void run() {
    std::vector<std::size_t> dropped;
    for (std::size_t c = 0; c < proposal_.matches.size(); ++c) {
      if (proposal_.matches[c].field < 0 || !is_doubtful(c)) continue;
      proposal_.matches[c].field = -1;
      dropped.push_back(c);
    }
    // By their cells alone they may still be the address or the phone that is missing.
    for (const std::size_t c : dropped) offer_again(c);
  }

 private:
  const CandidateField& field_of(std::size_t column) const {
    return proposal_.fields[static_cast<std::size_t>(proposal_.matches[column].field)];
  }

  bool is_primary(const CandidateField& field) const {
    for (const CandidateField& other : proposal_.fields) {
      if (other.kind == field.kind) return &other == &field;
    }
    return false;
  }

  // The cells of an address beside columns of its city and street are something else: a cause, a
  // remark.
  bool has_parts(const CandidateField& field) const {
    return std::ranges::any_of(proposal_.matches, [&](const ColumnMatch& match) {
      if (match.field < 0) return false;
      const CandidateField& other = proposal_.fields[static_cast<std::size_t>(match.field)];
      const auto* def = object_.field(other.key);
      return def != nullptr && def->whole == field.key && other.kind == "text" &&
             other.key != field.key;
    });
  }

  bool is_repetitive(std::size_t column) const {
    std::set<std::string_view> distinct;
    const auto& cells = samples_[column].cells;
    for (const Cell& cell : cells) distinct.insert(cell.text);
    return cells.size() >= 5 && distinct.size() * 5 < cells.size();
  }

  // cityName -> city, name. Empty when there is anything but Latin letters in it.
  static std::set<std::string> words_of(std::string_view heading) {
    std::set<std::string> out;
    std::string word;
    bool lower_before = false;
    for (const char c : heading) {
      if (static_cast<unsigned char>(c) >= 0x80) return {};
      const bool upper = c >= 'A' && c <= 'Z';
      const bool letter = upper || (c >= 'a' && c <= 'z');
      if ((!letter || (upper && lower_before)) && !word.empty()) {
        out.insert(word);
        word.clear();
      }
      if (letter) word += lower_letter(c);
      lower_before = letter && !upper;
    }
    if (!word.empty()) out.insert(word);
    return out;
  }

  // capacity holds "city", but not as a word; "latest" alone is not "Sales (latest)".
  static bool is_no_word(std::string_view heading, const CandidateField& field) {
    const auto words = words_of(heading);
    if (words.empty()) return false;
    std::vector<std::string> names = field.import_names;
    names.push_back(field.label_en);
    return std::ranges::none_of(names, [&](const std::string& name) {
      const auto wanted = words_of(name);
      return !wanted.empty() && std::ranges::includes(words, wanted);
    });
  }

  // More than half of what the column holds cannot be a value of the field.
  bool is_refused(std::size_t column, const CandidateField& candidate) const {
    const FieldDef* field = object_.field(candidate.key);
    if (field == nullptr || candidate.kind == "person_name" || field->kind->parse_text == nullptr) {
      return false;
    }
    if (field->kind->comparison == meta::Comparison::link ||
        field->kind->storage == meta::Storage::none || field->kind == &meta::kinds::user) {
      return false;
    }
    std::size_t cells = 0;
    std::size_t refused = 0;
    for (const Cell& cell : samples_[column].cells) {
      if (is_placeholder(cell.text) || damage_in(cell, ColumnRole::other) != Damage::none) continue;
      meta::Value value;
      Problems problems;
      ++cells;
      if (!field->kind->parse_text(*field, cell.text, value, problems)) ++refused;
    }
    return refused * 2 > cells;
  }

  bool is_doubtful(std::size_t column) const {
    const ColumnMatch& match = proposal_.matches[column];
    const CandidateField& field = field_of(column);
    if (match.reason == MatchReason::content) {
      if (!is_primary(field) || has_parts(field)) return true;
      if (field.kind != "prefecture" && is_repetitive(column)) return true;
    }
    if (match.reason == MatchReason::part && match.confidence < 0.7 &&
        is_no_word(samples_[column].header.label, field)) {
      return true;
    }
    static const std::set<std::string, std::less<>> kNeverNumbers = {
        "url", "urls", "email", "emails", "address", "prefecture"};
    if (match.shape == CellShape::number && kNeverNumbers.contains(field.kind)) return true;
    return is_refused(column, field);
  }

  void offer_again(std::size_t column) {
    ColumnSample alone = samples_[column];
    alone.header = {.name = alone.header.name, .generated = true};
    std::vector<CandidateField> free;
    std::vector<int> places;
    for (std::size_t f = 0; f < proposal_.fields.size(); ++f) {
      const bool taken = std::ranges::any_of(proposal_.matches, [&](const ColumnMatch& match) {
        return match.field == static_cast<int>(f);
      });
      if (taken || !is_primary(proposal_.fields[f]) || proposal_.fields[f].title) continue;
      free.push_back(proposal_.fields[f]);
      places.push_back(static_cast<int>(f));
    }
    const auto found = match_columns({&alone, 1}, free);
    ColumnMatch& match = proposal_.matches[column];
    if (found.front().field < 0) return;
    match = found.front();
    match.field = places[static_cast<std::size_t>(match.field)];
    if (is_doubtful(column)) match.field = -1;
  }

  const ObjectDef& object_;
  const std::vector<ColumnSample>& samples_;
  Proposal& proposal_;
};

Proposal match(const ImportTable& table, const auth::Access& access, const ObjectDef& object) {
  Proposal out{.fields = candidates(access, object)};
  const auto samples = sample_columns(table.header(), table.head());
  out.matches = match_columns(samples, out.fields);
  Vetting(object, samples, out).run();
  bool titled = false;
  for (ColumnMatch& found : out.matches) {
    if (found.field < 0) continue;
    const CandidateField& field = out.fields[static_cast<std::size_t>(found.field)];
    out.score += found.confidence;
    if (!field.title) continue;
    // 病院名 names something, but nobody, unless its cells look like people.
    const bool by_heading =
        found.reason == MatchReason::label || found.reason == MatchReason::import_name;
    found.content_conflicts = found.content_conflicts && !by_heading;  // 茅野市立永明小学校
    titled = by_heading || field.kind != "person_name" || found.shape == CellShape::person;
    // A column that surely names the records weighs as much as the rest of a short list.
    if (by_heading) out.score += 1;
  }
  if (!titled) out.score *= 0.5;
  return out;
}

// Columns that our own exports have and that no import can set.
bool is_system_heading(std::string_view heading) {
  return std::ranges::any_of(meta::system_fields(), [&](const FieldDef& field) {
    return field.read_only && (heading == field.label.ja || heading == field.label.en);
  });
}

// The column 番号 of an export of ours: its cells can be nothing else.
bool holds_our_ids(const ImportTable& table, std::size_t column) {
  const std::string& heading = table.header().columns[column].label;
  const FieldDef& id = meta::system_fields().front();
  if (heading != id.label.ja && heading != id.label.en && heading != "id" && heading != "ID")
    return false;
  std::size_t cells = 0;
  for (std::size_t r = table.header().data_row; r < table.head().size(); ++r) {
    const Row& row = table.head()[r];
    if (column >= row.size() || row[column].empty()) continue;
    if (!decode_id(row[column].text)) return false;
    ++cells;
  }
  return cells > 0;
}

// Where the columns of a table of ours, or of the members of a JSON, go by their names alone; empty
// where that does not say.
std::vector<std::string> named_targets(const ImportTable& table, const auth::Access& access,
                                       const ObjectDef& object) {
  const auto& columns = table.header().columns;
  const bool json = table.opened().format == TableFormat::json;
  if (table.own()) {
    return json ? own_json_targets(table.header(), access, object)
                : own_export_targets(table.header(), access, object);
  }
  std::vector<std::string> out(columns.size());
  for (std::size_t c = 0; json && c < columns.size(); ++c) {
    const std::string to = "field:" + columns[c].name;
    if (is_target(access, object, to)) out[c] = to;
  }
  return out;
}

// The object whose records a table of ours holds; nullptr when it is none, or may not be.
const ObjectDef* told_object(const ImportTable& table, const auth::Access& access) {
  if (!table.own()) return nullptr;
  const auto& columns = table.header().columns;
  if (table.opened().format == TableFormat::json) {
    const auto member = std::ranges::find(columns, "object", &HeaderColumn::name);
    const auto place = static_cast<std::size_t>(member - columns.begin());
    const auto& row = table.head()[table.header().data_row];
    const ObjectDef* told = place < row.size() ? access.catalog().object(row[place].text) : nullptr;
    return told != nullptr && access.object(*told).create ? told : nullptr;
  }
  const ObjectDef* best = nullptr;
  std::ptrdiff_t most = 0;
  for (const ObjectDef& object : access.catalog().objects()) {
    if (object.hidden || !access.object(object).create) continue;
    const auto targets = named_targets(table, access, object);
    const auto known =
        std::ranges::count_if(targets, [](const std::string& target) { return !target.empty(); });
    if (known <= most) continue;
    most = known;
    best = &object;
  }
  return best;
}

}  // namespace

const ObjectDef& propose_object(const ImportTable& table, const auth::Access& access) {
  if (const ObjectDef* told = told_object(table, access)) return *told;
  const ObjectDef* best = nullptr;
  double score = -1;
  for (const ObjectDef& object : access.catalog().objects()) {
    if (!object.customer || object.hidden || !access.object(object).create) continue;
    const double fit = match(table, access, object).score;
    if (fit > score) {
      score = fit;
      best = &object;
    }
  }
  if (best == nullptr) throw AppError(Status::forbidden, "forbidden");
  return *best;
}

std::vector<ImportColumn> propose_columns(const ImportTable& table, const auth::Access& access,
                                          const ObjectDef& object, const ImportSettings& settings,
                                          const ColumnMap* map) {
  const Proposal proposal = match(table, access, object);
  const bool has_note = note_field(access, object) != nullptr;
  std::vector<ImportColumn> out;
  const auto& header = table.header();
  // What the map fills is not filled by a guess too.
  std::set<std::string> taken;
  if (map != nullptr) {
    for (const HeaderColumn& heading : header.columns) {
      const std::string* to = map->target(heading);
      if (to == nullptr || !to->starts_with("field:")) continue;
      for (std::size_t dot = to->size(); dot != std::string::npos && dot > 0;
           dot = to->rfind('.', dot - 1)) {
        taken.insert(to->substr(0, dot));
      }
    }
  }
  const auto named = named_targets(table, access, object);
  for (std::size_t c = 0; c < header.columns.size(); ++c) {
    ImportColumn column{
        .index = c, .header = header.columns[c].name, .unnamed = header.columns[c].generated};
    for (std::size_t r = header.data_row; r < table.head().size(); ++r) {
      const Row& row = table.head()[r];
      if (column.samples.size() >= kSamples) break;
      if (c < row.size() && !row[c].empty()) {
        column.samples.push_back(text::truncate(row[c].text, kSampleLength));
      }
    }
    const ColumnMatch& found = proposal.matches[c];
    column.reason = "none";
    if (table.is_joined_away(c)) {
      column.to = "ignore";
    } else if (found.field >= 0) {
      column.to = "field:" + proposal.fields[static_cast<std::size_t>(found.field)].key;
      column.confidence = found.confidence;
      column.reason = match_reason_name(found.reason);
      column.conflicts = found.content_conflicts;
    } else if (holds_our_ids(table, c)) {
      column.to = "field:id";
      column.confidence = 1;
      column.reason = "header";
    } else if (is_system_heading(header.columns[c].label)) {
      column.to = "ignore";
      column.confidence = 1;
      column.reason = "header";
    } else {
      column.to = has_note ? "note" : "ignore";
    }
    const std::string* mapped = map == nullptr ? nullptr : map->target(header.columns[c]);
    // Numbers of records are ours, or those of the events of a calendar.
    const bool numbers = table.calendar() || holds_our_ids(table, c);
    const bool fits =
        mapped != nullptr && (*mapped == "field:id" ? numbers : is_target(access, object, *mapped));
    if (fits && !table.is_joined_away(c)) {
      column.to = *mapped;
      column.confidence = 1;
      column.reason = "map";
      column.conflicts = false;
    } else if (taken.contains(column.to)) {
      column.to = has_note ? "note" : "ignore";
      column.reason = "none";
    }
    if (!named[c].empty() && column.reason != "map") {
      column.to = named[c];
      column.confidence = 1;
      column.reason = "header";
      column.conflicts = false;
    }
    if (const auto chosen = settings.columns.find(c); chosen != settings.columns.end()) {
      if (chosen->second != column.to) {
        column.reason = "chosen";
        column.confidence = 1;
        column.conflicts = false;
      }
      column.to = chosen->second;
    }
    out.push_back(std::move(column));
  }
  return out;
}

}  // namespace daifuku::exchange
