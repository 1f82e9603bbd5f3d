// What the handlers of awards' services share.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_SERVICE_BASE_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_SERVICE_BASE_H_

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "common/rpc/guard.h"
#include "common/rpc/mutation.h"
#include "common/storage/ledger.h"
#include "services/awards/reporting_client/feed_progress.h"

namespace awards {

// What a service works with; all outlive it.
struct ServiceResources {
  common::rpc::RpcEnvironment& rpc;
  common::storage::Ledger& ledger;
  FeedProgress& feed;
};

// The full name of the call whose request is `request`, such as
// `thidua.awards.v1.RoundService/ScoreRound`: by the contract's rule, requests are named after
// their calls.
std::string CallName(std::string_view service, const google::protobuf::Descriptor& request);

// Base of the service class for `Contract`, such as thidua::awards::v1::RoundService.
template <typename Contract>
class ServiceBase : public Contract::Service {
 public:
  explicit ServiceBase(const ServiceResources& resources) : resources_(resources) {}

 protected:
  // Runs `work`, which returns absl::StatusOr<Response>, as the guarded handler of `request`.
  template <typename Request, typename Response, typename Work>
  grpc::Status Answer(grpc::ServerContext* context, const Request* request, Response* response,
                      Work&& work) {
    return common::rpc::Guard(resources_.rpc, context, CallNameOf<Request>(), *request, response,
                              std::forward<Work>(work));
  }

  // Runs `work` as one write that answers `request`, once per request id; blocks until durable.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Mutate(
      const Request& request,
      std::function<absl::StatusOr<Response>(common::storage::Transaction& transaction)> work) {
    return common::rpc::Mutate<Response>(resources_.ledger, CallNameOf<Request>(),
                                         common::rpc::CallerName(), request, std::move(work));
  }

  common::storage::Ledger& ledger() { return resources_.ledger; }
  FeedProgress& feed() { return resources_.feed; }

 private:
  template <typename Request>
  static const std::string& CallNameOf() {
    static const std::string kName =
        CallName(Contract::service_full_name(), *Request::descriptor());
    return kName;
  }

  const ServiceResources resources_;
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_SERVICE_BASE_H_
