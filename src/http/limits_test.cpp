// Who is cut off or sent away: slow clients, long requests, too many at a time.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>

#include "http/test_server.h"

namespace daifuku::http {
namespace {

using std::chrono::milliseconds;

class LimitsTest : public ServerTest {};

TEST_F(LimitsTest, CutsClientsThatAreTooSlow) {
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

TEST_F(LimitsTest, CutsClientsThatDripOrDoNotRead) {
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

TEST_F(LimitsTest, CutsRequestsThatTakeTooLong) {
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

TEST_F(LimitsTest, LimitsConnectionsPerSource) {
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

TEST_F(LimitsTest, LimitsConnectionsInAll) {
  options_.max_connections = 1;
  start();
  TestClient first(port());
  EXPECT_EQ(first.ask(get("/hello")).status, 200);

  EXPECT_TRUE(TestClient(port()).closed_within(kSoon));
  EXPECT_EQ(first.ask(get("/hello")).status, 200);
}

TEST_F(LimitsTest, AnswersUnavailableWhenTooManyWait) {
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

}  // namespace
}  // namespace daifuku::http
