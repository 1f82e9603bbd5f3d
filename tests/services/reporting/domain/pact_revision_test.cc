// Targets that change: before anybody has signed, and by a revision that all sign.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/domain/pact.h"
#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::AUnitId;
using samples::Code;
using samples::Dec;
using samples::Year2020;
using ::testing::IsEmpty;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::StatusIs;

const std::vector<std::string> kMembers = {"bac-ninh", "ha-nam", "vinh-phuc"};

Target ATarget(std::string_view unit, std::string_view number) {
  return {.unit = AUnitId(unit), .indicator = Code("COOP_NEW"), .number = Dec(number)};
}

std::vector<Target> First() { return {ATarget("bac-ninh", "40"), ATarget("ha-nam", "20")}; }
std::vector<Target> Second() { return {ATarget("bac-ninh", "36"), ATarget("ha-nam", "20")}; }

ClusterYear YearIn(ClusterState state) {
  ClusterYear year = Year2020();
  year.state = state;
  return year;
}

Signature SignatureOf(std::string_view unit, std::string_view day) {
  return {.unit = AUnitId(unit), .signer = "Chủ tịch Liên minh", .date = samples::Day(day)};
}

Pact OpenPact() {
  return {.cluster_year = Year2020().id, .targets = First(), .state = PactState::kOpen};
}

absl::StatusOr<Pact> SignedBy(Pact pact, const std::vector<std::string>& units,
                              std::string_view day, ClusterState state = ClusterState::kRunning) {
  for (const std::string& unit : units) {
    auto signed_pact = Sign(std::move(pact), YearIn(state), SignatureOf(unit, day), {});
    if (!signed_pact.ok()) return signed_pact.status();
    pact = std::move(signed_pact->pact);
  }
  return pact;
}

Pact SignedPact() { return SignedBy(OpenPact(), kMembers, "2020-01-15").value(); }

const absl::Time kProposed = samples::Instant("2020-06-30T09:00:00+07:00");

absl::StatusOr<Pact> Update(const Pact& pact, const std::vector<Target>& targets,
                            ClusterState state = ClusterState::kRegistration) {
  return UpdatePact(pact, {YearIn(state), samples::SomeIndicators()}, targets, {});
}

absl::StatusOr<Pact> Revise(const Pact& pact, const std::vector<Target>& targets,
                            const std::string& reason = "Dịch bệnh",
                            ClusterState state = ClusterState::kRunning) {
  return RevisePact(pact, {YearIn(state), samples::SomeIndicators()},
                    {.targets = targets, .reason = reason}, kProposed, {});
}

TEST(UpdatePactTest, ReplacesTheTargetsAndNothingElse) {
  Pact expected = OpenPact();
  expected.targets = Second();
  EXPECT_THAT(Update(OpenPact(), Second()), testkit::IsOkAndHolds(expected));
}

TEST(UpdatePactTest, StoresTheYearWrittenOutWithoutAPeriod) {
  std::vector<Target> targets = First();
  targets[0].period = samples::APeriod("2020");
  EXPECT_THAT(Update(OpenPact(), targets), testkit::IsOkAndHolds(OpenPact()));
}

TEST(UpdatePactTest, EndsWithTheFirstSignature) {
  for (const size_t count : {1U, 2U, 3U}) {
    const std::vector<std::string> signers(kMembers.begin(), kMembers.begin() + count);
    const auto result = Update(SignedBy(OpenPact(), signers, "2020-01-15").value(), Second());
    EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
    EXPECT_THAT(result, HasReason(kPactAlreadySigned));
  }
}

TEST(UpdatePactTest, ChecksTargetsAsACreateCallDoes) {
  EXPECT_THAT(Update(OpenPact(), {ATarget("ha-noi", "1"), ATarget("ha-nam", "1.5")}),
              HasViolation("pact.targets[0].unit"));
  EXPECT_THAT(Update(OpenPact(), {ATarget("ha-nam", "1.5")}), HasReason(kFigureScaleExceeded));
  Target unknown = ATarget("ha-nam", "1");
  unknown.indicator = Code("NOT_THERE");
  EXPECT_THAT(Update(OpenPact(), {unknown}), HasReason(kIndicatorUnknown));
  EXPECT_THAT(Update(OpenPact(), Second(), ClusterState::kScoring), HasReason(kClusterYearClosed));
}

TEST(RevisePactTest, ProposesWhileWhatIsSignedHolds) {
  Pact expected = SignedPact();
  expected.proposal = PactProposal{.targets = Second(), .reason = "Dịch bệnh", .time = kProposed};
  EXPECT_THAT(Revise(SignedPact(), Second()), testkit::IsOkAndHolds(expected));
}

TEST(RevisePactTest, ComesIntoForceWithTheLastSignature) {
  const Pact proposed = Revise(SignedPact(), Second()).value();
  const auto waiting = SignedBy(proposed, {"ha-nam", "vinh-phuc"}, "2020-07-01");
  ASSERT_TRUE(waiting.ok()) << waiting.status();
  EXPECT_EQ(waiting->targets, First());
  EXPECT_EQ(waiting->revision, 1);
  EXPECT_EQ(waiting->signatures, SignedPact().signatures);
  ASSERT_TRUE(waiting->proposal.has_value());
  EXPECT_EQ(waiting->proposal->signatures.size(), 2U);

  const auto result = SignedBy(*waiting, {"bac-ninh"}, "2020-07-02");
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(*result, (Pact{.cluster_year = Year2020().id,
                           .targets = Second(),
                           .signatures = {SignatureOf("ha-nam", "2020-07-01"),
                                          SignatureOf("vinh-phuc", "2020-07-01"),
                                          SignatureOf("bac-ninh", "2020-07-02")},
                           .state = PactState::kSigned,
                           .revision = 2,
                           .revision_reason = "Dịch bệnh"}));
}

TEST(RevisePactTest, EachRevisionCounts) {
  Pact pact = SignedPact();
  for (int revision = 2; revision <= 4; ++revision) {
    pact = Revise(pact, revision % 2 == 0 ? Second() : First()).value();
    pact = SignedBy(pact, kMembers, "2020-07-01").value();
    EXPECT_EQ(pact.revision, revision);
  }
}

TEST(RevisePactTest, AnotherProposalReplacesOneThatWaitsWithItsSignatures) {
  Pact pact = Revise(SignedPact(), Second()).value();
  pact = SignedBy(pact, {"ha-nam"}, "2020-07-01").value();
  const std::vector<Target> third = {ATarget("bac-ninh", "30")};
  pact = Revise(pact, third, "Lần hai").value();
  EXPECT_EQ(pact.proposal->targets, third);
  EXPECT_THAT(pact.proposal->signatures, IsEmpty());
  EXPECT_TRUE(SignedBy(pact, {"ha-nam"}, "2020-07-02").ok());
}

TEST(RevisePactTest, AUnitSignsAProposalOnce) {
  Pact pact = Revise(SignedPact(), Second()).value();
  pact = SignedBy(pact, {"ha-nam"}, "2020-07-01").value();
  const auto result = SignedBy(pact, {"ha-nam"}, "2020-07-02");
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(result, HasReason(kPactAlreadySigned));
}

TEST(RevisePactTest, AProposalIsNotSignedOnceFiguresAreClosed) {
  const Pact proposed = Revise(SignedPact(), Second()).value();
  const auto result = SignedBy(proposed, {"ha-nam"}, "2020-12-14", ClusterState::kScoring);
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kClusterYearClosed));
}

TEST(RevisePactTest, RefusesAPactThatIsStillOpen) {
  const auto result = Revise(SignedBy(OpenPact(), {"ha-nam"}, "2020-01-15").value(), Second());
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(common::kIllegalStateChange));
}

TEST(RevisePactTest, RefusesTheTargetsInForceInWhateverOrder) {
  std::vector<Target> reversed = First();
  std::reverse(reversed.begin(), reversed.end());
  reversed[0].period = samples::APeriod("2020");
  for (const auto& targets : {First(), reversed}) {
    const auto result = Revise(SignedPact(), targets);
    EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
    EXPECT_THAT(result, HasReason(kNothingRevised));
  }
}

TEST(RevisePactTest, AMilestoneMoreIsARevision) {
  std::vector<Target> targets = First();
  targets.push_back(ATarget("bac-ninh", "10"));
  targets.back().period = samples::APeriod("2020-Q1");
  EXPECT_TRUE(Revise(SignedPact(), targets).ok());
}

struct RefusedCase {
  std::string name{};
  std::vector<Target> targets{};
  std::string reason_text = "Dịch bệnh";
  ClusterState state = ClusterState::kRunning;
  std::string_view reason{};
  std::string field{};
};

class RevisionRefused : public ::testing::TestWithParam<RefusedCase> {};

TEST_P(RevisionRefused, WithItsReason) {
  const auto result =
      Revise(SignedPact(), GetParam().targets, GetParam().reason_text, GetParam().state);
  EXPECT_THAT(result, HasReason(GetParam().reason));
  if (!GetParam().field.empty()) {
    EXPECT_THAT(result, HasViolation(GetParam().field));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Revisions, RevisionRefused,
    ::testing::ValuesIn<RefusedCase>({
        {.name = "NoMember",
         .targets = {ATarget("ha-noi", "1")},
         .reason = kUnitNotAMember,
         .field = "targets[0].unit"},
        {.name = "NoReason",
         .targets = Second(),
         .reason_text = "  ",
         .reason = common::kRequiredFieldMissing,
         .field = "reason"},
        {.name = "LongReason",
         .targets = Second(),
         .reason_text = std::string(1001, 'x'),
         .reason = common::kInvalidText,
         .field = "reason"},
        {.name = "ClosedYear",
         .targets = Second(),
         .state = ClusterState::kReview,
         .reason = kClusterYearClosed},
        {.name = "UnknownIndicator",
         .targets = {{.unit = AUnitId("ha-nam"), .indicator = Code("NONE"), .number = Dec("1")}},
         .reason = kIndicatorUnknown,
         .field = "targets[0].indicator"},
    }),
    testkit::CaseName<RefusedCase>);

}  // namespace
}  // namespace reporting
