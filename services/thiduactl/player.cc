#include "services/thiduactl/player.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/seams/id_source.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/catch_up.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/problem.h"

namespace thiduactl {
namespace {

namespace awards = ::thidua::awards::v1;
namespace reporting = ::thidua::reporting::v1;
using ::thidua::ctl::v1::Step;

constexpr char kRoundClosed[] = "ROUND_CLOSED";

// The step was played by somebody else or in an earlier run, and its result stands.
bool IsRoundClosed(const absl::Status& status) {
  return common::DetailOf(status).reason == kRoundClosed;
}

// What a step did, once its call has answered.
template <typename Response, typename Summarise>
absl::StatusOr<StepResult> Result(const absl::StatusOr<Response>& response, Summarise summarise) {
  if (!response.ok()) return response.status();
  return StepResult{.summary = summarise(*response)};
}

template <typename Request>
void SetRequestId(Request& request, RequestIds& ids) {
  if (!request.request_id().empty()) return;
  request.set_request_id(ids.Next(Request::descriptor()->full_name(), request));
}

}  // namespace

Player::Player(Connection& connection, OnRejected on_rejected)
    : connection_(connection),
      on_rejected_(std::move(on_rejected)),
      ids_("plan"),
      ids_of_this_run_(common::RandomIdSource().NewUuid()) {}

absl::StatusOr<StepResult> Player::Play(const PlanFile& file, const Step& step) {
  switch (step.call_case()) {
    case Step::kCreatePactFromCsv:
      return CreatePact(file, step.create_pact_from_csv());
    case Step::kImportCsv:
      return Import(file, step.import_csv());
    case Step::kAcceptSubmissions:
      return Accept(step.accept_submissions());
    case Step::kCreateRubric:
    case Step::kCreateRound:
    case Step::kRecordAppraisal:
    case Step::kRecordEvent:
    case Step::kScoreRound:
    case Step::kIssueNominations:
      return PlayAwards(step);
    default:
      return PlayReporting(step);
  }
}

absl::StatusOr<StepResult> Player::PlayReporting(const Step& step) {
  using Registry = reporting::RegistryService::Stub;
  using Definitions = reporting::DefinitionService::Stub;
  using Pacts = reporting::PactService::Stub;
  const auto year = [](const auto& r) {
    return absl::StrCat(r.cluster_year().name(), " ", EnumWord(r.cluster_year().state()));
  };
  Registry& registry = connection_.registry();
  switch (step.call_case()) {
    case Step::kCreateUnit:
      return Result(Report(registry, &Registry::CreateUnit, step.create_unit()),
                    [](const auto& r) { return r.unit().name(); });
    case Step::kUpdateUnit:
      return Result(Report(registry, &Registry::UpdateUnit, step.update_unit()),
                    [](const auto& r) { return r.unit().name(); });
    case Step::kCreateCluster:
      return Result(Report(registry, &Registry::CreateCluster, step.create_cluster()),
                    [](const auto& r) { return r.cluster().name(); });
    case Step::kCreateClusterYear:
      return Result(Report(registry, &Registry::CreateClusterYear, step.create_cluster_year()),
                    year);
    case Step::kAdvanceClusterYear:
      return Result(Report(registry, &Registry::AdvanceClusterYear, step.advance_cluster_year()),
                    year);
    case Step::kHandOverClusterYear:
      return Result(Report(registry, &Registry::HandOverClusterYear, step.hand_over_cluster_year()),
                    year);
    case Step::kCreateIndicator:
      return Result(
          Report(connection_.definitions(), &Definitions::CreateIndicator, step.create_indicator()),
          [](const auto& r) { return r.indicator().name(); });
    case Step::kCreateForm:
      return Result(Report(connection_.definitions(), &Definitions::CreateForm, step.create_form()),
                    [](const auto& r) { return r.form().name(); });
    case Step::kCreatePact:
      return Result(Report(connection_.pacts(), &Pacts::CreatePact, step.create_pact()),
                    [](const auto& r) { return r.pact().name(); });
    case Step::kSignPact:
      return Result(
          Report(connection_.pacts(), &Pacts::SignPact, step.sign_pact()),
          [](const auto& r) { return absl::StrCat(r.pact().signatures_size(), " signed"); });
    case Step::kSubmit:
      return Result(Report(connection_.submissions(), &reporting::SubmissionService::Stub::Submit,
                           step.submit()),
                    [](const auto& r) {
                      return absl::StrCat(r.submission().name(), " ", EnumWord(r.outcome()));
                    });
    default:
      return LocalProblem("thiduactl does not know this call");
  }
}

absl::StatusOr<StepResult> Player::PlayAwards(const Step& step) {
  using Rounds = awards::RoundService::Stub;
  Rounds& rounds = connection_.rounds();
  switch (step.call_case()) {
    case Step::kCreateRubric:
      return Result(Award(connection_.rubrics(), &awards::RubricService::Stub::CreateRubric,
                          step.create_rubric()),
                    [](const auto& r) { return r.rubric().name(); });
    case Step::kCreateRound:
      return Result(Award(rounds, &Rounds::CreateRound, step.create_round()),
                    [](const auto& r) { return r.round().name(); });
    case Step::kRecordAppraisal:
      return Result(Award(rounds, &Rounds::RecordAppraisal, step.record_appraisal()),
                    [](const auto& r) { return r.appraisal().name(); });
    case Step::kRecordEvent:
      return Result(Award(rounds, &Rounds::RecordEvent, step.record_event()),
                    [](const auto& r) { return r.event().name(); });
    case Step::kScoreRound:
      return Score(step.score_round());
    case Step::kIssueNominations:
      return Nominate(step.issue_nominations());
    default:
      return LocalProblem("thiduactl does not know this call");
  }
}

absl::StatusOr<StepResult> Player::CreatePact(const PlanFile& file,
                                              const thidua::ctl::v1::CreatePactFromCsv& call) {
  ASSIGN_OR_RETURN(FigureTable table, FigureTable::Open(file.Resolve(call.file())));
  ASSIGN_OR_RETURN(const auto targets, ReadTargets(std::move(table)));
  reporting::CreatePactRequest request;
  request.set_parent(call.parent());
  request.mutable_pact()->mutable_targets()->Assign(targets.begin(), targets.end());
  return Result(
      Report(connection_.pacts(), &reporting::PactService::Stub::CreatePact, std::move(request)),
      [](const auto& r) {
        return absl::StrCat(r.pact().name(), ", ", r.pact().targets_size(), " targets");
      });
}

absl::StatusOr<StepResult> Player::Import(const PlanFile& file,
                                          const thidua::ctl::v1::ImportCsv& call) {
  const std::string path = file.Resolve(call.file());
  ASSIGN_OR_RETURN(FigureTable table, FigureTable::OpenReports(path));
  const ImportOptions options{
      .key = {.form = call.form(), .period = call.period(), .value_kind = call.value_kind()}};
  ASSIGN_OR_RETURN(
      const ImportCounts counts,
      ImportFigures(connection_, std::move(table), options, ids_, [&](const ImportedRow& row) {
        if (row.answer.outcome() == reporting::OUTCOME_REJECTED) {
          on_rejected_(path, row);
        }
      }));
  Remember(counts.commit_token);
  return StepResult{.summary = absl::StrCat(ShortName(call.form()), " ", call.period(), " ",
                                            EnumWord(call.value_kind()), ", ", counts.Summary()),
                    .rejected = counts.rejected};
}

absl::StatusOr<StepResult> Player::Accept(const thidua::ctl::v1::AcceptSubmissions& call) {
  using Submissions = reporting::SubmissionService::Stub;
  int accepted = 0;
  reporting::ListSubmissionsRequest list;
  list.set_cluster_year(call.cluster_year());
  list.set_state(reporting::Submission::STATE_SUBMITTED);
  list.set_page_size(1000);
  list.set_min_commit_token(reporting_token_);
  do {
    ASSIGN_OR_RETURN(const auto page, connection_.Call(connection_.submissions(),
                                                       &Submissions::ListSubmissions, list));
    for (const reporting::Submission& submission : page.submissions()) {
      reporting::AcceptSubmissionRequest request;
      request.set_name(submission.name());
      request.set_etag(submission.etag());
      RETURN_IF_ERROR(Within(
          submission.name(),
          Report(connection_.submissions(), &Submissions::AcceptSubmission, std::move(request))
              .status()));
      ++accepted;
    }
    list.set_page_token(page.next_page_token());
  } while (!list.page_token().empty());
  return StepResult{.summary = absl::StrCat(accepted, " accepted")};
}

// Scoring and nominating look at what is reported now, so they are called anew in every run; both
// are safe to repeat. A round whose nominations are issued keeps its scores.
absl::StatusOr<StepResult> Player::Score(awards::ScoreRoundRequest request) {
  RETURN_IF_ERROR(CatchUp());
  if (request.min_reporting_token().empty()) request.set_min_reporting_token(reporting_token_);
  SetRequestId(request, ids_of_this_run_);
  const auto response =
      connection_.Call(connection_.rounds(), &awards::RoundService::Stub::ScoreRound, request);
  if (IsRoundClosed(response.status())) {
    return StepResult{.summary = absl::StrCat(request.name(), " is closed, its scores stand")};
  }
  return Result(response, [](const auto& r) { return absl::StrCat(r.round().name(), " scored"); });
}

absl::StatusOr<StepResult> Player::Nominate(awards::IssueNominationsRequest request) {
  RETURN_IF_ERROR(CatchUp());
  if (request.min_reporting_token().empty()) request.set_min_reporting_token(reporting_token_);
  SetRequestId(request, ids_of_this_run_);
  return Result(connection_.Call(connection_.rounds(),
                                 &awards::RoundService::Stub::IssueNominations, request),
                [](const auto& r) {
                  return absl::StrCat(r.nominations_size(), " nominations, ", r.open_places_size(),
                                      " open places");
                });
}

template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Player::Report(Stub& stub,
                                        grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                     const Request&, Response*),
                                        std::type_identity_t<Request> request) {
  SetRequestId(request, ids_);
  ASSIGN_OR_RETURN(Response response, connection_.Call(stub, method, request));
  Remember(response.commit_token());
  return response;
}

template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Player::Award(Stub& stub,
                                       grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                                    const Request&, Response*),
                                       std::type_identity_t<Request> request) {
  RETURN_IF_ERROR(CatchUp());
  SetRequestId(request, ids_);
  return connection_.Call(stub, method, request);
}

absl::Status Player::CatchUp() {
  if (awards_caught_up_) return absl::OkStatus();
  RETURN_IF_ERROR(WaitForAwards(connection_));
  awards_caught_up_ = true;
  return absl::OkStatus();
}

void Player::Remember(const std::string& commit_token) {
  if (commit_token.empty()) return;
  reporting_token_ = commit_token;
  awards_caught_up_ = false;
}

}  // namespace thiduactl
