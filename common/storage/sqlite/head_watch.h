// The head of a log as others wait for it.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_HEAD_WATCH_H_
#define THIDUA_COMMON_STORAGE_SQLITE_HEAD_WATCH_H_

#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "absl/time/time.h"

namespace common::storage::sqlite {

// Thread-safe.
class HeadWatch {
 public:
  // The last sequence told to Advance.
  int64_t Head();

  // Raises the head and ends the waits for it.
  void Advance(int64_t head);

  // Waits until the head is beyond `sequence`, `timeout` has passed, or Wake() or Close() is
  // called; returns the head. Does not wait after Close().
  int64_t Wait(int64_t sequence, absl::Duration timeout);

  // Ends the waits under way.
  void Wake();

  // Ends the waits under way and to come.
  void Close();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int64_t head_ = 0;
  // Raised by each Wake(), so that a wait can tell that one happened.
  int64_t wakes_ = 0;
  bool closed_ = false;
};

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_HEAD_WATCH_H_
