#include "services/awards/documents/voice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/testkit/case_name.h"

namespace awards::documents {
namespace {

constexpr Language kVi = Language::kVietnamese;
constexpr Language kEn = Language::kEnglish;

struct NumberCase {
  std::string name;
  std::string decimal;
  std::string vi;
  std::string en;
};

class NumberWritten : public ::testing::TestWithParam<NumberCase> {};

TEST_P(NumberWritten, AsPeopleOfTheLanguageDo) {
  EXPECT_EQ(Voice(kVi).Number(GetParam().decimal), GetParam().vi);
  EXPECT_EQ(Voice(kEn).Number(GetParam().decimal), GetParam().en);
}

INSTANTIATE_TEST_SUITE_P(Decimals, NumberWritten,
                         ::testing::ValuesIn<NumberCase>({
                             {"TrailingZerosStay", "98.50", "98,50", "98.50"},
                             {"ThreeDigits", "100.78", "100,78", "100.78"},
                             {"Thousands", "1234.5", "1.234,5", "1,234.5"},
                             {"Millions", "3057365", "3.057.365", "3,057,365"},
                             {"NoGroupingAfterThePoint", "0.123456", "0,123456", "0.123456"},
                             {"Negative", "-1234.50", "-1.234,50", "-1,234.50"},
                             {"NegativeThreeDigits", "-100", "-100", "-100"},
                             {"EighteenDigits", "123456789012345678", "123.456.789.012.345.678",
                              "123,456,789,012,345,678"},
                             {"NoDecimal", "22/5", "22/5", "22/5"},
                             {"Empty", "", "", ""},
                             {"OnlyAPoint", ".", ".", "."},
                         }),
                         testkit::CaseName<NumberCase>);

struct WorkingCase {
  std::string name;
  std::string working;
  std::string vi;
};

class WorkingWritten : public ::testing::TestWithParam<WorkingCase> {};

TEST_P(WorkingWritten, WithCommasAndSemicolonsInVietnamese) {
  EXPECT_EQ(Voice(kVi).Working(GetParam().working), GetParam().vi);
  EXPECT_EQ(Voice(kEn).Working(GetParam().working), GetParam().working);
}

INSTANTIATE_TEST_SUITE_P(Workings, WorkingWritten,
                         ::testing::ValuesIn<WorkingCase>({
                             {"Ratio", "5 × min(1, 89.75 / 100)", "5 × min(1; 89,75 / 100)"},
                             {"Nested", "max(0, min(2, 2 + 0 × -0.5))",
                              "max(0; min(2; 2 + 0 × -0,5))"},
                             {"IdsStay", "22 / 20 × 100 = 110.5 < 120 ∧ [3.3] 1.5 < 2 → 0",
                              "22 / 20 × 100 = 110,5 < 120 ∧ [3.3] 1,5 < 2 → 0"},
                             {"NoNumber", "3.", "3."},
                             {"Empty", "", ""},
                         }),
                         testkit::CaseName<WorkingCase>);

TEST(Day, HasZerosInVietnameseAsTheDecreeOnDocumentsWantsThem) {
  EXPECT_EQ(Voice(kVi).Day(absl::CivilDay(2020, 2, 5)), "ngày 05 tháng 02 năm 2020");
  EXPECT_EQ(Voice(kVi).Day(absl::CivilDay(2020, 3, 15)), "ngày 15 tháng 3 năm 2020");
  EXPECT_EQ(Voice(kVi).Day(absl::CivilDay(2020, 12, 9)), "ngày 09 tháng 12 năm 2020");
  EXPECT_EQ(Voice(kEn).Day(absl::CivilDay(2020, 2, 5)), "5 February 2020");
}

TEST(Day, IsLeftOpenIfItIsNotGiven) {
  EXPECT_EQ(Voice(kVi).Day({}), "ngày …… tháng …… năm ………");
  EXPECT_THAT(Voice(kEn).Day({}), ::testing::HasSubstr("……"));
}

TEST(Voice, CountsSmallNumbersWithAZeroInVietnamese) {
  EXPECT_EQ(Voice(kVi).Count(2), "02");
  EXPECT_EQ(Voice(kVi).Count(11), "11");
  EXPECT_EQ(Voice(kEn).Count(2), "2");
}

TEST(Voice, FallsBackToVietnamese) {
  EXPECT_EQ(Voice(kEn)(LocalizedText{.vi = "Cờ", .en = ""}), "Cờ");
  EXPECT_EQ(Voice(kEn)(LocalizedText{.vi = "Cờ", .en = "Flag"}), "Flag");
  EXPECT_EQ(Voice(kVi)(LocalizedText{.vi = "Cờ", .en = "Flag"}), "Cờ");
}

TEST(Roman, CountsChapters) {
  EXPECT_EQ(Roman(1), "I");
  EXPECT_EQ(Roman(4), "IV");
  EXPECT_EQ(Roman(9), "IX");
  EXPECT_EQ(Roman(14), "XIV");
  EXPECT_EQ(Roman(20), "XX");
}

}  // namespace
}  // namespace awards::documents
