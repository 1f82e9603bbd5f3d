// What the records of the ledger are called, by the resource they hold. Stored for ever.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_KINDS_H_
#define THIDUA_SERVICES_REPORTING_CODEC_KINDS_H_

#include <array>
#include <string_view>

namespace reporting {

inline constexpr std::string_view kUnitRecord = "unit";
inline constexpr std::string_view kClusterRecord = "cluster";
inline constexpr std::string_view kClusterYearRecord = "cluster_year";
inline constexpr std::string_view kIndicatorRecord = "indicator";
inline constexpr std::string_view kFormRecord = "form";
inline constexpr std::string_view kPactRecord = "pact";
inline constexpr std::string_view kSubmissionRecord = "submission";

// All of them. A name belongs to one kind only.
inline constexpr auto kRecordKinds = std::to_array<std::string_view>(
    {kUnitRecord, kClusterRecord, kClusterYearRecord, kIndicatorRecord, kFormRecord, kPactRecord,
     kSubmissionRecord});

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_KINDS_H_
