// The child's side. Everything it is told comes from outside, everything it says is checked by the
// parent.
#include "exchange/cards/card_child.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/json.h"
#include "exchange/cards/card_fields.h"
#include "exchange/cards/card_frames.h"
#include "exchange/cards/card_picture.h"
#include "exchange/cards/card_recognition.h"

namespace daifuku::exchange {
namespace {

constexpr rlim_t kMostMemory = rlim_t{1536} << 20;
constexpr rlim_t kMostSeconds = 150;
constexpr int kShownSide = 1600;
// A reading with this score is the right way up: about thirty letters read surely.
constexpr int kSureScore = 90;

void limit(int what, rlim_t most) {
  const rlimit both{most, most};
  ::setrlimit(static_cast<__rlimit_resource>(what), &both);
}

// System calls that reading a picture never needs answer with EPERM. A list of what is forbidden
// and not of what is allowed: libraries may use new harmless ones in a coming release.
bool forbid_calls() {
#if defined(__x86_64__)
  constexpr std::uint32_t kArch = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  constexpr std::uint32_t kArch = AUDIT_ARCH_AARCH64;
#else
  constexpr std::uint32_t kArch = 0;
#endif
  if (kArch == 0) return false;
  static constexpr std::uint32_t kForbidden[] = {
#ifdef SYS_open
      SYS_open,
      SYS_creat,
      SYS_fork,
      SYS_vfork,
      SYS_unlink,
      SYS_rename,
      SYS_mkdir,
      SYS_link,
      SYS_symlink,
      SYS_chmod,
      SYS_rmdir,
      SYS_mknod,
      SYS_chown,
      SYS_lchown,
      SYS_utime,
      SYS_utimes,
      SYS_futimesat,
#endif
#ifdef SYS_fchmodat2
      SYS_fchmodat2,
#endif
      SYS_openat,
      SYS_openat2,
      SYS_socket,
      SYS_socketpair,
      SYS_connect,
      SYS_bind,
      SYS_sendto,
      SYS_sendmsg,
      SYS_execve,
      SYS_execveat,
      SYS_clone,
      SYS_clone3,
      SYS_ptrace,
      SYS_process_vm_readv,
      SYS_process_vm_writev,
      SYS_kill,
      SYS_tkill,
      SYS_tgkill,
      SYS_rt_sigqueueinfo,
      SYS_rt_tgsigqueueinfo,
      SYS_pidfd_open,
      SYS_pidfd_send_signal,
      SYS_pidfd_getfd,
      SYS_prlimit64,
      SYS_truncate,
      SYS_unlinkat,
      SYS_renameat,
      SYS_renameat2,
      SYS_mknodat,
      SYS_fchown,
      SYS_fchownat,
      SYS_fchmod,
      SYS_utimensat,
      SYS_setxattr,
      SYS_lsetxattr,
      SYS_fsetxattr,
      SYS_removexattr,
      SYS_lremovexattr,
      SYS_fremovexattr,
      SYS_open_by_handle_at,
      SYS_mkdirat,
      SYS_linkat,
      SYS_symlinkat,
      SYS_fchmodat,
      SYS_mount,
      SYS_chroot,
      SYS_setns,
      SYS_unshare,
      SYS_bpf,
      SYS_io_uring_setup,
      SYS_memfd_create,
      SYS_keyctl,
      SYS_add_key,
      SYS_perf_event_open};
  constexpr std::size_t kCount = std::size(kForbidden);
  constexpr std::uint32_t kOtherNumbers = 0x40000000;  // of x32, each call under another number
  static_assert(kCount < 250);                         // Jumps have a byte.
  sock_filter filter[kCount + 7];
  std::size_t n = 0;
  filter[n++] = BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch));
  filter[n++] = BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArch, 1, 0);
  filter[n++] = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
  filter[n++] = BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr));
  filter[n++] =
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, kOtherNumbers, static_cast<unsigned char>(kCount + 1), 0);
  for (std::size_t i = 0; i < kCount; ++i) {
    filter[n++] = BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kForbidden[i],
                           static_cast<unsigned char>(kCount - i), 0);
  }
  filter[n++] = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  filter[n++] = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
  const sock_fprog program{.len = static_cast<unsigned short>(n), .filter = filter};
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

// Nothing that came from outside has been looked at before this. False: it must not be.
bool give_up_rights() {
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_CPU, kMostSeconds);
  limit(RLIMIT_AS, kMostMemory);
  limit(RLIMIT_FSIZE, 0);   // Pipes are no files: the answer can still be written.
  limit(RLIMIT_NOFILE, 0);  // No further descriptors; those open stay.
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  return forbid_calls();
}

std::string read_input() {
  std::string out;
  char buffer[65536];
  ssize_t n = 0;
  while ((n = ::read(STDIN_FILENO, buffer, sizeof buffer)) > 0 &&
         out.size() <= PictureLimits::kMostBytes)
    out.append(buffer, static_cast<std::size_t>(n));
  return out;
}

std::string_view refusal_code(PictureRefusal refusal) {
  switch (refusal) {
    case PictureRefusal::not_a_picture:
      return "card_not_a_picture";
    case PictureRefusal::too_large:
      return "card_picture_too_large";
    case PictureRefusal::too_small:
      return "card_picture_too_small";
    default:
      return "card_picture_damaged";
  }
}

struct Reading {
  PixPtr card;
  std::vector<CardLine> lines;
  int score = 0;
};

// A photo may have been taken with the card lying any way.
Reading read_upright(CardRecognition& recognition, PixPtr card) {
  Reading best;
  for (const int quarters : {0, 2, 1, 3}) {
    Reading one;
    one.card = straightened(*(quarters == 0 ? PixPtr(turned(*card, 0)) : turned(*card, quarters)));
    one.lines = recognition.read(*one.card);
    one.score = reading_score(one.lines);
    if (quarters == 0 || one.score > best.score * 5 / 4) best = std::move(one);
    if (best.score >= kSureScore) break;
  }
  return best;
}

std::string card_json(const CutCard& card, const std::vector<CardField>& fields,
                      const std::vector<CardLine>& lines) {
  const auto [width, height] = picture_size(*card.picture);
  std::string out;
  JsonWriter json(out);
  json.begin_object().field("width", width).field("height", height);
  json.key("corners").begin_array();
  for (const int corner : card.corners) json.integer(corner);
  json.end_array().key("fields").begin_array();
  for (const CardField& field : fields) {
    json.begin_object()
        .field("key", field.key)
        .field("value", field.value)
        .field("confidence", field.confidence);
    json.key("box").begin_array().integer(field.box.left).integer(field.box.top);
    json.integer(field.box.width).integer(field.box.height).end_array().end_object();
  }
  json.end_array().key("lines").begin_array();
  for (const CardLine& line : lines) json.string(line.text);
  json.end_array().end_object();
  return out;
}

bool read_one(CardRecognition* recognition, CutCard card) {
  std::vector<CardField> code;
  for (const std::string& text : read_codes(*card.picture)) {
    if (code.empty()) code = read_contact_code(text);
  }
  Reading reading;
  if (recognition != nullptr) {
    reading = read_upright(*recognition, std::move(card.picture));
  } else {
    reading.card = straightened(*card.picture);
  }
  card.picture = std::move(reading.card);
  const auto fields = join_fields(std::move(code), read_card_fields(reading.lines));
  std::stable_sort(reading.lines.begin(), reading.lines.end(),
                   [](const CardLine& a, const CardLine& b) { return a.box.top < b.box.top; });
  return write_frame(STDOUT_FILENO, Frame::card, card_json(card, fields, reading.lines)) &&
         write_frame(STDOUT_FILENO, Frame::picture, encode_jpeg(*card.picture, kShownSide));
}

std::optional<CardCorners> parse_corners(std::string_view text) {
  CardCorners out{};
  for (int& corner : out) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), corner);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with(',')) text.remove_prefix(1);
  }
  if (!text.empty() || !usable_corners(out)) return std::nullopt;
  return out;
}

std::vector<CutCard> cards_in(const Pix& photo, const std::optional<CardCorners>& corners) {
  if (!corners) return cut_cards(photo);
  std::vector<CutCard> out;
  if (PixPtr card = cut_card(photo, *corners)) out.push_back({std::move(card), *corners});
  return out;
}

}  // namespace

int run_card_child(std::string_view corners) {
  // Without its parent it has nobody to read for.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::setpriority(PRIO_PROCESS, 0, 10);
  const auto drawn = parse_corners(corners);
  if (!corners.empty() && !drawn) return 1;
  // The libraries complain about every odd picture.
  if (const int quiet = ::open("/dev/null", O_WRONLY | O_CLOEXEC); quiet >= 0) {
    ::dup2(quiet, STDERR_FILENO);
    ::close(quiet);
  }
  CardRecognition recognition;
  const bool recognized = recognition.load();
  if (!give_up_rights())
    return write_frame(STDOUT_FILENO, Frame::failure, "card_reading_unsafe") ? 0 : 1;
  PictureRefusal refusal = PictureRefusal::none;
  PixPtr photo = decode_picture(read_input(), refusal);
  if (photo == nullptr)
    return write_frame(STDOUT_FILENO, Frame::failure, refusal_code(refusal)) ? 0 : 1;
  std::vector<CutCard> cards = cards_in(*photo, drawn);
  if (cards.empty())
    return write_frame(STDOUT_FILENO, Frame::failure, "card_picture_too_small") ? 0 : 1;
  photo.reset();
  std::string found;
  JsonWriter(found)
      .begin_object()
      .field("cards", cards.size())
      .field("recognized", recognized)
      .end_object();
  if (!write_frame(STDOUT_FILENO, Frame::found, found)) return 1;
  for (CutCard& card : cards) {
    if (!read_one(recognized ? &recognition : nullptr, std::move(card))) return 1;
  }
  return write_frame(STDOUT_FILENO, Frame::end, "") ? 0 : 1;
}

}  // namespace daifuku::exchange
