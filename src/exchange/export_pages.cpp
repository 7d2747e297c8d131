#include "exchange/export_pages.h"

#include <algorithm>

#include "exchange/own_export.h"
#include "records/record_json.h"

namespace daifuku::exchange {

using records::Record;

namespace {

constexpr std::size_t kMostTold = 1'000;

std::vector<WriteColumn> headings_of(const std::vector<ExportColumn>& columns) {
  auto titles = own_headings(columns);
  std::vector<WriteColumn> out;
  for (const ExportColumn& column : columns) {
    const std::string& key = column.field->key;
    const bool text = column.ids || (column.system && (key == "id" || key == "team_id"));
    out.push_back({.title = std::move(titles[out.size()]),
                   .type = text ? Cell::Type::text : cell_type_of(*column.field)});
  }
  return out;
}

}  // namespace

Export::TablePages::TablePages(records::Engine& engine, const records::Caller& caller,
                               const ExportRequest& request,
                               const std::vector<ExportColumn>& columns, Id event, const Sink& sink)
    : engine_(engine), cells_(engine, caller, columns) {
  const auto headings = headings_of(columns);
  const Millis now = engine.clock().now();
  if (request.round_trip != nullptr) {
    BaseHeader header{
        .event = event, .user = caller.access.user(), .object = request.object->key, .at = now};
    for (std::size_t c = 0; c < columns.size(); ++c) {
      header.columns.push_back({columns[c].field->key, headings[c].title});
    }
    base_ = std::make_unique<BaseWriter>(*request.round_trip, header);
  }
  if (request.format == ExportFormat::xlsx) {
    writer_ = make_xlsx_writer(
        headings,
        xlsx_options(request, headings, event, engine.user_name(caller.access.user()), now), sink);
  } else {
    writer_ = make_csv_writer(headings,
                              {.encoding = request.encoding,
                               .delimiter = request.format == ExportFormat::tsv ? '\t' : ','},
                              sink);
  }
  keep_replaced(nullptr);
}

XlsxWriteOptions Export::TablePages::xlsx_options(const ExportRequest& request,
                                                  const std::vector<WriteColumn>& headings,
                                                  Id event, std::string_view user, Millis now) {
  XlsxWriteOptions out{.sheet = request.object->plural_label.ja, .scratch = request.scratch};
  if (request.round_trip == nullptr) return out;
  out.hidden_columns = 2;
  out.metadata = {
      {"daifuku", "1"},
      {"export", encode_id(event)},
      {"object", request.object->key},
      {"書き出した人", std::string(user)},
      {"書き出した日時", format_instant(now)},
      {"説明",
       "この表を直して大福帳の一覧に戻すときに使う印です。このシートと、一覧の左にある隠れた"
       "列（番号・版）は消さないでください。"}};
  std::string titles;
  for (const WriteColumn& heading : headings) {
    if (!titles.empty()) titles += '\n';
    titles += heading.title;
  }
  out.metadata.emplace_back("列", titles);
  if (!request.query.filter.is_null()) {
    out.metadata.emplace_back("絞り込み", boost::json::serialize(request.query.filter));
  }
  if (!request.query.words.empty()) out.metadata.emplace_back("言葉", request.query.words);
  return out;
}

void Export::TablePages::keep_base(const Record& record, const Row& cells) {
  BaseRow row{.id = record.id, .version = record.version};
  for (std::size_t c = 0; c < cells.size(); ++c) {
    row.texts.push_back(cells[c].text);
    const ExportColumn& column = cells_.columns()[c];
    if (!holds_records(*column.field) && !holds_users(*column.field)) continue;
    auto ids = ids_in(column, record);
    if (!ids.empty()) row.ids[c] = std::move(ids);
  }
  base_->row(row);
}

void Export::TablePages::keep_replaced(const Record* record) {
  const auto& all = writer_->report().replaced;
  for (; replaced_seen_ < all.size(); ++replaced_seen_) {
    if (replaced_.size() >= kMostTold) continue;
    const auto& one = all[replaced_seen_];
    replaced_.push_back({.record = record == nullptr ? 0 : record->id,
                         .field = cells_.columns()[one.column].field->key,
                         .from = one.from,
                         .to = one.to});
  }
}

void Export::TablePages::put(const std::vector<Record>& page) {
  engine_.database().read([&](store::Connection& connection) { cells_.load(connection, page); });
  Row row(cells_.columns().size());
  for (const Record& record : page) {
    for (std::size_t c = 0; c < row.size(); ++c) row[c] = cells_.cell(cells_.columns()[c], record);
    writer_->row(row);
    keep_replaced(&record);
    if (base_ != nullptr) keep_base(record, row);
  }
}

void Export::TablePages::finish(ExportResult& result) {
  // Before the file is out: without its base it cannot come back.
  if (base_ != nullptr) base_->finish();
  const WriteReport report = writer_->finish();
  result.replaced = report.replaced_characters;
  result.texts = std::move(replaced_);
  result.truncated = report.truncated_cells;
}

Export::JsonPages::JsonPages(records::Engine& engine, const records::Caller& caller,
                             const meta::ObjectDef& object,
                             const std::vector<ExportColumn>& columns, const Sink& sink)
    : engine_(engine), caller_(caller), object_(object), sink_(sink) {
  for (const ExportColumn& column : columns) {
    if (!column.system && !column.ids) fields_.push_back(column.field);
    if (column.system && column.field->key == "created_at") whole_ = true;
  }
  // None would mean all to the writer; the title stands in every record.
  const meta::FieldDef* title = object.field(object.title);
  if (fields_.empty() && title != nullptr) fields_.push_back(title);
}

void Export::JsonPages::put(const std::vector<Record>& page) {
  std::string out;
  engine_.database().read([&](store::Connection& connection) {
    records::RecordWriter writer(engine_, connection, caller_, engine_.plan(object_), fields_);
    for (const Record& record : page) {
      JsonWriter json(out);
      writer.write(json, record);
      if (whole_) add_head(connection, record, out);
      out += '\n';
    }
  });
  sink_(out);
}

// What only a whole record tells: since when it is there, and whose team it is.
void Export::JsonPages::add_head(store::Connection& connection, const Record& record,
                                 std::string& out) {
  out.pop_back();
  std::string head;
  JsonWriter json(head);
  json.begin_object().field("created_at", format_instant(record.created_at));
  if (record.team != 0) {
    const auto [team, fresh] = teams_.try_emplace(record.team);
    if (fresh) team->second = team_name(connection, record.team);
    json.key("team_id").begin_object().key("id").id(record.team);
    json.field("title", team->second).end_object();
  }
  json.end_object();
  head.front() = ',';
  out += head;
}

void Export::CardPages::put(const std::vector<Record>& page) {
  const meta::FieldDef* link = company_link(caller_, object_);
  RecordCells companies(
      engine_, caller_,
      link == nullptr ? std::vector<ExportColumn>() : std::vector<ExportColumn>{{link, false}});
  engine_.database().read([&](store::Connection& connection) { companies.load(connection, page); });
  std::string out;
  for (const Record& record : page) {
    const std::string company =
        link == nullptr ? std::string() : companies.cell({link, false}, record).text;
    append_vcard(vcard_of(caller_, object_, record, company), version_, out);
  }
  sink_(out);
}

}  // namespace daifuku::exchange
