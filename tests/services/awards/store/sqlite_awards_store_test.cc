#include "common/storage/sqlite/sqlite_ledger.h"
#include "tests/services/awards/store/awards_store_conformance.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/sequential_ids.h"

namespace awards {
namespace {

std::unique_ptr<common::storage::Ledger> OpenSqlite(const testkit::TempDir& folder) {
  static testkit::FakeClock clock;
  static testkit::SequentialIds ids;
  return common::storage::sqlite::SqliteLedger::Open(
             {.path = folder.File("awards.db"), .application_id = 1, .clock = &clock, .ids = &ids})
      .value();
}

INSTANTIATE_TEST_SUITE_P(Sqlite, AwardsStoreConformance,
                         ::testing::Values(AwardsStoreEngine{.name = "File", .open = OpenSqlite}),
                         testkit::CaseName<AwardsStoreEngine>);

}  // namespace
}  // namespace awards
