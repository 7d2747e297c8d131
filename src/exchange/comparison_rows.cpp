#include "exchange/comparison_rows.h"

#include "base/error.h"

namespace daifuku::exchange {
namespace {

std::filesystem::path head_path(const RoundTripStore& store, Id id) {
  return store.folder / (encode_id(id) + ".compared");
}
std::filesystem::path rows_path(const RoundTripStore& store, Id id) {
  return store.folder / (encode_id(id) + ".rows");
}
std::string context_of(Id id, std::string_view part) {
  return "comparison:" + encode_id(id) + ":" + std::string(part);
}

void write_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
  json.key(name).begin_array();
  for (const std::string& text : texts) json.string(text);
  json.end_array();
}

std::vector<std::string> read_texts(const Json& json, std::string_view name) {
  std::vector<std::string> out;
  if (const Json* found = json_find(json, name)) {
    for (const Json& text : found->as_array()) out.emplace_back(std::string_view(text.as_string()));
  }
  return out;
}

void write_map(JsonWriter& json, std::string_view name,
               const std::map<std::string, std::string>& map) {
  json.key(name).begin_object();
  for (const auto& [key, text] : map) json.field(key, text);
  json.end_object();
}

std::map<std::string, std::string> read_map(const Json& json, std::string_view name) {
  std::map<std::string, std::string> out;
  for (const auto& [key, text] : json.at(name).as_object()) {
    out.emplace(std::string(key), std::string(std::string_view(text.as_string())));
  }
  return out;
}

Id id_in(const Json& json, std::string_view name) {
  return decode_id(json_text(json, name)).value_or(0);
}

template <typename Counts, typename Use>
void each_count(Counts& counts, const Use& use) {
  use("rows", counts.rows);
  use("unchanged", counts.unchanged);
  use("changes", counts.changes);
  use("conflicts", counts.conflicts);
  use("refused", counts.refused);
  use("invalid", counts.invalid);
  use("added", counts.added);
  use("likely_known", counts.likely_known);
  use("removed", counts.removed);
  use("gone", counts.gone);
}

std::string_view kind_name(ComparedRow::Kind kind) {
  switch (kind) {
    case ComparedRow::Kind::edit:
      return "edit";
    case ComparedRow::Kind::add:
      return "add";
    case ComparedRow::Kind::remove:
      return "remove";
  }
  return "edit";
}

}  // namespace

void write_comparison_head(const RoundTripStore& store, const ComparisonHead& head) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().key("user").id(head.user).field("object", head.object);
  json.field("name", head.name).field("at", head.at).key("exported_by").id(head.exported_by);
  json.field("exported_at", head.exported_at);
  write_texts(json, "unknown", head.unknown_columns);
  write_texts(json, "hidden", head.hidden_columns);
  json.key("counts").begin_object();
  each_count(head.counts, [&](const char* name, std::int64_t count) { json.field(name, count); });
  json.end_object().key("batch").id(head.batch).end_object();
  const auto path = head_path(store, head.id);
  const auto part = path.string() + ".part";
  SealedWriter sealed(part, store.key32, context_of(head.id, "head"));
  sealed.write(text);
  sealed.finish();
  std::filesystem::rename(part, path);
}

std::optional<ComparisonHead> read_comparison_head(const RoundTripStore& store, Id id) {
  const auto path = head_path(store, id);
  if (!std::filesystem::exists(path)) return std::nullopt;
  SealedReader sealed(path, store.key32, context_of(id, "head"));
  std::string text;
  std::string piece;
  while (sealed.read(piece)) text += piece;
  const Json json = parse_json(text);
  ComparisonHead head{.id = id,
                      .user = id_in(json, "user"),
                      .object = json_text(json, "object"),
                      .name = json_text(json, "name"),
                      .at = json_integer(json, "at"),
                      .exported_by = id_in(json, "exported_by"),
                      .exported_at = json_integer(json, "exported_at"),
                      .unknown_columns = read_texts(json, "unknown"),
                      .hidden_columns = read_texts(json, "hidden"),
                      .batch = id_in(json, "batch")};
  each_count(head.counts, [&](const char* name, std::int64_t& count) {
    count = json_integer(json.at("counts"), name);
  });
  return head;
}

void remove_comparison(const RoundTripStore& store, Id id) {
  std::error_code ignored;
  std::filesystem::remove(head_path(store, id), ignored);
  std::filesystem::remove(rows_path(store, id), ignored);
}

ComparedRowsWriter::ComparedRowsWriter(const RoundTripStore& store, Id id)
    : sealed_(std::make_unique<SealedWriter>(rows_path(store, id), store.key32,
                                             context_of(id, "rows"))) {}

void ComparedRowsWriter::write(const ComparedRow& row) {
  std::string line;
  JsonWriter json(line);
  json.begin_object().field("kind", kind_name(row.kind)).field("number", row.number);
  json.field("line", row.line).key("id").id(row.id);
  write_map(json, "base", row.base);
  json.key("base_ids").begin_object();
  for (const auto& [key, ids] : row.base_ids) {
    json.key(key).begin_array();
    for (const Id id : ids) json.id(id);
    json.end_array();
  }
  json.end_object();
  write_map(json, "raw", row.raw);
  json.field("problem", row.problem);
  write_texts(json, "states", row.states);
  write_texts(json, "conflicts", row.conflicts);
  json.end_object();
  sealed_->write(line + "\n");
}

void ComparedRowsWriter::finish() { sealed_->finish(); }

ComparedRowsReader::ComparedRowsReader(const RoundTripStore& store, Id id)
    : plain_(std::make_unique<PlainCopy>(rows_path(store, id), store.key32, context_of(id, "rows"),
                                         store.folder)) {
  file_.open(plain_->path(), std::ios::binary);
}

bool ComparedRowsReader::next(ComparedRow& row) {
  std::string line;
  if (!std::getline(file_, line)) return false;
  const Json json = parse_json(line);
  row = {};
  const std::string kind = json_text(json, "kind");
  row.kind = kind == "add"      ? ComparedRow::Kind::add
             : kind == "remove" ? ComparedRow::Kind::remove
                                : ComparedRow::Kind::edit;
  row.number = json_integer(json, "number");
  row.line = json_integer(json, "line");
  row.id = id_in(json, "id");
  row.base = read_map(json, "base");
  row.raw = read_map(json, "raw");
  for (const auto& [key, ids] : json.at("base_ids").as_object()) {
    auto& list = row.base_ids[std::string(key)];
    for (const Json& id : ids.as_array()) {
      list.push_back(decode_id(std::string_view(id.as_string())).value_or(0));
    }
  }
  row.problem = json_text(json, "problem");
  row.states = read_texts(json, "states");
  row.conflicts = read_texts(json, "conflicts");
  return true;
}

}  // namespace daifuku::exchange
