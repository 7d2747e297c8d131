#include "exchange/xlsx_reader.h"

#include <algorithm>
#include <charconv>

#include "exchange/table_guard.h"
#include "exchange/xlsx_archive.h"
#include "exchange/xlsx_strings.h"
#include "exchange/xlsx_workbook.h"
#include "exchange/xlsx_xml.h"

namespace daifuku::exchange {
namespace {

std::int64_t parse_integer(std::string_view text, std::int64_t fallback) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : fallback;
}

// Zero-based column of a reference like BC12; -1 when it is none.
std::int64_t column_of(std::string_view reference) {
  std::int64_t column = 0;
  std::size_t letters = 0;
  for (; letters < reference.size() && letters < 7; ++letters) {
    const char c = reference[letters];
    if (c >= 'A' && c <= 'Z') {
      column = column * 26 + (c - 'A' + 1);
    } else if (c >= 'a' && c <= 'z') {
      column = column * 26 + (c - 'a' + 1);
    } else {
      break;
    }
  }
  return letters == 0 ? -1 : column - 1;
}

// Fills the row that it is given, cell by cell, and pauses the stream at the end of each row with
// something in it.
class SheetHandler final : public XmlHandler {
 public:
  SheetHandler(const Workbook& workbook, const SharedStrings& strings, const OpenOptions& options)
      : workbook_(workbook), strings_(strings), options_(options) {}

  void begin(Row& row) {
    row_ = &row;
    for (Cell& cell : row) cell.clear();
    filled_ = false;
    bytes_ = 0;
  }
  bool filled() const { return filled_; }
  std::int64_t row_number() const { return row_number_; }
  void set_stream(XmlStream* stream) { stream_ = stream; }
  const std::vector<Note>& notes() const { return notes_; }

  void start(std::string_view name, const char* const* attributes) override {
    if (name == "c") {
      start_cell(attributes);
    } else if (name == "v" || (name == "t" && inline_ && phonetic_ == 0)) {
      collecting_ = in_cell_;
    } else if (name == "row") {
      start_row(attributes);
    } else if (name == "is") {
      inline_ = in_cell_;
    } else if (name == "rPh") {
      ++phonetic_;
    } else if (name == "f") {
      formula_ = true;
    }
  }

  void end(std::string_view name) override {
    if (name == "v" || name == "t") {
      collecting_ = false;
    } else if (name == "c") {
      end_cell();
    } else if (name == "row") {
      if (filled_) stream_->pause();
    } else if (name == "is") {
      inline_ = false;
    } else if (name == "rPh") {
      --phonetic_;
    }
  }

  void text(std::string_view characters) override {
    if (!collecting_) return;
    if (value_.size() + characters.size() > options_.max_cell_bytes) {
      throw AppError(Status::too_large, "cell_too_long");
    }
    value_ += characters;
  }

 private:
  enum class Kind { number, shared, inline_text, formula_text, boolean, error, iso_date };

  void start_row(const char* const* attributes) {
    const char* number = attribute(attributes, "r");
    ++row_number_;
    if (number != nullptr) row_number_ = parse_integer(number, row_number_);
    column_ = -1;
    // Counted as well as numbered: a damaged file may repeat a number for ever.
    if (row_number_ < 1 || row_number_ > options_.max_sheet_rows ||
        ++rows_seen_ > options_.max_sheet_rows) {
      throw AppError(Status::too_large, "too_many_rows",
                     {{"limit", std::to_string(options_.max_sheet_rows)}});
    }
  }

  void start_cell(const char* const* attributes) {
    in_cell_ = true;
    formula_ = false;
    kind_ = Kind::number;
    style_ = 0;
    value_.clear();
    ++column_;
    for (; attributes[0] != nullptr; attributes += 2) {
      const std::string_view name = attributes[0];
      const std::string_view value = attributes[1];
      if (name == "r") {
        const std::int64_t column = column_of(value);
        if (column >= 0) column_ = column;
      } else if (name == "s") {
        style_ = static_cast<std::size_t>(std::max<std::int64_t>(0, parse_integer(value, 0)));
      } else if (name == "t") {
        kind_ = kind_of(value);
      }
    }
    if (column_ >= options_.max_columns) {
      throw AppError(Status::too_large, "too_many_columns",
                     {{"limit", std::to_string(options_.max_columns)}});
    }
  }

  static Kind kind_of(std::string_view type) {
    if (type == "s") return Kind::shared;
    if (type == "inlineStr") return Kind::inline_text;
    if (type == "str") return Kind::formula_text;
    if (type == "b") return Kind::boolean;
    if (type == "e") return Kind::error;
    if (type == "d") return Kind::iso_date;
    return Kind::number;
  }

  void end_cell() {
    in_cell_ = false;
    inline_ = false;
    if (formula_ && value_.empty() && kind_ == Kind::number) note("formula_without_value");
    if (value_.empty()) return;
    const auto place = static_cast<std::size_t>(column_);
    if (row_->size() <= place) row_->resize(place + 1);
    Cell& cell = (*row_)[place];
    fill(cell);
    if (is_blank(cell.text)) {
      cell.clear();
      return;
    }
    bytes_ += cell.text.size();
    if (bytes_ > options_.max_row_bytes) throw AppError(Status::too_large, "row_too_long");
    filled_ = true;
  }

  void fill(Cell& cell) {
    switch (kind_) {
      case Kind::number:
        format_number(value_, workbook_.format(style_), workbook_.date1904, cell);
        return;
      case Kind::shared: {
        const std::int64_t index = parse_integer(value_, -1);
        if (index < 0 || static_cast<std::size_t>(index) >= strings_.size()) {
          note("shared_string_missing");
          cell.clear();
          return;
        }
        cell.text = strings_.get(static_cast<std::size_t>(index));
        break;
      }
      case Kind::inline_text:
      case Kind::formula_text:
        clean_xlsx_text(value_);
        cell.text = value_;
        break;
      case Kind::boolean:
        cell.text = value_ == "1" || value_ == "true" ? "TRUE" : "FALSE";
        cell.type = Cell::Type::boolean;
        return;
      case Kind::error:
        cell.text = value_;
        cell.type = Cell::Type::error;
        return;
      case Kind::iso_date:
        fill_iso_date(cell);
        return;
    }
    cell.type = Cell::Type::text;
    undo_guard(cell.text, options_.guard_undo);
  }

  // 2026-04-01, 2026-04-01T13:30:00
  void fill_iso_date(Cell& cell) {
    cell.text = value_;
    cell.type = Cell::Type::date;
    const std::size_t time = cell.text.find('T');
    if (time == cell.text.npos) return;
    const std::string_view clock = std::string_view(cell.text).substr(time + 1);
    if (clock.starts_with("00:00:00") && clock.find_first_not_of("0:.Z") == clock.npos) {
      cell.text.resize(time);
      return;
    }
    cell.text[time] = ' ';
    cell.type = Cell::Type::date_time;
  }

  void note(std::string_view code) {
    const bool known =
        std::ranges::any_of(notes_, [&](const Note& note) { return note.code == code; });
    if (!known) notes_.push_back({std::string(code), row_number_, {}});
  }

  const Workbook& workbook_;
  const SharedStrings& strings_;
  const OpenOptions& options_;
  XmlStream* stream_ = nullptr;
  Row* row_ = nullptr;
  std::vector<Note> notes_ = {};
  std::string value_ = {};
  std::int64_t row_number_ = 0;
  std::int64_t rows_seen_ = 0;
  std::int64_t column_ = -1;
  std::size_t style_ = 0;
  std::size_t bytes_ = 0;
  Kind kind_ = Kind::number;
  int phonetic_ = 0;
  bool in_cell_ = false;
  bool inline_ = false;
  bool collecting_ = false;
  bool formula_ = false;
  bool filled_ = false;
};

class XlsxReader final : public TableReader {
 public:
  XlsxReader(const std::filesystem::path& path, const OpenOptions& options)
      : options_(options),
        archive_(path, options_),
        workbook_(read_workbook(archive_)),
        strings_(options_),
        handler_(workbook_, strings_, options_) {}

  const Workbook& workbook() const { return workbook_; }
  void choose(std::size_t sheet) { part_ = workbook_.sheets[sheet].part; }

  bool next(Row& row) override {
    if (stream_ == nullptr) begin();
    handler_.begin(row);
    if (stream_->run()) return true;
    // The last row pauses too; what is left after it is the end of the sheet.
    return false;
  }
  std::int64_t line() const override { return handler_.row_number(); }
  double progress() const override {
    const std::uint64_t size = archive_.size(part_);
    if (stream_ == nullptr || size == 0) return 0;
    return std::min(1.0, static_cast<double>(stream_->consumed()) / static_cast<double>(size));
  }
  const std::vector<Note>& notes() const override { return handler_.notes(); }

 private:
  void begin() {
    if (!workbook_.shared_strings.empty()) strings_.load(archive_, workbook_.shared_strings);
    stream_ = std::make_unique<XmlStream>(archive_, part_, handler_);
    handler_.set_stream(stream_.get());
  }

  const OpenOptions options_;
  XlsxArchive archive_;
  Workbook workbook_;
  SharedStrings strings_;
  SheetHandler handler_;
  std::string part_ = {};
  std::unique_ptr<XmlStream> stream_ = {};
};

int choose_sheet(const Workbook& workbook, const OpenOptions& options) {
  const int count = static_cast<int>(workbook.sheets.size());
  if (!options.sheet.empty()) {
    for (int i = 0; i < count; ++i) {
      if (workbook.sheets[static_cast<std::size_t>(i)].info.name == options.sheet) return i;
    }
    throw AppError(Status::invalid, "sheet_not_found", {{"name", options.sheet}});
  }
  if (options.sheet_index >= 0) {
    if (options.sheet_index < count) return options.sheet_index;
    throw AppError(Status::invalid, "sheet_not_found",
                   {{"name", std::to_string(options.sheet_index + 1)}});
  }
  for (int i = 0; i < count; ++i) {
    if (!workbook.sheets[static_cast<std::size_t>(i)].info.hidden) return i;
  }
  return 0;
}

}  // namespace

OpenedTable open_xlsx(const std::filesystem::path& path, const OpenOptions& options) {
  auto reader = std::make_unique<XlsxReader>(path, options);
  const Workbook& workbook = reader->workbook();
  if (workbook.sheets.empty()) throw AppError(Status::invalid, "workbook_damaged");

  OpenedTable table;
  table.format = TableFormat::xlsx;
  table.sheet = choose_sheet(workbook, options);
  for (const Workbook::Sheet& sheet : workbook.sheets) table.sheets.push_back(sheet.info);
  reader->choose(static_cast<std::size_t>(table.sheet));
  const auto visible =
      std::ranges::count_if(table.sheets, [](const SheetInfo& sheet) { return !sheet.hidden; });
  if (visible > 1) {
    table.notes.push_back({"several_sheets", 0, {{"count", std::to_string(visible)}}});
  }
  table.reader = std::move(reader);
  return table;
}

}  // namespace daifuku::exchange
