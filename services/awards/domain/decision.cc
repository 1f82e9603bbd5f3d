#include "services/awards/domain/decision.h"

#include <set>

#include "common/decimal/decimal.h"
#include "common/status/reasons.h"
#include "services/awards/domain/refusal.h"

namespace awards {
namespace {

constexpr size_t kMaxNominations = 200;
constexpr size_t kMaxRecoveries = 20;

void CheckAmount(Violations& violations, const std::string& path, const std::string& amount) {
  if (amount.empty()) return;
  const auto parsed = common::Decimal::Parse(amount);
  violations.Take(path, parsed);
  if (parsed.ok() && (parsed->is_negative() || parsed->is_zero() || !parsed->is_integer())) {
    violations.Add(path, common::kInvalidField, "an amount in đồng is a whole number above 0");
  }
}

}  // namespace

Violations ValidateDecision(const Decision& decision, Violations violations) {
  RequireText(violations, "decision.number", decision.number);
  RequireDate(violations, "decision.date", decision.date);
  RequireText(violations, "decision.authority", decision.authority);
  RequireText(violations, "decision.legal_basis", decision.legal_basis);
  if (decision.nominations.empty()) {
    violations.Add("decision.nominations", common::kRequiredFieldMissing,
                   "at least one nomination is required");
  } else if (decision.nominations.size() > kMaxNominations) {
    violations.Add("decision.nominations", common::kInvalidField, "at most 200");
  }
  std::set<std::string> names;
  for (size_t i = 0; i < decision.nominations.size(); ++i) {
    const std::string path = Item("decision.nominations", i);
    RequireText(violations, path, decision.nominations[i]);
    if (!names.insert(decision.nominations[i]).second) {
      violations.Add(path, common::kInvalidField, "the nomination stands twice");
    }
  }
  if (decision.document) CheckEvidence(violations, "decision.document", *decision.document);
  return violations;
}

Violations ValidateRevocation(const Revocation& revocation, const std::string& awarded_on,
                              Violations violations) {
  if (revocation.ground == RevocationGround::kUnspecified) {
    violations.Add("revocation.ground", common::kRequiredFieldMissing, "a ground is required");
  }
  RequireText(violations, "revocation.reason", revocation.reason);
  RequireText(violations, "revocation.number", revocation.number);
  RequireDate(violations, "revocation.date", revocation.date);
  if (revocation.date < awarded_on) {
    violations.Add("revocation.date", common::kInvalidField, "not before the day of the award");
  }
  RequireText(violations, "revocation.authority", revocation.authority);
  if (revocation.recoveries.size() > kMaxRecoveries) {
    violations.Add("revocation.recoveries", common::kInvalidField, "at most 20");
  }
  for (size_t i = 0; i < revocation.recoveries.size(); ++i) {
    const Recovery& recovery = revocation.recoveries[i];
    const std::string path = Item("revocation.recoveries", i);
    RequireText(violations, Join(path, "item"), recovery.item);
    CheckAmount(violations, Join(path, "amount"), recovery.amount);
    RequireDate(violations, Join(path, "due"), recovery.due);
  }
  return violations;
}

Violations ValidateHold(const Hold& hold, Violations violations) {
  RequireUnit(violations, "hold.unit", hold.unit);
  if (hold.matter == HoldMatter::kUnspecified) {
    violations.Add("hold.matter", common::kRequiredFieldMissing, "say what is examined");
  }
  RequireText(violations, "hold.reference", hold.reference);
  RequireText(violations, "hold.person", hold.person);
  RequireDate(violations, "hold.begin_date", hold.begin_date);
  return violations;
}

}  // namespace awards
