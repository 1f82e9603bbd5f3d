// The steps that call the reporting service once each.
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/player.h"
#include "services/thiduactl/problem.h"

namespace thiduactl {
namespace {

namespace reporting = ::thidua::reporting::v1;
using Calendar = reporting::CalendarService::Stub;
using Definitions = reporting::DefinitionService::Stub;
using Pacts = reporting::PactService::Stub;
using Registry = reporting::RegistryService::Stub;
using Submissions = reporting::SubmissionService::Stub;
using ::thidua::ctl::v1::Step;

absl::Status UnknownStep() { return LocalProblem("thiduactl does not know this call"); }

template <typename Response>
std::string YearText(const Response& response) {
  return absl::StrCat(response.cluster_year().name(), " ",
                      EnumWord(response.cluster_year().state()));
}

template <typename Response>
std::string SubmissionText(const Response& response) {
  return absl::StrCat(response.submission().name(), " ", EnumWord(response.submission().state()));
}

template <typename Response>
std::string IndicatorText(const Response& response) {
  return absl::StrCat(response.indicator().name(), " version ",
                      response.indicator().definition_version());
}

template <typename Response>
std::string FormText(const Response& response) {
  return absl::StrCat(response.form().name(), " version ", response.form().version());
}

}  // namespace

template <typename Stub, typename Request, typename Response, typename Read, typename Summarise>
absl::StatusOr<StepResult> Player::ReportOnNewest(
    Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
    std::type_identity_t<Request> request, Read read, Summarise summarise) {
  const bool newest = request.etag().empty();
  SetRequestId(request, ids_);
  if (newest) {
    ASSIGN_OR_RETURN(*request.mutable_etag(), read());
  }
  const absl::StatusOr<Response> response = Report(stub, method, request);
  // The same step with the etag of an earlier run: it was played then.
  if (newest && common::DetailOf(response.status()).reason == common::kRequestIdReused) {
    return StepResult{.summary = "done before"};
  }
  return Result(response, summarise);
}

absl::StatusOr<StepResult> Player::PlayReporting(const Step& step) {
  switch (step.call_case()) {
    case Step::kCreateIndicator:
    case Step::kUpdateIndicator:
    case Step::kCreateForm:
    case Step::kUpdateForm:
      return PlayDefinition(step);
    case Step::kCreatePact:
    case Step::kUpdatePact:
    case Step::kRevisePact:
    case Step::kSignPact:
      return PlayPact(step);
    case Step::kExtendReport:
    case Step::kReopenClusterYear:
      return PlayCalendar(step);
    case Step::kSubmit:
    case Step::kReturnSubmission:
    case Step::kRestateSubmission:
      return PlaySubmission(step);
    default:
      return PlayRegistry(step);
  }
}

absl::StatusOr<StepResult> Player::PlayRegistry(const Step& step) {
  Registry& registry = connection_.registry();
  switch (step.call_case()) {
    case Step::kCreateUnit:
      return Result(Report(registry, &Registry::CreateUnit, step.create_unit()),
                    [](const auto& r) { return r.unit().name(); });
    case Step::kUpdateUnit:
      return ReportOnNewest(
          registry, &Registry::UpdateUnit, step.update_unit(),
          [&]() -> absl::StatusOr<std::string> {
            reporting::GetUnitRequest get;
            get.set_name(step.update_unit().unit().name());
            ASSIGN_OR_RETURN(const auto r, connection_.Call(registry, &Registry::GetUnit, get));
            return r.unit().etag();
          },
          [](const auto& r) { return r.unit().name(); });
    case Step::kMergeUnits:
      return Result(Report(registry, &Registry::MergeUnits, step.merge_units()), [](const auto& r) {
        return absl::StrCat(r.predecessors_size(), " into ", r.unit().name());
      });
    case Step::kCreateCluster:
      return Result(Report(registry, &Registry::CreateCluster, step.create_cluster()),
                    [](const auto& r) { return r.cluster().name(); });
    case Step::kCreateClusterYear:
      return Result(Report(registry, &Registry::CreateClusterYear, step.create_cluster_year()),
                    [](const auto& r) { return YearText(r); });
    case Step::kAdvanceClusterYear:
      return Result(Report(registry, &Registry::AdvanceClusterYear, step.advance_cluster_year()),
                    [](const auto& r) { return YearText(r); });
    case Step::kHandOverClusterYear:
      return Result(Report(registry, &Registry::HandOverClusterYear, step.hand_over_cluster_year()),
                    [](const auto& r) { return YearText(r); });
    default:
      return UnknownStep();
  }
}

absl::StatusOr<StepResult> Player::PlayDefinition(const Step& step) {
  Definitions& definitions = connection_.definitions();
  switch (step.call_case()) {
    case Step::kCreateIndicator:
      return Result(Report(definitions, &Definitions::CreateIndicator, step.create_indicator()),
                    [](const auto& r) { return r.indicator().name(); });
    case Step::kUpdateIndicator:
      return ReportOnNewest(
          definitions, &Definitions::UpdateIndicator, step.update_indicator(),
          [&]() -> absl::StatusOr<std::string> {
            reporting::GetIndicatorRequest get;
            get.set_name(step.update_indicator().indicator().name());
            ASSIGN_OR_RETURN(const auto r,
                             connection_.Call(definitions, &Definitions::GetIndicator, get));
            return r.indicator().etag();
          },
          [](const auto& r) { return IndicatorText(r); });
    case Step::kCreateForm:
      return Result(Report(definitions, &Definitions::CreateForm, step.create_form()),
                    [](const auto& r) { return r.form().name(); });
    case Step::kUpdateForm:
      return ReportOnNewest(
          definitions, &Definitions::UpdateForm, step.update_form(),
          [&]() -> absl::StatusOr<std::string> {
            reporting::GetFormRequest get;
            get.set_name(step.update_form().form().name());
            ASSIGN_OR_RETURN(const auto r,
                             connection_.Call(definitions, &Definitions::GetForm, get));
            return r.form().etag();
          },
          [](const auto& r) { return FormText(r); });
    default:
      return UnknownStep();
  }
}

absl::StatusOr<StepResult> Player::PlayPact(const Step& step) {
  Pacts& pacts = connection_.pacts();
  switch (step.call_case()) {
    case Step::kCreatePact:
      return Result(Report(pacts, &Pacts::CreatePact, step.create_pact()),
                    [](const auto& r) { return r.pact().name(); });
    case Step::kUpdatePact:
      return ReportOnNewest(
          pacts, &Pacts::UpdatePact, step.update_pact(),
          [&]() -> absl::StatusOr<std::string> {
            reporting::GetPactRequest get;
            get.set_name(step.update_pact().pact().name());
            ASSIGN_OR_RETURN(const auto r, connection_.Call(pacts, &Pacts::GetPact, get));
            return r.pact().etag();
          },
          [](const auto& r) {
            return absl::StrCat(r.pact().name(), ", ", r.pact().targets_size(), " targets");
          });
    case Step::kRevisePact:
      return Result(Report(pacts, &Pacts::RevisePact, step.revise_pact()), [](const auto& r) {
        return absl::StrCat(r.pact().name(), ", ", r.pact().proposal().targets_size(),
                            " targets proposed");
      });
    case Step::kSignPact:
      return Result(Report(pacts, &Pacts::SignPact, step.sign_pact()), [](const auto& r) {
        return absl::StrCat(r.pact().has_proposal() ? r.pact().proposal().signatures_size()
                                                    : r.pact().signatures_size(),
                            " signed");
      });
    default:
      return UnknownStep();
  }
}

absl::StatusOr<StepResult> Player::PlayCalendar(const Step& step) {
  Calendar& calendar = connection_.calendar();
  switch (step.call_case()) {
    case Step::kExtendReport:
      return Result(Report(calendar, &Calendar::ExtendReport, step.extend_report()),
                    [](const auto& r) {
                      return absl::StrCat(r.cluster_year().extensions_size(), " extensions");
                    });
    case Step::kReopenClusterYear:
      return Result(Report(calendar, &Calendar::ReopenClusterYear, step.reopen_cluster_year()),
                    [](const auto& r) { return YearText(r); });
    default:
      return UnknownStep();
  }
}

absl::StatusOr<StepResult> Player::PlaySubmission(const Step& step) {
  Submissions& submissions = connection_.submissions();
  switch (step.call_case()) {
    case Step::kSubmit:
      return Result(Report(submissions, &Submissions::Submit, step.submit()), [](const auto& r) {
        return absl::StrCat(r.submission().name(), " ", EnumWord(r.outcome()));
      });
    case Step::kReturnSubmission:
      return Result(Report(submissions, &Submissions::ReturnSubmission, step.return_submission()),
                    [](const auto& r) { return SubmissionText(r); });
    case Step::kRestateSubmission:
      return Result(Report(submissions, &Submissions::RestateSubmission, step.restate_submission()),
                    [](const auto& r) { return SubmissionText(r); });
    default:
      return UnknownStep();
  }
}

}  // namespace thiduactl
