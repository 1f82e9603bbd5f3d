#include "services/awards/domain/appraisal.h"

#include <string_view>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/decimal/rational.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/refusal.h"
#include "services/awards/domain/round.h"

namespace awards {
namespace {

using common::Decimal;
using common::Rational;

constexpr int64_t kMaxEventCount = 1000;

// `points` against what the manual criterion allows.
void CheckPoints(Violations& violations, const Criterion& criterion, const Manual& manual,
                 const Decimal& points, bool has_evidence) {
  constexpr std::string_view kPath = "appraisal.points";
  if (points.is_negative() || points > criterion.max_points) {
    violations.Add(kPath, kPointsOutOfRange,
                   absl::StrCat("points are from 0 to ", criterion.max_points.ToString()));
    return;
  }
  const std::optional<Rational> steps = Rational(points).DividedBy(manual.step);
  if (steps.has_value() && !steps->ToInteger().has_value()) {
    violations.Add(kPath, kPointsNotOnStep,
                   absl::StrCat("points are a multiple of ", manual.step.ToString()));
  }
  if (!has_evidence && Rational(points) * Rational(2) > Rational(criterion.max_points)) {
    violations.Add("appraisal.evidence", kEvidenceRequired,
                   "more than half of the maximum needs evidence");
  }
}

}  // namespace

absl::Status CheckAppraisal(const Rubric& rubric, const Appraisal& appraisal,
                            Violations violations) {
  RequireUnit(violations, "appraisal.unit", appraisal.unit);
  RequireText(violations, "appraisal.criterion", appraisal.criterion);
  const Criterion* criterion = FindCriterion(rubric, appraisal.criterion);
  const Manual* manual = criterion == nullptr ? nullptr : std::get_if<Manual>(&criterion->formula);
  if (manual == nullptr) {
    violations.Add("appraisal.criterion", kCriterionUnknown,
                   "the rubric has no such criterion that is appraised by hand");
  }
  if (std::holds_alternative<std::monostate>(appraisal.verdict)) {
    violations.Add("appraisal.points", common::kRequiredFieldMissing,
                   "give points, or say that the criterion does not apply");
  }
  const auto* points = std::get_if<Decimal>(&appraisal.verdict);
  if (manual != nullptr && points != nullptr) {
    CheckPoints(violations, *criterion, *manual, *points, !appraisal.evidence.empty());
  }
  RequireText(violations, "appraisal.appraiser", appraisal.appraiser);
  RequireUnit(violations, "appraisal.appraiser_unit", appraisal.appraiser_unit);
  RequireText(violations, "appraisal.reason", appraisal.reason);
  RETURN_IF_ERROR(violations.ToStatus());
  if (appraisal.appraiser_unit == appraisal.unit) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kOwnUnitAppraised,
                         "nobody appraises their own unit")
        .With("unit", appraisal.unit)
        .Field("appraisal.appraiser_unit", "another unit than the appraised one");
  }
  return absl::OkStatus();
}

absl::Status CheckEvent(const Rubric& rubric, const Event& event, Violations violations) {
  RequireUnit(violations, "event.unit", event.unit);
  RequireText(violations, "event.criterion", event.criterion);
  const Criterion* criterion = FindCriterion(rubric, event.criterion);
  if (criterion == nullptr || !CountsEvents(*criterion)) {
    violations.Add("event.criterion", kCriterionUnknown,
                   "the rubric has no such criterion that counts events");
  }
  if (event.count < 1 || event.count > kMaxEventCount) {
    violations.Add("event.count", common::kInvalidField, "a count is from 1 to 1,000");
  }
  violations.Take("event.date", ParseDate(event.date));
  RequireText(violations, "event.description", event.description);
  RequireText(violations, "event.evidence", event.evidence);
  return violations.ToStatus();
}

}  // namespace awards
