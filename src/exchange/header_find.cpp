#include "exchange/header_find.h"

#include <algorithm>
#include <array>
#include <map>

#include "exchange/column_shape.h"
#include "text/fold.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kSearchRows = 25;   // Headers further down are not looked for.
constexpr std::size_t kCompareRows = 30;  // Records that a candidate is compared with.
constexpr std::size_t kLabelLength = 30;  // Code points; longer cells are prose.
constexpr double kAccept = 0.55;

const std::vector<std::string>& header_words() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> out;
    for (const std::string_view word : {
#include "exchange/header_words.inc"
         }) {
      std::string folded = text::fold(word);
      if (!folded.empty()) out.push_back(std::move(folded));
    }
    return out;
  }();
  return words;
}

bool is_header_word(std::string_view cell) {
  // Too short to be looked for within other words.
  static constexpr std::array<std::string_view, 11> kWhole = {"id", "no", "tel", "fax", "url", "x",
                                                              "y",  "hp", "sns", "cd",  "hid"};
  static constexpr std::array<std::string_view, 6> kEnds = {"id", "no", "url", "tel", "fax", "cd"};
  if (text::length(cell) > kLabelLength) return false;
  const std::string folded = text::fold(cell);
  if (std::ranges::find(kWhole, folded) != kWhole.end()) return true;
  const auto at_end = [&](std::string_view w) {
    return folded.ends_with(w) || folded.starts_with(w);
  };
  if (folded.size() <= 12 && std::ranges::any_of(kEnds, at_end)) return true;
  return std::ranges::any_of(
      header_words(), [&](const std::string& word) { return folded.find(word) != folded.npos; });
}

// How surely a cell of this shape is a value and not a heading.
double value_weight(CellShape shape) {
  switch (shape) {
    case CellShape::empty:
    case CellShape::text:
    case CellShape::hiragana:
    case CellShape::person:
      return 0;
    case CellShape::kana:
      return 0.2;
    case CellShape::number:
    case CellShape::yes_no:
      return 0.7;
    default:
      return 1;
  }
}

bool filled(const Row& row, std::size_t column) {
  return column < row.size() && !row[column].empty();
}

std::size_t count_filled(const Row& row) {
  return static_cast<std::size_t>(
      std::ranges::count_if(row, [](const Cell& cell) { return !cell.empty(); }));
}

std::size_t width_of(std::span<const Row> rows) {
  std::size_t width = 0;
  for (const Row& row : rows) {
    for (std::size_t c = row.size(); c > width; --c) {
      if (filled(row, c - 1)) width = c;
    }
  }
  return width;
}

double median_fill(std::span<const Row> rows) {
  if (rows.empty()) return 0;
  std::vector<std::size_t> counts;
  for (const Row& row : rows) counts.push_back(count_filled(row));
  std::ranges::nth_element(counts, counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2));
  return static_cast<double>(counts[counts.size() / 2]);
}

using Shapes = std::vector<std::vector<CellShape>>;

Shapes shapes_of(std::span<const Row> rows, std::size_t width) {
  Shapes out;
  for (const Row& row : rows) {
    auto& shapes = out.emplace_back(width, CellShape::empty);
    for (std::size_t c = 0; c < std::min(width, row.size()); ++c) shapes[c] = shape_of(row[c]);
  }
  return out;
}

struct Candidate {
  double score = 0;
  double words = 0;   // Share of the cells that are header words.
  double values = 0;  // Share that are values.
  std::size_t cells = 0;
};

Candidate judge_candidate(std::span<const Row> rows, const Shapes& shapes, std::size_t at) {
  const Row& row = rows[at];
  const auto below = rows.subspan(at + 1, std::min(kCompareRows, rows.size() - at - 1));
  const double usual = median_fill(below);
  Candidate out;
  double words = 0;
  double values = 0;
  double contrasts = 0;
  double repeats = 0;
  double prose = 0;
  for (std::size_t c = 0; c < row.size(); ++c) {
    if (row[c].empty()) continue;
    ++out.cells;
    const CellShape shape = shapes[at][c];
    const double weight = value_weight(shape);
    values += weight;
    if (weight < 0.5 && is_header_word(row[c].text)) words += 1;
    if (text::length(row[c].text) > kLabelLength) prose += 1;
    std::size_t others = 0;
    std::size_t same = 0;
    std::size_t typed = 0;
    for (std::size_t r = 0; r < below.size(); ++r) {
      if (!filled(below[r], c)) continue;
      ++others;
      if (below[r][c].text == row[c].text) ++same;
      if (value_weight(shapes[at + 1 + r][c]) >= 0.7) ++typed;
    }
    if (others > 0 && same > 0) repeats += 1;
    if (weight < 0.5 && others > 0 && typed * 10 >= others * 6) contrasts += 1;
  }
  if (out.cells == 0) return out;
  const double cells = static_cast<double>(out.cells);
  const double coverage = usual == 0 ? 1 : std::min(1.0, cells / usual);
  out.words = words / cells;
  out.values = values / cells;
  out.score = coverage * (1.4 * out.words + 0.9 * contrasts / cells + 0.25 - 2.2 * out.values -
                          1.0 * repeats / cells - 1.0 * prose / cells);
  // A lone cell over wide records is a title, whatever it says.
  if (out.cells == 1 && usual > 2) out.score = std::min(out.score, 0.0);
  return out;
}

// A row of headings over the header: with at least one column that only it names, as merged cells
// leave it.
bool is_upper_header(const Row& upper, const std::vector<CellShape>& shapes, const Row& lower,
                     std::span<const Row> data) {
  if (count_filled(upper) < 2) return false;
  bool only_here = false;
  for (std::size_t c = 0; c < upper.size(); ++c) {
    if (!filled(upper, c)) continue;
    if (value_weight(shapes[c]) > 0.5 || text::length(upper[c].text) > kLabelLength) return false;
    const bool used = std::ranges::any_of(data, [&](const Row& row) { return filled(row, c); });
    if (!filled(lower, c) && used) only_here = true;
  }
  return only_here;
}

bool is_lower_header(const Row& lower, const Candidate& judged, const Row& upper) {
  if (judged.cells == 0 || judged.values > 0.15 || judged.words < 0.5) return false;
  for (std::size_t c = 0; c < lower.size(); ++c) {
    if (filled(lower, c) && !filled(upper, c)) return true;
  }
  return false;
}

void name_columns(std::span<const Row> header_rows, std::size_t width, FoundHeader& out) {
  std::vector<std::string> groups(header_rows.size());
  for (std::size_t c = 0; c < width; ++c) {
    HeaderColumn column;
    std::vector<std::string> parts;
    bool below = false;  // Some heading stands lower in this column.
    for (std::size_t r = header_rows.size(); r > 0; --r) {
      std::string& group = groups[r - 1];
      if (filled(header_rows[r - 1], c)) {
        parts.insert(parts.begin(), one_line(header_rows[r - 1][c].text));
        // It goes on to the right only when it stands over something.
        group = below ? parts.front() : std::string();
        below = true;
      } else if (below && !group.empty()) {
        parts.insert(parts.begin(), group);
      } else if (!below) {
        group.clear();
      }
    }
    for (const std::string& part : parts) {
      if (part == column.label) continue;
      if (!column.name.empty()) column.name += ' ';
      column.name += part;
      column.label = part;
    }
    if (column.name.empty()) {
      column.generated = true;
      column.name = "列" + std::to_string(c + 1);
    }
    out.columns.push_back(std::move(column));
  }
  std::map<std::string, int> seen;
  for (const HeaderColumn& column : out.columns) seen.emplace(column.name, 0);
  for (HeaderColumn& column : out.columns) {
    const int count = ++seen[column.name];
    if (count == 1) continue;
    std::string name;
    for (int n = count;; ++n) {
      name = column.name + " (" + std::to_string(n) + ")";
      if (!seen.contains(name)) break;
    }
    seen.emplace(name, 1);
    column.name = std::move(name);
  }
}

bool is_separator(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kSeparators = {
      "-", "－", "ー", "‐", "―", "—", "−", "(", ")", "（", "）", "ｰ"};
  return std::ranges::find(kSeparators, text) != kSeparators.end();
}

bool is_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Share of the filled cells of a column that `test` accepts, 0 for an empty column.
template <typename Test>
double share_of(std::span<const Row> data, std::size_t column, Test&& test) {
  std::size_t cells = 0;
  std::size_t accepted = 0;
  for (const Row& row : data) {
    if (!filled(row, column)) continue;
    ++cells;
    if (test(row[column].text)) ++accepted;
  }
  return cells == 0 ? 0 : static_cast<double>(accepted) / static_cast<double>(cells);
}

void find_composites(std::span<const Row> data, FoundHeader& out) {
  const std::size_t width = out.columns.size();
  const auto separates = [&](std::size_t c) {
    return c < width && share_of(data, c, is_separator) >= 0.9;
  };
  const auto numbers = [&](std::size_t c) {
    return c < width && share_of(data, c, is_digits) >= 0.8;
  };
  for (std::size_t c = 0; c + 2 < width; ++c) {
    if (!numbers(c) || !separates(c + 1) || !numbers(c + 2)) continue;
    CompositeColumn composite{.first = c, .count = 3};
    while (separates(c + composite.count) && numbers(c + composite.count + 1)) {
      composite.count += 2;
    }
    const auto three = [](std::string_view t) { return is_digits(t) && t.size() <= 3; };
    const auto four = [](std::string_view t) { return is_digits(t) && t.size() <= 4; };
    const bool postal = composite.count == 3 && share_of(data, c, three) >= 0.9 &&
                        share_of(data, c + 2, four) >= 0.9;
    composite.kind = postal ? CompositeColumn::Kind::postal_code : CompositeColumn::Kind::phone;
    if (!postal && composite.count < 5) continue;
    out.composites.push_back(composite);
    c += composite.count - 1;
  }
}

void fill_titles(std::span<const Row> rows, FoundHeader& out) {
  for (const Row& row : rows.first(out.first_row)) {
    std::string line;
    for (const Cell& cell : row) {
      if (cell.empty()) continue;
      if (!line.empty()) line += ' ';
      line += one_line(cell.text);
    }
    out.titles.push_back(std::move(line));
  }
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string out;
  bool gap = false;
  bool broken = false;
  const auto space_bytes = [&](std::size_t i) -> std::size_t {
    if (text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r') return 1;
    return text.substr(i).starts_with("\xE3\x80\x80") ? 3 : 0;
  };
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t bytes = space_bytes(i); bytes > 0) {
      gap = true;
      broken = broken || text[i] == '\n';
      i += bytes;
      continue;
    }
    const bool ascii = static_cast<unsigned char>(text[i]) < 0x80;
    const bool ascii_before = !out.empty() && static_cast<unsigned char>(out.back()) < 0x80;
    // A break inside a Japanese heading only makes it fit its cell; a space there was meant.
    if (gap && !out.empty() && (!broken || (ascii && ascii_before))) out += ' ';
    gap = false;
    broken = false;
    out += text[i++];
  }
  return out;
}

FoundHeader take_header(std::span<const Row> rows, std::size_t first_row, std::size_t header_rows) {
  FoundHeader out;
  out.first_row = std::min(first_row, rows.size());
  out.data_row = std::min(out.first_row + header_rows, rows.size());
  out.has_header = out.data_row > out.first_row;
  out.confidence = 1;
  const auto data = rows.subspan(out.data_row);
  fill_titles(rows, out);
  name_columns(rows.subspan(out.first_row, out.data_row - out.first_row),
               width_of(rows.subspan(out.first_row)), out);
  find_composites(data, out);
  out.typical_fill = median_fill(data);
  return out;
}

FoundHeader find_header(std::span<const Row> rows) {
  if (rows.empty()) return {};
  const Shapes shapes = shapes_of(rows, width_of(rows));
  std::vector<Candidate> candidates;
  double best = 0;
  for (std::size_t i = 0; i < std::min(kSearchRows, rows.size()); ++i) {
    candidates.push_back(judge_candidate(rows, shapes, i));
    best = std::max(best, candidates.back().score);
  }
  if (best < kAccept) {
    // Records from the first row on, but for titles over them.
    FoundHeader out = take_header(rows, 0, 0);
    out.confidence = std::clamp(1 - best / kAccept, 0.1, 1.0);
    return out;
  }
  std::size_t first = 0;
  while (candidates[first].score < best * 0.85) ++first;
  std::size_t last = first + 1;
  if (last < candidates.size() && is_lower_header(rows[last], candidates[last], rows[first])) {
    ++last;
  }
  const auto data = rows.subspan(last);
  for (int more = 0; more < 3 && first > 0; ++more) {
    if (!is_upper_header(rows[first - 1], shapes[first - 1], rows[first], data)) break;
    --first;
  }
  FoundHeader out = take_header(rows, first, last - first);
  out.confidence = std::min(1.0, best / 1.2);
  return out;
}

RowKind judge_row(const FoundHeader& header, const Row& row) {
  std::size_t cells = 0;
  std::size_t like_header = 0;
  const Cell* first = nullptr;
  for (std::size_t c = 0; c < row.size(); ++c) {
    if (row[c].empty()) continue;
    ++cells;
    if (first == nullptr) first = &row[c];
    if (c < header.columns.size() && !header.columns[c].generated &&
        one_line(row[c].text) == header.columns[c].label) {
      ++like_header;
    }
  }
  if (first == nullptr) return RowKind::note;
  if (header.has_header && cells >= 2 && like_header == cells) return RowKind::repeated_header;
  const std::string text = one_line(first->text);
  const auto starts = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view w) { return text.starts_with(w); });
  };
  static constexpr std::array<std::string_view, 8> kTotals = {"合計", "総合計", "総計",  "小計",
                                                              "計",   "Total",  "TOTAL", "合　計"};
  if (std::ranges::find(kTotals, text) != kTotals.end() && header.typical_fill > 2) {
    return RowKind::total;
  }
  // Only where records have more cells than this: a list of one or two columns may hold anything.
  if (cells > 2 || header.typical_fill < 3) return RowKind::record;
  if (starts({"※", "＊", "*", "注", "（注", "(注", "出典", "出所", "資料", "備考", "以上", "【注",
              "凡例", "作成", "更新日"})) {
    return RowKind::note;
  }
  if (cells == 1 && text::length(text) > 40) return RowKind::note;
  return RowKind::record;
}

std::string join_composite(const CompositeColumn& composite, const Row& row) {
  std::string out;
  bool digits = false;
  for (std::size_t c = composite.first; c < composite.first + composite.count; ++c) {
    if (!filled(row, c)) continue;
    const std::string& text = row[c].text;
    digits = digits || is_digits(text);
    out += is_separator(text) && text.size() > 1 && text.find("（") == text.npos &&
                   text.find("）") == text.npos
               ? "-"
               : text;
  }
  return digits ? out : std::string();
}

}  // namespace daifuku::exchange
