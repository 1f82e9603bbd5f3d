#include "services/awards/service/service_base.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/status/error.h"

namespace awards {

std::string CallName(std::string_view service, const google::protobuf::Descriptor& request) {
  return absl::StrCat(common::sv(service), "/", absl::StripSuffix(request.name(), "Request"));
}

}  // namespace awards
