#include "exchange/import_vault.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/crypto.h"
#include "base/error.h"

namespace daifuku::exchange {
namespace {

constexpr std::size_t kChunk = std::size_t{256} << 10;
constexpr std::uint32_t kLastBit = 0x80000000U;
// Sealing adds a nonce and a tag; anything longer is no chunk of ours.
constexpr std::uint32_t kMostSealed = static_cast<std::uint32_t>(kChunk) * 2 + 64;
constexpr std::uintmax_t kMostInMemory = std::uintmax_t{32} << 20;

[[noreturn]] void fail(const std::string& what) {
  throw SystemError(what + ": " + std::strerror(errno));
}

void write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) fail("write import file");
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

// False at the end of the file, also when it ends within the bytes wanted.
bool read_all(int fd, char* to, std::size_t wanted) {
  while (wanted > 0) {
    const ssize_t n = ::read(fd, to, wanted);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail("read import file");
    if (n == 0) return false;
    to += n;
    wanted -= static_cast<std::size_t>(n);
  }
  return true;
}

std::string chunk_context(const std::string& context, std::uint64_t chunk, bool last) {
  return context + ":" + std::to_string(chunk) + (last ? ":end" : "");
}

}  // namespace

SealedWriter::SealedWriter(const std::filesystem::path& path, std::string key32,
                           std::string context)
    : fd_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)),
      key_(std::move(key32)),
      context_(std::move(context)) {
  if (fd_ < 0) fail("open " + path.string());
}

SealedWriter::~SealedWriter() {
  if (fd_ >= 0) ::close(fd_);
}

void SealedWriter::put(bool last) {
  const std::string sealed = encrypt(key_, pending_, chunk_context(context_, chunk_, last));
  const std::uint32_t size = static_cast<std::uint32_t>(sealed.size()) | (last ? kLastBit : 0U);
  std::string out;
  for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>(size >> shift & 0xffU);
  out += sealed;
  write_all(fd_, out);
  ++chunk_;
  pending_.clear();
}

void SealedWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t room = kChunk - pending_.size();
    pending_ += bytes.substr(0, room);
    bytes.remove_prefix(std::min(room, bytes.size()));
    if (pending_.size() == kChunk) put(false);
  }
}

void SealedWriter::flush() {
  if (!pending_.empty()) put(false);
}

void SealedWriter::finish() {
  put(true);
  if (::fsync(fd_) != 0) fail("sync import file");
}

SealedReader::SealedReader(const std::filesystem::path& path, std::string key32,
                           std::string context)
    : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)),
      key_(std::move(key32)),
      context_(std::move(context)) {
  if (fd_ < 0) fail("open " + path.string());
}

SealedReader::~SealedReader() {
  if (fd_ >= 0) ::close(fd_);
}

bool SealedReader::read(std::string& piece) {
  if (complete_) return false;
  unsigned char head[4];
  if (!read_all(fd_, reinterpret_cast<char*>(head), sizeof head)) return false;
  std::uint32_t size = 0;
  for (unsigned i = 0; i < 4; ++i) size |= static_cast<std::uint32_t>(head[i]) << (8 * i);
  const bool last = (size & kLastBit) != 0;
  size &= ~kLastBit;
  if (size > kMostSealed) throw SystemError("import file damaged");
  sealed_.resize(size);
  if (!read_all(fd_, sealed_.data(), size)) return false;
  auto plain = decrypt(key_, sealed_, chunk_context(context_, chunk_, last));
  if (!plain) throw SystemError("import file damaged");
  piece = *std::move(plain);
  ++chunk_;
  complete_ = last;
  return true;
}

void seal_file(const std::filesystem::path& from, const std::filesystem::path& to,
               const std::string& key32, const std::string& context) {
  std::ifstream in(from, std::ios::binary);
  if (!in) throw SystemError("open " + from.string());
  SealedWriter out(to, key32, context);
  std::string buffer(kChunk, '\0');
  while (in) {
    in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    if (in.bad()) throw SystemError("read " + from.string());
    out.write(std::string_view(buffer).substr(0, static_cast<std::size_t>(in.gcount())));
  }
  out.finish();
}

PlainCopy::PlainCopy(const std::filesystem::path& sealed, const std::string& key32,
                     const std::string& context, const std::filesystem::path& folder) {
  SealedReader in(sealed, key32, context);
  std::error_code ignored;
  const bool small = std::filesystem::file_size(sealed, ignored) <= kMostInMemory;
  fd_ = small ? ::memfd_create("import", MFD_CLOEXEC)
              : ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd_ < 0) fail("open a file without a name in " + folder.string());
  try {
    std::string piece;
    while (in.read(piece)) write_all(fd_, piece);
    if (!in.complete()) throw SystemError("import file damaged");
  } catch (...) {
    ::close(fd_);
    throw;
  }
}

PlainCopy::~PlainCopy() { ::close(fd_); }

std::filesystem::path PlainCopy::path() const { return "/proc/self/fd/" + std::to_string(fd_); }

}  // namespace daifuku::exchange
