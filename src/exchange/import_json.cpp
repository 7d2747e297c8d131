// Imports as JSON: what is kept has codes, what is answered has texts in the reader's language.
#include <algorithm>
#include <cmath>

#include "exchange/import_state.h"
#include "records/record_json.h"

namespace daifuku::exchange {
namespace {

void write_params(JsonWriter& json, const Params& params) {
  if (params.empty()) return;
  json.key("params").begin_object();
  for (const auto& [name, value] : params) json.field(name, value);
  json.end_object();
}

Params read_params(const Json& json) {
  Params out;
  const Json* params = json_find(json, "params");
  if (params == nullptr || !params->is_object()) return out;
  for (const auto& member : params->get_object()) {
    out.emplace_back(member.key(), json_text(*params, member.key()));
  }
  return out;
}

void write_detected(JsonWriter& json, const ImportAnalysis& analysis) {
  json.key("detected").begin_object().field("format", analysis.format);
  if (!analysis.encoding.empty()) json.field("encoding", analysis.encoding);
  if (analysis.delimiter != 0) json.field("delimiter", std::string(1, analysis.delimiter));
  if (!analysis.sheets.empty()) {
    json.key("sheets").begin_array();
    for (const SheetInfo& sheet : analysis.sheets) {
      json.begin_object().field("name", sheet.name).field("hidden", sheet.hidden).end_object();
    }
    json.end_array().field("sheet", analysis.sheet);
  }
  json.field("header", analysis.header_line != 0).field("header_row", analysis.header_line);
  json.key("title_lines").begin_array();
  for (const std::string& title : analysis.titles) json.string(title);
  json.end_array();
  if (analysis.counts.complete) json.field("rows", analysis.counts.rows);
  json.end_object();
}

void write_columns(JsonWriter& json, const std::vector<ImportColumn>& columns) {
  json.key("columns").begin_array();
  for (const ImportColumn& column : columns) {
    json.begin_object().field("index", column.index).field("header", column.header);
    if (column.unnamed) json.field("unnamed", true);
    json.key("samples").begin_array();
    for (const std::string& sample : column.samples) json.string(sample);
    json.end_array().field("to", column.to).field("reason", column.reason);
    // Two digits say enough.
    const auto percent = std::llround(column.confidence * 100);
    json.key("confidence")
        .raw(percent >= 100 ? "1" : (percent < 10 ? "0.0" : "0.") + std::to_string(percent));
    json.end_object();
  }
  json.end_array();
}

void write_counts(JsonWriter& json, const ImportCounts& counts) {
  json.key("counts").begin_object().field("rows", counts.rows).field("ok", counts.ok);
  json.field("creates", counts.creates).field("updates", counts.updates);
  json.field("same", counts.same).field("looks", counts.looks);
  json.field("errors", counts.errors).field("warnings", counts.warnings);
  json.field("known", counts.known).field("left_out", counts.left_out);
  json.field("links_to_make", counts.links_to_make).field("complete", counts.complete);
  json.end_object();
}

void write_map(JsonWriter& json, const ImportMapInfo& map) {
  json.begin_object().field("id", map.id).field("object", map.object).field("own", map.own);
  json.field("ja", map.name.ja).field("en", map.name.en).end_object();
}

// {id, object, own, name} of one kept with both names.
void write_told_map(JsonWriter& json, const Json& map, Language language) {
  json.begin_object().field("id", json_text(map, "id")).field("object", json_text(map, "object"));
  json.field("own", json_bool(map, "own"));
  json.field("name", json_text(map, language == Language::ja ? "ja" : "en")).end_object();
}

void write_maps(JsonWriter& json, const Json& found, Language language) {
  if (const Json* map = json_find(found, "map")) {
    json.key("map");
    write_told_map(json, *map, language);
  }
  json.key("maps").begin_array();
  const Json* maps = json_find(found, "maps");
  if (maps != nullptr && maps->is_array()) {
    for (const Json& map : maps->get_array()) write_told_map(json, map, language);
  }
  json.end_array();
}

void write_preview(JsonWriter& json, const ImportAnalysis& analysis, Language language) {
  json.key("preview").begin_array();
  for (const ShownRow& row : analysis.preview) write_shown_row(json, row, language);
  json.end_array().key("keys").begin_array();
  for (const std::string& key : analysis.keys) json.string(key);
  json.end_array();
}

// What the person chose for rows that are registered already.
void write_choices(JsonWriter& json, const ImportSettings& settings) {
  std::string all;
  JsonWriter writer(all);
  write_settings(writer, settings);
  const Json chosen = parse_json(all);
  for (const std::string_view key :
       {"mode", "key", "policy", "policies", "empty_cells", "date_column", "file_date", "unsure",
        "choices", "repeats", "stale_column", "stale_years"}) {
    if (const Json* value = json_find(chosen, key)) json.key(key).value(*value);
  }
}

// The columns of `found`; one that the file does not name is named in the reader's language.
Json told_columns(const Json& found, Language language) {
  const Json* columns = json_find(found, "columns");
  if (columns == nullptr || !columns->is_array()) return JsonArray();
  Json out = *columns;
  for (Json& column : out.as_array()) {
    if (!column.as_object().erase("unnamed")) continue;
    const std::string number = std::to_string(json_integer(column, "index") + 1);
    column.as_object()["header"] = message(language, "import_column", {{"number", number}});
  }
  return out;
}

// Members of `found` that hold codes, with their texts.
void write_told(JsonWriter& json, const Json& found, std::string_view name, Language language) {
  json.key(name).begin_array();
  const Json* list = json_find(found, name);
  if (list != nullptr && list->is_array()) {
    for (const Json& item : list->get_array()) {
      const std::string code = json_text(item, "code");
      json.begin_object().field("code", code);
      json.field("message", message(language, code, read_params(item)));
      for (const std::string_view key : {"column", "count"}) {
        if (json_find(item, key) != nullptr) json.field(key, json_integer(item, key));
      }
      if (json_find(item, "field") != nullptr) json.field("field", json_text(item, "field"));
      json.end_object();
    }
  }
  json.end_array();
}

void write_progress(JsonWriter& json, const ImportState& state, Millis now) {
  const RunCounts& counts = state.counts;
  std::int64_t total = state.total;
  if (counts.share > 0.001 && counts.done > total) {
    total = static_cast<std::int64_t>(static_cast<double>(counts.done) / counts.share);
  }
  const bool undoing = state.status == ImportStatus::undoing;
  json.key("progress").begin_object().field("done", undoing ? state.undo_seen : counts.done);
  json.field("total",
             undoing ? std::max(state.undo_total, state.undo_seen) : std::max(total, counts.done));
  json.field("created", counts.created).field("same", counts.same).field("unsure", counts.unsure);
  json.field("updated", counts.updated)
      .field("failed", counts.failed)
      .field("skipped", counts.skipped);
  json.field("linked", counts.linked).field("warnings", counts.warnings);
  const auto known = static_cast<double>(std::max(total, counts.done));
  // What an earlier run of it has done says nothing about the pace of this one.
  const auto passed = static_cast<double>(state.resuming ? state.started_done : 0);
  const double share =
      state.total > 0 ? (static_cast<double>(counts.done) - passed) / std::max(known - passed, 1.0)
                      : counts.share;
  if (state.status == ImportStatus::running && share > 0.01 && state.started_at != 0) {
    const auto spent = static_cast<double>(now - state.started_at) / 1000;
    json.field("seconds_left", static_cast<std::int64_t>(spent / share * (1 - share) + 1));
  }
  json.end_object();
}

}  // namespace

void write_shown_row(JsonWriter& json, const ShownRow& shown, Language language) {
  const ImportRow& row = shown.row;
  const auto text = [&](const meta::Label& label) -> const std::string& {
    return language == Language::ja ? label.ja : label.en;
  };
  json.begin_object().field("row", row.line).key("cells").begin_array();
  for (const Cell& cell : row.cells) json.string(cell.text);
  json.end_array().key("values").begin_object();
  for (const auto& [key, value] : shown.values) json.field(key, text(value));
  json.end_object();
  if (!shown.parts.empty()) {
    json.key("parts").begin_array();
    for (const ShownPart& part : shown.parts) {
      json.begin_object().field("path", part.path).field("object", part.object);
      json.field("action", part.found ? "link" : "create").key("values").begin_object();
      for (const auto& [key, value] : part.values) json.field(key, text(value));
      json.end_object().end_object();
    }
    json.end_array();
  }
  json.key("problems").begin_array();
  for (const CellProblem& problem : row.problems) {
    json.begin_object();
    if (problem.column >= 0) json.field("column", problem.column);
    if (!problem.field.empty()) json.field("field", problem.field);
    json.field("code", problem.code).field("error", problem.error);
    json.field("message", message(language, problem.code, problem.params)).end_object();
  }
  json.end_array().field("action", import_action_name(row.action));
  if (row.target != 0) {
    json.key("match").begin_object().key("id").id(row.target);
    json.field("title", shown.target_title).field("by", row.match.by).end_object();
  }
  if (!row.changes.empty()) {
    json.key("changes").begin_array();
    for (const FieldChange& change : row.changes) {
      json.begin_object().field("field", change.field).field("old", text(change.before));
      json.field("new", text(change.after)).field("kept", change.kept).end_object();
    }
    json.end_array();
  }
  if (row.action == ImportRow::Action::look) {
    json.key("candidates").begin_array();
    for (const ShownRow::Candidate& candidate : shown.candidates) {
      json.begin_object().key("id").id(candidate.id).field("title", candidate.title);
      json.field("subtitle", candidate.subtitle).key("reasons").begin_array();
      for (const std::string& reason : candidate.reasons) json.string(reason);
      json.end_array().end_object();
    }
    json.end_array();
  }
  json.end_object();
}

Json found_json(const ImportAnalysis& analysis) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  write_detected(json, analysis);
  json.key("notices").begin_array();
  for (const ImportNotice& notice : analysis.notices) {
    json.begin_object().field("code", notice.code);
    write_params(json, notice.params);
    if (notice.column >= 0) json.field("column", notice.column);
    if (notice.count > 0) json.field("count", notice.count);
    json.end_object();
  }
  json.end_array();
  if (analysis.map) {
    json.key("map");
    write_map(json, *analysis.map);
  }
  json.key("maps").begin_array();
  for (const ImportMapInfo& map : analysis.maps) write_map(json, map);
  json.end_array();
  write_columns(json, analysis.columns);
  json.key("problems").begin_array();
  for (const Problem& problem : analysis.mapping) {
    json.begin_object().field("field", problem.field).field("code", problem.code);
    write_params(json, problem.params);
    json.end_object();
  }
  json.end_array();
  write_counts(json, analysis.counts);
  json.end_object();
  return parse_json(out);
}

void write_import(JsonWriter& json, const ImportState& state, const records::Engine& engine,
                  Language language, Millis now, bool whole) {
  json.begin_object().key("id").id(state.id);
  json.field("object", state.settings.object).field("name", state.name);
  json.field("status", std::string(import_status_name(state.status)));
  json.field("created_at", format_instant(state.created_at)).key("created_by");
  records::write_user_reference(json, engine, state.created_by);
  json.field("create_links", state.settings.create_links);
  json.field("duplicates", state.settings.skip_known ? "skip" : "create");
  write_choices(json, state.settings);
  if (state.settings.owner != 0) {
    json.key("owner_id");
    records::write_user_reference(json, engine, state.settings.owner);
  }
  json.key("detected");
  const Json* detected = json_find(state.found, "detected");
  json.value(detected == nullptr ? Json(JsonObject()) : *detected);
  if (const Json* counts = json_find(state.found, "counts")) json.key("counts").value(*counts);
  if (whole) {
    write_told(json, state.found, "notices", language);
    write_told(json, state.found, "problems", language);
    json.key("columns").value(told_columns(state.found, language));
    write_maps(json, state.found, language);
    if (state.analysis != nullptr && state.open()) write_preview(json, *state.analysis, language);
  } else {
    json.key("columns").begin_array().end_array();
  }
  write_progress(json, state, now);
  if (state.undoable()) json.key("change").id(state.batch);
  if (state.resumable()) json.field("can_continue", true);
  if (state.undo_batch != 0 && state.status == ImportStatus::undone) {
    json.key("undo").begin_object().field("undone", state.undone);
    json.field("skipped", state.undo_skipped).key("kept").begin_array();
    for (const ImportState::Kept& kept : state.undo_kept) {
      json.begin_object().field("object", kept.object).key("id").id(kept.id);
      json.field("code", kept.reason).field("reason", message(language, kept.reason)).end_object();
    }
    json.end_array().key("change").id(state.undo_batch).end_object();
  }
  if (!state.failure.empty()) {
    json.key("failure").begin_object().field("code", state.failure);
    json.field("message", message(language, state.failure, state.failure_params)).end_object();
  }
  json.end_object();
}

std::string reject_line(const ImportRow& row) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("line", row.line).key("cells").begin_array();
  for (const Cell& cell : row.cells) json.string(cell.text);
  json.end_array().key("problems").begin_array();
  for (const CellProblem& problem : row.problems) {
    if (row.action == ImportRow::Action::error && !problem.error) continue;
    json.begin_object().field("column", problem.column).field("code", problem.code);
    write_params(json, problem.params);
    json.end_object();
  }
  json.end_array().end_object();
  out += '\n';
  return out;
}

RejectedRow read_reject(std::string_view line) {
  const Json json = parse_json(line);
  RejectedRow out{.line = json_integer(json, "line")};
  const auto list = [&](std::string_view key) {
    const Json* found = json_find(json, key);
    return found == nullptr ? JsonArray() : found->get_array();
  };
  for (const Json& cell : list("cells")) out.cells.emplace_back(cell.get_string());
  for (const Json& problem : list("problems")) {
    out.problems.push_back({.column = static_cast<int>(json_integer(problem, "column", -1)),
                            .code = json_text(problem, "code"),
                            .params = read_params(problem)});
  }
  return out;
}

std::string problem_text(Language language, const std::vector<CellProblem>& problems,
                         const std::vector<std::string>& headings) {
  std::string out;
  for (const CellProblem& problem : problems) {
    if (!out.empty()) out += " / ";
    const auto column = static_cast<std::size_t>(problem.column);
    if (problem.column >= 0 && column < headings.size()) out += headings[column] + ": ";
    out += message(language, problem.code, problem.params);
  }
  return out;
}

std::vector<std::string> headings_of(const ImportState& state) {
  std::vector<std::string> out;
  const Json* columns = json_find(state.found, "columns");
  if (columns == nullptr || !columns->is_array()) return out;
  for (const Json& column : columns->get_array()) out.push_back(json_text(column, "header"));
  return out;
}

}  // namespace daifuku::exchange
