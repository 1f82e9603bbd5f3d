// Reads awards' copy of the reporting service's resources, as scoring needs them.
//
// What a sheet was made from is pinned, resource by resource. `content_hash` of a pin covers what
// counts for the unit and nothing else, so a pin changes if and only if the unit's inputs may:
// - submission: figures, whether they are accepted, whether and when the report was received, and
//   the number of restatements. One that the calendar asks for and that is not there is pinned too,
//   with revision 0 and no hash; a draft is not there.
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
#include "services/awards/domain/round.h"

namespace awards {

// One unit that competes in a category.
struct Entrant {
  // All that reporting knows; no appraisals and no events.
  UnitInputs inputs{};
  // Its name on the day asked for.
  LocalizedText title{};
  // The unit itself if it is an alliance, else its alliance.
  std::string province_unit{};
};

// What of a cluster year decides about a round.
struct ClusterYearState {
  // SCORING or later: figures are no longer collected.
  bool is_closed = false;
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

  // The alliance that a cooperative belongs to; empty for an alliance, and for a unit of which the
  // feed has not told.
  absl::StatusOr<std::string> FindParent(std::string_view unit);

  // Whether `unit`, or the alliance that it belongs to, is a member of the cluster year `year`.
  absl::StatusOr<bool> IsInYear(std::string_view unit, std::string_view year);

  // The category of `round` in which `unit` competes; null if in none. Points into `round`.
  absl::StatusOr<const Category*> FindCategory(const Round& round, std::string_view unit);

  // All units that compete in `category` of `round`, by name in byte order; titles as of `day`.
  // Empty if the feed has not told of the cluster year.
  absl::StatusOr<std::vector<Entrant>> ListEntrants(const Round& round, const Category& category,
                                                    absl::CivilDay day);

 private:
  std::unique_ptr<ProjectionCache> cache_;
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_PROJECTION_H_
