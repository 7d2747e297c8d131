#include "exchange/export_table.h"

#include <algorithm>

#include "exchange/export_pages.h"
#include "exchange/own_export.h"
#include "meta/derive.h"

namespace daifuku::exchange {

using meta::FieldDef;
using records::Record;

namespace {

constexpr std::size_t kPage = 500;
constexpr std::int64_t kTellEvery = 5'000;

}  // namespace

std::string_view export_format_name(ExportFormat format) {
  switch (format) {
    case ExportFormat::csv:
      return "csv";
    case ExportFormat::tsv:
      return "tsv";
    case ExportFormat::xlsx:
      return "xlsx";
    case ExportFormat::jsonl:
      return "jsonl";
    case ExportFormat::vcard:
      return "vcard";
  }
  return "csv";
}

std::optional<ExportFormat> parse_export_format(std::string_view name) {
  for (const ExportFormat format : {ExportFormat::csv, ExportFormat::tsv, ExportFormat::xlsx,
                                    ExportFormat::jsonl, ExportFormat::vcard}) {
    if (export_format_name(format) == name) return format;
  }
  return std::nullopt;
}

Export::Export(records::Engine& engine, const records::Caller& caller, ExportRequest request)
    : engine_(engine),
      access_(std::make_shared<const auth::Access>(caller.access)),
      caller_{.access = *access_, .source = caller.source, .language = caller.language},
      request_(std::move(request)) {
  const auto& rights = access_->object(*request_.object);
  if (rights.read == auth::Scope::none) throw AppError(Status::not_found, "not_found");
  if (!rights.export_rows) throw AppError(Status::forbidden, "export_forbidden");
  if (request_.format == ExportFormat::vcard && !has_vcards(*request_.object)) {
    throw AppError(Status::invalid, "invalid", {}, {{"format", "export_no_vcards", {}}});
  }
  // A card has the fields that belong on one; the log must not say that it had fewer.
  if (request_.format == ExportFormat::vcard && !request_.query.fields.empty()) {
    throw AppError(Status::invalid, "invalid", {}, {{"fields", "export_card_fields", {}}});
  }
  if (request_.round_trip != nullptr && request_.format != ExportFormat::xlsx) {
    throw AppError(Status::invalid, "invalid", {}, {{"format", "invalid_choice", {}}});
  }
  choose_columns();
  // A wrong filter is to be told before the first byte of the file.
  const bool counted = request_.round_trip != nullptr;
  const auto found =
      engine_.list_ids(caller_, *request_.object, request_.query, counted ? kMostRoundTrip + 1 : 1);
  if (counted && static_cast<std::int64_t>(found.size()) > kMostRoundTrip) {
    throw AppError(Status::too_large, "round_trip_too_large",
                   {{"max", std::to_string(kMostRoundTrip)}});
  }
}

void Export::choose_columns() {
  const meta::ObjectDef& object = *request_.object;
  const auto readable = [&](const FieldDef& field) {
    return access_->field(object, field.key) >= meta::FieldRight::read;
  };
  if (request_.round_trip != nullptr) {
    columns_.push_back({system_field("id"), true});
    columns_.push_back({system_field("version"), true});
  }
  if (request_.query.fields.empty()) {
    for (const ExportColumn& column : own_export_columns(*access_, object)) {
      // What comes back by the round trip has its ids in the base.
      const bool told = column.ids || (column.system && column.field->key == "id");
      if (request_.round_trip == nullptr || !told) columns_.push_back(column);
    }
    return;
  }
  Problems problems;
  for (const std::string& key : request_.query.fields) {
    const FieldDef* field = object.field(key);
    const FieldDef* system = system_field(key);
    const bool twice = std::ranges::any_of(
        columns_, [&](const ExportColumn& column) { return column.field->key == key; });
    if (twice) continue;
    if (field != nullptr && readable(*field)) {
      columns_.push_back({field, false});
    } else if (system != nullptr) {
      columns_.push_back({system, true});
    } else if (field == nullptr || access_->field(object, key) == meta::FieldRight::none) {
      problems.push_back({"fields", "field_unknown", {{"name", key}}});
    }
    // A masked column of the list is simply not in the file.
  }
  if (!problems.empty()) throw AppError(Status::invalid, "invalid", {}, problems);
  if (std::ranges::none_of(columns_, [&](const ExportColumn& column) { return asked(column); })) {
    throw AppError(Status::invalid, "invalid", {}, {{"fields", "export_nothing_readable", {}}});
  }
}

bool Export::asked(const ExportColumn& column) const {
  return std::ranges::find(request_.query.fields, column.field->key) != request_.query.fields.end();
}

ExportAbout Export::about() const {
  ExportAbout out{.object = request_.object,
                  .kind = request_.round_trip != nullptr ? "round_trip" : "list",
                  .format = std::string(export_format_name(request_.format)),
                  .filter = request_.query.filter,
                  .words = request_.query.words};
  // None: all. Else what is written of those that were asked for.
  for (const ExportColumn& column : columns_) {
    if (asked(column)) out.fields.push_back(column.field->key);
  }
  const std::string& title = request_.object->title;
  if (request_.format == ExportFormat::jsonl && !out.fields.empty() && !title.empty() &&
      access_->field(*request_.object, title) >= meta::FieldRight::read &&
      std::ranges::find(out.fields, title) == out.fields.end()) {
    out.fields.push_back(title);  // Each record begins with it.
  }
  if (request_.format == ExportFormat::csv || request_.format == ExportFormat::tsv) {
    out.encoding = request_.encoding == CsvEncoding::cp932      ? "cp932"
                   : request_.encoding == CsvEncoding::utf8_bom ? "utf-8-bom"
                                                                : "utf-8";
  }
  return out;
}

ExportResult Export::write_pages(Pages& pages, Id event) {
  ExportResult result;
  std::vector<Record> page;
  const auto put = [&] {
    pages.put(page);
    result.rows += static_cast<std::int64_t>(page.size());
    const bool tell = result.rows / kTellEvery !=
                      (result.rows - static_cast<std::int64_t>(page.size())) / kTellEvery;
    page.clear();
    if (!tell) return;
    if (event != 0) note_export_rows(engine_, event, result.rows);
    if (progress_) progress_(result.rows);
  };
  records::ListQuery query = request_.query;
  query.fields.clear();
  engine_.each(caller_, *request_.object, query, [&](const Record& record) {
    page.push_back(record);
    if (page.size() == kPage) put();
    return true;
  });
  if (!page.empty()) put();
  pages.finish(result);
  return result;
}

Id Export::begin() {
  if (event_ == 0 && request_.logged) event_ = note_export(engine_, caller_, about());
  return event_;
}

ExportResult Export::write(const Sink& sink) {
  const ExportAbout told = about();
  const Id event = begin();
  try {
    const auto pages = make_pages(sink, event);
    ExportResult result = write_pages(*pages, event);
    if (event != 0) note_export_end(engine_, caller_, event, told, result);
    return result;
  } catch (...) {
    // What went out went out.
    if (event != 0) note_export_end(engine_, caller_, event, told, {.rows = -1, .cut = true});
    throw;
  }
}

std::unique_ptr<Export::Pages> Export::make_pages(const Sink& sink, Id event) {
  switch (request_.format) {
    case ExportFormat::jsonl:
      return std::make_unique<JsonPages>(engine_, caller_, *request_.object, columns_, sink);
    case ExportFormat::vcard:
      return std::make_unique<CardPages>(engine_, caller_, *request_.object, request_.vcard, sink);
    case ExportFormat::csv:
    case ExportFormat::tsv:
    case ExportFormat::xlsx:
      break;
  }
  return std::make_unique<TablePages>(engine_, caller_, request_, columns_, event, sink);
}

std::string Export::file_name() const {
  std::string day = format_date(local_date(engine_.clock().now()));
  std::erase(day, '-');
  return request_.object->plural_label.ja + "_" + day + "." +
         (request_.format == ExportFormat::vcard
              ? "vcf"
              : std::string(export_format_name(request_.format)));
}

std::string Export::content_type() const {
  switch (request_.format) {
    case ExportFormat::xlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case ExportFormat::jsonl:
      return "application/x-ndjson; charset=utf-8";
    case ExportFormat::vcard:
      return "text/vcard; charset=utf-8";
    case ExportFormat::csv:
    case ExportFormat::tsv:
      break;
  }
  const std::string type =
      request_.format == ExportFormat::csv ? "text/csv" : "text/tab-separated-values";
  return type +
         (request_.encoding == CsvEncoding::cp932 ? "; charset=Windows-31J" : "; charset=utf-8");
}

}  // namespace daifuku::exchange
