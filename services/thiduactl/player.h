// Plays the steps of plans, one after the other.
#ifndef THIDUA_SERVICES_THIDUACTL_PLAYER_H_
#define THIDUA_SERVICES_THIDUACTL_PLAYER_H_

#include <functional>
#include <string>
#include <type_traits>

#include "absl/status/statusor.h"
#include "common/status/status_macros.h"
#include "services/thiduactl/connection.h"
#include "services/thiduactl/importer.h"
#include "services/thiduactl/plan.h"

namespace thiduactl {

// What a step did.
struct StepResult {
  // In words, such as `units/bac-ninh` or `alliance-annual 2020 ESTIMATE: 11 rows: 11 created`.
  std::string summary{};
  // Rows of a table that were rejected.
  int64_t rejected = 0;
};

// What a step did, once its call has answered: `summarise(answer)`.
template <typename Response, typename Summarise>
absl::StatusOr<StepResult> Result(const absl::StatusOr<Response>& response, Summarise summarise) {
  if (!response.ok()) return response.status();
  return StepResult{.summary = summarise(*response)};
}

// Plays steps against the services. The steps of one player, in order, make up its request ids, so
// the same sequence of steps does nothing twice. Not thread-safe.
class Player {
 public:
  // Called for each row of a table that is rejected, with the path of the table.
  using OnRejected = std::function<void(const std::string& path, const ImportedRow& row)>;

  // `connection` must outlive the player.
  Player(Connection& connection, OnRejected on_rejected);

  // Plays one step of `file`. The error is that of the call, or a local problem.
  absl::StatusOr<StepResult> Play(const PlanFile& file, const thidua::ctl::v1::Step& step);

 private:
  absl::StatusOr<StepResult> PlayReporting(const thidua::ctl::v1::Step& step);
  absl::StatusOr<StepResult> PlayRegistry(const thidua::ctl::v1::Step& step);
  absl::StatusOr<StepResult> PlayDefinition(const thidua::ctl::v1::Step& step);
  absl::StatusOr<StepResult> PlayPact(const thidua::ctl::v1::Step& step);
  absl::StatusOr<StepResult> PlayCalendar(const thidua::ctl::v1::Step& step);
  absl::StatusOr<StepResult> PlaySubmission(const thidua::ctl::v1::Step& step);
  absl::StatusOr<StepResult> PlayAwards(const thidua::ctl::v1::Step& step);
  absl::StatusOr<StepResult> CreatePact(const PlanFile& file,
                                        const thidua::ctl::v1::CreatePactFromCsv& call);
  absl::StatusOr<StepResult> Import(const PlanFile& file, const thidua::ctl::v1::ImportCsv& call);
  absl::StatusOr<StepResult> Accept(const thidua::ctl::v1::AcceptSubmissions& call);
  absl::StatusOr<StepResult> Score(thidua::awards::v1::ScoreRoundRequest request);
  absl::StatusOr<StepResult> Nominate(thidua::awards::v1::IssueNominationsRequest request);

  // Calls a mutation under an id made from its content, and remembers reporting's commit.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Report(Stub& stub,
                                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                               Response*),
                                  std::type_identity_t<Request> request) {
    SetRequestId(request, ids_);
    ASSIGN_OR_RETURN(Response response, connection_.Call(stub, method, request));
    Remember(response.commit_token());
    return response;
  }
  // The same for a mutation that needs the etag of the version it was made from. Where the plan has
  // none, it is that of `read`, which answers the stored etag; the id is of the content alone, so a
  // plan that is played again is known though the etag is another.
  template <typename Stub, typename Request, typename Response, typename Read, typename Summarise>
  absl::StatusOr<StepResult> ReportOnNewest(
      Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
      std::type_identity_t<Request> request, Read read, Summarise summarise);
  // The same as Report for awards, once it has seen what was written to reporting.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Award(Stub& stub,
                                 grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                              Response*),
                                 std::type_identity_t<Request> request) {
    RETURN_IF_ERROR(CatchUp());
    SetRequestId(request, ids_);
    return connection_.Call(stub, method, request);
  }
  absl::Status CatchUp();
  void Remember(const std::string& commit_token);

  Connection& connection_;
  OnRejected on_rejected_;
  RequestIds ids_;
  // Ids that no other run has, for calls that are safe to repeat and must look anew each time.
  RequestIds ids_of_this_run_;
  // The newest commit of reporting in this run.
  std::string reporting_token_{};
  // Whether awards is known to have consumed all that this run wrote to reporting.
  bool awards_caught_up_ = false;
};

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_PLAYER_H_
