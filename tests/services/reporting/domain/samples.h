// Small valid resources that the tests of the domain begin from and then change.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_DOMAIN_SAMPLES_H_
#define THIDUA_TESTS_SERVICES_REPORTING_DOMAIN_SAMPLES_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/decimal/decimal.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/receive.h"
#include "services/reporting/domain/submission.h"
#include "services/reporting/domain/unit.h"

namespace reporting::samples {

inline common::Decimal Dec(std::string_view text) { return common::Decimal::Parse(text).value(); }
inline UnitId AUnitId(std::string_view id) { return UnitId::FromId(id).value(); }
inline FormId AFormId(std::string_view id) { return FormId::FromId(id).value(); }
inline IndicatorId Code(std::string_view code) { return IndicatorId::FromId(code).value(); }
inline Period APeriod(std::string_view text) { return Period::Parse(text).value(); }
inline absl::CivilDay Day(std::string_view text) { return ParseDate(text).value(); }

// An instant such as `2020-12-01T23:59:59.999999+07:00`.
inline absl::Time Instant(std::string_view text) {
  absl::Time time;
  std::string error;
  return absl::ParseTime(absl::RFC3339_full, {text.data(), text.size()}, &time, &error)
             ? time
             : absl::InfiniteFuture();
}

inline Unit Alliance(std::string_view id) {
  return {.id = AUnitId(id),
          .kind = UnitKind::kAlliance,
          .titles = {{.title = {.vi = "Liên minh Hợp tác xã tỉnh Bắc Ninh"}}},
          .province_codes = {{.code = "27"}}};
}

inline Unit Cooperative(std::string_view id, std::string_view parent) {
  return {.id = AUnitId(id),
          .kind = UnitKind::kCooperative,
          .sector = Sector::kAgriculture,
          .parent = AUnitId(parent),
          .titles = {{.title = {.vi = "Hợp tác xã nông nghiệp Bắc Ninh"}}},
          .founding_date = Day("2015-03-20")};
}

// `unit` after a merger on `date`.
inline Unit MergedInto(Unit unit, std::string_view successor, std::string_view date) {
  unit.successor = Lineage{
      .unit = AUnitId(successor), .date = Day(date), .legal_basis = "Nghị quyết 202/2025/QH15"};
  return unit;
}

inline Indicator Count(std::string_view code) {
  return {.id = Code(code),
          .title = {.vi = "Tổng số hợp tác xã"},
          .unit_of_measure = {.vi = "HTX"},
          .measure = Measure::kStock,
          .aggregation = Aggregation::kSum};
}

// COOP_TOTAL, COOP_NEW, MEMBERS: counts. REV_AVG: one place, a mean weighted by COOP_TOTAL, up to
// 9,000. BALANCE: two places, from -100. RATE: two places, cannot be put together.
inline Indicators SomeIndicators() {
  Indicators indicators;
  for (const char* code : {"COOP_TOTAL", "COOP_NEW", "MEMBERS"}) {
    indicators.emplace(Code(code), Count(code));
  }
  Indicator mean = Count("REV_AVG");
  mean.scale = 1;
  mean.aggregation = Aggregation::kWeightedMean;
  mean.weight = Code("COOP_TOTAL");
  mean.maximum = Dec("9000");
  indicators.emplace(mean.id, mean);
  Indicator balance = Count("BALANCE");
  balance.scale = 2;
  balance.minimum = Dec("-100");
  indicators.emplace(balance.id, balance);
  Indicator rate = Count("RATE");
  rate.scale = 2;
  rate.aggregation = Aggregation::kNone;
  indicators.emplace(rate.id, rate);
  return indicators;
}

// `alliance-annual`, for alliances and years: COOP_TOTAL and COOP_NEW are required, then MEMBERS,
// REV_AVG, BALANCE, RATE.
inline Form AnnualForm() {
  return {.id = AFormId("alliance-annual"),
          .title = {.vi = "Báo cáo năm"},
          .unit_kind = UnitKind::kAlliance,
          .period_level = PeriodLevel::kYear,
          .fields = {{.indicator = Code("COOP_TOTAL"), .required = true},
                     {.indicator = Code("COOP_NEW"), .required = true},
                     {.indicator = Code("MEMBERS")},
                     {.indicator = Code("REV_AVG")},
                     {.indicator = Code("BALANCE")},
                     {.indicator = Code("RATE")}}};
}

inline FormDefinition AnnualDefinition() {
  return FormDefinition::Make(AnnualForm(), SomeIndicators()).value();
}

inline Figure Number(std::string_view code, std::string_view number) {
  return {.indicator = Code(code), .number = Dec(number)};
}

inline Figure NotApplicable(std::string_view code) {
  return {.indicator = Code(code), .not_applicable = true};
}

inline DueReport AnnualDue() {
  return {.form = AFormId("alliance-annual"),
          .period = APeriod("2020"),
          .value_kind = ValueKind::kEstimate,
          .opens = Day("2020-11-15"),
          .due = Day("2020-12-01"),
          .grace_end = Day("2020-12-08"),
          .closes = Day("2020-12-12")};
}

// Three members, one report due, by the server's clock.
inline ClusterYear Year2020() {
  return {.id = ClusterYearId::Parse("clusters/red-river-delta/years/2020").value(),
          .members = {AUnitId("bac-ninh"), AUnitId("vinh-phuc"), AUnitId("ha-nam")},
          .head = AUnitId("bac-ninh"),
          .vice_heads = {AUnitId("vinh-phuc")},
          .calendar = {AnnualDue()},
          .scored_value_kind = ValueKind::kEstimate,
          .receipt_basis = ReceiptBasis::kServerClock,
          .state = ClusterState::kCollecting};
}

inline Units MembersOf2020() {
  Units units;
  for (const char* id : {"bac-ninh", "vinh-phuc", "ha-nam"}) {
    units.emplace(AUnitId(id), Alliance(id));
  }
  return units;
}

inline Report AnnualReport() {
  return {.unit = AUnitId("bac-ninh"),
          .form = AFormId("alliance-annual"),
          .period = APeriod("2020"),
          .value_kind = ValueKind::kEstimate,
          .figures = {Number("COOP_TOTAL", "662"), Number("COOP_NEW", "48")},
          .source = "Báo cáo 118/BC-LMHTX",
          .author = "Chánh Văn phòng"};
}

// The submission of AnnualReport, received on time; or its draft.
inline Submission AnnualSubmission(SubmissionState state) {
  const Report report = AnnualReport();
  Submission submission{.id = IdOf(report),
                        .cluster_year = Year2020().id,
                        .state = state,
                        .figures = report.figures,
                        .content_hash = ContentHash(report.figures),
                        .source = report.source,
                        .author = report.author};
  if (!IsHandedIn(state)) return submission;
  submission.revision = 1;
  submission.receive_time = Instant("2020-11-30T09:00:00+07:00");
  submission.timeliness = Timeliness::kOnTime;
  const bool is_accepted = state == SubmissionState::kAccepted || state == SubmissionState::kLocked;
  submission.accepted_revision = is_accepted ? 1 : 0;
  return submission;
}

// `violations` with one field at fault, as if parsing had found it.
inline Violations ParsedWrong(std::string_view path, std::string_view reason) {
  Violations violations;
  violations.Add(path, reason, "is not what it should be");
  return violations;
}

}  // namespace reporting::samples

#endif  // THIDUA_TESTS_SERVICES_REPORTING_DOMAIN_SAMPLES_H_
