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
inline constexpr std::string_view kDocumentTooLarge = "DOCUMENT_TOO_LARGE";
inline constexpr std::string_view kNominationsNotIssued = "NOMINATIONS_NOT_ISSUED";

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_REASONS_H_
