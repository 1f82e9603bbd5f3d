// One call of Submit, answered once its commit is durable, without a thread that waits for it.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_SUBMIT_CALL_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_SUBMIT_CALL_H_

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/guard.h"
#include "common/storage/ledger.h"
#include "services/reporting/service/intake.h"
#include "services/reporting/store/definitions.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace reporting {

// What a call works with; all outlive it.
struct SubmitResources {
  common::storage::Ledger& ledger;
  common::rpc::RpcEnvironment& rpc;
  ReceptionCache& cache;
};

// The report waits in the ledger's queue, which bounds how many do, and is answered on the writer's
// thread. A call that nobody waits for any more when its turn comes writes nothing.
class SubmitCall final : public grpc::ServerUnaryReactor {
 public:
  // A reactor that lives until the call is over. `request` and `response` do, too.
  static SubmitCall* Begin(const SubmitResources& resources,
                           const grpc::CallbackServerContext& context,
                           const thidua::reporting::v1::SubmitRequest& request,
                           thidua::reporting::v1::SubmitResponse& response);

  void OnCancel() override { is_cancelled_ = true; }
  void OnDone() override;

 private:
  SubmitCall(const SubmitResources& resources, const grpc::CallbackServerContext& context,
             const thidua::reporting::v1::SubmitRequest& request,
             thidua::reporting::v1::SubmitResponse& response);

  void Start();
  // In the transaction: puts the answer, without commit token, into `response_`, and returns it as
  // it is to be stored.
  absl::StatusOr<std::string> TakeIn(common::storage::Transaction& ledger_transaction);
  // CANCELLED or DEADLINE_EXCEEDED if nobody waits for the answer.
  absl::Status CheckAwaited() const;
  // After the commit: completes the answer, or puts the one of the first time in its place.
  absl::Status Complete(const common::storage::WriteResult& result);
  void End(const absl::Status& status);

  const SubmitResources resources_;
  const thidua::reporting::v1::SubmitRequest& request_;
  thidua::reporting::v1::SubmitResponse& response_;
  const absl::Time deadline_;
  common::rpc::GuardedCall call_;
  Intake intake_;
  std::atomic<bool> is_cancelled_ = false;
  // Keeps this object while the call is under way.
  std::unique_ptr<SubmitCall> self_;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_SUBMIT_CALL_H_
