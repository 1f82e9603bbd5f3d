#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/sequential_ids.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"

namespace testkit {
namespace {

using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::Not;
using ::testing::Pointee;

absl::Status Refusal() {
  return common::InvalidField("unit.name", common::kInvalidName, "must be lower case");
}

TEST(StatusMatchersTest, AcceptAStatusOrAStatusOrThatIsOk) {
  EXPECT_THAT(absl::OkStatus(), IsOk());
  EXPECT_THAT(absl::StatusOr<int>(3), IsOk());
  EXPECT_THAT(absl::StatusOr<int>(3), IsOkAndHolds(3));
  EXPECT_THAT(absl::StatusOr<int>(3), IsOkAndHolds(Gt(2)));
  EXPECT_THAT(absl::StatusOr<std::vector<int>>({1, 2}), IsOkAndHolds(ElementsAre(1, 2)));
}

TEST(StatusMatchersTest, LookIntoAResultThatCannotBeCopied) {
  absl::StatusOr<std::unique_ptr<int>> result = std::make_unique<int>(7);
  EXPECT_THAT(result, IsOkAndHolds(Pointee(7)));
}

TEST(StatusMatchersTest, RejectErrorsAndOtherValues) {
  EXPECT_THAT(Refusal(), Not(IsOk()));
  EXPECT_THAT(absl::StatusOr<int>(Refusal()), Not(IsOkAndHolds(3)));
  EXPECT_THAT(absl::StatusOr<int>(4), Not(IsOkAndHolds(3)));
}

TEST(StatusMatchersTest, TellErrorsApart) {
  EXPECT_THAT(Refusal(), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(Refusal(), Not(StatusIs(absl::StatusCode::kNotFound)));
  EXPECT_THAT(absl::StatusOr<int>(Refusal()), HasReason(common::kInvalidName));
  EXPECT_THAT(Refusal(), Not(HasReason(common::kInvalidField)));
  EXPECT_THAT(Refusal(), HasViolation("unit.name"));
  EXPECT_THAT(Refusal(), Not(HasViolation("unit")));
}

TEST(FakeClockTest, StandsStillUntilMoved) {
  FakeClock clock;
  const absl::Time start = clock.Now();
  EXPECT_EQ(clock.Now(), start);
  clock.Advance(absl::Seconds(5));
  EXPECT_EQ(clock.Now(), start + absl::Seconds(5));
  clock.Set(start);
  EXPECT_EQ(clock.Now(), start);
}

TEST(SequentialIdsTest, CountFromOne) {
  SequentialIds ids;
  EXPECT_EQ(ids.NewUuid(), "00000000-0000-4000-8000-000000000001");
  EXPECT_EQ(ids.NewUuid(), "00000000-0000-4000-8000-000000000002");
  EXPECT_EQ(SequentialIds::Uuid(2), "00000000-0000-4000-8000-000000000002");
}

TEST(TempDirTest, IsRemovedWithWhatItHolds) {
  std::filesystem::path path;
  {
    const TempDir folder;
    path = folder.path();
    std::ofstream(folder.File("note")) << "text";
    EXPECT_TRUE(std::filesystem::exists(path / "note"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace testkit
