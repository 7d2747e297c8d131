// What the command line tells of an import.
#include <algorithm>
#include <span>

#include "exchange/imports.h"

namespace daifuku::exchange {
namespace {

// Rows to look at, and the first updates field by field: what a dry run is for.
std::string decisions_text(const ImportAnalysis& found, const meta::ObjectDef& object,
                           Language language) {
  constexpr std::size_t kMost = 20;
  const auto text = [&](const meta::Label& label) -> const std::string& {
    return language == Language::ja ? label.ja : label.en;
  };
  const auto name = [&](const std::string& key) {
    const meta::FieldDef* field = object.field(key);
    return field == nullptr ? key : text(field->label);
  };
  std::string out;
  const auto rows = [&](ImportRow::Action action) {
    const auto& all = found.by_action[static_cast<std::size_t>(action)];
    return std::span(all).first(std::min(all.size(), kMost));
  };
  for (const ShownRow& shown : rows(ImportRow::Action::look)) {
    out += "? " + std::to_string(shown.row.line) + ": ";
    out += problem_text(language, shown.row.problems, {}) + "\n";
    for (const auto& candidate : shown.candidates) {
      out += "    " + encode_id(candidate.id) + " " + candidate.title + " " + candidate.subtitle +
             "\n";
    }
  }
  for (const ShownRow& shown : rows(ImportRow::Action::update)) {
    out += "* " + std::to_string(shown.row.line) + ": " + shown.target_title + "\n";
    for (const FieldChange& change : shown.row.changes) {
      out += (change.kept ? "  = " : "  * ") + name(change.field) + ": " + text(change.before) +
             " -> " + text(change.after) + "\n";
    }
  }
  return out;
}

}  // namespace

std::string Imports::report_text(const Report& report, const meta::Catalog& catalog,
                                 Language language) {
  const ImportAnalysis& found = report.analysis;
  const auto label = [&](const meta::Label& both) {
    return language == Language::ja ? both.ja : both.en;
  };
  std::string out;
  const auto line = [&](std::string_view code, const Params& params) {
    out += message(language, code, params) + "\n";
  };
  const meta::ObjectDef& object = *catalog.object(found.object);
  line("import_report_file", {{"format", found.format},
                              {"encoding", found.encoding.empty() ? "-" : found.encoding},
                              {"rows", std::to_string(found.counts.rows)},
                              {"object", label(object.label)}});
  for (const ImportColumn& column : found.columns) {
    std::string to = column.to;
    if (to.starts_with("field:")) {
      const std::string key = to.substr(6);
      const meta::FieldDef* field = object.field(key);
      for (const meta::FieldDef& whole : object.fields) {
        if (whole.key == key) field = &whole;
      }
      to = field == nullptr ? key : label(field->label);
    } else {
      to = message(language, to == "note"     ? "import_report_note"
                             : to == "ignore" ? "import_report_ignored"
                                              : "import_report_own");
    }
    out += "  " + column.header + " -> " + to + "\n";
  }
  for (const ImportNotice& notice : found.notices) {
    out += "! ";
    if (notice.column >= 0 && notice.column < static_cast<int>(found.columns.size())) {
      out += found.columns[static_cast<std::size_t>(notice.column)].header + ": ";
    }
    out += message(language, notice.code, notice.params);
    if (notice.count > 1) out += " (" + std::to_string(notice.count) + ")";
    out += "\n";
  }
  for (const Problem& problem : found.mapping) {
    out += "! " + message(language, problem.code, problem.params) + "\n";
  }
  if (report.id == 0) {
    line("import_report_dry", {{"creates", std::to_string(found.counts.creates)},
                               {"updates", std::to_string(found.counts.updates)},
                               {"same", std::to_string(found.counts.same)},
                               {"looks", std::to_string(found.counts.looks)},
                               {"errors", std::to_string(found.counts.errors)},
                               {"warnings", std::to_string(found.counts.warnings)},
                               {"known", std::to_string(found.counts.known)},
                               {"links", std::to_string(found.counts.links_to_make)}});
    out += decisions_text(found, object, language);
  } else {
    line("import_report_done", {{"created", std::to_string(report.counts.created)},
                                {"updated", std::to_string(report.counts.updated)},
                                {"same", std::to_string(report.counts.same)},
                                {"unsure", std::to_string(report.counts.unsure)},
                                {"linked", std::to_string(report.counts.linked)},
                                {"failed", std::to_string(report.counts.failed)},
                                {"skipped", std::to_string(report.counts.skipped)},
                                {"id", encode_id(report.id)}});
  }
  return out;
}

}  // namespace daifuku::exchange
