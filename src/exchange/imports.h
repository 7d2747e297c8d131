// Imports: uploaded tables that wait for their settings, run in the background with the rights of
// the person who started them, and can be undone as a whole.
//
// Thread-safe. Only that person and managers see an import; for others it does not exist. The
// uploaded file is kept sealed and is removed with the import or after 30 days. One import runs at
// a time in a process, the others wait their turn.
#pragma once

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "auth/accounts.h"
#include "base/json.h"
#include "exchange/import_state.h"
#include "exchange/import_vault.h"
#include "exchange/table_writer.h"
#include "records/engine.h"

namespace daifuku::exchange {

class Imports {
 public:
  // `folder` is made with the mode 0700; `key32` seals the files in it. `reload_catalog` is called
  // after an import has made own fields: it loads the catalog anew and drops cached rights.
  Imports(records::Engine& engine, auth::Accounts& accounts, std::function<void()> reload_catalog,
          std::filesystem::path folder, std::string key32);
  ~Imports();
  Imports(const Imports&) = delete;
  Imports& operator=(const Imports&) = delete;

  // Of a server: marks runs that a crash cut off as failed, with what they had done, removes old
  // files and starts the background thread.
  void start();
  // Ends it; a run under way stops after its slice and is marked failed. Called by the destructor.
  void stop();

  // Takes over the table in the file `upload` (it stays the caller's). `object` may be empty: the
  // one that fits best. The answers are appended to `out` as in the API. Throws what open_table()
  // throws, and AppError(forbidden) without the right to create such records.
  void create(const records::Caller& caller, const std::filesystem::path& upload,
              const std::string& name, const std::string& object, std::string& out);
  void list_json(const records::Caller& caller, std::string& out);
  void get_json(const records::Caller& caller, Id id, std::string& out);
  void change(const records::Caller& caller, Id id, const Json& body, std::string& out);
  // AppError(conflict, "import_not_open") when it ran already; invalid with problems while the
  // columns do not fit.
  void run(const records::Caller& caller, Id id, std::string& out);
  // Goes on with a run that was stopped or cut off, behind the last row that is on disk and under
  // the same batch. AppError(conflict, "import_not_resumable") otherwise.
  void resume(const records::Caller& caller, Id id, std::string& out);
  // The first rows of one kind: create, update, same, look, skip or error.
  void rows_json(const records::Caller& caller, Id id, const std::string& action, std::string& out);
  // What is the matter with the list; worked out in the background the first time it is asked for
  // and after changes of the settings, "running" until then.
  void diagnosis_json(const records::Caller& caller, Id id, std::string& out);
  void cancel(const records::Caller& caller, Id id, std::string& out);
  // A large one goes on in the background, in slices that let others write: nullopt then, and the
  // import is "undoing" until it is "undone". It cannot be stopped, and goes on after a restart, so
  // what is told is either the state before or the state after.
  std::optional<records::UndoResult> undo(const records::Caller& caller, Id id);
  void remove(const records::Caller& caller, Id id);
  // Keeps where the columns of the import go as a map for the next file of its kind (own_maps.h).
  // {name, shared?}; answers the map.
  void save_map(const records::Caller& caller, Id id, const Json& body, std::string& out);
  // The rows that are not (or would not be) imported, with the reasons, as a CSV file. What can be
  // refused is refused before the first piece. `name` becomes a name for the file.
  std::function<void(const Sink&)> rejects_csv(const records::Caller& caller, Id id,
                                               std::string& name);
  // Until it is neither waiting nor running. For tests and the command line.
  void wait(Id id);

  // For the command line: the same work on the calling thread.
  struct Report {
    Id id = 0;  // 0 for a dry run
    ImportAnalysis analysis = {};
    RunCounts counts = {};
    Id batch = 0;
  };
  struct RunOptions {
    ImportSettings settings = {};
    std::map<std::string, std::string> map = {};  // heading -> "field:KEY" and so on
    bool dry_run = false;
  };
  // `progress` returns false to stop. Throws AppError(invalid) when the columns do not fit.
  Report run_now(const records::Caller& caller, const std::filesystem::path& path,
                 const RunOptions& options,
                 const std::function<bool(const RunCounts&)>& progress = {});
  // For people, several lines.
  static std::string report_text(const Report& report, const meta::Catalog& catalog,
                                 Language language);

 private:
  using State = std::shared_ptr<ImportState>;
  struct Job {
    Id id = 0;
    bool count = false;     // count the rest of a long file; else run or undo
    bool diagnose = false;  // look for what is the matter with it
    std::uint64_t generation = 0;
    bool waits() const { return count || diagnose; }  // behind what a person waits for
  };

  // import_worker.cpp
  void work();
  void run_job(Id id);
  void undo_job(const State& state);
  void count_job(const Job& job);
  void diagnose_job(const Job& job);
  bool may_go_on(const State& state, const Job& job);
  void execute(const State& state, const records::Caller& caller,
               const std::filesystem::path& plain,
               const std::function<bool(const RunCounts&)>& progress);
  std::vector<std::string> read_rejects(Id id, bool wanted) const;
  bool make_own_fields(const State& state, const records::Caller& caller);
  void finish(const State& state, ImportStatus status, const std::string& failure = {},
              const Params& params = {});
  void recover();
  void remove_old();
  std::shared_ptr<const auth::Access> access_of(Id user);

  // imports.cpp
  State find(const records::Caller& caller, Id id);
  State known(Id id);       // nullptr when there is none
  State hold(State state);  // with the lock
  void look(const State& state, const records::Caller& caller, const std::filesystem::path& plain);
  void count_later(const State& state);  // when the look did not reach the end of the file
  void look_again(const State& state, const records::Caller& caller);
  void look_if_needed(const State& state, const records::Caller& caller);
  std::string answer(const State& state, const records::Caller& caller);
  std::filesystem::path table_path(Id id) const;
  std::filesystem::path rejects_path(Id id) const;
  std::unique_ptr<PlainCopy> open_plain(Id id) const;
  UserNames user_names();
  void remove_files(Id id) const;

  records::Engine& engine_;
  auth::Accounts& accounts_;
  std::function<void()> reload_catalog_;
  std::filesystem::path folder_;
  std::string key_;

  std::mutex mutex_;  // guards the states and everything below
  std::condition_variable wake_;
  std::condition_variable settled_;
  std::map<Id, State> states_ = {};  // used lately
  std::deque<Job> jobs_ = {};
  bool stopping_ = false;
  std::thread worker_ = {};
};

}  // namespace daifuku::exchange
