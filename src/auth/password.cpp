#include "auth/password.h"

#include <argon2.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>

#include "base/ascii.h"
#include "base/crypto.h"
#include "text/fold.h"

namespace daifuku::auth {
namespace {

constexpr std::size_t kSalt = 16;
constexpr std::size_t kHash = 32;
constexpr int kParallel = 4;
constexpr int kWaiting = 64;

std::atomic<unsigned> memory_cost{64 * 1024};
std::atomic<unsigned> time_cost{3};

// Each run takes 64 MiB: a crowd at the door must not take the memory of the house.
class Turn {
 public:
  Turn() {
    std::unique_lock lock(mutex_);
    if (waiting_ >= kWaiting) throw AppError(Status::too_many, "too_many");
    ++waiting_;
    free_.wait(lock, [] { return running_ < kParallel; });
    --waiting_;
    ++running_;
  }
  ~Turn() {
    {
      const std::lock_guard lock(mutex_);
      --running_;
    }
    free_.notify_one();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  static inline std::mutex mutex_;
  static inline std::condition_variable free_;
  static inline int running_ = 0;
  static inline int waiting_ = 0;
};

// Well-known passwords that have eight characters or more, folded to lower case.
constexpr std::string_view kCommon[] = {
    "password",   "password1",     "password12", "password123", "passw0rd",   "p@ssw0rd",
    "12345678",   "123456789",     "1234567890", "0123456789",  "87654321",   "11111111",
    "00000000",   "88888888",      "12341234",   "11223344",    "123123123",  "qwertyui",
    "qwertyuiop", "qwerty123",     "qwerty12",   "1q2w3e4r",    "1q2w3e4r5t", "1qaz2wsx",
    "zaq12wsx",   "asdfghjk",      "asdfghjkl",  "zxcvbnm123",  "abcd1234",   "abc12345",
    "abcdefgh",   "aaaaaaaa",      "iloveyou",   "sunshine",    "princess",   "football",
    "baseball",   "superman",      "trustno1",   "letmein1",    "welcome1",   "welcome123",
    "admin123",   "administrator", "changeme",   "changeme123", "sakura12",   "sakura123",
    "doraemon",   "pokemon1",      "arashi01",   "nihongo1",    "japan123",   "tokyo2020",
    "yamada123",  "tanaka123",     "suzuki123",  "sato1234",    "daifuku1",   "daifuku123",
    "daifukucho", "eigyou123",     "kaisha123"};

}  // namespace

void set_password_cost(unsigned memory_kib, unsigned passes) {
  memory_cost = memory_kib;
  time_cost = passes;
}

std::string hash_password(std::string_view password) {
  const Turn turn;
  const std::string salt = random_bytes(kSalt);
  std::string encoded(256, '\0');
  const int result =
      argon2id_hash_encoded(time_cost, memory_cost, 1, password.data(), password.size(),
                            salt.data(), salt.size(), kHash, encoded.data(), encoded.size());
  if (result != ARGON2_OK)
    throw SystemError(std::string("argon2: ") + argon2_error_message(result));
  encoded.resize(encoded.find('\0'));
  return encoded;
}

bool verify_password(std::string_view encoded, std::string_view password) {
  if (encoded.empty()) {
    static_cast<void>(hash_password(password));
    return false;
  }
  const Turn turn;
  return argon2id_verify(std::string(encoded).c_str(), password.data(), password.size()) ==
         ARGON2_OK;
}

void check_password(std::string_view password, const std::vector<std::string>& words,
                    Problems& problems) {
  const std::size_t length = text::length(password);
  if (length < 8) {
    problems.push_back({"password", "password_short", {}});
    return;
  }
  if (length > 128) {
    problems.push_back({"password", "too_long", {{"max", "128"}}});
    return;
  }
  const std::string lower = lower_ascii(password);
  const auto is_word = [&](std::string_view word) {
    return lower_ascii(word) == lower || lower_ascii(word.substr(0, word.find('@'))) == lower;
  };
  const bool common =
      std::find(std::begin(kCommon), std::end(kCommon), lower) != std::end(kCommon) ||
      std::all_of(lower.begin(), lower.end(), [&](char c) { return c == lower[0]; }) ||
      std::any_of(words.begin(), words.end(), is_word);
  if (common) problems.push_back({"password", "password_common", {}});
}

}  // namespace daifuku::auth
