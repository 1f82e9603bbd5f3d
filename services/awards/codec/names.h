// Names of awards' resources.
#ifndef THIDUA_SERVICES_AWARDS_CODEC_NAMES_H_
#define THIDUA_SERVICES_AWARDS_CODEC_NAMES_H_

#include <string>
#include <string_view>

namespace awards {

// `rubrics/{id}` and `rounds/{id}`.
std::string RubricName(std::string_view id);
std::string RoundName(std::string_view id);

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

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_CODEC_NAMES_H_
