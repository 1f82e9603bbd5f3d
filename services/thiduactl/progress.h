// How far a long command is, for a person at a terminal.
#ifndef THIDUA_SERVICES_THIDUACTL_PROGRESS_H_
#define THIDUA_SERVICES_THIDUACTL_PROGRESS_H_

#include <cstdint>
#include <string_view>

#include "absl/time/time.h"
#include "services/thiduactl/session.h"

namespace thiduactl {

// A bar on the last line of the terminal; nothing at all where there is no terminal. Erased by the
// destructor. Not thread-safe.
class Progress {
 public:
  // `total` steps are to be done. `console` must outlive the bar.
  Progress(const Console& console, int64_t total);
  ~Progress();

  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // One more is done; `label` says what comes next. Drawn at most ten times a second.
  void Advance(std::string_view label);

  // Takes the bar away, so that something else can be printed.
  void Erase();

 private:
  void Draw(std::string_view label);

  const Console& console_;
  int64_t total_;
  int64_t done_ = 0;
  absl::Time drawn_ = absl::InfinitePast();
  bool visible_ = false;
};

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_PROGRESS_H_
