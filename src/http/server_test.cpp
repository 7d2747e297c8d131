#include "http/server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <mutex>
#include <vector>

#include "base/error.h"
#include "http/test_server.h"

namespace daifuku::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

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
