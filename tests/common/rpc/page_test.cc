#include "common/rpc/page.h"

#include <gtest/gtest.h>

#include <limits>

#include "common/status/reasons.h"
#include "tests/testkit/status_matchers.h"

namespace common::rpc {
namespace {

using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

TEST(PageSize, IsTheDefaultIfNotGiven) {
  EXPECT_THAT(PageSize(0), IsOkAndHolds(50));
  EXPECT_THAT(PageSize(0, 7, 9), IsOkAndHolds(7));
}

TEST(PageSize, IsWhatWasAskedForUpToTheMaximum) {
  EXPECT_THAT(PageSize(1), IsOkAndHolds(1));
  EXPECT_THAT(PageSize(1000), IsOkAndHolds(1000));
  EXPECT_THAT(PageSize(1001), IsOkAndHolds(1000));
  EXPECT_THAT(PageSize(std::numeric_limits<int32_t>::max(), 7, 9), IsOkAndHolds(9));
}

TEST(PageSize, RefusesNegativeNumbers) {
  const auto result = PageSize(-1);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(kInvalidField));
  EXPECT_THAT(result, HasViolation("page_size"));
}

}  // namespace
}  // namespace common::rpc
