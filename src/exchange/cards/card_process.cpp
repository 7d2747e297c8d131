// The parent's side of the reading child.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "base/error.h"
#include "base/json.h"
#include "base/log.h"
#include "exchange/cards/card_child.h"
#include "exchange/cards/card_frames.h"
#include "exchange/cards/card_picture.h"
#include "text/fold.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kMostFrame = std::size_t{8} << 20;
constexpr std::size_t kMostAnswer = std::size_t{64} << 20;
constexpr std::size_t kMostFields = 40;
constexpr std::size_t kMostLines = 200;
constexpr std::size_t kMostText = 500;  // letters

class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  ~Fd() { reset(); }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  int get() const { return fd_; }
  void reset() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

// A running child; killed with the object unless it has ended.
class Child {
 public:
  Child(const std::string& program, const std::vector<std::string>& arguments, int input,
        int output) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    // The ledger, its keys' file and the sockets of others stay here.
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    std::vector<std::string> words = {program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    // One thread: a card is small, and the others of the machine serve screens.
    std::vector<std::string> settings = {"LC_ALL=C", "OMP_THREAD_LIMIT=1"};
    for (const char* name : {"TESSDATA_PREFIX", "LD_LIBRARY_PATH"}) {
      if (const char* value = std::getenv(name))
        settings.push_back(std::string(name) + "=" + value);
    }
    std::vector<char*> environment;
    environment.reserve(settings.size() + 1);
    for (std::string& setting : settings) environment.push_back(setting.data());
    environment.push_back(nullptr);
    const int error = ::posix_spawn(&pid_, program.c_str(), &actions, &attributes, argv.data(),
                                    environment.data());
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) throw SystemError(std::string("start card reader: ") + std::strerror(error));
  }
  ~Child() {
    if (pid_ > 0) end();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Its wait status. Who has closed the pipe need not have ended; who has keeps his status.
  int end() {
    int status = -1;
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }

 private:
  pid_t pid_ = -1;
};

int memory_file(std::string_view bytes) {
  const int fd = ::memfd_create("card", MFD_CLOEXEC);
  if (fd < 0) throw SystemError(std::string("memfd: ") + std::strerror(errno));
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      ::close(fd);
      throw SystemError(std::string("memfd: ") + std::strerror(errno));
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  ::lseek(fd, 0, SEEK_SET);
  return fd;
}

// A text of the child as what it says it is: valid, one line, not too long.
std::string checked_text(const Json& object, std::string_view key) {
  const std::string text = json_text(object, key);
  return text::valid_utf8(text) ? text::truncate(text::nfc(text), kMostText) : std::string();
}

int within(std::int64_t value, int most) {
  return static_cast<int>(std::clamp<std::int64_t>(value, 0, most));
}

template <std::size_t N>
bool read_numbers(const Json& json, int most, std::array<int, N>& out) {
  if (!json.is_array() || json.get_array().size() != N) return false;
  for (std::size_t i = 0; i < N; ++i) {
    const Json& number = json.get_array()[i];
    if (!number.is_int64()) return false;
    out[i] = within(number.get_int64(), most);
  }
  return true;
}

std::optional<ReadCard> checked_card(const std::string& body) {
  Json json;
  try {
    json = parse_json(body);
  } catch (const AppError&) {
    return std::nullopt;
  }
  if (!json.is_object()) return std::nullopt;
  ReadCard card;
  card.width = within(json_integer(json, "width"), PictureLimits::kMostSide);
  card.height = within(json_integer(json, "height"), PictureLimits::kMostSide);
  const Json* corners = json_find(json, "corners");
  if (corners == nullptr || !read_numbers(*corners, kCornerScale, card.corners))
    return std::nullopt;
  if (const Json* fields = json_find(json, "fields"); fields != nullptr && fields->is_array()) {
    for (const Json& field : fields->get_array()) {
      if (card.fields.size() == kMostFields || !field.is_object()) break;
      CardField one{.key = checked_text(field, "key"),
                    .value = checked_text(field, "value"),
                    .confidence = within(json_integer(field, "confidence"), 100)};
      std::array<int, 4> box = {};
      if (const Json* found = json_find(field, "box");
          found != nullptr && read_numbers(*found, PictureLimits::kMostSide, box))
        one.box = {box[0], box[1], box[2], box[3]};
      if (!one.key.empty() && !one.value.empty()) card.fields.push_back(std::move(one));
    }
  }
  if (const Json* lines = json_find(json, "lines"); lines != nullptr && lines->is_array()) {
    for (const Json& line : lines->get_array()) {
      if (card.lines.size() == kMostLines || !line.is_string()) break;
      const std::string text(line.get_string());
      if (text::valid_utf8(text)) card.lines.push_back(text::truncate(text::nfc(text), kMostText));
    }
  }
  return card;
}

// Puts the frames together as they arrive.
class Answer {
 public:
  // false: it is not what the child should say.
  bool add(std::string_view bytes, const CardProgress& progress) {
    pending_ += bytes;
    total_size_ += bytes.size();
    if (total_size_ > kMostAnswer) return false;
    while (pending_.size() >= 5) {
      std::size_t size = 0;
      for (std::size_t i = 0; i < 4; ++i)
        size |= static_cast<std::size_t>(static_cast<unsigned char>(pending_[i + 1])) << (8 * i);
      if (size > kMostFrame) return false;
      if (pending_.size() < 5 + size) return true;
      const auto frame = static_cast<Frame>(pending_[0]);
      const std::string body = pending_.substr(5, size);
      pending_.erase(0, 5 + size);
      if (!take(frame, body, progress)) return false;
    }
    return true;
  }
  bool complete() const { return ended_; }
  CardReading reading = {};

 private:
  bool take(Frame frame, const std::string& body, const CardProgress& progress) {
    if (ended_) return false;
    switch (frame) {
      case Frame::found: {
        try {
          const Json json = parse_json(body);
          cards_ = within(json_integer(json, "cards"), PictureLimits::kMostCards);
          reading.recognized = json_bool(json, "recognized", true);
        } catch (const AppError&) {
          return false;
        }
        if (progress) progress(0, cards_);
        return true;
      }
      case Frame::card: {
        auto card = checked_card(body);
        if (!card || reading.cards.size() >= static_cast<std::size_t>(PictureLimits::kMostCards))
          return false;
        reading.cards.push_back(std::move(*card));
        return true;
      }
      case Frame::picture:
        if (reading.cards.empty() || !body.starts_with("\xff\xd8\xff")) return false;
        reading.cards.back().picture = body;
        if (progress) progress(static_cast<int>(reading.cards.size()), cards_);
        return true;
      case Frame::failure: {
        static constexpr std::string_view kCodes[] = {
            "card_not_a_picture", "card_picture_too_large", "card_picture_too_small",
            "card_picture_damaged", "card_reading_unsafe"};
        const bool known =
            std::find(std::begin(kCodes), std::end(kCodes), body) != std::end(kCodes);
        reading.failure = known ? body : "card_reading_failed";
        ended_ = true;
        return true;
      }
      case Frame::end:
        ended_ = true;
        return true;
    }
    return false;
  }

  std::string pending_ = {};
  std::size_t total_size_ = 0;
  int cards_ = 0;
  bool ended_ = false;
};

CardReading read_by_process(const std::string& program, const std::vector<std::string>& arguments,
                            int timeout_seconds, std::string_view bytes,
                            const CardProgress& progress, const std::function<bool()>& stop) {
  Fd input(memory_file(bytes));
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0)
    throw SystemError(std::string("pipe: ") + std::strerror(errno));
  Fd output(ends[0]);
  Fd far_end(ends[1]);
  Child child(program, arguments, input.get(), far_end.get());
  far_end.reset();
  input.reset();
  Answer answer;
  CardReading failed{.failure = "card_reading_failed"};
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(timeout_seconds);
  char buffer[65536];
  for (;;) {
    if (stop && stop()) return failed;
    if (std::chrono::steady_clock::now() > limit) {
      log::warn("card_reader_too_long");
      failed.failure = "card_reading_too_long";
      return failed;
    }
    pollfd wait{.fd = output.get(), .events = POLLIN, .revents = 0};
    const int ready = ::poll(&wait, 1, 200);
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    const ssize_t n = ::read(output.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    if (!answer.add({buffer, static_cast<std::size_t>(n)}, progress)) {
      log::warn("card_reader_nonsense");
      return failed;
    }
  }
  const int status = child.end();
  if (answer.complete()) return std::move(answer.reading);
  log::warn("card_reader_died", {{"status", status}});
  return failed;
}

}  // namespace

bool write_frame(int fd, Frame frame, std::string_view body) {
  std::string out(1, static_cast<char>(frame));
  for (unsigned shift = 0; shift < 32; shift += 8)
    out += static_cast<char>(body.size() >> shift & 0xffU);
  out += body;
  std::string_view rest = out;
  while (!rest.empty()) {
    const ssize_t n = ::write(fd, rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

std::string corners_argument(const CardCorners& corners) {
  std::string out;
  for (const int corner : corners) out += (out.empty() ? "" : ",") + std::to_string(corner);
  return out;
}

CardReader card_reader_process(std::string program, std::vector<std::string> arguments,
                               int timeout_seconds) {
  return [program = std::move(program), arguments = std::move(arguments), timeout_seconds](
             std::string_view bytes, const std::optional<CardCorners>& corners,
             const CardProgress& progress, const std::function<bool()>& stop) {
    std::vector<std::string> all = arguments;
    if (corners) all.push_back(corners_argument(*corners));
    return read_by_process(program, all, timeout_seconds, bytes, progress, stop);
  };
}

}  // namespace daifuku::exchange
