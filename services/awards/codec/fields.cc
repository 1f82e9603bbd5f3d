#include "services/awards/codec/fields.h"

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/text/text.h"

namespace awards {

common::Decimal TakeDecimal(std::string_view path, std::string_view text, Violations& violations) {
  if (text.empty()) {
    violations.Add(path, common::kRequiredFieldMissing, "is required");
    return {};
  }
  return violations.Take(path, common::Decimal::Parse(text));
}

std::string TakeText(std::string_view path, std::string_view text, size_t limit,
                     Violations& violations) {
  return violations.Take(path, common::NormaliseText(text, limit));
}

LocalizedText TakeTitle(std::string_view path, const thidua::type::v1::LocalizedText& title,
                        Violations& violations) {
  return {.vi = TakeText(Join(path, "vi"), title.vi(), kTitleLimit, violations),
          .en = TakeText(Join(path, "en"), title.en(), kTitleLimit, violations)};
}

void RequireTrue(std::string_view path, bool value, Violations& violations) {
  if (!value) violations.Add(path, common::kInvalidField, "must be true or left out");
}

thidua::type::v1::LocalizedText ToProto(const LocalizedText& text) {
  thidua::type::v1::LocalizedText proto;
  proto.set_vi(text.vi);
  proto.set_en(text.en);
  return proto;
}

google::protobuf::Timestamp ToProto(absl::Time time) {
  const int64_t micros = absl::ToUnixMicros(time);
  google::protobuf::Timestamp proto;
  const int64_t rest = ((micros % 1'000'000) + 1'000'000) % 1'000'000;
  proto.set_seconds((micros - rest) / 1'000'000);
  proto.set_nanos(static_cast<int32_t>(rest * 1000));
  return proto;
}

absl::Time TimeFrom(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

std::string Etag(int64_t version) { return absl::StrCat("v", version); }

}  // namespace awards
