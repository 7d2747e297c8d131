// Lists out into files: what a person may read of an object, filtered and sorted as his list is.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "auth/access.h"
#include "exchange/export_base.h"
#include "exchange/export_cells.h"
#include "exchange/export_log.h"
#include "exchange/table_writer.h"
#include "exchange/vcard_writer.h"
#include "records/engine.h"

namespace daifuku::exchange {

enum class ExportFormat { csv, tsv, xlsx, jsonl, vcard };
std::string_view export_format_name(ExportFormat format);  // csv tsv xlsx jsonl vcard
std::optional<ExportFormat> parse_export_format(std::string_view name);

struct ExportRequest {
  const meta::ObjectDef* object = nullptr;
  records::ListQuery query = {};  // filter, sort, words; `fields` empty takes all
  ExportFormat format = ExportFormat::csv;
  CsvEncoding encoding = CsvEncoding::utf8_bom;
  VCardVersion vcard = VCardVersion::v4;
  std::filesystem::path scratch = {};
  // XLSX that can come back: hidden columns with id and version, and what went out kept here.
  const RoundTripStore* round_trip = nullptr;
  bool logged = true;  // false: the caller logs a larger whole that this is a part of
};

// Checked and ready to be written; the access is kept, since the file is written after the request
// is gone. Fields that are hidden or masked for the caller are not in it; headings are the labels
// in Japanese, linked records are written by their titles. JSON lines are records as the API
// answers them; address cards have the fields that belong on one.
class Export {
 public:
  static constexpr std::int64_t kMostRoundTrip = 50'000;

  // Throws AppError: forbidden ("export_forbidden") without the right to export such records,
  // invalid for fields, filters and sorts that the caller cannot use, too_large for a round trip of
  // more than kMostRoundTrip rows.
  Export(records::Engine& engine, const records::Caller& caller, ExportRequest request);

  // Its event into the export log, once; 0 when it is not logged. write() does it otherwise.
  Id begin();
  // Writes the whole file in constant memory. Before the first byte its event is in the log.
  ExportResult write(const Sink& sink);
  // While it writes, every few thousand rows.
  void on_progress(std::function<void(std::int64_t rows)> progress) {
    progress_ = std::move(progress);
  }
  // 会社_20260401.csv
  std::string file_name() const;
  std::string content_type() const;

 private:
  class Pages;
  class TablePages;
  class JsonPages;
  class CardPages;
  void choose_columns();
  bool asked(const ExportColumn& column) const;  // by its key, where not all are
  ExportAbout about() const;
  ExportResult write_pages(Pages& pages, Id event);
  std::unique_ptr<Pages> make_pages(const Sink& sink, Id event);

  records::Engine& engine_;
  std::shared_ptr<const auth::Access> access_;
  records::Caller caller_;
  ExportRequest request_;
  std::vector<ExportColumn> columns_ = {};
  Id event_ = 0;
  std::function<void(std::int64_t)> progress_ = {};
};

}  // namespace daifuku::exchange
