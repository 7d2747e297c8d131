#include "exchange/import_vault.h"

#include <gtest/gtest.h>

#include <fstream>

#include "exchange/import_known.h"
#include "exchange/table_test_support.h"

namespace daifuku::exchange {
namespace {

const std::string kKey(32, '\x11');

std::string bytes_in(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(ImportVault, GivesTheFileBackWithoutANameOnDisk) {
  const testing::ScratchFolder folder;
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{256} << 10, (std::size_t{33} << 20) + 5}) {
    std::string plain(size, 'x');
    for (std::size_t i = 0; i < size; i += 997) plain[i] = static_cast<char>(i);
    seal_file(folder.file("plain", plain), folder.path() / "sealed", kKey, "test");
    std::filesystem::remove(folder.path() / "plain");
    const PlainCopy copy(folder.path() / "sealed", kKey, "test", folder.path());
    EXPECT_EQ(bytes_in(copy.path()), plain) << size;
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1) << size;
  }
}

TEST(ImportVault, NoticesWhatWasChangedMovedOrCut) {
  const testing::ScratchFolder folder;
  const auto path = folder.path() / "sealed";
  seal_file(folder.file("plain", std::string(600'000, 'a')), path, kKey, "test");
  const std::string sealed = bytes_in(path);
  const auto opens = [&](const std::string& bytes, const std::string& key,
                         const std::string& context) {
    folder.file("sealed", bytes);
    try {
      const PlainCopy copy(path, key, context, folder.path());
      return true;
    } catch (const SystemError&) {
      return false;
    }
  };
  EXPECT_TRUE(opens(sealed, kKey, "test"));
  EXPECT_FALSE(opens(sealed, std::string(32, '\x12'), "test"));
  EXPECT_FALSE(opens(sealed, kKey, "other"));
  EXPECT_FALSE(opens(sealed.substr(0, sealed.size() - 1), kKey, "test"));
  EXPECT_FALSE(opens(sealed.substr(0, 4 + (256 << 10) + 28), kKey, "test"));
  std::string changed = sealed;
  changed[sealed.size() / 2] ^= 1;
  EXPECT_FALSE(opens(changed, kKey, "test"));
}

TEST(ImportVault, WhatWasFlushedCanBeReadAfterACrash) {
  const testing::ScratchFolder folder;
  {
    SealedWriter writer(folder.path() / "cut", kKey, "test");
    writer.write("first");
    writer.flush();
    writer.write("never flushed");
  }
  SealedReader reader(folder.path() / "cut", kKey, "test");
  std::string piece;
  ASSERT_TRUE(reader.read(piece));
  EXPECT_EQ(piece, "first");
  EXPECT_FALSE(reader.read(piece));
  EXPECT_FALSE(reader.complete());
}

TEST(HashSet, HoldsWhatWasInserted) {
  HashSet set;
  std::uint64_t hash = 1;
  for (int i = 0; i < 10'000; ++i) {
    EXPECT_FALSE(set.contains(hash));
    EXPECT_TRUE(set.insert(hash));
    EXPECT_FALSE(set.insert(hash));
    hash = hash * 6364136223846793005ULL + 1442695040888963407ULL;
    hash |= 1;
  }
  EXPECT_EQ(set.size(), 10'000U);
}

}  // namespace
}  // namespace daifuku::exchange
