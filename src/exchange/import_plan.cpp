#include "exchange/import_plan.h"

#include <algorithm>
#include <set>

#include "exchange/column_match.h"
#include "exchange/damage_check.h"
#include "meta/kinds.h"
#include "text/fold.h"

namespace daifuku::exchange {

using meta::FieldDef;
using meta::FieldRight;
using meta::ObjectDef;

namespace {

constexpr std::size_t kHeadRows = 60;
constexpr std::size_t kSamples = 5;
constexpr std::size_t kSampleLength = 80;

[[noreturn]] void invalid(std::string field, std::string code) {
  throw AppError(Status::invalid, "invalid", {}, {{std::move(field), std::move(code), {}}});
}

char parse_delimiter(const std::string& text) {
  if (text == "tab" || text == "\\t") return '\t';
  if (text.empty()) return 0;
  if (text.size() != 1 || std::string_view(",;\t|").find(text[0]) == std::string_view::npos) {
    invalid("delimiter", "invalid_choice");
  }
  return text[0];
}

Id parse_owner(const Json& json) {
  const Json* text = json.is_object() ? json_find(json, "id") : &json;
  if (json.is_null() || (text != nullptr && text->is_string() && text->get_string().empty())) {
    return 0;
  }
  const auto id = text != nullptr && text->is_string()
                      ? decode_id(std::string_view(text->get_string()))
                      : std::nullopt;
  if (!id) invalid("owner_id", "invalid_id");
  return *id;
}

void read_columns(const Json& list, std::map<std::size_t, std::string>& out) {
  if (!list.is_array()) invalid("columns", "wrong_type");
  for (const Json& item : list.get_array()) {
    const std::int64_t index = json_integer(item, "index", -1);
    if (index < 0 || index > 16'384) invalid("columns", "invalid_number");
    out[static_cast<std::size_t>(index)] = json_text(item, "to", "ignore");
  }
}

bool is_note_key(std::string_view key) {
  return key == "note" || key == "notes" || key == "memo" || key == "supplement";
}

// Kinds that a column can become an own field of.
bool can_be_own(const meta::FieldKind& kind) {
  namespace kinds = meta::kinds;
  return !meta::slot_prefix(kind).empty() && &kind != &kinds::choice && &kind != &kinds::choices &&
         &kind != &kinds::link && &kind != &kinds::user && &kind != &kinds::file;
}

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

const FieldDef* whole_field(const ObjectDef& object, std::string_view key) {
  const auto found = std::ranges::find_if(object.fields, [&](const FieldDef& field) {
    return field.key == key && field.kind->split != nullptr;
  });
  return found == object.fields.end() ? nullptr : &*found;
}

bool is_writable(const auth::Access& access, const ObjectDef& object, const FieldDef& field) {
  return !field.read_only && !field.hidden && field.kind != &meta::kinds::file &&
         access.field(object, field.key) == FieldRight::write;
}

// A whole can be written when every part of it can.
bool is_writable_whole(const auth::Access& access, const ObjectDef& object, const FieldDef& whole) {
  bool any = false;
  for (const FieldDef& field : object.expanded) {
    if (field.whole != whole.key) continue;
    any = true;
    if (!is_writable(access, object, field)) return false;
  }
  return any;
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
      if (letter) word += static_cast<char>(upper ? c - 'A' + 'a' : c);
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

}  // namespace

ImportSettings change_settings(const ImportSettings& before, const Json& body) {
  if (!body.is_object()) throw AppError(Status::bad_request, "json_object_expected");
  ImportSettings out = before;
  if (json_find(body, "object") != nullptr) out.object = json_text(body, "object");
  if (json_find(body, "encoding") != nullptr) out.encoding = json_text(body, "encoding");
  if (json_find(body, "delimiter") != nullptr) {
    out.delimiter = parse_delimiter(json_text(body, "delimiter"));
  }
  if (json_find(body, "sheet") != nullptr) {
    out.sheet =
        static_cast<int>(std::clamp<std::int64_t>(json_integer(body, "sheet", -1), -1, 10'000));
  }
  if (const Json* row = json_find(body, "header_row")) {
    if (row->is_null()) {
      out.header_row.reset();
    } else {
      out.header_row = json_integer(body, "header_row", -1);
      if (*out.header_row < 0) invalid("header_row", "invalid_number");
    }
  }
  if (const Json* header = json_find(body, "header"); header != nullptr && header->is_bool()) {
    if (!header->get_bool()) {
      out.header_row = 0;
    } else if (out.header_row == 0) {
      out.header_row.reset();
    }
  }
  const bool other_table = out.object != before.object || out.encoding != before.encoding ||
                           out.delimiter != before.delimiter || out.sheet != before.sheet ||
                           out.header_row != before.header_row;
  if (other_table) out.columns.clear();
  if (const Json* columns = json_find(body, "columns")) read_columns(*columns, out.columns);
  out.create_links = json_bool(body, "create_links", out.create_links);
  if (const Json* known = json_find(body, "duplicates")) {
    const std::string choice = known->is_string() ? std::string(known->get_string()) : "";
    if (choice != "skip" && choice != "create") invalid("duplicates", "invalid_choice");
    out.skip_known = choice == "skip";
  }
  if (const Json* owner = json_find(body, "owner_id")) out.owner = parse_owner(*owner);
  return out;
}

void write_settings(JsonWriter& json, const ImportSettings& settings) {
  json.begin_object().field("object", settings.object).field("encoding", settings.encoding);
  json.field("delimiter", std::string(settings.delimiter == 0 ? 0U : 1U, settings.delimiter));
  json.field("sheet", settings.sheet);
  if (settings.header_row) json.field("header_row", *settings.header_row);
  json.field("create_links", settings.create_links);
  json.field("duplicates", settings.skip_known ? "skip" : "create");
  json.key("owner_id").string(settings.owner == 0 ? std::string() : encode_id(settings.owner));
  json.key("columns").begin_array();
  for (const auto& [index, to] : settings.columns) {
    json.begin_object().field("index", index).field("to", to).end_object();
  }
  json.end_array().end_object();
}

ImportSettings read_settings(const Json& json) {
  ImportSettings out = change_settings({}, json);
  return out;
}

// --- the table ---

ImportTable::ImportTable(const std::filesystem::path& path, const ImportSettings& settings) {
  OpenOptions options;
  options.encoding = settings.encoding;
  options.delimiter = settings.delimiter;
  options.sheet_index = settings.sheet;
  opened_ = open_table(path, options);
  Row row;
  while (head_.size() < kHeadRows && opened_.reader->next(row)) {
    head_.push_back(row);
    lines_.push_back(opened_.reader->line());
  }
  const auto begin_at = [&](std::int64_t line) {
    return static_cast<std::size_t>(std::ranges::lower_bound(lines_, line) - lines_.begin());
  };
  header_ = find_header(head_);
  if (settings.header_row == 0) {
    if (header_.has_header) header_ = take_header(head_, 0, 0);
  } else if (settings.header_row) {
    const std::size_t place = begin_at(*settings.header_row);
    if (place >= head_.size()) invalid("header_row", "import_header_not_found");
    // Choosing the row that was found keeps a heading of several rows together.
    const bool inside =
        header_.has_header && place >= header_.first_row && place < header_.data_row;
    if (!inside) header_ = take_header(head_, place, 1);
  }
  next_ = header_.data_row;
  if (next_ >= head_.size()) throw AppError(Status::invalid, "import_empty");
  for (std::size_t i = next_; i < head_.size(); ++i) join(head_[i]);
}

void ImportTable::join(Row& row) const {
  for (const CompositeColumn& composite : header_.composites) {
    if (row.size() <= composite.first) continue;
    std::string joined = join_composite(composite, row);
    const std::size_t end = std::min(composite.first + composite.count, row.size());
    for (std::size_t c = composite.first; c < end; ++c) row[c].clear();
    if (joined.empty()) continue;
    row[composite.first] = {.text = std::move(joined), .type = Cell::Type::text};
  }
}

bool ImportTable::is_joined_away(std::size_t column) const {
  return std::ranges::any_of(header_.composites, [&](const CompositeColumn& composite) {
    return column > composite.first && column < composite.first + composite.count;
  });
}

bool ImportTable::next(Row& row, std::int64_t& line) {
  if (next_ < head_.size()) {
    row = head_[next_];
    line = lines_[next_];
    ++next_;
    return true;
  }
  if (!opened_.reader->next(row)) return false;
  line = opened_.reader->line();
  join(row);
  return true;
}

std::int64_t ImportTable::header_line() const {
  return header_.has_header ? lines_[header_.first_row] : 0;
}

// --- where the columns go ---

const ObjectDef& propose_object(const ImportTable& table, const auth::Access& access) {
  const ObjectDef* best = nullptr;
  double score = -1;
  for (const ObjectDef& object : access.catalog().objects()) {
    if (!object.customer || !access.object(object).create) continue;
    const double fit = match(table, access, object).score;
    if (fit > score) {
      score = fit;
      best = &object;
    }
  }
  if (best == nullptr) throw AppError(Status::forbidden, "forbidden");
  return *best;
}

const FieldDef* note_field(const auth::Access& access, const ObjectDef& object) {
  const FieldDef* any = nullptr;
  for (const FieldDef& field : object.expanded) {
    if (field.kind != &meta::kinds::long_text || !is_writable(access, object, field)) continue;
    if (is_note_key(field.key)) return &field;
    if (any == nullptr && !field.sensitive) any = &field;
  }
  return any;
}

std::vector<ImportColumn> propose_columns(const ImportTable& table, const auth::Access& access,
                                          const ObjectDef& object, const ImportSettings& settings) {
  const Proposal proposal = match(table, access, object);
  const bool has_note = note_field(access, object) != nullptr;
  std::vector<ImportColumn> out;
  const auto& header = table.header();
  for (std::size_t c = 0; c < header.columns.size(); ++c) {
    ImportColumn column{.index = c, .header = header.columns[c].name};
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
    } else if (is_system_heading(header.columns[c].label)) {
      column.to = "ignore";
      column.confidence = 1;
      column.reason = "header";
    } else {
      column.to = has_note ? "note" : "ignore";
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

namespace {

// False with a problem when the column cannot go there.
bool aim(const auth::Access& access, const ObjectDef& object, const ImportPlan& plan,
         const ImportColumn& column, ImportTarget& target, Problems& problems) {
  const std::string place = "columns." + std::to_string(column.index);
  const auto refuse = [&](std::string code, Params params = {}) {
    problems.push_back({place, std::move(code), std::move(params)});
    return false;
  };
  const std::string_view to = column.to;
  if (to.empty() || to == "ignore") return true;
  if (to == "note") {
    if (plan.note == nullptr) return refuse("import_note_missing");
    target.kind = ImportTarget::Kind::note;
    return true;
  }
  if (to.starts_with("new:")) {
    const meta::FieldKind* kind = meta::find_kind(to.substr(4));
    if (kind == nullptr || !can_be_own(*kind)) return refuse("invalid_choice");
    if (!access.administers()) return refuse("import_new_field_manager");
    target.kind = ImportTarget::Kind::own;
    target.own_kind = to.substr(4);
    return true;
  }
  if (!to.starts_with("field:")) return refuse("invalid_choice");
  target.key = to.substr(6);
  if (target.key == "owner_id") {
    target.kind = ImportTarget::Kind::owner;
    return true;
  }
  if (const FieldDef* whole = whole_field(object, target.key)) {
    if (!is_writable_whole(access, object, *whole)) return refuse("field_not_writable");
    target.kind = ImportTarget::Kind::field;
    return true;
  }
  const FieldDef* field = object.field(target.key);
  if (field == nullptr || access.field(object, target.key) == FieldRight::none) {
    return refuse("field_unknown", {{"name", target.key}});
  }
  if (!is_writable(access, object, *field)) return refuse("field_not_writable");
  const bool user = field->kind == &meta::kinds::user || field->kind == &meta::kinds::users;
  const bool link = field->kind == &meta::kinds::link || field->kind == &meta::kinds::links;
  target.field = field;
  target.kind = user   ? ImportTarget::Kind::user
                : link ? ImportTarget::Kind::link
                       : ImportTarget::Kind::field;
  return true;
}

bool takes_many(const ImportTarget& target) {
  return target.field != nullptr && (target.field->kind->comparison == meta::Comparison::items ||
                                     target.field->kind->storage == meta::Storage::none ||
                                     target.field->kind == &meta::kinds::long_text);
}

bool names_record(const ObjectDef& object, const std::set<std::string>& taken) {
  if (taken.contains(object.title)) return true;
  const FieldDef* title = object.field(object.title);
  // 姓 and 名 make the 氏名.
  return title != nullptr && !title->whole.empty() &&
         std::ranges::any_of(object.expanded, [&](const FieldDef& field) {
           return field.whole == title->whole && field.required && taken.contains(field.key);
         });
}

}  // namespace

ImportPlan make_plan(const ImportTable& table, const auth::Access& access, const ObjectDef& object,
                     const std::vector<ImportColumn>& columns, const ImportSettings& settings,
                     Problems& problems) {
  ImportPlan plan{.object = &object,
                  .note = note_field(access, object),
                  .create_links = settings.create_links,
                  .skip_known = settings.skip_known,
                  .owner = settings.owner};
  plan.targets.resize(columns.size());
  std::set<std::string> taken;
  for (const ImportColumn& column : columns) {
    const HeaderColumn& heading = table.header().columns[column.index];
    plan.headings.push_back(heading.label.empty() ? heading.name : heading.label);
    ImportTarget& target = plan.targets[column.index];
    if (!aim(access, object, plan, column, target, problems)) {
      target = {};
      continue;
    }
    if (target.key.empty() || takes_many(target)) {
      taken.insert(target.key);
      continue;
    }
    // One value would be lost.
    if (!taken.insert(target.key).second) {
      problems.push_back({"columns." + std::to_string(column.index), "import_field_twice", {}});
    }
  }
  const FieldDef* title = object.field(object.title);
  if (title != nullptr && (title->required || !title->whole.empty()) &&
      !names_record(object, taken)) {
    problems.push_back({"columns", "import_title_missing", {{"name", title->label.ja}}});
  }
  return plan;
}

}  // namespace daifuku::exchange
