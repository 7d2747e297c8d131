#include "exchange/csv_reader.h"

#include <algorithm>

#include "exchange/csv_parser.h"
#include "exchange/table_guard.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kMaxNotes = 100;
constexpr int kCertain = 80;

// "sep=;" as the first line is a hint that Excel writes and obeys; 0 when there is none.
char separator_hint(std::string_view text) {
  return text.size() >= 6 && (text.starts_with("sep=") || text.starts_with("SEP=")) &&
                 (text[5] == '\r' || text[5] == '\n')
             ? text[4]
             : '\0';
}

class CsvReader final : public TableReader {
 public:
  CsvReader(const std::filesystem::path& path, text::Encoding encoding, bool mend, char delimiter,
            bool skip_hint, const OpenOptions& options)
      : options_(options),
        source_(path, encoding, mend),
        parser_(delimiter, options_),
        skip_hint_(skip_hint) {}

  bool next(Row& row) override {
    for (;;) {
      const std::string_view rest = std::string_view(buffer_).substr(at_);
      const CsvParser::Result result = parser_.parse(rest, ended_, row);
      if (result == CsvParser::Result::more) {
        fill();
        continue;
      }
      if (result == CsvParser::Result::end) {
        finish();
        return false;
      }
      at_ += parser_.consumed();
      line_ = next_line_;
      next_line_ += parser_.lines();
      if (parser_.recovered()) note("unclosed_quote", line_);
      if (skip_hint_) {
        skip_hint_ = false;
        continue;
      }
      if (!std::ranges::all_of(row, &Cell::empty)) return true;
    }
  }
  std::int64_t line() const override { return line_; }
  double progress() const override { return source_.progress(); }
  const std::vector<Note>& notes() const override { return notes_; }

 private:
  void fill() {
    buffer_.erase(0, at_);
    at_ = 0;
    if (!source_.read(buffer_)) ended_ = true;
  }
  void note(std::string_view code, std::int64_t line, Params params = {}) {
    if (notes_.size() < kMaxNotes) notes_.push_back({std::string(code), line, std::move(params)});
  }
  void finish() {
    if (finished_) return;
    finished_ = true;
    if (source_.replaced() > 0) {
      note("undecodable_characters", 0, {{"count", std::to_string(source_.replaced())}});
    }
    if (source_.nuls() > 0) note("nul_removed", 0, {{"count", std::to_string(source_.nuls())}});
  }

  const OpenOptions options_;
  TextSource source_;
  CsvParser parser_;
  bool skip_hint_;
  std::string buffer_ = {};
  std::size_t at_ = 0;
  bool ended_ = false;
  bool finished_ = false;
  std::int64_t line_ = 0;
  std::int64_t next_line_ = 1;
  std::vector<Note> notes_ = {};
};

}  // namespace

OpenedTable open_csv(const std::filesystem::path& path, const FileStart& start,
                     const OpenOptions& options) {
  const text::Detected detected = text::detect_encoding(start.bytes, start.complete);
  text::Encoding encoding = detected.encoding;
  OpenedTable table;
  table.encoding_certain = detected.ascii || detected.confidence >= kCertain;
  if (!options.encoding.empty()) {
    const auto named = text::parse_encoding(options.encoding);
    if (!named) {
      throw AppError(Status::invalid, "encoding_unknown", {{"name", options.encoding}});
    }
    encoding = *named;
    table.encoding_certain = true;
  }
  table.encoding = text::encoding_name(encoding);

  std::string sample;
  text::Decoder(encoding).decode(start.bytes, sample, start.complete);
  std::erase(sample, '\0');
  if (start.complete && is_blank(sample)) throw AppError(Status::unsupported, "file_empty");
  const bool mend = detected.mojibake && encoding == text::Encoding::utf8 && options.mend_mojibake;
  if (detected.mojibake && encoding == text::Encoding::utf8) {
    table.notes.push_back({mend ? "mojibake_mended" : "mojibake", 0, {}});
  }
  if (!table.encoding_certain) {
    table.notes.push_back({"encoding_guessed", 0, {{"encoding", table.encoding}}});
  }

  const char hint = separator_hint(sample);
  table.delimiter = options.delimiter != 0               ? options.delimiter
                    : hint != 0                          ? hint
                    : options.format == TableFormat::tsv ? '\t'
                                                         : detect_delimiter(sample, start.complete);
  table.format = table.delimiter == '\t' ? TableFormat::tsv : TableFormat::csv;
  table.reader =
      std::make_unique<CsvReader>(path, encoding, mend, table.delimiter, hint != 0, options);
  return table;
}

}  // namespace daifuku::exchange
