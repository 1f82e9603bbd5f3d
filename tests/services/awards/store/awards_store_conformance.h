// What awards' store promises, to be held by every engine of the ledger.
#ifndef THIDUA_TESTS_SERVICES_AWARDS_STORE_AWARDS_STORE_CONFORMANCE_H_
#define THIDUA_TESTS_SERVICES_AWARDS_STORE_AWARDS_STORE_CONFORMANCE_H_

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "common/storage/ledger.h"
#include "tests/testkit/temp_dir.h"

namespace awards {

struct AwardsStoreEngine {
  std::string name{};
  // A ledger in this folder: new and empty, or the one that was there.
  std::function<std::unique_ptr<common::storage::Ledger>(const testkit::TempDir& folder)> open{};
};

class AwardsStoreConformance : public ::testing::TestWithParam<AwardsStoreEngine> {
 protected:
  void Write(absl::FunctionRef<absl::Status(common::storage::Transaction&)> work);
  void Read(absl::FunctionRef<absl::Status(common::storage::Reader&)> read);

  testkit::TempDir folder_;
  std::unique_ptr<common::storage::Ledger> ledger_ = GetParam().open(folder_);
};

}  // namespace awards

#endif  // THIDUA_TESTS_SERVICES_AWARDS_STORE_AWARDS_STORE_CONFORMANCE_H_
