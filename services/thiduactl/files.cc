#include "services/thiduactl/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
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

namespace {

absl::Status Write(const std::string& path, std::string_view text, mode_t mode) {
  const auto problem = [&path] {
    return LocalProblem(absl::StrCat(path, ": cannot be written: ", std::strerror(errno)));
  };
  const std::string aside = absl::StrCat(path, ".", ::getpid());
  const int fd = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (fd < 0) return problem();
  const bool is_written = ::write(fd, text.data(), text.size()) == std::ssize(text);
  if (::close(fd) == 0 && is_written && std::rename(aside.c_str(), path.c_str()) == 0) {
    return absl::OkStatus();
  }
  const absl::Status status = problem();
  std::remove(aside.c_str());
  return status;
}

}  // namespace

absl::Status SaveFile(const std::string& path, std::string_view text) {
  return Write(path, text, 0644);
}

absl::Status SaveSecretFile(const std::string& path, std::string_view text) {
  return Write(path, text, 0600);
}

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
