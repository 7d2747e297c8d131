#include <fcntl.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <utility>

#include "base/time.h"
#include "exchange/table_guard.h"
#include "exchange/table_writer.h"
#include "text/fold.h"

namespace daifuku::exchange {
namespace {

constexpr lxw_row_t kSheetRows = 1'048'576;
constexpr std::size_t kMaxCellCharacters = 32'767;
constexpr std::size_t kFlushBytes = std::size_t{1} << 16;

void check(lxw_error error) {
  if (error != LXW_NO_ERROR) throw SystemError(std::string("xlsx: ") + lxw_strerror(error));
}

// Days since 1899-12-30, and the part of the day. Only dates that Excel counts as we do.
std::optional<double> serial_of(std::string_view text, Cell::Type type) {
  const auto date = parse_iso_date(text.substr(0, 10));
  if (!date || date->year < 1901) return std::nullopt;
  constexpr std::int64_t kEpoch = -25'569;
  const auto days = static_cast<double>(days_from_date(*date) - kEpoch);
  if (type == Cell::Type::date) return text.size() == 10 ? std::optional(days) : std::nullopt;
  int hour = 0;
  int minute = 0;
  int second = 0;
  const auto number = [&](std::size_t at, int& out) {
    if (text.size() < at + 2) return false;
    return std::from_chars(text.data() + at, text.data() + at + 2, out).ptr == text.data() + at + 2;
  };
  if (text.size() != 16 && text.size() != 19) return std::nullopt;
  if (!number(11, hour) || text[13] != ':' || !number(14, minute)) return std::nullopt;
  if (text.size() == 19 && !number(17, second)) return std::nullopt;
  return days + (hour * 3600 + minute * 60 + second) / 86'400.0;
}

// _x000D_ in a text would be read as the character with that number; its first _ goes as _x005F_.
std::string with_escapes_escaped(const std::string& text) {
  const auto hex = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text.compare(i, 2, "_x") == 0 && i + 6 < text.size() &&
                        text[i + 6] == '_' && std::all_of(&text[i + 2], &text[i + 6], hex);
    if (escape) out += "_x005F";
    out += text[i];
  }
  return out;
}

// A number that Excel keeps in full: up to 15 digits.
std::optional<double> exact_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
  return digits <= 15 ? std::optional(value) : std::nullopt;
}

class XlsxWriter final : public TableWriter {
 public:
  XlsxWriter(std::span<const WriteColumn> columns, const XlsxWriteOptions& options, Sink sink)
      : columns_(columns.begin(), columns.end()), options_(options), sink_(std::move(sink)) {
    const auto folder =
        options_.scratch.empty() ? std::filesystem::temp_directory_path() : options_.scratch;
    scratch_ = folder.string();
    // Without a name: what is exported lies nowhere when the program ends.
    file_ = ::open(scratch_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file_ < 0) {
      std::string named = (folder / "daifuku-export-XXXXXX").string();
      file_ = mkostemp(named.data(), O_CLOEXEC);
      if (file_ >= 0) unlink(named.c_str());
    }
    if (file_ < 0) throw SystemError("temporary file: " + std::string(std::strerror(errno)));
    path_ = "/proc/self/fd/" + std::to_string(file_);
    lxw_workbook_options workbook_options{};
    workbook_options.constant_memory = LXW_TRUE;
    workbook_options.tmpdir = scratch_.data();
    workbook_ = workbook_new_opt(path_.c_str(), &workbook_options);
    if (workbook_ == nullptr) {
      discard();
      throw SystemError("xlsx: out of memory");
    }
    bold_ = workbook_add_format(workbook_);
    format_set_bold(bold_);
    date_ = workbook_add_format(workbook_);
    format_set_num_format(date_, "yyyy-mm-dd");
    date_time_ = workbook_add_format(workbook_);
    format_set_num_format(date_time_, "yyyy-mm-dd hh:mm:ss");
    try {
      add_sheet();
    } catch (...) {
      discard();
      throw;
    }
  }
  ~XlsxWriter() override { discard(); }

  void row(std::span<const Cell> cells) override {
    if (next_row_ == kSheetRows) add_sheet();
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (!cells[c].text.empty()) write_cell(static_cast<lxw_col_t>(c), cells[c]);
    }
    ++next_row_;
    ++report_.rows;
  }

  const WriteReport& report() const override { return report_; }

  WriteReport finish() override {
    if (!options_.metadata.empty()) add_metadata();
    const lxw_error error = workbook_close(std::exchange(workbook_, nullptr));
    check(error);
    std::ifstream file(path_, std::ios::binary);
    std::array<char, kFlushBytes> buffer{};
    while (file.read(buffer.data(), buffer.size()) || file.gcount() > 0) {
      sink_({buffer.data(), static_cast<std::size_t>(file.gcount())});
    }
    if (file.bad()) throw SystemError("read " + path_);
    discard();
    return std::exchange(report_, {});
  }

 private:
  void discard() noexcept {
    if (workbook_ != nullptr) lxw_workbook_free(std::exchange(workbook_, nullptr));
    if (file_ >= 0) ::close(std::exchange(file_, -1));
  }

  void add_sheet() {
    ++sheets_;
    std::string name = options_.sheet;
    if (sheets_ > 1) name += " (" + std::to_string(sheets_) + ")";
    sheet_ = workbook_add_worksheet(workbook_, name.c_str());
    if (sheet_ == nullptr) throw SystemError("xlsx: sheet name " + name);
    // The first column that people see stays in view.
    const auto hidden = static_cast<lxw_col_t>(options_.hidden_columns);
    worksheet_freeze_panes(sheet_, 1, hidden > 0 ? static_cast<lxw_col_t>(hidden + 1) : hidden);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const auto column = static_cast<lxw_col_t>(c);
      const auto title_width = static_cast<double>(text::length(columns_[c].title)) * 2 + 2;
      const double width = columns_[c].type == Cell::Type::date_time ? 20
                           : columns_[c].type == Cell::Type::date    ? 12
                                                                     : 16;
      lxw_row_col_options shown{};
      shown.hidden = c < options_.hidden_columns ? LXW_TRUE : LXW_FALSE;
      check(worksheet_set_column_opt(sheet_, column, column, std::max(width, title_width), nullptr,
                                     &shown));
      write_text(0, column, columns_[c].title, bold_);
    }
    next_row_ = 1;
  }

  void add_metadata() {
    sheet_ = workbook_add_worksheet(workbook_, kMetadataSheet);
    if (sheet_ == nullptr) throw SystemError("xlsx: metadata sheet");
    worksheet_hide(sheet_);
    lxw_row_t row = 0;
    for (const auto& [name, value] : options_.metadata) {
      write_text(row, 0, name, nullptr);
      write_text(row++, 1, value, nullptr);
    }
  }

  void write_cell(lxw_col_t column, const Cell& cell) {
    switch (cell.type) {
      case Cell::Type::number:
        if (const auto value = exact_number(cell.text)) {
          check(worksheet_write_number(sheet_, next_row_, column, *value, nullptr));
          return;
        }
        break;
      case Cell::Type::date:
      case Cell::Type::date_time:
        if (const auto serial = serial_of(cell.text, cell.type)) {
          lxw_format* format = cell.type == Cell::Type::date ? date_ : date_time_;
          check(worksheet_write_number(sheet_, next_row_, column, *serial, format));
          return;
        }
        break;
      case Cell::Type::boolean:
        if (cell.text == "TRUE" || cell.text == "FALSE") {
          check(worksheet_write_boolean(sheet_, next_row_, column, cell.text == "TRUE", nullptr));
          return;
        }
        break;
      case Cell::Type::empty:
      case Cell::Type::text:
      case Cell::Type::error:
        break;
    }
    write_text(next_row_, column, cell.text, nullptr);
  }

  void write_text(lxw_row_t row, lxw_col_t column, const std::string& text, lxw_format* format) {
    if (text.starts_with('\'')) {
      // '=1 that somebody typed: the reader takes one apostrophe off, as from any file.
      std::string read = text;
      undo_guard(read, GuardUndo::leading);
      if (read != text) return write_cut(row, column, "'" + text, format);
    }
    if (text.find("_x") != text.npos) {
      write_cut(row, column, with_escapes_escaped(text), format);
    } else {
      write_cut(row, column, text, format);
    }
  }

  void write_cut(lxw_row_t row, lxw_col_t column, const std::string& text, lxw_format* format) {
    // Bytes are at least as many as characters, so most cells need no count.
    if (text.size() <= kMaxCellCharacters || text::length(text) <= kMaxCellCharacters) {
      check(worksheet_write_string(sheet_, row, column, text.c_str(), format));
      return;
    }
    ++report_.truncated_cells;
    const std::string cut = text::truncate(text, kMaxCellCharacters);
    check(worksheet_write_string(sheet_, row, column, cut.c_str(), format));
  }

  const std::vector<WriteColumn> columns_;
  const XlsxWriteOptions options_;
  const Sink sink_;
  std::string scratch_ = {};
  int file_ = -1;
  std::string path_ = {};  // of file_
  lxw_workbook* workbook_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* bold_ = nullptr;
  lxw_format* date_ = nullptr;
  lxw_format* date_time_ = nullptr;
  lxw_row_t next_row_ = 0;
  int sheets_ = 0;
  WriteReport report_ = {};
};

}  // namespace

std::unique_ptr<TableWriter> make_xlsx_writer(std::span<const WriteColumn> columns,
                                              const XlsxWriteOptions& options, Sink sink) {
  return std::make_unique<XlsxWriter>(columns, options, std::move(sink));
}

}  // namespace daifuku::exchange
