#include "common/telemetry/log.h"

#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status/error.h"
#include "common/telemetry/utf8.h"

namespace common::telemetry {
namespace {

constexpr size_t kTextBytesMax = 4096;
// Bounds the memory of the repeat counter; older windows are closed early beyond it.
constexpr size_t kWindowsMax = 1024;
constexpr absl::Duration kWindow = absl::Seconds(1);

constexpr std::string_view kLevelNames[] = {"debug", "info", "warning", "error"};

void AppendJsonString(std::string& out, std::string_view text) {
  out.push_back('"');
  for (const char c : QuotableText(text, kTextBytesMax)) {
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      absl::StrAppendFormat(&out, "\\u%04x", static_cast<unsigned>(c));
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
}

// The durations of calls; written without floating point so that no digit is noise.
void AppendMilliseconds(std::string& out, absl::Duration duration) {
  const int64_t us = std::max<int64_t>(absl::ToInt64Microseconds(duration), 0);
  absl::StrAppendFormat(&out, "%d.%03d", us / 1000, us % 1000);
}

struct ValueWriter {
  std::string& out;
  void operator()(std::string_view text) const { AppendJsonString(out, text); }
  void operator()(int64_t number) const { absl::StrAppend(&out, number); }
  void operator()(bool flag) const { out.append(flag ? "true" : "false"); }
  void operator()(absl::Duration duration) const { AppendMilliseconds(out, duration); }
};

}  // namespace

std::string_view LevelName(Level level) { return kLevelNames[static_cast<size_t>(level)]; }

std::optional<Level> ParseLevel(std::string_view name) {
  for (const Level level : {Level::kDebug, Level::kInfo, Level::kWarning, Level::kError}) {
    if (LevelName(level) == name) return level;
  }
  return std::nullopt;
}

void Field::AppendTo(std::string& out) const {
  AppendJsonString(out, key_);
  out.push_back(':');
  std::visit(ValueWriter{out}, value_);
}

void WriteToStandardError(std::string_view line) {
  std::string text = absl::StrCat(sv(line), "\n");
  std::string_view left = text;
  while (!left.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, left.data(), left.size());
    if (written <= 0) return;
    left.remove_prefix(static_cast<size_t>(written));
  }
}

std::string FormatLogLine(absl::Time time, Level level, std::string_view service,
                          std::string_view message, const std::vector<Field>& fields) {
  std::string line = absl::StrCat(
      "{\"ts\":\"", absl::FormatTime("%Y-%m-%d%ET%H:%M:%E6SZ", time, absl::UTCTimeZone()), "\",");
  Field("level", LevelName(level)).AppendTo(line);
  line.push_back(',');
  Field("service", service).AppendTo(line);
  line.push_back(',');
  Field("msg", message).AppendTo(line);
  for (const Field& field : fields) {
    line.push_back(',');
    field.AppendTo(line);
  }
  line.push_back('}');
  return line;
}

Logger::Logger(LoggerOptions options, Clock& clock)
    : options_(std::move(options)), clock_(clock), level_(options_.level) {}

Logger::~Logger() {
  const std::lock_guard lock(mutex_);
  const absl::Time now = clock_.Now();
  while (!order_.empty()) CloseOldestWindow(now);
}

void Logger::Log(Level level, std::string_view message, std::initializer_list<Field> fields) {
  if (IsEnabled(level)) Log(level, message, std::vector<Field>(fields));
}

void Logger::Log(Level level, std::string_view message, const std::vector<Field>& fields) {
  if (!IsEnabled(level)) return;
  const absl::Time now = clock_.Now();
  const std::lock_guard lock(mutex_);
  CloseWindows(now);
  const auto [entry, is_first] = windows_.try_emplace(Key(level, message), Window{.begin = now});
  if (is_first) order_.push_back(entry->first);
  Window& window = entry->second;
  if (window.written >= options_.repeats_per_second) {
    ++window.dropped;
    return;
  }
  ++window.written;
  options_.sink(FormatLogLine(now, level, options_.service, message, fields));
}

void Logger::CloseWindows(absl::Time now) {
  while (!order_.empty()) {
    const absl::Time begin = windows_.at(order_.front()).begin;
    // A clock that was set back must not silence a message until it catches up.
    const bool is_over = now >= begin + kWindow || now < begin;
    if (!is_over && order_.size() < kWindowsMax) return;
    CloseOldestWindow(now);
  }
}

void Logger::CloseOldestWindow(absl::Time now) {
  const auto oldest = windows_.extract(order_.front());
  order_.pop_front();
  if (oldest.mapped().dropped == 0) return;
  const auto& [level, message] = oldest.key();
  options_.sink(FormatLogLine(now, level, options_.service, message,
                              {Field("dropped", oldest.mapped().dropped)}));
}

}  // namespace common::telemetry
