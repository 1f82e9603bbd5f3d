#include "common/auth/access_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/auth/signing.h"
#include "common/status/reasons.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace common::auth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testkit::HasReason;
using ::testkit::IsOk;
using ::testkit::IsOkAndHolds;
using ::testkit::StatusIs;

const absl::Time kNow =
    absl::FromCivil(absl::CivilSecond(2026, 1, 5, 8, 0, 0), absl::UTCTimeZone());

// The keys of the tests: one of each kind, `rsa`, `ec` and `ed` in the set, and one that is not.
struct Keys {
  SigningKey rsa = SigningKey::Generate(Algorithm::kRs256).value();
  SigningKey ec = SigningKey::Generate(Algorithm::kEs256).value();
  SigningKey ed = SigningKey::Generate(Algorithm::kEdDsa).value();
  SigningKey foreign = SigningKey::Generate(Algorithm::kEs256).value();
  KeySet set = KeySet::Parse(absl::StrCat(R"({"keys":[)", rsa.ToJwk("rsa"), ",", ec.ToJwk("ec"),
                                          ",", ed.ToJwk("ed"), "]}"))
                   .value();
};

const Keys& SomeKeys() {
  static const Keys kKeys;
  return kKeys;
}

const TokenRules& Rules() {
  static const TokenRules kRules{.issuer = "https://id.test", .audience = "thidua"};
  return kRules;
}

Claims SomeClaims() {
  return {.issuer = "https://id.test",
          .audience = "thidua",
          .subject = "bac-ninh",
          .not_before = kNow - absl::Minutes(1),
          .expiry = kNow + absl::Minutes(5)};
}

absl::StatusOr<std::string> Verify(const std::string& token) {
  return VerifyToken(token, SomeKeys().set, Rules(), kNow);
}

// A token of the key `ec` with these claims, in JSON.
std::string Saying(const std::string& claims) {
  return SealToken(SomeKeys().ec, R"({"alg":"ES256","kid":"ec"})", claims);
}

TEST(AccessToken, SpeaksForItsSubjectWithEachAlgorithm) {
  const Keys& keys = SomeKeys();
  EXPECT_THAT(Verify(MakeToken(keys.rsa, "rsa", SomeClaims())), IsOkAndHolds("bac-ninh"));
  EXPECT_THAT(Verify(MakeToken(keys.ec, "ec", SomeClaims())), IsOkAndHolds("bac-ninh"));
  EXPECT_THAT(Verify(MakeToken(keys.ed, "ed", SomeClaims())), IsOkAndHolds("bac-ninh"));
}

TEST(AccessToken, MayBeForSeveralAudiences) {
  EXPECT_THAT(Verify(Saying(R"({"iss":"https://id.test","aud":["x","thidua"],"sub":"a",
                               "exp":1767600060})")),
              IsOkAndHolds("a"));
}

// 1767600000 is 2026-01-05 08:00:00 UTC; clocks may differ by 30 s.
TEST(AccessToken, IsTakenWithinTheLeeway) {
  EXPECT_THAT(Verify(Saying(R"({"iss":"https://id.test","aud":"thidua","sub":"a",
                               "exp":1767599971,"nbf":1767600030})")),
              IsOkAndHolds("a"));
}

struct Refused {
  std::string name{};
  std::string token{};
  std::string_view reason = kAccessTokenInvalid;
};

class AccessTokenRefused : public ::testing::TestWithParam<Refused> {};

TEST_P(AccessTokenRefused, WithItsReasonAndWithoutShowingIt) {
  const absl::Status status = Verify(GetParam().token).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_THAT(status, HasReason(GetParam().reason));
  if (GetParam().token.size() > 8) {
    EXPECT_THAT(status.ToString(), Not(HasSubstr(GetParam().token)));
  }
}

// `token` with another part in the place `index`.
std::string Replaced(const std::string& token, size_t index, const std::string& part) {
  std::vector<std::string> parts = absl::StrSplit(token, '.');
  parts[index] = part;
  return absl::StrCat(parts[0], ".", parts[1], ".", parts[2]);
}

std::string Encoded(std::string_view json) { return absl::WebSafeBase64Escape(std::string(json)); }

// A signature by nobody: HMAC with a public key as its secret is what this stands for as well,
// since no symmetric algorithm is known here at all.
std::string WithHeader(std::string_view header) {
  return Replaced(MakeToken(SomeKeys().ec, "ec", SomeClaims()), 0, Encoded(header));
}

std::string Good() { return MakeToken(SomeKeys().ec, "ec", SomeClaims()); }

INSTANTIATE_TEST_SUITE_P(
    Headers, AccessTokenRefused,
    ::testing::ValuesIn<Refused>({
        {"NoAlgorithm", WithHeader(R"({"kid":"ec"})")},
        {"None", WithHeader(R"({"alg":"none","kid":"ec"})")},
        {"NoneUnsigned", Replaced(WithHeader(R"({"alg":"none","kid":"ec"})"), 2, "")},
        {"NoneInCapitals", WithHeader(R"({"alg":"NONE","kid":"ec"})")},
        {"Hmac", WithHeader(R"({"alg":"HS256","kid":"ec"})")},
        {"AlgorithmOfAnotherKey",
         SealToken(SomeKeys().ec, R"({"alg":"RS256","kid":"ec"})",
                   R"({"iss":"https://id.test","aud":"thidua","sub":"a","exp":1767600060})")},
        {"AnotherAlgorithmOfTheKey",
         SealToken(SomeKeys().rsa, R"({"alg":"PS256","kid":"rsa"})",
                   R"({"iss":"https://id.test","aud":"thidua","sub":"a","exp":1767600060})")},
        {"NoKey", WithHeader(R"({"alg":"ES256"})")},
        {"UnknownKey", WithHeader(R"({"alg":"ES256","kid":"other"})")},
        {"KeyOfAnother", MakeToken(SomeKeys().foreign, "ec", SomeClaims())},
        {"KeyBroughtAlong",
         SealToken(SomeKeys().foreign,
                   absl::StrCat(R"({"alg":"ES256","kid":"ec","jwk":)",
                                SomeKeys().foreign.ToJwk("ec"), "}"),
                   R"({"iss":"https://id.test","aud":"thidua","sub":"a","exp":1767600060})")},
        {"CriticalExtension",
         SealToken(SomeKeys().ec, R"({"alg":"ES256","kid":"ec","crit":["exp"]})",
                   R"({"iss":"https://id.test","aud":"thidua","sub":"a","exp":1767600060})")},
        {"AlgorithmThatIsNoText", WithHeader(R"({"alg":["ES256"],"kid":"ec"})")},
        {"HeaderThatIsNoJson", WithHeader("ES256")},
        {"HeaderThatIsNoObject", WithHeader("[]")},
    }),
    testkit::CaseName<Refused>);

INSTANTIATE_TEST_SUITE_P(
    Signatures, AccessTokenRefused,
    ::testing::ValuesIn<Refused>({
        {"Missing", Replaced(Good(), 2, "")},
        {"Zero", Replaced(Good(), 2, Encoded(std::string(64, '\0')))},
        {"Short", Replaced(Good(), 2, Encoded(std::string(63, '\1')))},
        {"Long", Replaced(Good(), 2, Encoded(std::string(65, '\1')))},
        {"NotBase64", Replaced(Good(), 2, "!!!")},
        {"Padded", Good() + "=="},
        {"OfOtherClaims",
         Replaced(Good(), 1, Encoded(R"({"iss":"https://id.test","aud":"thidua","sub":"admin",
                                        "exp":1767600060})"))},
        {"ZeroOfRsa", Replaced(MakeToken(SomeKeys().rsa, "rsa", SomeClaims()), 2,
                               Encoded(std::string(256, '\0')))},
        {"ZeroOfEd25519",
         Replaced(MakeToken(SomeKeys().ed, "ed", SomeClaims()), 2, Encoded(std::string(64, '\0')))},
    }),
    testkit::CaseName<Refused>);

INSTANTIATE_TEST_SUITE_P(
    ClaimsThat, AccessTokenRefused,
    ::testing::ValuesIn<Refused>({
        {"AreOfAnotherIssuer",
         Saying(R"({"iss":"https://id.test/","aud":"thidua","sub":"a","exp":1767600060})")},
        {"AreOfNoIssuer", Saying(R"({"aud":"thidua","sub":"a","exp":1767600060})")},
        {"AreForAnother",
         Saying(R"({"iss":"https://id.test","aud":"thidua2","sub":"a","exp":1767600060})")},
        {"AreForNobody", Saying(R"({"iss":"https://id.test","sub":"a","exp":1767600060})")},
        {"AreForOthers",
         Saying(R"({"iss":"https://id.test","aud":["a",["thidua"]],"sub":"a","exp":1767600060})")},
        {"HaveNoSubject", Saying(R"({"iss":"https://id.test","aud":"thidua","exp":1767600060})")},
        {"HaveANumberAsSubject",
         Saying(R"({"iss":"https://id.test","aud":"thidua","sub":7,"exp":1767600060})")},
        {"HaveNoExpiry", Saying(R"({"iss":"https://id.test","aud":"thidua","sub":"a"})")},
        {"HaveATextAsExpiry",
         Saying(R"({"iss":"https://id.test","aud":"thidua","sub":"a","exp":"1767600060"})")},
        {"HaveNoRealExpiry",
         Saying(R"({"iss":"https://id.test","aud":"thidua","sub":"a","exp":1e300})")},
        {"HaveATextAsBeginning",
         Saying(R"({"iss":"https://id.test","aud":"thidua","sub":"a","exp":1767600060,
                   "nbf":"now"})")},
        {"HaveExpired",
         Saying(R"({"iss":"https://id.test","aud":"thidua","sub":"a","exp":1767599970})"),
         kAccessTokenExpired},
        {"AreNotValidYet",
         Saying(R"({"iss":"https://id.test","aud":"thidua","sub":"a","exp":1767700000,
                   "nbf":1767600031})"),
         kAccessTokenExpired},
        {"AreNoJson", Saying("sub=a")},
    }),
    testkit::CaseName<Refused>);

INSTANTIATE_TEST_SUITE_P(Forms, AccessTokenRefused,
                         ::testing::ValuesIn<Refused>({
                             {"Empty", ""},
                             {"OnePart", "abc"},
                             {"TwoParts", "a.b"},
                             {"FourParts", Good() + ".x"},
                             {"OnlyDots", ".."},
                             {"Endless", std::string(kTokenBytesMax + 1, 'a')},
                         }),
                         testkit::CaseName<Refused>);

// The examples of RFC 7515, A.3, and RFC 8037, A.4 and A.5, whose tokens have no `kid`.
TEST(VerifyingKey, TakesTheSignaturesOfTheStandards) {
  const auto set = KeySet::Parse(R"({"keys":[
      {"kid":"ec","kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
       "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},
      {"kid":"ed","kty":"OKP","crv":"Ed25519",
       "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})");
  ASSERT_THAT(set, IsOk());
  EXPECT_TRUE(set->Find("ec")->Verifies(
      "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLm"
      "NvbS9pc19yb290Ijp0cnVlfQ",
      DecodeBase64Url("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqP"
                      "P3-Kg6NU1Q")
          .value()));
  EXPECT_TRUE(set->Find("ed")->Verifies(
      "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
      DecodeBase64Url("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvp"
                      "Ar_MuM0KAg")
          .value()));
}

struct BadKeys {
  std::string name{};
  std::string json{};
};

class KeySetRefused : public ::testing::TestWithParam<BadKeys> {};

TEST_P(KeySetRefused, AsAWhole) {
  EXPECT_THAT(KeySet::Parse(GetParam().json), StatusIs(absl::StatusCode::kInvalidArgument));
}

std::string SetOf(const std::string& key) {
  return absl::StrCat(R"({"keys":[)", SomeKeys().ed.ToJwk("good"), ",", key, "]}");
}

INSTANTIATE_TEST_SUITE_P(
    Keys, KeySetRefused,
    ::testing::ValuesIn<BadKeys>({
        {"NoJson", "keys"},
        {"NoKeys", "{}"},
        {"EmptySet", R"({"keys":[]})"},
        {"NoKid", SetOf(R"({"kty":"OKP","crv":"Ed25519",
                           "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})")},
        {"KidTwice", SetOf(SomeKeys().ec.ToJwk("good"))},
        {"Symmetric", SetOf(R"({"kid":"a","kty":"oct","k":"c2VjcmV0"})")},
        {"Private", SetOf(R"({"kid":"a","kty":"OKP","crv":"Ed25519","d":"AAAA",
                             "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})")},
        {"OtherCurve", SetOf(R"({"kid":"a","kty":"EC","crv":"P-384","x":"AA","y":"AA"})")},
        {"NotOnTheCurve", SetOf(R"({"kid":"a","kty":"EC","crv":"P-256",
                  "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                  "y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"})")},
        {"ShortRsa", SetOf(R"({"kid":"a","kty":"RSA","e":"AQAB","n":"8J-Yg_CfmIPwn5iD"})")},
        {"OtherAlgorithm", SetOf(R"({"kid":"a","kty":"OKP","crv":"Ed25519","alg":"ES256",
                  "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})")},
        {"OtherUse", SetOf(R"({"kid":"a","kty":"OKP","crv":"Ed25519","use":"enc",
                              "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})")},
        {"ShortEd25519", SetOf(R"({"kid":"a","kty":"OKP","crv":"Ed25519","x":"AAAA"})")},
        {"NoNumber", SetOf(R"({"kid":"a","kty":"RSA","e":"AQAB"})")},
        {"KeyThatIsNoObject", SetOf("7")},
    }),
    testkit::CaseName<BadKeys>);

TEST(SigningKey, SurvivesPem) {
  for (const SigningKey* key : {&SomeKeys().rsa, &SomeKeys().ec, &SomeKeys().ed}) {
    const auto again = SigningKey::Parse(key->ToPem());
    ASSERT_THAT(again, IsOk());
    EXPECT_EQ(again->algorithm(), key->algorithm());
    EXPECT_EQ(again->ToJwk("x"), key->ToJwk("x"));
  }
}

}  // namespace
}  // namespace common::auth
