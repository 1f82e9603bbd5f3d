// The one place where exceptions of SQLiteCpp become statuses.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_GUARD_H_
#define THIDUA_COMMON_STORAGE_SQLITE_GUARD_H_

#include <exception>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>

#include "SQLiteCpp/Exception.h"
#include "absl/status/status.h"

namespace common::storage::sqlite {

// Takes what the driver says about an error, for the log; clients never see it. May be empty.
// Called on any thread.
using ErrorReport = std::function<void(std::string text)>;

// What went wrong, in the words of ledger.h; the driver's own go to `report`.
// UNAVAILABLE, reason STORAGE_UNAVAILABLE: the disk is full, failing or out of reach.
// DATA_LOSS, reason DATA_CORRUPT: the file is damaged or no database.
// INTERNAL: anything else, which is a mistake of ours.
absl::Status ToStatus(const SQLite::Exception& error, const ErrorReport& report);

// INTERNAL, for an exception that code called by the ledger should not have let out.
absl::Status UnexpectedException(const char* what, const ErrorReport& report);

absl::Status StorageUnavailable();

// Runs `work`, which returns a Status or StatusOr, and turns exceptions into statuses.
template <typename Work>
std::invoke_result_t<Work> Guard(const ErrorReport& report, Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const SQLite::Exception& error) {
    return ToStatus(error, report);
  } catch (const std::exception& error) {
    return UnexpectedException(error.what(), report);
  } catch (...) {
    return UnexpectedException("of an unknown type", report);
  }
}

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_GUARD_H_
