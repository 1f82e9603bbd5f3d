// What is read from files while the service runs: always whole, and always the last that was good.
#ifndef THIDUA_COMMON_AUTH_RELOADED_H_
#define THIDUA_COMMON_AUTH_RELOADED_H_

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"
#include "common/telemetry/log.h"

namespace common::auth {

// The bytes of the file at `path`. Follows links, as those by which Kubernetes swaps its secrets.
// NOT_FOUND, naming the path and the cause: it cannot be read, or has more than 1 MiB.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// The same for all of `paths`, in order.
absl::StatusOr<std::vector<std::string>> ReadFiles(const std::vector<std::string>& paths);

// `status` on one line: its message and the fields at fault.
std::string Explain(const absl::Status& status);

// Which files to read, and what to make of them.
template <typename T>
struct ReloadedFrom {
  // For logs, such as `policy`.
  std::string what{};
  std::vector<std::string> paths{};
  // What the files, in order, say; or what is wrong with them.
  std::function<absl::StatusOr<T>(const std::vector<std::string>& contents)> parse{};
};

// Thread-safe.
template <typename T>
class Reloaded {
 public:
  // Reads the files for the first time; `logger` must outlive it.
  // Fails as ReadFile and `parse`; INVALID_ARGUMENT then names the files.
  static absl::StatusOr<std::unique_ptr<Reloaded>> Open(ReloadedFrom<T> from,
                                                        telemetry::Logger& logger) {
    std::unique_ptr<Reloaded> reloaded(new Reloaded(std::move(from), logger));
    reloaded->seen_ = ReadFiles(reloaded->from_.paths);
    ASSIGN_OR_RETURN(reloaded->current_, reloaded->Parse(reloaded->seen_));
    return reloaded;
  }

  // What the files said when they were last good. Never null.
  std::shared_ptr<const T> Get() const {
    const std::lock_guard lock(mutex_);
    return current_;
  }

  // Reads the files again. If they changed since they were last read, takes over what they say, all
  // at once; if they cannot be read or are wrong, keeps what there is. Logs either; with
  // `is_asked_for`, because somebody waits for an answer, also if nothing changed.
  void Refresh(bool is_asked_for) {
    const std::lock_guard lock(refresh_mutex_);
    absl::StatusOr<std::vector<std::string>> contents = ReadFiles(from_.paths);
    if (contents == seen_ && !is_asked_for) return;
    seen_ = std::move(contents);
    absl::StatusOr<std::shared_ptr<const T>> parsed = Parse(seen_);
    if (!parsed.ok()) {
      logger_.Log(telemetry::Level::kError, "not reloaded; the one before stays in force",
                  {{"what", from_.what}, {"error", Explain(parsed.status())}});
      return;
    }
    {
      const std::lock_guard swap(mutex_);
      current_ = *std::move(parsed);
    }
    logger_.Log(telemetry::Level::kInfo, "reloaded", {{"what", from_.what}});
  }

 private:
  Reloaded(ReloadedFrom<T> from, telemetry::Logger& logger)
      : from_(std::move(from)), logger_(logger) {}

  absl::StatusOr<std::shared_ptr<const T>> Parse(
      const absl::StatusOr<std::vector<std::string>>& contents) const {
    if (!contents.ok()) return contents.status();
    absl::StatusOr<T> parsed = from_.parse(*contents);
    if (!parsed.ok()) return parsed.status();
    return std::make_shared<const T>(*std::move(parsed));
  }

  const ReloadedFrom<T> from_;
  telemetry::Logger& logger_;
  std::mutex refresh_mutex_;
  // What was read last, good or not.
  absl::StatusOr<std::vector<std::string>> seen_{};
  mutable std::mutex mutex_;
  std::shared_ptr<const T> current_{};
};

}  // namespace common::auth

#endif  // THIDUA_COMMON_AUTH_RELOADED_H_
