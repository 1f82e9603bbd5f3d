// Decisions on awards, what takes an award back, and what keeps a unit from being awarded. Mirrors
// messages of proto/thidua/awards/v1/nomination.proto.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_DECISION_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_DECISION_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/awards/domain/evidence.h"
#include "services/awards/domain/violations.h"

namespace awards {

struct Decision {
  std::string number{};
  // `YYYY-MM-DD`.
  std::string date{};
  std::string authority{};
  std::string legal_basis{};
  // Names of nominations.
  std::vector<std::string> nominations{};
  std::optional<Evidence> document{};
};

// As in the contract, number by number.
enum class RevocationGround {
  kUnspecified,
  kFalseDeclaration,
  kForgedPapers,
  kImproperAppraisal,
  kLaterViolation,
};

struct Recovery {
  std::string item{};
  // Đồng; empty for an object.
  std::string amount{};
  std::string due{};
  // Empty until given back.
  std::string recovered_date{};
  std::string receipt{};
};

struct Revocation {
  RevocationGround ground = RevocationGround::kUnspecified;
  std::string reason{};
  std::string number{};
  std::string date{};
  std::string authority{};
  std::vector<Recovery> recoveries{};
};

// As in the contract, number by number.
enum class HoldMatter {
  kUnspecified,
  kDiscipline,
  kInvestigation,
  kInspection,
  kComplaint,
  kPressReport,
};

struct Hold {
  std::string unit{};
  HoldMatter matter = HoldMatter::kUnspecified;
  std::string reference{};
  std::string person{};
  std::string begin_date{};
  // Empty while it goes on.
  std::string end_date{};
  std::string conclusion{};
  std::string ended_by{};
};

// All that is wrong with a new resource, added to what parsing it found. Paths begin with
// `decision`, `revocation`, `hold`. Reasons are REQUIRED_FIELD_MISSING, INVALID_NAME,
// INVALID_FIELD, INVALID_DATE, INVALID_DECIMAL and EVIDENCE_OVER_LIMIT.
Violations ValidateDecision(const Decision& decision, Violations violations = {});
// `awarded_on` is the day of the decision that is taken back.
Violations ValidateRevocation(const Revocation& revocation, const std::string& awarded_on,
                              Violations violations = {});
Violations ValidateHold(const Hold& hold, Violations violations = {});

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_DECISION_H_
