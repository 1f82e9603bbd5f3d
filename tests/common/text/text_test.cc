#include "common/text/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "common/status/error.h"
#include "common/status/reasons.h"

namespace common {
namespace {

using ::testing::ElementsAre;

struct NormalisedCase {
  std::string name{};
  std::string text{};
  std::string normalised{};
};

class TextAccepted : public ::testing::TestWithParam<NormalisedCase> {};

TEST_P(TextAccepted, IsNormalised) {
  const auto text = NormaliseText(GetParam().text, 100);
  ASSERT_TRUE(text.ok()) << text.status();
  EXPECT_EQ(*text, GetParam().normalised);
}

TEST_P(TextAccepted, IsLeftAloneTheSecondTime) {
  const auto text = NormaliseText(GetParam().normalised, 100);
  ASSERT_TRUE(text.ok()) << text.status();
  EXPECT_EQ(*text, GetParam().normalised);
}

// Code points are spelled out where an editor could change one form into the other.
INSTANTIATE_TEST_SUITE_P(
    Forms, TextAccepted,
    ::testing::ValuesIn<NormalisedCase>({
        {"Empty", "", ""},
        {"Ascii", "Red River Delta", "Red River Delta"},
        {"HaNoiComposed", "H\u00e0 N\u1ed9i", "H\u00e0 N\u1ed9i"},
        {"HaNoiDecomposed", "Ha\u0300 No\u0323\u0302i", "H\u00e0 N\u1ed9i"},
        {"HaNoiMarksInOtherOrder", "Ha\u0300 No\u0302\u0323i", "H\u00e0 N\u1ed9i"},
        {"HaNoiHalfComposed", "H\u00e0 N\u00f4\u0323i", "H\u00e0 N\u1ed9i"},
        {"ThaiBinhComposed", "Th\u00e1i B\u00ecnh", "Th\u00e1i B\u00ecnh"},
        {"ThaiBinhDecomposed", "Tha\u0301i Bi\u0300nh", "Th\u00e1i B\u00ecnh"},
        {"ThaiBinhWithTheVietnameseToneMarks", "Tha\u0341i Bi\u0340nh", "Th\u00e1i B\u00ecnh"},
        {"HornDecomposed", "Hu\u031bng Ye\u0302n", "H\u01b0ng Y\u00ean"},
        {"StrokeHasNoDecomposition", "\u0110\u00f4ng", "\u0110\u00f4ng"},
        {"CompatibilityFormsStay", "\ufb01 \uff11 m\u00b2", "\ufb01 \uff11 m\u00b2"},
        {"BeyondSixteenBits", "\U0001F3C6", "\U0001F3C6"},
        {"OuterSpaceIsCut", " \t\n B\u1eafc Ninh \n", "B\u1eafc Ninh"},
        {"OuterSpaceOfUnicodeIsCut", "\u00a0\u3000B\u1eafc Ninh\u2009\u00a0", "B\u1eafc Ninh"},
        {"OuterLineSeparatorsAreCut", "\u2028H\u00e0 Nam\u2029", "H\u00e0 Nam"},
        {"OnlySpaceIsEmpty", " \n\t\u00a0", ""},
        {"InnerSpaceStays", "a  b\tc\nd\u00a0e", "a  b\tc\nd\u00a0e"},
    }),
    [](const auto& row) { return row.param.name; });

struct RefusedCase {
  std::string name{};
  std::string text{};
  std::string problem{};
};

class TextRefused : public ::testing::TestWithParam<RefusedCase> {};

TEST_P(TextRefused, WithASentenceThatSaysWhy) {
  const absl::Status status = NormaliseText(GetParam().text, 100).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  const ErrorDetail detail = DetailOf(status);
  EXPECT_EQ(detail.reason, kInvalidText);
  EXPECT_THAT(detail.violations, ElementsAre(FieldViolation{.field = "",
                                                            .description = GetParam().problem,
                                                            .reason = std::string(kInvalidText)}));
}

constexpr char kNotUtf8[] = "the text is not valid UTF-8";
constexpr char kControl[] =
    "the text holds a control character or one that changes the direction of writing";

INSTANTIATE_TEST_SUITE_P(Bytes, TextRefused,
                         ::testing::ValuesIn<RefusedCase>({
                             {"LoneContinuation", "a\x80", kNotUtf8},
                             {"CutOff", "H\xc3", kNotUtf8},
                             {"CutOffInTheMiddle", "\xe1\xbb i", kNotUtf8},
                             {"Overlong", "\xc0\xaf", kNotUtf8},
                             {"Surrogate", "\xed\xa0\x80", kNotUtf8},
                             {"BeyondUnicode", "\xf4\x90\x80\x80", kNotUtf8},
                             {"Latin1", "H\xe0 Nam", kNotUtf8},
                             {"NoSuchByte", "\xff", kNotUtf8},
                         }),
                         [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(Characters, TextRefused,
                         ::testing::ValuesIn<RefusedCase>({
                             {"Nul", std::string("a\0b", 3), kControl},
                             {"NulAtTheEnd", std::string("a\0", 2), kControl},
                             {"CarriageReturn", "a\r\nb", kControl},
                             {"Escape", "\x1b[31m", kControl},
                             {"Delete", "a\x7f", kControl},
                             {"ControlAboveAscii", "a\u0085b", kControl},
                             {"FirstEmbedding", "a\u202ab", kControl},
                             {"RightToLeftOverride", "a\u202eb", kControl},
                             {"FirstIsolate", "a\u2066b", kControl},
                             {"LastIsolate", "a\u2069b", kControl},
                         }),
                         [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(Length, TextRefused,
                         ::testing::ValuesIn<RefusedCase>({
                             {"OneTooMany", std::string(101, 'a'),
                              "the text has more than 100 characters"},
                         }),
                         [](const auto& row) { return row.param.name; });

TEST(NormaliseTextTest, CountsCharactersNotBytes) {
  EXPECT_TRUE(NormaliseText("H\u00e0 N\u1ed9i", 6).ok());
  EXPECT_FALSE(NormaliseText("H\u00e0 N\u1ed9i", 5).ok());
}

TEST(NormaliseTextTest, CountsWhatIsKeptNotWhatWasSent) {
  EXPECT_TRUE(NormaliseText("  Ha\u0300 No\u0323\u0302i  ", 6).ok());
}

TEST(NormaliseTextTest, TakesAViewOfNothing) {
  const auto text = NormaliseText(std::string_view(), 0);
  ASSERT_TRUE(text.ok()) << text.status();
  EXPECT_EQ(*text, "");
}

struct IdentifierCase {
  std::string name{};
  std::string text{};
};

class ResourceIdAccepted : public ::testing::TestWithParam<IdentifierCase> {};

TEST_P(ResourceIdAccepted, InTheDocumentedForm) { EXPECT_TRUE(IsResourceId(GetParam().text)); }

INSTANTIATE_TEST_SUITE_P(Forms, ResourceIdAccepted,
                         ::testing::ValuesIn<IdentifierCase>({
                             {"OneLetter", "a"},
                             {"Hyphen", "bac-ninh"},
                             {"TwoHyphens", "bac--ninh"},
                             {"DigitAtTheEnd", "red-river-2020"},
                             {"Longest", std::string(63, 'z')},
                         }),
                         [](const auto& row) { return row.param.name; });

class ResourceIdRefused : public ::testing::TestWithParam<IdentifierCase> {};

TEST_P(ResourceIdRefused, InAnyOtherForm) { EXPECT_FALSE(IsResourceId(GetParam().text)); }

INSTANTIATE_TEST_SUITE_P(Forms, ResourceIdRefused,
                         ::testing::ValuesIn<IdentifierCase>({
                             {"Empty", ""},
                             {"UpperCase", "Bac-ninh"},
                             {"UpperCaseInside", "bac-Ninh"},
                             {"DigitFirst", "2020"},
                             {"HyphenFirst", "-a"},
                             {"HyphenLast", "a-"},
                             {"Underscore", "bac_ninh"},
                             {"Slash", "units/a"},
                             {"Space", "bac ninh"},
                             {"Diacritics", "b\u1eafc-ninh"},
                             {"NulBehind", std::string("a\0", 2)},
                             {"LineFeedBehind", "a\n"},
                             {"TooLong", std::string(64, 'a')},
                         }),
                         [](const auto& row) { return row.param.name; });

class CodeAccepted : public ::testing::TestWithParam<IdentifierCase> {};

TEST_P(CodeAccepted, InTheDocumentedForm) { EXPECT_TRUE(IsCode(GetParam().text)); }

INSTANTIATE_TEST_SUITE_P(Forms, CodeAccepted,
                         ::testing::ValuesIn<IdentifierCase>({
                             {"OneLetter", "A"},
                             {"Underscore", "COOP_NEW"},
                             {"Digit", "Q3"},
                             {"UnderscoreLast", "A_"},
                             {"Longest", std::string(63, 'Z')},
                         }),
                         [](const auto& row) { return row.param.name; });

class CodeRefused : public ::testing::TestWithParam<IdentifierCase> {};

TEST_P(CodeRefused, InAnyOtherForm) { EXPECT_FALSE(IsCode(GetParam().text)); }

INSTANTIATE_TEST_SUITE_P(Forms, CodeRefused,
                         ::testing::ValuesIn<IdentifierCase>({
                             {"Empty", ""},
                             {"LowerCase", "coop_new"},
                             {"LowerCaseInside", "COOP_new"},
                             {"DigitFirst", "3Q"},
                             {"UnderscoreFirst", "_A"},
                             {"Hyphen", "COOP-NEW"},
                             {"Space", "COOP NEW"},
                             {"Diacritics", "\u0110ONG"},
                             {"TooLong", std::string(64, 'A')},
                         }),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace common
