#include "common/build_info/build_info.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

// Made by commit.cmake at each build, so that this file need not be compiled again.
extern const char* const kThiduaCommit;

namespace common {

const BuildInfo& ThisBuild() {
  static const BuildInfo kInfo{.version = THIDUA_VERSION,
                               .commit = kThiduaCommit,
                               .type = THIDUA_BUILD_TYPE,
                               .compiler = THIDUA_COMPILER,
                               .flags = THIDUA_FLAGS};
  return kInfo;
}

std::string VersionText() {
  const BuildInfo& build = ThisBuild();
  return absl::StrCat(sv(build.version), "\ncommit: ", sv(build.commit),
                      "\nbuild: ", sv(build.type), ", ", sv(build.compiler),
                      "\nflags: ", sv(build.flags));
}

}  // namespace common
