// Keeps a second process away from files that only one may use.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_LOCK_FILE_H_
#define THIDUA_COMMON_STORAGE_SQLITE_LOCK_FILE_H_

#include <string>
#include <utility>

#include "absl/status/statusor.h"

namespace common::storage::sqlite {

// Holds an exclusive lock until destroyed; the system frees it if the process dies. The file
// itself stays, since removing it would let two processes lock two different files.
class LockFile {
 public:
  // Creates the file if it is not there.
  // FAILED_PRECONDITION: someone else holds the lock, or the file cannot be opened; the message
  // says which and is for the operator.
  static absl::StatusOr<LockFile> Acquire(const std::string& path);

  LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  LockFile& operator=(LockFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~LockFile();

 private:
  explicit LockFile(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_LOCK_FILE_H_
