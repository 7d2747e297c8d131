#include "exchange/import_diagnosis.h"

#include <algorithm>
#include <map>
#include <optional>

#include "exchange/import_columns.h"
#include "meta/kinds.h"
#include "records/keys.h"
#include "text/date.h"
#include "text/fold.h"
#include "text/postal.h"

namespace daifuku::exchange {

using meta::FieldDef;

namespace {

constexpr std::size_t kSlice = 200;
constexpr std::size_t kSliceBytes = std::size_t{16} << 20;
constexpr std::size_t kSamples = 5;
constexpr std::size_t kSampleLength = 80;

std::uint32_t short_hash(const std::string& text) {
  if (text.empty()) return 0;
  const auto hash = static_cast<std::uint64_t>(records::key_hash(0, records::MatchKey::text, text));
  return static_cast<std::uint32_t>(hash >> 32U) | 1U;
}

// Of each name that the file holds, what its first row says. 24 bytes a name, at most half full.
class NameFacts {
 public:
  struct Facts {
    std::uint64_t name = 0;  // 0: a free slot
    std::uint32_t phone = 0;
    std::uint32_t number = 0;
    std::uint32_t place = 0;
    std::uint32_t line = 0;
  };
  // The facts of the first row of that name, which are `facts` themselves when it is the first.
  Facts& first(const Facts& facts) {
    if ((count_ + 1) * 2 > slots_.size()) {
      std::vector<Facts> old(slots_.empty() ? 1024 : slots_.size() * 2);
      old.swap(slots_);
      for (const Facts& each : old) {
        if (each.name != 0) slots_[place(each.name)] = each;
      }
    }
    Facts& slot = slots_[place(facts.name)];
    if (slot.name == 0) {
      slot = facts;
      ++count_;
    }
    return slot;
  }

 private:
  std::size_t place(std::uint64_t name) const {
    std::size_t i = name >> 7U & (slots_.size() - 1);
    while (slots_[i].name != 0 && slots_[i].name != name) i = (i + 1) & (slots_.size() - 1);
    return i;
  }
  std::vector<Facts> slots_ = {};
  std::size_t count_ = 0;
};

// Findings by what and where, in the order of the list that a person reads.
class Findings {
 public:
  void add(const std::string& code, int column, std::int64_t line, std::string_view text,
           Params params = {}) {
    Finding& finding = at(code, column);
    if (finding.count++ == 0) finding.params = std::move(params);
    if (finding.samples.size() < kSamples && line != 0)
      finding.samples.emplace_back(line, text::truncate(text, kSampleLength));
  }
  Finding& at(const std::string& code, int column) {
    Finding& finding = found_[{code, column}];
    finding.code = code;
    finding.column = column;
    return finding;
  }
  std::vector<Finding> take() {
    static constexpr std::string_view kOrder[] = {
        "diag_mojibake",  "diag_repeats",         "diag_twice",           "diag_known",
        "diag_looks",     "diag_conflict_number", "diag_conflict_phone",  "diag_bad_phone",
        "diag_bad_email", "diag_bad_postal",      "diag_postal_mismatch", "diag_bad_value",
        "diag_required",  "diag_stale",           "diag_empty_columns"};
    std::vector<Finding> out;
    for (const std::string_view code : kOrder) {
      for (auto& [key, finding] : found_) {
        if (key.first == code && finding.count > 0) out.push_back(std::move(finding));
      }
    }
    return out;
  }

 private:
  std::map<std::pair<std::string, int>, Finding> found_ = {};
};

// A heading that says when somebody was last met or a row last touched.
bool tells_freshness(std::string_view heading) {
  static constexpr std::string_view kWords[] = {"最終", "最後",    "更新",     "前回",  "直近",
                                                "last", "updated", "modified", "recent"};
  const std::string folded = text::fold(heading);
  return std::ranges::any_of(kWords, [&](std::string_view word) {
    return folded.find(text::fold(word)) != std::string::npos;
  });
}

class Examiner {
 public:
  Examiner(records::Engine& engine, const records::Caller& caller, const ImportTable& table,
           const ImportPlan& plan, const ImportSettings& settings)
      : settings_(settings),
        plan_(plan),
        header_(table.header()),
        printer_(engine.plan(*plan.object), caller),
        filled_(table.header().columns.size()),
        dates_(table.header().columns.size()) {
    limit_ = local_date(engine.clock().now());
    limit_.year -= settings.stale_years;
    limit_.day = std::min(limit_.day, days_in_month(limit_.year, limit_.month));
    for (std::size_t c = 0; c < header_.columns.size(); ++c) {
      dates_[c].watched = settings.stale_column ? *settings.stale_column == c
                                                : tells_freshness(header_.columns[c].label);
    }
    for (const FieldDef& whole : plan.object->fields) {
      if (whole.kind != &meta::kinds::address) continue;
      Place place;
      for (const FieldDef& part : plan.object->expanded) {
        if (part.whole != whole.key) continue;
        if (part.kind == &meta::kinds::postal_code) place.code = part.key;
        if (part.kind == &meta::kinds::prefecture) place.prefecture = part.key;
        if (part.key.ends_with("city")) place.city = part.key;
      }
      places_.push_back(place);
    }
  }

  void add(ImportRow& row) {
    ++rows_;
    for (std::size_t c = 0; c < row.cells.size() && c < filled_.size(); ++c) {
      const Cell& cell = row.cells[c];
      if (cell.empty()) continue;
      ++filled_[c];
      const Damage damage = damage_in(cell, ColumnRole::other);
      if (damage == Damage::mojibake)
        found_.add("diag_mojibake", static_cast<int>(c), row.line, cell.text);
      if (dates_[c].watched) add_date(c, row);
    }
    if (row.action == ImportRow::Action::skip) return;  // headings, totals
    if (exact_.seen_before(row.cells)) {
      found_.add("diag_repeats", -1, row.line, title(row));
      row.leave_out("import_repeat");
      return;
    }
    add_conflicts(row, printer_.print(row.values));
    add_places(row);
    add_problems(row);
  }

  // After it was compared with what is registered.
  void add_match(const ImportRow& row) {
    if (row.match.id != 0) found_.add("diag_known", -1, row.line, title(row));
    if (row.match.unsure) found_.add("diag_looks", -1, row.line, title(row));
    const bool twice = row.action == ImportRow::Action::skip && row.match.id == 0 &&
                       row.problems.back().code == "import_known";
    if (twice) found_.add("diag_twice", -1, row.line, title(row));
  }

  Diagnosis finish() {
    Finding& repeats = found_.at("diag_repeats", -1);
    repeats.mend = R"({"repeats":"drop"})";
    repeats.unmend = R"({"repeats":"keep"})";
    repeats.mended = settings_.drop_repeats;
    for (std::size_t c = 0; c < dates_.size(); ++c) {
      // A few words among dates are fine; a few dates among words are no column of dates.
      if (dates_[c].dates * 2 < filled_[c] && !settings_.stale_column)
        found_.at("diag_stale", static_cast<int>(c)).count = 0;
      Finding& stale = found_.at("diag_stale", static_cast<int>(c));
      stale.mend = R"({"stale_column":)" + std::to_string(c) + R"(,"stale_years":)" +
                   std::to_string(settings_.stale_years) + "}";
      stale.unmend = R"({"stale_column":null})";
      stale.mended = settings_.stale_column == c;
    }
    add_empty_columns();
    return {.rows = rows_, .findings = found_.take()};
  }

 private:
  struct Dates {
    bool watched = false;
    std::int64_t dates = 0;
  };
  struct Place {
    std::string code = {};
    std::string prefecture = {};
    std::string city = {};
  };

  std::string title(const ImportRow& row) const {
    return std::string(meta::text_of(meta::get(row.values, plan_.object->title)));
  }

  void add_date(std::size_t column, const ImportRow& row) {
    const auto date = text::parse_date(row.cells[column].text);
    if (!date) return;
    ++dates_[column].dates;
    if (days_from_date(*date) >= days_from_date(limit_)) return;
    found_.add("diag_stale", static_cast<int>(column), row.line,
               title(row) + " " + row.cells[column].text,
               {{"years", std::to_string(settings_.stale_years)}});
  }

  // One name with two phones at one place, or with two corporate numbers.
  void add_conflicts(const ImportRow& row, const RowPrint& print) {
    if (print.name.empty()) return;
    NameFacts::Facts facts{
        .name = static_cast<std::uint64_t>(
                    records::key_hash(0, records::MatchKey::name, print.name + "\n" + print.form)) |
                1U,
        .phone = short_hash(print.phones.empty() ? "" : print.phones.front()),
        .number = short_hash(print.number),
        .place = short_hash(print.place),
        .line = static_cast<std::uint32_t>(row.line)};
    NameFacts::Facts& first = names_.first(facts);
    if (first.line == facts.line) return;
    const Params earlier = {{"row", std::to_string(first.line)}};
    const auto differ = [](std::uint32_t a, std::uint32_t b) { return a != 0 && b != 0 && a != b; };
    if (differ(first.number, facts.number)) {
      found_.add("diag_conflict_number", -1, row.line, title(row) + " " + print.number, earlier);
    } else if (differ(first.phone, facts.phone) && !differ(first.place, facts.place)) {
      found_.add("diag_conflict_phone", -1, row.line, title(row) + " " + print.phones.front(),
                 earlier);
    }
    if (first.phone == 0) first.phone = facts.phone;
    if (first.number == 0) first.number = facts.number;
    if (first.place == 0) first.place = facts.place;
  }

  void add_places(const ImportRow& row) {
    for (const Place& place : places_) {
      const std::string code(meta::text_of(meta::get(row.values, place.code)));
      if (code.empty()) continue;
      const auto digits = text::normalize_postal_code(code);
      const auto known = digits ? text::lookup_postal(*digits) : std::nullopt;
      if (!known) {
        found_.add("diag_bad_postal", column_of(place.code), row.line, title(row) + " " + code);
        continue;
      }
      const std::string_view prefecture = meta::text_of(meta::get(row.values, place.prefecture));
      const std::string_view city = meta::text_of(meta::get(row.values, place.city));
      // 郡 may be left out, and a ward may not be in the file: one inside the other is the same.
      const bool other_city = !city.empty() && known->city.find(city) == std::string_view::npos &&
                              city.find(known->city) == std::string_view::npos;
      if ((!prefecture.empty() && prefecture != known->prefecture) ||
          (prefecture == known->prefecture && other_city)) {
        found_.add("diag_postal_mismatch", column_of(place.code), row.line,
                   title(row) + " " + code + " " + std::string(prefecture) + std::string(city));
      }
    }
  }

  void add_problems(const ImportRow& row) {
    for (const CellProblem& problem : row.problems) {
      if (problem.code == "required") {
        found_.add("diag_required", problem.column, row.line, title(row));
        continue;
      }
      const auto column = static_cast<std::size_t>(problem.column);
      if (problem.column < 0 || column >= row.cells.size() || column >= plan_.targets.size() ||
          problem.code == "import_phone_mended" || problem.code.starts_with("import_")) {
        continue;
      }
      const FieldDef* field = plan_.targets[column].field;
      const auto search = field == nullptr ? meta::FieldKind::Search::none : field->kind->search;
      const char* code = search == meta::FieldKind::Search::phone   ? "diag_bad_phone"
                         : search == meta::FieldKind::Search::email ? "diag_bad_email"
                         : field != nullptr && field->kind == &meta::kinds::postal_code
                             ? "diag_bad_postal"
                             : "diag_bad_value";
      found_.add(code, problem.column, row.line, row.cells[column].text);
    }
  }

  int column_of(std::string_view field) const {
    const FieldDef* found = plan_.object->field(field);
    for (std::size_t c = 0; c < plan_.targets.size(); ++c) {
      const std::string& key = plan_.targets[c].key;
      if (!key.empty() && (key == field || (found != nullptr && key == found->whole)))
        return static_cast<int>(c);
    }
    return -1;
  }

  void add_empty_columns() {
    Finding& finding = found_.at("diag_empty_columns", -1);
    bool mended = true;
    std::string names;
    for (std::size_t c = 0; c < filled_.size(); ++c) {
      if (filled_[c] != 0 || header_.columns[c].generated) continue;
      const auto chosen = settings_.columns.find(c);
      const bool ignored = plan_.targets[c].kind == ImportTarget::Kind::ignore;
      if (ignored && (chosen == settings_.columns.end() || chosen->second != "ignore")) continue;
      mended = mended && ignored;
      ++finding.count;
      names += (names.empty() ? "" : "、") + header_.columns[c].name;
      finding.mend += (finding.mend.empty() ? "" : ",") + std::string(R"({"index":)") +
                      std::to_string(c) + R"(,"to":"ignore"})";
    }
    finding.params = {{"names", text::truncate(names, 200)}};
    finding.mend = R"({"columns":[)" + finding.mend + "]}";
    finding.mended = mended;
  }

  const ImportSettings& settings_;
  const ImportPlan& plan_;
  const FoundHeader& header_;
  Printer printer_;
  std::int64_t rows_ = 0;
  Date limit_ = {};
  Findings found_ = {};
  FileRepeats exact_ = {};
  NameFacts names_ = {};
  std::vector<std::int64_t> filled_;
  std::vector<Dates> dates_;
  std::vector<Place> places_ = {};
};

}  // namespace

std::optional<Diagnosis> diagnose_import(records::Engine& engine, const records::Caller& caller,
                                         const std::filesystem::path& path,
                                         const ImportSettings& settings, const UserNames& users,
                                         const std::function<bool()>& go_on) {
  ImportTable table(path, settings);
  const meta::ObjectDef* object = caller.access.catalog().object(settings.object);
  if (object == nullptr) throw AppError(Status::invalid, "invalid");
  // Every row is examined, those too that a mend leaves out by now, and none is decided already.
  ImportSettings bare = settings;
  bare.drop_repeats = false;
  bare.stale_column.reset();
  bare.choices.clear();
  bare.unsure = UnsureRows::wait;
  bare.mode = ImportMode::create;
  bare.skip_known = true;
  Problems problems;
  const auto columns = propose_columns(table, caller.access, *object, bare);
  const ImportPlan plan = make_plan(table, caller.access, *object, columns, bare, problems);
  RowReader reader(engine, caller, plan, table.header(), users);
  Examiner examiner(engine, caller, table, plan, settings);
  std::vector<ImportRow> slice(kSlice);
  for (bool more = true; more;) {
    if (go_on && !go_on()) return std::nullopt;
    std::size_t filled = 0;
    std::size_t bytes = 0;
    while (filled < kSlice && bytes < kSliceBytes &&
           (more = table.next(slice[filled].cells, slice[filled].line))) {
      bytes += bytes_of(slice[filled].cells);
      reader.convert(slice[filled]);
      examiner.add(slice[filled++]);
    }
    engine.database().read([&](store::Connection& connection) {
      for (std::size_t i = 0; i < filled; ++i) reader.look_up(connection, slice[i]);
    });
    for (std::size_t i = 0; i < filled; ++i) examiner.add_match(slice[i]);
  }
  return examiner.finish();
}

void write_diagnosis(JsonWriter& json, const Diagnosis& diagnosis, Language language) {
  json.field("rows", diagnosis.rows).key("findings").begin_array();
  for (const Finding& finding : diagnosis.findings) {
    json.begin_object().field("code", finding.code);
    json.field("message", message(language, finding.code, finding.params));
    json.field("count", finding.count);
    if (finding.column >= 0) json.field("column", finding.column);
    json.key("samples").begin_array();
    for (const auto& [line, text] : finding.samples)
      json.begin_object().field("row", line).field("text", text).end_object();
    json.end_array().field("mended", finding.mended);
    if (!finding.mend.empty()) json.key("mend").raw(finding.mend);
    if (!finding.unmend.empty()) json.key("unmend").raw(finding.unmend);
    json.end_object();
  }
  json.end_array();
}

}  // namespace daifuku::exchange
