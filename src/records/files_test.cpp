#include "records/files.h"

#include <algorithm>
#include <fstream>

#include "records/test_engine.h"

namespace daifuku::records {
namespace {

class FilesTest : public EngineTest {
 protected:
  FilesTest() { company_ = company("山田"); }

  Id add(const Caller& caller, const std::string& name, const std::string& bytes) {
    return files_.add(caller, object("company"), company_, name, bytes, ids_.next()).id;
  }
  std::string open(const Caller& caller, Id file) {
    std::string bytes;
    files_.open(caller, file, bytes);
    return bytes;
  }
  std::vector<std::filesystem::path> stored() const {
    std::vector<std::filesystem::path> out;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(store_.folder() / "files")) {
      if (entry.is_regular_file()) out.push_back(entry.path());
    }
    return out;
  }

  Files files_{engine_, (store_.folder() / "files").string(), std::string(32, '\x11')};
  Id company_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Stores, FilesTest, testing::ValuesIn(store::available_stores()),
                         store::store_name);

TEST_P(FilesTest, ComeBackAsTheyWentIn) {
  const std::string bytes("%PDF-1.7\0\xff binary", 17);

  const FileInfo info =
      files_.add(owner(), object("company"), company_, "見積書.pdf", bytes, ids_.next());

  EXPECT_EQ(info.type, "application/pdf");
  EXPECT_EQ(info.size, 17);
  EXPECT_EQ(open(owner(), info.id), bytes);
  ASSERT_EQ(files_.list(owner(), object("company"), company_).size(), 1U);
  EXPECT_EQ(files_.list(owner(), object("company"), company_)[0].name, "見積書.pdf");
}

TEST_P(FilesTest, LieEncryptedAndOnceOnTheDisk) {
  const std::string bytes = "a very plain text that would be seen";
  add(owner(), "a.txt", bytes);
  add(owner(), "b.txt", bytes);

  const auto paths = stored();

  ASSERT_EQ(paths.size(), 1U);
  std::ifstream file(paths[0], std::ios::binary);
  const std::string sealed((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(sealed.find("plain text"), std::string::npos);
  EXPECT_EQ(std::filesystem::status(store_.folder() / "files").permissions(),
            std::filesystem::perms::owner_all);
}

TEST_P(FilesTest, DamageIsNoticed) {
  const Id id = add(owner(), "a.txt", "contents");
  std::fstream file(stored().at(0), std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(14);
  file.put('\x7f');
  file.close();

  EXPECT_EQ(refusal([&] { open(owner(), id); }), "file_damaged");
  std::filesystem::remove(stored().at(0));
  EXPECT_EQ(refusal([&] { open(owner(), id); }), "file_damaged");
}

TEST_P(FilesTest, FollowTheRightsOfTheRecord) {
  const Id id = add(owner(), "a.txt", "contents");
  const Caller reader{.access = access(kHanako, meta::Role::viewer)};
  const Caller blind{
      .access = access(kHanako, meta::Role::member, R"({"objects":{"company":{"read":"own"}}})")};

  EXPECT_EQ(open(reader, id), "contents");
  EXPECT_EQ(refusal([&] { add(reader, "b.txt", "x"); }), "forbidden");
  EXPECT_EQ(refusal([&] { files_.remove(reader, id); }), "forbidden");
  EXPECT_EQ(refusal([&] { open(blind, id); }), "not_found");
  EXPECT_EQ(refusal([&] { files_.list(blind, object("company"), company_); }), "not_found");
  EXPECT_EQ(refusal([&] { add(blind, "b.txt", "x"); }), "not_found");
  EXPECT_EQ(refusal([&] { open(owner(), 12345); }), "not_found");
}

TEST_P(FilesTest, AreTakenAwayAndComeBack) {
  const Id id = add(owner(), "a.txt", "contents");

  files_.remove(owner(), id);

  EXPECT_EQ(refusal([&] { open(owner(), id); }), "not_found");
  EXPECT_TRUE(files_.list(owner(), object("company"), company_).empty());
  EXPECT_EQ(files_.list(owner(), object("company"), company_, true).size(), 1U);
  FileInfo info;
  files_.restore(owner(), id, info);
  EXPECT_EQ(info.name, "a.txt");
  EXPECT_EQ(open(owner(), id), "contents");
}

TEST_P(FilesTest, HaveALimit) {
  EXPECT_EQ(refusal([&] {
              add(owner(), "a.bin",
                  std::string(static_cast<std::size_t>(Files::kMostBytes) + 1, 'x'));
            }),
            "too_large");
  store_->write([&](store::Transaction& tx) {
    tx.query(
          "INSERT INTO file ({tenant_id}, id, object_id, record_id, name, type, size, digest, "
          "created_at) VALUES ({tenant}, 1, 1, 1, 'x', 'x', ?, 'x', 0)")
        .bind(Files::kMostTotal - 3)
        .run();
  });
  EXPECT_EQ(refusal([&] { add(owner(), "a.txt", "1234"); }), "files_full");
  EXPECT_EQ(refusal([&] { add(owner(), "a.txt", "123"); }), "");
  // What was refused has left nothing on the disk.
  EXPECT_EQ(stored().size(), 1U);
}

TEST_P(FilesTest, NamesAreMadeHarmless) {
  struct Case {
    std::string typed;
    std::string kept;
  };
  for (const Case& one :
       {Case{"../../etc/passwd", "passwd"}, Case{"C:\\temp\\名簿.xlsx", "名簿.xlsx"},
        Case{"a\r\nSet-Cookie: x.txt", "aSet-Cookie: x.txt"}, Case{"..", "file"}, Case{"", "file"},
        Case{"bad\xff.txt", "file"}}) {
    SCOPED_TRACE(one.kept);
    const FileInfo info =
        files_.add(owner(), object("company"), company_, one.typed, "x", ids_.next());
    EXPECT_EQ(info.name, one.kept);
  }
}

TEST(ContentType, IsWhatTheBytesAndTheNameAgreeOn) {
  EXPECT_EQ(content_type("a.png", "\x89PNG\r\n\x1a\n..."), "image/png");
  EXPECT_EQ(content_type("a.JPG", "\xff\xd8\xff..."), "image/jpeg");
  EXPECT_EQ(content_type("a.xlsx", "PK\x03\x04..."),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  // A page that calls itself a picture is no picture, and a picture that calls itself a page
  // neither.
  for (const auto& [name, bytes] : {std::pair<const char*, const char*>{"a.png", "<html>"},
                                    {"a.html", "\x89PNG\r\n\x1a\n"},
                                    {"a.svg", "<svg onload='x'>"},
                                    {"png", "\x89PNG\r\n\x1a\n"},
                                    {"a.pdf", "PK\x03\x04"}}) {
    SCOPED_TRACE(name);
    EXPECT_EQ(content_type(name, bytes), "application/octet-stream");
  }
  EXPECT_TRUE(shown_inline("image/png"));
  EXPECT_FALSE(shown_inline("application/octet-stream"));
  EXPECT_FALSE(shown_inline("image/svg+xml"));
  EXPECT_FALSE(shown_inline("text/html"));
}

}  // namespace
}  // namespace daifuku::records
