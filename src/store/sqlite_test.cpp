// What only the embedded store does: encryption, the one writer, crashes.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include "store/schema.h"
#include "store/test_store.h"

namespace daifuku::store {
namespace {

namespace fs = std::filesystem;

const std::vector<Table>& tables() {
  static const std::vector<Table> declared{
      {.name = "item", .columns = {{.name = "name", .type = ColumnType::text}}}};
  return declared;
}

void insert(Database& database, std::int64_t id, std::string_view name) {
  database.write([&](Transaction& transaction) {
    transaction.query("INSERT INTO item ({tenant_id}, id, name) VALUES ({tenant}, ?, ?)")
        .bind(id, name)
        .run();
  });
}

std::int64_t count(Database& database) {
  std::int64_t found = -1;
  database.read([&](Connection& connection) {
    Query query = connection.query("SELECT count(*) FROM item WHERE {item}");
    if (query.step()) found = query.integer(0);
  });
  return found;
}

std::string code_of(const std::function<void()>& action) {
  try {
    action();
    return "";
  } catch (const AppError& error) {
    EXPECT_EQ(error.status(), Status::unavailable);
    return error.code();
  }
}

std::string contents(const fs::path& folder) {
  std::string all;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(file), {});
  }
  return all;
}

TEST(Sqlite, IsEncryptedFromTheFirstByte) {
  TestStore store;
  const std::string canary = "canary-8c1f-株式会社カナリア";
  migrate(*store, {}, tables());
  insert(*store, 1, canary);
  const std::string open = contents(store.folder());
  EXPECT_GT(open.size(), 4096U);
  store.close();
  const std::string closed = contents(store.folder());
  for (const std::string& all : {open, closed}) {
    EXPECT_EQ(all.find(canary), std::string::npos);
    EXPECT_EQ(all.find("canary"), std::string::npos);
    EXPECT_EQ(all.find("SQLite format"), std::string::npos);
    EXPECT_EQ(all.find("CREATE TABLE"), std::string::npos);
  }
  store.reopen();
  EXPECT_EQ(count(*store), 1);
}

TEST(Sqlite, FilesAreForTheirOwnerOnly) {
  TestStore store;
  migrate(*store, {}, tables());
  for (const auto& entry : fs::directory_iterator(store.folder())) {
    EXPECT_EQ(entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all),
              fs::perms::none)
        << entry.path();
  }
}

TEST(Sqlite, SaysWhyItCannotOpen) {
  TestStore store;
  migrate(*store, {}, tables());
  SqliteOptions options = store.sqlite_options();
  EXPECT_EQ(code_of([&] { open_sqlite(options); }), "store_in_use");
  store.close();
  options.key = std::string(32, 'x');
  EXPECT_EQ(code_of([&] { open_sqlite(options); }), "store_key_wrong");
  options.path = (store.folder() / "missing" / "a.db").string();
  EXPECT_EQ(code_of([&] { open_sqlite(options); }), "store_folder_missing");
  options.path = (store.folder() / "folder").string();
  fs::create_directory(options.path);
  EXPECT_EQ(code_of([&] { open_sqlite(options); }), "store_cannot_open");
  options.path = (store.folder() / "other.txt").string();
  std::ofstream(options.path) << std::string(10'000, 'a');
  EXPECT_EQ(code_of([&] { open_sqlite(options); }), "store_key_wrong");
  store.reopen();
  EXPECT_EQ(count(*store), 0);
}

TEST(Sqlite, DamagedPageIsNeverShown) {
  TestStore store;
  migrate(*store, {}, tables());
  store->write([](Transaction& transaction) {
    for (int id = 0; id < 6'000; ++id) {
      transaction.query("INSERT INTO item ({tenant_id}, id, name) VALUES ({tenant}, ?, ?)")
          .bind(id, "a name of some length")
          .run();
    }
  });
  store.close();
  const std::string path = store.sqlite_options().path;
  ASSERT_GT(fs::file_size(path), 20U * 4096);
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  for (int page = 2; page < 20; ++page) {
    file.seekg(page * 4096 + 100);
    const int byte = file.get();
    file.seekp(page * 4096 + 100);
    file.put(static_cast<char>(byte ^ 1));
  }
  file.close();
  store.reopen();
  EXPECT_THROW(count(*store), SystemError);
}

TEST(Sqlite, LogIsEmptiedWhenItGrows) {
  TestStore store;
  migrate(*store, {}, tables());
  const std::string text(2'000, 'x');
  for (int round = 0; round < 20; ++round) {
    store->write([&](Transaction& transaction) {
      for (int id = 0; id < 600; ++id) {
        transaction.query("INSERT INTO item ({tenant_id}, id, name) VALUES ({tenant}, ?, ?)")
            .bind(round * 600 + id, std::string_view(text))
            .run();
      }
    });
  }
  EXPECT_GT(fs::file_size(store.sqlite_options().path), 20U * 1024 * 1024);
  EXPECT_LT(fs::file_size(store.sqlite_options().path + "-wal"), 32U * 1024 * 1024);
}

// Works that wait together are one transaction: one that fails half-way, and one that fails before
// it changed anything, must leave the others whole, and each of them must be told its own end.
TEST(Sqlite, AFailingWorkLeavesTheOthersOfItsCommit) {
  TestStore store;
  migrate(*store, {}, tables());
  std::atomic<bool> held{false};
  std::atomic<bool> go{false};
  std::atomic<int> actions{0};
  std::vector<std::thread> threads;
  threads.emplace_back([&] {
    store->write([&](Transaction& transaction) {
      held = true;
      while (!go || !transaction.others_wait()) std::this_thread::yield();
      transaction.query("INSERT INTO item ({tenant_id}, id, name) VALUES ({tenant}, 1000, 'first')")
          .run();
      transaction.on_commit([&] { ++actions; });
    });
  });
  while (!held) std::this_thread::yield();
  std::atomic<int> told{0};
  std::atomic<int> waiting{0};
  for (int id = 1; id <= 12; ++id) {
    threads.emplace_back([&, id] {
      ++waiting;
      try {
        store->write([&](Transaction& transaction) {
          if (id % 4 == 0) throw AppError(Status::invalid, "invalid");
          transaction.query("INSERT INTO item ({tenant_id}, id, name) VALUES ({tenant}, ?, 'x')")
              .bind(id)
              .run();
          transaction.on_commit([&] { ++actions; });
          if (id == 6) throw AppError(Status::conflict, "conflict");
        });
      } catch (const AppError& error) {
        EXPECT_EQ(error.code(), id == 6 ? "conflict" : "invalid");
        ++told;
      }
    });
  }
  while (waiting < 12) std::this_thread::yield();
  go = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(told, 4);
  EXPECT_EQ(actions, 9);
  EXPECT_EQ(count(*store), 9);
}

// In a child process, since the limit on file sizes that makes the disk fail is one of the process.
int write_to_a_failing_disk(const SqliteOptions& options) {
  const auto database = open_sqlite(options);
  insert(*database, 1, "before");
  ::signal(SIGXFSZ, SIG_IGN);
  const auto size = static_cast<rlim_t>(fs::file_size(options.path + "-wal"));
  const rlimit limit{.rlim_cur = size, .rlim_max = size};
  if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
  bool ran = false;
  try {
    database->write([&](Transaction& transaction) {
      transaction.query("INSERT INTO item ({tenant_id}, id, name) VALUES ({tenant}, 2, 'lost')")
          .run();
      transaction.on_commit([&] { ran = true; });
    });
    return 3;
  } catch (const SystemError&) {
  }
  if (ran) return 4;
  if (code_of([&] { insert(*database, 3, "after"); }) != "store_read_only") return 5;
  if (code_of([&] { database->maintain(); }) != "store_read_only") return 6;
  return count(*database) == 1 ? 0 : 7;
}

TEST(Sqlite, StopsWritingAfterTheDiskHasFailed) {
  TestStore store;
  migrate(*store, {}, tables());
  store.close();
  const pid_t child = ::fork();
  if (child == 0) _exit(write_to_a_failing_disk(store.sqlite_options()));
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  store.reopen();
  EXPECT_EQ(count(*store), 1);
  insert(*store, 4, "again");
  EXPECT_EQ(count(*store), 2);
}

// The child writes rows from four threads and tells each one only after write() has returned.
[[noreturn]] void write_until_killed(const SqliteOptions& options, std::int64_t first, int pipe) {
  const auto database = open_sqlite(options);
  std::atomic<std::int64_t> next{first};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (;;) {
        const std::int64_t id = next++;
        insert(*database, id, "row");
        if (::write(pipe, &id, sizeof id) != sizeof id) _exit(1);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  _exit(0);
}

// Kills the child in the middle of its work, `rows` acknowledged rows after its start. Returns what
// was acknowledged.
std::vector<std::int64_t> run_and_kill(const SqliteOptions& options, std::int64_t first,
                                       std::size_t rows) {
  int pipe[2] = {};
  EXPECT_EQ(::pipe(pipe), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(pipe[0]);
    write_until_killed(options, first, pipe[1]);
  }
  ::close(pipe[1]);
  std::vector<std::int64_t> acknowledged;
  std::int64_t id = 0;
  while (::read(pipe[0], &id, sizeof id) == sizeof id) {
    acknowledged.push_back(id);
    if (acknowledged.size() == rows) ::kill(child, SIGKILL);
  }
  ::close(pipe[0]);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
  return acknowledged;
}

TEST(Sqlite, NothingAcknowledgedIsLostWhenKilled) {
  TestStore store;
  migrate(*store, {}, tables());
  std::vector<std::int64_t> acknowledged;
  for (int round = 0; round < 5; ++round) {
    store.close();
    const auto rows = 40 + static_cast<std::size_t>(round) * 37;
    for (const std::int64_t id : run_and_kill(store.sqlite_options(), round * 1'000'000, rows))
      acknowledged.push_back(id);
    store.reopen();
    store->read([&](Connection& connection) {
      for (const std::int64_t expected : acknowledged) {
        Query query = connection.query("SELECT id FROM item WHERE {item} AND id = ?");
        query.bind(expected);
        EXPECT_TRUE(query.step()) << expected;
      }
      Query check = connection.query("PRAGMA integrity_check");
      ASSERT_TRUE(check.step());
      EXPECT_EQ(check.text(0), "ok");
    });
  }
  EXPECT_GE(acknowledged.size(), 5U * 40);
}

}  // namespace
}  // namespace daifuku::store
