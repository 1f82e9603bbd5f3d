#include "common/text/sha256.h"

#include <gtest/gtest.h>

#include <string>

namespace common {
namespace {

struct HashCase {
  std::string name{};
  std::string bytes{};
  std::string hash{};
};

class Sha256Vector : public ::testing::TestWithParam<HashCase> {};

// The examples that NIST publishes with FIPS 180-4.
TEST_P(Sha256Vector, HasThePublishedHash) {
  EXPECT_EQ(Sha256Hex(GetParam().bytes), GetParam().hash);
}

TEST_P(Sha256Vector, HasThePublishedHashInPieces) {
  const std::string& bytes = GetParam().bytes;
  Sha256Stream stream;
  for (size_t begin = 0; begin < bytes.size(); begin += 7) {
    stream.Add(std::string_view(bytes).substr(begin, 7));
  }
  EXPECT_EQ(stream.Finish(), Sha256(bytes));
}

INSTANTIATE_TEST_SUITE_P(
    Fips180, Sha256Vector,
    ::testing::ValuesIn<HashCase>({
        {"Empty", "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"OneBlock", "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"TwoBlocks", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"AMillionLetters", std::string(1'000'000, 'a'),
         "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    }),
    [](const auto& row) { return row.param.name; });

TEST(Sha256Test, CoversBytesBehindANul) {
  EXPECT_NE(Sha256Hex(std::string("a\0b", 3)), Sha256Hex(std::string("a\0c", 3)));
}

TEST(Sha256Test, HexIsTheBytesWritten) {
  EXPECT_EQ(Sha256("abc").size(), 32U);
  EXPECT_EQ(Sha256("abc").substr(0, 3), "\xba\x78\x16");
}

// The first 16 bytes of the hash with version 8 and the variant of RFC 9562 put in.
TEST(NameUuidTest, IsTheHashInTheLayoutOfVersionEight) {
  EXPECT_EQ(NameUuid("abc"), "ba7816bf-8f01-8fea-8141-40de5dae2223");
  EXPECT_EQ(NameUuid(""), "e3b0c442-98fc-8c14-9afb-f4c8996fb924");
}

TEST(NameUuidTest, DiffersForOtherContent) {
  EXPECT_NE(NameUuid("rounds/2020/bac-ninh"), NameUuid("rounds/2020/ha-nam"));
}

TEST(NameUuidTest, IsAUuid) { EXPECT_TRUE(IsUuid(NameUuid("abc"))); }

struct UuidCase {
  std::string name{};
  std::string text{};
};

class UuidAccepted : public ::testing::TestWithParam<UuidCase> {};

TEST_P(UuidAccepted, InItsUsualForm) { EXPECT_TRUE(IsUuid(GetParam().text)); }

INSTANTIATE_TEST_SUITE_P(Forms, UuidAccepted,
                         ::testing::ValuesIn<UuidCase>({
                             {"VersionFour", "3d813cbb-47fb-42ba-91df-831e1593ac29"},
                             {"VersionEight", "ba7816bf-8f01-8fea-8141-40de5dae2223"},
                             {"UpperCase", "3D813CBB-47FB-42BA-91DF-831E1593AC29"},
                             {"Nil", "00000000-0000-0000-0000-000000000000"},
                         }),
                         [](const auto& row) { return row.param.name; });

class UuidRefused : public ::testing::TestWithParam<UuidCase> {};

TEST_P(UuidRefused, InAnyOtherForm) { EXPECT_FALSE(IsUuid(GetParam().text)); }

INSTANTIATE_TEST_SUITE_P(Forms, UuidRefused,
                         ::testing::ValuesIn<UuidCase>({
                             {"Empty", ""},
                             {"NoHyphens", "3d813cbb47fb42ba91df831e1593ac29"},
                             {"Braces", "{3d813cbb-47fb-42ba-91df-831e1593ac29}"},
                             {"TooShort", "3d813cbb-47fb-42ba-91df-831e1593ac2"},
                             {"TooLong", "3d813cbb-47fb-42ba-91df-831e1593ac290"},
                             {"OtherLetter", "3d813cbb-47fb-42ba-91df-831e1593ac2g"},
                             {"HyphenElsewhere", "3d813cb-b47fb-42ba-91df-831e1593ac29"},
                             {"DigitForHyphen", "3d813cbb047fb-42ba-91df-831e1593ac29"},
                             {"SpaceBehind", "3d813cbb-47fb-42ba-91df-831e1593ac2 "},
                             {"ByteAboveAscii", "3d813cbb-47fb-42ba-91df-831e1593ac\u00e9"},
                         }),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace common
