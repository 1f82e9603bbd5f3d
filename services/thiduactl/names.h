// Resource names as a person types them, and enum values as a person reads them.
#ifndef THIDUA_SERVICES_THIDUACTL_NAMES_H_
#define THIDUA_SERVICES_THIDUACTL_NAMES_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>

#include <string>
#include <string_view>

#include "thidua/type/v1/type.pb.h"

namespace thiduactl {

// `bac-ninh` as `units/bac-ninh`; what begins with the collection already stays as it is.
std::string InCollection(std::string_view collection, std::string_view id);

// `red-river-delta/2020` as `clusters/red-river-delta/years/2020`; a full name stays as it is.
std::string ClusterYearName(std::string_view text);

// The last part: `bac-ninh` of `units/bac-ninh`.
std::string ShortName(std::string_view name);

// The text in `language` (`vi` or `en`), or in Vietnamese where there is no English.
std::string InLanguage(const thidua::type::v1::LocalizedText& text, std::string_view language);

// `FINAL` for VALUE_KIND_FINAL: the value's name without what all values of its enum begin with;
// the number for a value this program does not know.
std::string EnumWord(const google::protobuf::EnumDescriptor& type, int number);

template <typename Enum>
std::string EnumWord(Enum value) {
  return EnumWord(*google::protobuf::GetEnumDescriptor<Enum>(), static_cast<int>(value));
}

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_NAMES_H_
