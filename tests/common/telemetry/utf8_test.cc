#include "common/telemetry/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace common::telemetry {
namespace {

struct QuoteCase {
  std::string name;
  std::string text;
  size_t max_bytes;
  std::string quoted;
};

class QuotableTextIs : public ::testing::TestWithParam<QuoteCase> {};

TEST_P(QuotableTextIs, ValidAndShortEnough) {
  EXPECT_EQ(QuotableText(GetParam().text, GetParam().max_bytes), GetParam().quoted);
}

INSTANTIATE_TEST_SUITE_P(Cases, QuotableTextIs,
                         ::testing::ValuesIn<QuoteCase>({
                             {"Empty", "", 10, ""},
                             {"VietnameseUnchanged", "Hà Nội", 100, "Hà Nội"},
                             {"ExactFitIsNotCut", "abcdef", 6, "abcdef"},
                             {"OneTooMany", "abcdefg", 6, "abc..."},
                             {"NeverCutInsideACharacter", "abộcdef", 7, "ab..."},
                             {"LoneContinuationByte", "a\x80z", 100, "a\\x80z"},
                             {"OverlongSlash", "\xc0\xaf", 100, "\\xc0\\xaf"},
                             {"Surrogate", "\xed\xa0\x80", 100, "\\xed\\xa0\\x80"},
                             {"CutOffCharacter", "x\xe1\xbb", 100, "x\\xe1\\xbb"},
                             {"EscapesCountAsBytes", "\xff\xff\xff", 8, "\\xff..."},
                             {"TooSmallForTheMark", "abcdef", 2, ".."},
                         }),
                         [](const auto& row) { return row.param.name; });

TEST(FirstCharacterSize, TellsCharactersFromGarbage) {
  EXPECT_EQ(FirstCharacterSize(""), 0u);
  EXPECT_EQ(FirstCharacterSize("a"), 1u);
  EXPECT_EQ(FirstCharacterSize(std::string_view("\0", 1)), 1u);
  EXPECT_EQ(FirstCharacterSize("ộ"), 3u);
  EXPECT_EQ(FirstCharacterSize("\xf0\x9f\x8f\x86"), 4u);
  EXPECT_EQ(FirstCharacterSize("\xf5\x80\x80\x80"), 0u);
}

}  // namespace
}  // namespace common::telemetry
