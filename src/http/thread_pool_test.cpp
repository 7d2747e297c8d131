#include "http/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

namespace daifuku::http {
namespace {

TEST(ThreadPool, RunsUpToItsLimitAtOnceAndRefusesTheRest) {
  ThreadPool pool(2, 1);
  std::latch both(2);
  std::latch go(1);
  std::atomic<int> done = 0;
  const auto job = [&] {
    both.count_down();
    go.wait();
    ++done;
  };

  EXPECT_TRUE(pool.submit(job));
  EXPECT_TRUE(pool.submit(job));
  both.wait();
  EXPECT_TRUE(pool.submit([&] { ++done; }));   // waits
  EXPECT_FALSE(pool.submit([&] { ++done; }));  // no room
  go.count_down();
  pool.stop();

  EXPECT_EQ(done, 3) << "what was queued runs before the end";
  EXPECT_FALSE(pool.submit([&] { ++done; }));
}

TEST(ThreadPool, AnIdleThreadTakesTheNextJob) {
  std::atomic<int> threads = 0;
  ThreadPool pool(8, 100, [&] { ++threads; });
  for (int i = 0; i < 100; ++i) {
    std::latch done(1);
    ASSERT_TRUE(pool.submit([&] { done.count_down(); }));
    done.wait();
  }
  pool.stop();

  EXPECT_LE(threads, 8);
}

}  // namespace
}  // namespace daifuku::http
