#include "services/thiduactl/names.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace thiduactl {

using ::common::sv;

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

std::string ShortName(std::string_view name) {
  return std::string(name.substr(name.rfind('/') + 1));
}

std::string InLanguage(const thidua::type::v1::LocalizedText& text, std::string_view language) {
  return language == "en" && !text.en().empty() ? text.en() : text.vi();
}

std::string EnumWord(const google::protobuf::EnumDescriptor& type, int number) {
  const auto* value = type.FindValueByNumber(number);
  if (value == nullptr) return absl::StrCat(number);
  const std::string& zero = type.FindValueByNumber(0)->name();
  const size_t prefix = zero.size() - std::string_view("UNSPECIFIED").size();
  return value->name().substr(prefix);
}

}  // namespace thiduactl
