#include "exchange/imports.h"

#include <algorithm>

#include "meta/kinds.h"
#include "text/fold.h"

namespace daifuku::exchange {
namespace {

constexpr AnalysisLimits kAtOnce{.rows = 20'000, .milliseconds = 4'000};
constexpr int kListed = 100;
// Changes that are taken back within the request, some hundred milliseconds.
constexpr std::int64_t kUndoneAtOnce = 2'000;
constexpr std::int64_t kMostCounted = 50'000'000;
constexpr std::size_t kMostStates = 64;
constexpr std::size_t kNameLength = 200;

std::string vault_context(Id id) { return "import:" + encode_id(id); }

std::string clean_name(const std::string& name) {
  // As the person called it, without any folder.
  const std::size_t cut = name.find_last_of("/\\");
  const std::string base = cut == std::string::npos ? name : name.substr(cut + 1);
  const std::string clean = text::truncate(text::nfc(base), kNameLength);
  return clean.empty() ? "import" : clean;
}

void require_reader(const records::Caller& caller, Id created_by) {
  if (caller.access.user() != created_by && !caller.access.administers()) {
    throw AppError(Status::not_found, "not_found");
  }
}

void throw_mapping(const Problems& problems) {
  if (!problems.empty()) throw AppError(Status::invalid, "import_mapping", {}, problems);
}

}  // namespace

Imports::Imports(records::Engine& engine, auth::Accounts& accounts,
                 std::function<void()> reload_catalog, std::filesystem::path folder,
                 std::string key32)
    : engine_(engine),
      accounts_(accounts),
      reload_catalog_(std::move(reload_catalog)),
      folder_(std::move(folder)),
      key_(std::move(key32)) {
  DAIFUKU_CHECK(key_.size() == 32);
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, error);
  if (error) throw SystemError("make folder " + folder_.string() + ": " + error.message());
}

Imports::~Imports() { stop(); }

std::filesystem::path Imports::table_path(Id id) const {
  return folder_ / (encode_id(id) + ".table");
}
std::filesystem::path Imports::rejects_path(Id id) const {
  return folder_ / (encode_id(id) + ".rejects");
}

void Imports::remove_files(Id id) const {
  std::error_code ignored;
  std::filesystem::remove(table_path(id), ignored);
  std::filesystem::remove(rejects_path(id), ignored);
}

std::unique_ptr<PlainCopy> Imports::open_plain(Id id) const {
  if (!std::filesystem::exists(table_path(id))) {
    throw AppError(Status::conflict, "import_file_gone");
  }
  return std::make_unique<PlainCopy>(table_path(id), key_, vault_context(id), folder_);
}

UserNames Imports::user_names() {
  UserNames out;
  for (const auth::User& user : accounts_.users()) {
    if (!user.disabled) out.add(user.id, user.name, user.email);
  }
  return out;
}

Imports::State Imports::known(Id id) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = states_.find(id); found != states_.end()) return found->second;
  }
  State loaded = load_import(engine_.database(), id);
  if (loaded == nullptr) return nullptr;
  const std::lock_guard lock(mutex_);
  // Previews take memory; states that nobody works with can be read again.
  for (auto it = states_.begin(); it != states_.end() && states_.size() >= kMostStates;) {
    const bool idle = !it->second->busy() && it->second.use_count() == 1;
    it = idle ? states_.erase(it) : std::next(it);
  }
  return states_.emplace(id, std::move(loaded)).first->second;
}

Imports::State Imports::find(const records::Caller& caller, Id id) {
  State state = known(id);
  if (state == nullptr) throw AppError(Status::not_found, "not_found");
  require_reader(caller, state->created_by);
  return state;
}

// --- looking at the file ---

void Imports::look(const State& state, const records::Caller& caller,
                   const std::filesystem::path& plain) {
  ImportSettings settings;
  std::uint64_t generation = 0;
  {
    const std::lock_guard lock(mutex_);
    settings = state->settings;
    generation = state->generation;
  }
  auto analysis = std::make_shared<ImportAnalysis>(
      analyze_import(engine_, caller, plain, settings, user_names(), kAtOnce));
  const std::lock_guard lock(mutex_);
  if (state->generation != generation) return;  // Somebody changed it meanwhile; his look counts.
  state->settings.object = analysis->object;
  state->found = found_json(*analysis);
  state->total = analysis->counts.complete ? analysis->counts.rows : 0;
  state->analysis = std::move(analysis);
}

void Imports::count_later(const State& state) {
  const std::lock_guard lock(mutex_);
  const bool complete = state->analysis == nullptr || state->analysis->counts.complete;
  if (complete || state->counting || !worker_.joinable()) return;
  state->counting = true;
  jobs_.push_back({.id = state->id, .count = true, .generation = state->generation});
  wake_.notify_all();
}

void Imports::look_again(const State& state, const records::Caller& caller) {
  const auto plain = open_plain(state->id);
  look(state, caller, plain->path());
  count_later(state);
}

std::string Imports::answer(const State& state, const records::Caller& caller) {
  std::string out;
  JsonWriter json(out);
  const std::lock_guard lock(mutex_);
  write_import(json, *state, engine_, caller.language, engine_.clock().now(), true);
  return out;
}

// --- the API ---

void Imports::create(const records::Caller& caller, const std::filesystem::path& upload,
                     const std::string& name, const std::string& object, std::string& out) {
  if (caller.access.role() == meta::Role::viewer) throw AppError(Status::forbidden, "forbidden");
  const auto state = std::make_shared<ImportState>();
  state->id = engine_.ids().next();
  state->name = clean_name(name);
  state->created_at = engine_.clock().now();
  state->created_by = caller.access.user();
  state->settings.object = object;
  look(state, caller, upload);
  try {
    seal_file(upload, table_path(state->id), key_, vault_context(state->id));
    insert_import(engine_.database(), *state);
  } catch (...) {
    remove_files(state->id);
    throw;
  }
  {
    const std::lock_guard lock(mutex_);
    states_[state->id] = state;
  }
  count_later(state);
  out += answer(state, caller);
}

void Imports::list_json(const records::Caller& caller, std::string& out) {
  const Id user = caller.access.administers() ? 0 : caller.access.user();
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  for (const Id id : import_ids(engine_.database(), user, kListed)) {
    const State state = known(id);
    if (state == nullptr) continue;
    const std::lock_guard lock(mutex_);
    write_import(json, *state, engine_, caller.language, engine_.clock().now(), false);
  }
  json.end_array().end_object();
}

void Imports::get_json(const records::Caller& caller, Id id, std::string& out) {
  const State state = find(caller, id);
  bool look_first = false;
  {
    const std::lock_guard lock(mutex_);
    look_first = state->open() && state->analysis == nullptr;
  }
  if (look_first && std::filesystem::exists(table_path(id))) look_again(state, caller);
  out += answer(state, caller);
}

void Imports::change(const records::Caller& caller, Id id, const Json& body, std::string& out) {
  const State state = find(caller, id);
  ImportSettings before;
  ImportStatus status = ImportStatus::ready;
  {
    const std::lock_guard lock(mutex_);
    if (!state->open()) throw AppError(Status::conflict, "import_not_open");
    before = state->settings;
    status = state->status;
    state->settings = change_settings(before, body);
    const Id owner = state->settings.owner;
    if (owner != 0 && engine_.user_name(owner).empty()) {
      state->settings = before;
      throw AppError(Status::invalid, "invalid", {}, {{"owner_id", "link_not_found", {}}});
    }
    ++state->generation;
    state->status = ImportStatus::ready;
  }
  try {
    look_again(state, caller);
  } catch (...) {
    // What cannot be read that way is not kept that way.
    const std::lock_guard lock(mutex_);
    state->settings = before;
    state->status = status;
    ++state->generation;
    throw;
  }
  {
    const std::lock_guard lock(mutex_);
    state->counts = {};
    state->failure.clear();
    update_import(engine_.database(), *state);
  }
  out += answer(state, caller);
}

void Imports::run(const records::Caller& caller, Id id, std::string& out) {
  const State state = find(caller, id);
  // It runs with the rights of the person who uploaded it; nobody else starts it in that name.
  if (state->created_by != caller.access.user()) throw AppError(Status::forbidden, "forbidden");
  bool look_first = false;
  {
    const std::lock_guard lock(mutex_);
    look_first = state->analysis == nullptr;
  }
  if (look_first && state->open()) look_again(state, caller);
  {
    const std::lock_guard lock(mutex_);
    if (!state->open()) throw AppError(Status::conflict, "import_not_open");
    if (!worker_.joinable() || stopping_) throw AppError(Status::unavailable, "unavailable");
    throw_mapping(state->analysis->mapping);
    // What was shown is what runs, also where nothing was chosen by hand.
    for (const ImportColumn& column : state->analysis->columns) {
      state->settings.columns[column.index] = column.to;
    }
    state->status = ImportStatus::running;
    state->counts = {};
    state->failure.clear();
    state->cancel = false;
    state->started_at = 0;
    state->batch = engine_.ids().next();
    update_import(engine_.database(), *state);
    jobs_.push_back({.id = id});
    wake_.notify_all();
  }
  out += answer(state, caller);
}

void Imports::cancel(const records::Caller& caller, Id id, std::string& out) {
  const State state = find(caller, id);
  {
    const std::lock_guard lock(mutex_);
    if (state->status == ImportStatus::running) {
      state->cancel = true;
      const auto waiting =
          std::ranges::find_if(jobs_, [&](const Job& job) { return job.id == id && !job.count; });
      if (waiting != jobs_.end()) {
        jobs_.erase(waiting);
        state->status = ImportStatus::cancelled;
        update_import(engine_.database(), *state);
        settled_.notify_all();
      }
    }
  }
  out += answer(state, caller);
}

std::optional<records::UndoResult> Imports::undo(const records::Caller& caller, Id id) {
  const State state = find(caller, id);
  Id batch = 0;
  {
    const std::lock_guard lock(mutex_);
    if (!state->undoable()) throw AppError(Status::conflict, "import_not_undoable");
    batch = state->batch;
  }
  const std::int64_t size = engine_.batch_size(batch, kMostCounted);
  if (size > kUndoneAtOnce) {
    const std::lock_guard lock(mutex_);
    if (!state->undoable()) throw AppError(Status::conflict, "import_not_undoable");
    if (!worker_.joinable() || stopping_) throw AppError(Status::unavailable, "unavailable");
    state->status = ImportStatus::undoing;
    state->undo_by = caller.access.user();
    state->undo_batch = engine_.ids().next();
    state->undo_total = size;
    state->undo_seen = state->undone = state->undo_skipped = 0;
    state->started_at = engine_.clock().now();
    update_import(engine_.database(), *state);
    jobs_.push_back({.id = id});
    wake_.notify_all();
    return std::nullopt;
  }
  auto result = engine_.undo(caller, batch);
  const std::lock_guard lock(mutex_);
  state->status = ImportStatus::undone;
  state->analysis.reset();  // What is known already is other than before.
  update_import(engine_.database(), *state);
  return result;
}

void Imports::remove(const records::Caller& caller, Id id) {
  const State state = find(caller, id);
  {
    const std::lock_guard lock(mutex_);
    if (state->busy()) throw AppError(Status::conflict, "import_running");
    ++state->generation;
    states_.erase(id);
  }
  delete_import(engine_.database(), id);
  remove_files(id);
}

void Imports::wait(Id id) {
  std::unique_lock lock(mutex_);
  settled_.wait(lock, [&] {
    const auto found = states_.find(id);
    if (found == states_.end()) return true;
    return !found->second->busy() && !found->second->counting;
  });
}

// --- what was not imported ---

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
    if (problem.error || row.action == ImportRow::Action::skip) out.push_back(problem);
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
    SealedReader sealed(rejects_path(id), key_, vault_context(id) + ":rejects");
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
