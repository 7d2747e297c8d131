// The embedded store: one writer, a pool of readers, and the lock that keeps other programs out.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

#include "store/sqlite_readers.h"
#include "store/sqlite_writer.h"

namespace daifuku::store {

namespace {

// Held as long as the object lives; the kernel lets go when the program ends in any way. The file
// stays.
class FileLock {
 public:
  explicit FileLock(const std::string& database_path) {
    const std::string path = database_path + ".lock";
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file_ < 0) {
      const std::filesystem::path folder = std::filesystem::path(database_path).parent_path();
      std::error_code error;
      if (!folder.empty() && !std::filesystem::is_directory(folder, error)) {
        throw AppError(Status::unavailable, "store_folder_missing", {{"path", folder.string()}});
      }
      throw AppError(Status::unavailable, "store_cannot_open", {{"path", database_path}});
    }
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      ::close(file_);
      throw AppError(Status::unavailable, "store_in_use", {{"path", database_path}});
    }
  }
  ~FileLock() { ::close(file_); }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int file_ = -1;
};

class SqliteDatabase final : public Database {
 public:
  explicit SqliteDatabase(const SqliteOptions& options)
      : lock_(options.path), writer_(options, tables_), readers_(options, tables_) {}

  Dialect dialect() const override { return Dialect::sqlite; }
  void read(const std::function<void(Connection&)>& work) override { readers_.read(work); }
  void write(const std::function<void(Transaction&)>& work) override { writer_.write(work); }
  void migrate(const std::function<void(Transaction&)>& work) override { writer_.write(work); }
  void maintain() override { writer_.maintain(); }

 private:
  FileLock lock_;
  TenantTables tables_;
  SqliteWriter writer_;
  SqliteReaders readers_;  // closed before the writer, which then empties the log
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const SqliteOptions& options) {
  DAIFUKU_CHECK(!options.path.empty() && options.path != ":memory:" &&
                options.path.rfind("file:", 0) != 0);
  return std::make_unique<SqliteDatabase>(options);
}

}  // namespace daifuku::store
