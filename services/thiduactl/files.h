// Files as a person names them on the command line or in a plan.
#ifndef THIDUA_SERVICES_THIDUACTL_FILES_H_
#define THIDUA_SERVICES_THIDUACTL_FILES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace thiduactl {

// All of the file. A local problem that names the path and the cause if it cannot be read.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Puts `text` into the file at `path`, at once: whoever reads it finds the old text or the new one.
// A local problem that names the path and the cause.
absl::Status SaveFile(const std::string& path, std::string_view text);

// The same for what only its owner may read.
absl::Status SaveSecretFile(const std::string& path, std::string_view text);

// `paths` with each folder replaced by the files in it whose name ends with `extension`, in the
// byte order of their names. A local problem: a path that does not exist, a folder without any.
absl::StatusOr<std::vector<std::string>> ExpandFolders(const std::vector<std::string>& paths,
                                                       std::string_view extension);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_FILES_H_
