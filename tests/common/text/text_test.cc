#include "common/text/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

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
        {"Emoji", "\U0001F33E H\u1ee3p t\u00e1c x\u00e3 \u2600",
         "\U0001F33E H\u1ee3p t\u00e1c x\u00e3 \u2600"},
        {"EmojiOfTwoLetters", "\U0001F1FB\U0001F1F3", "\U0001F1FB\U0001F1F3"},
        {"EmojiOfAKeycap", "1\uFE0F\u20E3", "1\uFE0F\u20E3"},
        {"EmojiJoined", "\U0001F469\u200d\U0001F33E", "\U0001F469\u200d\U0001F33E"},
        {"EmojiWithSkinJoined", "\U0001F469\U0001F3FD\u200d\U0001F33E",
         "\U0001F469\U0001F3FD\u200d\U0001F33E"},
        {"EmojiWithStyleJoined", "\U0001F575\uFE0F\u200d\u2640\uFE0F",
         "\U0001F575\uFE0F\u200d\u2640\uFE0F"},
        {"EmojiFamily", "\U0001F468\u200d\U0001F469\u200d\U0001F467",
         "\U0001F468\u200d\U0001F469\u200d\U0001F467"},
        {"EmojiKeptApart", "\U0001F469\u200c\U0001F33E", "\U0001F469\u200c\U0001F33E"},
        {"EmojiFlagWithTags", "\U0001F3F4\U000E0067\U000E0062\U000E007F",
         "\U0001F3F4\U000E0067\U000E0062\U000E007F"},
        {"RightToLeftLetters", "\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd"},
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

INSTANTIATE_TEST_SUITE_P(
    Controls, TextRefused,
    ::testing::ValuesIn<RefusedCase>({
        {"Nul", std::string("a\0b", 3),
         "the text holds a control character, U+0000, as character 2"},
        {"NulAtTheEnd", std::string("a\0", 2),
         "the text holds a control character, U+0000, as character 2"},
        {"CarriageReturn", "a\r\nb", "the text holds a control character, U+000D, as character 2"},
        {"Escape", "\x1b[31m", "the text holds a control character, U+001B, as character 1"},
        {"Delete", "a\x7f", "the text holds a control character, U+007F, as character 2"},
        {"ControlAboveAscii", "a\u0085b",
         "the text holds a control character, U+0085, as character 2"},
    }),
    [](const auto& row) { return row.param.name; });

// The text `a?b` whose second character is `code`, and what is said of it.
RefusedCase Second(std::string name, const std::string& character, const std::string& what) {
  return {.name = std::move(name),
          .text = "a" + character + "b",
          .problem = "the text holds " + what + ", as character 2"};
}

INSTANTIATE_TEST_SUITE_P(
    Directions, TextRefused,
    ::testing::Values(Second("ArabicMark", "\u061c",
                             "a character that changes the direction of writing, U+061C"),
                      Second("LeftToRightMark", "\u200e",
                             "a character that changes the direction of writing, U+200E"),
                      Second("RightToLeftMark", "\u200f",
                             "a character that changes the direction of writing, U+200F"),
                      Second("FirstEmbedding", "\u202a",
                             "a character that changes the direction of writing, U+202A"),
                      Second("RightToLeftOverride", "\u202e",
                             "a character that changes the direction of writing, U+202E"),
                      Second("FirstIsolate", "\u2066",
                             "a character that changes the direction of writing, U+2066"),
                      Second("LastIsolate", "\u2069",
                             "a character that changes the direction of writing, U+2069")),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Invisible, TextRefused,
    ::testing::Values(
        Second("SoftHyphen", "\u00ad", "an invisible character, U+00AD"),
        Second("ZeroWidthSpace", "\u200b", "an invisible character, U+200B"),
        Second("NonJoinerBetweenLetters", "\u200c", "an invisible character, U+200C"),
        Second("JoinerBetweenLetters", "\u200d", "an invisible character, U+200D"),
        Second("WordJoiner", "\u2060", "an invisible character, U+2060"),
        Second("ByteOrderMark", "\ufeff", "an invisible character, U+FEFF"),
        Second("TagWithoutFlag", "\U000E0067", "an invisible character, U+E0067"),
        RefusedCase{.name = "JoinerBeforeALetter",
                    .text = "\U0001F33E\u200da",
                    .problem = "the text holds an invisible character, U+200D, as character 2"},
        RefusedCase{.name = "JoinerAtTheEnd",
                    .text = "\U0001F33E\u200d",
                    .problem = "the text holds an invisible character, U+200D, as character 2"},
        RefusedCase{.name = "JoinerAtTheBeginning",
                    .text = "\u200d\U0001F33E",
                    .problem = "the text holds an invisible character, U+200D, as character 1"},
        RefusedCase{.name = "TwoJoiners",
                    .text = "\U0001F33E\u200d\u200d\U0001F33E",
                    .problem = "the text holds an invisible character, U+200D, as character 2"}),
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
