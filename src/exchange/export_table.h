// Lists out into files: what a person may read of an object, filtered and sorted as his list is.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "auth/access.h"
#include "exchange/table_writer.h"
#include "records/engine.h"

namespace daifuku::exchange {

struct ExportRequest {
  const meta::ObjectDef* object = nullptr;
  records::ListQuery query = {};  // filter, sort, words; `fields` empty takes all
  TableFormat format = TableFormat::csv;
  CsvEncoding encoding = CsvEncoding::utf8_bom;
  std::filesystem::path scratch = {};
};

// Checked and ready to be written; the access is kept, since the file is written after the request
// is gone. Fields that are hidden or masked for the caller are not in it; headings are the labels
// in Japanese, linked records are written by their titles.
class Export {
 public:
  // Throws AppError: forbidden ("export_forbidden") without the right to export such records,
  // invalid for fields, filters and sorts that the caller cannot use.
  Export(records::Engine& engine, const records::Caller& caller, ExportRequest request);

  // Writes the whole file in constant memory, and its event into the export log before the first
  // byte.
  WriteReport write(const Sink& sink);
  // 会社_20260401.csv
  std::string file_name() const;
  std::string content_type() const;

 private:
  struct Column {
    const meta::FieldDef* field = nullptr;
    bool system = false;
  };
  void choose_columns();
  std::vector<WriteColumn> headings() const;
  void write_page(TableWriter& writer, const std::vector<records::Record>& page);
  Cell cell(const Column& column, const records::Record& record) const;
  std::string linked_text(const meta::FieldDef& field, const std::vector<Id>& ids) const;
  void collect_links(store::Connection& connection, const std::vector<records::Record>& page);

  records::Engine& engine_;
  std::shared_ptr<const auth::Access> access_;
  records::Caller caller_;
  ExportRequest request_;
  std::vector<Column> columns_ = {};
  std::unordered_map<Id, std::string> titles_ = {};  // of the page's links and files
};

// The event of an export. `rows` is -1 while it is being written.
Id note_export(records::Engine& engine, const records::Caller& caller,
               const meta::ObjectDef& object, std::string_view format, const Json& filter);
void note_export_rows(records::Engine& engine, Id event, std::int64_t rows);

}  // namespace daifuku::exchange
