#include "services/thiduactl/figures.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "services/thiduactl/problem.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/temp_dir.h"

namespace thiduactl {
namespace {

using ::testing::HasSubstr;
namespace v1 = ::thidua::reporting::v1;

std::string Print(const google::protobuf::Message& message) {
  google::protobuf::TextFormat::Printer printer;
  printer.SetSingleLineMode(true);
  printer.SetUseUtf8StringEscaping(true);
  std::string text;
  printer.PrintToString(message, &text);
  return text;
}

TEST(FigureTableRead, TellsNumberMissingAndNotApplicableApart) {
  auto table = FigureTable::Parse(
      "unit,COOP_NEW,MEMBERS,PCF,received,source,author\n"
      "ha-nam,0,,N/A,2020-12-01,báo cáo số 5,Giám đốc\n",
      "t.csv");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->row_count(), 1);
  const auto row = table->Next();
  ASSERT_TRUE(row.has_value());
  EXPECT_EQ(row->line, 2);
  EXPECT_FALSE(table->Next().has_value());
  // The day begins in Việt Nam seven hours before it begins in UTC.
  EXPECT_EQ(
      Print(ToReport(*row,
                     {.form = "forms/f", .period = "2020", .value_kind = v1::VALUE_KIND_ESTIMATE})),
      "unit: \"units/ha-nam\" form: \"forms/f\" period: \"2020\" "
      "value_kind: VALUE_KIND_ESTIMATE "
      "figures { indicator: \"indicators/COOP_NEW\" number: \"0\" } "
      "figures { indicator: \"indicators/PCF\" not_applicable: true } "
      "source: \"báo cáo số 5\" author: \"Giám đốc\" "
      "receive_time { seconds: 1606755600 } ");
}

TEST(FigureTableRead, TakesFullUnitNames) {
  auto table = FigureTable::Parse("unit\nunits/ha-nam\n", "t.csv");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->Next()->unit, "units/ha-nam");
}

struct RefusedCase {
  std::string name{};
  std::string text{};
  std::string message{};
};

class FigureTableRefused : public ::testing::TestWithParam<RefusedCase> {};

TEST_P(FigureTableRefused, NamesFileAndLine) {
  const auto table = FigureTable::Parse(GetParam().text, "t.csv");
  ASSERT_FALSE(table.ok());
  EXPECT_EQ(ExitCodeOf(table.status()), ExitCode::kUsage);
  EXPECT_THAT(Headline(table.status()), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Tables, FigureTableRefused,
    ::testing::ValuesIn<RefusedCase>({
        {"Empty", "# nothing\n", "t.csv:1: the table is empty"},
        {"NoUnit", "COOP_NEW\n1\n", "t.csv:1: there is no column `unit`"},
        {"UnknownColumn", "unit,coop\n", "t.csv:1: `coop` is no column"},
        {"ColumnTwice", "#\nunit,PCF,PCF\n", "t.csv:2: the column `PCF` stands twice"},
        {"TooFewCells", "unit,PCF\na\n", "t.csv:2: has 1 cells, but there are 2 columns"},
        {"TooManyCells", "unit,PCF\na,1,5\n", "t.csv:2: has 3 cells, but there are 2 columns"},
        {"NoUnitInARow", "unit,PCF\n,5\n", "t.csv:2: the column `unit` is empty"},
        {"DecimalComma", "unit,PCF\na,\"1,5\"\n",
         "t.csv:2: PCF has a comma: 1,5; figures have a decimal point"},
        {"ThousandsSeparator", "unit,PCF\na,\"1,234.5\"\n", "t.csv:2: PCF has a comma: 1,234.5"},
        {"NotADay", "unit,received\na,2020-02-30\n",
         "t.csv:2: `received` is not a day YYYY-MM-DD: 2020-02-30"},
        {"BrokenQuote", "unit,PCF\na,\"1\n", "t.csv: line 2: a quote"},
    }),
    testkit::CaseName<RefusedCase>);

TEST(FigureTableOpened, NamesAFileThatIsNotThere) {
  const testkit::TempDir folder;
  const auto table = FigureTable::Open(folder.File("none.csv"));
  EXPECT_EQ(ExitCodeOf(table.status()), ExitCode::kUsage);
  EXPECT_THAT(Headline(table.status()),
              HasSubstr("none.csv: cannot be read: No such file or directory"));
}

TEST(TargetsRead, LeaveOutEmptyCells) {
  auto table = FigureTable::Parse("unit,A,B\nx,1,\ny,2,3.5\n", "t.csv");
  ASSERT_TRUE(table.ok()) << table.status();
  const auto targets = ReadTargets(*std::move(table));
  ASSERT_TRUE(targets.ok()) << targets.status();
  ASSERT_EQ(targets->size(), 3U);
  EXPECT_EQ(Print(targets->back()),
            "unit: \"units/y\" indicator: \"indicators/B\" number: \"3.5\" ");
}

class TargetsRefused : public ::testing::TestWithParam<RefusedCase> {};

TEST_P(TargetsRefused, NameFileAndLine) {
  auto table = FigureTable::Parse(GetParam().text, "t.csv");
  ASSERT_TRUE(table.ok()) << table.status();
  const auto targets = ReadTargets(*std::move(table));
  EXPECT_THAT(Headline(targets.status()), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Tables, TargetsRefused,
    ::testing::ValuesIn<RefusedCase>({
        {"NotApplicable", "unit,A\nx,n/a\n", "t.csv:2: a target is a number"},
        {"ReportColumn", "unit,received,A\nx,2020-01-01,1\n",
         "t.csv:2: received, source, author and explanations belong to reports"},
    }),
    testkit::CaseName<RefusedCase>);

}  // namespace
}  // namespace thiduactl
