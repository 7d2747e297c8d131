#include "base/crypto.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <memory>

#include "base/error.h"

namespace daifuku {
namespace {

constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;

struct CipherFree {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, CipherFree>;

void require(bool ok, const char* what) {
  if (!ok) throw SystemError(std::string("openssl: ") + what);
}

const unsigned char* bytes(std::string_view data) {
  return reinterpret_cast<const unsigned char*>(data.data());
}

}  // namespace

namespace {

// Fetched once: OpenSSL 3 otherwise looks the method up in its providers at every use.
const EVP_MD* sha256_method() {
  static const EVP_MD* method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return method;
}

}  // namespace

Sha256 sha256(std::string_view data) {
  Sha256 out;
  unsigned int size = 0;
  require(EVP_Digest(data.data(), data.size(), out.data(), &size, sha256_method(), nullptr) == 1,
          "digest");
  return out;
}

std::string sha256_hex(std::string_view data) { return hex(bytes_of(sha256(data))); }

Sha256Stream::Sha256Stream() : context_(EVP_MD_CTX_new()) {
  require(context_ != nullptr &&
              EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_), sha256_method(), nullptr) == 1,
          "digest init");
}

Sha256Stream::~Sha256Stream() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

void Sha256Stream::update(std::string_view data) {
  require(EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), data.data(), data.size()) == 1,
          "digest update");
}

Sha256 Sha256Stream::finish() {
  Sha256 out;
  unsigned int size = 0;
  require(EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), out.data(), &size) == 1,
          "digest final");
  return out;
}

Sha256 hmac_sha256(std::string_view key, std::string_view data) {
  Sha256 out;
  unsigned int size = 0;
  require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes(data), data.size(),
               out.data(), &size) != nullptr,
          "hmac");
  return out;
}

std::string random_bytes(std::size_t count) {
  std::string out(count, '\0');
  require(RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(count)) == 1,
          "random");
  return out;
}

std::string hex(std::string_view data) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(data.size() * 2);
  for (const char c : data) {
    out.push_back(kDigits[static_cast<unsigned char>(c) >> 4]);
    out.push_back(kDigits[static_cast<unsigned char>(c) & 15]);
  }
  return out;
}

std::optional<std::string> unhex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    int value = 0;
    for (std::size_t j = i; j < i + 2; ++j) {
      const char c = text[j];
      int d = 0;
      if (c >= '0' && c <= '9')
        d = c - '0';
      else if (c >= 'a' && c <= 'f')
        d = c - 'a' + 10;
      else if (c >= 'A' && c <= 'F')
        d = c - 'A' + 10;
      else
        return std::nullopt;
      value = value * 16 + d;
    }
    out.push_back(static_cast<char>(value));
  }
  return out;
}

std::string base64url(std::string_view data) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  std::uint32_t window = 0;
  int bits = 0;
  for (const char c : data) {
    window = (window << 8) | static_cast<unsigned char>(c);
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      out.push_back(kDigits[(window >> bits) & 63U]);
    }
  }
  if (bits > 0) out.push_back(kDigits[(window << (6 - bits)) & 63U]);
  return out;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string encrypt(std::string_view key32, std::string_view plain, std::string_view context) {
  DAIFUKU_CHECK(key32.size() == 32);
  const std::string nonce = random_bytes(kNonce);
  const Cipher cipher(EVP_CIPHER_CTX_new());
  std::string out = nonce;
  out.resize(kNonce + plain.size() + kTag);
  auto* target = reinterpret_cast<unsigned char*>(out.data()) + kNonce;
  int n = 0;
  require(
      cipher != nullptr &&
          EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(key32),
                             bytes(nonce)) == 1 &&
          EVP_EncryptUpdate(cipher.get(), nullptr, &n, bytes(context),
                            static_cast<int>(context.size())) == 1 &&
          EVP_EncryptUpdate(cipher.get(), target, &n, bytes(plain),
                            static_cast<int>(plain.size())) == 1 &&
          EVP_EncryptFinal_ex(cipher.get(), target + n, &n) == 1 &&
          EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTag, target + plain.size()) == 1,
      "encrypt");
  return out;
}

std::optional<std::string> decrypt(std::string_view key32, std::string_view sealed,
                                   std::string_view context) {
  DAIFUKU_CHECK(key32.size() == 32);
  if (sealed.size() < kNonce + kTag) return std::nullopt;
  const std::string_view nonce = sealed.substr(0, kNonce);
  const std::string_view body = sealed.substr(kNonce, sealed.size() - kNonce - kTag);
  std::string tag(sealed.substr(sealed.size() - kTag));
  const Cipher cipher(EVP_CIPHER_CTX_new());
  std::string out(body.size() + 1, '\0');
  auto* target = reinterpret_cast<unsigned char*>(out.data());
  int n = 0;
  require(cipher != nullptr &&
              EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, bytes(key32),
                                 bytes(nonce)) == 1 &&
              EVP_DecryptUpdate(cipher.get(), nullptr, &n, bytes(context),
                                static_cast<int>(context.size())) == 1 &&
              EVP_DecryptUpdate(cipher.get(), target, &n, bytes(body),
                                static_cast<int>(body.size())) == 1 &&
              EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTag, tag.data()) == 1,
          "decrypt");
  if (EVP_DecryptFinal_ex(cipher.get(), target + n, &n) != 1) return std::nullopt;
  out.resize(body.size());
  return out;
}

}  // namespace daifuku
