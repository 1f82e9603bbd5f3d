// The yearly pacts.
#include <algorithm>
#include <set>
#include <vector>

#include "tests/services/reporting/model/model.h"
#include "tests/services/reporting/model/number.h"

namespace reporting::model {
namespace {

using Targets = google::protobuf::RepeatedPtrField<v1::Target>;
using Signatures = google::protobuf::RepeatedPtrField<v1::Signature>;

std::string KeyOf(const v1::Target& target) {
  return absl::StrCat(target.unit(), " ", target.indicator(), " ", target.period());
}

// The targets in an order that says nothing.
std::set<std::string> AsSet(const Targets& targets) {
  std::set<std::string> set;
  for (const v1::Target& target : targets) {
    set.insert(absl::StrCat(KeyOf(target), " ", target.number()));
  }
  return set;
}

bool HasSigned(const Signatures& signatures, const std::string& unit) {
  return std::any_of(signatures.begin(), signatures.end(),
                     [&](const v1::Signature& signature) { return signature.unit() == unit; });
}

bool HaveAllSigned(const Signatures& signatures, const v1::ClusterYear& year) {
  return std::all_of(year.members().begin(), year.members().end(),
                     [&](const std::string& member) { return HasSigned(signatures, member); });
}

std::string YearOf(const std::string& pact) { return pact.substr(0, pact.rfind('/')); }

void CheckOpen(const v1::ClusterYear& year, Faults& faults) {
  if (IsClosed(year)) faults.Failed("CLUSTER_YEAR_CLOSED");
}

// What `pact` says once all have signed its proposal.
void PutInForce(v1::Pact& pact) {
  if (pact.has_proposal()) {
    *pact.mutable_targets() = pact.proposal().targets();
    *pact.mutable_signatures() = pact.proposal().signatures();
    pact.set_revision_reason(pact.proposal().reason());
    pact.set_revision(pact.revision() + 1);
    pact.clear_proposal();
  }
  pact.set_state(v1::Pact::STATE_SIGNED);
}

}  // namespace

Model::Targets Model::CheckTargets(const Targets& targets, const v1::ClusterYear& year,
                                   Faults& faults) const {
  const std::string number_of_year = year.name().substr(year.name().rfind('/') + 1);
  Targets kept = targets;
  std::set<std::string> seen;
  for (v1::Target& target : kept) {
    if (!IsMember(year, target.unit())) faults.Invalid("UNIT_NOT_A_MEMBER");
    const std::string of_year = target.period().substr(0, 4);
    if (!of_year.empty() && of_year != number_of_year) faults.Invalid("PERIOD_INVALID");
    if (target.period() == number_of_year) target.clear_period();
    if (!seen.insert(KeyOf(target)).second) faults.Invalid("DUPLICATE_INDICATOR");
    const auto number = ParseNumber(target.number());
    if (!number.has_value()) {
      faults.Invalid("INVALID_DECIMAL");
      continue;
    }
    target.set_number(PrintNumber(number->hundredths));
    const auto* indicator = history_.Find<v1::Indicator>(target.indicator());
    if (indicator == nullptr) {
      faults.Failed("INDICATOR_UNKNOWN");
      continue;
    }
    if (number->places > indicator->scale()) faults.Invalid("FIGURE_SCALE_EXCEEDED");
    const bool is_above =
        !indicator->maximum().empty() && number->hundredths > HundredthsOf(indicator->maximum());
    if (number->hundredths < 0 || is_above) faults.Invalid("FIGURE_OUT_OF_BOUNDS");
  }
  return kept;
}

Expected<v1::CreatePactResponse> Model::Handle(const v1::CreatePactRequest& request) {
  Expected<v1::CreatePactResponse> expected;
  const auto* year = Get<v1::ClusterYear>(request.parent(), expected.faults);
  if (year == nullptr) return expected;
  v1::Pact pact;
  pact.set_name(request.parent() + "/pact");
  *pact.mutable_targets() = CheckTargets(request.pact().targets(), *year, expected.faults);
  pact.set_state(v1::Pact::STATE_OPEN);
  pact.set_revision(1);
  CheckOpen(*year, expected.faults);
  if (history_.Find<v1::Pact>(pact.name()) != nullptr) expected.faults.Exists();
  *expected.response.mutable_pact() = Put(pact);
  return expected;
}

Expected<v1::GetPactResponse> Model::Handle(const v1::GetPactRequest& request) {
  Expected<v1::GetPactResponse> expected;
  const auto* pact = Get<v1::Pact>(request.name(), expected.faults);
  if (pact != nullptr) *expected.response.mutable_pact() = *pact;
  return expected;
}

Expected<v1::UpdatePactResponse> Model::Handle(const v1::UpdatePactRequest& request) {
  Expected<v1::UpdatePactResponse> expected;
  if (request.etag().empty()) expected.faults.Invalid("REQUIRED_FIELD_MISSING");
  const auto* stored = Get<v1::Pact>(request.pact().name(), expected.faults);
  if (stored == nullptr) return expected;
  CheckEtag(request.etag(), stored->etag(), expected.faults);
  const auto* year = Get<v1::ClusterYear>(YearOf(stored->name()), expected.faults);
  v1::Pact pact = *stored;
  *pact.mutable_targets() = CheckTargets(request.pact().targets(), *year, expected.faults);
  if (!stored->signatures().empty()) expected.faults.Failed("PACT_ALREADY_SIGNED");
  CheckOpen(*year, expected.faults);
  *expected.response.mutable_pact() = Put(*stored, pact);
  return expected;
}

Expected<v1::RevisePactResponse> Model::Handle(const v1::RevisePactRequest& request) {
  Expected<v1::RevisePactResponse> expected;
  if (request.reason().empty()) expected.faults.Invalid("REQUIRED_FIELD_MISSING");
  const auto* stored = Get<v1::Pact>(request.name(), expected.faults);
  if (stored == nullptr) return expected;
  CheckEtag(request.etag(), stored->etag(), expected.faults);
  const auto* year = Get<v1::ClusterYear>(YearOf(stored->name()), expected.faults);
  v1::PactProposal proposal;
  *proposal.mutable_targets() = CheckTargets(request.targets(), *year, expected.faults);
  proposal.set_reason(request.reason());
  *proposal.mutable_time() = ToTimestamp(clock_.Now());
  if (stored->state() != v1::Pact::STATE_SIGNED) expected.faults.IllegalState();
  if (AsSet(proposal.targets()) == AsSet(stored->targets())) {
    expected.faults.Failed("NOTHING_REVISED");
  }
  CheckOpen(*year, expected.faults);
  v1::Pact pact = *stored;
  *pact.mutable_proposal() = proposal;
  *expected.response.mutable_pact() = Put(pact);
  return expected;
}

Expected<v1::SignPactResponse> Model::Handle(const v1::SignPactRequest& request) {
  Expected<v1::SignPactResponse> expected;
  if (request.signer().empty()) expected.faults.Invalid("REQUIRED_FIELD_MISSING");
  const auto* stored = Get<v1::Pact>(request.name(), expected.faults);
  if (stored == nullptr) return expected;
  CheckEtag(request.etag(), stored->etag(), expected.faults);
  const auto* year = Get<v1::ClusterYear>(YearOf(stored->name()), expected.faults);
  v1::Pact pact = *stored;
  if (pact.has_proposal()) CheckOpen(*year, expected.faults);
  auto& signatures = pact.has_proposal() ? *pact.mutable_proposal()->mutable_signatures()
                                         : *pact.mutable_signatures();
  if (!IsMember(*year, request.unit())) expected.faults.Failed("UNIT_NOT_A_MEMBER");
  if (HasSigned(signatures, request.unit())) {
    expected.faults.Add(absl::StatusCode::kAlreadyExists, "PACT_ALREADY_SIGNED");
  }
  v1::Signature& signature = *signatures.Add();
  signature.set_unit(request.unit());
  signature.set_signer(request.signer());
  signature.set_date(request.date());
  *signature.mutable_record_time() = ToTimestamp(clock_.Now());
  v1::ClusterYear after = *year;
  if (HaveAllSigned(signatures, *year)) {
    PutInForce(pact);
    if (after.state() < v1::ClusterYear::STATE_PACT_SIGNED) {
      after.set_state(v1::ClusterYear::STATE_PACT_SIGNED);
    }
  }
  *expected.response.mutable_pact() = Put(pact);
  Put(*year, after);
  return expected;
}

}  // namespace reporting::model
