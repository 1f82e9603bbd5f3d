#include "services/thiduactl/names.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/status/error.h"

namespace thiduactl {

using ::common::sv;
using google::protobuf::EnumDescriptor;

std::string InCollection(std::string_view collection, std::string_view id) {
  const std::string prefix = absl::StrCat(sv(collection), "/");
  return absl::StartsWith(sv(id), prefix) ? std::string(id) : absl::StrCat(prefix, sv(id));
}

std::string ClusterYearName(std::string_view text) {
  const size_t slash = text.find('/');
  if (absl::StartsWith(sv(text), "clusters/") || slash == std::string_view::npos) {
    return std::string(text);
  }
  return absl::StrCat("clusters/", sv(text.substr(0, slash)), "/years/",
                      sv(text.substr(slash + 1)));
}

std::string PactName(std::string_view cluster_year) {
  std::string name = ClusterYearName(cluster_year);
  if (!absl::EndsWith(name, "/pact")) absl::StrAppend(&name, "/pact");
  return name;
}

std::string SubmissionName(std::string_view text) {
  const size_t slash = text.find('/');
  if (absl::StartsWith(sv(text), "units/") || slash == std::string_view::npos) {
    return std::string(text);
  }
  return absl::StrCat("units/", sv(text.substr(0, slash)), "/submissions/",
                      sv(text.substr(slash + 1)));
}

std::string ShortSubmission(std::string_view name) {
  const std::string_view unit = name.substr(0, name.find("/submissions/"));
  return unit.size() == name.size() ? std::string(name)
                                    : absl::StrCat(ShortName(unit), "/", ShortName(name));
}

std::string ShortName(std::string_view name) {
  return std::string(name.substr(name.rfind('/') + 1));
}

std::string InLanguage(const thidua::type::v1::LocalizedText& text, std::string_view language) {
  return language == "en" && !text.en().empty() ? text.en() : text.vi();
}

std::string EnumWord(const EnumDescriptor& type, int number) {
  const auto* value = type.FindValueByNumber(number);
  if (value == nullptr) return absl::StrCat(number);
  const std::string& zero = type.FindValueByNumber(0)->name();
  const size_t prefix = zero.size() - std::string_view("UNSPECIFIED").size();
  return value->name().substr(prefix);
}

int ParseEnumWord(const EnumDescriptor& type, std::string_view word) {
  const std::string upper =
      absl::AsciiStrToUpper(absl::StrReplaceAll(sv(word), {{"-", "_"}}));
  for (int i = 0; i < type.value_count(); ++i) {
    if (EnumWord(type, type.value(i)->number()) == upper) return type.value(i)->number();
  }
  return 0;
}

std::vector<std::string> EnumChoices(const EnumDescriptor& type) {
  std::vector<std::string> choices;
  for (int i = 0; i < type.value_count(); ++i) {
    const int number = type.value(i)->number();
    if (number == 0) continue;
    choices.push_back(
        absl::AsciiStrToLower(absl::StrReplaceAll(EnumWord(type, number), {{"_", "-"}})));
  }
  return choices;
}

}  // namespace thiduactl
