#include "services/reporting/domain/pact.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

constexpr std::string_view kPactTargets = "pact.targets";

// Adds what is wrong with the period; one that is the year itself becomes empty.
void NormalisePeriod(Period& period, int year, std::string_view path, Violations& violations) {
  if (period.empty()) return;
  if (period.year() != year) {
    violations.Add(path, kPeriodInvalid,
                   absl::StrCat("must be the year ", year, " or a period of it"));
  }
  if (period.level() == PeriodLevel::kYear) period = Period();
}

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

// What a pact has once.
using TargetKey = std::tuple<UnitId, IndicatorId, Period>;

TargetKey KeyOf(const Target& target) { return {target.unit, target.indicator, target.period}; }

// Checks and normalises `targets`, the list at `path`.
void CheckTargets(std::vector<Target>& targets, const PactTerms& terms, std::string_view path,
                  Violations& violations) {
  if (targets.size() > kTargetsMax) {
    violations.Add(path, common::kInvalidField,
                   absl::StrCat("must be at most ", kTargetsMax, " targets"));
    return;
  }
  const std::set<UnitId> members(terms.year.members.begin(), terms.year.members.end());
  std::set<TargetKey> seen;
  for (size_t i = 0; i < targets.size(); ++i) {
    Target& target = targets[i];
    const std::string item = Item(path, i);
    const std::string period_path = Join(item, "period");
    NormalisePeriod(target.period, terms.year.id.year, period_path, violations);
    CheckTarget(target, members, terms.indicators, item, violations);
    const bool is_complete =
        !target.unit.empty() && !target.indicator.empty() && !violations.Has(period_path);
    if (is_complete && !seen.insert(KeyOf(target)).second) {
      violations.Add(Join(item, "indicator"), kDuplicateIndicator,
                     "the unit has a target for this indicator and period already");
    }
  }
}

absl::Status CheckIndicatorsExist(const std::vector<Target>& targets, const Indicators& indicators,
                                  std::string_view path) {
  std::vector<UnknownReference> unknown;
  for (size_t i = 0; i < targets.size(); ++i) {
    const IndicatorId& id = targets[i].indicator;
    if (indicators.contains(id)) continue;
    unknown.push_back({.field = Join(Item(path, i), "indicator"), .name = id.ToName()});
  }
  if (unknown.empty()) return absl::OkStatus();
  return UnknownReferences(kIndicatorUnknown, "indicator", unknown);
}

absl::Status CheckYearOpen(const ClusterYear& year) {
  if (!IsClosedForFigures(year.state)) return absl::OkStatus();
  return common::Error(absl::StatusCode::kFailedPrecondition, kClusterYearClosed,
                       absl::StrCat(year.id.ToName(), " is ", common::sv(ToName(year.state)),
                                    "; targets are set before that"))
      .With("name", year.id.ToName())
      .With("state", ToName(year.state));
}

// Whether both have the same targets, in whatever order.
bool SameTargets(std::vector<Target> a, std::vector<Target> b) {
  const auto by_key = [](const Target& x, const Target& y) { return KeyOf(x) < KeyOf(y); };
  std::sort(a.begin(), a.end(), by_key);
  std::sort(b.begin(), b.end(), by_key);
  return a == b;
}

bool HasSigned(const std::vector<Signature>& signatures, const UnitId& unit) {
  return std::any_of(signatures.begin(), signatures.end(),
                     [&unit](const Signature& signature) { return signature.unit == unit; });
}

bool AllHaveSigned(const std::vector<Signature>& signatures, const ClusterYear& year) {
  return std::all_of(year.members.begin(), year.members.end(),
                     [&](const UnitId& member) { return HasSigned(signatures, member); });
}

absl::Status CheckSigner(const std::vector<Signature>& signatures, const ClusterYear& year,
                         const UnitId& unit) {
  if (!IsMember(year, unit)) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kUnitNotAMember,
                         absl::StrCat(unit.ToName(), " is not a member of ", year.id.ToName()))
        .With("unit", unit.ToName())
        .With("cluster_year", year.id.ToName());
  }
  if (HasSigned(signatures, unit)) {
    return common::Error(absl::StatusCode::kAlreadyExists, kPactAlreadySigned,
                         absl::StrCat(unit.ToName(), " has signed the pact"))
        .With("unit", unit.ToName());
  }
  return absl::OkStatus();
}

// Makes the proposal, which all have signed, what the pact says.
void PutInForce(Pact& pact) {
  PactProposal proposal = *std::exchange(pact.proposal, std::nullopt);
  pact.targets = std::move(proposal.targets);
  pact.signatures = std::move(proposal.signatures);
  pact.revision_reason = std::move(proposal.reason);
  ++pact.revision;
}

}  // namespace

Period PeriodOf(const Target& target, int year) {
  return target.period.empty() ? Period::OfYear(year) : target.period;
}

std::map<IndicatorId, common::Decimal> TargetsOf(const Pact& pact, const UnitId& unit,
                                                 const Period& period) {
  std::map<IndicatorId, common::Decimal> targets;
  for (const Target& target : pact.targets) {
    if (target.unit != unit || PeriodOf(target, pact.cluster_year.year) != period) continue;
    targets.emplace(target.indicator, target.number);
  }
  return targets;
}

absl::StatusOr<Pact> MakePact(const PactTerms& terms, std::vector<Target> targets,
                              Violations violations) {
  CheckTargets(targets, terms, kPactTargets, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckYearOpen(terms.year));
  RETURN_IF_ERROR(CheckIndicatorsExist(targets, terms.indicators, kPactTargets));
  return Pact{
      .cluster_year = terms.year.id, .targets = std::move(targets), .state = PactState::kOpen};
}

absl::StatusOr<Pact> UpdatePact(Pact pact, const PactTerms& terms, std::vector<Target> targets,
                                Violations violations) {
  CheckTargets(targets, terms, kPactTargets, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckYearOpen(terms.year));
  if (!pact.signatures.empty()) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kPactAlreadySigned,
                         absl::StrCat(pact.signatures.front().unit.ToName(),
                                      " has signed the pact; it is revised once all have"))
        .With("unit", pact.signatures.front().unit.ToName());
  }
  RETURN_IF_ERROR(CheckIndicatorsExist(targets, terms.indicators, kPactTargets));
  pact.targets = std::move(targets);
  return pact;
}

absl::StatusOr<Pact> RevisePact(Pact pact, const PactTerms& terms, Revision revision,
                                absl::Time now, Violations violations) {
  CheckTargets(revision.targets, terms, "targets", violations);
  CheckRequiredText(revision.reason, "reason", kNoteCharactersMax, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckYearOpen(terms.year));
  if (pact.state != PactState::kSigned) {
    return IllegalStateChange(ToPactName(pact.cluster_year), ToName(pact.state),
                              "it is revised when", {ToName(PactState::kSigned)});
  }
  RETURN_IF_ERROR(CheckIndicatorsExist(revision.targets, terms.indicators, "targets"));
  if (SameTargets(revision.targets, pact.targets)) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kNothingRevised,
                         absl::StrCat(ToPactName(pact.cluster_year), " has these targets already"))
        .With("name", ToPactName(pact.cluster_year));
  }
  pact.proposal = PactProposal{
      .targets = std::move(revision.targets), .reason = std::move(revision.reason), .time = now};
  return pact;
}

absl::StatusOr<Signed> Sign(Pact pact, ClusterYear year, Signature signature,
                            Violations violations) {
  CheckRequiredText(signature.signer, "signer", kPersonCharactersMax, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  if (pact.proposal.has_value()) RETURN_IF_ERROR(CheckYearOpen(year));
  std::vector<Signature>& signatures =
      pact.proposal.has_value() ? pact.proposal->signatures : pact.signatures;
  RETURN_IF_ERROR(CheckSigner(signatures, year, signature.unit));
  signatures.push_back(std::move(signature));
  if (AllHaveSigned(signatures, year)) {
    if (pact.proposal.has_value()) PutInForce(pact);
    pact.state = PactState::kSigned;
    if (year.state < ClusterState::kPactSigned) year.state = ClusterState::kPactSigned;
  }
  return Signed{.pact = std::move(pact), .year = std::move(year)};
}

std::string_view ToName(PactState state) {
  switch (state) {
    case PactState::kOpen:
      return "OPEN";
    case PactState::kSigned:
      return "SIGNED";
    case PactState::kUnspecified:
      break;
  }
  return "UNSPECIFIED";
}

}  // namespace reporting
