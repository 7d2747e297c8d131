// Answers that are written while they are made.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "base/error.h"
#include "http/test_server.h"

namespace daifuku::http {
namespace {

using std::chrono::milliseconds;

class StreamTest : public ServerTest {};

TEST_F(StreamTest, StreamsInChunksAndGoesOn) {
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

TEST_F(StreamTest, AStreamThatFailsHasNoEnd) {
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

TEST_F(StreamTest, AStreamSeesThatItsClientLeft) {
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

TEST_F(StreamTest, LongStreamsDoNotUseUpTheWorkers) {
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

}  // namespace
}  // namespace daifuku::http
