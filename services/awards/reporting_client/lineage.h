// Mergers, as units of the reporting service tell of them.
#ifndef THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_LINEAGE_H_
#define THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_LINEAGE_H_

#include <string>
#include <vector>

#include "services/awards/domain/register.h"

namespace thidua::reporting::v1 {
class Unit;
}

namespace awards {

// The units that were merged into `unit`. They are read by the names their fields have in the
// contract, so that a reporting service whose contract has no mergers yet tells of none.
std::vector<Predecessor> PredecessorsOf(const thidua::reporting::v1::Unit& unit);

// The first day on which `unit` is history, `YYYY-MM-DD`; empty if it was not merged into another.
std::string DissolutionOf(const thidua::reporting::v1::Unit& unit);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_LINEAGE_H_
