#include "common/rpc/store_health.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace common::rpc {

absl::Status StoreHealth::Check(storage::Ledger& ledger, int64_t free_bytes) {
  if (free_bytes < kFreeBytesMin) {
    return absl::UnavailableError(absl::StrCat("the disk has only ", free_bytes, " bytes left"));
  }
  if (!is_failing_) return absl::OkStatus();
  const auto written = ledger.Write(
      {.actor = "health"}, [](storage::Transaction& transaction) -> absl::StatusOr<std::string> {
        RETURN_IF_ERROR(transaction.SetValue("health.last_write", "ok"));
        return std::string();
      });
  RETURN_IF_ERROR(written.status());
  is_failing_ = false;
  return absl::OkStatus();
}

}  // namespace common::rpc
