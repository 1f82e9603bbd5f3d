// Contract messages as JSON: field names as in the contract, fields with default values included.
#ifndef THIDUA_SERVICES_THIDUACTL_JSON_H_
#define THIDUA_SERVICES_THIDUACTL_JSON_H_

#include <google/protobuf/message.h>

#include <ostream>
#include <string>

namespace thiduactl {

// On one line, without line end.
std::string ToJsonLine(const google::protobuf::Message& message);

// A document of one message, indented.
void PrintJson(std::ostream& out, const google::protobuf::Message& message);

// A document that is one array, written as its elements come. Not thread-safe.
class JsonArray {
 public:
  explicit JsonArray(std::ostream& out) : out_(out) {}

  void Add(const google::protobuf::Message& message);

  // Must be called once, after the last element.
  void End();

 private:
  std::ostream& out_;
  bool empty_ = true;
};

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_JSON_H_
