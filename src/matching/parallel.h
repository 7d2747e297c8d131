// Work in numbered parts on a few threads of its own.
#pragma once

#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace daifuku::matching {

// Calls work(0) ... work(parts - 1), each once, and returns when all are done. The first exception
// stops what has not begun and is thrown here.
template <typename Work>
void in_parallel(std::size_t parts, int threads, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::exception_ptr failed;
  const auto run = [&] {
    try {
      for (std::size_t i = next++; i < parts; i = next++) work(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failed) failed = std::current_exception();
      next = parts;
    }
  };
  std::vector<std::thread> others;
  for (int i = 1; i < threads && static_cast<std::size_t>(i) < parts; ++i) others.emplace_back(run);
  run();
  for (std::thread& thread : others) thread.join();
  if (failed) std::rethrow_exception(failed);
}

}  // namespace daifuku::matching
