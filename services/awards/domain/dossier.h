// The documents of a nomination and their last days.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_DOSSIER_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_DOSSIER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/violations.h"

namespace awards {

struct DossierItem {
  std::string id{};
  LocalizedText title{};
  bool optional = false;
  // `YYYY-MM-DD`; empty for that of the dossier.
  std::string due{};
  // Something was handed in.
  bool is_there = false;
};

struct Dossier {
  std::vector<DossierItem> items{};
  // `YYYY-MM-DD`.
  std::string due{};
};

// All that is wrong with a dossier that is opened on `today`, added to what parsing it found. Paths
// are those of OpenDossierRequest, such as `items[1].due`. Reasons are REQUIRED_FIELD_MISSING,
// INVALID_NAME, INVALID_DATE and INVALID_FIELD (a day that has passed, or after that of the
// dossier; an id that is taken).
Violations ValidateDossier(const Dossier& dossier, absl::CivilDay today,
                           Violations violations = {});

// The last day for an item of `dossier`.
absl::CivilDay DueOf(const Dossier& dossier, const DossierItem& item);

// FAILED_PRECONDITION, DOSSIER_LATE, if the last day of the item has passed on `today`.
absl::Status CheckInTime(const Dossier& dossier, const DossierItem& item, std::string_view name,
                         absl::CivilDay today);

// FAILED_PRECONDITION, DOSSIER_NOT_LATE, unless the last day of the whole dossier has passed.
absl::Status CheckExpired(const Dossier& dossier, std::string_view name, absl::CivilDay today);

// Every document that is not optional is there.
bool IsComplete(const Dossier& dossier);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_DOSSIER_H_
