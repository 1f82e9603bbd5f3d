// Days and times as a person writes and reads them. Days are those of Việt Nam, which is seven
// hours ahead of UTC the whole year round, since 1975.
#ifndef THIDUA_SERVICES_THIDUACTL_TIMES_H_
#define THIDUA_SERVICES_THIDUACTL_TIMES_H_

#include <google/protobuf/timestamp.pb.h>

#include <optional>
#include <string>

#include "absl/time/time.h"

namespace thiduactl {

// The beginning of the day `YYYY-MM-DD`; nothing if `text` is no day.
std::optional<absl::Time> ParseDay(const std::string& text);

// What was known at `text`: a time such as `2020-06-30T17:00:00+07:00`, or a day, which means its
// last microsecond. Nothing if it is neither.
std::optional<absl::Time> ParseMoment(const std::string& text);

google::protobuf::Timestamp ToTimestamp(absl::Time time);

// As the clocks in Việt Nam show it, such as `2020-06-30T17:00:00.123+07:00`.
std::string TimeText(const google::protobuf::Timestamp& time);

// The day in Việt Nam, `2020-06-30`; empty for no time.
std::string DayText(const google::protobuf::Timestamp& time);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_TIMES_H_
