#include "services/reporting/codec/pact.h"

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

Signature DecodeSignature(const v1::Signature& message, Violations& violations) {
  Signature signature;
  signature.unit = violations.Take("signatures.unit", UnitId::Parse(message.unit()));
  signature.signer = message.signer();
  signature.date = violations.Take("signatures.date", ParseDate(message.date()));
  signature.record_time =
      violations.Take("signatures.record_time", ParseTimestamp(message.record_time()));
  return signature;
}

}  // namespace

v1::Pact ToProto(const Pact& pact) {
  v1::Pact message;
  message.set_name(ToPactName(pact.cluster_year));
  for (const Target& target : pact.targets) {
    v1::Target& added = *message.add_targets();
    added.set_unit(target.unit.ToName());
    added.set_indicator(target.indicator.ToName());
    added.set_number(target.number.ToString());
  }
  for (const Signature& signature : pact.signatures) *message.add_signatures() = ToProto(signature);
  message.set_state(ToProto(pact.state));
  message.set_revision(pact.revision);
  return message;
}

std::vector<Target> ParseTargets(std::string_view path, const v1::Pact& message,
                                 Violations& violations) {
  const std::string list = Join(path, "targets");
  std::vector<Target> targets;
  targets.reserve(static_cast<size_t>(message.targets_size()));
  for (const v1::Target& target : message.targets()) {
    const std::string item = Item(list, targets.size());
    Target parsed;
    parsed.unit = violations.Take(Join(item, "unit"), UnitId::Parse(target.unit()));
    parsed.indicator =
        violations.Take(Join(item, "indicator"), IndicatorId::Parse(target.indicator()));
    parsed.number = violations.Take(Join(item, "number"), common::Decimal::Parse(target.number()));
    targets.push_back(std::move(parsed));
  }
  return targets;
}

Pact Decode(const v1::Pact& message, Violations& violations) {
  Pact pact;
  pact.cluster_year = violations.Take("name", ParsePactName(message.name()));
  pact.targets = ParseTargets("", message, violations);
  for (const v1::Signature& signature : message.signatures()) {
    pact.signatures.push_back(DecodeSignature(signature, violations));
  }
  pact.state = ParseEnum<PactState>("state", message.state(), violations);
  pact.revision = message.revision();
  return pact;
}

}  // namespace reporting
