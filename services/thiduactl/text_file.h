// Contract messages in protobuf's text format, as files and as output.
#ifndef THIDUA_SERVICES_THIDUACTL_TEXT_FILE_H_
#define THIDUA_SERVICES_THIDUACTL_TEXT_FILE_H_

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace thiduactl {

// Reads `text` into `message`; `path` stands in messages, and `places`, where it is given, receives
// the place of every field. A local problem that begins with `path:line:column`.
absl::Status ParseTextFormat(std::string_view text, const std::string& path,
                             google::protobuf::Message& message,
                             google::protobuf::TextFormat::ParseInfoTree* places = nullptr);

// The same for the file at `path`. Local problems, as of ReadFile and ParseTextFormat.
absl::Status ReadTextFile(const std::string& path, google::protobuf::Message& message);

// `message` as ParseTextFormat reads it, with Vietnamese as it is.
std::string ToTextFormat(const google::protobuf::Message& message);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_TEXT_FILE_H_
