// Pacts: the targets each member of a cluster takes on for a year.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_PACT_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_PACT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/decimal/decimal.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

inline constexpr size_t kTargetsMax = 20000;

// OPEN while members sign; SIGNED once all have, when nothing changes any more.
enum class PactState { kUnspecified, kOpen, kSigned };

// What one unit undertakes to reach in the year.
struct Target {
  UnitId unit{};
  IndicatorId indicator{};
  common::Decimal number{};

  bool operator==(const Target&) const = default;
};

struct Signature {
  UnitId unit{};
  // Name and office.
  std::string signer{};
  // The day on the document.
  absl::CivilDay date{};
  // When the system recorded it.
  absl::Time record_time{};

  bool operator==(const Signature&) const = default;
};

struct Pact {
  ClusterYearId cluster_year{};
  // Each unit and indicator once.
  std::vector<Target> targets{};
  // In the order they were given.
  std::vector<Signature> signatures{};
  PactState state = PactState::kUnspecified;
  int revision = 1;

  bool operator==(const Pact&) const = default;
};

// The pact a create call makes of `targets`, OPEN. `indicators` has the stored ones among those the
// targets name.
// - INVALID_ARGUMENT: all fields at fault, below `pact`; UNIT_NOT_A_MEMBER, DUPLICATE_INDICATOR,
//   FIGURE_SCALE_EXCEEDED, FIGURE_OUT_OF_BOUNDS.
// - FAILED_PRECONDITION, CLUSTER_YEAR_CLOSED: the year is SCORING or later.
// - FAILED_PRECONDITION, INDICATOR_UNKNOWN: an indicator does not exist.
absl::StatusOr<Pact> MakePact(const ClusterYear& year, std::vector<Target> targets,
                              const Indicators& indicators, Violations violations);

// A pact after a signature, and its cluster year, which the last signature may have moved on.
struct Signed {
  Pact pact{};
  ClusterYear year{};

  bool operator==(const Signed&) const = default;
};

// Puts `signature` under `pact`. The last one freezes the pact, and moves `year` to PACT_SIGNED if
// it is PLANNED or in REGISTRATION; otherwise the year is returned as it was.
// - INVALID_ARGUMENT: all fields at fault: `signer`, and what `violations` has.
// - FAILED_PRECONDITION, UNIT_NOT_A_MEMBER: the unit does not belong to the cluster in this year.
// - ALREADY_EXISTS, PACT_ALREADY_SIGNED: the unit has signed.
absl::StatusOr<Signed> Sign(Pact pact, ClusterYear year, Signature signature,
                            Violations violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_PACT_H_
