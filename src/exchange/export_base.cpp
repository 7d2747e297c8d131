#include "exchange/export_base.h"

#include "base/error.h"
#include "base/json.h"

namespace daifuku::exchange {
namespace {

std::string context_of(Id event) { return "round trip:" + encode_id(event); }

Json parsed_line(const std::string& line) {
  Json json = parse_json(line);
  if (!json.is_object()) throw SystemError("round trip base: damaged");
  return json;
}

}  // namespace

BaseWriter::BaseWriter(const RoundTripStore& store, const BaseHeader& header)
    : path_(store.base(header.event)) {
  sealed_ = std::make_unique<SealedWriter>(path_, store.key32, context_of(header.event));
  std::string line;
  JsonWriter json(line);
  json.begin_object().key("event").id(header.event).key("user").id(header.user);
  json.field("object", header.object).field("at", header.at).key("columns").begin_array();
  for (const BaseColumn& column : header.columns) {
    json.begin_object().field("key", column.key).field("title", column.title).end_object();
  }
  json.end_array().end_object();
  sealed_->write(line + "\n");
}

BaseWriter::~BaseWriter() {
  sealed_.reset();
  std::error_code ignored;
  if (!finished_) std::filesystem::remove(path_, ignored);
}

void BaseWriter::row(const BaseRow& row) {
  std::string line;
  JsonWriter json(line);
  json.begin_object().key("i").id(row.id).field("v", row.version).key("c").begin_array();
  for (const std::string& text : row.texts) json.string(text);
  json.end_array();
  if (!row.ids.empty()) {
    json.key("l").begin_object();
    for (const auto& [column, ids] : row.ids) {
      json.key(std::to_string(column)).begin_array();
      for (const Id id : ids) json.id(id);
      json.end_array();
    }
    json.end_object();
  }
  json.end_object();
  sealed_->write(line + "\n");
}

void BaseWriter::finish() {
  sealed_->finish();
  finished_ = true;
}

BaseReader::BaseReader(const RoundTripStore& store, Id event) {
  if (!std::filesystem::exists(store.base(event))) {
    throw AppError(Status::conflict, "compare_base_gone");
  }
  plain_ =
      std::make_unique<PlainCopy>(store.base(event), store.key32, context_of(event), store.folder);
  file_.open(plain_->path(), std::ios::binary);
  std::string line;
  if (!std::getline(file_, line)) throw AppError(Status::conflict, "compare_base_gone");
  const Json head = parsed_line(line);
  header_.event = event;
  header_.user = decode_id(json_text(head, "user")).value_or(0);
  header_.object = json_text(head, "object");
  header_.at = json_integer(head, "at");
  for (const Json& column : head.at("columns").as_array()) {
    header_.columns.push_back({json_text(column, "key"), json_text(column, "title")});
  }
  std::uint64_t place = line.size() + 1;
  while (std::getline(file_, line)) {
    // {"i":"0123456789ABC",...: the id without reading the rest.
    constexpr std::size_t kIdAt = 6;
    const auto id = decode_id(std::string_view(line).substr(std::min(kIdAt, line.size()), 13));
    if (!id) throw SystemError("round trip base: damaged");
    places_.emplace(*id, place);
    order_.push_back(*id);
    place += line.size() + 1;
  }
  file_.clear();
}

std::optional<BaseRow> BaseReader::find(Id record) {
  const auto found = places_.find(record);
  if (found == places_.end()) return std::nullopt;
  file_.clear();
  file_.seekg(static_cast<std::streamoff>(found->second));
  std::string line;
  std::getline(file_, line);
  const Json json = parsed_line(line);
  BaseRow row{.id = record, .version = json_integer(json, "v")};
  for (const Json& text : json.at("c").as_array()) {
    row.texts.emplace_back(std::string_view(text.as_string()));
  }
  if (const Json* links = json_find(json, "l")) {
    for (const auto& [column, ids] : links->as_object()) {
      auto& list = row.ids[std::stoul(std::string(column))];
      for (const Json& id : ids.as_array()) {
        list.push_back(decode_id(std::string_view(id.as_string())).value_or(0));
      }
    }
  }
  return row;
}

}  // namespace daifuku::exchange
