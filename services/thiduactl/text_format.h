// Messages of the contract written in protobuf's text format.
#ifndef THIDUA_SERVICES_THIDUACTL_TEXT_FORMAT_H_
#define THIDUA_SERVICES_THIDUACTL_TEXT_FORMAT_H_

#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace thiduactl {

// Reads `text`, which stands in the file `path`, into `message`; with `places`, which may be null,
// where each field stands. A local problem that begins with `path:line:column` if it cannot be
// read.
absl::Status ParseTextFormat(std::string_view text, const std::string& path,
                             google::protobuf::Message& message,
                             google::protobuf::TextFormat::ParseInfoTree* places = nullptr);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_TEXT_FORMAT_H_
