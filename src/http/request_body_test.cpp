// Bodies of requests: limits, chunks, and uploads that go to a file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "http/test_server.h"

namespace daifuku::http {
namespace {

using ::testing::HasSubstr;

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

class RequestBodyTest : public ServerTest {};

TEST_F(RequestBodyTest, BodyOverTheLimitIsRefusedBeforeItIsSent) {
  router_.add({.method = Method::post,
               .pattern = "/small",
               .permission = "public",
               .body_limit = 10,
               .handle = [](Request& request) { return text(request.body); }});
  start();

  EXPECT_EQ(TestClient(port()).ask(post("/small", "0123456789")).status, 200);
  TestClient declared(port());
  EXPECT_EQ(declared.ask("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n").status,
            413);
  EXPECT_TRUE(declared.closed_within(kSoon));
  TestClient chunked(port());
  EXPECT_EQ(chunked
                .ask("POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "6\r\n012345\r\n6\r\n012345\r\n0\r\n\r\n")
                .status,
            413);
  EXPECT_TRUE(chunked.closed_within(kSoon));
}

TEST_F(RequestBodyTest, ContinueIsSaidOnlyToWhatWillBeTaken) {
  start();
  TestClient client(port());

  client.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  EXPECT_EQ(client.read_answer().status, 100);
  EXPECT_EQ(client.ask("abc").body, "abc");
  EXPECT_EQ(
      client
          .ask(
              "POST /none HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")
          .status,
      404);
}

TEST_F(RequestBodyTest, ChunkedBodiesArePutTogether) {
  start();
  TestClient client(port());
  const std::string head = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

  EXPECT_EQ(client.ask(head + "3\r\nabc\r\n5;x=y\r\ndefgh\r\n0\r\nX-Trailer: ignored\r\n\r\n").body,
            "abcdefgh");
  EXPECT_EQ(client.ask(head + "0\r\n\r\n").body, "");
}

TEST_F(RequestBodyTest, UploadsGoToAFileThatIsRemoved) {
  std::string path;
  router_.add({.method = Method::put,
               .pattern = "/upload",
               .permission = "public",
               .body_limit = 3 << 20,
               .body_to_file = true,
               .handle = [&](Request& request) {
                 path = request.body_file;
                 struct stat info = {};
                 EXPECT_EQ(::stat(path.c_str(), &info), 0);
                 EXPECT_EQ(info.st_mode & 0777U, 0600U);
                 EXPECT_TRUE(request.body.empty());
                 const std::string data = slurp(path);
                 return text(std::to_string(request.body_size) + " " + std::to_string(data.size()) +
                             " " + data.substr(data.size() - 3));
               }});
  start();
  TestClient client(port());
  const std::string data = std::string(2'500'000, 'x') + "end";
  const std::string head = "PUT /upload HTTP/1.1\r\nHost: a\r\nContent-Length: ";

  const Answer answer = client.ask(head + std::to_string(data.size()) + "\r\n\r\n" + data);

  EXPECT_EQ(answer.body, "2500003 2500003 end");
  EXPECT_THAT(path, HasSubstr(options_.upload_dir));
  EXPECT_FALSE(std::filesystem::exists(path));
  // Cut off at the limit, half-way: nothing stays behind.
  std::string chunk = "100000\r\n" + std::string(1 << 20, 'y') + "\r\n";
  client.send("PUT /upload HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 4; ++i) client.send(chunk);
  EXPECT_EQ(client.read_answer().status, 413);
  EXPECT_TRUE(client.closed_within(kSoon));
  server_->stop();
  EXPECT_TRUE(std::filesystem::is_empty(options_.upload_dir));
}

TEST_F(RequestBodyTest, AnUploadGivenUpHalfWayLeavesNoFile) {
  router_.add({.method = Method::put,
               .pattern = "/upload",
               .permission = "public",
               .body_limit = 3 << 20,
               .body_to_file = true,
               .handle = [](Request&) { return text("never"); }});
  start();
  {
    TestClient client(port());
    client.send("PUT /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n" +
                std::string(1'000'000, 'x'));
  }
  server_->stop();

  EXPECT_TRUE(std::filesystem::is_empty(options_.upload_dir));
}

}  // namespace
}  // namespace daifuku::http
