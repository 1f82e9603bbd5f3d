// A SQLite ledger in a folder of the test's own.
#ifndef THIDUA_TESTS_COMMON_STORAGE_SQLITE_SQLITE_HOME_H_
#define THIDUA_TESTS_COMMON_STORAGE_SQLITE_SQLITE_HOME_H_

#include <memory>
#include <string>
#include <utility>

#include "common/storage/sqlite/sqlite_ledger.h"
#include "tests/common/storage/ledger_conformance.h"
#include "tests/testkit/temp_dir.h"

namespace common::storage::sqlite {

inline constexpr int32_t kTestApplicationId = 0x7464;

class SqliteHome final : public LedgerHome {
 public:
  absl::StatusOr<std::unique_ptr<Ledger>> Open(Clock& clock, IdSource& ids) override {
    return SqliteLedger::Open(Options(clock, ids));
  }

  SqliteOptions Options(Clock& clock, IdSource& ids) const {
    return {.path = path(), .application_id = kTestApplicationId, .clock = &clock, .ids = &ids};
  }

  std::string path() const { return folder_.File("ledger.db"); }

 private:
  testkit::TempDir folder_{};
};

}  // namespace common::storage::sqlite

#endif  // THIDUA_TESTS_COMMON_STORAGE_SQLITE_SQLITE_HOME_H_
