// What this program was built from.
#ifndef THIDUA_COMMON_BUILD_INFO_BUILD_INFO_H_
#define THIDUA_COMMON_BUILD_INFO_BUILD_INFO_H_

#include <string>
#include <string_view>

namespace common {

struct BuildInfo {
  // Such as `0.1.0`.
  std::string_view version{};
  // Of the sources; `-dirty` behind it if they were changed since; `unknown` outside a repository.
  std::string_view commit{};
  // Such as `Release`.
  std::string_view type{};
  // Such as `GNU 12.2.0`.
  std::string_view compiler{};
  // What our own code was compiled with.
  std::string_view flags{};
};

const BuildInfo& ThisBuild();

// As `--version` shows it: the version, and a line for each of the rest.
std::string VersionText();

}  // namespace common

#endif  // THIDUA_COMMON_BUILD_INFO_BUILD_INFO_H_
