// Enumerations of the domain and of the contract, which have the same members in the same order.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_ENUMS_H_
#define THIDUA_SERVICES_REPORTING_CODEC_ENUMS_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/generated_enum_reflection.h>

#include <string_view>
#include <type_traits>

#include "common/status/reasons.h"
#include "services/reporting/domain/achievement.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/due_report.h"
#include "services/reporting/domain/finding.h"
#include "services/reporting/domain/form.h"
#include "services/reporting/domain/indicator.h"
#include "services/reporting/domain/pact.h"
#include "services/reporting/domain/receive.h"
#include "services/reporting/domain/submission.h"
#include "services/reporting/domain/unit.h"
#include "services/reporting/domain/violations.h"
#include "thidua/reporting/v1/calendar_service.pb.h"
#include "thidua/reporting/v1/cluster.pb.h"
#include "thidua/reporting/v1/finding.pb.h"
#include "thidua/reporting/v1/form.pb.h"
#include "thidua/reporting/v1/indicator.pb.h"
#include "thidua/reporting/v1/pact.pb.h"
#include "thidua/reporting/v1/pact_service.pb.h"
#include "thidua/reporting/v1/submission.pb.h"
#include "thidua/reporting/v1/submission_service.pb.h"
#include "thidua/reporting/v1/unit.pb.h"
#include "thidua/type/v1/type.pb.h"

namespace reporting {

// The contract's enumeration for one of the domain.
template <typename Value>
struct ContractEnum;

template <>
struct ContractEnum<UnitKind> {
  using Type = thidua::reporting::v1::Unit::Kind;
};
template <>
struct ContractEnum<Sector> {
  using Type = thidua::reporting::v1::Unit::Sector;
};
template <>
struct ContractEnum<ClusterState> {
  using Type = thidua::reporting::v1::ClusterYear::State;
};
template <>
struct ContractEnum<ReceiptBasis> {
  using Type = thidua::reporting::v1::ClusterYear::ReceiptBasis;
};
template <>
struct ContractEnum<ValueKind> {
  using Type = thidua::reporting::v1::ValueKind;
};
template <>
struct ContractEnum<Timeliness> {
  using Type = thidua::reporting::v1::Timeliness;
};
template <>
struct ContractEnum<SubmissionState> {
  using Type = thidua::reporting::v1::Submission::State;
};
template <>
struct ContractEnum<Outcome> {
  using Type = thidua::reporting::v1::Outcome;
};
template <>
struct ContractEnum<PactState> {
  using Type = thidua::reporting::v1::Pact::State;
};
template <>
struct ContractEnum<AchievementStatus> {
  using Type = thidua::reporting::v1::Achievement::Status;
};
template <>
struct ContractEnum<ReportState> {
  using Type = thidua::reporting::v1::ReportStatus::Status;
};
template <>
struct ContractEnum<Direction> {
  using Type = thidua::reporting::v1::Indicator::Direction;
};
template <>
struct ContractEnum<Measure> {
  using Type = thidua::reporting::v1::Indicator::Measure;
};
template <>
struct ContractEnum<Aggregation> {
  using Type = thidua::reporting::v1::Indicator::Aggregation;
};
template <>
struct ContractEnum<BreakdownKind> {
  using Type = thidua::reporting::v1::BreakdownGroup::Kind;
};
template <>
struct ContractEnum<Severity> {
  using Type = thidua::reporting::v1::Severity;
};
template <>
struct ContractEnum<RuleMissing> {
  using Type = thidua::reporting::v1::Rule::Missing;
};
template <>
struct ContractEnum<PeriodLevel> {
  using Type = thidua::type::v1::PeriodLevel;
};

template <typename Value>
typename ContractEnum<Value>::Type ToProto(Value value) requires std::is_enum_v<Value> {
  return static_cast<typename ContractEnum<Value>::Type>(value);
}

// The domain's value; adds INVALID_FIELD at `path` if the contract has no such number.
template <typename Value>
Value ParseEnum(std::string_view path, typename ContractEnum<Value>::Type number,
                Violations& violations) {
  const auto* values = google::protobuf::GetEnumDescriptor<typename ContractEnum<Value>::Type>();
  if (values->FindValueByNumber(number) != nullptr) return static_cast<Value>(number);
  violations.Add(path, common::kInvalidField, "is not a value of this enumeration");
  return Value{};
}

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_ENUMS_H_
