// One category of a round with all that its result depends on.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_CONTEST_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_CONTEST_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/storage/ledger.h"
#include "services/awards/domain/inputs.h"
#include "services/awards/domain/round.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/reporting_client/projection.h"

namespace awards {

struct Contest {
  // Points into the round.
  const Category* category = nullptr;
  Rubric rubric{};
  // By name in byte order; inputs complete, pins sorted and each once.
  std::vector<Entrant> entrants{};
  // By unit, of those who have any.
  std::map<std::string, UnitRecord> records{};
};

// The day it is in Viet Nam at `time`.
absl::CivilDay DayInVietNam(absl::Time time);

// Reads the contests of one round. Valid as long as the reader and the round; used by one thread.
// Fails as the ledger does, and with DATA_LOSS, reason DATA_CORRUPT, for what cannot be read.
class ContestReader {
 public:
  // Titles of units are those of `day`.
  ContestReader(common::storage::Reader& reader, const Round& round, absl::CivilDay day);

  absl::StatusOr<Contest> Read(const Category& category);

  // The contests of all categories, in the round's order.
  absl::StatusOr<std::vector<Contest>> ReadAll();

  // One entrant of a category as Read gives it; nothing if the unit does not compete there.
  absl::StatusOr<std::optional<Entrant>> ReadEntrant(const Category& category,
                                                     const std::string& unit);

  Projection& projection() { return projection_; }

 private:
  // What people recorded for one unit in this round.
  struct Recorded {
    std::map<std::string, AppraisedPoints> appraisals{};
    std::map<std::string, std::vector<RecordedEvent>> events{};
    std::vector<Pin> pins{};
  };

  absl::Status ReadRecorded();
  absl::Status ReadEvents();
  absl::StatusOr<Rubric> ReadRubric(const Category& category);
  // Adds what was recorded for the entrant, and orders its pins.
  void AddRecorded(Entrant& entrant) const;

  common::storage::Reader& reader_;
  const Round& round_;
  const absl::CivilDay day_;
  Projection projection_;
  bool has_recorded_ = false;
  // By unit.
  std::map<std::string, Recorded> recorded_;
};

// Resources that have changed since the sheet of this entrant was scored last, in byte order; the
// unit itself if it has no sheet.
absl::StatusOr<std::vector<std::string>> FindStaleOf(common::storage::Reader& reader,
                                                     const Round& round, const Entrant& entrant);

// Resources that have changed since `contest`, a category of `round`, was scored last, in byte
// order: those whose pin differs from that on the stored sheets, units that have come or gone, and
// units that fail other gates by what happened to them.
absl::StatusOr<std::vector<std::string>> FindStale(common::storage::Reader& reader,
                                                   const Round& round, const Contest& contest);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_CONTEST_H_
