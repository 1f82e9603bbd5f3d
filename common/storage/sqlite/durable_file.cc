#include "common/storage/sqlite/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

namespace common::storage::sqlite {
namespace {

bool Sync(const std::string& path, int flags) {
  const int descriptor = open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool is_synced = fsync(descriptor) == 0;
  close(descriptor);
  return is_synced;
}

}  // namespace

bool MakeDurable(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  return Sync(path, O_RDONLY) &&
         Sync(folder.empty() ? std::string(".") : folder.string(), O_RDONLY | O_DIRECTORY);
}

}  // namespace common::storage::sqlite
