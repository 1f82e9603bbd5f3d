#include "services/reporting/domain/review.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"
#include "tests/services/reporting/domain/samples.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using samples::AnnualDefinition;
using samples::AnnualSubmission;
using samples::Code;
using samples::Number;
using State = SubmissionState;
using ::testkit::HasReason;
using ::testkit::HasViolation;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

ReturnReason AReason() {
  return {.reviewer = "Tổ giúp việc",
          .reason = "Số liệu chưa khớp",
          .figures = {{.indicator = Code("COOP_NEW"), .reason = "Khác báo cáo quý"}}};
}

Correction ACorrection() {
  return {.figures = {Number("COOP_TOTAL", "662"), Number("COOP_NEW", "47")},
          .reason = "Trùng một hợp tác xã",
          .approver = "Cụm trưởng"};
}

const absl::Time kNow = absl::FromUnixSeconds(1607000000);

using Verdict = std::function<absl::StatusOr<Submission>(const Submission&)>;

Verdict Accepting() { return Accept; }
Verdict Locking() { return Lock; }
Verdict Returning() {
  return [](const Submission& it) { return Return(it, AReason(), AnnualDefinition(), {}); };
}
Verdict Restating() {
  return
      [](const Submission& it) { return Restate(it, ACorrection(), AnnualDefinition(), kNow, {}); };
}

struct VerdictCase {
  std::string name;
  State from;
  Verdict verdict;
  State to;
};

class VerdictAllowed : public ::testing::TestWithParam<VerdictCase> {};

TEST_P(VerdictAllowed, MovesToTheState) {
  const auto& [name, from, verdict, to] = GetParam();
  EXPECT_THAT(verdict(AnnualSubmission(from)),
              IsOkAndHolds(::testing::Field(&Submission::state, to)));
}

INSTANTIATE_TEST_SUITE_P(Transitions, VerdictAllowed,
                         ::testing::ValuesIn<VerdictCase>({
                             {"Accept", State::kSubmitted, Accepting(), State::kAccepted},
                             {"AcceptAgain", State::kAccepted, Accepting(), State::kAccepted},
                             {"Return", State::kSubmitted, Returning(), State::kReturned},
                             {"Lock", State::kAccepted, Locking(), State::kLocked},
                             {"LockAgain", State::kLocked, Locking(), State::kLocked},
                             {"RestateAccepted", State::kAccepted, Restating(), State::kAccepted},
                             {"RestateLocked", State::kLocked, Restating(), State::kAccepted},
                         }),
                         testkit::CaseName<VerdictCase>);

struct IllegalCase {
  std::string name;
  State from;
  Verdict verdict;
  std::string state;
  std::string allowed;
};

class VerdictRefused : public ::testing::TestWithParam<IllegalCase> {};

TEST_P(VerdictRefused, AsIllegalAndSaysWhatIsAllowed) {
  const auto result = GetParam().verdict(AnnualSubmission(GetParam().from));
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(common::kIllegalStateChange));
  const auto metadata = common::DetailOf(result.status()).metadata;
  EXPECT_EQ(metadata.at("state"), GetParam().state);
  EXPECT_EQ(metadata.at("allowed"), GetParam().allowed);
}

INSTANTIATE_TEST_SUITE_P(
    Transitions, VerdictRefused,
    ::testing::ValuesIn<IllegalCase>({
        {"AcceptDraft", State::kDraft, Accepting(), "DRAFT", "SUBMITTED"},
        {"AcceptWithdrawn", State::kWithdrawn, Accepting(), "WITHDRAWN", "SUBMITTED"},
        {"ReturnDraft", State::kDraft, Returning(), "DRAFT", "SUBMITTED"},
        {"LockDraft", State::kDraft, Locking(), "DRAFT", "ACCEPTED"},
        {"RestateDraft", State::kDraft, Restating(), "DRAFT", "ACCEPTED,LOCKED"},
        {"AcceptReturned", State::kReturned, Accepting(), "RETURNED", "SUBMITTED"},
        {"AcceptLocked", State::kLocked, Accepting(), "LOCKED", "SUBMITTED"},
        {"ReturnReturned", State::kReturned, Returning(), "RETURNED", "SUBMITTED"},
        {"ReturnAccepted", State::kAccepted, Returning(), "ACCEPTED", "SUBMITTED"},
        {"ReturnLocked", State::kLocked, Returning(), "LOCKED", "SUBMITTED"},
        {"LockSubmitted", State::kSubmitted, Locking(), "SUBMITTED", "ACCEPTED"},
        {"LockReturned", State::kReturned, Locking(), "RETURNED", "ACCEPTED"},
        {"RestateSubmitted", State::kSubmitted, Restating(), "SUBMITTED", "ACCEPTED,LOCKED"},
        {"RestateReturned", State::kReturned, Restating(), "RETURNED", "ACCEPTED,LOCKED"},
    }),
    testkit::CaseName<IllegalCase>);

TEST(AcceptTest, ChangesNothingButTheStateAndTheRevisionAcceptedLast) {
  EXPECT_THAT(Accept(AnnualSubmission(State::kSubmitted)),
              IsOkAndHolds(AnnualSubmission(State::kAccepted)));
}

TEST(ReturnTest, KeepsTheReason) {
  Submission expected = AnnualSubmission(State::kReturned);
  expected.return_reason = AReason();
  EXPECT_THAT(Return(AnnualSubmission(State::kSubmitted), AReason(), AnnualDefinition(), {}),
              IsOkAndHolds(expected));
}

TEST(AcceptTest, TheRevisionAcceptedLastIsTheOneThatWas) {
  Submission second = AnnualSubmission(State::kSubmitted);
  second.revision = 2;
  const auto accepted = Accept(second);
  EXPECT_THAT(accepted, IsOkAndHolds(::testing::Field(&Submission::accepted_revision, 2)));
  EXPECT_THAT(Lock(*accepted), IsOkAndHolds(::testing::Field(&Submission::accepted_revision, 2)));
}

struct ReasonCase {
  std::string name;
  std::function<void(ReturnReason&)> spoil;
  std::string field;
  std::string_view reason;
};

class ReturnReasonRefused : public ::testing::TestWithParam<ReasonCase> {};

TEST_P(ReturnReasonRefused, AtTheField) {
  ReturnReason reason = AReason();
  GetParam().spoil(reason);
  const auto result = Return(AnnualSubmission(State::kSubmitted), reason, AnnualDefinition(), {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    Fields, ReturnReasonRefused,
    ::testing::ValuesIn<ReasonCase>({
        {"NoReviewer", [](ReturnReason& it) { it.reviewer.clear(); }, "return_reason.reviewer",
         common::kRequiredFieldMissing},
        {"LongReviewer", [](ReturnReason& it) { it.reviewer = std::string(201, 'x'); },
         "return_reason.reviewer", common::kInvalidText},
        {"NoReason", [](ReturnReason& it) { it.reason.clear(); }, "return_reason.reason",
         common::kRequiredFieldMissing},
        {"NotInTheForm", [](ReturnReason& it) { it.figures[0].indicator = Code("OCOP"); },
         "return_reason.figures[0].indicator", kIndicatorNotInForm},
        {"Twice", [](ReturnReason& it) { it.figures.push_back(it.figures[0]); },
         "return_reason.figures[1].indicator", kDuplicateIndicator},
        {"NoFigureReason", [](ReturnReason& it) { it.figures[0].reason.clear(); },
         "return_reason.figures[0].reason", common::kRequiredFieldMissing},
    }),
    testkit::CaseName<ReasonCase>);

TEST(RestateTest, MakesARevisionAndARecord) {
  const auto result =
      Restate(AnnualSubmission(State::kLocked), ACorrection(), AnnualDefinition(), kNow, {});
  Submission expected = AnnualSubmission(State::kAccepted);
  expected.revision = 2;
  expected.accepted_revision = 2;
  expected.figures = ACorrection().figures;
  expected.content_hash = ContentHash(ACorrection().figures);
  expected.restatements = {
      {.revision = 2, .reason = "Trùng một hợp tác xã", .approver = "Cụm trưởng", .time = kNow}};
  EXPECT_THAT(result, IsOkAndHolds(expected));
}

TEST(RestateTest, RefusesTheFiguresThatAreStored) {
  Correction correction = ACorrection();
  correction.figures = {Number("COOP_NEW", "48.0"), Number("COOP_TOTAL", "662")};
  const auto result =
      Restate(AnnualSubmission(State::kAccepted), correction, AnnualDefinition(), kNow, {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(result, HasReason(kNothingRestated));
}

struct CorrectionCase {
  std::string name;
  std::function<void(Correction&)> spoil;
  std::string field;
  std::string_view reason;
};

class CorrectionRefused : public ::testing::TestWithParam<CorrectionCase> {};

TEST_P(CorrectionRefused, AtTheField) {
  Correction correction = ACorrection();
  GetParam().spoil(correction);
  const auto result =
      Restate(AnnualSubmission(State::kAccepted), correction, AnnualDefinition(), kNow, {});
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(result, HasReason(GetParam().reason));
  EXPECT_THAT(result, HasViolation(GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(Fields, CorrectionRefused,
                         ::testing::ValuesIn<CorrectionCase>({
                             {"NoReason", [](Correction& it) { it.reason.clear(); }, "reason",
                              common::kRequiredFieldMissing},
                             {"NoApprover", [](Correction& it) { it.approver.clear(); }, "approver",
                              common::kRequiredFieldMissing},
                             {"NegativeCount",
                              [](Correction& it) { it.figures[1] = Number("COOP_NEW", "-1"); },
                              "figures[1].number", kFigureOutOfBounds},
                             {"RequiredLeftOut", [](Correction& it) { it.figures.pop_back(); },
                              "figures", kRequiredFigureMissing},
                         }),
                         testkit::CaseName<CorrectionCase>);

}  // namespace
}  // namespace reporting
