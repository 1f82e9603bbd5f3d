#include "services/thiduactl/times.h"

namespace thiduactl {
namespace {

absl::TimeZone VietNam() { return absl::FixedTimeZone(7 * 60 * 60); }

absl::Time ToTime(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

std::optional<absl::CivilDay> ParseCivilDay(const std::string& text) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(text, &day) || absl::FormatCivilTime(day) != text) return std::nullopt;
  return day;
}

}  // namespace

std::optional<absl::Time> ParseDay(const std::string& text) {
  const auto day = ParseCivilDay(text);
  if (!day.has_value()) return std::nullopt;
  return absl::FromCivil(*day, VietNam());
}

std::optional<absl::Time> ParseMoment(const std::string& text) {
  if (const auto day = ParseCivilDay(text); day.has_value()) {
    return absl::FromCivil(*day + 1, VietNam()) - absl::Microseconds(1);
  }
  absl::Time time;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, nullptr)) return std::nullopt;
  return time;
}

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp timestamp;
  const int64_t seconds = absl::ToUnixSeconds(time);
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  return timestamp;
}

std::string TimeText(const google::protobuf::Timestamp& time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3S%Ez", ToTime(time), VietNam());
}

std::string DayText(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0 && time.nanos() == 0) return "";
  return absl::FormatTime("%Y-%m-%d", ToTime(time), VietNam());
}

}  // namespace thiduactl
