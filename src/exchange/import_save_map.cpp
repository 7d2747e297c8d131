#include <algorithm>

#include "exchange/imports.h"
#include "exchange/own_maps.h"
#include "exchange/ready_maps.h"

namespace daifuku::exchange {
namespace {

// The words of the map that the import was read with.
std::map<std::string, ColumnMap::Words, std::less<>> words_of(const std::vector<OwnMap>& own,
                                                              const std::string& id) {
  for (const OwnMap& each : own) {
    if (encode_id(each.id) != id) continue;
    const auto map = column_map(each);
    return map ? map->values : std::map<std::string, ColumnMap::Words, std::less<>>();
  }
  const auto ready = std::ranges::find(ready_maps(), id, &ColumnMap::id);
  return ready == ready_maps().end() ? std::map<std::string, ColumnMap::Words, std::less<>>()
                                     : ready->values;
}

}  // namespace

void Imports::save_map(const records::Caller& caller, Id id, const Json& body, std::string& out) {
  const State state = find(caller, id);
  const OwnMaps maps(engine_);
  const auto visible = maps.list(caller);
  std::string object;
  std::string text;
  {
    const std::lock_guard lock(mutex_);
    object = state->settings.object;
    JsonWriter json(text);
    json.begin_object().key("columns").begin_object();
    const Json* columns = json_find(state->found, "columns");
    if (columns != nullptr && columns->is_array()) {
      for (const Json& column : columns->get_array()) {
        if (json_bool(column, "unnamed")) continue;
        const auto index = static_cast<std::size_t>(json_integer(column, "index"));
        const auto chosen = state->settings.columns.find(index);
        const std::string to =
            chosen == state->settings.columns.end() ? json_text(column, "to") : chosen->second;
        // A field that is only going to be made has no key yet.
        json.field(json_text(column, "header"), to.starts_with("new:") ? "note" : to);
      }
    }
    json.end_object().key("values").begin_object();
    const Json* used = json_find(state->found, "map");
    if (used != nullptr) {
      for (const auto& [heading, words] : words_of(visible, json_text(*used, "id"))) {
        json.key(heading).begin_object();
        for (const auto& [word, meaning] : words) json.field(word, meaning);
        json.end_object();
      }
    }
    json.end_object().end_object();
  }
  OwnMaps writer(engine_);
  const Id saved =
      writer.save(caller, json_text(body, "name"), json_bool(body, "shared"), object, text);
  const auto now = writer.list(caller);
  const auto found = std::ranges::find(now, saved, &OwnMap::id);
  if (found == now.end()) throw AppError(Status::not_found, "not_found");
  JsonWriter json(out);
  writer.write(json, caller, *found);
}

}  // namespace daifuku::exchange
