// The review of score sheets: who is in charge of which step, who gives which points, who may see a
// sheet. Mirrors proto/thidua/awards/v1/review.proto, which is its specification.
#ifndef THIDUA_SERVICES_AWARDS_DOMAIN_REVIEW_H_
#define THIDUA_SERVICES_AWARDS_DOMAIN_REVIEW_H_

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/awards/domain/appraisal.h"
#include "services/awards/domain/evidence.h"
#include "services/awards/domain/rubric.h"
#include "services/awards/domain/violations.h"

namespace awards {

// As in the contract, number by number.
enum class ReviewStage {
  kUnspecified,
  kComputed,
  kSelfScored,
  kCrossChecked,
  kAppraised,
  kExplained,
  kAgreed,
  kPublished,
};
enum class AssessmentRole { kUnspecified, kSelf, kCrossCheck, kAppraisal, kAgreement };

// The word of the contract, such as `SELF_SCORED`.
std::string_view NameOf(ReviewStage stage);

// Who is in charge of a sheet; all `units/{unit}`.
struct ReviewDuties {
  std::string own_unit{};
  std::string cross_checker{};
  std::string appraiser_unit{};
};

// Who takes part in a cluster year.
struct ClusterRoles {
  // `clusters/{cluster}/years/{year}`.
  std::string cluster_year{};
  std::vector<std::string> members{};
  std::string head{};
  std::vector<std::string> vice_heads{};
};

// Who checks whom: the checker of each member. Members stand in a ring in the byte order of their
// names, and each is checked by the one `CrossCheckStep` places before it. Nobody checks
// themselves, and from three members up no two check each other. Empty for fewer than two.
std::map<std::string, std::string> CrossCheckPairs(const ClusterRoles& roles);

// How far apart in a ring of `members` (at least 2) checker and checked are: from the year, 1 to
// members - 1, and from three members up never half of it.
size_t CrossCheckStep(size_t members, int year);

// The duties for a sheet of `own_unit`, a member. What is the head's goes to the first vice-head,
// or to its cross-checker where there is none. `roles` has at least two members.
ReviewDuties AssignDuties(const ClusterRoles& roles, const std::string& own_unit);

// Points somebody gives at one stage.
struct Assessment {
  std::string unit{};
  std::string criterion{};
  AssessmentRole role = AssessmentRole::kUnspecified;
  Verdict verdict{};
  std::string person{};
  std::string person_unit{};
  std::string reason{};
  std::vector<Evidence> evidence{};
};

// What a unit says to one of its lines.
struct Statement {
  std::string unit{};
  std::string criterion{};
  std::string text{};
  std::string person{};
  std::string person_unit{};
  std::vector<Evidence> evidence{};
};

// Whether `assessment` can be recorded by `rubric` in a review that is at `stage` with these
// duties. Fails, the first of these that applies, with
// - INVALID_ARGUMENT, with all fields at fault under `assessment`: REQUIRED_FIELD_MISSING,
//   INVALID_NAME, INVALID_FIELD (an appraisal is recorded elsewhere), CRITERION_UNKNOWN,
//   POINTS_OUT_OF_RANGE, POINTS_NOT_ON_STEP, EVIDENCE_REQUIRED, EVIDENCE_OVER_LIMIT;
// - FAILED_PRECONDITION, OWN_UNIT_APPRAISED: other points than the own ones, by the own unit;
// - PERMISSION_DENIED, NOT_IN_CHARGE;
// - FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE: the role does not belong to the stage.
absl::Status CheckAssessment(const Rubric& rubric, const ReviewDuties& duties, ReviewStage stage,
                             const Assessment& assessment, Violations violations = {});

// Whether the appraisal of `unit` by `appraiser_unit` belongs to the stage and the duties. Fails
// with NOT_IN_CHARGE or ILLEGAL_STATE_CHANGE as above.
absl::Status CheckAppraiser(const ReviewDuties& duties, ReviewStage stage, std::string_view unit,
                            std::string_view appraiser_unit);

// The same for a statement, under `statement`.
absl::Status CheckStatement(const Rubric& rubric, const ReviewDuties& duties, ReviewStage stage,
                            const Statement& statement, Violations violations = {});

// A review on its way to another stage.
struct ReviewStep {
  // `rounds/{round}/reviews/{unit}`.
  std::string name{};
  ReviewStage from = ReviewStage::kUnspecified;
  ReviewStage to = ReviewStage::kUnspecified;
  std::string person{};
  std::string person_unit{};
  std::string reason{};
};

// Whether the step is allowed by the contract's MoveReview: INVALID_ARGUMENT for fields,
// ILLEGAL_STATE_CHANGE, NOT_IN_CHARGE. Whether the stage that ends is complete and the sheet is up
// to date is not checked.
absl::Status CheckStep(const ReviewDuties& duties, const ReviewStep& step,
                       Violations violations = {});

// Whose points must be there for every manual line before the step; kUnspecified for nobody's.
AssessmentRole RoleEndedBy(const ReviewStep& step);

// Ids of the manual criteria of `rubric`, in its order.
std::vector<std::string> ManualCriteria(const Rubric& rubric);

// FAILED_PRECONDITION, STAGE_INCOMPLETE, if a manual criterion is not among `given`.
absl::Status CheckComplete(const Rubric& rubric, std::string_view name,
                           const std::set<std::string>& given);

// PERMISSION_DENIED, SHEET_NOT_VISIBLE, unless `viewer` may see the sheet: everybody in charge of
// it, from PUBLISHED on every member, and an empty viewer always.
absl::Status CheckVisible(const ReviewDuties& duties, ReviewStage stage,
                          std::span<const std::string> members, std::string_view name,
                          std::string_view viewer);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_DOMAIN_REVIEW_H_
