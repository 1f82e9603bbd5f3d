#include <gtest/gtest.h>

#include <memory>

#include "common/storage/sqlite/sqlite_ledger.h"
#include "services/reporting/store/definitions.h"
#include "tests/services/reporting/store/store_conformance.h"
#include "tests/testkit/case_name.h"

namespace reporting {
namespace {

std::unique_ptr<common::storage::Ledger> OpenSqlite(const testkit::TempDir& folder,
                                                    common::Clock& clock, common::IdSource& ids) {
  return common::storage::sqlite::SqliteLedger::Open(
             {.path = folder.File("store.db"), .application_id = 1, .clock = &clock, .ids = &ids})
      .value();
}

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreConformance,
                         ::testing::Values(StoreBackend{.name = "File", .open = OpenSqlite}),
                         testkit::CaseName<StoreBackend>);

TEST(DefinitionCacheTest, KeepsWhatItIsGiven) {
  DefinitionCache cache;
  const FormId id = FormId::FromId("f").value();
  EXPECT_EQ(cache.Find(id), nullptr);
  cache.Keep(nullptr);
  const auto definition =
      std::make_shared<const FormDefinition>(FormDefinition::Make({.id = id}, {}).value());
  cache.Keep(definition);
  EXPECT_EQ(cache.Find(id), definition);
}

}  // namespace
}  // namespace reporting
