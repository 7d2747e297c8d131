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

// For another reader than the person who imports: which records he may see, is not known here.
ShownRow without_records(ShownRow row) {
  row.row.target = 0;
  row.row.changes.clear();
  row.target_title.clear();
  row.candidates.clear();
  return row;
}

bool same_diagnosis(ImportSettings a, ImportSettings b) {
  const auto text = [](ImportSettings& settings) {
    settings.mode = ImportMode::create;
    settings.policy = FillPolicy::blanks;
    settings.policies.clear();
    settings.clear_empty = false;
    settings.date_column.reset();
    settings.file_date.clear();
    settings.unsure = UnsureRows::wait;
    settings.choices.clear();
    settings.owner = 0;
    std::string out;
    JsonWriter json(out);
    write_settings(json, settings);
    return out;
  };
  return text(a) == text(b);
}

// Its settings are being tried on the file, and may yet turn out not to be kept.
void require_settled(const ImportState& state) {
  if (state.changing) throw AppError(Status::conflict, "import_changing");
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
  const auto users = accounts_.users();
  for (const auth::User& user : users) {
    if (!user.disabled) out.add(user.id, user.name, user.email);
  }
  for (const auth::User& user : users) {
    if (user.disabled) out.add_former(user.id, user.name, user.email);
  }
  for (const auth::Team& team : accounts_.teams()) out.add_team(team.id, team.name);
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
  return hold(std::move(loaded));
}

// Previews take memory; states that nobody works with can be read again.
Imports::State Imports::hold(State state) {
  for (auto it = states_.begin(); it != states_.end() && states_.size() >= kMostStates;) {
    const bool idle = !it->second->busy() && it->second.use_count() == 1;
    it = idle ? states_.erase(it) : std::next(it);
  }
  return states_.emplace(state->id, state).first->second;
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
  // It will run with the rights of the person who uploaded it, so that is what it is compared with,
  // and what is kept of it tells him nothing that a manager saw.
  const auto access =
      caller.access.user() == state->created_by ? nullptr : access_of(state->created_by);
  if (access == nullptr) {
    look(state, caller, plain->path());
  } else {
    look(state, {.access = *access, .source = caller.source, .language = caller.language},
         plain->path());
  }
  count_later(state);
}

std::string Imports::answer(const State& state, const records::Caller& caller) {
  std::string out;
  JsonWriter json(out);
  const std::lock_guard lock(mutex_);
  const Millis now = engine_.clock().now();
  if (state->analysis == nullptr || caller.access.user() == state->created_by) {
    write_import(json, *state, engine_, caller.language, now, true);
    return out;
  }
  ImportState shown = *state;
  auto bare = std::make_shared<ImportAnalysis>(*state->analysis);
  for (ShownRow& row : bare->preview) row = without_records(std::move(row));
  shown.analysis = std::move(bare);
  write_import(json, shown, engine_, caller.language, now, true);
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
    hold(state);
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

void Imports::look_if_needed(const State& state, const records::Caller& caller) {
  {
    const std::lock_guard lock(mutex_);
    if (!state->open() || state->analysis != nullptr) return;
  }
  if (std::filesystem::exists(table_path(state->id))) look_again(state, caller);
}

void Imports::get_json(const records::Caller& caller, Id id, std::string& out) {
  const State state = find(caller, id);
  look_if_needed(state, caller);
  out += answer(state, caller);
}

void Imports::rows_json(const records::Caller& caller, Id id, const std::string& action,
                        std::string& out) {
  const State state = find(caller, id);
  look_if_needed(state, caller);
  JsonWriter json(out);
  json.begin_object().key("items").begin_array();
  const std::lock_guard lock(mutex_);
  if (state->analysis != nullptr && state->open()) {
    const auto& kinds = state->analysis->by_action;
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
      if (import_action_name(static_cast<ImportRow::Action>(kind)) != action) continue;
      const bool own = caller.access.user() == state->created_by;
      for (const ShownRow& row : kinds[kind])
        write_shown_row(json, own ? row : without_records(row), caller.language);
    }
  }
  json.end_array().end_object();
}

void Imports::diagnosis_json(const records::Caller& caller, Id id, std::string& out) {
  const State state = find(caller, id);
  look_if_needed(state, caller);
  JsonWriter json(out);
  const std::lock_guard lock(mutex_);
  if (!state->open()) throw AppError(Status::conflict, "import_not_open");
  const bool current = state->diagnosis != nullptr && state->diagnosed == state->generation;
  if (!current && !state->diagnosing) {
    if (!worker_.joinable() || stopping_) throw AppError(Status::unavailable, "unavailable");
    state->diagnosing = true;
    jobs_.push_back({.id = id, .diagnose = true, .generation = state->generation});
    wake_.notify_all();
  }
  json.begin_object().field("status", current ? "done" : "running");
  if (current) write_diagnosis(json, *state->diagnosis, caller.language);
  json.end_object();
}

void Imports::change(const records::Caller& caller, Id id, const Json& body, std::string& out) {
  const State state = find(caller, id);
  ImportSettings before;
  ImportStatus status = ImportStatus::ready;
  {
    const std::lock_guard lock(mutex_);
    require_settled(*state);
    if (!state->open()) throw AppError(Status::conflict, "import_not_open");
    before = state->settings;
    status = state->status;
    state->settings = change_settings(before, body);
    const Id owner = state->settings.owner;
    if (owner != 0 && engine_.user_name(owner).empty()) {
      state->settings = before;
      throw AppError(Status::invalid, "invalid", {}, {{"owner_id", "link_not_found", {}}});
    }
    const bool diagnosed = state->diagnosis != nullptr && state->diagnosed == state->generation;
    ++state->generation;
    // What rows do to records has no part in it: the file is not looked through for that again.
    if (diagnosed && same_diagnosis(before, state->settings)) state->diagnosed = state->generation;
    state->status = ImportStatus::ready;
    state->changing = true;
  }
  try {
    look_again(state, caller);
  } catch (...) {
    // What cannot be read that way is not kept that way.
    const std::lock_guard lock(mutex_);
    state->changing = false;
    state->settings = before;
    state->status = status;
    ++state->generation;
    throw;
  }
  {
    const std::lock_guard lock(mutex_);
    state->changing = false;
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
    require_settled(*state);
    look_first = state->open() && state->analysis == nullptr;
  }
  if (look_first) look_again(state, caller);
  {
    const std::lock_guard lock(mutex_);
    require_settled(*state);
    if (!state->open()) throw AppError(Status::conflict, "import_not_open");
    // Changed while the file was looked at, so the look was dropped.
    if (state->analysis == nullptr) throw AppError(Status::conflict, "import_changing");
    if (!worker_.joinable() || stopping_) throw AppError(Status::unavailable, "unavailable");
    throw_mapping(state->analysis->mapping);
    // What was shown is what runs, also where nothing was chosen by hand.
    for (const ImportColumn& column : state->analysis->columns) {
      state->settings.columns[column.index] = column.to;
    }
    const auto& map = state->analysis->map;
    state->settings.map = map ? map->id : "none";
    state->status = ImportStatus::running;
    state->counts = {};
    state->failure.clear();
    state->cancel = false;
    state->started_at = 0;
    state->batch = engine_.ids().next();
    state->reached = {};
    state->undo_batch = 0;
    state->resuming = false;
    update_import(engine_.database(), *state);
    engine_.database().write([&](store::Transaction& tx) { mark_reached(tx, id, {}); });
    jobs_.push_back({.id = id});
    wake_.notify_all();
  }
  out += answer(state, caller);
}

void Imports::resume(const records::Caller& caller, Id id, std::string& out) {
  const State state = find(caller, id);
  if (state->created_by != caller.access.user()) throw AppError(Status::forbidden, "forbidden");
  if (!std::filesystem::exists(table_path(id)))
    throw AppError(Status::conflict, "import_file_gone");
  {
    const std::lock_guard lock(mutex_);
    require_settled(*state);
    if (!state->resumable()) throw AppError(Status::conflict, "import_not_resumable");
    if (!worker_.joinable() || stopping_) throw AppError(Status::unavailable, "unavailable");
    state->status = ImportStatus::running;
    state->counts = state->reached;
    state->failure.clear();
    state->cancel = false;
    state->resuming = true;
    state->started_done = state->reached.done;
    state->started_at = 0;
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
          std::ranges::find_if(jobs_, [&](const Job& job) { return job.id == id && !job.waits(); });
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
  ImportStatus before = ImportStatus::done;
  {
    const std::lock_guard lock(mutex_);
    require_settled(*state);
    if (!state->undoable()) throw AppError(Status::conflict, "import_not_undoable");
    before = state->status;
    batch = state->batch;
    if (size > kUndoneAtOnce) {
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
    // Only here: after a crash it is as before, and can be asked for again.
    state->status = ImportStatus::undoing;
  }
  try {
    auto result = engine_.undo(caller, batch);
    const std::lock_guard lock(mutex_);
    state->status = ImportStatus::undone;
    state->analysis.reset();  // What is known already is other than before.
    settled_.notify_all();
    update_import(engine_.database(), *state);
    return result;
  } catch (...) {
    const std::lock_guard lock(mutex_);
    if (state->status == ImportStatus::undoing) state->status = before;
    settled_.notify_all();
    throw;
  }
}

void Imports::remove(const records::Caller& caller, Id id) {
  const State state = find(caller, id);
  {
    const std::lock_guard lock(mutex_);
    require_settled(*state);
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
    const ImportState& state = *found->second;
    return !state.busy() && !state.counting && !state.diagnosing;
  });
}

}  // namespace daifuku::exchange
