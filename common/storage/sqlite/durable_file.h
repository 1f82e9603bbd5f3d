// Files that are to survive a loss of power.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_DURABLE_FILE_H_
#define THIDUA_COMMON_STORAGE_SQLITE_DURABLE_FILE_H_

#include <string>

namespace common::storage::sqlite {

// Moves the content of the file `path`, and its name in its folder, to the disk. False if the
// system says no.
bool MakeDurable(const std::string& path);

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_DURABLE_FILE_H_
