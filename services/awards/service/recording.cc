#include "services/awards/service/recording.h"

#include <optional>
#include <utility>

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/fields.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/review_codec.h"
#include "services/awards/codec/round_codec.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/review.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/violations.h"
#include "services/awards/reporting_client/projection.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/requests.h"

namespace awards {

namespace v1 = thidua::awards::v1;
using common::storage::Transaction;

void CheckUnit(const std::string& path, const std::string& unit, Violations& violations) {
  if (unit.empty()) {
    violations.Add(path, common::kRequiredFieldMissing, "is required");
  } else if (!IsNameIn("units", unit)) {
    violations.Add(path, common::kInvalidName, "must be `units/{unit}`");
  }
}

absl::StatusOr<Rubric> FindRubricOf(Transaction& transaction, const std::string& name,
                                    const std::string& unit) {
  ASSIGN_OR_RETURN(const Stored<Round> round, FindOpenRound(transaction, name));
  Projection projection(transaction);
  ASSIGN_OR_RETURN(const Category* category, projection.FindCategory(round.value, unit));
  if (category == nullptr) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kUnitNotInRound,
                         "the unit belongs to no category of the round")
        .With("name", name)
        .With("unit", unit);
  }
  ASSIGN_OR_RETURN(std::optional<Stored<Rubric>> rubric,
                   Find<Rubric>(transaction, category->rubric));
  if (rubric.has_value()) return std::move(rubric->value);
  return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                       "the rubric of a round is not stored")
      .With("name", category->rubric);
}

namespace {

// Where reviews are open, the appraisal belongs to one unit and one stage.
absl::Status CheckReview(Transaction& transaction, const std::string& round,
                         const Appraisal& appraisal) {
  ASSIGN_OR_RETURN(const auto review,
                   Find<v1::Review>(transaction, ReviewName(round, appraisal.unit)));
  if (!review.has_value()) return absl::OkStatus();
  return CheckAppraiser(DutiesOf(review->value),
                        EnumFrom<ReviewStage::kPublished>(review->value.stage()), appraisal.unit,
                        appraisal.appraiser_unit);
}

}  // namespace

absl::StatusOr<Stored<Appraisal>> PutAppraisal(Transaction& transaction, const std::string& round,
                                               const v1::Appraisal& proto) {
  Violations violations;
  CheckUnit("appraisal.unit", proto.unit(), violations);
  const Appraisal appraisal = ParseAppraisal(proto, violations);
  if (violations.Has("appraisal.unit")) return violations.ToStatus();
  ASSIGN_OR_RETURN(const Rubric rubric, FindRubricOf(transaction, round, appraisal.unit));
  RETURN_IF_ERROR(CheckAppraisal(rubric, appraisal, std::move(violations)));
  RETURN_IF_ERROR(CheckReview(transaction, round, appraisal));
  return Put(transaction, AppraisalName(round, appraisal.unit, appraisal.criterion), appraisal);
}

absl::StatusOr<Stored<Event>> PutEvent(Transaction& transaction, const std::string& round,
                                       const std::string& event_id, const v1::Event& proto) {
  Violations violations;
  CheckNewId("event_id", event_id, violations);
  CheckUnit("event.unit", proto.unit(), violations);
  const Event event = ParseEvent(proto, violations);
  if (violations.Has("event_id") || violations.Has("event.unit")) return violations.ToStatus();
  ASSIGN_OR_RETURN(const Rubric rubric, FindRubricOf(transaction, round, event.unit));
  RETURN_IF_ERROR(CheckEvent(rubric, event, std::move(violations)));
  const std::string name = EventName(round, event_id);
  ASSIGN_OR_RETURN(const std::optional<Stored<Event>> before, Find<Event>(transaction, name));
  if (before.has_value() && before->value != event) return AlreadyExists(name);
  return Put(transaction, name, event);
}

}  // namespace awards
