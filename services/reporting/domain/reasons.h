// Reasons of the reporting domain: values of `thidua.type.v1.ErrorReason` without their prefix, in
// the order of the contract. What each means is said there. Those that every service shares are in
// common/status/reasons.h.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_REASONS_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_REASONS_H_

#include <string_view>

namespace reporting {

inline constexpr std::string_view kUnitUnknown = "UNIT_UNKNOWN";
inline constexpr std::string_view kFormUnknown = "FORM_UNKNOWN";
inline constexpr std::string_view kIndicatorUnknown = "INDICATOR_UNKNOWN";
inline constexpr std::string_view kIndicatorNotInForm = "INDICATOR_NOT_IN_FORM";
inline constexpr std::string_view kDuplicateIndicator = "DUPLICATE_INDICATOR";
inline constexpr std::string_view kFigureOutOfBounds = "FIGURE_OUT_OF_BOUNDS";
inline constexpr std::string_view kFigureScaleExceeded = "FIGURE_SCALE_EXCEEDED";
inline constexpr std::string_view kRequiredFigureMissing = "REQUIRED_FIGURE_MISSING";
inline constexpr std::string_view kPeriodInvalid = "PERIOD_INVALID";
inline constexpr std::string_view kFormNotForUnit = "FORM_NOT_FOR_UNIT";
inline constexpr std::string_view kReportNotDue = "REPORT_NOT_DUE";
inline constexpr std::string_view kReportNotOpen = "REPORT_NOT_OPEN";
inline constexpr std::string_view kClusterYearClosed = "CLUSTER_YEAR_CLOSED";
inline constexpr std::string_view kNothingRestated = "NOTHING_RESTATED";
inline constexpr std::string_view kHistoryRewritten = "HISTORY_REWRITTEN";
inline constexpr std::string_view kUnitNotAMember = "UNIT_NOT_A_MEMBER";
inline constexpr std::string_view kPactAlreadySigned = "PACT_ALREADY_SIGNED";
inline constexpr std::string_view kRuleBroken = "RULE_BROKEN";
inline constexpr std::string_view kExplanationRequired = "EXPLANATION_REQUIRED";
inline constexpr std::string_view kFindingUnknown = "FINDING_UNKNOWN";
inline constexpr std::string_view kUnitMerged = "UNIT_MERGED";
inline constexpr std::string_view kNothingRevised = "NOTHING_REVISED";
inline constexpr std::string_view kNeverAccepted = "NEVER_ACCEPTED";

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_REASONS_H_
