#include "services/awards/service/reviewing.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/fields.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/review_codec.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/review.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/contest.h"
#include "services/awards/service/recording.h"
#include "services/awards/service/requests.h"
#include "services/awards/store/awards_store.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using common::storage::Reader;
using common::storage::Transaction;

constexpr int kAllVersions = 1000;

absl::StatusOr<Stored<v1::Review>> FindReview(Reader& reader, const std::string& name) {
  ASSIGN_OR_RETURN(std::optional<Stored<v1::Review>> review, Find<v1::Review>(reader, name));
  if (!review.has_value()) return NotFound(name);
  return *std::move(review);
}

absl::StatusOr<Stored<Round>> FindRound(Reader& reader, const std::string& name) {
  ASSIGN_OR_RETURN(std::optional<Stored<Round>> round, Find<Round>(reader, name));
  if (!round.has_value()) return NotFound(name);
  return *std::move(round);
}

ReviewStage StageOf(const v1::Review& review) {
  return EnumFrom<ReviewStage::kPublished>(review.stage());
}

// Who takes part in the round's cluster year, which has at least two members.
absl::StatusOr<ClusterRoles> ReadRoles(Projection& projection, const Round& round) {
  ASSIGN_OR_RETURN(const std::optional<ClusterYearState> year,
                   projection.FindClusterYear(round.cluster_year));
  if (year.has_value() && year->roles.members.size() > 1) return year->roles;
  return common::Error(absl::StatusCode::kFailedPrecondition, kClusterTooSmall,
                       "a cluster of one member has nobody to check it")
      .With("name", round.cluster_year);
}

v1::Review NewReview(const std::string& name, const Category& category, const std::string& unit,
                     const ReviewDuties& duties) {
  v1::Review review;
  review.set_name(name);
  review.set_unit(unit);
  review.set_category(category.id);
  review.set_stage(v1::Review::STAGE_COMPUTED);
  review.set_own_unit(duties.own_unit);
  review.set_cross_checker(duties.cross_checker);
  review.set_appraiser_unit(duties.appraiser_unit);
  return review;
}

// The category of a review in its round; null if the round no longer has it.
const Category* CategoryOf(const Round& round, const v1::Review& review) {
  const auto found = std::ranges::find(round.categories, review.category(), &Category::id);
  return found == round.categories.end() ? nullptr : &*found;
}

// What has changed since the sheet of the review was scored.
absl::StatusOr<std::vector<std::string>> ReadStale(Reader& reader, const Round& round,
                                                   const v1::Review& review) {
  constexpr size_t kShown = 100;
  const Category* category = CategoryOf(round, review);
  if (category == nullptr) return std::vector<std::string>{review.unit()};
  ContestReader contests(reader, round, absl::CivilDay());
  ASSIGN_OR_RETURN(const auto entrant, contests.ReadEntrant(*category, review.unit()));
  // It no longer competes.
  if (!entrant.has_value()) return std::vector<std::string>{review.unit()};
  ASSIGN_OR_RETURN(std::vector<std::string> stale, FindStaleOf(reader, round, *entrant));
  if (stale.size() > kShown) stale.resize(kShown);
  return stale;
}

// All versions of one role's points.
template <typename List>
absl::Status AddAssessments(Reader& reader, const std::string& round, const v1::Review& review,
                            const std::string& criterion, AssessmentRole role, List& list) {
  const std::string name = AssessmentName(round, review.unit(), criterion, WordOf(role));
  ASSIGN_OR_RETURN(const auto versions, History<Assessment>(reader, name, kAllVersions));
  for (const Stored<Assessment>& version : versions) *list.Add() = Render(version);
  return absl::OkStatus();
}

absl::Status AddAppraisals(Reader& reader, const std::string& round, const v1::Review& review,
                           const std::string& criterion, v1::ReviewedLine& line) {
  const std::string name = AppraisalName(round, review.unit(), criterion);
  ASSIGN_OR_RETURN(const auto versions, History<Appraisal>(reader, name, kAllVersions));
  for (const Stored<Appraisal>& version : versions) {
    v1::Assessment& added = *line.add_appraisals();
    added = AsAssessment(version.value);
    added.set_revision(static_cast<int32_t>(version.version));
    *added.mutable_record_time() = ToProto(version.time);
  }
  return absl::OkStatus();
}

absl::Status AddLines(Reader& reader, const std::string& round, const Rubric& rubric,
                      v1::Review& review) {
  for (const std::string& criterion : ManualCriteria(rubric)) {
    v1::ReviewedLine& line = *review.add_lines();
    line.set_criterion(criterion);
    line.set_max_points(FindCriterion(rubric, criterion)->max_points.ToString());
    RETURN_IF_ERROR(AddAssessments(reader, round, review, criterion, AssessmentRole::kSelf,
                                   *line.mutable_self_scores()));
    RETURN_IF_ERROR(AddAssessments(reader, round, review, criterion, AssessmentRole::kCrossCheck,
                                   *line.mutable_cross_checks()));
    RETURN_IF_ERROR(AddAppraisals(reader, round, review, criterion, line));
    RETURN_IF_ERROR(AddAssessments(reader, round, review, criterion, AssessmentRole::kAgreement,
                                   *line.mutable_agreements()));
  }
  return absl::OkStatus();
}

absl::Status AddStatements(Reader& reader, const std::string& round, v1::Review& review) {
  ASSIGN_OR_RETURN(const auto all, ListAll<Statement>(reader, round));
  std::vector<Stored<Statement>> versions;
  for (const Stored<Statement>& newest : all) {
    if (newest.value.unit != review.unit()) continue;
    ASSIGN_OR_RETURN(const auto history, History<Statement>(reader, newest.name, kAllVersions));
    versions.insert(versions.end(), history.begin(), history.end());
  }
  std::ranges::sort(versions, {}, &Stored<Statement>::sequence);
  for (const Stored<Statement>& version : versions) *review.add_statements() = Render(version);
  return absl::OkStatus();
}

// The manual criteria that have points of this role.
absl::StatusOr<std::set<std::string>> GivenIn(Reader& reader, const Rubric& rubric,
                                              const std::string& round, const std::string& unit,
                                              AssessmentRole role) {
  std::set<std::string> given;
  for (const std::string& criterion : ManualCriteria(rubric)) {
    bool is_there = false;
    if (role == AssessmentRole::kAppraisal) {
      ASSIGN_OR_RETURN(const auto found,
                       Find<Appraisal>(reader, AppraisalName(round, unit, criterion)));
      is_there = found.has_value();
    } else {
      ASSIGN_OR_RETURN(
          const auto found,
          Find<Assessment>(reader, AssessmentName(round, unit, criterion, WordOf(role))));
      is_there = found.has_value();
    }
    if (is_there) given.insert(criterion);
  }
  return given;
}

// Whether the sheet is ready for the step: the stage that ends is complete, and what is agreed or
// published is up to date.
absl::Status CheckReady(Reader& reader, const Round& round, const v1::Review& review,
                        const ReviewStep& step) {
  const Category* category = CategoryOf(round, review);
  if (category == nullptr) return NotFound(step.name);
  if (const AssessmentRole role = RoleEndedBy(step); role != AssessmentRole::kUnspecified) {
    ASSIGN_OR_RETURN(const auto rubric, Find<Rubric>(reader, category->rubric));
    if (!rubric.has_value()) return NotFound(category->rubric);
    ASSIGN_OR_RETURN(const std::set<std::string> given,
                     GivenIn(reader, rubric->value, round.name, review.unit(), role));
    RETURN_IF_ERROR(CheckComplete(rubric->value, step.name, given));
  }
  if (step.to < ReviewStage::kAgreed) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<std::string> stale, ReadStale(reader, round, review));
  if (stale.empty()) return absl::OkStatus();
  return common::Error(absl::StatusCode::kFailedPrecondition, kScoresStale,
                       "inputs have changed since the sheet was scored; score the round again")
      .With("name", step.name)
      .With("resources", absl::StrJoin(stale, " "));
}

void AddMove(const ReviewStep& step, absl::Time time, v1::Review& review) {
  v1::ReviewMove& move = *review.add_moves();
  move.set_from(EnumTo<v1::Review::Stage>(step.from));
  move.set_to(EnumTo<v1::Review::Stage>(step.to));
  move.set_person(step.person);
  move.set_person_unit(step.person_unit);
  move.set_reason(step.reason);
  *move.mutable_time() = ToProto(time);
  review.set_stage(move.to());
}

// The rubric and the review of a unit that is assessed in an open round.
struct Assessed {
  Rubric rubric{};
  v1::Review review{};
};

absl::StatusOr<Assessed> FindAssessed(Transaction& transaction, const std::string& round,
                                      const std::string& unit) {
  RETURN_IF_ERROR(FindOpenRound(transaction, round).status());
  ASSIGN_OR_RETURN(Stored<v1::Review> review, FindReview(transaction, ReviewName(round, unit)));
  ASSIGN_OR_RETURN(Rubric rubric, FindRubricOf(transaction, round, unit));
  return Assessed{.rubric = std::move(rubric), .review = std::move(review.value)};
}

}  // namespace

absl::StatusOr<v1::OpenReviewsResponse> OpenReviews(Transaction& transaction,
                                                    const v1::OpenReviewsRequest& request) {
  ASSIGN_OR_RETURN(const Stored<Round> round, FindOpenRound(transaction, request.parent()));
  if (round.value.state == RoundState::kOpen) return NotScored(round.name);
  ContestReader reader(transaction, round.value, DayInVietNam(transaction.Now()));
  ASSIGN_OR_RETURN(const ClusterRoles roles, ReadRoles(reader.projection(), round.value));
  ASSIGN_OR_RETURN(const std::vector<Contest> contests, reader.ReadAll());
  v1::OpenReviewsResponse response;
  for (const Contest& contest : contests) {
    for (const Entrant& entrant : contest.entrants) {
      const std::string& unit = entrant.inputs.unit;
      const std::string name = ReviewName(round.name, unit);
      ASSIGN_OR_RETURN(std::optional<Stored<v1::Review>> review,
                       Find<v1::Review>(transaction, name));
      if (!review.has_value()) {
        ASSIGN_OR_RETURN(review, Put(transaction, name,
                                     NewReview(name, *contest.category, unit,
                                               AssignDuties(roles, entrant.province_unit))));
      }
      *response.add_reviews() = Render(*review);
    }
  }
  return response;
}

absl::Status CheckViewer(Reader& reader, const Round& round, const std::string& unit,
                         const std::string& viewer) {
  const std::string name = ReviewName(round.name, unit);
  ASSIGN_OR_RETURN(const auto review, Find<v1::Review>(reader, name));
  if (viewer.empty() || !review.has_value()) return absl::OkStatus();
  Projection projection(reader);
  ASSIGN_OR_RETURN(const ClusterRoles roles, ReadRoles(projection, round));
  return CheckVisible(DutiesOf(review->value), StageOf(review->value), roles.members, name, viewer);
}

absl::StatusOr<v1::GetReviewResponse> GetReview(Reader& reader,
                                                const v1::GetReviewRequest& request) {
  ASSIGN_OR_RETURN(const Stored<v1::Review> stored, FindReview(reader, request.name()));
  ASSIGN_OR_RETURN(const Stored<Round> round,
                   FindRound(reader, std::string(RoundOf(request.name()))));
  RETURN_IF_ERROR(CheckViewer(reader, round.value, stored.value.unit(), request.viewer()));
  v1::GetReviewResponse response;
  v1::Review& review = *response.mutable_review();
  review = Render(stored);
  ASSIGN_OR_RETURN(const std::vector<std::string> stale, ReadStale(reader, round.value, review));
  review.mutable_stale_resources()->Assign(stale.begin(), stale.end());
  if (const Category* category = CategoryOf(round.value, review)) {
    ASSIGN_OR_RETURN(const auto rubric, Find<Rubric>(reader, category->rubric));
    if (rubric.has_value()) {
      RETURN_IF_ERROR(AddLines(reader, round.name, rubric->value, review));
    }
  }
  RETURN_IF_ERROR(AddStatements(reader, round.name, review));
  return response;
}

absl::StatusOr<v1::RecordAssessmentResponse> RecordAssessment(
    Transaction& transaction, const v1::RecordAssessmentRequest& request) {
  Violations violations;
  CheckUnit("assessment.unit", request.assessment().unit(), violations);
  const Assessment assessment = ParseAssessment(request.assessment(), violations);
  if (violations.Has("assessment.unit")) return violations.ToStatus();
  ASSIGN_OR_RETURN(const Assessed assessed,
                   FindAssessed(transaction, request.parent(), assessment.unit));
  RETURN_IF_ERROR(CheckAssessment(assessed.rubric, DutiesOf(assessed.review),
                                  StageOf(assessed.review), assessment, std::move(violations)));
  ASSIGN_OR_RETURN(const Stored<Assessment> stored,
                   Put(transaction,
                       AssessmentName(request.parent(), assessment.unit, assessment.criterion,
                                      WordOf(assessment.role)),
                       assessment));
  v1::RecordAssessmentResponse response;
  *response.mutable_assessment() = Render(stored);
  return response;
}

absl::StatusOr<v1::RecordStatementResponse> RecordStatement(
    Transaction& transaction, const v1::RecordStatementRequest& request) {
  Violations violations;
  CheckUnit("statement.unit", request.statement().unit(), violations);
  const Statement statement = ParseStatement(request.statement(), violations);
  if (violations.Has("statement.unit")) return violations.ToStatus();
  ASSIGN_OR_RETURN(const Assessed assessed,
                   FindAssessed(transaction, request.parent(), statement.unit));
  RETURN_IF_ERROR(CheckStatement(assessed.rubric, DutiesOf(assessed.review),
                                 StageOf(assessed.review), statement, std::move(violations)));
  ASSIGN_OR_RETURN(
      const Stored<Statement> stored,
      Put(transaction, StatementName(request.parent(), statement.unit, statement.criterion),
          statement));
  v1::RecordStatementResponse response;
  *response.mutable_statement() = Render(stored);
  return response;
}

absl::StatusOr<v1::MoveReviewResponse> MoveReview(Transaction& transaction,
                                                  const v1::MoveReviewRequest& request) {
  ASSIGN_OR_RETURN(const Stored<v1::Review> found, FindReview(transaction, request.name()));
  RETURN_IF_ERROR(CheckEtag(request.etag(), found));
  v1::Review review = found.value;
  Violations violations;
  const ReviewStep step{.name = request.name(),
                        .from = StageOf(review),
                        .to = EnumFrom<ReviewStage::kPublished>(request.to()),
                        .person = TakeText("person", request.person(), kPersonLimit, violations),
                        .person_unit = request.person_unit(),
                        .reason = TakeText("reason", request.reason(), kTextLimit, violations)};
  RETURN_IF_ERROR(CheckStep(DutiesOf(review), step, std::move(violations)));
  const std::string name(RoundOf(request.name()));
  ASSIGN_OR_RETURN(const Stored<Round> round, step.to == ReviewStage::kPublished
                                                  ? FindRound(transaction, name)
                                                  : FindOpenRound(transaction, name));
  RETURN_IF_ERROR(CheckReady(transaction, round.value, review, step));
  AddMove(step, transaction.Now(), review);
  ASSIGN_OR_RETURN(const Stored<v1::Review> stored, Put(transaction, request.name(), review));
  v1::MoveReviewResponse response;
  *response.mutable_review() = Render(stored);
  return response;
}

absl::Status TakeAgreementsBack(Transaction& transaction, const Round& round,
                                const std::string& person, const std::string& reason) {
  ASSIGN_OR_RETURN(const auto reviews, ListAll<v1::Review>(transaction, round.name));
  for (const Stored<v1::Review>& stored : reviews) {
    if (stored.value.stage() < v1::Review::STAGE_AGREED) continue;
    v1::Review review = stored.value;
    AddMove({.from = StageOf(review),
             .to = ReviewStage::kAppraised,
             .person = person,
             .reason = reason},
            transaction.Now(), review);
    RETURN_IF_ERROR(Put(transaction, stored.name, review).status());
  }
  return absl::OkStatus();
}

}  // namespace awards
