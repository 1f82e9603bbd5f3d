// Pacts: the targets each member of a cluster takes on for a year.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_PACT_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_PACT_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/decimal/decimal.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/period.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

inline constexpr size_t kTargetsMax = 20000;

// OPEN while members sign the first targets; SIGNED once all have, when only a revision that all
// sign changes them.
enum class PactState { kUnspecified, kOpen, kSigned };

// What one unit undertakes to reach.
struct Target {
  UnitId unit{};
  IndicatorId indicator{};
  common::Decimal number{};
  // A half, quarter or month of the pact's year; empty for the year itself.
  Period period{};

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

// Other targets for a pact that all have signed, waiting for signatures of their own.
struct PactProposal {
  // All of them, not only those that change.
  std::vector<Target> targets{};
  std::string reason{};
  // In the order they were given.
  std::vector<Signature> signatures{};
  // When it was made.
  absl::Time time{};

  bool operator==(const PactProposal&) const = default;
};

struct Pact {
  ClusterYearId cluster_year{};
  // In force; each unit, indicator and period once.
  std::vector<Target> targets{};
  // Under the targets in force, in the order they were given.
  std::vector<Signature> signatures{};
  PactState state = PactState::kUnspecified;
  // 1 for the first targets, one more with each proposal that all have signed.
  int revision = 1;
  // Only of a SIGNED pact.
  std::optional<PactProposal> proposal{};
  // Of the targets in force; empty for the first.
  std::string revision_reason{};

  bool operator==(const Pact&) const = default;
};

// What targets are checked against.
struct PactTerms {
  // The year of the pact.
  const ClusterYear& year;
  // The stored ones among the indicators that the targets name.
  const Indicators& indicators;
};

// The period that `target`, one of a pact of the year `year`, is for, written out.
Period PeriodOf(const Target& target, int year);

// The targets of `unit` in `pact` for `period`: of the pact's year, or a milestone in it.
std::map<IndicatorId, common::Decimal> TargetsOf(const Pact& pact, const UnitId& unit,
                                                 const Period& period);

// The pact a create call makes of `targets`, OPEN. A target for the year itself, written out, is
// stored without a period.
// - INVALID_ARGUMENT: all fields at fault, below `pact.targets`; UNIT_NOT_A_MEMBER,
//   DUPLICATE_INDICATOR, PERIOD_INVALID, FIGURE_SCALE_EXCEEDED, FIGURE_OUT_OF_BOUNDS.
// - FAILED_PRECONDITION, CLUSTER_YEAR_CLOSED: the year is SCORING or later.
// - FAILED_PRECONDITION, INDICATOR_UNKNOWN: an indicator does not exist.
absl::StatusOr<Pact> MakePact(const PactTerms& terms, std::vector<Target> targets,
                              Violations violations);

// `pact` with other targets, while nobody has signed.
// - the errors of MakePact;
// - FAILED_PRECONDITION, PACT_ALREADY_SIGNED: a unit has signed.
absl::StatusOr<Pact> UpdatePact(Pact pact, const PactTerms& terms, std::vector<Target> targets,
                                Violations violations);

// What is to replace the targets of a pact, and why.
struct Revision {
  std::vector<Target> targets{};
  std::string reason{};
};

// `pact` with a proposal made at `now`, in place of one that waits, with its signatures.
// - the errors of MakePact, with the targets below `targets`; also `reason`;
// - FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: the pact is OPEN.
// - FAILED_PRECONDITION, NOTHING_REVISED: the targets are those in force, in whatever order.
absl::StatusOr<Pact> RevisePact(Pact pact, const PactTerms& terms, Revision revision,
                                absl::Time now, Violations violations);

// A pact after a signature, and its cluster year, which the last signature may have moved on.
struct Signed {
  Pact pact{};
  ClusterYear year{};

  bool operator==(const Signed&) const = default;
};

// Puts `signature` under the proposal of `pact`, or, where there is none, under the pact. The last
// one puts the proposal in force with its signatures, one revision on, or freezes the pact; and it
// moves `year` to PACT_SIGNED if it is PLANNED or in REGISTRATION. Otherwise the year is returned
// as it was.
// - INVALID_ARGUMENT: all fields at fault: `signer`, and what `violations` has.
// - FAILED_PRECONDITION, UNIT_NOT_A_MEMBER: the unit does not belong to the cluster in this year.
// - FAILED_PRECONDITION, CLUSTER_YEAR_CLOSED: there is a proposal, and the year is SCORING or
// later,
//   when targets no longer change.
// - ALREADY_EXISTS, PACT_ALREADY_SIGNED: the unit has signed.
absl::StatusOr<Signed> Sign(Pact pact, ClusterYear year, Signature signature,
                            Violations violations);

// The name of a state in the contract, without its prefix: `SIGNED`.
std::string_view ToName(PactState state);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_PACT_H_
