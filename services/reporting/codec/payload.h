// Resources of the domain as bytes of a ledger record, and back.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_PAYLOAD_H_
#define THIDUA_SERVICES_REPORTING_CODEC_PAYLOAD_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace reporting {

// `Resource` is Unit, Cluster, ClusterYear, Indicator, Form, Pact or Submission.

// Equal resources are equal bytes.
template <typename Resource>
std::string EncodePayload(const Resource& resource);

// DATA_LOSS, reason DATA_CORRUPT: `payload` is no such resource.
template <typename Resource>
absl::StatusOr<Resource> DecodePayload(std::string_view payload);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_PAYLOAD_H_
