#include <gtest/gtest.h>

#include <memory>
#include <string_view>

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
  EXPECT_EQ(cache.Find(id, 3), nullptr);
  cache.Keep(id, nullptr, 3);
  const auto definition =
      std::make_shared<const FormDefinition>(FormDefinition::Make({.id = id}, {}).value());
  cache.Keep(id, definition, 3);
  EXPECT_EQ(cache.Find(id, 3), definition);
}

TEST(DefinitionCacheTest, GivesNothingOfAnotherGeneration) {
  DefinitionCache cache;
  const auto definition = [](std::string_view id) {
    return std::make_shared<const FormDefinition>(
        FormDefinition::Make({.id = FormId::FromId(id).value()}, {}).value());
  };
  const auto old = definition("f");
  cache.Keep(old->form().id, old, 3);
  EXPECT_EQ(cache.Find(old->form().id, 2), nullptr);
  EXPECT_EQ(cache.Find(old->form().id, 4), nullptr);
  const auto other = definition("g");
  cache.Keep(other->form().id, other, 4);
  EXPECT_EQ(cache.Find(old->form().id, 4), nullptr);
  cache.Keep(old->form().id, old, 3);
  EXPECT_EQ(cache.Find(other->form().id, 4), other);
  EXPECT_EQ(cache.Find(old->form().id, 3), nullptr);
}

}  // namespace
}  // namespace reporting
