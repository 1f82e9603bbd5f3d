#include "services/awards/reporting_client/directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "services/awards/reporting_client/projection_writer.h"
#include "tests/services/awards/reporting_client/changes.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/sequential_ids.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"
#include "thidua/reporting/v1/change_feed_service.pb.h"

namespace awards {
namespace {

namespace v1 = thidua::reporting::v1;
using common::storage::Reader;
using common::storage::Transaction;
using common::storage::sqlite::SqliteLedger;
using testkit::HasReason;
using testkit::IsOk;

class DirectoryTest : public ::testing::Test {
 protected:
  DirectoryTest()
      : ledger_(SqliteLedger::Open({.path = folder_.File("awards.db"),
                                    .application_id = 1,
                                    .clock = &clock_,
                                    .ids = &ids_})
                    .value()) {}

  void Put(std::string_view kind, const std::string& name, const std::string& payload) {
    const auto written = ledger_->Write(
        {.actor = "feed/1"}, [&](Transaction& transaction) -> absl::StatusOr<std::string> {
          RETURN_IF_ERROR(
              transaction.Put({.kind = std::string(kind), .name = name, .payload = payload})
                  .status());
          return std::string();
        });
    ASSERT_THAT(written, IsOk());
  }

  absl::StatusOr<ClusterRoster> Roster() {
    absl::StatusOr<ClusterRoster> roster;
    RETURN_IF_ERROR(ledger_->Read([&](Reader& reader) {
      roster = Directory(reader, absl::CivilDay(2020, 12, 1)).RosterOf(kClusterYear);
      return roster.status();
    }));
    return roster;
  }

  testkit::TempDir folder_;
  testkit::FakeClock clock_;
  testkit::SequentialIds ids_;
  std::unique_ptr<SqliteLedger> ledger_;
};

TEST_F(DirectoryTest, TellsWhoLeadsAndWhoBelongs) {
  v1::Change year = ClusterYear({"a", "b"});
  year.mutable_cluster_year()->set_head("units/a");
  year.mutable_cluster_year()->add_vice_heads("units/b");
  v1::Change cluster;
  cluster.mutable_cluster()->mutable_title()->set_vi("Cụm");
  cluster.mutable_cluster()->mutable_title()->set_en("Cluster");
  Put(kProjectedClusterYear, kClusterYear, year.SerializeAsString());
  Put(kProjectedCluster, "clusters/delta", cluster.SerializeAsString());
  Put(kProjectedUnit, "units/a", Alliance("a").SerializeAsString());
  const auto roster = Roster();
  ASSERT_THAT(roster, IsOk());
  EXPECT_EQ(roster->title, (LocalizedText{.vi = "Cụm", .en = "Cluster"}));
  EXPECT_EQ(roster->head_title.vi, "Liên minh a");
  // The feed has not told of it yet.
  ASSERT_EQ(roster->vice_head_titles.size(), 1U);
  EXPECT_EQ(roster->vice_head_titles[0].vi, "units/b");
  EXPECT_EQ(roster->member_titles.size(), 2U);
}

TEST_F(DirectoryTest, IsEmptyBeforeTheFeedTellsOfTheClusterYear) {
  const auto roster = Roster();
  ASSERT_THAT(roster, IsOk());
  EXPECT_EQ(roster->title.vi, "");
  EXPECT_TRUE(roster->member_titles.empty());
}

TEST_F(DirectoryTest, SaysThatARecordCannotBeRead) {
  Put(kProjectedClusterYear, kClusterYear, "\xFF\xFF");
  EXPECT_THAT(Roster(), HasReason(common::kDataCorrupt));
}

TEST(TitleOn, IsThatOfTheDay) {
  v1::Unit unit;
  unit.add_titles()->mutable_title()->set_vi("Cũ");
  v1::DatedTitle& later = *unit.add_titles();
  later.set_valid_from("2025-07-01");
  later.mutable_title()->set_vi("Mới");
  EXPECT_EQ(TitleOn(unit, "2025-06-30").vi, "Cũ");
  EXPECT_EQ(TitleOn(unit, "2025-07-01").vi, "Mới");
}

}  // namespace
}  // namespace awards
