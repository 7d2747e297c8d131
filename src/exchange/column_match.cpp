#include "exchange/column_match.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "text/fold.h"

namespace daifuku::exchange {
namespace {

constexpr double kLabel = 0.95;
constexpr double kImportName = 0.92;
constexpr double kContentOnly = 0.5;
constexpr double kTitleLike = 0.55;
constexpr double kLowest = 0.35;
// A column looks like something when this share of its cells does.
constexpr double kShapeShare = 0.7;

// Words that name no field by themselves; alone they are no reason for a partial match.
bool is_weak(std::string_view folded) {
  static const std::set<std::string, std::less<>> weak = [] {
    std::set<std::string, std::less<>> out;
    for (const std::string_view word :
         {"名",   "名称",   "番号", "コード", "区分",     "種別", "日",   "情報",
          "内容", "年月日", "日付", "カナ",   "フリガナ", "id",   "no",   "name",
          "code", "type",   "date", "number", "url",      "数",   "先",   "者",
          "的",   "その他", "メモ", "状態",   "タイプ",   "分類", "kana", "title"}) {
      out.insert(text::fold(word));
    }
    return out;
  }();
  return weak.contains(folded);
}

// Two headings that differ in one of these mean different things, however alike the rest is.
enum Aspect : unsigned {
  kReading = 1,  // カナ
  kLatin = 2,    // 英語
  kFax = 4,
  kExtension = 8,  // 内線
  kStart = 16,
  kEnd = 32,
  kMobile = 64,
  kOther = 128,  // 緯度, 経度, 画像, 備考: never a plain address, phone or name
};

unsigned aspects_of(std::string_view folded) {
  struct Word {
    std::string folded;
    unsigned aspect;
  };
  static const std::vector<Word> words = [] {
    std::vector<Word> out;
    const auto add = [&](unsigned aspect, std::initializer_list<std::string_view> list) {
      for (const std::string_view word : list) out.push_back({text::fold(word), aspect});
    };
    add(kReading,
        {"カナ", "ふりがな", "フリガナ", "よみ", "読み", "kana", "furigana", "ヨミ", "phonetic"});
    add(kLatin, {"英語", "英字", "英文", "ローマ字", "english", "romaji"});
    add(kFax, {"fax", "ファックス", "ファクス", "ファクシミリ"});
    add(kExtension, {"内線"});
    add(kStart, {"開始", "から", "start"});
    add(kEnd, {"終了", "まで", "end"});
    add(kMobile, {"携帯", "mobile", "cell"});
    add(kOther, {"緯度", "経度", "画像", "備考", "image", "備考"});
    return out;
  }();
  unsigned out = 0;
  for (const Word& word : words) {
    if (folded.find(word.folded) != folded.npos) out |= word.aspect;
  }
  return out;
}

// Shapes that the cells of a field of this kind have. Empty: anything.
std::vector<CellShape> shapes_for(std::string_view kind) {
  using enum CellShape;
  if (kind == "phone" || kind == "phones") return {phone};
  if (kind == "email" || kind == "emails") return {email};
  if (kind == "url" || kind == "urls") return {url};
  if (kind == "postal_code") return {postal_code};
  if (kind == "prefecture") return {prefecture};
  if (kind == "address") return {address};
  if (kind == "corporate_number") return {corporate_number};
  if (kind == "invoice_number") return {invoice_number};
  if (kind == "kana") return {kana, hiragana};
  if (kind == "date") return {date};
  if (kind == "date_time") return {date};
  if (kind == "money") return {money, number};
  if (kind == "integer" || kind == "decimal") return {number, money};
  if (kind == "percent") return {percent, number};
  if (kind == "yes_no") return {yes_no, number};
  if (kind == "company_name") return {company, text};
  if (kind == "person_name") return {person, text};
  return {};
}

// Shapes that say by themselves what the column is.
bool is_telling(CellShape shape) {
  using enum CellShape;
  return shape == phone || shape == email || shape == url || shape == postal_code ||
         shape == prefecture || shape == address || shape == corporate_number ||
         shape == invoice_number || shape == company;
}

struct FoldedField {
  std::vector<std::string> labels = {};  // label and key
  std::vector<std::string> names = {};
  std::vector<CellShape> shapes = {};
  unsigned aspects = 0;
};

FoldedField fold_field(const CandidateField& field) {
  FoldedField out;
  const auto add = [](std::vector<std::string>& to, std::string_view text) {
    std::string folded = text::fold(text);
    if (!folded.empty()) to.push_back(std::move(folded));
  };
  for (const std::string& label : {field.label_ja, field.label_en, field.key})
    add(out.labels, label);
  for (const std::string& name : field.import_names) add(out.names, name);
  out.shapes = shapes_for(field.kind);
  for (const std::string& label : out.labels) out.aspects |= aspects_of(label);
  if (field.kind == "kana") out.aspects |= kReading;
  return out;
}

struct Column {
  std::vector<std::string> headings =
      {};  // Folded: the whole name, the lowest heading, without remarks in brackets.
  ColumnProfile profile = {};
  CellShape shape = CellShape::empty;
  unsigned aspects = 0;
};

// 電話番号（代表） -> 電話番号; 会社名【必須】, *会社名
std::string without_remarks(std::string_view heading) {
  std::string out;
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kBrackets = {
      {{"（", "）"}, {"(", ")"}, {"【", "】"}, {"［", "］"}}};
  for (std::size_t i = 0; i < heading.size();) {
    bool skipped = false;
    for (const auto& [open, close] : kBrackets) {
      if (!heading.substr(i).starts_with(open)) continue;
      const std::size_t end = heading.find(close, i);
      i = end == heading.npos ? heading.size() : end + close.size();
      skipped = true;
      break;
    }
    if (!skipped) out += heading[i++];
  }
  return out;
}

Column fold_column(const ColumnSample& sample) {
  Column out;
  for (const Cell& cell : sample.cells) out.profile.add(shape_of(cell));
  out.shape = out.profile.dominant(kShapeShare);
  if (sample.header.generated) return out;
  const auto add = [&](std::string_view text) {
    std::string folded = text::fold(text);
    if (!folded.empty() && std::ranges::find(out.headings, folded) == out.headings.end()) {
      out.headings.push_back(std::move(folded));
    }
  };
  add(sample.header.name);
  add(sample.header.label);
  if (!out.headings.empty()) out.aspects = aspects_of(out.headings.front());
  // 会社名（ふりがな） is not 会社名: what a remark changes stays.
  const std::string bare = without_remarks(sample.header.label);
  if (aspects_of(text::fold(bare)) == out.aspects) add(bare);
  return out;
}

// How much of the longer the shorter is, when it is contained in it and says something; 0
// otherwise.
double containment(std::string_view a, std::string_view b) {
  const std::string_view shorter = a.size() <= b.size() ? a : b;
  const std::string_view longer = a.size() <= b.size() ? b : a;
  // Two Japanese characters, four Latin ones.
  const bool ascii = static_cast<unsigned char>(shorter.empty() ? 'a' : shorter.front()) < 0x80;
  if (shorter.size() < (ascii ? 4U : 6U) || is_weak(shorter)) return 0;
  if (longer.find(shorter) == longer.npos) return 0;
  return static_cast<double>(shorter.size()) / static_cast<double>(longer.size());
}

struct HeadingFit {
  double score = 0;
  MatchReason reason = MatchReason::none;
};

HeadingFit fit_heading(const Column& column, const FoldedField& field) {
  HeadingFit best;
  const auto offer = [&](double score, MatchReason reason) {
    if (score > best.score) best = {score, reason};
  };
  for (std::size_t h = 0; h < column.headings.size(); ++h) {
    const std::string& heading = column.headings[h];
    const double less = 0.02 * static_cast<double>(h);
    for (const std::string& label : field.labels) {
      if (heading == label) offer(kLabel - less, MatchReason::label);
    }
    for (const std::string& name : field.names) {
      if (heading == name) offer(kImportName - less, MatchReason::import_name);
    }
    if (best.score > 0) continue;
    if (column.aspects != field.aspects) continue;
    // Three letters, but nothing else holds them.
    if ((column.aspects & kFax) != 0) offer(0.7, MatchReason::part);
    for (const auto* names : {&field.labels, &field.names}) {
      for (const std::string& name : *names) {
        const double part = containment(heading, name);
        if (part > 0) offer(0.4 + 0.35 * part, MatchReason::part);
      }
    }
  }
  return best;
}

struct Pair {
  double score = 0;
  std::size_t column = 0;
  std::size_t field = 0;
  MatchReason reason = MatchReason::none;
  bool conflicts = false;
};

std::optional<Pair> fit(const Column& column, const FoldedField& field) {
  const HeadingFit heading = fit_heading(column, field);
  const bool known = column.profile.filled > 0;
  const bool agrees = known && std::ranges::find(field.shapes, column.shape) != field.shapes.end();
  Pair pair{.score = heading.score, .reason = heading.reason};
  if (heading.score > 0) {
    if (agrees && is_telling(column.shape)) {
      pair.score += 0.05 * (1 - pair.score) + (heading.reason == MatchReason::part ? 0.1 : 0.0);
    } else if (is_telling(column.shape) && !field.shapes.empty()) {
      // A company in a name field or a phone in a fax field is fine; a mail address in a phone
      // field is not.
      pair.conflicts = !agrees;
      if (pair.conflicts) pair.score *= heading.reason == MatchReason::part ? 0.6 : 0.8;
    }
  } else if (agrees && is_telling(column.shape) && column.aspects == field.aspects) {
    pair.score = kContentOnly;
    pair.reason = MatchReason::content;
  }
  if (pair.score < kLowest) return std::nullopt;
  return pair;
}

bool ends_like_title(const Column& column) {
  static const std::array<std::string, 4> endings = {text::fold("名"), text::fold("名称"),
                                                     text::fold("name"), text::fold("氏名")};
  return std::ranges::any_of(column.headings, [&](const std::string& heading) {
    return std::ranges::any_of(endings, [&](const std::string& e) { return heading.ends_with(e); });
  });
}

// A column for the field that names the record: the first with a heading like 施設名, or the first
// whose cells are companies.
void give_title(std::span<const Column> columns, std::span<const CandidateField> fields,
                std::vector<ColumnMatch>& matches) {
  for (std::size_t f = 0; f < fields.size(); ++f) {
    if (!fields[f].title) continue;
    const bool taken = std::ranges::any_of(
        matches, [&](const ColumnMatch& match) { return match.field == static_cast<int>(f); });
    if (taken) continue;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const bool named =
          columns[c].aspects == 0 && ends_like_title(columns[c]) &&
          (columns[c].shape == CellShape::text || columns[c].shape == CellShape::company ||
           columns[c].shape == CellShape::person);
      const bool free = matches[c].field < 0 || matches[c].confidence < kTitleLike;
      if (!named || !free) continue;
      matches[c].field = static_cast<int>(f);
      matches[c].confidence = kTitleLike;
      matches[c].reason = MatchReason::title_like;
      break;
    }
  }
}

// A column of readings right of a name goes to the reading of that name: KEY_kana beside KEY.
void give_readings(std::span<const Column> columns, std::span<const CandidateField> fields,
                   std::vector<ColumnMatch>& matches) {
  const auto reading_of = [&](const CandidateField& named) -> int {
    for (std::size_t f = 0; f < fields.size(); ++f) {
      if (fields[f].object == named.object && fields[f].key == named.key + "_kana") {
        return static_cast<int>(f);
      }
    }
    return -1;
  };
  for (std::size_t c = 1; c < columns.size(); ++c) {
    const CellShape shape = columns[c].shape;
    if (matches[c].field >= 0 || matches[c - 1].field < 0) continue;
    if (shape != CellShape::kana && shape != CellShape::hiragana) continue;
    const bool heading_allows = columns[c].headings.empty() || (columns[c].aspects & kReading) != 0;
    const int field = reading_of(fields[static_cast<std::size_t>(matches[c - 1].field)]);
    const bool taken = std::ranges::any_of(
        matches, [&](const ColumnMatch& match) { return match.field == field; });
    if (field < 0 || taken || !heading_allows) continue;
    matches[c].field = field;
    matches[c].confidence = 0.7;
    matches[c].reason = MatchReason::content;
  }
}

}  // namespace

std::string_view match_reason_name(MatchReason reason) {
  switch (reason) {
    case MatchReason::none:
      return "none";
    case MatchReason::label:
      return "header";
    case MatchReason::import_name:
      return "import_name";
    case MatchReason::part:
      return "part";
    case MatchReason::content:
      return "content";
    case MatchReason::title_like:
      return "title";
  }
  return "none";
}

std::vector<ColumnSample> sample_columns(const FoundHeader& header, std::span<const Row> rows,
                                         std::size_t max_cells) {
  std::vector<ColumnSample> out;
  for (const HeaderColumn& column : header.columns) out.push_back({.header = column});
  for (const Row& row : rows.subspan(std::min(header.data_row, rows.size()))) {
    for (std::size_t c = 0; c < std::min(row.size(), out.size()); ++c) {
      if (!row[c].empty() && out[c].cells.size() < max_cells) out[c].cells.push_back(row[c]);
    }
  }
  return out;
}

std::vector<ColumnMatch> match_columns(std::span<const ColumnSample> samples,
                                       std::span<const CandidateField> fields) {
  std::vector<Column> columns;
  for (const ColumnSample& sample : samples) columns.push_back(fold_column(sample));
  std::vector<Pair> pairs;
  for (std::size_t f = 0; f < fields.size(); ++f) {
    const FoldedField folded = fold_field(fields[f]);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (auto pair = fit(columns[c], folded)) {
        pair->column = c;
        pair->field = f;
        pairs.push_back(*pair);
      }
    }
  }
  std::ranges::stable_sort(pairs, [](const Pair& a, const Pair& b) {
    if (a.score != b.score) return a.score > b.score;
    if (a.column != b.column) return a.column < b.column;
    return a.field < b.field;
  });

  std::vector<ColumnMatch> matches(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) matches[c].shape = columns[c].shape;
  std::vector<bool> taken(fields.size(), false);
  for (const Pair& pair : pairs) {
    ColumnMatch& match = matches[pair.column];
    if (match.field >= 0 || (taken[pair.field] && !fields[pair.field].many)) continue;
    // Content alone never makes a second column of one field: that would be a guess upon a guess.
    if (taken[pair.field] && pair.reason == MatchReason::content) continue;
    match.field = static_cast<int>(pair.field);
    match.confidence = std::min(1.0, pair.score);
    match.reason = pair.reason;
    match.content_conflicts = pair.conflicts;
    taken[pair.field] = true;
  }
  give_title(columns, fields, matches);
  give_readings(columns, fields, matches);
  return matches;
}

}  // namespace daifuku::exchange
