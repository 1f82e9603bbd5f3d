#include "services/awards/documents/tables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/awards/documents/readings.h"
#include "tests/services/awards/documents/sample.h"

namespace awards::documents {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Voice kVi(Language::kVietnamese);
const Voice kEn(Language::kEnglish);

// The texts of a row, with the marks of footnotes behind them.
std::vector<std::string> Texts(const Row& row) {
  std::vector<std::string> texts;
  for (const Cell& cell : row.cells) texts.push_back(cell.text + cell.mark);
  return texts;
}

std::vector<std::string> Titles(const Table& table) {
  std::vector<std::string> titles;
  for (const Column& column : table.columns) titles.push_back(column.title);
  return titles;
}

// The row that begins with these cells; an empty one if there is none.
std::vector<std::string> RowOf(const Table& table, const std::vector<std::string>& beginning) {
  for (const Row& row : table.rows) {
    const std::vector<std::string> texts = Texts(row);
    if (std::equal(beginning.begin(), beginning.end(), texts.begin())) return texts;
  }
  return {};
}

Table Matrix(const Category& category, size_t first, size_t count, const Voice& voice) {
  return ScoreMatrix(category, ShortTitles(category.contenders, voice), first, count, voice);
}

TEST(ScoreMatrix, HasAColumnForEachUnitAndARowForEachCriterion) {
  const Table table = Matrix(SampleResult().categories[0], 0, 12, kVi);
  EXPECT_THAT(Titles(table),
              ElementsAre("TT", "Nội dung, tiêu chí", "Điểm tối đa", "Tây", "Đông", "Nam"));
  EXPECT_EQ(table.columns[3].full_title, "Liên minh Hợp tác xã tỉnh Tây");
  std::vector<std::vector<std::string>> rows;
  for (const Row& row : table.rows) rows.push_back(Texts(row));
  EXPECT_THAT(rows, ElementsAre(ElementsAre("1", "Phát triển", "60", "60.00", "50.25", ""),
                                ElementsAre("1.1", "HTX mới", "60", "60.00", "50.25*", ""),
                                ElementsAre("2", "Tổ chức", "40", "28.50", "20.00", ""),
                                ElementsAre("2.1", "Phong trào", "20", "18.50", "20.00‡", ""),
                                ElementsAre("2.2", "Đối ngoại", "20", "10.00", "0.00†", ""),
                                ElementsAre("", "Cộng điểm cơ bản", "", "88.50", "70.25", ""),
                                ElementsAre("", "Điểm thưởng", "5", "3.00", "0.00", ""),
                                ElementsAre("B1", "Mô hình", "5", "3.00", "0.00", ""),
                                ElementsAre("", "Điểm trừ", "10", "1.00", "0.00", ""),
                                ElementsAre("P1", "Chậm", "10", "1.00", "0.00", ""),
                                ElementsAre("", "TỔNG ĐIỂM", "", "90.50", "70.25", ""),
                                ElementsAre("", "XẾP HẠNG", "", "1", "2", "")));
}

TEST(ScoreMatrix, TakesAPortionOfTheUnits) {
  const Table table = Matrix(SampleResult().categories[0], 1, 1, kEn);
  EXPECT_THAT(Titles(table),
              ElementsAre("No.", "Criterion", "Maximum", "Cooperative Alliance of Đông"));
  EXPECT_THAT(RowOf(table, {"", "TOTAL"}), ElementsAre("", "TOTAL", "", "70.25"));
}

TEST(ScoreMatrix, HasNoRowsWithoutUnits) {
  EXPECT_THAT(Matrix(Category{}, 0, 12, kVi).rows, IsEmpty());
}

TEST(StandingsTable, SaysWhatThereIsToSayAboutAPlace) {
  const Table alliances = StandingsTable(SampleResult().categories[0], kVi);
  EXPECT_THAT(RowOf(alliances, {"1"}),
              ElementsAre("1", "Liên minh Hợp tác xã tỉnh Tây", "88.50", "3.00", "1.00", "90.50",
                          "Đề nghị: Cờ xuất sắc"));
  EXPECT_EQ(RowOf(alliances, {"2"}).back(), "");
  EXPECT_EQ(RowOf(alliances, {""}).back(), "Chưa chấm được");
  const Table cooperatives = StandingsTable(SampleResult().categories[1], kEn);
  EXPECT_EQ(RowOf(cooperatives, {"1"}).back(), "Fails: 12 months old");
}

TEST(Remarks, NameTheTieBreakThatDecidedAndTheTieThatNothingDid) {
  const Category category = SampleResult().categories[0];
  Contender unit = category.contenders[1];
  unit.decided_by = "group 3";
  EXPECT_EQ(Remarks(category, unit, kVi), "Phân định theo điểm nhóm 3");
  EXPECT_EQ(Remarks(category, unit, kEn), "Decided by points of group 3");
  unit.decided_by = "criterion 3.1";
  EXPECT_EQ(Remarks(category, unit, kVi), "Phân định theo điểm tiêu chí 3.1");
  unit.decided_by = "something new";
  EXPECT_EQ(Remarks(category, unit, kEn), "Decided by something new");
  unit.decided_by = "";
  unit.unresolved_tie = true;
  EXPECT_EQ(Remarks(category, unit, kEn), "Unresolved tie");
}

TEST(NominationsTable, NamesTheProvinceOfACooperativeButNotOfAnAlliance) {
  const RoundResult result = SampleResult();
  EXPECT_THAT(Texts(NominationsTable(result.categories[0], kVi).rows[0]),
              ElementsAre("1", "Liên minh Hợp tác xã tỉnh Tây", "1", "90.50", "Cờ xuất sắc"));
  EXPECT_THAT(Texts(NominationsTable(result.categories[1], kVi).rows[0]),
              ElementsAre("1", "HTX ba", "Liên minh Hợp tác xã tỉnh Đông", "3", "95.00", "Cờ HTX"));
}

TEST(NominationsTable, LeavesOutWhatIsNoLongerANomination) {
  Category category = SampleResult().categories[1];
  category.nominees[0].state = "WITHDRAWN";
  EXPECT_THAT(NominationsTable(category, kVi).rows, IsEmpty());
  EXPECT_EQ(OpenPlaces(category), 2);
  category.nominees[0].state = "ON_HOLD";
  EXPECT_EQ(Texts(NominationsTable(category, kEn).rows[0]).back(), "Flag (on hold)");
  category.nominees[0].state = "NEW_STATE";
  EXPECT_EQ(Texts(NominationsTable(category, kEn).rows[0]).back(), "Flag (NEW_STATE)");
}

TEST(PassedOverTable, SaysWhyUnitsAheadWereNotNominated) {
  const RoundResult result = SampleResult();
  EXPECT_THAT(PassedOverTable(result, result.categories[0], kVi).rows, IsEmpty());
  const Table table = PassedOverTable(result, result.categories[1], kVi);
  ASSERT_THAT(table.rows, SizeIs(2));
  EXPECT_THAT(Texts(table.rows[0]),
              ElementsAre("1", "HTX một", "97.00", "Không đạt điều kiện: Đủ 12 tháng"));
  EXPECT_THAT(Texts(table.rows[1]),
              ElementsAre("2", "HTX hai", "96.00", "Tỉnh, thành phố đã đủ số cờ của đợt"));
}

TEST(PassedOverTable, TellsOfATieThatWaitsForABallot) {
  RoundResult result = SampleResult();
  result.flags_per_province = 0;
  result.categories[1].contenders[1].unresolved_tie = true;
  const Table table = PassedOverTable(result, result.categories[1], kEn);
  EXPECT_EQ(Texts(table.rows[1]).back(), "Tied, to be decided by ballot");
}

TEST(WorkingsTable, SaysWhatWentIn) {
  RoundResult result = SampleResult();
  Contender& unit = result.categories[0].contenders[0];
  unit.groups[0].lines[0].inputs = {{.source = "appraisal", .number = "1234.5"},
                                    {.source = "indicators/COOP_NEW", .not_applicable = true},
                                    {.source = "criteria/3.1", .number = "", .target = "20"},
                                    {.source = "indicators/TRAINEES/lastYear", .number = "7"}};
  const Table vi = WorkingsTable(result.categories[0], unit, kVi);
  EXPECT_THAT(Texts(vi.rows[1]),
              ElementsAre("1.1", "HTX mới", "60.00", "60", "60 × min(1; 1234,5 / 2000)",
                          "thẩm định 1.234,5; COOP_NEW không áp dụng; 3.1 thiếu (chỉ tiêu 20); "
                          "TRAINEES năm trước 7"));
  const Table en = WorkingsTable(result.categories[0], unit, kEn);
  EXPECT_EQ(Texts(en.rows[1]).back(),
            "appraisal 1,234.5; COOP_NEW n/a; 3.1 missing (target 20); "
            "TRAINEES of last year 7");
  EXPECT_THAT(RowOf(en, {"", "TOTAL"}),
              ElementsAre("", "TOTAL", "90.50", "", "unrounded: 181/2", ""));
}

TEST(LinesData, HasFiguresAsTheContractWritesThem) {
  const Table table = LinesData(SampleResult(), kVi);
  // Two groups with three lines, two lines of bonus and penalty, and four totals for each of three
  // alliances; one group, one line and four totals for each of three cooperatives.
  EXPECT_THAT(table.rows, SizeIs(3 * (5 + 2 + 4) + 3 * (1 + 1 + 4)));
  EXPECT_THAT(Texts(table.rows[1]),
              ElementsAre("alliances", "units/tay", "Liên minh Hợp tác xã tỉnh Tây", "1", "line",
                          "1", "1.1", "HTX mới", "60", "60.00", "60.00", "FORMULA",
                          "60 × min(1, 1234.5 / 2000)", "",
                          "indicators/COOP_NEW=1234.5 target=2000 "
                          "from=units/x/submissions/annual.2020.estimate@2"));
  for (const Row& row : table.rows) EXPECT_THAT(row.cells, SizeIs(table.columns.size()));
}

TEST(StandingsData, NamesTheAwardEachUnitIsNominatedFor) {
  const Table table = StandingsData(SampleResult(), kVi);
  ASSERT_THAT(table.rows, SizeIs(6));
  EXPECT_THAT(Texts(table.rows[0]),
              ElementsAre("alliances", "units/tay", "Liên minh Hợp tác xã tỉnh Tây", "1", "88.50",
                          "3.00", "1.00", "90.50", "", "false", "", "flag"));
  EXPECT_EQ(Texts(table.rows[3])[10], "old");
}

TEST(NominationsData, HasEveryNominationWithItsState) {
  RoundResult result = SampleResult();
  result.categories[1].nominees[0].state = "WITHDRAWN";
  const Table table = NominationsData(result, kEn);
  ASSERT_THAT(table.rows, SizeIs(2));
  EXPECT_THAT(Texts(table.rows[1]),
              ElementsAre("agri", "flag-agri", "Flag", "units/htx-ba", "Cooperative ba",
                          "units/dong", "Cooperative Alliance of Đông", "3", "95.00", "WITHDRAWN",
                          "rank 3 of 3, place 1 of quota 2"));
}

TEST(ShortTitles, LeaveOutTheWordsThatAllBeginWith) {
  const RoundResult result = SampleResult();
  EXPECT_THAT(ShortTitles(result.categories[0].contenders, kVi), ElementsAre("Tây", "Đông", "Nam"));
  // One word is not worth it.
  EXPECT_THAT(ShortTitles(result.categories[1].contenders, kVi),
              ElementsAre("HTX một", "HTX hai", "HTX ba"));
}

TEST(ShortTitles, LeaveSomethingOfEveryTitle) {
  std::vector<Contender> units(2);
  units[0].title.vi = "a b c d";
  units[1].title.vi = "a b c d e";
  EXPECT_THAT(ShortTitles(units, kVi), ElementsAre("d", "d e"));
  units[1].title.vi = "a b c d";
  EXPECT_THAT(ShortTitles(units, kVi), ElementsAre("d", "d"));
}

}  // namespace
}  // namespace awards::documents
