// Rounds by formulas that look at the whole category and at the year before, through the service;
// and that nothing depends on when and in which portions figures arrive.
#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "tests/services/awards/service/awards_fixture.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
namespace reporting_v1 = thidua::reporting::v1;
using ::testing::Contains;
using ::testing::ElementsAre;
using testkit::IsOk;

v1::CreateRubricRequest CategoryRubric() {
  v1::CreateRubricRequest request = AllianceRubric();
  v1::Group& group = *request.mutable_rubric()->mutable_groups(1);
  EXPECT_TRUE(google::protobuf::TextFormat::MergeFromString(
      R"pb(
        criteria {
          id: "2.2"
          title { vi: "Tăng trưởng" }
          max_points: "6"
          on_missing: ABSENCE_ZERO
          on_not_applicable: ABSENCE_ZERO
          goalposts {
            measure { growth { indicators: "indicators/COOP_NEW" } }
            zero_at: "-50"
            full_at: "50"
            scale: SCALE_LINEAR
            beyond: BEYOND_CLIPPED
          }
        }
        criteria {
          id: "2.3"
          title { vi: "So với cụm" }
          max_points: "5"
          on_missing: ABSENCE_ZERO
          on_not_applicable: ABSENCE_ZERO
          relative {
            measure { figures { indicators: "indicators/COOP_NEW" } }
            method: METHOD_MIN_MAX
            direction: DIRECTION_HIGHER_IS_BETTER
            even: EVEN_HALF
          }
        }
        criteria {
          id: "2.4"
          title { vi: "Công thức riêng" }
          max_points: "2"
          on_missing: ABSENCE_ZERO
          on_not_applicable: ABSENCE_ZERO
          custom { expression: "sqrt(target(COOP_NEW) - COOP_NEW) / 2" }
        })pb",
      &group));
  request.mutable_rubric()->set_rank_style(v1::Rubric::RANK_STYLE_AVERAGE);
  v1::Tier& tier = *request.mutable_rubric()->add_tiers();
  tier.set_id("good");
  tier.mutable_title()->set_vi("Tốt");
  tier.set_at_least("15");
  return request;
}

// What the unit had in 2019.
reporting_v1::Change LastYear(const std::string& unit, const std::string& number,
                              reporting_v1::ValueKind kind) {
  reporting_v1::Change change = Submission(
      {.unit = unit, .period = "2019", .value_kind = kind, .figures = {{"COOP_NEW", number}}});
  change.mutable_submission()->set_cluster_year("clusters/delta/years/2019");
  return change;
}

// Story, and the year before: final for a, an estimate for b, nothing for c.
std::vector<reporting_v1::Change> LongStory() {
  std::vector<reporting_v1::Change> story = Story();
  story.push_back(LastYear("a", "16", reporting_v1::VALUE_KIND_FINAL));
  story.push_back(LastYear("a", "99", reporting_v1::VALUE_KIND_ESTIMATE));
  story.push_back(LastYear("b", "20", reporting_v1::VALUE_KIND_ESTIMATE));
  return story;
}

// Awards that a test can have several of.
class Awards : public AwardsFixture {
 public:
  void TestBody() override {}

  void Begin() {
    ASSERT_THAT(Call(&RubricStub::CreateRubric, CategoryRubric()), IsOk());
    ASSERT_THAT(Call(&RubricStub::CreateRubric, CooperativeRubric()), IsOk());
  }

  v1::ScoreSheet Sheet(const std::string& unit) {
    v1::GetScoreSheetRequest request;
    request.set_name("rounds/r/scoreSheets/" + unit);
    const auto response = Call(&RoundStub::GetScoreSheet, request);
    EXPECT_THAT(response, IsOk());
    return response.ok() ? response->score_sheet() : v1::ScoreSheet();
  }

  // Sheets and standings as bytes, without the times of scoring.
  std::vector<std::string> Result() {
    std::vector<std::string> result;
    const v1::ScoreRoundResponse scored = Score();
    for (v1::Standings standings : scored.standings()) {
      standings.clear_score_time();
      result.push_back(standings.SerializeAsString());
    }
    for (const char* unit : {"a", "b", "c", "rice", "fruit"}) {
      result.push_back(Sheet(unit).SerializeAsString());
    }
    return result;
  }

  // Tells the changes in portions at random, scores in between, and now and then begins anew with
  // what is stored.
  void TellAtRandom(std::vector<reporting_v1::Change> changes, std::mt19937& random) {
    std::ranges::shuffle(changes, random);
    for (size_t at = 0; at < changes.size();) {
      const size_t count = std::min<size_t>(1 + random() % 5, changes.size() - at);
      const std::string token =
          feed_.Commit({changes.begin() + static_cast<std::ptrdiff_t>(at),
                        changes.begin() + static_cast<std::ptrdiff_t>(at + count)});
      ASSERT_THAT(progress_.WaitUntilConsumed(token, absl::Now() + absl::Seconds(30)), IsOk());
      at += count;
      if (random() % 3 == 0) feed_.EndStreams();
      if (random() % 4 == 0 && is_open_) Score();
    }
  }

  void Open() {
    CreateRound();
    is_open_ = true;
  }

  using AwardsFixture::Call;
  using AwardsFixture::CreateRound;
  using AwardsFixture::Score;
  using AwardsFixture::Standings;
  using AwardsFixture::Tell;

 private:
  bool is_open_ = false;
};

const v1::ScoreLine& LineOf(const v1::ScoreSheet& sheet, int index) {
  return sheet.groups(1).lines(index);
}

// The points of lines 2.2 to 2.4.
std::vector<std::string> Points(const v1::ScoreSheet& sheet) {
  return {LineOf(sheet, 1).points(), LineOf(sheet, 2).points(), LineOf(sheet, 3).points()};
}

TEST(CategoryScoring, ComparesWithTheCategoryAndTheYearBefore) {
  Awards awards;
  awards.Tell(LongStory());
  awards.Begin();
  awards.Open();
  awards.Score();
  // 18 after 16 is +12.5 %, 62.5 % of the way from -50 to 50; 15 after 20 is -25 %.
  const v1::ScoreSheet a = awards.Sheet("a");
  EXPECT_THAT(Points(a), ElementsAre("3.75", "5.00", "0.71"));
  EXPECT_THAT(Points(awards.Sheet("b")), ElementsAre("1.50", "2.50", "1.12"));
  EXPECT_THAT(Points(awards.Sheet("c")), ElementsAre("0.00", "0.00", "1.41"));
  EXPECT_EQ(LineOf(a, 1).inputs(1).source(), "indicators/COOP_NEW/lastYear");
  EXPECT_EQ(LineOf(a, 1).inputs(1).resource(), "units/a/submissions/annual.2019.final");
  EXPECT_TRUE(LineOf(a, 3).approximate());
  EXPECT_TRUE(a.approximate());
  EXPECT_EQ(a.tier(), "good");
  const v1::Standings standings = awards.Standings("alliances");
  EXPECT_EQ(standings.standings(0).rank_text(), "1");
  EXPECT_EQ(standings.standings(0).tier(), "good");
}

TEST(CategoryScoring, AChangeOfTheYearBeforeMakesScoresStale) {
  Awards awards;
  awards.Tell(LongStory());
  awards.Begin();
  awards.Open();
  awards.Score();
  awards.Tell({LastYear("c", "10", reporting_v1::VALUE_KIND_FINAL)});
  EXPECT_THAT(awards.Standings("alliances").stale_resources(),
              Contains("units/c/submissions/annual.2019.final"));
}

class Arrival : public ::testing::TestWithParam<unsigned> {};

TEST_P(Arrival, InAnyOrderAndAnyPortionsGivesTheSameBytes) {
  Awards straight;
  straight.Tell(LongStory());
  straight.Begin();
  straight.Open();
  Awards shuffled;
  std::mt19937 random(GetParam());
  std::vector<reporting_v1::Change> story = LongStory();
  // A round needs its cluster year; everything else may come later.
  const auto is_year = [](const reporting_v1::Change& change) { return change.has_cluster_year(); };
  const auto year = std::ranges::find_if(story, is_year);
  shuffled.Tell({*year});
  story.erase(year);
  shuffled.Begin();
  shuffled.Open();
  shuffled.TellAtRandom(story, random);
  EXPECT_EQ(shuffled.Result(), straight.Result());
}

INSTANTIATE_TEST_SUITE_P(Seeds, Arrival, ::testing::Range(1U, 7U));

}  // namespace
}  // namespace awards
