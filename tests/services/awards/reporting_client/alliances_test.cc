#include "services/awards/reporting_client/alliances.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace awards {
namespace {

namespace v1 = thidua::reporting::v1;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testkit::IsOkAndHolds;

struct PeriodCase {
  std::string name{};
  std::string period{};
  std::string day{};
};

class PeriodBegins : public ::testing::TestWithParam<PeriodCase> {};

TEST_P(PeriodBegins, OnItsFirstDay) { EXPECT_EQ(FirstDayOf(GetParam().period), GetParam().day); }

INSTANTIATE_TEST_SUITE_P(Periods, PeriodBegins,
                         ::testing::ValuesIn<PeriodCase>({
                             {"Year", "2020", "2020-01-01"},
                             {"FirstHalf", "2020-H1", "2020-01-01"},
                             {"SecondHalf", "2020-H2", "2020-07-01"},
                             {"FirstQuarter", "2020-Q1", "2020-01-01"},
                             {"SecondQuarter", "2020-Q2", "2020-04-01"},
                             {"ThirdQuarter", "2020-Q3", "2020-07-01"},
                             {"FourthQuarter", "2020-Q4", "2020-10-01"},
                             {"January", "2020-01", "2020-01-01"},
                             {"December", "2020-12", "2020-12-01"},
                         }),
                         testkit::CaseName<PeriodCase>);

// Hà Tây became part of Hà Nội in 2008; Hà Nam and Nam Định become part of Ninh Bình in 2025, and
// that, say, of Thanh Hóa in 2030.
class AlliancesTest : public ::testing::Test {
 protected:
  AlliancesTest() {
    Merge("ha-tay", "ha-noi", "2008-08-01");
    Merge("ha-nam", "ninh-binh", "2025-07-01");
    Merge("nam-dinh", "ninh-binh", "2025-07-01");
    Merge("ninh-binh", "thanh-hoa", "2030-01-01");
  }

  absl::StatusOr<std::string> AllianceOf(const std::string& parent, std::string_view day) {
    v1::Unit cooperative;
    cooperative.set_name("units/htx");
    cooperative.set_parent(parent);
    return FindAlliance(cooperative, day, find_);
  }

  void Merge(const std::string& predecessor, const std::string& successor,
             const std::string& date) {
    v1::Unit& old = units_["units/" + predecessor];
    v1::Unit& next = units_["units/" + successor];
    old.mutable_successor()->set_unit("units/" + successor);
    old.mutable_successor()->set_date(date);
    v1::Lineage& lineage = *next.add_predecessors();
    lineage.set_unit("units/" + predecessor);
    lineage.set_date(date);
  }

  std::map<std::string, v1::Unit> units_{};
  FindUnit find_ = [this](const std::string& name) -> absl::StatusOr<const v1::Unit*> {
    const auto found = units_.find(name);
    return found == units_.end() ? nullptr : &found->second;
  };
};

TEST_F(AlliancesTest, ACooperativeGoesOnWithTheSuccessorFromTheDayOfTheMerger) {
  EXPECT_THAT(AllianceOf("units/ha-nam", "2025-06-30"), IsOkAndHolds("units/ha-nam"));
  EXPECT_THAT(AllianceOf("units/ha-nam", "2025-07-01"), IsOkAndHolds("units/ninh-binh"));
  EXPECT_THAT(AllianceOf("units/ha-nam", "2029-12-31"), IsOkAndHolds("units/ninh-binh"));
  EXPECT_THAT(AllianceOf("units/ha-nam", "2030-01-01"), IsOkAndHolds("units/thanh-hoa"));
  EXPECT_THAT(AllianceOf("units/ha-tay", "2020-01-01"), IsOkAndHolds("units/ha-noi"));
  EXPECT_THAT(AllianceOf("units/unknown", "2020-01-01"), IsOkAndHolds("units/unknown"));
}

TEST_F(AlliancesTest, AnAllianceIsItsOwnMergedOrNot) {
  v1::Unit alliance = units_["units/ha-nam"];
  alliance.set_name("units/ha-nam");
  EXPECT_THAT(FindAlliance(alliance, "2026-01-01", find_), IsOkAndHolds("units/ha-nam"));
}

TEST_F(AlliancesTest, ParentsAreTheAllianceAndWhatHadBecomePartOfIt) {
  const auto parents = [&](const std::string& alliance, std::string_view day) {
    return FindParents("units/" + alliance, day, find_).value();
  };
  EXPECT_THAT(parents("ninh-binh", "2025-06-30"), ElementsAre("units/ninh-binh"));
  EXPECT_THAT(parents("ninh-binh", "2025-07-01"),
              ElementsAre("units/ha-nam", "units/nam-dinh", "units/ninh-binh"));
  EXPECT_THAT(parents("ha-nam", "2025-06-30"), ElementsAre("units/ha-nam"));
  EXPECT_THAT(parents("ha-nam", "2025-07-01"), IsEmpty());
  EXPECT_THAT(parents("thanh-hoa", "2030-01-01"),
              ElementsAre("units/ha-nam", "units/nam-dinh", "units/ninh-binh", "units/thanh-hoa"));
  EXPECT_THAT(parents("thanh-hoa", "2029-12-31"), ElementsAre("units/thanh-hoa"));
  EXPECT_THAT(parents("unknown", "2030-01-01"), ElementsAre("units/unknown"));
}

TEST_F(AlliancesTest, CirclesAreNoEndlessWay) {
  Merge("thanh-hoa", "ninh-binh", "2030-01-01");
  EXPECT_THAT(AllianceOf("units/ninh-binh", "2030-01-01"), testkit::IsOk());
  EXPECT_THAT(FindParents("units/ha-noi", "2030-01-01", find_), testkit::IsOk());
  EXPECT_THAT(FindParents("units/thanh-hoa", "2030-01-01", find_), IsOkAndHolds(IsEmpty()));
}

}  // namespace
}  // namespace awards
