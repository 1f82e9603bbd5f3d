#include "common/rpc/mutation.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/storage/token.h"

namespace common::rpc {
namespace {

bool IsUuid(std::string_view text) {
  constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return std::equal(text.begin(), text.end(), kForm.begin(), kForm.end(), [](char c, char form) {
    return form == '-' ? c == '-' : absl::ascii_isxdigit(static_cast<unsigned char>(c));
  });
}

std::string Sha256(std::string_view bytes) {
  std::array<unsigned char, 32> digest{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  return {digest.begin(), digest.end()};
}

}  // namespace

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
  const absl::Status status = storage::ResolvePosition(min_commit_token, ledger.Identity(),
                                                       /*filter_fingerprint=*/"", ledger.Head())
                                  .status();
  if (status.code() != absl::StatusCode::kInvalidArgument) return status;
  return InvalidField("min_commit_token", kInvalidToken, sv(status.message()));
}

}  // namespace common::rpc
