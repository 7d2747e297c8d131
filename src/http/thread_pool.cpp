#include "http/thread_pool.h"

#include <system_error>
#include <utility>

namespace daifuku::http {

ThreadPool::ThreadPool(std::size_t max_threads, std::size_t max_queued,
                       std::function<void()> at_start)
    : max_threads_(max_threads), max_queued_(max_queued), at_start_(std::move(at_start)) {}

ThreadPool::~ThreadPool() { stop(); }

bool ThreadPool::submit(std::function<void()> job) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return false;
  bool taken = idle_ > queue_.size();
  if (!taken && threads_.size() < max_threads_) {
    try {
      threads_.emplace_back([this] { run(); });
      taken = true;
    } catch (const std::system_error&) {
      // No more threads from the system: those we have must do.
      if (threads_.empty()) return false;
    }
  }
  if (!taken && queue_.size() >= max_queued_) return false;
  queue_.push_back(std::move(job));
  changed_.notify_one();
  return true;
}

void ThreadPool::stop() {
  std::vector<std::thread> threads;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    threads.swap(threads_);
    changed_.notify_all();
  }
  for (std::thread& thread : threads) thread.join();
}

void ThreadPool::run() noexcept {
  if (at_start_) at_start_();
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    --idle_;
    if (queue_.empty()) return;
    std::function<void()> job = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    job();
    job = nullptr;  // What it holds is released outside the lock.
    lock.lock();
  }
}

}  // namespace daifuku::http
