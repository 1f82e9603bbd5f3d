// How a cluster year moves from state to state.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/check_cluster_year.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

constexpr std::array<ClusterState, 12> kStates = {
    ClusterState::kPlanned, ClusterState::kRegistration, ClusterState::kPactSigned,
    ClusterState::kRunning, ClusterState::kCollecting,   ClusterState::kScoring,
    ClusterState::kReview,  ClusterState::kVoted,        ClusterState::kSubmittedUp,
    ClusterState::kDecided, ClusterState::kHandedOver,   ClusterState::kArchived};

// Whether Advance moves a year from one state to the other.
bool CanAdvance(ClusterState from, ClusterState to) {
  if (from == ClusterState::kHandedOver) return to == ClusterState::kArchived;
  return from < to && to <= ClusterState::kDecided;
}

bool CanHandOver(ClusterState state) {
  return state >= ClusterState::kVoted && state <= ClusterState::kDecided;
}

bool CanReopen(ClusterState state) {
  return state == ClusterState::kScoring || state == ClusterState::kReview;
}

// The names of the states for which `is_wanted` holds, in their order.
template <typename Predicate>
std::vector<std::string_view> NamesOf(Predicate is_wanted) {
  std::vector<std::string_view> names;
  for (const ClusterState state : kStates) {
    if (is_wanted(state)) names.push_back(ToName(state));
  }
  return names;
}

}  // namespace

std::string_view ToName(ClusterState state) {
  switch (state) {
    case ClusterState::kPlanned:
      return "PLANNED";
    case ClusterState::kRegistration:
      return "REGISTRATION";
    case ClusterState::kPactSigned:
      return "PACT_SIGNED";
    case ClusterState::kRunning:
      return "RUNNING";
    case ClusterState::kCollecting:
      return "COLLECTING";
    case ClusterState::kScoring:
      return "SCORING";
    case ClusterState::kReview:
      return "REVIEW";
    case ClusterState::kVoted:
      return "VOTED";
    case ClusterState::kSubmittedUp:
      return "SUBMITTED_UP";
    case ClusterState::kDecided:
      return "DECIDED";
    case ClusterState::kHandedOver:
      return "HANDED_OVER";
    case ClusterState::kArchived:
      return "ARCHIVED";
    case ClusterState::kUnspecified:
      break;
  }
  return "UNSPECIFIED";
}

bool IsClosedForFigures(ClusterState state) { return state >= ClusterState::kScoring; }

absl::StatusOr<ClusterYear> Advance(ClusterYear year, ClusterState to) {
  if (to == ClusterState::kUnspecified) {
    return common::InvalidField("state", common::kRequiredFieldMissing, "say where to move");
  }
  if (to == year.state) return year;
  if (!CanAdvance(year.state, to)) {
    return IllegalStateChange(
        year.id.ToName(), ToName(year.state), "this call can move it to",
        NamesOf([&](ClusterState state) { return CanAdvance(year.state, state); }));
  }
  year.state = to;
  return year;
}

absl::StatusOr<ClusterYear> Reopen(ClusterYear year, Reopening reopening, Violations violations) {
  CheckRequiredText(reopening.reason, "reason", kNoteCharactersMax, violations);
  CheckRequiredText(reopening.approver, "approver", kPersonCharactersMax, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  if (!CanReopen(year.state)) {
    return IllegalStateChange(year.id.ToName(), ToName(year.state), "it is reopened when",
                              NamesOf(CanReopen));
  }
  reopening.from = std::exchange(year.state, ClusterState::kCollecting);
  year.reopenings.push_back(std::move(reopening));
  return year;
}

absl::StatusOr<HandedOver> HandOver(ClusterYear year, ClusterYear next, absl::CivilDay date,
                                    const ClusterReferences& references, Violations violations) {
  if (year.id.year >= kLastYear) {
    violations.Add("name", common::kInvalidField, "has no next year");
  }
  next.id = {.cluster = year.id.cluster, .year = year.id.year + 1};
  next.state = ClusterState::kPlanned;
  next.handover.reset();
  next.extensions.clear();
  next.reopenings.clear();
  if (next.members.empty()) next.members = year.members;
  if (!CanHandOver(year.state)) {
    return IllegalStateChange(year.id.ToName(), ToName(year.state), "it is handed over when",
                              NamesOf(CanHandOver));
  }
  RETURN_IF_ERROR(CheckClusterYear(next, references, "next", std::move(violations)));
  year.state = ClusterState::kHandedOver;
  year.handover =
      Handover{.from = year.head, .to = next.head, .date = date, .next_cluster_year = next.id};
  return HandedOver{.ended = std::move(year), .next = std::move(next)};
}

}  // namespace reporting
