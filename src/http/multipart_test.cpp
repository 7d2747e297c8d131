#include "http/multipart.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"

namespace daifuku::http {
namespace {

constexpr std::string_view kType = "multipart/form-data; boundary=----X1";

class MultipartTest : public ::testing::Test {
 protected:
  void TearDown() override { std::filesystem::remove(path_); }

  std::vector<MultipartPart> parse(std::string_view body, std::string_view type = kType,
                                   const MultipartLimits& limits = {}) {
    std::ofstream(path_, std::ios::binary) << body;
    return parse_multipart(path_, type, limits);
  }

  int status(std::string_view body, std::string_view type = kType,
             const MultipartLimits& limits = {}) {
    try {
      parse(body, type, limits);
      return 200;
    } catch (const AppError& error) {
      return http_status(error.status());
    }
  }

  std::string content(const MultipartPart& part) const {
    std::string out;
    read_part(path_, part, [&](std::string_view piece) { out += piece; });
    return out;
  }

  std::string path_ = ::testing::TempDir() + "daifuku_multipart_" + std::to_string(::getpid());
};

std::string field(std::string_view head, std::string_view content) {
  return "------X1\r\nContent-Disposition: form-data; " + std::string(head) + "\r\n\r\n" +
         std::string(content) + "\r\n";
}

const std::string kEnd = "------X1--\r\n";

TEST_F(MultipartTest, ReadsFieldsAndFiles) {
  std::string large;
  for (int i = 0; i < 40'000; ++i)
    large += "\r\n------X" + std::to_string(i % 10 == 1 ? 0 : i % 10);
  const auto parts =
      parse(field("name=\"note\"", "佐藤様\r\n見積") +
            field("name=\"file\"; filename=\"見積 \\\"A\\\".pdf\"\r\nContent-Type: application/pdf",
                  large) +
            field("name=empty; filename=\"\"", "") + kEnd);

  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].name, "note");
  EXPECT_EQ(parts[0].value, "佐藤様\r\n見積");
  EXPECT_FALSE(parts[0].file_name);
  EXPECT_EQ(parts[1].file_name, "見積 \"A\".pdf");
  EXPECT_EQ(parts[1].content_type, "application/pdf");
  EXPECT_EQ(parts[1].size, static_cast<std::int64_t>(large.size()));
  EXPECT_EQ(content(parts[1]), large);
  EXPECT_TRUE(parts[1].value.empty());
  EXPECT_EQ(find_part(parts, "empty")->size, 0);
  EXPECT_EQ(find_part(parts, "none"), nullptr);
}

TEST_F(MultipartTest, DelimiterMayLieAcrossPieces) {
  for (std::size_t size = 65'536 - 140; size < 65'536 + 20; ++size) {
    const std::string data(size, 'x');
    const auto parts = parse(field("name=f; filename=a", data) + field("name=v", "1") + kEnd);
    ASSERT_EQ(parts.size(), 2U) << size;
    ASSERT_EQ(parts[0].size, static_cast<std::int64_t>(size));
    ASSERT_EQ(parts[1].value, "1");
  }
}

TEST_F(MultipartTest, FileNamesLoseTheirDirectories) {
  const struct {
    const char* sent;
    const char* expected;
  } cases[] = {{"../../etc/passwd", "passwd"},
               {"C:\\\\Users\\\\a.txt", "a.txt"},
               {"a%22b.txt", "a\"b.txt"},
               {"dir/", ""},
               {"日本.xlsx", "日本.xlsx"}};
  for (const auto& item : cases) {
    SCOPED_TRACE(item.sent);
    const auto parts =
        parse(field("name=f; filename=\"" + std::string(item.sent) + "\"", "x") + kEnd);
    EXPECT_EQ(parts.at(0).file_name, item.expected);
  }
}

TEST_F(MultipartTest, RefusesMalformedInput) {
  const std::string good = field("name=a", "1");
  EXPECT_EQ(status(good + kEnd), 200);
  const std::string bad[] = {
      "",
      good,  // no end
      "preamble\r\n" + good + kEnd,
      "------X2\r\n" + good + kEnd,
      "------X1\r\n\r\nno head\r\n" + kEnd,
      "------X1\r\nContent-Type: text/plain\r\n\r\nno name\r\n" + kEnd,
      field("filename=a", "no name") + kEnd,
      field("name=\"unclosed", "x") + kEnd,
      field("name=a; name=b", "x") + kEnd,
      field("name=a\r\nContent-Disposition: form-data; name=b", "x") + kEnd,
      field("name=a\r\n folded: 1", "x") + kEnd,
      field("name=\"\xff\"", "x") + kEnd,
      field("name=a", "\xff") + kEnd,
      field("name=f; filename=\"a%0D%0Ab\"", "x") + kEnd,
      field("name=a\r\nContent-Transfer-Encoding: base64", "eA==") + kEnd,
      "------X1\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n" + kEnd,
  };
  for (const std::string& body : bad) EXPECT_EQ(status(body), 400) << body;
}

TEST_F(MultipartTest, LooksAtTheContentType) {
  const std::string good = field("name=a", "1") + kEnd;

  EXPECT_EQ(status(good, "Multipart/Form-Data; charset=utf-8; Boundary=\"----X1\""), 200);
  EXPECT_EQ(status(good, "application/json"), 415);
  EXPECT_EQ(status(good, ""), 415);
  EXPECT_EQ(status(good, "multipart/form-data"), 400);
  EXPECT_EQ(status(good, "multipart/form-data; boundary="), 400);
  EXPECT_EQ(status(good, "multipart/form-data; boundary=" + std::string(71, 'a')), 400);
}

TEST_F(MultipartTest, KeepsToTheLimits) {
  const MultipartLimits limits = {
      .max_parts = 2, .max_part_head = 100, .max_value = 10, .max_file = 20};
  const std::string one = field("name=a", "0123456789");

  EXPECT_EQ(status(one + one + kEnd, kType, limits), 200);
  EXPECT_EQ(status(one + one + one + kEnd, kType, limits), 413);
  EXPECT_EQ(status(field("name=a", "0123456789a") + kEnd, kType, limits), 413);
  EXPECT_EQ(status(field("name=a; filename=b", std::string(20, 'x')) + kEnd, kType, limits), 200);
  EXPECT_EQ(status(field("name=a; filename=b", std::string(21, 'x')) + kEnd, kType, limits), 413);
  EXPECT_EQ(status(field("name=" + std::string(100, 'a'), "x") + kEnd, kType, limits), 413);
}

}  // namespace
}  // namespace daifuku::http
