// What the handlers of every reporting service share.
#ifndef THIDUA_SERVICES_REPORTING_SERVICE_SERVICE_BASE_H_
#define THIDUA_SERVICES_REPORTING_SERVICE_SERVICE_BASE_H_

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/rpc/guard.h"
#include "common/rpc/mutation.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/storage/ledger.h"
#include "services/reporting/codec/stored.h"
#include "services/reporting/store/reporting_store.h"

namespace reporting {

// What a service works with; both outlive it.
struct ServiceResources {
  common::rpc::RpcEnvironment& rpc;
  common::storage::Ledger& ledger;
};

// The full name of the call whose request is `request`, such as
// `thidua.reporting.v1.RegistryService/CreateUnit`: by the contract's rule, requests are named
// after their calls.
std::string CallName(std::string_view service, const google::protobuf::Descriptor& request);

template <typename Contract, typename Request>
const std::string& CallNameOf() {
  static const std::string kName = CallName(Contract::service_full_name(), *Request::descriptor());
  return kName;
}

// `status`; if it is INVALID_ARGUMENT, with `field` as the field at fault, or before the path of
// each that it names.
absl::Status AtField(std::string_view field, const absl::Status& status);

// `parsed`, with its error put at the request's field.
template <typename T>
absl::StatusOr<T> InField(std::string_view field, absl::StatusOr<T> parsed) {
  if (parsed.ok()) return parsed;
  return AtField(field, parsed.status());
}

// Whether a resource is in the version that the caller has seen; an empty etag is always right.
// ABORTED, reason ETAG_MISMATCH.
absl::Status CheckEtag(std::string_view etag, int64_t version);

// A version as the contract shows it.
template <typename Resource>
auto Render(const Versioned<Resource>& resource) {
  auto message = ToProto(resource.value);
  StampVersion(message, resource.version, resource.update_time);
  return message;
}

// Base of the service class for `Contract`, such as thidua::reporting::v1::RegistryService.
template <typename Contract, typename Base = typename Contract::Service>
class ServiceBase : public Base {
 public:
  explicit ServiceBase(ServiceResources resources) : resources_(resources) {}

  // The full name of the service in the contract.
  static std::string FullName() { return Contract::service_full_name(); }

 protected:
  // Runs `work`, which returns absl::StatusOr<Response>, as the guarded handler of `request`.
  template <typename Request, typename Response, typename Work>
  grpc::Status Answer(grpc::ServerContext* context, const Request* request, Response* response,
                      Work&& work) {
    return common::rpc::Guard(resources_.rpc, context, CallNameOf<Contract, Request>(), *request,
                              response, std::forward<Work>(work));
  }

  // Runs `work` as one write that answers `request`, once per request id. Blocks until it is
  // durable.
  template <typename Response, typename Request>
  absl::StatusOr<Response> Mutate(
      const Request& request,
      std::function<absl::StatusOr<Response>(StoreTransaction& transaction)> work) {
    return common::rpc::Mutate<Response>(
        resources_.ledger, CallNameOf<Contract, Request>(), common::rpc::CallerName(), request,
        [&work](common::storage::Transaction& ledger_transaction) -> absl::StatusOr<Response> {
          StoreTransaction transaction(ledger_transaction);
          return work(transaction);
        });
  }

  // Runs `read` on a snapshot that has at least what `request.min_commit_token` stands for.
  template <typename Request, typename Read>
  absl::Status ReadFor(const Request& request, Read&& read) {
    RETURN_IF_ERROR(
        common::rpc::CheckMinCommitToken(resources_.ledger, request.min_commit_token()));
    return ReadStore(resources_.ledger, std::forward<Read>(read));
  }

  // Answers `request` with the newest version of a resource.
  template <typename Resource, typename Request>
  auto GetFor(const Request& request, const IdFor<Resource>& id)
      -> absl::StatusOr<decltype(Render(Versioned<Resource>()))> {
    Versioned<Resource> found;
    RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
      ASSIGN_OR_RETURN(found, view.Get<Resource>(id));
      return absl::OkStatus();
    }));
    return Render(found);
  }

  // Answers `request` with the version `version` of a resource, or the newest for 0.
  // INVALID_ARGUMENT, reason INVALID_FIELD, at `field`: it is negative.
  template <typename Resource, typename Request>
  auto GetVersionFor(const Request& request, const IdFor<Resource>& id, std::string_view field,
                     int64_t version) -> absl::StatusOr<decltype(Render(Versioned<Resource>()))> {
    if (version == 0) return GetFor<Resource>(request, id);
    if (version < 0) {
      return common::InvalidField(field, common::kInvalidField, "must not be negative");
    }
    Versioned<Resource> found;
    RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
      ASSIGN_OR_RETURN(found, view.GetVersion<Resource>(id, version));
      return absl::OkStatus();
    }));
    return Render(found);
  }

  common::storage::Ledger& ledger() { return resources_.ledger; }
  common::rpc::RpcEnvironment& rpc() { return resources_.rpc; }

 private:
  const ServiceResources resources_;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_SERVICE_SERVICE_BASE_H_
