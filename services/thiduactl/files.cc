#include "services/thiduactl/files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/thiduactl/problem.h"

namespace thiduactl {

namespace fs = std::filesystem;

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    return LocalProblem(absl::StrCat(path, ": is a folder, not a file"));
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (!file.is_open() || file.bad()) {
    return LocalProblem(absl::StrCat(path, ": cannot be read: ", std::strerror(errno)));
  }
  return text;
}

absl::Status WriteFile(const std::string& path, std::string_view bytes) {
  // Beside it, so that it can take its place at once.
  const std::string part = path + ".part";
  errno = 0;
  std::ofstream file(part, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  std::error_code error(errno, std::generic_category());
  if (!file.fail()) fs::rename(part, path, error);
  if (!file.fail() && !error) return absl::OkStatus();
  std::error_code ignored;
  fs::remove(part, ignored);
  return LocalProblem(absl::StrCat(path, ": cannot be written: ", error.message()));
}

absl::StatusOr<std::vector<std::string>> ExpandFolders(const std::vector<std::string>& paths,
                                                       std::string_view extension) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::exists(path, error)) return LocalProblem(absl::StrCat(path, ": does not exist"));
    if (!fs::is_directory(path, error)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> found;
    for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
      if (entry.path().extension() == extension) found.push_back(entry.path().string());
    }
    if (error || found.empty()) {
      return LocalProblem(absl::StrCat(path, ": there is no file *", common::sv(extension)));
    }
    std::sort(found.begin(), found.end());
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

}  // namespace thiduactl
