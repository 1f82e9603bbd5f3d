#include "services/awards/domain/review.h"

#include <algorithm>
#include <array>
#include <utility>
#include <variant>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/refusal.h"

namespace awards {
namespace {

using enum ReviewStage;
using common::Error;

// One allowed step, who makes it, and whose points it ends.
struct Step {
  ReviewStage from;
  ReviewStage to;
  std::string ReviewDuties::*by;
  AssessmentRole ends = AssessmentRole::kUnspecified;
};

constexpr auto kSteps = std::to_array<Step>({
    {kComputed, kSelfScored, &ReviewDuties::own_unit, AssessmentRole::kSelf},
    {kSelfScored, kCrossChecked, &ReviewDuties::cross_checker, AssessmentRole::kCrossCheck},
    {kSelfScored, kComputed, &ReviewDuties::cross_checker},
    {kCrossChecked, kAppraised, &ReviewDuties::appraiser_unit, AssessmentRole::kAppraisal},
    {kCrossChecked, kComputed, &ReviewDuties::appraiser_unit},
    {kAppraised, kExplained, &ReviewDuties::own_unit},
    {kAppraised, kAgreed, &ReviewDuties::appraiser_unit},
    {kExplained, kAgreed, &ReviewDuties::appraiser_unit},
    {kExplained, kCrossChecked, &ReviewDuties::appraiser_unit},
    {kAgreed, kPublished, &ReviewDuties::appraiser_unit},
    {kAgreed, kAppraised, &ReviewDuties::appraiser_unit},
});

const Step* FindStep(const ReviewStep& step) {
  const auto* const found = std::ranges::find_if(kSteps, [&](const Step& allowed) {
    return allowed.from == step.from && allowed.to == step.to;
  });
  return found == kSteps.end() ? nullptr : found;
}

absl::Status CheckInCharge(std::string_view in_charge, std::string_view who,
                           std::string_view field) {
  if (who == in_charge) return absl::OkStatus();
  return Error(absl::StatusCode::kPermissionDenied, kNotInCharge,
               "another unit is in charge of this step")
      .With("in_charge", in_charge)
      .With("unit", who)
      .Field(field, "the unit in charge of this step");
}

absl::Status CheckStage(std::string_view unit, ReviewStage stage,
                        const std::vector<ReviewStage>& allowed) {
  if (std::ranges::find(allowed, stage) != allowed.end()) return absl::OkStatus();
  std::vector<std::string_view> names;
  for (const ReviewStage one : allowed) names.push_back(NameOf(one));
  return IllegalStateChange(unit, NameOf(stage), "this needs its review to be", names);
}

void CheckPerson(Violations& violations, std::string_view path, const std::string& person,
                 const std::string& person_unit) {
  RequireText(violations, Join(path, "person"), person);
  RequireUnit(violations, Join(path, "person_unit"), person_unit);
}

// What is wrong with the points, as for an appraisal.
void CheckVerdict(const Rubric& rubric, const Assessment& assessment, Violations& violations) {
  // What has a reason of its own is not asked of every assessment, or is checked under another
  // name.
  const bool needs_evidence = assessment.role != AssessmentRole::kAgreement;
  const Appraisal appraisal{.unit = "units/a",
                            .criterion = assessment.criterion,
                            .verdict = assessment.verdict,
                            .appraiser = "-",
                            .appraiser_unit = "units/b",
                            .reason = "-",
                            .evidence = needs_evidence && assessment.evidence.empty() ? "" : "-"};
  const common::ErrorDetail detail = common::DetailOf(CheckAppraisal(rubric, appraisal));
  for (const common::FieldViolation& violation : detail.violations) {
    const std::string_view field = std::string_view(violation.field).substr(10);
    violations.Add(Join("assessment", field),
                   violation.reason.empty() ? detail.reason : violation.reason,
                   violation.description);
  }
}

}  // namespace

std::string_view NameOf(ReviewStage stage) {
  static constexpr auto kNames =
      std::to_array<std::string_view>({"UNSPECIFIED", "COMPUTED", "SELF_SCORED", "CROSS_CHECKED",
                                       "APPRAISED", "EXPLAINED", "AGREED", "PUBLISHED"});
  return kNames.at(static_cast<size_t>(stage));
}

size_t CrossCheckStep(size_t members, int year) {
  const size_t step = 1 + static_cast<size_t>(year) % (members - 1);
  // Half the ring would make pairs that check each other; the next number is none for n > 2.
  return members > 2 && 2 * step == members ? step - 1 : step;
}

std::map<std::string, std::string> CrossCheckPairs(const ClusterRoles& roles) {
  std::vector<std::string> ring = roles.members;
  std::ranges::sort(ring);
  std::map<std::string, std::string> checker_of;
  if (ring.size() < 2) return checker_of;
  int year = 0;
  const size_t slash = roles.cluster_year.rfind('/');
  if (slash != std::string::npos) {
    // A year that cannot be read counts as 0: any number makes proper pairs.
    (void)absl::SimpleAtoi(roles.cluster_year.substr(slash + 1), &year);
  }
  const size_t step = CrossCheckStep(ring.size(), year);
  for (size_t i = 0; i < ring.size(); ++i) checker_of[ring[(i + step) % ring.size()]] = ring[i];
  return checker_of;
}

ReviewDuties AssignDuties(const ClusterRoles& roles, const std::string& own_unit) {
  ReviewDuties duties{.own_unit = own_unit, .appraiser_unit = roles.head};
  const std::map<std::string, std::string> pairs = CrossCheckPairs(roles);
  if (const auto found = pairs.find(own_unit); found != pairs.end()) {
    duties.cross_checker = found->second;
  }
  if (own_unit == roles.head) {
    duties.appraiser_unit =
        roles.vice_heads.empty() ? duties.cross_checker : roles.vice_heads.front();
  }
  return duties;
}

absl::Status CheckAssessment(const Rubric& rubric, const ReviewDuties& duties, ReviewStage stage,
                             const Assessment& assessment, Violations violations) {
  RequireUnit(violations, "assessment.unit", assessment.unit);
  if (assessment.role == AssessmentRole::kUnspecified) {
    violations.Add("assessment.role", common::kRequiredFieldMissing, "say whose points they are");
  } else if (assessment.role == AssessmentRole::kAppraisal) {
    violations.Add("assessment.role", common::kInvalidField,
                   "an appraisal is recorded by RoundService.RecordAppraisal");
  }
  CheckVerdict(rubric, assessment, violations);
  CheckPerson(violations, "assessment", assessment.person, assessment.person_unit);
  if (assessment.role != AssessmentRole::kSelf) {
    RequireText(violations, "assessment.reason", assessment.reason);
  }
  CheckAllEvidence(violations, "assessment.evidence", assessment.evidence);
  RETURN_IF_ERROR(violations.ToStatus());
  constexpr std::string_view kPath = "assessment.person_unit";
  if (assessment.role == AssessmentRole::kSelf) {
    RETURN_IF_ERROR(CheckInCharge(duties.own_unit, assessment.person_unit, kPath));
    return CheckStage(assessment.unit, stage, {kComputed});
  }
  if (assessment.person_unit == duties.own_unit || assessment.person_unit == assessment.unit) {
    return Error(absl::StatusCode::kFailedPrecondition, kOwnUnitAppraised,
                 "nobody checks or agrees on their own unit")
        .With("unit", assessment.unit)
        .Field(kPath, "another unit than the assessed one");
  }
  if (assessment.role == AssessmentRole::kCrossCheck) {
    RETURN_IF_ERROR(CheckInCharge(duties.cross_checker, assessment.person_unit, kPath));
    return CheckStage(assessment.unit, stage, {kSelfScored});
  }
  RETURN_IF_ERROR(CheckInCharge(duties.appraiser_unit, assessment.person_unit, kPath));
  return CheckStage(assessment.unit, stage, {kAppraised, kExplained});
}

absl::Status CheckAppraiser(const ReviewDuties& duties, ReviewStage stage, std::string_view unit,
                            std::string_view appraiser_unit) {
  RETURN_IF_ERROR(CheckInCharge(duties.appraiser_unit, appraiser_unit, "appraisal.appraiser_unit"));
  return CheckStage(unit, stage, {kCrossChecked});
}

absl::Status CheckStatement(const Rubric& rubric, const ReviewDuties& duties, ReviewStage stage,
                            const Statement& statement, Violations violations) {
  RequireUnit(violations, "statement.unit", statement.unit);
  RequireText(violations, "statement.criterion", statement.criterion);
  if (FindCriterion(rubric, statement.criterion) == nullptr) {
    violations.Add("statement.criterion", kCriterionUnknown, "the rubric has no such criterion");
  }
  RequireText(violations, "statement.text", statement.text);
  CheckPerson(violations, "statement", statement.person, statement.person_unit);
  CheckAllEvidence(violations, "statement.evidence", statement.evidence);
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(CheckInCharge(duties.own_unit, statement.person_unit, "statement.person_unit"));
  return CheckStage(statement.unit, stage, {kAppraised});
}

absl::Status CheckStep(const ReviewDuties& duties, const ReviewStep& step, Violations violations) {
  if (step.to == kUnspecified) {
    violations.Add("to", common::kRequiredFieldMissing, "say where to");
  }
  CheckPerson(violations, "", step.person, step.person_unit);
  if (step.to < step.from) RequireText(violations, "reason", step.reason);
  RETURN_IF_ERROR(violations.ToStatus());
  const Step* allowed = FindStep(step);
  if (allowed == nullptr) {
    std::vector<std::string_view> names;
    for (const Step& other : kSteps) {
      if (other.from == step.from) names.push_back(NameOf(other.to));
    }
    return IllegalStateChange(step.name, NameOf(step.from), "it can move to", names);
  }
  return CheckInCharge(duties.*(allowed->by), step.person_unit, "person_unit");
}

AssessmentRole RoleEndedBy(const ReviewStep& step) {
  const Step* allowed = FindStep(step);
  return allowed == nullptr ? AssessmentRole::kUnspecified : allowed->ends;
}

void AddManual(const std::vector<Criterion>& criteria, std::vector<std::string>& ids) {
  for (const Criterion& criterion : criteria) {
    if (std::holds_alternative<Manual>(criterion.formula)) ids.push_back(criterion.id);
  }
}

void AddManual(const std::vector<Group>& groups, std::vector<std::string>& ids) {
  for (const Group& group : groups) {
    AddManual(group.criteria, ids);
    AddManual(group.groups, ids);
  }
}

std::vector<std::string> ManualCriteria(const Rubric& rubric) {
  std::vector<std::string> ids;
  AddManual(rubric.groups, ids);
  if (rubric.bonus) AddManual(rubric.bonus->criteria, ids);
  if (rubric.penalty) AddManual(rubric.penalty->criteria, ids);
  return ids;
}

absl::Status CheckComplete(const Rubric& rubric, std::string_view name,
                           const std::set<std::string>& given) {
  std::vector<std::string> missing = ManualCriteria(rubric);
  std::erase_if(missing, [&](const std::string& id) { return given.contains(id); });
  if (missing.empty()) return absl::OkStatus();
  return Error(absl::StatusCode::kFailedPrecondition, kStageIncomplete,
               "manual lines lack the points of the stage that ends")
      .With("name", name)
      .With("criteria", absl::StrJoin(missing, ","));
}

absl::Status CheckVisible(const ReviewDuties& duties, ReviewStage stage,
                          std::span<const std::string> members, std::string_view name,
                          std::string_view viewer) {
  const bool in_charge = viewer == duties.own_unit || viewer == duties.cross_checker ||
                         viewer == duties.appraiser_unit;
  const bool is_public = stage == kPublished && std::ranges::find(members, viewer) != members.end();
  if (viewer.empty() || in_charge || is_public) return absl::OkStatus();
  return Error(absl::StatusCode::kPermissionDenied, kSheetNotVisible,
               "before it is published, only who is in charge of a sheet sees it")
      .With("name", name)
      .With("viewer", viewer)
      .Field("viewer", "a unit that may see the sheet");
}

}  // namespace awards
