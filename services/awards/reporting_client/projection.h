// Reads awards' copy of the reporting service's resources, as scoring needs them.
//
// What a sheet was made from is pinned, resource by resource. `content_hash` of a pin covers what
// counts for the unit and nothing else, so a pin changes if and only if the unit's inputs may:
// - submission: figures, whether they are accepted, whether and when the report was received, and
//   the number of restatements. One that the calendar asks for and that is not there is pinned too,
//   with revision 0 and no hash; a draft is not there.
// - submission of the year before, where a rubric looks at one: as above.
// - pact: the unit's targets for the year and its signature; not there: as above.
// - unit: kind, sector, parent, founding day; revision 0, since units have none.
// - cluster year: scored value kind and the calendar for this kind of unit; revision 0.
#ifndef THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_PROJECTION_H_
#define THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_PROJECTION_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/storage/ledger.h"
#include "services/awards/domain/inputs.h"
#include "services/awards/domain/register.h"
#include "services/awards/domain/review.h"
#include "services/awards/domain/round.h"

namespace awards {

// One unit that competes in a category.
struct Entrant {
  // All that reporting knows; no appraisals and no events.
  UnitInputs inputs{};
  // Its name on the day asked for.
  LocalizedText title{};
  // The unit itself if it is an alliance, else the alliance that it belongs to when the category's
  // period begins: its parent, or what that had been merged into by then.
  std::string province_unit{};
  // The first day on which it is history, merged into another; empty if it was not.
  std::string dissolved_on{};
};

// What of a cluster year decides about a round.
struct ClusterYearState {
  // SCORING or later: figures are no longer collected.
  bool is_closed = false;
  // Who takes part.
  ClusterRoles roles{};
};

class ProjectionCache;

// A view of one reader; valid as long as that, used by one thread. Remembers what it has read.
// Fails as the ledger does; DATA_LOSS, reason DATA_CORRUPT, if a record cannot be read.
class Projection {
 public:
  explicit Projection(common::storage::Reader& reader);
  ~Projection();
  Projection(const Projection&) = delete;
  Projection& operator=(const Projection&) = delete;

  // Whether the copy is that of one moment of the reporting service; false while it is made anew.
  // UNAVAILABLE, reason PROJECTION_BEHIND, if not.
  absl::Status CheckConsistent();

  // Nothing if the feed has not told of the cluster year.
  absl::StatusOr<std::optional<ClusterYearState>> FindClusterYear(std::string_view name);

  // Whether the feed has told of the indicator, `indicators/{code}`, and of any at all.
  absl::StatusOr<bool> HasIndicator(std::string_view name);
  absl::StatusOr<bool> HasIndicators();

  // The years of `cluster` that the feed has told of, oldest first, as the rotating flag sees them.
  absl::StatusOr<std::vector<FlagYear>> ListFlagYears(std::string_view cluster);

  // The mergers that `unit` came of, directly or by way of others.
  absl::StatusOr<Lineage> ReadLineage(const std::string& unit);

  // The first day on which `unit` is history; empty if it was not merged into another.
  absl::StatusOr<std::string> FindDissolution(const std::string& unit);

  // The category of `round` in which `unit` competes; null if in none. Points into `round`.
  // Cooperatives compete with the alliance that they belong to when the category's period begins.
  absl::StatusOr<const Category*> FindCategory(const Round& round, std::string_view unit);

  // All units that compete in `category` of `round`, by name in byte order; titles as of `day`.
  // Empty if the feed has not told of the cluster year. Figures of the year before, and their pins,
  // are there only if asked for.
  absl::StatusOr<std::vector<Entrant>> ListEntrants(const Round& round, const Category& category,
                                                    absl::CivilDay day,
                                                    bool with_last_year = false);

  // One of them; nothing if `unit` does not compete in `category`.
  absl::StatusOr<std::optional<Entrant>> FindEntrant(const Round& round, const Category& category,
                                                     const std::string& unit, absl::CivilDay day,
                                                     bool with_last_year = false);

 private:
  std::unique_ptr<ProjectionCache> cache_;
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_PROJECTION_H_
