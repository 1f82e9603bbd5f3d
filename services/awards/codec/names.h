// Names of awards' resources.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_NAMES_H_
#define THIDUA_SERVICES_AWARDS_CODEC_NAMES_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace awards {

// `rubrics/{id}`, `rounds/{id}`, `holds/{id}` and `decisions/{id}`.
std::string RubricName(std::string_view id);
std::string RoundName(std::string_view id);
std::string HoldName(std::string_view id);
std::string DecisionName(std::string_view id);

// The last part of a name: `bac-ninh` of `units/bac-ninh`.
std::string_view LastPart(std::string_view name);

// `rounds/{round}` of the name of anything in a round; empty if it has no such form.
std::string_view RoundOf(std::string_view name);

// Names of what is in a round. `round`, `unit` are names such as `rounds/2020`, `units/bac-ninh`;
// the rest are ids.
std::string AppraisalName(std::string_view round, std::string_view unit,
                          std::string_view criterion);
std::string EventName(std::string_view round, std::string_view event);
std::string ScoreSheetName(std::string_view round, std::string_view unit);
std::string StandingsName(std::string_view round, std::string_view category);
std::string NominationName(std::string_view round, std::string_view award, std::string_view unit);
std::string ReviewName(std::string_view round, std::string_view unit);
std::string AssessmentName(std::string_view round, std::string_view unit,
                           std::string_view criterion, std::string_view role);
std::string StatementName(std::string_view round, std::string_view unit,
                          std::string_view criterion);
std::string BallotName(std::string_view round, std::string_view ballot);
std::string ResultName(std::string_view round, int64_t number);

// The register's entry for a nomination: `registerEntries/{round}.{award}.{unit}`.
std::string RegisterEntryName(std::string_view nomination);

// The year of a cluster year: `2020` of `clusters/red-river-delta/years/2020`.
std::string_view YearOf(std::string_view cluster_year);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_NAMES_H_
