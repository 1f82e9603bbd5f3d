// Clusters and their years.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_CLUSTER_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_CLUSTER_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/reporting/domain/calendar.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/ids.h"
#include "services/reporting/domain/text.h"
#include "services/reporting/domain/unit.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

inline constexpr size_t kMembersMax = 100;

// Alliances that compete with each other.
struct Cluster {
  ClusterId id{};
  LocalizedText title{};

  bool operator==(const Cluster&) const = default;
};

// Where in the year's work a cluster year is; moves to a later one, and back only when it is
// reopened.
enum class ClusterState {
  kUnspecified,
  kPlanned,
  kRegistration,
  kPactSigned,
  kRunning,
  kCollecting,
  kScoring,
  kReview,
  kVoted,
  kSubmittedUp,
  kDecided,
  kHandedOver,
  kArchived,
};

// By which clock reports are early or late: the server's, or the times stated by those who
// transcribe a year that was run on paper.
enum class ReceiptBasis { kUnspecified, kServerClock, kTranscribed };

// The rotating flag of the cluster head passing on.
struct Handover {
  UnitId from{};
  UnitId to{};
  absl::CivilDay date{};
  ClusterYearId next_cluster_year{};

  bool operator==(const Handover&) const = default;
};

// Figures of a year that were closed and opened again.
struct Reopening {
  // The state the year was in.
  ClusterState from = ClusterState::kUnspecified;
  std::string reason{};
  // Name and office.
  std::string approver{};
  // When it was done.
  absl::Time time{};

  bool operator==(const Reopening&) const = default;
};

struct ClusterYear {
  ClusterYearId id{};
  // Alliances, each once.
  std::vector<UnitId> members{};
  // A member.
  UnitId head{};
  // Members other than the head.
  std::vector<UnitId> vice_heads{};
  // Each form, period and value kind once.
  std::vector<DueReport> calendar{};
  // Which figures are scored.
  ValueKind scored_value_kind = ValueKind::kUnspecified;
  ReceiptBasis receipt_basis = ReceiptBasis::kUnspecified;
  ClusterState state = ClusterState::kUnspecified;
  // Set once the state is HANDED_OVER.
  std::optional<Handover> handover{};
  // In the order they were granted; each for a report of the calendar.
  std::vector<Extension> extensions{};
  // Oldest first.
  std::vector<Reopening> reopenings{};

  bool operator==(const ClusterYear&) const = default;
};

// What is stored of what a cluster year refers to: as far as they exist, the units among its
// members and the forms of its calendar.
struct ClusterReferences {
  const Units& units;
  const Forms& forms;
};

// The name of a state in the contract, without its prefix: `PACT_SIGNED`.
std::string_view ToName(ClusterState state);

// Whether figures are closed: SCORING or later.
bool IsClosedForFigures(ClusterState state);

bool IsMember(const ClusterYear& year, const UnitId& unit);

// The calendar's entry for a report; null if it is not due in this year.
const DueReport* FindDueReport(const ClusterYear& year, const FormId& form, const Period& period,
                               ValueKind value_kind);

// `due`, an entry of the calendar of `year`, with the days that hold for `unit`.
DueReport DueFor(const UnitId& unit, const DueReport& due, const ClusterYear& year);

// The cluster a create call makes of `draft`.
// INVALID_ARGUMENT: all fields at fault, below `cluster`.
absl::StatusOr<Cluster> MakeCluster(Cluster draft, Violations violations);

// The cluster year a create call makes of `draft`, PLANNED.
// - INVALID_ARGUMENT: all fields at fault, below `cluster_year`; also a member that is no alliance.
// - FAILED_PRECONDITION, UNIT_UNKNOWN, FORM_UNKNOWN: a member or a form does not exist.
// - FAILED_PRECONDITION, UNIT_MERGED: a member was merged into another unit on the year's first day
//   or before.
absl::StatusOr<ClusterYear> MakeClusterYear(ClusterYear draft, const ClusterReferences& references,
                                            Violations violations);

// `year` in a later state, up to DECIDED, or from HANDED_OVER in ARCHIVED. Equal to `year` if it is
// in the state already.
// - INVALID_ARGUMENT: `to` is unspecified.
// - FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: any other state.
absl::StatusOr<ClusterYear> Advance(ClusterYear year, ClusterState to);

// `year`, which is in SCORING or REVIEW, COLLECTING again; `reopening` says why, who approved it
// and when, and is kept.
// - INVALID_ARGUMENT: all fields at fault: `reason`, `approver`.
// - FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: any other state.
absl::StatusOr<ClusterYear> Reopen(ClusterYear year, Reopening reopening, Violations violations);

// Both years after the rotating flag has passed on.
struct HandedOver {
  // HANDED_OVER, with its handover.
  ClusterYear ended{};
  // PLANNED.
  ClusterYear next{};

  bool operator==(const HandedOver&) const = default;
};

// Passes the flag of `year` on to the head of `next`, on the day `date`. The next year is the
// calendar year after `year`, whatever its id says; without members it has those of `year`.
// - FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: `year` is not VOTED, SUBMITTED_UP or DECIDED.
// - otherwise as MakeClusterYear, with the fields below `next`.
absl::StatusOr<HandedOver> HandOver(ClusterYear year, ClusterYear next, absl::CivilDay date,
                                    const ClusterReferences& references, Violations violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_CLUSTER_H_
