// The service itself: its handlers on a SQLite store of their own, called in this process.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_MODEL_SYSTEM_H_
#define THIDUA_TESTS_SERVICES_REPORTING_MODEL_SYSTEM_H_

#include <grpcpp/channel.h>
#include <grpcpp/server.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rpc/guard.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "common/telemetry/log.h"
#include "services/reporting/service/audit_service.h"
#include "services/reporting/service/change_feed_service.h"
#include "services/reporting/service/definition_service.h"
#include "services/reporting/service/pact_service.h"
#include "services/reporting/service/registry_service.h"
#include "services/reporting/service/statistics_service.h"
#include "services/reporting/service/submission_service.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/sequential_ids.h"

namespace reporting::model {

namespace v1 = ::thidua::reporting::v1;

// A folder in memory, where there is one, gone with this object: thousands of commits wait for no
// disk.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_{};
};

class System {
 public:
  // `clock` must outlive the system.
  explicit System(testkit::FakeClock& clock) : clock_(clock) { Open(); }
  ~System() { Close(); }
  System(const System&) = delete;
  System& operator=(const System&) = delete;

  // Closes the store and opens it again.
  void Restart() {
    Close();
    Open();
  }

  // What the handler of a request answers; of a list, all pages together.
  absl::StatusOr<v1::CreateUnitResponse> Send(const v1::CreateUnitRequest& request) {
    return on_->registry.CreateUnit(request);
  }
  absl::StatusOr<v1::UpdateUnitResponse> Send(const v1::UpdateUnitRequest& request) {
    return on_->registry.UpdateUnit(request);
  }
  absl::StatusOr<v1::MergeUnitsResponse> Send(const v1::MergeUnitsRequest& request) {
    return on_->registry.MergeUnits(request);
  }
  absl::StatusOr<v1::GetUnitResponse> Send(const v1::GetUnitRequest& request) {
    return on_->registry.GetUnit(request);
  }
  absl::StatusOr<v1::CreateClusterResponse> Send(const v1::CreateClusterRequest& request) {
    return on_->registry.CreateCluster(request);
  }
  absl::StatusOr<v1::CreateClusterYearResponse> Send(const v1::CreateClusterYearRequest& request) {
    return on_->registry.CreateClusterYear(request);
  }
  absl::StatusOr<v1::GetClusterYearResponse> Send(const v1::GetClusterYearRequest& request) {
    return on_->registry.GetClusterYear(request);
  }
  absl::StatusOr<v1::AdvanceClusterYearResponse> Send(
      const v1::AdvanceClusterYearRequest& request) {
    return on_->registry.AdvanceClusterYear(request);
  }
  absl::StatusOr<v1::HandOverClusterYearResponse> Send(
      const v1::HandOverClusterYearRequest& request) {
    return on_->registry.HandOverClusterYear(request);
  }
  absl::StatusOr<v1::CreateIndicatorResponse> Send(const v1::CreateIndicatorRequest& request) {
    return on_->definitions.CreateIndicator(request);
  }
  absl::StatusOr<v1::UpdateIndicatorResponse> Send(const v1::UpdateIndicatorRequest& request) {
    return on_->definitions.UpdateIndicator(request);
  }
  absl::StatusOr<v1::GetIndicatorResponse> Send(const v1::GetIndicatorRequest& request) {
    return on_->definitions.GetIndicator(request);
  }
  absl::StatusOr<v1::CreateFormResponse> Send(const v1::CreateFormRequest& request) {
    return on_->definitions.CreateForm(request);
  }
  absl::StatusOr<v1::UpdateFormResponse> Send(const v1::UpdateFormRequest& request) {
    return on_->definitions.UpdateForm(request);
  }
  absl::StatusOr<v1::GetFormResponse> Send(const v1::GetFormRequest& request) {
    return on_->definitions.GetForm(request);
  }
  absl::StatusOr<v1::CreatePactResponse> Send(const v1::CreatePactRequest& request) {
    return on_->pacts.CreatePact(request);
  }
  absl::StatusOr<v1::GetPactResponse> Send(const v1::GetPactRequest& request) {
    return on_->pacts.GetPact(request);
  }
  absl::StatusOr<v1::UpdatePactResponse> Send(const v1::UpdatePactRequest& request) {
    return on_->pacts.UpdatePact(request);
  }
  absl::StatusOr<v1::RevisePactResponse> Send(const v1::RevisePactRequest& request) {
    return on_->pacts.RevisePact(request);
  }
  absl::StatusOr<v1::SignPactResponse> Send(const v1::SignPactRequest& request) {
    return on_->pacts.SignPact(request);
  }
  // Over a channel in this process, as all that is answered from the writer's thread.
  absl::StatusOr<v1::SubmitResponse> Send(const v1::SubmitRequest& request);
  absl::StatusOr<v1::CheckReportResponse> Send(const v1::CheckReportRequest& request) {
    return on_->submissions.CheckReport(request);
  }
  absl::StatusOr<v1::SaveDraftResponse> Send(const v1::SaveDraftRequest& request) {
    return on_->submissions.SaveDraft(request);
  }
  absl::StatusOr<v1::SubmitDraftResponse> Send(const v1::SubmitDraftRequest& request) {
    return on_->submissions.SubmitDraft(request);
  }
  absl::StatusOr<v1::WithdrawDraftResponse> Send(const v1::WithdrawDraftRequest& request) {
    return on_->submissions.WithdrawDraft(request);
  }
  absl::StatusOr<v1::AcceptSubmissionResponse> Send(const v1::AcceptSubmissionRequest& request) {
    return on_->submissions.AcceptSubmission(request);
  }
  absl::StatusOr<v1::ReturnSubmissionResponse> Send(const v1::ReturnSubmissionRequest& request) {
    return on_->submissions.ReturnSubmission(request);
  }
  absl::StatusOr<v1::LockSubmissionResponse> Send(const v1::LockSubmissionRequest& request) {
    return on_->submissions.LockSubmission(request);
  }
  absl::StatusOr<v1::RestateSubmissionResponse> Send(const v1::RestateSubmissionRequest& request) {
    return on_->submissions.RestateSubmission(request);
  }
  absl::StatusOr<v1::GetSubmissionResponse> Send(const v1::GetSubmissionRequest& request) {
    return on_->submissions.GetSubmission(request);
  }
  absl::StatusOr<v1::CompareSubmissionsResponse> Send(
      const v1::CompareSubmissionsRequest& request) {
    return on_->submissions.CompareSubmissions(request);
  }
  absl::StatusOr<v1::ComputeTotalsResponse> Send(const v1::ComputeTotalsRequest& request) {
    return on_->statistics.ComputeTotals(request, [] { return false; });
  }
  absl::StatusOr<v1::VerifyAuditResponse> Send(const v1::VerifyAuditRequest& request) {
    return on_->audit.VerifyAudit(request);
  }
  absl::StatusOr<v1::ListChangesResponse> Send(const v1::ListChangesRequest& request) {
    return on_->feed.ListChanges(request);
  }
  absl::StatusOr<v1::ListUnitsResponse> Send(const v1::ListUnitsRequest& request) {
    return AllPages<v1::ListUnitsResponse>(
        request, [this](const auto& page) { return on_->registry.ListUnits(page); });
  }
  absl::StatusOr<v1::ListClusterYearsResponse> Send(const v1::ListClusterYearsRequest& request) {
    return AllPages<v1::ListClusterYearsResponse>(
        request, [this](const auto& page) { return on_->registry.ListClusterYears(page); });
  }
  absl::StatusOr<v1::ListSubmissionsResponse> Send(const v1::ListSubmissionsRequest& request) {
    return AllPages<v1::ListSubmissionsResponse>(
        request, [this](const auto& page) { return on_->submissions.ListSubmissions(page); });
  }
  absl::StatusOr<v1::ListSubmissionVersionsResponse> Send(
      const v1::ListSubmissionVersionsRequest& request) {
    return AllPages<v1::ListSubmissionVersionsResponse>(request, [this](const auto& page) {
      return on_->submissions.ListSubmissionVersions(page);
    });
  }

  // The answers of one stream, one per item.
  absl::StatusOr<std::vector<v1::ImportSubmissionsResponse>> Send(
      const std::vector<v1::ImportSubmissionsRequest>& items);

 private:
  // Begins to serve them, if they are not yet.
  v1::SubmissionService::Stub& Submissions();
  // What is made anew with each start.
  struct Services {
    explicit Services(ServiceResources resources)
        : registry(resources),
          definitions(resources),
          pacts(resources),
          submissions(resources),
          statistics(resources),
          feed(resources),
          audit(resources) {}

    RegistryService registry;
    DefinitionService definitions;
    PactService pacts;
    SubmissionService submissions;
    StatisticsService statistics;
    ChangeFeedService feed;
    AuditService audit;
  };

  template <typename Response, typename Request, typename Method>
  static absl::StatusOr<Response> AllPages(Request request, Method method) {
    Response all;
    do {
      absl::StatusOr<Response> page = method(request);
      if (!page.ok()) return page;
      request.set_page_token(page->next_page_token());
      page->clear_next_page_token();
      all.MergeFrom(*page);
    } while (!request.page_token().empty());
    return all;
  }

  void Open();
  void Close();

  testkit::FakeClock& clock_;
  ScratchFolder folder_{};
  testkit::SequentialIds ids_{};
  common::telemetry::Logger logger_{{.service = "test", .sink = [](std::string_view /*line*/) {}},
                                    clock_};
  common::rpc::RpcEnvironment rpc_{{.domain = "reporting.thidua"}, logger_, clock_};
  std::unique_ptr<common::storage::sqlite::SqliteLedger> ledger_{};
  std::unique_ptr<Services> on_{};
  // For streams; made when the first comes.
  std::unique_ptr<grpc::Server> server_{};
  std::shared_ptr<grpc::Channel> channel_{};
  std::unique_ptr<v1::SubmissionService::Stub> stub_{};
};

}  // namespace reporting::model

#endif  // THIDUA_TESTS_SERVICES_REPORTING_MODEL_SYSTEM_H_
