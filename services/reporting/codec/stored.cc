#include "services/reporting/codec/stored.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"

namespace reporting {

std::string EtagOf(int64_t version) { return absl::StrCat("v", version); }

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return timestamp;
}

absl::StatusOr<absl::Time> ParseTimestamp(const google::protobuf::Timestamp& timestamp) {
  constexpr int64_t kFirstSecond = -62'135'596'800;  // 0001-01-01
  constexpr int64_t kLastSecond = 253'402'300'799;   // 9999-12-31
  const bool is_valid = timestamp.seconds() >= kFirstSecond && timestamp.seconds() <= kLastSecond &&
                        timestamp.nanos() >= 0 && timestamp.nanos() < 1'000'000'000;
  if (!is_valid) {
    return common::InvalidField("", common::kInvalidField,
                                "is not a time of the years 1 to 9999 with 0 to 999999999 nanos");
  }
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

std::string SerializeStored(const google::protobuf::MessageLite& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

absl::Status ParseStored(std::string_view payload, google::protobuf::MessageLite& message) {
  if (message.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) {
    return absl::OkStatus();
  }
  return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                       "a stored resource cannot be read");
}

}  // namespace reporting
