#include "common/storage/sqlite/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace common::storage::sqlite {

absl::StatusOr<LockFile> LockFile::Acquire(const std::string& path) {
  LockFile file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
  if (file.descriptor_ < 0) {
    return absl::FailedPreconditionError(absl::StrCat("cannot open the lock file ", path, ": ",
                                                      std::generic_category().message(errno)));
  }
  if (flock(file.descriptor_, LOCK_EX | LOCK_NB) == 0) return file;
  if (errno == EWOULDBLOCK) {
    return absl::FailedPreconditionError(absl::StrCat("the store is in use: another process holds ",
                                                      path, "; stop it before starting this one"));
  }
  return absl::FailedPreconditionError(
      absl::StrCat("cannot lock ", path, ": ", std::generic_category().message(errno)));
}

LockFile::~LockFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace common::storage::sqlite
