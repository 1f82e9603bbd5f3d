// The change log as one consumer reads it: from a token on, filtered, whole commits at a time.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_CHANGE_LOG_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_CHANGE_LOG_H_

#include <google/protobuf/repeated_field.h>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/storage/ledger.h"
#include "thidua/reporting/v1/change_feed_service.pb.h"

namespace reporting {

// A cursor: nothing is buffered for a slow consumer. Not thread-safe.
class ChangeLog {
 public:
  using Changes = google::protobuf::RepeatedPtrField<thidua::reporting::v1::Change>;
  using Kinds = google::protobuf::RepeatedField<int>;

  // A cursor behind `resume_token`, or at the beginning if it is empty, that sees changes of
  // `kinds`, or of all kinds if there are none. `ledger` must outlive it.
  // - INVALID_ARGUMENT, INVALID_FIELD, field `kinds[i]`: no kind of resource.
  // - INVALID_ARGUMENT, INVALID_TOKEN, field `resume_token`: malformed, of another store, or made
  //   for another filter. A commit token is good for every filter.
  // - OUT_OF_RANGE, TOKEN_OUT_OF_RANGE: beyond the end of the log.
  static absl::StatusOr<ChangeLog> Open(common::storage::Ledger& ledger,
                                        std::string_view resume_token, const Kinds& kinds);

  // Looks at about `limit` records of the log, and goes on behind them. Returns those of them that
  // pass the filter, which may be none even before the end of the log. Fails as Ledger::Changes.
  absl::StatusOr<Changes> Read(int limit);

  // Everything up to here has been read.
  std::string ResumeToken() const;

  // How many records are behind this position.
  int64_t Lag() const { return ledger_->Head() - position_; }

  // Waits for a record behind this position, no longer than `timeout`.
  void Wait(absl::Duration timeout) { ledger_->WaitForHead(position_, timeout); }

 private:
  explicit ChangeLog(common::storage::Ledger& ledger) : ledger_(&ledger) {}

  absl::Status SetKinds(const Kinds& kinds);
  absl::Status SetPosition(std::string_view resume_token);
  bool IsWanted(const common::storage::Record& record) const;

  common::storage::Ledger* ledger_;
  // Of records; empty for all.
  std::set<std::string, std::less<>> kinds_;
  // Stands for the filter in tokens.
  std::string filter_;
  int64_t position_ = 0;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_CHANGE_LOG_H_
