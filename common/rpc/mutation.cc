#include "common/rpc/mutation.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "absl/strings/ascii.h"
#include "common/storage/token.h"
#include "common/text/sha256.h"

namespace common::rpc {
std::string SerializeDeterministically(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

absl::StatusOr<std::optional<storage::RequestKey>> MakeRequestKey(
    const std::string& principal, std::string_view method, std::string_view request_id,
    const google::protobuf::Message& content) {
  if (request_id.empty()) return std::nullopt;
  if (!IsUuid(request_id)) {
    return InvalidField("request_id", kInvalidField,
                        "is not a UUID, such as 0b9f3a5e-7c2d-4e1a-9b8f-2d6c5a4e3f10");
  }
  return storage::RequestKey{.principal = principal,
                             .method = std::string(method),
                             .request_id = absl::AsciiStrToLower(sv(request_id)),
                             .fingerprint = Sha256(SerializeDeterministically(content))};
}

std::string CommitToken(const storage::Ledger& ledger, int64_t commit_sequence) {
  return storage::EncodePosition({.store = ledger.Identity(), .sequence = commit_sequence});
}

absl::Status CheckMinCommitToken(storage::Ledger& ledger, std::string_view min_commit_token) {
  if (min_commit_token.empty()) return absl::OkStatus();
  absl::Status status = storage::ResolvePosition(min_commit_token, ledger.Identity(),
                                                 /*filter_fingerprint=*/"", ledger.Head())
                            .status();
  if (status.code() != absl::StatusCode::kInvalidArgument) return status;
  return InvalidField("min_commit_token", kInvalidToken, sv(status.message()));
}

}  // namespace common::rpc
