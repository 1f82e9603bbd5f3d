#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/case_name.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using testkit::IsOk;
using testkit::StatusIs;
using Registry = v1::RegistryService::Stub;

class RegistryServiceTest : public ::testing::Test {
 protected:
  RegistryServiceTest() { BuildWorld(server_); }

  v1::ClusterYear Year(const std::string& name) {
    v1::GetClusterYearRequest request;
    request.set_name(name);
    return server_.Call(&Registry::GetClusterYear, request).value().cluster_year();
  }

  std::vector<std::string> UnitNames(std::string_view request) {
    std::vector<std::string> names;
    const auto page = server_.Call(&Registry::ListUnits, request);
    EXPECT_THAT(page, IsOk());
    for (const auto& unit : page->units()) names.push_back(unit.name());
    return names;
  }

  ReportingServer server_;
};

TEST_F(RegistryServiceTest, AUnitIsReadAsItWasCreated) {
  const auto created = server_.Call(&Registry::CreateUnit, R"pb(
    unit_id: "hung-yen"
    unit {
      kind: KIND_ALLIANCE
      titles { title { vi: "Liên minh Hợp tác xã tỉnh Hưng Yên" en: "Hung Yen" } }
      titles {
        title { vi: "Tên mới" }
        valid_from: "2025-07-01"
      }
      province_codes { code: "33" }
    })pb");
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->unit().name(), "units/hung-yen");
  EXPECT_EQ(created->unit().etag(), "v1");
  EXPECT_EQ(created->unit().titles(1).valid_from(), "2025-07-01");
  EXPECT_EQ(absl::FromUnixSeconds(created->unit().update_time().seconds()), server_.clock().Now());
  EXPECT_THAT(created->commit_token(), Not(IsEmpty()));
  const auto read = server_.Call(&Registry::GetUnit, R"pb(name: "units/hung-yen")pb");
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->unit().SerializeAsString(), created->unit().SerializeAsString());
}

TEST_F(RegistryServiceTest, VietnameseIsStoredInNormalFormC) {
  // "Hà" with the accent as a character of its own.
  const auto created = server_.Call(&Registry::CreateCluster,
                                    "cluster_id: \"c\" "
                                    "cluster { title { vi: \"  H\\x61\\xCC\\x80 Nội \" } }");
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->cluster().title().vi(), "H\xC3\xA0 Nội");
}

TEST_F(RegistryServiceTest, AnUpdateAddsANameAndKeepsTheRest) {
  const auto updated = server_.Call(&Registry::UpdateUnit, R"pb(
    unit {
      name: "units/bac-ninh"
      titles { title { vi: "Liên minh Hợp tác xã tỉnh Bắc Ninh" } }
      titles {
        title { vi: "Liên minh Hợp tác xã tỉnh Bắc Ninh mới" }
        valid_from: "2025-07-01"
      }
      province_codes { code: "27" }
      province_codes { code: "24" valid_from: "2025-07-01" }
    }
    etag: "v1")pb");
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->unit().etag(), "v2");
  EXPECT_EQ(updated->unit().kind(), v1::Unit::KIND_ALLIANCE);
  EXPECT_EQ(updated->unit().titles_size(), 2);
  EXPECT_EQ(updated->unit().province_codes(1).code(), "24");
}

TEST_F(RegistryServiceTest, UnitsAreListedByKindAndByAlliance) {
  EXPECT_THAT(UnitNames(""),
              ElementsAre("units/bac-ninh", "units/ha-nam", "units/htx-tan-chi", "units/yen-bai"));
  EXPECT_THAT(UnitNames("kind: KIND_COOPERATIVE"), ElementsAre("units/htx-tan-chi"));
  EXPECT_THAT(UnitNames("parent: 'units/bac-ninh'"), ElementsAre("units/htx-tan-chi"));
  EXPECT_THAT(UnitNames("parent: 'units/bac-ninh' kind: KIND_ALLIANCE"), IsEmpty());
  EXPECT_THAT(UnitNames("parent: 'units/ha-nam'"), IsEmpty());
}

TEST_F(RegistryServiceTest, ClustersAndTheirYearsAreRead) {
  EXPECT_EQ(server_.Call(&Registry::GetCluster, R"pb(name: "clusters/red-river")pb")
                ->cluster()
                .title()
                .vi(),
            "Cụm Đồng bằng sông Hồng");
  EXPECT_EQ(server_.Call(&Registry::ListClusters, "")->clusters_size(), 1);
  const auto years =
      server_.Call(&Registry::ListClusterYears, R"pb(parent: "clusters/red-river")pb");
  ASSERT_THAT(years, IsOk());
  ASSERT_EQ(years->cluster_years_size(), 2);
  EXPECT_EQ(years->cluster_years(0).name(), "clusters/red-river/years/2020");
  EXPECT_EQ(years->cluster_years(1).head(), "units/bac-ninh");
  EXPECT_EQ(server_.Call(&Registry::ListClusterYears, R"pb(parent: "clusters/-")pb")
                ->cluster_years_size(),
            2);
  EXPECT_EQ(server_.Call(&Registry::ListClusterYears, R"pb(parent: "clusters/none")pb")
                ->cluster_years_size(),
            0);
}

TEST_F(RegistryServiceTest, AYearMovesForwardAndStaysWhereItIs) {
  const auto advance = [&] {
    return server_.Call(&Registry::AdvanceClusterYear, R"pb(
      name: "clusters/red-river/years/2026"
      state: STATE_SCORING)pb");
  };
  EXPECT_EQ(advance()->cluster_year().state(), v1::ClusterYear::STATE_SCORING);
  const int64_t head = server_.ledger().Head();
  EXPECT_EQ(advance()->cluster_year().state(), v1::ClusterYear::STATE_SCORING);
  EXPECT_EQ(server_.ledger().Head(), head);
}

TEST_F(RegistryServiceTest, TheFlagPassesOnAndTheNextYearBegins) {
  ASSERT_THAT(server_.Call(&Registry::AdvanceClusterYear, R"pb(
    name: "clusters/red-river/years/2026"
    state: STATE_VOTED)pb"),
              IsOk());
  const auto both = server_.Call(&Registry::HandOverClusterYear, R"pb(
    name: "clusters/red-river/years/2026"
    date: "2026-12-15"
    next {
      head: "units/ha-nam"
      scored_value_kind: VALUE_KIND_ESTIMATE
      receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
    })pb");
  ASSERT_THAT(both, IsOk());
  EXPECT_EQ(both->cluster_year().state(), v1::ClusterYear::STATE_HANDED_OVER);
  EXPECT_EQ(both->cluster_year().handover().from(), "units/bac-ninh");
  EXPECT_EQ(both->cluster_year().handover().to(), "units/ha-nam");
  EXPECT_EQ(both->cluster_year().handover().date(), "2026-12-15");
  EXPECT_EQ(both->next().name(), "clusters/red-river/years/2027");
  EXPECT_EQ(both->next().state(), v1::ClusterYear::STATE_PLANNED);
  EXPECT_EQ(both->next().members_size(), 2);
  EXPECT_EQ(Year("clusters/red-river/years/2026").SerializeAsString(),
            both->cluster_year().SerializeAsString());
  EXPECT_EQ(Year("clusters/red-river/years/2027").SerializeAsString(),
            both->next().SerializeAsString());
}

class RegistryRefuses : public ::testing::TestWithParam<Refusal> {};

TEST_P(RegistryRefuses, AsTheContractSays) { ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Units, RegistryRefuses,
                         ::testing::ValuesIn<Refusal>({
                             {"EmptyUnit",
                              Calling(&Registry::CreateUnit, ""),
                              StatusCode::kInvalidArgument,
                              "REQUIRED_FIELD_MISSING",
                              {"unit_id", "unit.kind", "unit.titles"}},
                             {"MalformedUnit",
                              Calling(&Registry::CreateUnit, R"pb(
                                unit_id: "Bắc Ninh"
                                unit {
                                  kind: KIND_COOPERATIVE
                                  sector: SECTOR_AGRICULTURE
                                  parent: "bac-ninh"
                                  titles {
                                    title { vi: "HTX" }
                                    valid_from: "2025-02-30"
                                  }
                                  founding_date: "hôm qua"
                                })pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_NAME",
                              {"unit.parent", "unit.titles[0].valid_from", "unit.founding_date",
                               "unit_id"}},
                             {"UnknownKind",
                              Calling(&Registry::CreateUnit, R"pb(
                                unit_id: "x"
                                unit {
                                  kind: 99
                                  titles { title { vi: "Tên" } }
                                })pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"unit.kind"}},
                             {"ControlCharacter",
                              Calling(&Registry::CreateUnit, R"pb(
                                unit_id: "x"
                                unit {
                                  kind: KIND_ALLIANCE
                                  titles { title { vi: "a\x07" } }
                                })pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_TEXT",
                              {"unit.titles[0].title.vi"}},
                             {"TakenId",
                              Calling(&Registry::CreateUnit, R"pb(
                                unit_id: "ha-nam"
                                unit {
                                  kind: KIND_ALLIANCE
                                  titles { title { vi: "Khác" } }
                                })pb"),
                              StatusCode::kAlreadyExists,
                              "RESOURCE_ALREADY_EXISTS",
                              {}},
                             {"ParentMissing",
                              Calling(&Registry::CreateUnit, R"pb(
                                unit_id: "x"
                                unit {
                                  kind: KIND_COOPERATIVE
                                  sector: SECTOR_AGRICULTURE
                                  parent: "units/nowhere"
                                  titles { title { vi: "HTX" } }
                                  founding_date: "2020-01-01"
                                })pb"),
                              StatusCode::kFailedPrecondition,
                              "UNIT_UNKNOWN",
                              {"unit.parent"}},
                             {"ParentIsNoAlliance",
                              Calling(&Registry::CreateUnit, R"pb(
                                unit_id: "x"
                                unit {
                                  kind: KIND_COOPERATIVE
                                  sector: SECTOR_AGRICULTURE
                                  parent: "units/htx-tan-chi"
                                  titles { title { vi: "HTX" } }
                                  founding_date: "2020-01-01"
                                })pb"),
                              StatusCode::kFailedPrecondition,
                              "UNIT_UNKNOWN",
                              {"unit.parent"}},
                             {"RewrittenHistory",
                              Calling(&Registry::UpdateUnit, R"pb(
                                unit {
                                  name: "units/bac-ninh"
                                  titles { title { vi: "Khác" } }
                                  province_codes { code: "27" }
                                }
                                etag: "v1")pb"),
                              StatusCode::kInvalidArgument,
                              "HISTORY_REWRITTEN",
                              {"unit.titles[0]"}},
                             {"UpdateWithoutEtag",
                              Calling(&Registry::UpdateUnit, R"pb(
                                unit {
                                  name: "units/bac-ninh"
                                  titles { title { vi: "Liên minh Hợp tác xã tỉnh Bắc Ninh" } }
                                  province_codes { code: "27" }
                                })pb"),
                              StatusCode::kInvalidArgument,
                              "REQUIRED_FIELD_MISSING",
                              {"etag"}},
                             {"UpdateOfNothing",
                              Calling(&Registry::UpdateUnit, R"pb(
                                unit {
                                  name: "units/nowhere"
                                  titles { title { vi: "Tên" } }
                                }
                                etag: "v1")pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"UpdateOfAnOldVersion",
                              Calling(&Registry::UpdateUnit, R"pb(
                                unit {
                                  name: "units/bac-ninh"
                                  titles { title { vi: "Liên minh Hợp tác xã tỉnh Bắc Ninh" } }
                                  province_codes { code: "27" }
                                }
                                etag: "v7")pb"),
                              StatusCode::kAborted,
                              "ETAG_MISMATCH",
                              {}},
                             {"UnknownUnit",
                              Calling(&Registry::GetUnit, R"pb(name: "units/nowhere")pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"NoUnitName",
                              Calling(&Registry::GetUnit, R"pb(name: "unit/bac-ninh")pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_NAME",
                              {"name"}},
                             {"ForeignPageToken",
                              Calling(&Registry::ListUnits, R"pb(page_token: "abc")pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_PAGE_TOKEN",
                              {"page_token"}},
                             {"NegativePageSize",
                              Calling(&Registry::ListUnits, R"pb(page_size: -1)pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_FIELD",
                              {"page_size"}},
                             {"ForeignCommitToken",
                              Calling(&Registry::ListUnits, R"pb(min_commit_token: "abc")pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_TOKEN",
                              {"min_commit_token"}},
                         }),
                         testkit::CaseName<Refusal>);

INSTANTIATE_TEST_SUITE_P(Clusters, RegistryRefuses,
                         ::testing::ValuesIn<Refusal>({
                             {"ClusterWithoutTitle",
                              Calling(&Registry::CreateCluster, R"pb(cluster_id: "c")pb"),
                              StatusCode::kInvalidArgument,
                              "REQUIRED_FIELD_MISSING",
                              {"cluster.title.vi"}},
                             {"ClusterIdTaken",
                              Calling(&Registry::CreateCluster, R"pb(
                                cluster_id: "red-river"
                                cluster { title { vi: "Khác" } })pb"),
                              StatusCode::kAlreadyExists,
                              "RESOURCE_ALREADY_EXISTS",
                              {}},
                             {"UnknownCluster",
                              Calling(&Registry::GetCluster, R"pb(name: "clusters/x")pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"ClusterPageToken",
                              Calling(&Registry::ListClusters, R"pb(page_token: "abc")pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_PAGE_TOKEN",
                              {"page_token"}},
                             {"YearPageToken",
                              Calling(&Registry::ListClusterYears, R"pb(
                                parent: "clusters/-"
                                page_token: "abc")pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_PAGE_TOKEN",
                              {"page_token"}},
                             {"YearsOfNoCluster",
                              Calling(&Registry::ListClusterYears, ""),
                              StatusCode::kInvalidArgument,
                              "REQUIRED_FIELD_MISSING",
                              {"parent"}},
                             {"YearOfUnknownCluster",
                              Calling(&Registry::CreateClusterYear, R"pb(
                                parent: "clusters/x"
                                cluster_year_id: "2027"
                                cluster_year {
                                  members: "units/ha-nam"
                                  head: "units/ha-nam"
                                  scored_value_kind: VALUE_KIND_FINAL
                                  receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
                                })pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"YearIdTaken",
                              Calling(&Registry::CreateClusterYear, R"pb(
                                parent: "clusters/red-river"
                                cluster_year_id: "2026"
                                cluster_year {
                                  members: "units/ha-nam"
                                  head: "units/ha-nam"
                                  scored_value_kind: VALUE_KIND_FINAL
                                  receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
                                })pb"),
                              StatusCode::kAlreadyExists,
                              "RESOURCE_ALREADY_EXISTS",
                              {}},
                             {"MemberUnknown",
                              Calling(&Registry::CreateClusterYear, R"pb(
                                parent: "clusters/red-river"
                                cluster_year_id: "2027"
                                cluster_year {
                                  members: "units/nowhere"
                                  head: "units/nowhere"
                                  scored_value_kind: VALUE_KIND_FINAL
                                  receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
                                })pb"),
                              StatusCode::kFailedPrecondition,
                              "UNIT_UNKNOWN",
                              {"cluster_year.members[0]"}},
                             {"FormUnknown",
                              Calling(&Registry::CreateClusterYear, R"pb(
                                parent: "clusters/red-river"
                                cluster_year_id: "2027"
                                cluster_year {
                                  members: "units/ha-nam"
                                  head: "units/ha-nam"
                                  calendar {
                                    form: "forms/none"
                                    period: "2027"
                                    value_kind: VALUE_KIND_FINAL
                                    opens: "2027-01-01"
                                    due: "2027-01-02"
                                    grace_end: "2027-01-02"
                                    closes: "2027-01-02"
                                  }
                                  scored_value_kind: VALUE_KIND_FINAL
                                  receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
                                })pb"),
                              StatusCode::kFailedPrecondition,
                              "FORM_UNKNOWN",
                              {"cluster_year.calendar[0].form"}},
                             {"MalformedYear",
                              Calling(&Registry::CreateClusterYear, R"pb(
                                parent: "clusters/red-river"
                                cluster_year_id: "26"
                                cluster_year {
                                  members: "units/ha-nam"
                                  members: "units/ha-nam"
                                  head: "units/yen-bai"
                                  calendar {
                                    form: "alliance-annual"
                                    period: "2027"
                                    value_kind: VALUE_KIND_FINAL
                                    opens: "2027-01-01"
                                    due: "2027-13-02"
                                    grace_end: "2027-01-02"
                                    closes: "2027-01-02"
                                  }
                                  scored_value_kind: VALUE_KIND_FINAL
                                  receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
                                })pb"),
                              StatusCode::kInvalidArgument,
                              "INVALID_NAME",
                              {"cluster_year.calendar[0].form", "cluster_year.calendar[0].due",
                               "cluster_year_id", "cluster_year.members[1]", "cluster_year.head"}},
                             {"UnknownYear",
                              Calling(&Registry::GetClusterYear, R"pb(
                                name: "clusters/red-river/years/1999")pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"AdvanceOfNothing",
                              Calling(&Registry::AdvanceClusterYear, R"pb(
                                name: "clusters/red-river/years/1999"
                                state: STATE_RUNNING)pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"AdvanceBack",
                              Calling(&Registry::AdvanceClusterYear, R"pb(
                                name: "clusters/red-river/years/2026"
                                state: STATE_PLANNED)pb"),
                              StatusCode::kFailedPrecondition,
                              "ILLEGAL_STATE_CHANGE",
                              {}},
                             {"AdvanceToHandedOver",
                              Calling(&Registry::AdvanceClusterYear, R"pb(
                                name: "clusters/red-river/years/2026"
                                state: STATE_HANDED_OVER)pb"),
                              StatusCode::kFailedPrecondition,
                              "ILLEGAL_STATE_CHANGE",
                              {}},
                             {"AdvanceOfAnOldVersion",
                              Calling(&Registry::AdvanceClusterYear, R"pb(
                                name: "clusters/red-river/years/2026"
                                state: STATE_RUNNING
                                etag: "v1")pb"),
                              StatusCode::kAborted,
                              "ETAG_MISMATCH",
                              {}},
                             {"AdvanceToNowhere",
                              Calling(&Registry::AdvanceClusterYear, R"pb(
                                name: "clusters/red-river/years/2026")pb"),
                              StatusCode::kInvalidArgument,
                              "REQUIRED_FIELD_MISSING",
                              {"state"}},
                             {"HandOverOfNothing",
                              Calling(&Registry::HandOverClusterYear, R"pb(
                                name: "clusters/red-river/years/1999"
                                date: "2026-12-15"
                                next { head: "units/ha-nam" })pb"),
                              StatusCode::kNotFound,
                              "RESOURCE_NOT_FOUND",
                              {}},
                             {"HandOverTooEarly",
                              Calling(&Registry::HandOverClusterYear, R"pb(
                                name: "clusters/red-river/years/2026"
                                date: "2026-12-15"
                                next {
                                  head: "units/ha-nam"
                                  scored_value_kind: VALUE_KIND_FINAL
                                  receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
                                })pb"),
                              StatusCode::kFailedPrecondition,
                              "ILLEGAL_STATE_CHANGE",
                              {}},
                             {"HandOverOfAnOldVersion",
                              Calling(&Registry::HandOverClusterYear, R"pb(
                                name: "clusters/red-river/years/2026"
                                date: "2026-12-15"
                                etag: "v1"
                                next {
                                  head: "units/ha-nam"
                                  scored_value_kind: VALUE_KIND_FINAL
                                  receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
                                })pb"),
                              StatusCode::kAborted,
                              "ETAG_MISMATCH",
                              {}},
                         }),
                         testkit::CaseName<Refusal>);

TEST_F(RegistryServiceTest, TheFlagDoesNotPassIntoAYearThatExists) {
  ASSERT_THAT(server_.Call(&Registry::AdvanceClusterYear, R"pb(
    name: "clusters/red-river/years/2026"
    state: STATE_VOTED)pb"),
              IsOk());
  ASSERT_THAT(server_.Call(&Registry::CreateClusterYear, R"pb(
    parent: "clusters/red-river"
    cluster_year_id: "2027"
    cluster_year {
      members: "units/ha-nam"
      head: "units/ha-nam"
      scored_value_kind: VALUE_KIND_FINAL
      receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
    })pb"),
              IsOk());
  const auto refused = server_.Call(&Registry::HandOverClusterYear, R"pb(
    name: "clusters/red-river/years/2026"
    date: "2026-12-15"
    next {
      head: "units/ha-nam"
      scored_value_kind: VALUE_KIND_FINAL
      receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
    })pb");
  EXPECT_THAT(refused, StatusIs(StatusCode::kAlreadyExists));
  EXPECT_THAT(refused, testkit::HasReason("RESOURCE_ALREADY_EXISTS"));
  EXPECT_EQ(Year("clusters/red-river/years/2026").state(), v1::ClusterYear::STATE_VOTED);
}

TEST_F(RegistryServiceTest, TheNextYearIsCheckedLikeAnyOther) {
  ASSERT_THAT(server_.Call(&Registry::AdvanceClusterYear, R"pb(
    name: "clusters/red-river/years/2026"
    state: STATE_VOTED)pb"),
              IsOk());
  const auto refused = server_.Call(&Registry::HandOverClusterYear, R"pb(
    name: "clusters/red-river/years/2026"
    date: "2026-12-32"
    next {
      head: "units/yen-bai"
      scored_value_kind: VALUE_KIND_FINAL
      receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
    })pb");
  EXPECT_THAT(refused, StatusIs(StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, testkit::HasViolation("next.head"));
  EXPECT_THAT(refused, testkit::HasViolation("date"));
}

}  // namespace
}  // namespace reporting
