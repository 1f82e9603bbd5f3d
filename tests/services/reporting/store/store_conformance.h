// The contract of services/reporting/store in executable form: every engine's ledger passes it,
// with no test left out.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_STORE_STORE_CONFORMANCE_H_
#define THIDUA_TESTS_SERVICES_REPORTING_STORE_STORE_CONFORMANCE_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "common/storage/ledger.h"
#include "services/reporting/store/reporting_store.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/sequential_ids.h"
#include "tests/testkit/temp_dir.h"

namespace reporting {

struct StoreBackend {
  std::string name{};
  // A ledger on `folder`: empty the first time, then as it was left. One is open at a time.
  std::function<std::unique_ptr<common::storage::Ledger>(
      const testkit::TempDir& folder, common::Clock& clock, common::IdSource& ids)>
      open{};
};

class StoreConformance : public ::testing::TestWithParam<StoreBackend> {
 protected:
  StoreConformance() { Reopen(); }

  // Closes the ledger and opens it again.
  void Reopen() {
    ledger_.reset();
    ledger_ = GetParam().open(folder_, clock_, ids_);
  }

  // Runs `work` as one write; its status is that of the write.
  absl::Status Write(const std::function<absl::Status(StoreTransaction& transaction)>& work);

  // Runs `read` on a snapshot and returns what it returns.
  template <typename T>
  absl::StatusOr<T> Read(const std::function<absl::StatusOr<T>(StoreView& view)>& read) {
    absl::StatusOr<T> result = absl::UnknownError("the read did not run");
    const absl::Status status = ReadStore(*ledger_, [&](StoreView& view) {
      result = read(view);
      return result.status();
    });
    if (!status.ok()) return status;
    return result;
  }

  testkit::TempDir folder_{};
  testkit::FakeClock clock_{};
  testkit::SequentialIds ids_{};
  std::unique_ptr<common::storage::Ledger> ledger_{};
};

}  // namespace reporting

#endif  // THIDUA_TESTS_SERVICES_REPORTING_STORE_STORE_CONFORMANCE_H_
