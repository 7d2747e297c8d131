#include "main/ledger.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "base/crypto.h"
#include "base/log.h"
#include "crm/behaviors.h"
#include "crm/objects.h"
#include "records/computed.h"
#include "records/duplicate_queue.h"
#include "records/reindex.h"
#include "records/rule_store.h"
#include "records/schema.h"

namespace daifuku {

namespace fs = std::filesystem;

namespace {

// The server takes signals only when it serves; to make an index anew can take minutes before that.
void stop_when_asked() {
  sigset_t waiting;
  sigemptyset(&waiting);
  sigpending(&waiting);
  if (sigismember(&waiting, SIGINT) == 1 || sigismember(&waiting, SIGTERM) == 1)
    throw AppError(Status::unavailable, "reindex_stopped");
}

// Purpose-bound keys of the one root key (HMAC-SHA-256 as a key derivation function, NIST SP
// 800-108 in one step).
std::string derive(const std::string& root, std::string_view purpose) {
  return std::string(bytes_of(hmac_sha256(root, purpose)));
}

void make_key_file(const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
  if (fd < 0)
    throw AppError(Status::unavailable, "key_not_writable",
                   {{"file", path}, {"reason", std::strerror(errno)}});
  const std::string text = hex(random_bytes(32)) + "\n";
  const bool good = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                    ::fsync(fd) == 0;
  ::close(fd);
  if (!good) {
    ::unlink(path.c_str());
    throw AppError(Status::unavailable, "key_not_writable",
                   {{"file", path}, {"reason", std::strerror(errno)}});
  }
}

// Programs on one database (a server and a command, several servers) make ids at the same time.
// Where two draw the same number, the store refuses the second of two equal ids.
unsigned any_node() {
  const std::string bytes = random_bytes(2);
  return (static_cast<unsigned char>(bytes[0]) * 256U + static_cast<unsigned char>(bytes[1])) %
         IdGenerator::kNodes;
}

}  // namespace

Keys read_keys(const std::string& data, const std::string& key_file, bool ledger_exists) {
  const std::string path = fs::absolute(key_file).lexically_normal();
  std::string folder = fs::absolute(data).lexically_normal();
  if (!folder.ends_with('/')) folder += '/';
  if (path.starts_with(folder))
    throw AppError(Status::unavailable, "key_in_data", {{"file", path}});
  if (!fs::exists(path)) {
    if (ledger_exists) throw AppError(Status::unavailable, "key_missing", {{"file", path}});
    make_key_file(path);
  }
  struct stat info {};
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 || ::fstat(fd, &info) != 0) {
    if (fd >= 0) ::close(fd);
    throw AppError(Status::unavailable, "key_unreadable", {{"file", path}});
  }
  char buffer[256];
  const ssize_t n = ::read(fd, buffer, sizeof buffer);
  ::close(fd);
  if ((info.st_mode & 077) != 0)
    throw AppError(Status::unavailable, "key_open_to_others", {{"file", path}});
  std::string text(buffer, n > 0 ? static_cast<std::size_t>(n) : 0);
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == ' '))
    text.pop_back();
  const auto root = unhex(text);
  if (!root || root->size() != 32)
    throw AppError(Status::unavailable, "key_unreadable", {{"file", path}});
  return {.database = derive(*root, "daifuku database 1"),
          .files = derive(*root, "daifuku files 1"),
          .uploads = derive(*root, "daifuku uploads 1"),
          .round_trips = derive(*root, "daifuku round trips 1")};
}

Ledger::Ledger(const Options& options, Use use)
    : data_(options.flag("data")), ids_(clock_, any_node()) {
  if (data_.empty()) throw UsageError{"option_value_missing", "--data"};
  while (data_.size() > 1 && data_.ends_with('/')) data_.pop_back();
  const std::string store_url = options.flag("store");
  const std::string file = data_ + "/ledger.db";
  const bool exists = fs::exists(file) || fs::exists(data_ + "/files");
  std::error_code error;
  fs::create_directories(data_, error);
  if (error)
    throw AppError(Status::unavailable, "data_not_writable",
                   {{"folder", data_}, {"reason", error.message()}});
  ::chmod(data_.c_str(), 0700);
  const Keys keys = read_keys(data_, options.flag("key", data_ + ".key"), exists);

  if (store_url.empty()) {
    database_ = store::open_sqlite(
        {.path = file,
         .key = keys.database,
         .writer_cache_kb = use == Use::loading && !exists ? 96 * 1024 : 16 * 1024,
         .loading = use == Use::loading && !exists});
  } else {
    database_ =
        store::open_postgres({.connection = store_url, .tenant = options.number("tenant", 1)});
  }
  accounts_ = std::make_unique<auth::Accounts>(*database_, clock_, ids_,
                                               [this] { return engine_->catalog(); });
  engine_ = std::make_unique<records::Engine>(
      *database_, clock_, ids_, registry_, [this](Id user) { return accounts_->user_name(user); });
  engine_->use_fiscal_month(
      [this] { return std::atoi(accounts_->setting("fiscal_month", "4").c_str()); });
  // Everything that is not a record table first: the catalog reads own fields from it.
  auto first = auth::tables();
  const meta::Catalog standard(crm::standard_objects());
  for (auto& table : records::tables(standard)) first.push_back(std::move(table));
  for (auto& table : exchange::RegisterTable::tables()) first.push_back(std::move(table));
  for (auto& table : crm::RegisterCheck::tables()) first.push_back(std::move(table));
  store::migrate(*database_, {}, first);
  accounts_->refresh_names();
  crm::add_behaviors(registry_);
  engine_->load_catalog(crm::standard_objects());
  records::reindex(*engine_, [](const meta::ObjectDef& object, std::int64_t done) {
    log::info("making the search index anew", {{"object", object.key}, {"records", done}});
    stop_when_asked();
  });
  records::refresh_formulas(*engine_);
  files_ = std::make_unique<records::Files>(*engine_, data_ + "/files", keys.files);
  imports_ = std::make_unique<exchange::Imports>(
      *engine_, *accounts_,
      [this] {
        engine_->load_catalog(crm::standard_objects());
        accounts_->invalidate();
        records::refresh_formulas(*engine_);
      },
      data_ + "/uploads", keys.uploads);
  // Photos are looked at by a child: the same program, without the keys.
  cards_ = std::make_unique<exchange::Cards>(
      *engine_,
      exchange::card_reader_process("/proc/self/exe", {std::string(exchange::kCardCommand)}),
      data_ + "/cards", keys.uploads);
  duplicates_ = std::make_unique<records::DuplicateQueue>(*engine_);
  comparisons_ = std::make_unique<exchange::Comparisons>(*engine_, *accounts_, *duplicates_,
                                                         data_ + "/round_trips", keys.round_trips);
  reference_ = std::make_unique<exchange::Reference>(*database_, data_ + "/reference", clock_);
  register_check_ = std::make_unique<crm::RegisterCheck>(*engine_, reference_->companies);
  maturity_ = std::make_unique<records::Maturity>(*engine_);
  if (use == Use::server) {
    records::make_rule_keys(*engine_);
    imports_->start();
    cards_->start();
    maturity_->start();
    duplicates_->watch().start();
  }
}

Ledger::~Ledger() = default;

}  // namespace daifuku
