#include "tests/services/reporting/model/number.h"

#include <gtest/gtest.h>

namespace reporting::model {
namespace {

TEST(NumberTest, ReadsDecimalsOnly) {
  EXPECT_EQ(HundredthsOf("12.5"), 1250);
  EXPECT_EQ(HundredthsOf("-0.07"), -7);
  EXPECT_EQ(ParseNumber("7.250")->places, 2);
  EXPECT_EQ(ParseNumber("1.234")->places, 3);
  for (const char* text : {"", "-", "1.", ".5", "007", "1e3", "1,5", "-0", "+1", " 1"}) {
    EXPECT_FALSE(ParseNumber(text).has_value()) << text;
  }
}

TEST(NumberTest, RoundsHalfAwayFromZero) {
  EXPECT_EQ(DivideRounded(7, 2), 4);
  EXPECT_EQ(DivideRounded(-7, 2), -4);
  EXPECT_EQ(DivideRounded(10, 3), 3);
  EXPECT_EQ(DivideRounded(0, 9), 0);
}

TEST(NumberTest, PrintsWithAndWithoutPlaces) {
  EXPECT_EQ(PrintNumber(1250), "12.5");
  EXPECT_EQ(PrintNumber(1200), "12");
  EXPECT_EQ(PrintNumber(-7), "-0.07");
  EXPECT_EQ(PrintFixed(850), "8.50");
  EXPECT_EQ(PrintFixed(0), "0.00");
}

}  // namespace
}  // namespace reporting::model
