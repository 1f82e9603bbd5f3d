#include "services/awards/reporting_client/lineage.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "thidua/reporting/v1/unit.pb.h"

namespace awards {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string TextOf(const Message& message, const char* name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  return field == nullptr ? "" : message.GetReflection()->GetString(message, field);
}

}  // namespace

std::vector<Predecessor> PredecessorsOf(const thidua::reporting::v1::Unit& unit) {
  std::vector<Predecessor> predecessors;
  const FieldDescriptor* field = unit.GetDescriptor()->FindFieldByName("predecessors");
  if (field == nullptr) return predecessors;
  for (int i = 0; i < unit.GetReflection()->FieldSize(unit, field); ++i) {
    const Message& lineage = unit.GetReflection()->GetRepeatedMessage(unit, field, i);
    predecessors.push_back({.unit = TextOf(lineage, "unit"), .date = TextOf(lineage, "date")});
  }
  return predecessors;
}

std::string DissolutionOf(const thidua::reporting::v1::Unit& unit) {
  const FieldDescriptor* field = unit.GetDescriptor()->FindFieldByName("successor");
  if (field == nullptr || !unit.GetReflection()->HasField(unit, field)) return "";
  return TextOf(unit.GetReflection()->GetMessage(unit, field), "date");
}

}  // namespace awards
