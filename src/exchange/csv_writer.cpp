#include <algorithm>
#include <utility>

#include "exchange/table_guard.h"
#include "exchange/table_writer.h"
#include "text/encoding.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kFlushBytes = std::size_t{1} << 16;
constexpr std::size_t kMaxReported = 1'000;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_spoilt_by_excel(std::string_view text) {
  const bool digits =
      !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  return digits && ((text.size() > 1 && text.front() == '0') || text.size() >= 12);
}

class CsvWriter final : public TableWriter {
 public:
  CsvWriter(std::span<const WriteColumn> columns, const CsvWriteOptions& options, Sink sink)
      : options_(options), sink_(std::move(sink)) {
    if (options_.encoding == CsvEncoding::utf8_bom) out_ = "\xEF\xBB\xBF";
    std::vector<Cell> header;
    for (const WriteColumn& column : columns) header.push_back({column.title, Cell::Type::text});
    write(header);
  }

  void row(std::span<const Cell> cells) override {
    ++report_.rows;
    write(cells);
  }

  const WriteReport& report() const override { return report_; }

  WriteReport finish() override {
    flush();
    return std::exchange(report_, {});
  }

 private:
  void write(std::span<const Cell> cells) {
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (c > 0) out_ += options_.delimiter;
      if (cells[c].text.empty()) continue;
      cell_.clear();
      write_cell(cells[c], cells.size() == 1);
      append(cell_, c);
    }
    out_ += "\r\n";
    if (out_.size() >= kFlushBytes) flush();
  }

  void write_cell(const Cell& cell, bool alone) {
    if (options_.protect_digits && cell.type == Cell::Type::text && is_spoilt_by_excel(cell.text)) {
      cell_.append("=\"").append(cell.text).append("\"");
      return;
    }
    text_.clear();
    const bool typed = cell.type != Cell::Type::text &&
                       (cell.type != Cell::Type::number || is_plain_amount(cell.text));
    if (options_.guard && !typed) {
      append_guarded(cell.text, text_);
    } else {
      text_ = cell.text;
    }
    // Also the delimiters of other programs, so that none of them finds the start of a cell inside
    // this one.
    const bool quote = text_.find_first_of(",;\t|\"\r\n") != text_.npos || text_.front() == ' ' ||
                       text_.back() == ' ' || text_.find(options_.delimiter) != text_.npos ||
                       (alone && is_blank(text_));
    if (!quote) {
      cell_ = text_;
      return;
    }
    cell_ += '"';
    for (const char c : text_) {
      if (c == '"') cell_ += '"';
      cell_ += c;
    }
    cell_ += '"';
  }

  void append(std::string_view text, std::size_t column) {
    if (options_.encoding != CsvEncoding::cp932 || is_ascii(text)) {
      out_ += text;
      return;
    }
    replaced_.clear();
    text::to_cp932(text, out_, &replaced_);
    report_.replaced_characters += static_cast<std::int64_t>(replaced_.size());
    for (const text::Replaced& one : replaced_) {
      if (report_.replaced.size() >= kMaxReported) return;
      report_.replaced.push_back({report_.rows, column, one.from, one.to});
    }
  }

  void flush() {
    if (!out_.empty()) sink_(out_);
    out_.clear();
  }

  const CsvWriteOptions options_;
  const Sink sink_;
  WriteReport report_ = {};
  std::string out_ = {};
  std::string cell_ = {};
  std::string text_ = {};
  std::vector<text::Replaced> replaced_ = {};
};

}  // namespace

std::unique_ptr<TableWriter> make_csv_writer(std::span<const WriteColumn> columns,
                                             const CsvWriteOptions& options, Sink sink) {
  return std::make_unique<CsvWriter>(columns, options, std::move(sink));
}

}  // namespace daifuku::exchange
