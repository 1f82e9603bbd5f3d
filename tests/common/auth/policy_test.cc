#include "common/auth/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/status/error.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace common::auth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testkit::HasViolation;
using ::testkit::IsOk;
using ::testkit::StatusIs;

constexpr std::string_view kPolicy = R"pb(
  calls_per_second: 50
  principals {
    name: "bac-ninh"
    certificate_uris: "spiffe://thidua.test/units/bac-ninh"
    token_subjects: "bac-ninh@thidua.test"
    grants { role: ROLE_UNIT_REPORTER scope: "units/bac-ninh" }
    grants { role: ROLE_CLUSTER_HEAD scope: "clusters/red-river/years/2026" }
  }
  principals {
    name: "awards"
    certificate_uris: "spiffe://thidua.test/services/awards"
    grants { role: ROLE_SERVICE scope: "*" }
    calls_per_second: 1000
  })pb";

TEST(Policy, RecognisesAPrincipalByEachOfItsIdentities) {
  const auto policy = Policy::Parse(kPolicy);
  ASSERT_THAT(policy, IsOk());
  EXPECT_EQ(policy->size(), 2);
  const auto by_certificate = policy->FindByCertificate("spiffe://thidua.test/units/bac-ninh");
  ASSERT_NE(by_certificate, nullptr);
  EXPECT_EQ(by_certificate, policy->FindByToken("bac-ninh@thidua.test"));
  EXPECT_EQ(by_certificate->name, "bac-ninh");
  EXPECT_THAT(
      by_certificate->grants,
      ElementsAre(Grant{.role = thidua::access::v1::ROLE_UNIT_REPORTER, .scope = "units/bac-ninh"},
                  Grant{.role = thidua::access::v1::ROLE_CLUSTER_HEAD,
                        .scope = "clusters/red-river/years/2026"}));
}

TEST(Policy, RecognisesNobodyByHalfAnIdentityOrOneOfAnotherKind) {
  const auto policy = Policy::Parse(kPolicy);
  ASSERT_THAT(policy, IsOk());
  EXPECT_EQ(policy->FindByCertificate("spiffe://thidua.test/units/bac-ninh/"), nullptr);
  EXPECT_EQ(policy->FindByCertificate("spiffe://thidua.test/units/bac"), nullptr);
  EXPECT_EQ(policy->FindByCertificate("SPIFFE://thidua.test/units/bac-ninh"), nullptr);
  EXPECT_EQ(policy->FindByCertificate("bac-ninh@thidua.test"), nullptr);
  EXPECT_EQ(policy->FindByToken("spiffe://thidua.test/units/bac-ninh"), nullptr);
  EXPECT_EQ(policy->FindByToken(""), nullptr);
}

TEST(Policy, LimitsEachPrincipalByItsOwnRateOrTheCommonOne) {
  const auto policy = Policy::Parse(kPolicy);
  ASSERT_THAT(policy, IsOk());
  EXPECT_EQ(policy->FindByToken("bac-ninh@thidua.test")->calls_per_second, 50);
  EXPECT_EQ(policy->FindByCertificate("spiffe://thidua.test/services/awards")->calls_per_second,
            1000);
}

TEST(Policy, SaysWhereATextCannotBeRead) {
  const absl::Status status = Policy::Parse("principals {\n  nam: \"x\"\n}").status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(std::string(status.message()), HasSubstr("2:"));
}

TEST(Policy, OfAnEmptyFileNamesNobody) {
  const auto policy = Policy::Parse("");
  ASSERT_THAT(policy, IsOk());
  EXPECT_EQ(policy->size(), 0);
}

struct MistakeCase {
  std::string name{};
  std::string text{};
  std::string field{};
};

class PolicyMistake : public ::testing::TestWithParam<MistakeCase> {};

TEST_P(PolicyMistake, IsNamed) {
  const absl::Status status = Policy::Parse(GetParam().text).status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(status, HasViolation(GetParam().field));
}

MistakeCase WithGrant(const std::string& name, const std::string& grant,
                      const std::string& member) {
  return {name, "principals { name: \"a\" token_subjects: \"a\" grants { " + grant + " } }",
          "principals[0].grants[0]." + member};
}

INSTANTIATE_TEST_SUITE_P(
    Fields, PolicyMistake,
    ::testing::ValuesIn<MistakeCase>({
        {"NoName", R"pb(principals { token_subjects: "a" })pb", "principals[0].name"},
        {"NameOfNobody", R"pb(principals { name: "anonymous" token_subjects: "a" })pb",
         "principals[0].name"},
        {"NameWithCapitals", R"pb(principals { name: "An" token_subjects: "a" })pb",
         "principals[0].name"},
        {"NameTwice",
         R"pb(principals { name: "a" token_subjects: "a" }
              principals { name: "a" token_subjects: "b" })pb",
         "principals[1].name"},
        {"NoIdentity", R"pb(principals { name: "a" })pb", "principals[0]"},
        {"EmptyIdentity", R"pb(principals { name: "a" certificate_uris: "" })pb",
         "principals[0].certificate_uris[0]"},
        {"CertificateTwice",
         R"pb(principals { name: "a" certificate_uris: "u" }
              principals { name: "b" certificate_uris: "u" })pb",
         "principals[1].certificate_uris[0]"},
        {"SubjectTwice", R"pb(principals { name: "a" token_subjects: "s" token_subjects: "s" })pb",
         "principals[0].token_subjects[1]"},
        {"NegativeRate", "calls_per_second: -1", "calls_per_second"},
        {"HugeRate",
         R"pb(principals { name: "a" token_subjects: "a" calls_per_second: 1000001 })pb",
         "principals[0].calls_per_second"},
        WithGrant("NoRole", R"pb(scope: "*")pb", "role"),
        WithGrant("NoScope", "role: ROLE_AUDITOR", "scope"),
        WithGrant("ReporterEverywhere", R"pb(role: ROLE_UNIT_REPORTER scope: "*")pb", "scope"),
        WithGrant("ReporterOfACluster", R"pb(role: ROLE_UNIT_REPORTER scope: "clusters/c")pb",
                  "scope"),
        WithGrant("ReporterOfAllUnits", R"pb(role: ROLE_UNIT_REPORTER scope: "units/*")pb",
                  "scope"),
        WithGrant("ReporterOfASubmission",
                  R"pb(role: ROLE_UNIT_REPORTER scope: "units/a/submissions/b")pb", "scope"),
        WithGrant("HeadOfAUnit", R"pb(role: ROLE_CLUSTER_HEAD scope: "units/a")pb", "scope"),
        WithGrant("HeadEverywhere", R"pb(role: ROLE_CLUSTER_HEAD scope: "*")pb", "scope"),
        WithGrant("HeadOfNoYear", R"pb(role: ROLE_CLUSTER_HEAD scope: "clusters/c/years/")pb",
                  "scope"),
        WithGrant("NationalOfAUnit", R"pb(role: ROLE_NATIONAL_OFFICER scope: "units/a")pb",
                  "scope"),
        WithGrant("AuditorOfACluster", R"pb(role: ROLE_AUDITOR scope: "clusters/c")pb", "scope"),
        WithGrant("ServiceWithAnId", R"pb(role: ROLE_SERVICE scope: "{id}")pb", "scope"),
    }),
    testkit::CaseName<MistakeCase>);

TEST(Policy, NamesAllMistakesAtOnce) {
  const absl::Status status = Policy::Parse(R"pb(principals {
                                                   name: "A"
                                                   grants { scope: "*" }
                                                 }
                                                 calls_per_second: -1)pb")
                                  .status();
  EXPECT_THAT(status, HasViolation("calls_per_second"));
  EXPECT_THAT(status, HasViolation("principals[0].name"));
  EXPECT_THAT(status, HasViolation("principals[0]"));
  EXPECT_THAT(status, HasViolation("principals[0].grants[0].role"));
}

}  // namespace
}  // namespace common::auth
