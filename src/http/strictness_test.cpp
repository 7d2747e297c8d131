// What must be refused: requests that two servers in a row could read differently, and malformed
// ones. Everything goes over a real connection.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "http/server.h"
#include "http/test_client.h"

namespace daifuku::http {
namespace {

using How = Run;  // Test::Run hides it in fixtures
using std::chrono::milliseconds;

// Behind each malformed request: a server that is fooled answers it too.
constexpr std::string_view kSmuggled = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

class StrictnessTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto echo = [](Request& request) {
      Response response;
      response.body = request.path + "|" + request.body;
      return response;
    };
    for (const Method method :
         {Method::get, Method::post, Method::put, Method::patch, Method::del}) {
      router_.add({.method = method,
                   .pattern = "/echo",
                   .permission = "public",
                   .run = How::inline_,
                   .body_limit = 1000,
                   .handle = echo});
    }
    router_.add({.method = Method::get,
                 .pattern = "/smuggled",
                 .permission = "public",
                 .run = How::inline_,
                 .handle = [this](Request&) {
                   ++smuggled_;
                   return Response();
                 }});
    ServerOptions options;
    options.port = 0;
    options.io_threads = 1;
    server_ = std::make_unique<Server>(router_, options);
    server_->start();
  }

  Router router_;
  std::unique_ptr<Server> server_;
  std::atomic<int> smuggled_ = 0;
};

struct Case {
  const char* name;
  std::string request;
  int status;
};

std::string with(std::string_view fields, std::string_view body = {}) {
  return "POST /echo HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) + "\r\n" +
         std::string(body);
}

std::string target(std::string_view text) {
  return "GET " + std::string(text) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
}

std::string many_fields(int count) {
  std::string out;
  for (int i = 0; i < count; ++i) out += "X-" + std::to_string(i) + ": 1\r\n";
  return out;
}

std::vector<Case> refused_requests() {
  using namespace std::string_literals;
  const std::string chunk = "3\r\nabc\r\n0\r\n\r\n";
  return {
      // Transfer codings.
      {"TE xchunked", with("Transfer-Encoding: xchunked\r\n", chunk), 400},
      {"TE chunked, identity", with("Transfer-Encoding: chunked, identity\r\n", chunk), 400},
      {"TE identity, chunked", with("Transfer-Encoding: identity, chunked\r\n", chunk), 400},
      {"TE gzip, chunked", with("Transfer-Encoding: gzip, chunked\r\n", chunk), 400},
      {"TE identity", with("Transfer-Encoding: identity\r\n", chunk), 400},
      {"TE identity and CL", with("Transfer-Encoding: identity\r\nContent-Length: 3\r\n", "abc"),
       400},
      {"TE empty", with("Transfer-Encoding:\r\n", chunk), 400},
      {"TE quoted", with("Transfer-Encoding: \"chunked\"\r\n", chunk), 400},
      {"TE with parameter", with("Transfer-Encoding: chunked;q=1\r\n", chunk), 400},
      {"TE vertical tab", with("Transfer-Encoding: \vchunked\r\n", chunk), 400},
      {"TE twice", with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", chunk),
       400},
      {"TE twice, one strange",
       with("Transfer-Encoding: chunked\r\nTransfer-Encoding: cow\r\n", chunk), 400},
      {"TE and CL", with("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", chunk), 400},
      {"CL and TE", with("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", chunk), 400},
      {"TE with space before colon", with("Transfer-Encoding : chunked\r\n", chunk), 400},
      {"TE on HTTP/1.0",
       "POST /echo HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk, 400},
      // Content-Length.
      {"CL twice, same", with("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"), 400},
      {"CL twice, differing", with("Content-Length: 3\r\nContent-Length: 4\r\n", "abc"), 400},
      {"CL list", with("Content-Length: 3, 3\r\n", "abc"), 400},
      {"CL plus", with("Content-Length: +3\r\n", "abc"), 400},
      {"CL negative", with("Content-Length: -3\r\n", "abc"), 400},
      {"CL hexadecimal", with("Content-Length: 0x3\r\n", "abc"), 400},
      {"CL empty", with("Content-Length:\r\n", "abc"), 400},
      {"CL words", with("Content-Length: 3 3\r\n", "abc"), 400},
      {"CL overflow", with("Content-Length: 18446744073709551616\r\n", "abc"), 400},
      {"CL over the limit", with("Content-Length: 1001\r\n"), 413},
      {"CL huge", with("Content-Length: 18446744073709551615\r\n"), 413},
      // Lines.
      {"folded line", with("X-A: 1\r\n folded\r\n"), 400},
      {"folded line with tab", with("X-A: 1\r\n\tfolded\r\n"), 400},
      {"folded first line", "GET /echo HTTP/1.1\r\n Host: localhost\r\n\r\n", 400},
      {"folded TE", with("Transfer-Encoding:\r\n chunked\r\n", chunk), 400},
      {"bare LF", "GET /echo HTTP/1.1\nHost: localhost\r\n\r\n", 400},
      {"bare LF in fields", with("X-A: 1\nX-B: 2\r\n"), 400},
      {"bare CR in value", with("X-A: 1\rX-B: 2\r\n"), 400},
      {"NUL in value", with("X-A: a\0b\r\n"s), 400},
      {"NUL in name", with("X\0A: b\r\n"s), 400},
      {"field without colon", with("nothing\r\n"), 400},
      {"field without name", with(": value\r\n"), 400},
      {"space in name", with("X A: 1\r\n"), 400},
      {"empty line first", "\r\nGET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
      {"101 fields", with(many_fields(100)), 431},
      {"large head", with("X-A: " + std::string(9000, 'a') + "\r\n"), 431},
      {"head without end", "GET /" + std::string(9000, 'a'), 431},
      // Host.
      {"no Host", "GET /echo HTTP/1.1\r\n\r\n", 400},
      {"no Host, HTTP/1.0", "GET /echo HTTP/1.0\r\n\r\n", 400},
      {"two Hosts", "GET /echo HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", 400},
      {"two Hosts, differing", "GET /echo HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n", 400},
      {"empty Host", "GET /echo HTTP/1.1\r\nHost:\r\n\r\n", 400},
      {"Host with path", "GET /echo HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
      {"Host with user", "GET /echo HTTP/1.1\r\nHost: me@a\r\n\r\n", 400},
      {"Host list", "GET /echo HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
      {"Host with strange port", "GET /echo HTTP/1.1\r\nHost: a:80x\r\n\r\n", 400},
      // Targets.
      {"absolute form", target("http://localhost/echo"), 400},
      {"authority form", target("localhost:80"), 400},
      {"asterisk form", target("*"), 400},
      {"no slash", target("echo"), 400},
      {"encoded NUL", target("/echo%00"), 400},
      {"encoded NUL in query", target("/echo?a=%00"), 400},
      {"dot dot", target("/a/../echo"), 400},
      {"dot dot last", target("/a/.."), 400},
      {"encoded dot dot", target("/a/%2e%2E/echo"), 400},
      {"dot", target("/./echo"), 400},
      {"encoded slash", target("/a%2Fecho"), 400},
      {"encoded backslash", target("/a%5cecho"), 400},
      {"backslash", target("/a\\echo"), 400},
      {"encoded line break", target("/a%0d%0aecho"), 400},
      {"fragment", target("/echo#a"), 400},
      {"half an escape", target("/echo%2"), 400},
      {"bad escape", target("/echo%zz"), 400},
      {"bad escape in query", target("/echo?a=%g1"), 400},
      {"overlong UTF-8", target("/%c0%ae%c0%ae/echo"), 400},
      {"half a UTF-8 character", target("/echo?a=%e5%b1"), 400},
      {"UTF-16 surrogate", target("/echo?a=%ed%a0%80"), 400},
      {"raw invalid UTF-8", target("/echo?a=\xff"), 400},
      // Request lines.
      {"no version", "GET /echo\r\nHost: localhost\r\n\r\n", 400},
      {"two spaces", "GET  /echo HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
      {"tab", "GET\t/echo HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
      {"space at the end", "GET /echo HTTP/1.1 \r\nHost: localhost\r\n\r\n", 505},
      {"HTTP/2.0", "GET /echo HTTP/2.0\r\nHost: localhost\r\n\r\n", 505},
      {"HTTP/1.2", "GET /echo HTTP/1.2\r\nHost: localhost\r\n\r\n", 505},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, 400},
      {"garbage", "hello there\r\n\r\n", 400},
      // Methods.
      {"TRACE", "TRACE /echo HTTP/1.1\r\nHost: localhost\r\n\r\n", 405},
      {"CONNECT", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n", 405},
      {"unknown method", "BREW /echo HTTP/1.1\r\nHost: localhost\r\n\r\n", 405},
      {"lower-case method", "get /echo HTTP/1.1\r\nHost: localhost\r\n\r\n", 405},
      {"PROPFIND", "PROPFIND /echo HTTP/1.1\r\nHost: localhost\r\n\r\n", 405},
      // Bodies where there is none.
      {"GET with a body", "GET /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc",
       400},
      {"GET with chunks",
       "GET /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk, 400},
      {"HEAD with a body", "HEAD /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc",
       400},
      {"strange expectation", with("Expect: 200-ok\r\nContent-Length: 0\r\n"), 417},
      // Chunks.
      {"chunk size not a number", with("Transfer-Encoding: chunked\r\n", "z\r\nabc\r\n0\r\n\r\n"),
       400},
      {"chunk size with 0x", with("Transfer-Encoding: chunked\r\n", "0x3\r\nabc\r\n0\r\n\r\n"),
       400},
      {"chunk size negative", with("Transfer-Encoding: chunked\r\n", "-3\r\nabc\r\n0\r\n\r\n"),
       400},
      {"chunk size overflow",
       with("Transfer-Encoding: chunked\r\n", "ffffffffffffffff1\r\nabc\r\n0\r\n\r\n"), 400},
      {"chunk size with bare LF", with("Transfer-Encoding: chunked\r\n", "3\nabc\r\n0\r\n\r\n"),
       400},
      {"chunk longer than said", with("Transfer-Encoding: chunked\r\n", "3\r\nabcd\r\n0\r\n\r\n"),
       400},
      {"chunk over the limit", with("Transfer-Encoding: chunked\r\n", "3e9\r\n"), 413},
      {"endless chunk extension",
       with("Transfer-Encoding: chunked\r\n", "3;" + std::string(70'000, 'a')), 400},
      {"endless trailer",
       with("Transfer-Encoding: chunked\r\n", "0\r\nX-A: " + std::string(70'000, 'a')), 400},
      {"many trailers", with("Transfer-Encoding: chunked\r\n", "0\r\n" + many_fields(40) + "\r\n"),
       400},
  };
}

TEST_F(StrictnessTest, RefusesOnceAndCloses) {
  for (const Case& item : refused_requests()) {
    SCOPED_TRACE(item.name);
    TestClient client(server_->port());

    client.send(item.request + std::string(kSmuggled));
    const Answer answer = client.read_answer(item.request.starts_with("HEAD"));

    EXPECT_EQ(answer.status, item.status);
    EXPECT_EQ(answer.header("Connection"), "close");
    EXPECT_EQ(client.read_answer().status, 0) << "a second answer";
    EXPECT_TRUE(client.closed_within(kSoon));
  }
  EXPECT_EQ(smuggled_, 0);
}

TEST_F(StrictnessTest, TellsTheMethodsThatThereAre) {
  TestClient client(server_->port());

  EXPECT_EQ(client.ask("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n").header("Allow"),
            "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
}

TEST_F(StrictnessTest, TakesWhatIsUnusualButClear) {
  const Case cases[] = {
      {"tabs around a value", with("X-A:\t1 \r\nContent-Length: 3\r\n", "abc"), 200},
      {"zeros in front", with("Content-Length: 003\r\n", "abc"), 200},
      {"TE in capitals", with("TRANSFER-ENCODING: Chunked\r\n", "3\r\nabc\r\n0\r\n\r\n"), 200},
      {"chunk extension", with("Transfer-Encoding: chunked\r\n", "3;a=b\r\nabc\r\n0\r\n\r\n"), 200},
      {"length 0 on GET", "GET /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n",
       200},
      {"IPv6 Host", "GET /echo HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 200},
      {"escaped letters", target("/%65cho"), 200},
      {"empty query", target("/echo?"), 200},
      {"raw UTF-8 in query", target("/echo?q=佐藤"), 200},
      {"dots in a name", target("/echo?file=../../etc"), 200},
      {"100 fields", with(many_fields(98) + "Content-Length: 3\r\n", "abc"), 200},
      {"method of no route", "DELETE /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n", 405},
  };
  for (const Case& item : cases) {
    SCOPED_TRACE(item.name);
    TestClient client(server_->port());

    const Answer answer = client.ask(item.request);

    EXPECT_EQ(answer.status, item.status);
    EXPECT_EQ(answer.header("Connection"), "keep-alive");
    EXPECT_EQ(client.ask(target("/echo")).status, 200);
  }
}

// Changes a valid request in a few places and sends it: whatever comes back, the server neither
// dies nor hangs.
TEST_F(StrictnessTest, OutlivesMutations) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const auto below = [&](std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
  };
  const std::string valid[] = {
      with("Content-Length: 5\r\nContent-Type: application/json\r\nCookie: a=b; c=d\r\n",
           "{\"a\"}"),
      with("Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n",
           "3;x=1\r\nabc\r\n2\r\nde\r\n0\r\nX: 1\r\n\r\n"),
      target("/echo?a=%E5%B1%B1&b=2"),
      "OPTIONS /echo HTTP/1.1\r\nHost: localhost\r\nOrigin: null\r\n\r\n",
  };
  const std::string pieces[] = {"\r\n",
                                "\n",
                                "\r",
                                " ",
                                ":",
                                "0",
                                "%",
                                "%00",
                                "chunked",
                                "Content-Length: 9\r\n",
                                std::string(1, '\0'),
                                "\xff",
                                "\r\n\r\n",
                                "Host: x\r\n",
                                ";",
                                "ffffffff"};
  std::unique_ptr<TestClient> checker = std::make_unique<TestClient>(server_->port());
  for (int round = 0; round < 2000; ++round) {
    std::string request = valid[below(std::size(valid))];
    for (std::size_t change = 0, changes = 1 + below(4); change < changes; ++change) {
      const std::size_t at = below(request.size());
      switch (below(5)) {
        case 0:
          request[at] = static_cast<char>(below(256));
          break;
        case 1:
          request.insert(at, pieces[below(std::size(pieces))]);
          break;
        case 2:
          request.erase(at, 1 + below(8));
          break;
        case 3:
          request.insert(at, request.substr(below(request.size()), below(20)));
          break;
        default:
          request.replace(at, 1, pieces[below(std::size(pieces))]);
          break;
      }
      if (request.empty()) request = "G";
    }
    TestClient client(server_->port());
    client.send(request);
    client.finish_sending();
    // Answers or not, but ends, since nothing more will come.
    ASSERT_TRUE(client.closed_within(milliseconds(10'000))) << ::testing::PrintToString(request);
    if (round % 50 == 0) {
      ASSERT_EQ(checker->ask(target("/echo")).status, 200);
    }
  }
}

}  // namespace
}  // namespace daifuku::http
