// Resources as the ledger keeps them: the contract's messages, serialized. The feed tells what was
// stored then, and the contract only ever grows, so both stay the same. What a store knows better
// than its content (etag, update time) is empty in the payload and filled in on the way out.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_STORED_H_
#define THIDUA_SERVICES_REPORTING_CODEC_STORED_H_

#include <google/protobuf/message_lite.h>
#include <google/protobuf/timestamp.pb.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/status/status_macros.h"

namespace reporting {

// The etag of a version of a resource; equal to no other of the same resource.
std::string EtagOf(int64_t version);

// Whole nanoseconds; finer parts are cut.
google::protobuf::Timestamp ToTimestamp(absl::Time time);

// INVALID_ARGUMENT, reason INVALID_FIELD, without a path: not a time of the years 1 to 9999.
absl::StatusOr<absl::Time> ParseTimestamp(const google::protobuf::Timestamp& timestamp);

// Fills in what the store knows of a version.
template <typename Resource>
void StampVersion(Resource& resource, int64_t version, absl::Time update_time) {
  resource.set_etag(EtagOf(version));
  *resource.mutable_update_time() = ToTimestamp(update_time);
}

// Equal messages are equal bytes.
std::string SerializeStored(const google::protobuf::MessageLite& message);

// DATA_LOSS, reason DATA_CORRUPT: `payload` is no such message.
absl::Status ParseStored(std::string_view payload, google::protobuf::MessageLite& message);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_STORED_H_
