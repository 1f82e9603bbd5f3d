// Reasons of the awards domain: values of `thidua.type.v1.ErrorReason` without their prefix, in the
// order of the contract. What each means is said there. Those that every service shares are in
// common/status/reasons.h.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_REASONS_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_REASONS_H_

#include <string_view>

namespace awards {

inline constexpr std::string_view kRubricInvalid = "RUBRIC_INVALID";
inline constexpr std::string_view kRubricUnknown = "RUBRIC_UNKNOWN";
inline constexpr std::string_view kClusterYearUnknown = "CLUSTER_YEAR_UNKNOWN";
inline constexpr std::string_view kProjectionBehind = "PROJECTION_BEHIND";
inline constexpr std::string_view kUnitNotInRound = "UNIT_NOT_IN_ROUND";
inline constexpr std::string_view kCriterionUnknown = "CRITERION_UNKNOWN";
inline constexpr std::string_view kPointsOutOfRange = "POINTS_OUT_OF_RANGE";
inline constexpr std::string_view kPointsNotOnStep = "POINTS_NOT_ON_STEP";
inline constexpr std::string_view kEvidenceRequired = "EVIDENCE_REQUIRED";
inline constexpr std::string_view kOwnUnitAppraised = "OWN_UNIT_APPRAISED";
inline constexpr std::string_view kRoundNotScored = "ROUND_NOT_SCORED";
inline constexpr std::string_view kRoundClosed = "ROUND_CLOSED";
inline constexpr std::string_view kScoresStale = "SCORES_STALE";
inline constexpr std::string_view kClusterYearOpen = "CLUSTER_YEAR_OPEN";
inline constexpr std::string_view kRubricInUse = "RUBRIC_IN_USE";
inline constexpr std::string_view kRubricIndicatorUnknown = "RUBRIC_INDICATOR_UNKNOWN";
inline constexpr std::string_view kSheetNotVisible = "SHEET_NOT_VISIBLE";
inline constexpr std::string_view kNotInCharge = "NOT_IN_CHARGE";
inline constexpr std::string_view kStageIncomplete = "STAGE_INCOMPLETE";
inline constexpr std::string_view kEvidenceOverLimit = "EVIDENCE_OVER_LIMIT";
inline constexpr std::string_view kReviewsOpen = "REVIEWS_OPEN";
inline constexpr std::string_view kClusterTooSmall = "CLUSTER_TOO_SMALL";
inline constexpr std::string_view kNotAnElector = "NOT_AN_ELECTOR";
inline constexpr std::string_view kAlreadyVoted = "ALREADY_VOTED";
inline constexpr std::string_view kBallotClosed = "BALLOT_CLOSED";
inline constexpr std::string_view kCandidateUnknown = "CANDIDATE_UNKNOWN";
inline constexpr std::string_view kTooManyChoices = "TOO_MANY_CHOICES";
inline constexpr std::string_view kNothingToDecide = "NOTHING_TO_DECIDE";
inline constexpr std::string_view kRoundNotNominated = "ROUND_NOT_NOMINATED";
inline constexpr std::string_view kRoundAwarded = "ROUND_AWARDED";
inline constexpr std::string_view kDossierLate = "DOSSIER_LATE";
inline constexpr std::string_view kDossierNotLate = "DOSSIER_NOT_LATE";
inline constexpr std::string_view kUnitOnHold = "UNIT_ON_HOLD";
inline constexpr std::string_view kDoubleAward = "DOUBLE_AWARD";
inline constexpr std::string_view kUnitDissolved = "UNIT_DISSOLVED";
inline constexpr std::string_view kNominationUnknown = "NOMINATION_UNKNOWN";

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_REASONS_H_
