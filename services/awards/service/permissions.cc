#include "services/awards/service/permissions.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/names.h"
#include "services/awards/domain/round.h"
#include "services/awards/reporting_client/projection.h"
#include "services/awards/store/awards_store.h"

namespace awards {
namespace {

using common::auth::Permission;

// One letter for each role, see common::auth::Reach, in this order: unit reporter, cluster head,
// vice-head, national officer, administrator, auditor, service.
// clang-format off
const std::vector<Permission>& Rows() {
  static const std::vector<Permission> kRows = {
      // Rubrics belong to the nation. Everybody who may do anything reads them.
      {"RubricService/CreateRubric",               "*",                       "---ww--"},
      {"RubricService/GetRubric",                  "name",                    "*******"},
      {"RubricService/ListRubrics",                "*",                       "*******"},

      {"RoundService/CreateRound",                 "round.cluster_year",      "-w-w---"},
      {"RoundService/GetRound",                    "name",                    "*******"},
      {"RoundService/ListRounds",                  "*",                       "*******"},
      {"RoundService/RecordAppraisal",             "parent",                  "-www---"},
      {"RoundService/RecordEvent",                 "parent",                  "-www---"},
      {"RoundService/ScoreRound",                  "name",                    "-w-w---"},
      {"RoundService/GetStandings",                "name",                    "pwwwwww"},
      // A unit sees the sheets of the others once they are settled.
      {"RoundService/GetScoreSheet",               "name",                    "swwwwww"},
      {"RoundService/ListScoreSheets",             "parent",                  "swwwwww"},
      {"RoundService/IssueNominations",            "name",                    "-w-w---"},
      {"RoundService/GetNomination",               "name",                    "pwwwwww"},
      {"RoundService/ListNominations",             "parent",                  "pwwwwww"},
      {"RoundService/GetFeedPosition",             "*",                       "*******"},
  };
  return kRows;
}
// clang-format on

bool HasPrefix(std::string_view resource, std::string_view scope) {
  return resource == scope ||
         (resource.starts_with(scope) && resource.substr(scope.size()).starts_with('/'));
}

// The unit that something in a round is of; empty if it is of none.
std::string UnitOf(std::string_view resource) {
  const std::string_view round = RoundOf(resource);
  if (round.empty() || round == resource) return "";
  const std::string_view in_round = resource.substr(round.size() + 1);
  const std::string_view id = LastPart(resource);
  const size_t dot = id.find('.');
  std::string_view unit;
  if (in_round.starts_with("scoreSheets/")) unit = id;
  if (in_round.starts_with("appraisals/")) unit = id.substr(0, dot);
  if (in_round.starts_with("nominations/") && dot != std::string_view::npos) {
    unit = id.substr(dot + 1);
  }
  return unit.empty() ? "" : absl::StrCat("units/", common::sv(unit));
}

// The round that `resource` is, or is in; nothing if there is none.
absl::StatusOr<std::optional<Round>> FindRoundOf(common::storage::Ledger& ledger,
                                                 std::string_view resource) {
  std::optional<Round> round;
  const std::string_view name = RoundOf(resource);
  if (name.empty()) return round;
  RETURN_IF_ERROR(ledger.Read([&](common::storage::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(auto found, Find<Round>(reader, name));
    if (found.has_value()) round = std::move(found->value);
    return absl::OkStatus();
  }));
  return round;
}

}  // namespace

absl::StatusOr<common::auth::PermissionTable> MakePermissions() {
  return common::auth::PermissionTable::Make("thidua.awards.v1", {"RubricService", "RoundService"},
                                             Rows());
}

absl::StatusOr<bool> RoundScopes::IsWithin(std::string_view resource, std::string_view scope) {
  if (HasPrefix(resource, scope)) return true;
  if (scope.starts_with("units/")) {
    const std::string unit = UnitOf(resource);
    if (unit.empty() || unit == scope) return !unit.empty();
    std::string parent;
    RETURN_IF_ERROR(ledger_.Read([&](common::storage::Reader& reader) -> absl::Status {
      ASSIGN_OR_RETURN(parent, Projection(reader).FindParent(unit));
      return absl::OkStatus();
    }));
    return parent == scope;
  }
  ASSIGN_OR_RETURN(const std::optional<Round> round, FindRoundOf(ledger_, resource));
  return round.has_value() && HasPrefix(round->cluster_year, scope);
}

absl::StatusOr<bool> RoundScopes::TakesPart(std::string_view scope, std::string_view resource) {
  ASSIGN_OR_RETURN(const std::optional<Round> round, FindRoundOf(ledger_, resource));
  if (!round.has_value()) return false;
  bool takes_part = false;
  RETURN_IF_ERROR(ledger_.Read([&](common::storage::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(takes_part, Projection(reader).IsInYear(scope, round->cluster_year));
    return absl::OkStatus();
  }));
  return takes_part;
}

absl::StatusOr<bool> RoundScopes::IsSettled(std::string_view resource) {
  ASSIGN_OR_RETURN(const std::optional<Round> round, FindRoundOf(ledger_, resource));
  return round.has_value() && round->state == RoundState::kNominated;
}

}  // namespace awards
