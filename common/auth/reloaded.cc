#include "common/auth/reloaded.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"

namespace common::auth {
namespace {

constexpr size_t kFileBytesMax = 1 << 20;

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text;
  if (file.is_open()) text.assign(std::istreambuf_iterator<char>(file), {});
  if (!file.is_open() || file.bad() || errno != 0) {
    return absl::NotFoundError(absl::StrCat(path, " cannot be read: ", std::strerror(errno)));
  }
  if (text.size() > kFileBytesMax) return absl::NotFoundError(absl::StrCat(path, " is too large"));
  return text;
}

absl::StatusOr<std::vector<std::string>> ReadFiles(const std::vector<std::string>& paths) {
  std::vector<std::string> contents;
  for (const std::string& path : paths) {
    ASSIGN_OR_RETURN(contents.emplace_back(), ReadFile(path));
  }
  return contents;
}

std::string Explain(const absl::Status& status) {
  std::string text(status.message());
  for (const FieldViolation& violation : DetailOf(status).violations) {
    absl::StrAppend(&text, "; ", violation.field, ": ", violation.description);
  }
  return text;
}

}  // namespace common::auth
