#include "services/reporting/domain/pact.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

constexpr std::string_view kTargetsPath = "pact.targets";

void CheckTarget(const Target& target, const std::set<UnitId>& members,
                 const Indicators& indicators, std::string_view item, Violations& violations) {
  const std::string unit_path = Join(item, "unit");
  if (!violations.Has(unit_path) && !members.contains(target.unit)) {
    violations.Add(unit_path, kUnitNotAMember,
                   absl::StrCat(target.unit.ToName(), " is not a member of the cluster year"));
  }
  const auto indicator = indicators.find(target.indicator);
  const std::string number_path = Join(item, "number");
  if (indicator != indicators.end() && !violations.Has(number_path)) {
    CheckNumber(indicator->second, target.number, number_path, violations);
  }
}

void CheckTargets(const std::vector<Target>& targets, const ClusterYear& year,
                  const Indicators& indicators, Violations& violations) {
  if (targets.size() > kTargetsMax) {
    violations.Add(kTargetsPath, common::kInvalidField,
                   absl::StrCat("must be at most ", kTargetsMax, " targets"));
    return;
  }
  const std::set<UnitId> members(year.members.begin(), year.members.end());
  std::set<std::pair<UnitId, IndicatorId>> seen;
  for (size_t i = 0; i < targets.size(); ++i) {
    const Target& target = targets[i];
    const std::string item = Item(kTargetsPath, i);
    CheckTarget(target, members, indicators, item, violations);
    const bool is_complete = !target.unit.empty() && !target.indicator.empty();
    if (is_complete && !seen.emplace(target.unit, target.indicator).second) {
      violations.Add(Join(item, "indicator"), kDuplicateIndicator,
                     "the unit has a target for this indicator already");
    }
  }
}

absl::Status CheckIndicatorsExist(const std::vector<Target>& targets,
                                  const Indicators& indicators) {
  std::vector<UnknownReference> unknown;
  for (size_t i = 0; i < targets.size(); ++i) {
    const IndicatorId& id = targets[i].indicator;
    if (indicators.contains(id)) continue;
    unknown.push_back({.field = Join(Item(kTargetsPath, i), "indicator"), .name = id.ToName()});
  }
  if (unknown.empty()) return absl::OkStatus();
  return UnknownReferences(kIndicatorUnknown, "indicator", unknown);
}

bool HasSigned(const Pact& pact, const UnitId& unit) {
  return std::any_of(pact.signatures.begin(), pact.signatures.end(),
                     [&unit](const Signature& signature) { return signature.unit == unit; });
}

absl::Status CheckSigner(const Pact& pact, const ClusterYear& year, const UnitId& unit) {
  if (!IsMember(year, unit)) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kUnitNotAMember,
                         absl::StrCat(unit.ToName(), " is not a member of ", year.id.ToName()))
        .With("unit", unit.ToName())
        .With("cluster_year", year.id.ToName());
  }
  if (HasSigned(pact, unit)) {
    return common::Error(absl::StatusCode::kAlreadyExists, kPactAlreadySigned,
                         absl::StrCat(unit.ToName(), " has signed the pact"))
        .With("unit", unit.ToName());
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Pact> MakePact(const ClusterYear& year, std::vector<Target> targets,
                              const Indicators& indicators, Violations violations) {
  CheckTargets(targets, year, indicators, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  if (IsClosedForFigures(year.state)) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kClusterYearClosed,
                         absl::StrCat(year.id.ToName(), " is ", common::sv(ToName(year.state)),
                                      "; a pact is drawn up before that"))
        .With("name", year.id.ToName())
        .With("state", ToName(year.state));
  }
  RETURN_IF_ERROR(CheckIndicatorsExist(targets, indicators));
  return Pact{.cluster_year = year.id, .targets = std::move(targets), .state = PactState::kOpen};
}

absl::StatusOr<Signed> Sign(Pact pact, ClusterYear year, Signature signature,
                            Violations violations) {
  CheckRequiredText(signature.signer, "signer", kPersonCharactersMax, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckSigner(pact, year, signature.unit));
  pact.signatures.push_back(std::move(signature));
  const bool all_signed =
      std::all_of(year.members.begin(), year.members.end(),
                  [&pact](const UnitId& member) { return HasSigned(pact, member); });
  if (all_signed) {
    pact.state = PactState::kSigned;
    if (year.state < ClusterState::kPactSigned) year.state = ClusterState::kPactSigned;
  }
  return Signed{.pact = std::move(pact), .year = std::move(year)};
}

}  // namespace reporting
