// The public register of corporate numbers (法人番号) as a table beside the records: filled from
// the files of the tax agency, asked by number and by name. Nothing of it leaves the server.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/time.h"
#include "store/database.h"
#include "store/schema.h"

namespace daifuku::exchange {

// A company as the register has it, in the width that people write.
struct RegisteredCompany {
  std::int64_t number = 0;
  std::string name = {};
  std::string kana = {};
  int kind = 0;
  std::string postal_code = {};  // seven digits or empty
  std::string prefecture = {};
  std::string city = {};
  std::string street = {};
  std::string building = {};
  int updated_on = 0;  // 20210714
  int changed_on = 0;
  int closed_on = 0;  // 0: not closed
  int close_cause = 0;
  std::int64_t successor = 0;
};

// Thread-safe. One file is loaded at a time.
class RegisterTable {
 public:
  struct State {
    enum class Status { idle, running, done, failed } status = Status::idle;
    std::string file = {};
    std::int64_t rows = 0;   // of the file, so far
    double progress = 0;     // 0 to 1
    std::string error = {};  // message code
    std::string error_line = {};
  };
  using Progress = std::function<bool(const State&)>;  // false stops

  RegisterTable(store::Database& database, std::filesystem::path folder, const Clock& clock)
      : database_(database), folder_(std::move(folder)), clock_(clock) {}
  ~RegisterTable() { stop(); }
  RegisterTable(const RegisterTable&) = delete;
  RegisterTable& operator=(const RegisterTable&) = delete;

  static std::vector<store::Table> tables();

  // Takes in a national bulk or difference file (CSV in CP932 or UTF-8, plain or in a ZIP). A row
  // replaces an older one of its company only. A load that was broken off goes on behind the rows
  // that are in when the same file is given again; a file that is in already is passed over. Throws
  // AppError(invalid): register_file_unknown, register_file_line {line}; AppError(conflict,
  // register_loading) while another is loaded.
  State load(const std::filesystem::path& file, const std::string& name, const Progress& progress);
  // The same on a thread of its own; the file is moved away first, and is gone afterwards.
  void load_in_background(const std::filesystem::path& file, const std::string& name);
  void stop();

  State state() const;
  // How much there is, up to which day, the load under way and the last files.
  void state_json(std::string& out) const;

  std::optional<RegisteredCompany> find(std::int64_t number) const;
  static std::optional<RegisteredCompany> find(store::Connection& connection, std::int64_t number);
  // Companies whose name has the same loose key, at most `most`.
  static std::vector<RegisteredCompany> named(store::Connection& connection, std::string_view name,
                                              std::size_t most);
  bool empty() const;

 private:
  void load_rows(const std::filesystem::path& file, const std::string& name,
                 const Progress& progress, State& state);

  store::Database& database_;
  std::filesystem::path folder_;
  const Clock& clock_;
  std::mutex loading_;
  mutable std::mutex mutex_;  // guards state_ and thread_
  State state_;
  std::thread thread_;
  std::atomic<bool> stopping_ = false;
};

}  // namespace daifuku::exchange
