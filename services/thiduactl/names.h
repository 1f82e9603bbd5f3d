// Resource names as a person types them, and enum values as a person reads them.
#ifndef THIDUA_SERVICES_THIDUACTL_NAMES_H_
#define THIDUA_SERVICES_THIDUACTL_NAMES_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>

#include <string>
#include <string_view>
#include <vector>

#include "thidua/type/v1/type.pb.h"

namespace thiduactl {

// `bac-ninh` as `units/bac-ninh`; what begins with the collection already stays as it is.
std::string InCollection(std::string_view collection, std::string_view id);

// `red-river-delta/2020` as `clusters/red-river-delta/years/2020`; a full name stays as it is.
std::string ClusterYearName(std::string_view text);

// The name of the pact of the cluster year that ClusterYearName takes; a full name of a pact stays as
// it is.
std::string PactName(std::string_view cluster_year);

// `bac-ninh/alliance-annual.2020.final` as `units/bac-ninh/submissions/alliance-annual.2020.final`;
// a full name stays as it is.
std::string SubmissionName(std::string_view text);

// `units/bac-ninh/submissions/x` as `bac-ninh/x`, which SubmissionName takes back.
std::string ShortSubmission(std::string_view name);

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

// The value whose word is `word`, typed as `final`, `FINAL` or, for ON_TIME, `on-time`; 0 if there is
// none.
int ParseEnumWord(const google::protobuf::EnumDescriptor& type, std::string_view word);

template <typename Enum>
Enum ParseEnumWord(std::string_view word) {
  return static_cast<Enum>(ParseEnumWord(*google::protobuf::GetEnumDescriptor<Enum>(), word));
}

// The words of all values but the unspecified one, as they are typed.
std::vector<std::string> EnumChoices(const google::protobuf::EnumDescriptor& type);

template <typename Enum>
std::vector<std::string> EnumChoices() {
  return EnumChoices(*google::protobuf::GetEnumDescriptor<Enum>());
}

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_NAMES_H_
