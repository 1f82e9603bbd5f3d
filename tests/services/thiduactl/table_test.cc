#include "services/thiduactl/table.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "tests/testkit/case_name.h"

namespace thiduactl {
namespace {

TEST(TablePrinted, AlignsByLettersNotBytes) {
  Table table({Text("UNIT"), Number("TOTAL"), Text("NOTE")});
  table.AddRow({"Bắc Ninh", "97.50", "đủ"});
  table.AddRow({"Hà Nội", "1,095.25"});
  std::ostringstream out;
  table.Print(out);
  EXPECT_EQ(out.str(),
            "UNIT         TOTAL  NOTE\n"
            "Bắc Ninh     97.50  đủ\n"
            "Hà Nội    1,095.25\n");
}

TEST(TablePrinted, IsNothingWithoutRows) {
  std::ostringstream out;
  Table({Text("UNIT")}).Print(out);
  EXPECT_EQ(out.str(), "");
}

struct SeparatorCase {
  std::string name{};
  std::string decimal{};
  std::string expected{};
};

class Separators : public ::testing::TestWithParam<SeparatorCase> {};

TEST_P(Separators, StandBetweenThousands) {
  EXPECT_EQ(WithSeparators(GetParam().decimal), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Decimals, Separators,
                         ::testing::ValuesIn<SeparatorCase>({
                             {"Empty", "", ""},
                             {"Zero", "0", "0"},
                             {"Hundreds", "364", "364"},
                             {"Thousands", "7002", "7,002"},
                             {"Millions", "3057365", "3,057,365"},
                             {"Negative", "-123456", "-123,456"},
                             {"Fraction", "1234.56789", "1,234.56789"},
                             {"SmallNegative", "-0.5", "-0.5"},
                             {"NotANumber", "n/a", "n/a"},
                             {"AFraction", "457/5", "457/5"},
                         }),
                         testkit::CaseName<SeparatorCase>);

}  // namespace
}  // namespace thiduactl
