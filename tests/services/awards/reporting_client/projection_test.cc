#include "services/awards/reporting_client/projection.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/decimal/decimal.h"
#include "common/status/status_macros.h"
#include "common/storage/sqlite/sqlite_ledger.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/reporting_client/projection_writer.h"
#include "tests/services/awards/reporting_client/changes.h"
#include "tests/testkit/fake_clock.h"
#include "tests/testkit/sequential_ids.h"
#include "tests/testkit/status_matchers.h"
#include "tests/testkit/temp_dir.h"

namespace awards {
namespace {

namespace v1 = thidua::reporting::v1;
using common::Decimal;
using common::storage::Reader;
using common::storage::Transaction;
using common::storage::sqlite::SqliteLedger;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testkit::HasReason;
using testkit::IsOk;

const absl::CivilDay kDay(2020, 12, 15);

Round SomeRound() {
  return {.name = "rounds/r",
          .cluster_year = kClusterYear,
          .categories = {
              {.id = "alliances",
               .entrants = Entrants::kMembers,
               .form = kAnnualForm,
               .period = "2020"},
              {.id = "agri",
               .entrants = Entrants::kAgriculturalCooperatives,
               .form = kCooperativeForm,
               .period = "2020"},
          }};
}

class ProjectionTest : public ::testing::Test {
 protected:
  ProjectionTest()
      : ledger_(SqliteLedger::Open({.path = folder_.File("awards.db"),
                                    .application_id = 1,
                                    .clock = &clock_,
                                    .ids = &ids_})
                    .value()) {
    Tell({Alliance("b"), Alliance("a"), Alliance("outside"),
          Form(kAnnualForm, v1::Unit::KIND_ALLIANCE), Form(kQuarterForm, v1::Unit::KIND_ALLIANCE),
          Form(kCooperativeForm, v1::Unit::KIND_COOPERATIVE), ClusterYear({"b", "a"})});
  }

  // Applies one commit of the feed; each is newer than the one before.
  void Tell(std::vector<v1::Change> changes, int64_t lag = 0) {
    v1::WatchResponse response;
    for (v1::Change& change : changes) {
      change.set_version(++version_);
      *response.add_changes() = std::move(change);
    }
    response.set_resume_token("t" + std::to_string(version_));
    response.set_lag(lag);
    Write([&](Transaction& transaction) { return ApplyFeed(transaction, response); });
  }

  void Write(const std::function<absl::StatusOr<FeedState>(Transaction&)>& work) {
    const auto work_without_answer = [&](Transaction& transaction) -> absl::StatusOr<std::string> {
      RETURN_IF_ERROR(work(transaction).status());
      return "";
    };
    ASSERT_THAT(ledger_->Write({.actor = "feed/1"}, work_without_answer), IsOk());
  }

  absl::Status WithProjection(const std::function<absl::Status(Projection&)>& use) {
    return ledger_->Read([&](Reader& reader) -> absl::Status {
      Projection projection(reader);
      return use(projection);
    });
  }

  std::vector<Entrant> List(size_t category, absl::CivilDay day = kDay) {
    std::vector<Entrant> entrants;
    EXPECT_THAT(WithProjection([&](Projection& projection) -> absl::Status {
                  const Round round = SomeRound();
                  ASSIGN_OR_RETURN(entrants,
                                   projection.ListEntrants(round, round.categories[category], day));
                  return absl::OkStatus();
                }),
                IsOk());
    return entrants;
  }

  Entrant AllianceA() { return List(0).at(0); }

  // The id of the category of `unit`; empty for none.
  std::string CategoryOf(const std::string& unit) {
    std::string id;
    EXPECT_THAT(WithProjection([&](Projection& projection) -> absl::Status {
                  const Round round = SomeRound();
                  ASSIGN_OR_RETURN(const Category* category, projection.FindCategory(round, unit));
                  if (category != nullptr) id = category->id;
                  return absl::OkStatus();
                }),
                IsOk());
    return id;
  }

  testkit::TempDir folder_;
  testkit::FakeClock clock_;
  testkit::SequentialIds ids_;
  std::unique_ptr<SqliteLedger> ledger_;
  int64_t version_ = 0;
};

std::vector<std::string> UnitsOf(const std::vector<Entrant>& entrants) {
  std::vector<std::string> units;
  for (const Entrant& entrant : entrants) units.push_back(entrant.inputs.unit);
  return units;
}

std::vector<Pin> SortedPins(const Entrant& entrant) {
  std::vector<Pin> pins = entrant.inputs.pins;
  std::sort(pins.begin(), pins.end());
  return pins;
}

TEST_F(ProjectionTest, MembersCompeteInTheByteOrderOfTheirNames) {
  EXPECT_THAT(UnitsOf(List(0)), ElementsAre("units/a", "units/b"));
}

TEST_F(ProjectionTest, CooperativesOfMembersCompeteBySector) {
  Tell({Cooperative("rice", "b", v1::Unit::SECTOR_AGRICULTURE),
        Cooperative("fruit", "a", v1::Unit::SECTOR_AGRICULTURE),
        Cooperative("buses", "a", v1::Unit::SECTOR_NON_AGRICULTURE),
        Cooperative("far", "outside", v1::Unit::SECTOR_AGRICULTURE)});
  const std::vector<Entrant> entrants = List(1);
  EXPECT_THAT(UnitsOf(entrants), ElementsAre("units/fruit", "units/rice"));
  EXPECT_EQ(entrants[1].province_unit, "units/b");
  EXPECT_EQ(entrants[1].inputs.founding_date, "2015-03-01");
}

TEST_F(ProjectionTest, AnUnknownClusterYearHasNoEntrants) {
  Round round = SomeRound();
  round.cluster_year = "clusters/delta/years/1999";
  EXPECT_THAT(WithProjection([&](Projection& projection) -> absl::Status {
                ASSIGN_OR_RETURN(const auto entrants,
                                 projection.ListEntrants(round, round.categories[0], kDay));
                EXPECT_THAT(entrants, IsEmpty());
                ASSIGN_OR_RETURN(const auto year, projection.FindClusterYear(round.cluster_year));
                EXPECT_FALSE(year.has_value());
                return absl::OkStatus();
              }),
              IsOk());
}

TEST_F(ProjectionTest, FindsTheCategoryOfAUnit) {
  Tell({Cooperative("rice", "b", v1::Unit::SECTOR_AGRICULTURE),
        Cooperative("buses", "a", v1::Unit::SECTOR_NON_AGRICULTURE),
        Cooperative("far", "outside", v1::Unit::SECTOR_AGRICULTURE)});
  EXPECT_EQ(CategoryOf("units/a"), "alliances");
  EXPECT_EQ(CategoryOf("units/rice"), "agri");
  EXPECT_EQ(CategoryOf("units/buses"), "");
  EXPECT_EQ(CategoryOf("units/far"), "");
  EXPECT_EQ(CategoryOf("units/outside"), "");
  EXPECT_EQ(CategoryOf("units/nobody"), "");
}

// `alliance`, into which `predecessor` was merged on `date`.
v1::Change WithPredecessor(v1::Change alliance, const std::string& predecessor,
                           const std::string& date) {
  v1::Lineage& lineage = *alliance.mutable_unit()->add_predecessors();
  lineage.set_unit("units/" + predecessor);
  lineage.set_date(date);
  return alliance;
}

v1::Change MergedInto(v1::Change alliance, const std::string& successor, const std::string& date) {
  v1::Lineage& lineage = *alliance.mutable_unit()->mutable_successor();
  lineage.set_unit("units/" + successor);
  lineage.set_date(date);
  return alliance;
}

TEST_F(ProjectionTest, CooperativesOfAMergedAllianceCompeteForItsSuccessor) {
  // `older` became part of `old`, and that of the member `a` on the round's first day.
  Tell({Cooperative("rice", "a", v1::Unit::SECTOR_AGRICULTURE),
        Cooperative("fruit", "old", v1::Unit::SECTOR_AGRICULTURE),
        Cooperative("tea", "older", v1::Unit::SECTOR_AGRICULTURE),
        Cooperative("buses", "old", v1::Unit::SECTOR_NON_AGRICULTURE),
        WithPredecessor(Alliance("a"), "old", "2020-01-01"),
        WithPredecessor(MergedInto(Alliance("old"), "a", "2020-01-01"), "older", "2008-08-01"),
        MergedInto(Alliance("older"), "old", "2008-08-01")});
  const std::vector<Entrant> entrants = List(1);
  EXPECT_THAT(UnitsOf(entrants), ElementsAre("units/fruit", "units/rice", "units/tea"));
  for (const Entrant& entrant : entrants) EXPECT_EQ(entrant.province_unit, "units/a");
  EXPECT_EQ(CategoryOf("units/fruit"), "agri");
  EXPECT_EQ(CategoryOf("units/tea"), "agri");
  EXPECT_EQ(CategoryOf("units/buses"), "");
}

TEST_F(ProjectionTest, CooperativesOfAMemberThatWasMergedCompeteOnce) {
  Tell({Cooperative("rice", "b", v1::Unit::SECTOR_AGRICULTURE),
        WithPredecessor(Alliance("a"), "b", "2019-07-01"),
        MergedInto(Alliance("b"), "a", "2019-07-01")});
  const std::vector<Entrant> entrants = List(1);
  EXPECT_THAT(UnitsOf(entrants), ElementsAre("units/rice"));
  EXPECT_EQ(entrants[0].province_unit, "units/a");
}

TEST_F(ProjectionTest, TakesFiguresAndWhereTheyComeFrom) {
  Tell(
      {Submission({.unit = "a", .figures = {{"COOP_NEW", "18"}, {"DUES", "n/a"}}, .revision = 3})});
  const UnitInputs inputs = AllianceA().inputs;
  ASSERT_THAT(inputs.figures, SizeIs(2));
  EXPECT_EQ(inputs.figures.at("indicators/COOP_NEW").number, Decimal::FromInteger(18));
  EXPECT_EQ(inputs.figures.at("indicators/COOP_NEW").source,
            (Source{.resource = AnnualName("a"), .revision = 3}));
  EXPECT_FALSE(inputs.figures.at("indicators/DUES").number.has_value());
}

TEST_F(ProjectionTest, DerivedFiguresCountLikeReportedOnes) {
  v1::Change submission = Submission({.unit = "a", .figures = {{"COOP_NEW", "18"}}});
  auto& derived = *submission.mutable_submission()->add_derived_figures();
  derived.set_indicator("indicators/NEW_SHARE");
  derived.set_number("7.25");
  Tell({submission});
  const UnitInputs inputs = AllianceA().inputs;
  ASSERT_THAT(inputs.figures, SizeIs(2));
  EXPECT_EQ(inputs.figures.at("indicators/NEW_SHARE").number, Decimal::Parse("7.25").value());
}

struct StateCase {
  std::string name{};
  v1::Submission::State state{};
};

class FiguresCount : public ProjectionTest, public ::testing::WithParamInterface<StateCase> {};

TEST_P(FiguresCount, OnceAccepted) {
  Tell({Submission({.unit = "a", .figures = {{"COOP_NEW", "18"}}, .state = GetParam().state})});
  EXPECT_THAT(AllianceA().inputs.figures, SizeIs(1));
}

INSTANTIATE_TEST_SUITE_P(States, FiguresCount,
                         ::testing::ValuesIn<StateCase>({
                             {"Accepted", v1::Submission::STATE_ACCEPTED},
                             {"Locked", v1::Submission::STATE_LOCKED},
                         }),
                         [](const auto& row) { return row.param.name; });

class FiguresDoNotCount : public ProjectionTest, public ::testing::WithParamInterface<StateCase> {};

TEST_P(FiguresDoNotCount, UntilAccepted) {
  Tell({Submission({.unit = "a", .figures = {{"COOP_NEW", "18"}}, .state = GetParam().state})});
  EXPECT_THAT(AllianceA().inputs.figures, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(States, FiguresDoNotCount,
                         ::testing::ValuesIn<StateCase>({
                             {"Submitted", v1::Submission::STATE_SUBMITTED},
                             {"Returned", v1::Submission::STATE_RETURNED},
                         }),
                         [](const auto& row) { return row.param.name; });

TEST_F(ProjectionTest, TakesOnlyTheValueKindThatTheYearScores) {
  Tell({Submission(
      {.unit = "a", .value_kind = v1::VALUE_KIND_FINAL, .figures = {{"COOP_NEW", "18"}}})});
  EXPECT_THAT(AllianceA().inputs.figures, IsEmpty());
}

TEST_F(ProjectionTest, CountsTheReportsOfTheCalendarForTheKindOfUnit) {
  Report late = Quarter("a");
  late.timeliness = v1::TIMELINESS_LATE;
  Tell({Submission({.unit = "a", .timeliness = v1::TIMELINESS_IN_GRACE}), Submission(late)});
  const ReportCounts counts = AllianceA().inputs.reports;
  EXPECT_EQ(counts.required, 2);
  EXPECT_EQ(counts.on_time, 0);
  EXPECT_EQ(counts.in_grace, 1);
  EXPECT_EQ(counts.late, 1);
  EXPECT_EQ(counts.missing, 0);
}

TEST_F(ProjectionTest, AReturnedReportHasNotBeenReceived) {
  Tell({Submission({.unit = "a", .state = v1::Submission::STATE_RETURNED})});
  EXPECT_EQ(AllianceA().inputs.reports.missing, 2);
  EXPECT_EQ(AllianceA().inputs.reports.on_time, 0);
}

TEST_F(ProjectionTest, ADraftIsAsIfItWereNotThere) {
  const std::vector<Pin> pins = SortedPins(AllianceA());
  for (const auto state : {v1::Submission::STATE_DRAFT, v1::Submission::STATE_WITHDRAWN}) {
    Tell({Submission({.unit = "a", .figures = {{"COOP_NEW", "18"}}, .state = state})});
    const UnitInputs inputs = AllianceA().inputs;
    EXPECT_EQ(inputs.reports.missing, 2);
    EXPECT_THAT(inputs.figures, IsEmpty());
    EXPECT_EQ(SortedPins(AllianceA()), pins);
  }
}

TEST_F(ProjectionTest, AddsTheRestatementsOfTheYear) {
  Report quarter = Quarter("a");
  quarter.restatements = 1;
  Tell({Submission({.unit = "a", .revision = 3, .restatements = 2}), Submission(quarter),
        Submission({.unit = "b", .restatements = 5})});
  EXPECT_EQ(AllianceA().inputs.restatements, 3);
}

TEST_F(ProjectionTest, TakesTargetsAndSignatureOfTheUnit) {
  Tell({Pact({{"a", "20"}, {"b", "7"}}, {"a"}, 4)});
  const std::vector<Entrant> entrants = List(0);
  EXPECT_EQ(entrants[0].inputs.targets.at("indicators/COOP_NEW").number, Decimal::FromInteger(20));
  EXPECT_EQ(entrants[0].inputs.targets.at("indicators/COOP_NEW").source,
            (Source{.resource = std::string(kClusterYear) + "/pact", .revision = 4}));
  EXPECT_TRUE(entrants[0].inputs.pact_signed);
  EXPECT_FALSE(entrants[1].inputs.pact_signed);
}

// `pact` with a milestone for `unit`.
v1::Change WithMilestone(v1::Change pact, const std::string& unit, const std::string& number) {
  v1::Target& milestone = *pact.mutable_pact()->add_targets();
  milestone.set_unit("units/" + unit);
  milestone.set_indicator("indicators/COOP_NEW");
  milestone.set_number(number);
  milestone.set_period("2020-Q1");
  return pact;
}

TEST_F(ProjectionTest, TakesOnlyTheTargetsForTheYear) {
  Tell({WithMilestone(Pact({{"a", "20"}}, {"a"}), "a", "5")});
  EXPECT_EQ(AllianceA().inputs.targets.at("indicators/COOP_NEW").number, Decimal::FromInteger(20));
  Tell({WithMilestone(Pact({}, {"a"}), "a", "5")});
  EXPECT_THAT(AllianceA().inputs.targets, IsEmpty());
}

TEST_F(ProjectionTest, GivesTheTitleOfTheDay) {
  v1::Change renamed = Alliance("a");
  auto& title = *renamed.mutable_unit()->add_titles();
  title.mutable_title()->set_vi("Liên minh mới");
  title.set_valid_from("2020-07-01");
  Tell({renamed});
  EXPECT_EQ(List(0, absl::CivilDay(2020, 6, 30))[0].title.vi, "Liên minh a");
  EXPECT_EQ(List(0, absl::CivilDay(2020, 7, 1))[0].title.vi, "Liên minh mới");
}

TEST_F(ProjectionTest, IsInconsistentWhileItIsMadeAnew) {
  Write(RestartFeed);
  Tell({Alliance("a")}, 5);
  EXPECT_THAT(WithProjection([](Projection& projection) { return projection.CheckConsistent(); }),
              HasReason(kProjectionBehind));
  Tell({Alliance("a")}, 0);
  EXPECT_THAT(WithProjection([](Projection& projection) { return projection.CheckConsistent(); }),
              IsOk());
}

// What is told after the unit's story below, in which `a` has reported everything.
struct PinCase {
  std::string name{};
  std::function<v1::Change()> change{};
};

void PrintTo(const PinCase& row, std::ostream* out) { *out << row.name; }

class PinTest : public ProjectionTest, public ::testing::WithParamInterface<PinCase> {
 protected:
  PinTest() {
    Tell({Submission({.unit = "a", .figures = {{"COOP_NEW", "18"}}}), Submission(Quarter("a")),
          Pact({{"a", "20"}, {"b", "7"}}, {"a"})});
  }
};

class PinsDiffer : public PinTest {};

TEST_P(PinsDiffer, AfterAChangeThatCounts) {
  const std::vector<Pin> before = SortedPins(AllianceA());
  Tell({GetParam().change()});
  EXPECT_NE(SortedPins(AllianceA()), before);
}

v1::Change Annual(Report report) {
  report.unit = "a";
  if (report.figures.empty()) report.figures = {{"COOP_NEW", "18"}};
  return Submission(report);
}

INSTANTIATE_TEST_SUITE_P(
    Changes, PinsDiffer,
    ::testing::ValuesIn<PinCase>({
        {"AnotherFigure",
         [] {
           return Annual({.figures = {{"COOP_NEW", "19"}}, .revision = 2});
         }},
        {"Returned", [] { return Annual({.state = v1::Submission::STATE_RETURNED}); }},
        {"NotAcceptedYet", [] { return Annual({.state = v1::Submission::STATE_SUBMITTED}); }},
        {"ReceivedLater", [] { return Annual({.timeliness = v1::TIMELINESS_LATE}); }},
        {"Restated", [] { return Annual({.revision = 2, .restatements = 1}); }},
        {"AnotherTarget",
         [] {
           return Pact({{"a", "21"}, {"b", "7"}}, {"a"});
         }},
        {"SignatureGone",
         [] {
           return Pact({{"a", "20"}, {"b", "7"}}, {});
         }},
        {"CalendarForAlliances",
         [] {
           v1::Change year = ClusterYear({"a", "b"});
           year.mutable_cluster_year()->mutable_calendar()->DeleteSubrange(1, 1);
           return year;
         }},
        {"ScoredValueKind",
         [] {
           v1::Change year = ClusterYear({"a", "b"});
           year.mutable_cluster_year()->set_scored_value_kind(v1::VALUE_KIND_FINAL);
           return year;
         }},
    }),
    [](const auto& row) { return row.param.name; });

class PinsStay : public PinTest {};

TEST_P(PinsStay, AfterAChangeThatDoesNotCount) {
  const std::vector<Pin> before = SortedPins(AllianceA());
  Tell({GetParam().change()});
  EXPECT_EQ(SortedPins(AllianceA()), before);
}

INSTANTIATE_TEST_SUITE_P(
    Changes, PinsStay,
    ::testing::ValuesIn<PinCase>({
        {"Locked", [] { return Annual({.state = v1::Submission::STATE_LOCKED}); }},
        {"ReportOfAnotherUnit", [] { return Submission({.unit = "b"}); }},
        {"TargetOfAnotherUnit",
         [] {
           return Pact({{"a", "20"}, {"b", "8"}}, {"a"});
         }},
        {"SignatureOfAnotherUnit",
         [] {
           return Pact({{"a", "20"}, {"b", "7"}}, {"a", "b"});
         }},
        {"YearMovesOn",
         [] {
           return ClusterYear({"b", "a"}, v1::ClusterYear::STATE_REVIEW);
         }},
        {"CalendarForCooperatives",
         [] {
           v1::Change year = ClusterYear({"a", "b"});
           year.mutable_cluster_year()->mutable_calendar()->DeleteSubrange(2, 1);
           return year;
         }},
        {"AMilestone",
         [] {
           return WithMilestone(Pact({{"a", "20"}, {"b", "7"}}, {"a"}), "a", "5");
         }},
        {"AProposedRevision",
         [] {
           v1::Change pact = Pact({{"a", "20"}, {"b", "7"}}, {"a"});
           v1::PactProposal& proposal = *pact.mutable_pact()->mutable_proposal();
           *proposal.add_targets() = pact.pact().targets(0);
           proposal.mutable_targets(0)->set_number("1");
           return pact;
         }},
        {"AnotherTitle",
         [] {
           v1::Change unit = Alliance("a");
           unit.mutable_unit()->mutable_titles(0)->mutable_title()->set_vi("Tên khác");
           return unit;
         }},
    }),
    [](const auto& row) { return row.param.name; });

TEST_F(ProjectionTest, AReportThatIsNotThereIsPinnedSoThatItsArrivalShows) {
  EXPECT_THAT(
      AllianceA().inputs.pins,
      ::testing::IsSupersetOf({Pin{.resource = AnnualName("a")}, Pin{.resource = QuarterName("a")},
                               Pin{.resource = std::string(kClusterYear) + "/pact"}}));
}

}  // namespace
}  // namespace awards
