// Threads for blocking work. They start when needed, up to a limit, and stay.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace daifuku::http {

// Thread-safe. Jobs must not throw.
class ThreadPool {
 public:
  // `at_start` runs first in each thread.
  ThreadPool(std::size_t max_threads, std::size_t max_queued, std::function<void()> at_start = {});
  ~ThreadPool();  // stop()
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  // false, and the job is not run, when all threads are busy and the queue is full, or after
  // stop().
  [[nodiscard]] bool submit(std::function<void()> job);
  // Runs what is queued, then ends the threads and waits for them.
  void stop();

 private:
  void run() noexcept;

  const std::size_t max_threads_;
  const std::size_t max_queued_;
  const std::function<void()> at_start_;
  std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool stopping_ = false;
};

}  // namespace daifuku::http
