// The continuous check of the queue of likely duplicates: what the log says was changed is looked
// at one by one, after its commit and in the background, whoever wrote it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "records/duplicate_model.h"

namespace daifuku::records {

// Thread-safe. Follows the log (history) from a mark that is kept in the store, so what was changed
// while no server ran, or by another program, is caught up. Its thread is of the lowest priority;
// a million imported rows are so many small steps, and memory is bounded by one step.
class DuplicateWatch {
 public:
  DuplicateWatch(Engine& engine, DuplicateModels& models) : engine_(engine), models_(models) {}
  ~DuplicateWatch() { stop(); }
  DuplicateWatch(const DuplicateWatch&) = delete;
  DuplicateWatch& operator=(const DuplicateWatch&) = delete;

  // Begins the thread. Once.
  void start();
  void stop();
  // Something was committed. Cheap; also without it changes are found within seconds.
  void nudge();
  // Whether there are changes that were not looked at yet.
  bool waiting();
  // Looks at what was changed after this row of the log again: a whole scan read the records
  // before.
  void again_from(Id history);

  // One step on the calling thread, which is what the thread does; false when nothing is left.
  bool step();

 private:
  struct Change;
  struct Step;
  void run();
  void load_mark();
  void check(store::Connection& connection, const Change& change, Step& step);

  Engine& engine_;
  DuplicateModels& models_;
  std::mutex stepping_;  // one step at a time
  std::mutex mutex_;     // of what follows
  std::condition_variable wake_;
  bool nudged_ = false;
  bool loaded_ = false;
  Id mark_ = 0;       // the last row of the log that was looked at
  Id kept_mark_ = 0;  // as the store has it
  Id again_ = 0;      // 0: nowhere
  Millis kept_at_ = 0;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace daifuku::records
