// Logs as one JSON object per line: `ts` (RFC 3339, UTC, microseconds), `level`, `service`, `msg`,
// then the fields of the message. Lines are valid UTF-8 and valid JSON whatever is logged.
#ifndef THIDUA_COMMON_TELEMETRY_LOG_H_
#define THIDUA_COMMON_TELEMETRY_LOG_H_

#include <atomic>
#include <concepts>
#include <cstdint>
#include <deque>
#include <functional>
#include <initializer_list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "common/seams/clock.h"

namespace common::telemetry {

enum class Level { kDebug, kInfo, kWarning, kError };

// `debug`, `info`, `warning` or `error`.
std::string_view LevelName(Level level);

// The level of this name; nothing if there is none.
std::optional<Level> ParseLevel(std::string_view name);

// One named value of a log line. Texts are not copied: a field lives no longer than the call of
// Log it is made for. Never log secrets.
class Field {
 public:
  // A text; what exceeds 4 KiB is cut.
  Field(std::string_view key, std::string_view value) : key_(key), value_(value) {}
  Field(std::string_view key, const char* value) : key_(key), value_(std::string_view(value)) {}
  Field(std::string_view key, const std::string& value)
      : key_(key), value_(std::string_view(value)) {}
  Field(std::string_view key, bool value) : key_(key), value_(value) {}
  template <std::integral Number>
  Field(std::string_view key, Number value) : key_(key), value_(static_cast<int64_t>(value)) {}
  // Written as a number of milliseconds with three decimals; name the key `..._ms`.
  Field(std::string_view key, absl::Duration value) : key_(key), value_(value) {}

  // Appends `"key":value` to `out`.
  void AppendTo(std::string& out) const;

 private:
  std::string_view key_;
  std::variant<std::string_view, int64_t, bool, absl::Duration> value_;
};

// Receives one line, without a line feed. Called by one thread at a time.
using LogSink = std::function<void(std::string_view line)>;

// Writes `line` and a line feed to standard error in one call; what cannot be written is lost.
void WriteToStandardError(std::string_view line);

// The line for one message; for those who must write without a Logger.
std::string FormatLogLine(absl::Time time, Level level, std::string_view service,
                          std::string_view message, const std::vector<Field>& fields);

struct LoggerOptions {
  // Who logs, such as `thidua-reporting`.
  std::string service{};
  // Messages below this level are dropped.
  Level level = Level::kInfo;
  // Where lines go.
  LogSink sink = WriteToStandardError;
  // At most this many lines per second with the same level and message.
  int repeats_per_second = 10;
};

// Thread-safe. Keep `message` constant and put what varies into fields: repeats are counted by
// level and message, and once there are too many in one second they are dropped. As soon as that
// second is over, the next message of any kind, or the end of the logger, brings a line with the
// dropped message's level and text and the number `dropped`.
class Logger {
 public:
  // `clock` must outlive the logger.
  Logger(LoggerOptions options, Clock& clock);
  // Reports what is still to be reported as dropped.
  ~Logger();
  Logger(const Logger&) = delete;
  Logger& operator=(const Logger&) = delete;

  void Log(Level level, std::string_view message, std::initializer_list<Field> fields = {});
  void Log(Level level, std::string_view message, const std::vector<Field>& fields);

  // Whether a message of `level` would be looked at; to save the work of preparing its fields.
  bool IsEnabled(Level level) const { return level >= level_.load(std::memory_order_relaxed); }

  void set_level(Level level) { level_.store(level, std::memory_order_relaxed); }

 private:
  using Key = std::pair<Level, std::string>;

  // The second that began with the first message of a key.
  struct Window {
    absl::Time begin{};
    int written = 0;
    int64_t dropped = 0;
  };

  // Reports and forgets the windows that are over at `now`. Needs `mutex_`.
  void CloseWindows(absl::Time now);
  // Reports and forgets the oldest window. Needs `mutex_`.
  void CloseOldestWindow(absl::Time now);

  const LoggerOptions options_;
  Clock& clock_;
  std::atomic<Level> level_;
  std::mutex mutex_;
  std::map<Key, Window> windows_;
  // Keys of `windows_`, oldest first.
  std::deque<Key> order_;
};

}  // namespace common::telemetry

#endif  // THIDUA_COMMON_TELEMETRY_LOG_H_
