#include "services/thiduactl/json.h"

#include <google/protobuf/util/json_util.h>

namespace thiduactl {
namespace {

std::string ToJson(const google::protobuf::Message& message, bool indented) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = indented;
  options.always_print_primitive_fields = true;
  options.preserve_proto_field_names = true;
  std::string json;
  // Fails only for messages with wrong Any or Timestamp contents, which no service sends.
  if (!google::protobuf::util::MessageToJsonString(message, &json, options).ok()) json = "null";
  return json;
}

}  // namespace

std::string ToJsonLine(const google::protobuf::Message& message) { return ToJson(message, false); }

void PrintJson(std::ostream& out, const google::protobuf::Message& message) {
  out << ToJson(message, true);
}

void JsonArray::Add(const google::protobuf::Message& message) {
  out_ << (empty_ ? "[\n" : ",\n") << ToJsonLine(message);
  empty_ = false;
}

void JsonArray::End() { out_ << (empty_ ? "[]\n" : "\n]\n"); }

}  // namespace thiduactl
