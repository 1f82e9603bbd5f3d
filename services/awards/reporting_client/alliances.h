// To which alliance cooperatives belong on a day: their `parent` never changes, but alliances are
// merged, and from that day on the successor stands for what it took in.
#ifndef THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_ALLIANCES_H_
#define THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_ALLIANCES_H_

#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "thidua/reporting/v1/unit.pb.h"

namespace awards {

// Looks up a unit by name; null if it is not known. The functions below fail as it does.
using FindUnit =
    std::function<absl::StatusOr<const thidua::reporting::v1::Unit*>(const std::string& name)>;

// The first day, `YYYY-MM-DD`, of a period that is written as Category::period is. Such days
// compare as text.
std::string FirstDayOf(std::string_view period);

// The alliance that `unit` belongs to on `day`: for a cooperative its parent, or what that had been
// merged into by then; an alliance is its own, merged or not.
absl::StatusOr<std::string> FindAlliance(const thidua::reporting::v1::Unit& unit,
                                         std::string_view day, const FindUnit& find);

// The alliances that are the `parent` of what belongs to `alliance` on `day`: itself and all that
// had been merged into it by then; none if it had been merged into another.
absl::StatusOr<std::set<std::string>> FindParents(const std::string& alliance, std::string_view day,
                                                  const FindUnit& find);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_ALLIANCES_H_
