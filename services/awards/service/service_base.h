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
#include "common/status/status_macros.h"
#include "common/storage/ledger.h"
#include "services/awards/reporting_client/feed_progress.h"

namespace awards {

// Who calls. There are no identities yet: everybody who reaches the port is the same.
inline constexpr std::string_view kPrincipal = "anonymous";

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
                                         std::string(kPrincipal), request, std::move(work));
  }

  // Runs `work` as one write that answers `request`, as a guarded handler.
  template <typename Request, typename Response>
  grpc::Status Write(grpc::ServerContext* context, const Request* request, Response* response,
                     absl::StatusOr<Response> (*work)(common::storage::Transaction& transaction,
                                                      const Request& request)) {
    return Answer(context, request, response, [&] {
      return Mutate<Response>(*request, [&](common::storage::Transaction& transaction) {
        return work(transaction, *request);
      });
    });
  }

  // Runs `work` on a state that contains `min_commit_token`, as a guarded handler.
  template <typename Request, typename Response>
  grpc::Status Read(grpc::ServerContext* context, const Request* request, Response* response,
                    absl::StatusOr<Response> (*work)(common::storage::Reader& reader,
                                                     const Request& request)) {
    return Answer(context, request, response, [&]() -> absl::StatusOr<Response> {
      RETURN_IF_ERROR(common::rpc::CheckMinCommitToken(ledger(), request->min_commit_token()));
      Response answer;
      RETURN_IF_ERROR(ledger().Read([&](common::storage::Reader& reader) -> absl::Status {
        ASSIGN_OR_RETURN(answer, work(reader, *request));
        return absl::OkStatus();
      }));
      return answer;
    });
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
