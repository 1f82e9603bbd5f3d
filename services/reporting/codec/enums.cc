#include "services/reporting/codec/enums.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

template <typename Value>
constexpr bool Same(Value value, typename ContractEnum<Value>::Type number) {
  return static_cast<int>(value) == static_cast<int>(number);
}

static_assert(Same(UnitKind::kAlliance, v1::Unit::KIND_ALLIANCE));
static_assert(Same(UnitKind::kCooperative, v1::Unit::KIND_COOPERATIVE));
static_assert(Same(Sector::kAgriculture, v1::Unit::SECTOR_AGRICULTURE));
static_assert(Same(Sector::kNonAgriculture, v1::Unit::SECTOR_NON_AGRICULTURE));

static_assert(Same(ClusterState::kPlanned, v1::ClusterYear::STATE_PLANNED));
static_assert(Same(ClusterState::kRegistration, v1::ClusterYear::STATE_REGISTRATION));
static_assert(Same(ClusterState::kPactSigned, v1::ClusterYear::STATE_PACT_SIGNED));
static_assert(Same(ClusterState::kRunning, v1::ClusterYear::STATE_RUNNING));
static_assert(Same(ClusterState::kCollecting, v1::ClusterYear::STATE_COLLECTING));
static_assert(Same(ClusterState::kScoring, v1::ClusterYear::STATE_SCORING));
static_assert(Same(ClusterState::kReview, v1::ClusterYear::STATE_REVIEW));
static_assert(Same(ClusterState::kVoted, v1::ClusterYear::STATE_VOTED));
static_assert(Same(ClusterState::kSubmittedUp, v1::ClusterYear::STATE_SUBMITTED_UP));
static_assert(Same(ClusterState::kDecided, v1::ClusterYear::STATE_DECIDED));
static_assert(Same(ClusterState::kHandedOver, v1::ClusterYear::STATE_HANDED_OVER));
static_assert(Same(ClusterState::kArchived, v1::ClusterYear::STATE_ARCHIVED));
static_assert(Same(ReceiptBasis::kServerClock, v1::ClusterYear::RECEIPT_BASIS_SERVER_CLOCK));
static_assert(Same(ReceiptBasis::kTranscribed, v1::ClusterYear::RECEIPT_BASIS_TRANSCRIBED));

static_assert(Same(ValueKind::kEstimate, v1::VALUE_KIND_ESTIMATE));
static_assert(Same(ValueKind::kFinal, v1::VALUE_KIND_FINAL));
static_assert(Same(Timeliness::kOnTime, v1::TIMELINESS_ON_TIME));
static_assert(Same(Timeliness::kInGrace, v1::TIMELINESS_IN_GRACE));
static_assert(Same(Timeliness::kLate, v1::TIMELINESS_LATE));
static_assert(Same(SubmissionState::kSubmitted, v1::Submission::STATE_SUBMITTED));
static_assert(Same(SubmissionState::kReturned, v1::Submission::STATE_RETURNED));
static_assert(Same(SubmissionState::kAccepted, v1::Submission::STATE_ACCEPTED));
static_assert(Same(SubmissionState::kLocked, v1::Submission::STATE_LOCKED));
static_assert(Same(SubmissionState::kDraft, v1::Submission::STATE_DRAFT));
static_assert(Same(SubmissionState::kWithdrawn, v1::Submission::STATE_WITHDRAWN));
static_assert(Same(Outcome::kCreated, v1::OUTCOME_CREATED));
static_assert(Same(Outcome::kRevised, v1::OUTCOME_REVISED));
static_assert(Same(Outcome::kUnchanged, v1::OUTCOME_UNCHANGED));

static_assert(Same(PactState::kOpen, v1::Pact::STATE_OPEN));
static_assert(Same(PactState::kSigned, v1::Pact::STATE_SIGNED));

static_assert(Same(AchievementStatus::kReported, v1::Achievement::STATUS_REPORTED));
static_assert(Same(AchievementStatus::kNoReport, v1::Achievement::STATUS_NO_REPORT));
static_assert(Same(AchievementStatus::kMissing, v1::Achievement::STATUS_MISSING));
static_assert(Same(AchievementStatus::kNotApplicable, v1::Achievement::STATUS_NOT_APPLICABLE));
static_assert(Same(AchievementStatus::kNotAsked, v1::Achievement::STATUS_NOT_ASKED));

static_assert(Same(ReportState::kNotOpen, v1::ReportStatus::STATUS_NOT_OPEN));
static_assert(Same(ReportState::kAwaited, v1::ReportStatus::STATUS_AWAITED));
static_assert(Same(ReportState::kOverdue, v1::ReportStatus::STATUS_OVERDUE));
static_assert(Same(ReportState::kMissed, v1::ReportStatus::STATUS_MISSED));
static_assert(Same(ReportState::kDraft, v1::ReportStatus::STATUS_DRAFT));
static_assert(Same(ReportState::kSubmitted, v1::ReportStatus::STATUS_SUBMITTED));
static_assert(Same(ReportState::kReturned, v1::ReportStatus::STATUS_RETURNED));
static_assert(Same(ReportState::kAccepted, v1::ReportStatus::STATUS_ACCEPTED));

static_assert(Same(Direction::kHigherIsBetter, v1::Indicator::DIRECTION_HIGHER_IS_BETTER));
static_assert(Same(Direction::kLowerIsBetter, v1::Indicator::DIRECTION_LOWER_IS_BETTER));
static_assert(Same(Measure::kStock, v1::Indicator::MEASURE_STOCK));
static_assert(Same(Measure::kFlow, v1::Indicator::MEASURE_FLOW));
static_assert(Same(Aggregation::kSum, v1::Indicator::AGGREGATION_SUM));
static_assert(Same(Aggregation::kWeightedMean, v1::Indicator::AGGREGATION_WEIGHTED_MEAN));
static_assert(Same(Aggregation::kNone, v1::Indicator::AGGREGATION_NONE));

static_assert(Same(BreakdownKind::kExhaustive, v1::BreakdownGroup::KIND_EXHAUSTIVE));
static_assert(Same(BreakdownKind::kOverlapping, v1::BreakdownGroup::KIND_OVERLAPPING));
static_assert(Same(Severity::kError, v1::SEVERITY_ERROR));
static_assert(Same(Severity::kWarning, v1::SEVERITY_WARNING));
static_assert(Same(RuleMissing::kSkip, v1::Rule::MISSING_SKIP));
static_assert(Same(RuleMissing::kBroken, v1::Rule::MISSING_BROKEN));

static_assert(Same(PeriodLevel::kYear, thidua::type::v1::PERIOD_LEVEL_YEAR));
static_assert(Same(PeriodLevel::kHalf, thidua::type::v1::PERIOD_LEVEL_HALF));
static_assert(Same(PeriodLevel::kQuarter, thidua::type::v1::PERIOD_LEVEL_QUARTER));
static_assert(Same(PeriodLevel::kMonth, thidua::type::v1::PERIOD_LEVEL_MONTH));

}  // namespace
}  // namespace reporting
