// The rows that were not imported, or would not be, as a file to mend and import again.
#include <algorithm>

#include "exchange/imports.h"

namespace daifuku::exchange {

namespace {

// Original cells, then the line of the file and the reasons.
class RejectsFile {
 public:
  RejectsFile(std::vector<std::string> headings, Language language, const Sink& sink)
      : headings_(std::move(headings)), language_(language) {
    std::vector<WriteColumn> columns;
    for (const std::string& heading : headings_) columns.push_back({.title = heading});
    columns.push_back(
        {.title = message(language, "import_line_heading"), .type = Cell::Type::number});
    columns.push_back({.title = message(language, "import_reason_heading")});
    writer_ = make_csv_writer(columns, {}, sink);
  }

  void add(std::vector<std::string> texts, std::int64_t line,
           const std::vector<CellProblem>& problems) {
    Row row;
    texts.resize(std::max(texts.size(), headings_.size()));
    // Cells beyond the last heading join it, so that the reasons stay in their column.
    for (std::size_t c = headings_.size(); c < texts.size(); ++c) {
      if (!texts[c].empty() && !headings_.empty()) texts[headings_.size() - 1] += "," + texts[c];
    }
    texts.resize(headings_.size());
    for (std::string& text : texts) {
      const bool empty = text.empty();
      row.push_back({std::move(text), empty ? Cell::Type::empty : Cell::Type::text});
    }
    row.push_back({std::to_string(line), Cell::Type::number});
    row.push_back({problem_text(language_, problems, headings_), Cell::Type::text});
    writer_->row(row);
  }
  void finish() { writer_->finish(); }

 private:
  std::vector<std::string> headings_;
  Language language_;
  std::unique_ptr<TableWriter> writer_;
};

std::vector<CellProblem> reasons(const ImportRow& row) {
  std::vector<CellProblem> out;
  for (const CellProblem& problem : row.problems) {
    if (problem.error || row.action != ImportRow::Action::error) out.push_back(problem);
  }
  return out;
}

}  // namespace

std::function<void(const Sink&)> Imports::rejects_csv(const records::Caller& caller, Id id,
                                                      std::string& name) {
  const State state = find(caller, id);
  bool before_run = false;
  std::vector<std::string> headings;
  ImportSettings settings;
  {
    const std::lock_guard lock(mutex_);
    before_run = state->open();
    headings = headings_of(*state);
    settings = state->settings;
    name = state->name.substr(0, state->name.rfind('.')) + "_" +
           message(caller.language, "import_rejects_name") + ".csv";
  }
  const Language language = caller.language;
  if (before_run) {
    // The access lives with the function: the answer is streamed after the request is gone.
    const auto access = std::make_shared<const auth::Access>(caller.access);
    std::shared_ptr<PlainCopy> plain = open_plain(id);
    return [this, access, plain, settings, headings, language](const Sink& sink) {
      const records::Caller reader{
          .access = *access, .source = records::Source::import_run, .language = language};
      RejectsFile file(headings, language, sink);
      const auto take = [&](const ImportRow& row) {
        std::vector<std::string> texts;
        for (const Cell& cell : row.cells) texts.push_back(cell.text);
        file.add(std::move(texts), row.line, reasons(row));
      };
      analyze_import(engine_, reader, plain->path(), settings, user_names(), {}, {}, take);
      file.finish();
    };
  }
  if (!std::filesystem::exists(rejects_path(id)))
    throw AppError(Status::conflict, "import_file_gone");
  return [this, id, headings, language](const Sink& sink) {
    RejectsFile file(headings, language, sink);
    SealedReader sealed(rejects_path(id), key_, "import:" + encode_id(id) + ":rejects");
    std::string pending;
    std::string piece;
    while (sealed.read(piece)) {
      pending += piece;
      std::size_t begin = 0;
      for (std::size_t end = 0; (end = pending.find('\n', begin)) != std::string::npos;
           begin = end + 1) {
        RejectedRow row = read_reject(std::string_view(pending).substr(begin, end - begin));
        file.add(std::move(row.cells), row.line, row.problems);
      }
      pending.erase(0, begin);
    }
    file.finish();
  };
}

}  // namespace daifuku::exchange
