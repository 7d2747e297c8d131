#include "http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <sstream>
#include <thread>
#include <vector>

#include "base/error.h"
#include "http/test_client.h"

namespace daifuku::http {
namespace {

using How = Run;  // Test::Run hides it in fixtures
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr milliseconds kSoon{3'000};  // what must happen at once, on a loaded machine

// Opened once; those who wait go on.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }
  bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [this] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = false;
};

Response text(std::string body) {
  Response response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(body);
  return response;
}

std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

class ServerTest : public ::testing::Test {
 protected:
  void route(Method method, std::string pattern, How run,
             std::function<Response(Request&)> handle) {
    router_.add({.method = method,
                 .pattern = std::move(pattern),
                 .permission = "public",
                 .run = run,
                 .handle = std::move(handle)});
  }

  void start() {
    options_.port = 0;
    server_ = std::make_unique<Server>(router_, options_);
    server_->start();
  }

  void SetUp() override {
    options_.upload_dir = ::testing::TempDir() + "daifuku_http_" + std::to_string(::getpid());
    std::filesystem::create_directories(options_.upload_dir);
    route(Method::get, "/hello", How::inline_, [](Request&) { return text("hello"); });
    route(Method::get, "/work", How::worker, [](Request&) { return text("worked"); });
    route(Method::post, "/echo", How::worker, [](Request& request) { return text(request.body); });
  }

  void TearDown() override {
    server_.reset();
    std::filesystem::remove_all(options_.upload_dir);
  }

  unsigned short port() const { return server_->port(); }

  Router router_;
  ServerOptions options_;
  std::unique_ptr<Server> server_;
};

TEST_F(ServerTest, AnswersManyRequestsOnOneConnection) {
  start();
  TestClient client(port());

  for (int i = 0; i < 50; ++i) {
    const Answer answer = client.ask(get(i % 2 == 0 ? "/hello" : "/work"));
    ASSERT_EQ(answer.status, 200);
    ASSERT_EQ(answer.body, i % 2 == 0 ? "hello" : "worked");
    ASSERT_EQ(answer.header("Connection"), "keep-alive");
  }
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  start();
  TestClient client(port());

  client.send(get("/work") + post("/echo", "first") + get("/hello") + post("/echo", "second"));

  EXPECT_EQ(client.read_answer().body, "worked");
  EXPECT_EQ(client.read_answer().body, "first");
  EXPECT_EQ(client.read_answer().body, "hello");
  EXPECT_EQ(client.read_answer().body, "second");
}

TEST_F(ServerTest, TakesRequestsByteByByte) {
  start();
  TestClient client(port());

  for (const char c : post("/echo", "slowly")) client.send(std::string_view(&c, 1));

  EXPECT_EQ(client.read_answer().body, "slowly");
}

TEST_F(ServerTest, ClosesWhenAsked) {
  start();
  TestClient client(port());

  const Answer answer = client.ask(get("/hello", "Connection: close\r\n"));

  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(client.closed_within(kSoon));
}

TEST_F(ServerTest, ClosesAfterHttp10) {
  start();
  TestClient client(port());

  const Answer answer =
      client.ask("GET /hello HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n");

  EXPECT_EQ(answer.body, "hello");
  EXPECT_TRUE(client.closed_within(kSoon));
}

TEST_F(ServerTest, HeadHasTheLengthButNoBody) {
  start();
  TestClient client(port());

  client.send("HEAD /hello HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/work"));
  const Answer head = client.read_answer(true);

  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Length"), "5");
  EXPECT_EQ(client.read_answer().body, "worked");
}

TEST_F(ServerTest, OptionsTellsTheMethodsAndNothingOfOrigins) {
  start();
  TestClient client(port());

  const Answer answer = client.ask(
      "OPTIONS /echo HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\n\r\n");

  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.header("Allow"), "POST, OPTIONS");
  EXPECT_THAT(answer.head, Not(HasSubstr("Access-Control")));
}

TEST_F(ServerTest, EveryAnswerCarriesTheSecurityHeaders) {
  route(Method::get, "/throws", How::inline_,
        [](Request&) -> Response { throw std::runtime_error("secret inside"); });
  start();
  const std::string requests[] = {get("/hello"),      get("/work"),
                                  get("/unknown"),    get("/echo"),
                                  get("/throws"),     "BREW / HTTP/1.1\r\nHost: a\r\n\r\n",
                                  "nonsense\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"};
  for (const std::string& request : requests) {
    SCOPED_TRACE(request);
    TestClient client(port());

    const Answer answer = client.ask(request);

    EXPECT_NE(answer.status, 0);
    EXPECT_THAT(answer.header("Content-Security-Policy"), HasSubstr("default-src 'none'"));
    EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.header("Referrer-Policy"), "no-referrer");
    EXPECT_EQ(answer.header("Cross-Origin-Opener-Policy"), "same-origin");
    EXPECT_EQ(answer.header("Cross-Origin-Resource-Policy"), "same-origin");
    EXPECT_FALSE(answer.header("Permissions-Policy").empty());
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    EXPECT_EQ(answer.header("X-Request-Id").size(), 24U);
    EXPECT_FALSE(answer.header("Date").empty());
    EXPECT_THAT(answer.body, Not(HasSubstr("secret")));
    EXPECT_THAT(answer.head, Not(HasSubstr("Server:")));
  }
}

TEST_F(ServerTest, HandlersHeadersReplaceTheDefaults) {
  route(Method::get, "/own", How::inline_, [](Request&) {
    Response response = text("x");
    response.headers = {{"content-security-policy", "sandbox"}, {"Cache-Control", "private"}};
    return response;
  });
  start();
  TestClient client(port());

  const Answer answer = client.ask(get("/own"));

  EXPECT_EQ(answer.header("content-security-policy"), "sandbox");
  EXPECT_EQ(answer.header("Content-Security-Policy"), "");
  EXPECT_EQ(answer.header("Cache-Control"), "private");
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
}

TEST_F(ServerTest, ALineBreakInAHeaderIsABugNotASplitAnswer) {
  route(Method::get, "/split", How::inline_, [](Request&) {
    Response response = text("x");
    response.headers = {{"X-Name", "a\r\nSet-Cookie: evil=1"}};
    return response;
  });
  start();
  TestClient client(port());

  const Answer answer = client.ask(get("/split"));

  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.head, Not(HasSubstr("evil")));
}

TEST_F(ServerTest, ExceptionsGoThroughOnError) {
  options_.on_error = [](const Request& request, std::exception_ptr error, int status) {
    Response response = text(error ? "thrown " + request.path : "refused");
    response.status = error ? 418 : status;
    return response;
  };
  route(Method::get, "/throws", How::worker,
        [](Request&) -> Response { throw AppError(Status::conflict, "conflict"); });
  start();

  TestClient client(port());
  const Answer thrown = client.ask(get("/throws"));
  const Answer unknown = client.ask(get("/unknown"));

  EXPECT_EQ(thrown.status, 418);
  EXPECT_EQ(thrown.body, "thrown /throws");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.body, "refused");
}

TEST_F(ServerTest, AppErrorsHaveTheirStatusWithoutOnError) {
  route(Method::get, "/throws", How::inline_,
        [](Request&) -> Response { throw AppError(Status::conflict, "conflict"); });
  start();
  TestClient client(port());

  const Answer answer = client.ask(get("/throws", "Accept-Language: en\r\n"));

  EXPECT_EQ(answer.status, 409);
  EXPECT_EQ(answer.header("Content-Type"), "application/problem+json; charset=utf-8");
  EXPECT_THAT(answer.body, HasSubstr("\"code\":\"conflict\""));
  EXPECT_EQ(client.ask(get("/hello")).status, 200);
}

TEST_F(ServerTest, TellsAboutEveryFinishedRequest) {
  std::mutex mutex;
  std::vector<std::pair<std::string, int>> seen;
  options_.on_done = [&](const Request& request, int status, std::int64_t micros) {
    const std::lock_guard lock(mutex);
    EXPECT_GE(micros, 0);
    seen.emplace_back(request.target, status);
  };
  start();

  TestClient client(port());
  client.ask(get("/hello?a=1"));
  client.ask(get("/unknown"));
  client.ask("GET /../x HTTP/1.1\r\nHost: a\r\n\r\n");
  server_->stop();

  EXPECT_THAT(seen, ::testing::ElementsAre(::testing::Pair("/hello?a=1", 200),
                                           ::testing::Pair("/unknown", 404),
                                           ::testing::Pair("/../x", 400)));
}

TEST_F(ServerTest, KeepsAGoodRequestIdAndReplacesABadOne) {
  start();
  TestClient client(port());

  EXPECT_EQ(client.ask(get("/hello", "X-Request-Id: trace-12345\r\n")).header("X-Request-Id"),
            "trace-12345");
  EXPECT_EQ(client.ask(get("/hello", "X-Request-Id: a b\r\n")).header("X-Request-Id").size(), 24U);
}

TEST_F(ServerTest, DecodesPathQueryAndCookies) {
  route(Method::get, "/o/{name}/x", How::inline_, [](Request& request) {
    return text(request.path + "|" + request.captures.at(0) + "|" +
                std::string(request.parameter("q").value_or("-")) + "|" +
                std::string(request.cookie("b")));
  });
  start();
  TestClient client(port());

  const Answer answer = client.ask(
      get("/o/%E5%B1%B1%E7%94%B0/x?q=%E4%BD%90+%E8%97%A4&q=2", "Cookie: a=1; b=two\r\n"));

  EXPECT_EQ(answer.body, "/o/山田/x|山田|佐 藤|two");
}

TEST_F(ServerTest, ForwardedHeadersCountOnlyFromProxies) {
  route(Method::get, "/who", How::inline_, [](Request& request) {
    return text(request.remote + (request.secure ? " https " : " http ") +
                std::string(request.header("x-forwarded-for")));
  });
  const std::string request =
      get("/who", "X-Forwarded-For: 203.0.113.9, 198.51.100.7\r\nX-Forwarded-Proto: https\r\n");

  start();
  EXPECT_EQ(TestClient(port()).ask(request).body, "127.0.0.1 http ");
  server_.reset();

  options_.trusted_proxies = {"127.0.0.0/8", "198.51.100.7"};
  start();
  const Answer answer = TestClient(port()).ask(request);
  EXPECT_EQ(answer.body, "203.0.113.9 https 203.0.113.9, 198.51.100.7");
  EXPECT_EQ(answer.header("Strict-Transport-Security"), "max-age=31536000");
}

TEST_F(ServerTest, CompressesOnlyWhatAllowsItAndIsAccepted) {
  const std::string body = "[" + std::string(5000, ' ') + "]";
  route(Method::get, "/open", How::worker, [&](Request&) {
    Response response = text(body);
    response.compress = true;
    return response;
  });
  route(Method::get, "/secret", How::worker, [&](Request&) { return text(body); });
  start();
  TestClient client(port());
  const std::string accepts = "Accept-Encoding: br, gzip\r\n";

  const Answer packed = client.ask(get("/open", accepts));
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_EQ(packed.header("Vary"), "Accept-Encoding");
  EXPECT_LT(packed.body.size(), 200U);
  EXPECT_EQ(client.ask(get("/open")).body, body);
  EXPECT_EQ(client.ask(get("/open", "Accept-Encoding: gzip;q=0\r\n")).body, body);
  EXPECT_EQ(client.ask(get("/secret", accepts)).body, body);
}

TEST_F(ServerTest, BodyOverTheLimitIsRefusedBeforeItIsSent) {
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

TEST_F(ServerTest, ContinueIsSaidOnlyToWhatWillBeTaken) {
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

TEST_F(ServerTest, ChunkedBodiesArePutTogether) {
  start();
  TestClient client(port());
  const std::string head = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

  EXPECT_EQ(client.ask(head + "3\r\nabc\r\n5;x=y\r\ndefgh\r\n0\r\nX-Trailer: ignored\r\n\r\n").body,
            "abcdefgh");
  EXPECT_EQ(client.ask(head + "0\r\n\r\n").body, "");
}

TEST_F(ServerTest, UploadsGoToAFileThatIsRemoved) {
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

TEST_F(ServerTest, AnUploadGivenUpHalfWayLeavesNoFile) {
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

TEST_F(ServerTest, CutsClientsThatAreTooSlow) {
  options_.header_ms = 150;
  options_.body_ms = 150;
  options_.idle_ms = 150;
  start();

  TestClient silent(port());
  TestClient in_head(port());
  in_head.send("GET /hello HTTP/1.1\r\nHost");
  TestClient in_body(port());
  in_body.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
  TestClient idle(port());
  EXPECT_EQ(idle.ask(get("/hello")).status, 200);

  EXPECT_EQ(silent.read_answer().status, 0);
  EXPECT_EQ(in_head.read_answer().status, 408);
  EXPECT_TRUE(in_head.closed_within(kSoon));
  EXPECT_EQ(in_body.read_answer().status, 408);
  EXPECT_TRUE(in_body.closed_within(kSoon));
  EXPECT_TRUE(idle.closed_within(kSoon));
}

TEST_F(ServerTest, CutsClientsThatDripOrDoNotRead) {
  options_.header_ms = 200;
  options_.body_ms = 200;
  options_.min_rate = 1'000'000'000;
  route(Method::get, "/large", How::inline_,
        [](Request&) { return text(std::string(64 << 20, 'x')); });
  start();

  // A byte now and then does not renew the time for the head.
  TestClient dripping(port());
  const auto begin = std::chrono::steady_clock::now();
  while (dripping.send("G") && !dripping.closed_within(milliseconds(20))) {
    ASSERT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  }
  TestClient deaf(port());
  deaf.send(get("/large"));
  EXPECT_FALSE(deaf.read_answer(true).head.empty());
  std::this_thread::sleep_for(milliseconds(600));  // The client is slow: that is what is tested.
  EXPECT_TRUE(deaf.closed_within(kSoon));
}

TEST_F(ServerTest, CutsRequestsThatTakeTooLong) {
  Gate gate;
  options_.request_ms = 150;
  route(Method::get, "/long", How::worker, [&](Request&) {
    gate.wait();
    return text("late");
  });
  start();
  TestClient client(port());

  client.send(get("/long"));

  EXPECT_TRUE(client.closed_within(kSoon));
  gate.open();
  EXPECT_EQ(TestClient(port()).ask(get("/work")).status, 200);
}

TEST_F(ServerTest, LimitsConnectionsPerSource) {
  options_.max_connections_per_source = 2;
  start();
  TestClient first(port());
  auto second = std::make_unique<TestClient>(port());
  EXPECT_EQ(first.ask(get("/hello")).status, 200);
  EXPECT_EQ(second->ask(get("/hello")).status, 200);

  TestClient third(port());
  EXPECT_TRUE(third.closed_within(kSoon));

  second.reset();
  int status = 0;
  for (int i = 0; i < 200 && status != 200; ++i)
    status = TestClient(port()).ask(get("/hello")).status;
  EXPECT_EQ(status, 200);
}

TEST_F(ServerTest, LimitsConnectionsInAll) {
  options_.max_connections = 1;
  start();
  TestClient first(port());
  EXPECT_EQ(first.ask(get("/hello")).status, 200);

  EXPECT_TRUE(TestClient(port()).closed_within(kSoon));
  EXPECT_EQ(first.ask(get("/hello")).status, 200);
}

TEST_F(ServerTest, AnswersUnavailableWhenTooManyWait) {
  Gate gate;
  options_.workers = 1;
  options_.max_queued = 1;
  options_.io_threads = 1;
  Gate running;
  route(Method::get, "/block", How::worker, [&](Request&) {
    running.open();
    gate.wait();
    return text("done");
  });
  start();
  TestClient first(port());
  TestClient second(port());
  TestClient third(port());

  first.send(get("/block"));
  ASSERT_TRUE(running.wait());
  second.send(get("/work"));
  Answer answer;
  // The second waits in the queue as soon as the one network thread has read it; until then the
  // third may take its place.
  do {
    answer = TestClient(port()).ask(get("/hello"));
  } while (answer.status != 200);
  third.send(get("/work"));
  const int statuses = third.read_answer().status;
  gate.open();

  EXPECT_EQ(statuses, 503);
  EXPECT_EQ(first.read_answer().body, "done");
  EXPECT_EQ(second.read_answer().body, "worked");
}

TEST_F(ServerTest, StreamsInChunksAndGoesOn) {
  route(Method::get, "/export", How::worker, [](Request&) {
    Response response = text("");
    response.stream = [](Writer& writer) {
      for (int i = 0; i < 20'000; ++i)
        writer.write("0123456789012345678901234567890123456789012345678\n");
    };
    return response;
  });
  start();
  TestClient client(port());

  const Answer answer = client.ask(get("/export"));

  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.complete);
  EXPECT_EQ(answer.body.size(), 1'000'000U);
  EXPECT_EQ(client.ask(get("/hello")).body, "hello");
  client.send("HEAD /export HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_EQ(client.read_answer(true).status, 200);
  EXPECT_EQ(client.ask(get("/hello")).body, "hello");
  // HTTP/1.0 knows no chunks.
  const Answer old = TestClient(port()).ask("GET /export HTTP/1.0\r\nHost: a\r\n\r\n");
  EXPECT_EQ(old.header("Transfer-Encoding"), "");
  EXPECT_EQ(old.body.size(), 1'000'000U);
}

TEST_F(ServerTest, AStreamThatFailsHasNoEnd) {
  route(Method::get, "/fails", How::worker, [](Request&) {
    Response response = text("");
    response.stream = [](Writer& writer) {
      writer.write("half");
      throw SystemError("disk");
    };
    return response;
  });
  start();
  TestClient client(port());

  const Answer answer = client.ask(get("/fails"));

  EXPECT_FALSE(answer.complete);
  EXPECT_TRUE(client.closed_within(kSoon));
}

TEST_F(ServerTest, AStreamSeesThatItsClientLeft) {
  Gate left;
  std::atomic<bool> write_threw = false;
  route(Method::get, "/events", How::worker, [&](Request&) {
    Response response = text("");
    response.stream = [&](Writer& writer) {
      writer.write("hello\n");
      const auto begin = std::chrono::steady_clock::now();
      while (!writer.closed() &&
             std::chrono::steady_clock::now() - begin < std::chrono::seconds(10)) {
        std::this_thread::yield();
      }
      try {
        writer.write("more");
      } catch (const SystemError&) {
        write_threw = true;
      }
      left.open();
    };
    return response;
  });
  start();
  {
    TestClient client(port());
    client.send(get("/events"));
    client.read_answer(true);
    EXPECT_EQ(client.read_chunk(), "hello\n");
  }

  EXPECT_TRUE(left.wait());
  EXPECT_TRUE(write_threw);
}

TEST_F(ServerTest, LongStreamsDoNotUseUpTheWorkers) {
  options_.workers = 1;
  options_.max_streams = 8;
  options_.drain_ms = 10'000;
  std::atomic<int> ended = 0;
  route(Method::get, "/events", How::worker, [&](Request&) {
    Response response = text("");
    response.content_type = "text/event-stream";
    response.stream = [&](Writer& writer) {
      writer.write("data: 1\n\n");
      while (!writer.closed()) std::this_thread::sleep_for(milliseconds(5));
      ++ended;
    };
    return response;
  });
  start();
  std::vector<std::unique_ptr<TestClient>> clients;
  for (int i = 0; i < 8; ++i) {
    clients.push_back(std::make_unique<TestClient>(port()));
    clients.back()->send(get("/events"));
    clients.back()->read_answer(true);
    EXPECT_EQ(clients.back()->read_chunk(), "data: 1\n\n");
  }

  EXPECT_EQ(TestClient(port()).ask(get("/work")).body, "worked");
  EXPECT_EQ(TestClient(port()).ask(get("/events")).status, 503);

  // They end when the server stops, and promptly.
  const auto begin = std::chrono::steady_clock::now();
  server_->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kSoon);
  EXPECT_EQ(ended, 8);
  EXPECT_TRUE(clients.front()->closed_within(kSoon));
}

TEST_F(ServerTest, StopLetsRunningRequestsFinish) {
  Gate running;
  Gate gate;
  route(Method::get, "/long", How::worker, [&](Request&) {
    running.open();
    gate.wait();
    return text("finished");
  });
  start();
  const unsigned short at = port();
  TestClient idle(at);
  EXPECT_EQ(idle.ask(get("/hello")).status, 200);
  TestClient client(at);
  client.send(get("/long"));
  ASSERT_TRUE(running.wait());

  auto stopped = std::async(std::launch::async, [&] { server_->stop(); });
  EXPECT_TRUE(idle.closed_within(kSoon));
  gate.open();
  const Answer answer = client.read_answer();

  EXPECT_EQ(answer.body, "finished");
  EXPECT_EQ(answer.header("Connection"), "close");
  stopped.get();
  server_->stop();
  EXPECT_FALSE(TestClient(at).connected());
}

TEST_F(ServerTest, StopCutsWhatDoesNotFinish) {
  options_.drain_ms = 100;
  Gate running;
  Gate gate;
  route(Method::get, "/long", How::worker, [&](Request&) {
    running.open();
    gate.wait();
    return text("late");
  });
  start();
  TestClient client(port());
  client.send(get("/long"));
  ASSERT_TRUE(running.wait());

  auto stopped = std::async(std::launch::async, [&] { server_->stop(); });
  EXPECT_TRUE(client.closed_within(kSoon));
  gate.open();
  stopped.get();
}

TEST_F(ServerTest, AHandlerMayAskToStop) {
  route(Method::post, "/stop", How::worker, [&](Request&) {
    server_->stop();
    return text("stopping");
  });
  start();
  TestClient client(port());

  const Answer answer = client.ask(post("/stop", ""));

  EXPECT_EQ(answer.body, "stopping");
  EXPECT_EQ(answer.header("Connection"), "close");
  server_->stop();
}

TEST_F(ServerTest, RefusesAnAddressThatIsTaken) {
  start();
  ServerOptions options;
  options.port = port();
  Server second(router_, options);

  EXPECT_THROW(second.start(), SystemError);
  options.address = "not an address";
  EXPECT_THROW(Server(router_, options).start(), SystemError);
  options.trusted_proxies = {"10.0.0.0/33"};
  EXPECT_THROW(Server(router_, options), SystemError);
}

}  // namespace
}  // namespace daifuku::http
