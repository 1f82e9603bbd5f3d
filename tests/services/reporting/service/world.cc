// The small world that the service tests work on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/services/reporting/service/reporting_server.h"
#include "tests/testkit/status_matchers.h"

namespace reporting {
namespace {

using testkit::IsOk;

// Two alliances in the cluster, one outside, and a cooperative of the first.
void BuildUnits(ReportingServer& server) {
  const auto create = &v1::RegistryService::Stub::CreateUnit;
  EXPECT_THAT(server.Call(create, R"pb(
    unit_id: "bac-ninh"
    unit {
      kind: KIND_ALLIANCE
      titles { title { vi: "Liên minh Hợp tác xã tỉnh Bắc Ninh" } }
      province_codes { code: "27" }
    })pb"),
              IsOk());
  EXPECT_THAT(server.Call(create, R"pb(
    unit_id: "ha-nam"
    unit {
      kind: KIND_ALLIANCE
      titles { title { vi: "Liên minh Hợp tác xã tỉnh Hà Nam" } }
      province_codes { code: "35" }
    })pb"),
              IsOk());
  EXPECT_THAT(server.Call(create, R"pb(
    unit_id: "yen-bai"
    unit {
      kind: KIND_ALLIANCE
      titles { title { vi: "Liên minh Hợp tác xã tỉnh Yên Bái" } }
      province_codes { code: "15" }
    })pb"),
              IsOk());
  EXPECT_THAT(server.Call(create, R"pb(
    unit_id: "htx-tan-chi"
    unit {
      kind: KIND_COOPERATIVE
      sector: SECTOR_AGRICULTURE
      parent: "units/bac-ninh"
      titles { title { vi: "Hợp tác xã Tân Chi" } }
      founding_date: "2015-03-02"
    })pb"),
              IsOk());
}

void BuildDefinitions(ReportingServer& server) {
  const auto create = &v1::DefinitionService::Stub::CreateIndicator;
  EXPECT_THAT(server.Call(create, R"pb(
    indicator_id: "COOP_TOTAL"
    indicator {
      title { vi: "Tổng số hợp tác xã" }
      unit_of_measure { vi: "HTX" }
      measure: MEASURE_STOCK
      aggregation: AGGREGATION_SUM
    })pb"),
              IsOk());
  EXPECT_THAT(server.Call(create, R"pb(
    indicator_id: "COOP_NEW"
    indicator {
      title { vi: "Hợp tác xã thành lập mới" }
      unit_of_measure { vi: "HTX" }
      measure: MEASURE_FLOW
      aggregation: AGGREGATION_SUM
      maximum: "1000"
    })pb"),
              IsOk());
  EXPECT_THAT(server.Call(create, R"pb(
    indicator_id: "INCOME"
    indicator {
      title { vi: "Thu nhập bình quân" }
      unit_of_measure { vi: "triệu đồng" }
      scale: 2
      measure: MEASURE_FLOW
      aggregation: AGGREGATION_WEIGHTED_MEAN
      weight: "indicators/COOP_TOTAL"
    })pb"),
              IsOk());
  EXPECT_THAT(server.Call(&v1::DefinitionService::Stub::CreateForm, R"pb(
    form_id: "alliance-annual"
    form {
      title { vi: "Báo cáo năm của liên minh" }
      unit_kind: KIND_ALLIANCE
      period_level: PERIOD_LEVEL_YEAR
      fields { indicator: "indicators/COOP_TOTAL" required: true }
      fields { indicator: "indicators/COOP_NEW" }
      fields { indicator: "indicators/INCOME" }
    })pb"),
              IsOk());
  EXPECT_THAT(server.Call(&v1::DefinitionService::Stub::CreateForm, R"pb(
    form_id: "cooperative-annual"
    form {
      title { vi: "Báo cáo năm của hợp tác xã" }
      unit_kind: KIND_COOPERATIVE
      period_level: PERIOD_LEVEL_YEAR
      fields { indicator: "indicators/INCOME" required: true }
    })pb"),
              IsOk());
}

// Year 2026 by the server's clock, 2020 transcribed.
void BuildYears(ReportingServer& server) {
  EXPECT_THAT(server.Call(&v1::RegistryService::Stub::CreateCluster, R"pb(
    cluster_id: "red-river"
    cluster { title { vi: "Cụm Đồng bằng sông Hồng" } })pb"),
              IsOk());
  const auto create = &v1::RegistryService::Stub::CreateClusterYear;
  EXPECT_THAT(server.Call(create, R"pb(
    parent: "clusters/red-river"
    cluster_year_id: "2026"
    cluster_year {
      members: "units/bac-ninh"
      members: "units/ha-nam"
      head: "units/bac-ninh"
      vice_heads: "units/ha-nam"
      calendar {
        form: "forms/alliance-annual"
        period: "2026"
        value_kind: VALUE_KIND_ESTIMATE
        opens: "2026-01-02"
        due: "2026-01-10"
        grace_end: "2026-01-12"
        closes: "2026-01-20"
      }
      calendar {
        form: "forms/cooperative-annual"
        period: "2026"
        value_kind: VALUE_KIND_ESTIMATE
        opens: "2026-01-02"
        due: "2026-01-10"
        grace_end: "2026-01-12"
        closes: "2026-01-20"
      }
      calendar {
        form: "forms/alliance-annual"
        period: "2026"
        value_kind: VALUE_KIND_FINAL
        opens: "2026-02-01"
        due: "2026-02-10"
        grace_end: "2026-02-12"
        closes: "2026-02-20"
      }
      scored_value_kind: VALUE_KIND_ESTIMATE
      receipt_basis: RECEIPT_BASIS_SERVER_CLOCK
    })pb"),
              IsOk());
  EXPECT_THAT(server.Call(create, R"pb(
    parent: "clusters/red-river"
    cluster_year_id: "2020"
    cluster_year {
      members: "units/bac-ninh"
      head: "units/bac-ninh"
      calendar {
        form: "forms/alliance-annual"
        period: "2020"
        value_kind: VALUE_KIND_ESTIMATE
        opens: "2020-11-15"
        due: "2020-12-01"
        grace_end: "2020-12-08"
        closes: "2020-12-12"
      }
      scored_value_kind: VALUE_KIND_ESTIMATE
      receipt_basis: RECEIPT_BASIS_TRANSCRIBED
    })pb"),
              IsOk());
  const auto advance = &v1::RegistryService::Stub::AdvanceClusterYear;
  EXPECT_THAT(server.Call(advance, R"pb(
    name: "clusters/red-river/years/2026"
    state: STATE_REGISTRATION)pb"),
              IsOk());
  EXPECT_THAT(server.Call(advance, R"pb(
    name: "clusters/red-river/years/2020"
    state: STATE_COLLECTING)pb"),
              IsOk());
}

}  // namespace

void BuildWorld(ReportingServer& server) {
  BuildUnits(server);
  BuildDefinitions(server);
  BuildYears(server);
}

v1::SubmitRequest SomeReport() {
  return FromText<v1::SubmitRequest>(R"pb(
    report {
      unit: "units/bac-ninh"
      form: "forms/alliance-annual"
      period: "2026"
      value_kind: VALUE_KIND_ESTIMATE
      figures { indicator: "indicators/COOP_TOTAL" number: "662" }
      figures { indicator: "indicators/COOP_NEW" number: "48" }
    })pb");
}

}  // namespace reporting
