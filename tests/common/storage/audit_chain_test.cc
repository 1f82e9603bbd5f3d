// The encoding of the chain. The expected hashes were computed with Python's hashlib from the
// description in the header.
#include "common/storage/audit_chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "absl/strings/escaping.h"
#include "tests/testkit/case_name.h"

namespace common::storage {
namespace {

constexpr char kStore[] = "00000000-0000-4000-8000-000000000001";
constexpr char kStart[] = "4d5f736263d1ac6d17675f9cf3157e06f1173155435fb66b3569308bf0a47cbb";
constexpr char kFirst[] = "b3740d019d362cfb01e1ad51c227f3dc1760e61f0284afcc3e0de3f7a528e75c";
constexpr char kSecond[] = "bcaee8c1830e61a73844583e11152d7db43cb833032d7854e20aed2d8af40e72";

Record First() {
  return {.kind = "unit",
          .name = "units/bac-ninh",
          .payload = std::string("a\0b", 3),
          .version = 1,
          .sequence = 1,
          .commit_sequence = 2,
          .time = absl::FromUnixMicros(1'600'000'000'000'001),
          .actor = "Nguyễn Văn A",
          .method = "store.v1.UnitService/CreateUnit"};
}

TEST(AuditChain, StartsFromTheStore) {
  EXPECT_EQ(absl::BytesToHexString(ChainStart(kStore)), kStart);
}

TEST(AuditChain, HashesAreThoseOfTheDescription) {
  EXPECT_EQ(absl::BytesToHexString(ChainHash(ChainStart(kStore), First())), kFirst);
  const Record sparse{.kind = "unit",
                      .version = 12,
                      .sequence = 2,
                      .commit_sequence = 2,
                      .time = absl::FromUnixMicros(-1)};
  EXPECT_EQ(absl::BytesToHexString(ChainHash(absl::HexStringToBytes(kFirst), sparse)), kSecond);
}

struct PartCase {
  std::string name{};
  std::function<void(Record&)> change{};
};

class AuditChainPart : public ::testing::TestWithParam<PartCase> {};

TEST_P(AuditChainPart, IsCovered) {
  const std::string before = ChainStart(kStore);
  Record record = First();
  GetParam().change(record);
  EXPECT_NE(ChainHash(before, record), ChainHash(before, First()));
}

INSTANTIATE_TEST_SUITE_P(Parts, AuditChainPart,
                         ::testing::ValuesIn<PartCase>({
                             {"Kind", [](Record& r) { r.kind = "pact"; }},
                             {"Name", [](Record& r) { r.name += "0"; }},
                             {"Payload", [](Record& r) { r.payload[1] = '\1'; }},
                             {"Version", [](Record& r) { r.version = 2; }},
                             {"Sequence", [](Record& r) { r.sequence = 2; }},
                             {"CommitSequence", [](Record& r) { r.commit_sequence = 1; }},
                             {"Time", [](Record& r) { r.time += absl::Microseconds(1); }},
                             {"Actor", [](Record& r) { r.actor.clear(); }},
                             {"Method",
                              [](Record& r) { r.method = "store.v1.UnitService/UpdateUnit"; }},
                             {"BorderOfTwoParts", [](Record& r) { std::swap(r.actor, r.method); }},
                         }),
                         testkit::CaseName<PartCase>);

TEST(AuditChain, HashesCoverTheHashBefore) {
  EXPECT_NE(ChainHash(ChainStart(kStore), First()), ChainHash(ChainStart("another"), First()));
}

}  // namespace
}  // namespace common::storage
