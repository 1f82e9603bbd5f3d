#include "common/storage/token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <string>

#include "common/status/reasons.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace common::storage {
namespace {

using ::testkit::HasReason;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

constexpr char kStore[] = "00000000-0000-4000-8000-000000000001";

Position SomePosition() {
  return {.store = {.store_id = kStore, .epoch = 2}, .sequence = 41, .filter = "kind=unit"};
}

// `token` with the character at `index` replaced by another one of the alphabet.
std::string Altered(std::string token, size_t index) {
  token[index] = token[index] == 'A' ? 'B' : 'A';
  return token;
}

TEST(PositionTokenTest, HoldsWhatWasPutIn) {
  EXPECT_THAT(DecodePosition(EncodePosition(SomePosition())), IsOkAndHolds(SomePosition()));
}

TEST(PositionTokenTest, HoldsAFilterOfAnyBytes) {
  Position position = SomePosition();
  position.filter = std::string("\0:3:\xff", 5);
  EXPECT_THAT(DecodePosition(EncodePosition(position)), IsOkAndHolds(position));
}

TEST(PositionTokenTest, IsSafeInAUrl) {
  const std::string token = EncodePosition(SomePosition());
  EXPECT_FALSE(token.empty());
  for (const char c : token) {
    EXPECT_TRUE(std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_') << token;
  }
}

TEST(PositionTokenTest, IsRefusedWhenAnyOneCharacterChanged) {
  const std::string token = EncodePosition(SomePosition());
  for (size_t i = 0; i < token.size(); ++i) {
    EXPECT_THAT(DecodePosition(Altered(token, i)), HasReason(kInvalidToken)) << "character " << i;
  }
}

TEST(PositionTokenTest, IsRefusedWhenCutOrExtended) {
  const std::string token = EncodePosition(SomePosition());
  for (size_t size = 0; size < token.size(); ++size) {
    EXPECT_THAT(DecodePosition(token.substr(0, size)), HasReason(kInvalidToken)) << size;
  }
  EXPECT_THAT(DecodePosition(token + "A"), HasReason(kInvalidToken));
  EXPECT_THAT(DecodePosition(token + "="), HasReason(kInvalidToken));
  EXPECT_THAT(DecodePosition(token + "\n"), HasReason(kInvalidToken));
}

TEST(PositionTokenTest, IsRefusedWhenItIsAPageToken) {
  EXPECT_THAT(DecodePosition(EncodePageToken("units/a", "q")),
              StatusIs(absl::StatusCode::kInvalidArgument));
}

struct PositionResolvedCase {
  std::string name{};
  int64_t head = 0;
};

class PositionResolved : public ::testing::TestWithParam<PositionResolvedCase> {};

TEST_P(PositionResolved, ToItsSequence) {
  const Position position = SomePosition();
  EXPECT_THAT(
      ResolvePosition(EncodePosition(position), position.store, position.filter, GetParam().head),
      IsOkAndHolds(41));
}

INSTANTIATE_TEST_SUITE_P(Heads, PositionResolved,
                         ::testing::ValuesIn<PositionResolvedCase>({
                             {.name = "AtTheHead", .head = 41},
                             {.name = "BehindTheHead", .head = 42},
                         }),
                         testkit::CaseName<PositionResolvedCase>);

struct PositionRefusedCase {
  std::string name{};
  // What the reader has; the token is of SomePosition().
  std::string store_id{};
  int64_t epoch = 0;
  std::string filter{};
  int64_t head = 0;
  absl::StatusCode code = absl::StatusCode::kOk;
  std::string_view reason{};
};

class PositionRefused : public ::testing::TestWithParam<PositionRefusedCase> {};

TEST_P(PositionRefused, WithItsReason) {
  const PositionRefusedCase& c = GetParam();
  const StoreIdentity store{.store_id = c.store_id, .epoch = c.epoch};
  const auto result = ResolvePosition(EncodePosition(SomePosition()), store, c.filter, c.head);
  EXPECT_THAT(result, StatusIs(c.code));
  EXPECT_THAT(result, HasReason(c.reason));
}

INSTANTIATE_TEST_SUITE_P(Readers, PositionRefused,
                         ::testing::ValuesIn<PositionRefusedCase>({
                             {.name = "OtherStore",
                              .store_id = "another",
                              .epoch = 2,
                              .filter = "kind=unit",
                              .head = 50,
                              .code = absl::StatusCode::kInvalidArgument,
                              .reason = kInvalidToken},
                             {.name = "OtherFilter",
                              .store_id = kStore,
                              .epoch = 2,
                              .filter = "kind=pact",
                              .head = 50,
                              .code = absl::StatusCode::kInvalidArgument,
                              .reason = kInvalidToken},
                             {.name = "LaterEpoch",
                              .store_id = kStore,
                              .epoch = 3,
                              .filter = "kind=unit",
                              .head = 50,
                              .code = absl::StatusCode::kOutOfRange,
                              .reason = kTokenOutOfRange},
                             {.name = "EarlierEpoch",
                              .store_id = kStore,
                              .epoch = 1,
                              .filter = "kind=unit",
                              .head = 50,
                              .code = absl::StatusCode::kOutOfRange,
                              .reason = kTokenOutOfRange},
                             {.name = "BeyondTheHead",
                              .store_id = kStore,
                              .epoch = 2,
                              .filter = "kind=unit",
                              .head = 40,
                              .code = absl::StatusCode::kOutOfRange,
                              .reason = kTokenOutOfRange},
                         }),
                         testkit::CaseName<PositionRefusedCase>);

TEST(PageTokenTest, LeadsBackToItsName) {
  EXPECT_THAT(DecodePageToken(EncodePageToken("units/hà-nội", "query"), "query"),
              IsOkAndHolds("units/hà-nội"));
}

TEST(PageTokenTest, IsRefusedForAnotherQuery) {
  const auto result = DecodePageToken(EncodePageToken("units/a", "query"), "other");
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(kInvalidPageToken));
}

TEST(PageTokenTest, IsRefusedWhenAnyOneCharacterChanged) {
  const std::string token = EncodePageToken("units/a", "query");
  for (size_t i = 0; i < token.size(); ++i) {
    EXPECT_THAT(DecodePageToken(Altered(token, i), "query"), HasReason(kInvalidPageToken))
        << "character " << i;
  }
}

TEST(PageTokenTest, IsRefusedWhenItIsAPosition) {
  EXPECT_THAT(DecodePageToken(EncodePosition(SomePosition()), "query"),
              HasReason(kInvalidPageToken));
}

}  // namespace
}  // namespace common::storage
