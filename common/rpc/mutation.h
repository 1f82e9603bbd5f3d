// The one way a mutation runs: once per request id, in one transaction, answered with the commit.
//
// Every mutation request has `string request_id` (optional) and `bool validate_only`, every
// mutation response `string commit_token`. See DESIGN.md section 4.
#ifndef THIDUA_COMMON_RPC_MUTATION_H_
#define THIDUA_COMMON_RPC_MUTATION_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/storage/ledger.h"
#include "common/telemetry/trace.h"

namespace common::rpc {

// `message` as bytes that are the same for equal messages.
std::string SerializeDeterministically(const google::protobuf::Message& message);

// The request id as a key of the ledger: nothing if the request has none. The fingerprint is that
// of `content`, the request without request_id and validate_only.
// INVALID_ARGUMENT, reason INVALID_FIELD, field `request_id`: it is not a UUID.
absl::StatusOr<std::optional<storage::RequestKey>> MakeRequestKey(
    const std::string& principal, std::string_view method, std::string_view request_id,
    const google::protobuf::Message& content);

// The token of a write that committed at `commit_sequence`; later reads accept it.
std::string CommitToken(const storage::Ledger& ledger, int64_t commit_sequence);

// What the ledger is told about `request`, sent by `principal` to `method` in the current trace of
// this thread. Fails like MakeRequestKey.
template <typename Request>
absl::StatusOr<storage::WriteOptions> MutationOptions(std::string_view method,
                                                      const std::string& principal,
                                                      const Request& request) {
  Request content = request;
  content.clear_request_id();
  content.clear_validate_only();
  ASSIGN_OR_RETURN(auto key, MakeRequestKey(principal, method, request.request_id(), content));
  return storage::WriteOptions{.actor = principal,
                               .method = std::string(method),
                               .trace = telemetry::CurrentTraceparent(),
                               .request = std::move(key),
                               .validate_only = request.validate_only()};
}

// `work` as the ledger takes it: its response, without commit token, is the stored answer.
template <typename Response>
storage::Ledger::Work MutationWork(
    std::function<absl::StatusOr<Response>(storage::Transaction& transaction)> work) {
  return
      [work = std::move(work)](storage::Transaction& transaction) -> absl::StatusOr<std::string> {
        ASSIGN_OR_RETURN(Response response, work(transaction));
        response.clear_commit_token();
        return SerializeDeterministically(response);
      };
}

// The response for the client: the answer, now or of the first time, and the commit token, which
// is empty if the request only was to be validated.
template <typename Response>
absl::StatusOr<Response> MutationResponse(const storage::Ledger& ledger, bool validate_only,
                                          const storage::WriteResult& result) {
  Response response;
  if (!response.ParseFromString(result.answer)) {
    return Error(absl::StatusCode::kDataLoss, kDataCorrupt, "a stored answer cannot be read");
  }
  if (!validate_only) response.set_commit_token(CommitToken(ledger, result.commit_sequence));
  return response;
}

// Runs `work` as one write of `ledger`, unless a request with the same id had its answer before:
// then that answer is returned. With `validate_only` everything is checked and nothing stored.
//
// Errors are those of `work`, those of the ledger (among them ALREADY_EXISTS, reason
// REQUEST_ID_REUSED), and INVALID_ARGUMENT for a request id that is not a UUID. Blocks until the
// write is durable; to not block, give MutationOptions and MutationWork to Ledger::WriteAsync and
// its result to MutationResponse.
template <typename Response, typename Request>
absl::StatusOr<Response> Mutate(
    storage::Ledger& ledger, std::string_view method, const std::string& principal,
    const Request& request,
    std::function<absl::StatusOr<Response>(storage::Transaction& transaction)> work) {
  ASSIGN_OR_RETURN(storage::WriteOptions options, MutationOptions(method, principal, request));
  ASSIGN_OR_RETURN(const storage::WriteResult result,
                   ledger.Write(std::move(options), MutationWork(std::move(work))));
  return MutationResponse<Response>(ledger, request.validate_only(), result);
}

// Whether a read of `ledger` shows what `min_commit_token` stands for; an empty one is always OK.
// INVALID_ARGUMENT, reason INVALID_TOKEN, field `min_commit_token`: malformed or of another store.
// OUT_OF_RANGE, reason TOKEN_OUT_OF_RANGE: of another epoch, or beyond what is stored.
absl::Status CheckMinCommitToken(storage::Ledger& ledger, std::string_view min_commit_token);

}  // namespace common::rpc

#endif  // THIDUA_COMMON_RPC_MUTATION_H_
