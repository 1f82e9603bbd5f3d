// Ids of resources, each its own type, and the resource names they are written as. Ids are ours and
// never reused; they compare byte for byte, which is also the order of lists.
//
// Every Parse fails with INVALID_ARGUMENT: REQUIRED_FIELD_MISSING for an empty text, INVALID_NAME
// for any other that does not have the form. The violation has no path: the caller puts it under
// the field (Violations::Take, common::UnderField).
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_IDS_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_IDS_H_

#include <compare>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "services/reporting/domain/period.h"

namespace reporting {

// How the last part of a name is formed.
enum class IdForm {
  // common::IsResourceId: lower-case letters, digits and hyphens.
  kResourceId,
  // common::IsCode: upper-case letters, digits and underscores.
  kCode,
};

// The last part of `name`, which must be `collection`/{id}.
absl::StatusOr<std::string> ParseName(std::string_view collection, IdForm form,
                                      std::string_view name);

// `id` itself if it is formed like `form`.
absl::StatusOr<std::string> CheckId(IdForm form, std::string_view id);

// The id of a resource with a name of two parts. `Kind` says which collection and form.
template <typename Kind>
class Id {
 public:
  // No id: what a field holds that was not given or could not be parsed.
  Id() = default;

  // From a resource name, such as `units/bac-ninh`.
  static absl::StatusOr<Id> Parse(std::string_view name) {
    return Wrap(ParseName(Kind::kCollection, Kind::kForm, name));
  }

  // From the last part of a name, as create calls give it: `bac-ninh`.
  static absl::StatusOr<Id> FromId(std::string_view id) { return Wrap(CheckId(Kind::kForm, id)); }

  // The last part of the name.
  const std::string& value() const { return value_; }
  bool empty() const { return value_.empty(); }

  // The resource name.
  std::string ToName() const { return std::string(Kind::kCollection) + "/" + value_; }

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the default for a literal 0.
  auto operator<=>(const Id&) const = default;

 private:
  static absl::StatusOr<Id> Wrap(absl::StatusOr<std::string> value) {
    if (!value.ok()) return std::move(value).status();
    Id id;
    id.value_ = *std::move(value);
    return id;
  }

  std::string value_;
};

struct UnitKindOfId {
  static constexpr std::string_view kCollection = "units";
  static constexpr IdForm kForm = IdForm::kResourceId;
};
struct ClusterKindOfId {
  static constexpr std::string_view kCollection = "clusters";
  static constexpr IdForm kForm = IdForm::kResourceId;
};
struct IndicatorKindOfId {
  static constexpr std::string_view kCollection = "indicators";
  static constexpr IdForm kForm = IdForm::kCode;
};
struct FormKindOfId {
  static constexpr std::string_view kCollection = "forms";
  static constexpr IdForm kForm = IdForm::kResourceId;
};

using UnitId = Id<UnitKindOfId>;
using ClusterId = Id<ClusterKindOfId>;
using IndicatorId = Id<IndicatorKindOfId>;
using FormId = Id<FormKindOfId>;

// `clusters/{cluster}/years/{year}`.
struct ClusterYearId {
  ClusterId cluster{};
  int year = 0;

  static absl::StatusOr<ClusterYearId> Parse(std::string_view name);

  // The year of a create call, four digits: 1900 to 9999.
  static absl::StatusOr<int> ParseYear(std::string_view year);

  bool empty() const { return cluster.empty(); }
  std::string ToName() const;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the default for a literal 0.
  auto operator<=>(const ClusterYearId&) const = default;
};

// `clusters/{cluster}/years/{year}/pact`: a cluster year has one pact, so its id is the year's.
absl::StatusOr<ClusterYearId> ParsePactName(std::string_view name);
std::string ToPactName(const ClusterYearId& id);

// Whether a figure is an estimate before the end of a period or final. The two are kept apart.
enum class ValueKind { kUnspecified, kEstimate, kFinal };

// `units/{unit}/submissions/{form}.{period}.{estimate|final}`.
struct SubmissionId {
  UnitId unit{};
  FormId form{};
  Period period{};
  ValueKind value_kind = ValueKind::kUnspecified;

  static absl::StatusOr<SubmissionId> Parse(std::string_view name);

  bool empty() const { return unit.empty(); }
  std::string ToName() const;

  bool operator==(const SubmissionId&) const = default;
};

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_IDS_H_
