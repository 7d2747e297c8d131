// Thin wrappers over OpenSSL. All throw SystemError when the library fails.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace daifuku {

using Sha256 = std::array<unsigned char, 32>;

Sha256 sha256(std::string_view data);
std::string sha256_hex(std::string_view data);

// Incremental form, for files.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;
  void update(std::string_view data);
  Sha256 finish();

 private:
  void* context_;
};

Sha256 hmac_sha256(std::string_view key, std::string_view data);
std::string random_bytes(std::size_t count);
std::string hex(std::string_view bytes);
std::optional<std::string> unhex(std::string_view text);
std::string base64url(std::string_view bytes);  // no padding
bool equal_constant_time(std::string_view a, std::string_view b);

// AES-256-GCM, 12-byte random nonce first and 16-byte tag last. `context` is authenticated, not
// stored.
std::string encrypt(std::string_view key32, std::string_view plain, std::string_view context);
// nullopt when key, context or a single bit is wrong.
std::optional<std::string> decrypt(std::string_view key32, std::string_view sealed,
                                   std::string_view context);

inline std::string_view bytes_of(const Sha256& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace daifuku
