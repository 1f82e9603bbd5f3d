#include "services/reporting/codec/payload.h"

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/codec/cluster.h"
#include "services/reporting/codec/definition.h"
#include "services/reporting/codec/pact.h"
#include "services/reporting/codec/stored.h"
#include "services/reporting/codec/submission.h"
#include "services/reporting/codec/unit.h"

namespace reporting {

template <typename Resource>
std::string EncodePayload(const Resource& resource) {
  return SerializeStored(ToProto(resource));
}

template <typename Resource>
absl::StatusOr<Resource> DecodePayload(std::string_view payload) {
  decltype(ToProto(Resource())) message;
  RETURN_IF_ERROR(ParseStored(payload, message));
  Violations violations;
  Resource resource = Decode(message, violations);
  if (violations.empty()) return resource;
  return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                       "a stored resource contradicts itself")
      .With("name", message.name())
      .With("field", violations.list().front().field);
}

template std::string EncodePayload(const Unit& resource);
template std::string EncodePayload(const Cluster& resource);
template std::string EncodePayload(const ClusterYear& resource);
template std::string EncodePayload(const Indicator& resource);
template std::string EncodePayload(const Form& resource);
template std::string EncodePayload(const Pact& resource);
template std::string EncodePayload(const Submission& resource);

template absl::StatusOr<Unit> DecodePayload(std::string_view payload);
template absl::StatusOr<Cluster> DecodePayload(std::string_view payload);
template absl::StatusOr<ClusterYear> DecodePayload(std::string_view payload);
template absl::StatusOr<Indicator> DecodePayload(std::string_view payload);
template absl::StatusOr<Form> DecodePayload(std::string_view payload);
template absl::StatusOr<Pact> DecodePayload(std::string_view payload);
template absl::StatusOr<Submission> DecodePayload(std::string_view payload);

}  // namespace reporting
