#include "services/reporting/codec/pact.h"

#include <utility>

#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/fields.h"
#include "services/reporting/codec/stored.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

v1::Signature ToProto(const Signature& signature) {
  v1::Signature message;
  message.set_unit(signature.unit.ToName());
  message.set_signer(signature.signer);
  message.set_date(ToString(signature.date));
  *message.mutable_record_time() = ToTimestamp(signature.record_time);
  return message;
}

Signature DecodeSignature(std::string_view path, const v1::Signature& message,
                          Violations& violations) {
  Signature signature;
  signature.unit = violations.Take(Join(path, "unit"), UnitId::Parse(message.unit()));
  signature.signer = message.signer();
  signature.date = violations.Take(Join(path, "date"), ParseDate(message.date()));
  signature.record_time =
      violations.Take(Join(path, "record_time"), ParseTimestamp(message.record_time()));
  return signature;
}

using SignatureMessages = google::protobuf::RepeatedPtrField<v1::Signature>;

std::vector<Signature> DecodeSignatures(std::string_view path, const SignatureMessages& messages,
                                        Violations& violations) {
  std::vector<Signature> signatures;
  for (const v1::Signature& message : messages) {
    signatures.push_back(DecodeSignature(Item(path, signatures.size()), message, violations));
  }
  return signatures;
}

v1::PactProposal ToProto(const PactProposal& proposal) {
  v1::PactProposal message;
  for (const Target& target : proposal.targets) {
    *message.add_targets() = reporting::ToProto(target);
  }
  message.set_reason(proposal.reason);
  for (const Signature& signature : proposal.signatures) {
    *message.add_signatures() = ToProto(signature);
  }
  *message.mutable_time() = ToTimestamp(proposal.time);
  return message;
}

PactProposal DecodeProposal(const v1::PactProposal& message, Violations& violations) {
  PactProposal proposal;
  proposal.targets = ParseTargets("proposal.targets", message.targets(), violations);
  proposal.reason = message.reason();
  proposal.signatures = DecodeSignatures("proposal.signatures", message.signatures(), violations);
  proposal.time = violations.Take("proposal.time", ParseTimestamp(message.time()));
  return proposal;
}

}  // namespace

v1::Target ToProto(const Target& target) {
  v1::Target message;
  message.set_unit(target.unit.ToName());
  message.set_indicator(target.indicator.ToName());
  message.set_number(target.number.ToString());
  message.set_period(target.period.ToString());
  return message;
}

v1::Pact ToProto(const Pact& pact) {
  v1::Pact message;
  message.set_name(ToPactName(pact.cluster_year));
  for (const Target& target : pact.targets) *message.add_targets() = ToProto(target);
  for (const Signature& signature : pact.signatures) *message.add_signatures() = ToProto(signature);
  message.set_state(ToProto(pact.state));
  message.set_revision(pact.revision);
  if (pact.proposal.has_value()) *message.mutable_proposal() = ToProto(*pact.proposal);
  message.set_revision_reason(pact.revision_reason);
  return message;
}

v1::Achievement ToProto(const Achievement& achievement) {
  v1::Achievement message;
  *message.mutable_target() = ToProto(achievement.target);
  message.set_status(ToProto(achievement.status));
  if (achievement.number.has_value()) message.set_number(achievement.number->ToString());
  message.set_percent(PercentOf(achievement));
  if (achievement.submission.has_value()) message.set_submission(achievement.submission->ToName());
  message.set_revision(achievement.revision);
  return message;
}

std::vector<Target> ParseTargets(std::string_view path, const TargetMessages& messages,
                                 Violations& violations) {
  std::vector<Target> targets;
  targets.reserve(static_cast<size_t>(messages.size()));
  for (const v1::Target& message : messages) {
    const std::string item = Item(path, targets.size());
    Target target;
    target.unit = violations.Take(Join(item, "unit"), UnitId::Parse(message.unit()));
    target.indicator =
        violations.Take(Join(item, "indicator"), IndicatorId::Parse(message.indicator()));
    target.number = violations.Take(Join(item, "number"), common::Decimal::Parse(message.number()));
    if (!message.period().empty()) {
      target.period = violations.Take(Join(item, "period"), Period::Parse(message.period()));
    }
    targets.push_back(std::move(target));
  }
  return targets;
}

Pact Decode(const v1::Pact& message, Violations& violations) {
  Pact pact;
  pact.cluster_year = violations.Take("name", ParsePactName(message.name()));
  pact.targets = ParseTargets("targets", message.targets(), violations);
  pact.signatures = DecodeSignatures("signatures", message.signatures(), violations);
  pact.state = ParseEnum<PactState>("state", message.state(), violations);
  pact.revision = message.revision();
  if (message.has_proposal()) pact.proposal = DecodeProposal(message.proposal(), violations);
  pact.revision_reason = message.revision_reason();
  return pact;
}

}  // namespace reporting
