// What a person gives or records for a unit: points for manual criteria, and events. Mirrors the
// messages Appraisal and Event of proto/thidua/awards/v1/round.proto.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_APPRAISAL_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_APPRAISAL_H_

#include <cstdint>
#include <string>
#include <variant>

#include "absl/status/status.h"
#include "common/decimal/decimal.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/violations.h"

namespace awards {

// The criterion does not apply to the unit.
struct DoesNotApply {
  bool operator==(const DoesNotApply&) const = default;
};
using Verdict = std::variant<std::monostate, common::Decimal, DoesNotApply>;

struct Appraisal {
  std::string unit{};
  std::string criterion{};
  Verdict verdict{};
  std::string appraiser{};
  std::string appraiser_unit{};
  std::string reason{};
  std::string evidence{};
};

struct Event {
  std::string unit{};
  std::string criterion{};
  int64_t count = 0;
  std::string date{};
  std::string description{};
  std::string evidence{};

  bool operator==(const Event&) const = default;
};

// Whether `appraisal` can be recorded by `rubric`, the one of the unit's category; `violations` is
// what parsing it found (texts that are too long among it). Fails with
// - INVALID_ARGUMENT, with all fields at fault under `appraisal`: REQUIRED_FIELD_MISSING,
//   INVALID_NAME, CRITERION_UNKNOWN (no such criterion, or not a manual one), POINTS_OUT_OF_RANGE,
//   POINTS_NOT_ON_STEP, EVIDENCE_REQUIRED (more than half of the maximum without evidence);
// - FAILED_PRECONDITION, OWN_UNIT_APPRAISED, if nothing else is wrong.
absl::Status CheckAppraisal(const Rubric& rubric, const Appraisal& appraisal,
                            Violations violations = {});

// Whether `event` can be recorded by `rubric`. Fails with INVALID_ARGUMENT, with all fields at
// fault under `event`: REQUIRED_FIELD_MISSING, INVALID_NAME, CRITERION_UNKNOWN (no such criterion,
// or not one that counts events), INVALID_FIELD (a count outside 1 to 1,000), INVALID_DATE.
absl::Status CheckEvent(const Rubric& rubric, const Event& event, Violations violations = {});

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_APPRAISAL_H_
