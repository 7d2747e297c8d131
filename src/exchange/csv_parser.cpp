#include "exchange/csv_parser.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "exchange/table_guard.h"

namespace daifuku::exchange {
namespace {

const char* find(std::string_view text, std::size_t from, char c) {
  return static_cast<const char*>(std::memchr(text.data() + from, c, text.size() - from));
}

std::int64_t count_breaks(std::string_view text) {
  std::int64_t breaks = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) {
      ++breaks;
    }
  }
  return breaks;
}

// CR LF and CR become LF.
void normalize_breaks(std::string& text) {
  std::size_t to = text.find('\r');
  if (to == text.npos) return;
  for (std::size_t from = to; from < text.size(); ++from) {
    if (text[from] != '\r') {
      text[to++] = text[from];
    } else if (from + 1 == text.size() || text[from + 1] != '\n') {
      text[to++] = '\n';
    }
  }
  text.resize(to);
}

}  // namespace

CsvParser::CsvParser(char delimiter, const OpenOptions& options)
    : delimiter_(delimiter), options_(options) {}

CsvParser::Result CsvParser::parse(std::string_view buffer, bool last, Row& row) {
  consumed_ = 0;
  lines_ = 1;
  literal_.clear();
  if (buffer.empty()) return last ? Result::end : Result::more;
  std::size_t column = 0;
  for (at_ = 0;;) {
    if (column == row.size()) {
      if (column >= static_cast<std::size_t>(options_.max_columns)) {
        throw AppError(Status::too_large, "too_many_columns",
                       {{"limit", std::to_string(options_.max_columns)}});
      }
      row.emplace_back();
    }
    Cell& cell = row[column];
    const bool open_quote = at_ < buffer.size() && buffer[at_] == '"' &&
                            std::ranges::find(literal_, at_) == literal_.end();
    const Step step = open_quote ? quoted(buffer, last, cell) : unquoted(buffer, last, cell);
    if (step == Step::more) {
      if (buffer.size() > options_.max_row_bytes) throw AppError(Status::too_large, "row_too_long");
      return Result::more;
    }
    if (step == Step::restart) {
      column = 0;
      at_ = 0;
      lines_ = 1;
      continue;
    }
    ++column;
    if (at_ == buffer.size() || buffer[at_] != delimiter_) break;
    ++at_;
  }
  if (at_ < buffer.size()) {
    if (buffer[at_] == '\r' && at_ + 1 == buffer.size() && !last) return Result::more;
    const bool pair = buffer[at_] == '\r' && at_ + 1 < buffer.size() && buffer[at_ + 1] == '\n';
    at_ += pair ? 2 : 1;
  }
  consumed_ = at_;
  if (row.size() != column) row.resize(column);
  if (column > 1) expected_columns_ = column;
  return Result::record;
}

CsvParser::Step CsvParser::unquoted(std::string_view buffer, bool last, Cell& cell) {
  const char* const begin = buffer.data() + at_;
  const char* const end = buffer.data() + buffer.size();
  const char* p = begin;
  while (p != end && !ends_field(*p)) ++p;
  if (p == end && !last) return Step::more;
  cell.text.assign(begin, p);
  at_ = static_cast<std::size_t>(p - buffer.data());
  finish_cell(cell);
  return Step::field;
}

CsvParser::Step CsvParser::quoted(std::string_view buffer, bool last, Cell& cell) {
  const std::size_t open = at_;
  const auto restart = [&] {
    literal_.push_back(open);
    return Step::restart;
  };
  cell.text.clear();
  std::size_t from = open + 1;
  std::size_t close = 0;
  for (;;) {
    const char* quote = from < buffer.size() ? find(buffer, from, '"') : nullptr;
    const std::size_t seen =
        quote == nullptr ? buffer.size() : static_cast<std::size_t>(quote - buffer.data());
    if (seen - open > options_.max_cell_bytes) return restart();
    if (quote == nullptr) return last ? restart() : Step::more;
    close = seen;
    if (close + 1 == buffer.size() && !last) return Step::more;
    cell.text.append(buffer.data() + from, close - from);
    if (close + 1 == buffer.size() || buffer[close + 1] != '"') break;
    cell.text += '"';
    from = close + 2;
  }

  const std::string_view inside = buffer.substr(open + 1, close - open - 1);
  const std::int64_t breaks = count_breaks(inside);
  if (breaks > 2 && looks_swallowed(inside)) return restart();
  std::size_t after = close + 1;
  while (after < buffer.size() && buffer[after] == ' ' && delimiter_ != ' ') ++after;
  if (after == buffer.size() && !last) return Step::more;
  at_ = after;
  if (after < buffer.size() && !ends_field(buffer[after])) {
    if (breaks > 0) return restart();
    // Excel takes what follows as part of the cell: "ab"cd is abcd.
    std::size_t end = close + 1;
    while (end < buffer.size() && !ends_field(buffer[end])) ++end;
    if (end == buffer.size() && !last) return Step::more;
    cell.text.append(buffer.data() + close + 1, end - close - 1);
    at_ = end;
  }
  lines_ += breaks;
  normalize_breaks(cell.text);
  finish_cell(cell);
  return Step::field;
}

// Whether most whole lines inside a quoted cell have as many delimiters as records have. From three
// columns on, since one comma a line is common in prose.
bool CsvParser::looks_swallowed(std::string_view inside) const {
  if (expected_columns_ < 3) return false;
  std::size_t lines = 0;
  std::size_t alike = 0;
  std::size_t start = inside.find_first_of("\r\n");
  while (start != inside.npos && lines < 50) {
    start = inside.find_first_not_of("\r\n", start);
    if (start == inside.npos) break;
    const std::size_t end = inside.find_first_of("\r\n", start);
    if (end == inside.npos) break;
    const std::string_view line = inside.substr(start, end - start);
    ++lines;
    if (static_cast<std::size_t>(std::ranges::count(line, delimiter_)) + 1 >= expected_columns_) {
      ++alike;
    }
    start = end;
  }
  return lines > 1 && alike * 5 >= lines * 4;
}

void CsvParser::finish_cell(Cell& cell) const {
  std::string& text = cell.text;
  if (!text.empty()) {
    if (text.front() == '=' && text.size() >= 3 && text[1] == '"' && text.back() == '"') {
      text = text.substr(2, text.size() - 3);
    } else if (text.front() == '\'' || options_.guard_undo == GuardUndo::everywhere) {
      undo_guard(text, options_.guard_undo);
    }
  }
  if (is_blank(text)) {
    cell.clear();
  } else {
    cell.type = Cell::Type::text;
  }
}

char detect_delimiter(std::string_view sample, bool complete) {
  constexpr std::string_view kCandidates = ",\t;|";
  constexpr int kRecords = 100;
  char best = ',';
  double best_score = 0;
  OpenOptions options;
  options.max_columns = 1 << 20;
  Row row;
  for (const char candidate : kCandidates) {
    if (sample.find(candidate) == sample.npos) continue;
    CsvParser parser(candidate, options);
    std::map<std::size_t, int> records_by_columns;
    int records = 0;
    std::string_view rest = sample;
    while (records < kRecords && parser.parse(rest, complete, row) == CsvParser::Result::record) {
      rest.remove_prefix(parser.consumed());
      if (std::ranges::all_of(row, &Cell::empty)) continue;
      ++records;
      ++records_by_columns[row.size()];
    }
    if (records == 0) continue;
    for (const auto& [columns, count] : records_by_columns) {
      if (columns < 2) continue;
      const double score =
          static_cast<double>(count) / records * (1 - 1 / static_cast<double>(columns));
      if (score > best_score) {
        best_score = score;
        best = candidate;
      }
    }
  }
  return best;
}

}  // namespace daifuku::exchange
