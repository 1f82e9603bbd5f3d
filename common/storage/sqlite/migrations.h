// The steps that lead from an empty file to the schema of today.
#ifndef THIDUA_COMMON_STORAGE_SQLITE_MIGRATIONS_H_
#define THIDUA_COMMON_STORAGE_SQLITE_MIGRATIONS_H_

#include <span>

namespace common::storage::sqlite {

// SQL scripts; the one at index i leads from schema version i to i + 1 (`PRAGMA user_version`).
// What SQL cannot do follows in schema.cc, in the same transaction.
std::span<const char* const> Migrations();

}  // namespace common::storage::sqlite

#endif  // THIDUA_COMMON_STORAGE_SQLITE_MIGRATIONS_H_
