#include "services/reporting/service/service_base.h"

#include <google/protobuf/descriptor.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/status/reasons.h"

namespace reporting {

std::string CallName(std::string_view service, const google::protobuf::Descriptor& request) {
  return absl::StrCat(common::sv(service), "/", absl::StripSuffix(request.name(), "Request"));
}

absl::Status AtField(std::string_view field, const absl::Status& status) {
  if (status.code() != absl::StatusCode::kInvalidArgument) return status;
  const common::ErrorDetail detail = common::DetailOf(status);
  if (!detail.violations.empty()) return common::UnderField(field, status);
  return common::InvalidField(field, detail.reason, common::sv(status.message()));
}

absl::Status CheckEtag(std::string_view etag, int64_t version) {
  const std::string current = EtagOf(version);
  if (etag.empty() || etag == current) return absl::OkStatus();
  return common::Error(absl::StatusCode::kAborted, common::kEtagMismatch,
                       "it has changed since it was read; read it again first")
      .With("etag", etag)
      .With("current", current);
}

}  // namespace reporting
