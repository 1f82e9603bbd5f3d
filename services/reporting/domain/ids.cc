#include "services/reporting/domain/ids.h"

#include <optional>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/text/text.h"
#include "services/reporting/domain/violations.h"

namespace reporting {
namespace {

using common::sv;

absl::Status NotAName(std::string_view name, std::string_view pattern) {
  if (name.empty()) {
    return common::InvalidField("", common::kRequiredFieldMissing,
                                absl::StrCat("give a name of the form ", sv(pattern)));
  }
  return common::InvalidField("", common::kInvalidName,
                              absl::StrCat(Quote(name), " does not have the form ", sv(pattern)));
}

bool IsWellFormed(IdForm form, std::string_view id) {
  return form == IdForm::kCode ? common::IsCode(id) : common::IsResourceId(id);
}

std::string_view Placeholder(IdForm form) { return form == IdForm::kCode ? "{CODE}" : "{id}"; }

// The parts of a name between the slashes.
std::vector<std::string_view> Parts(std::string_view name) {
  std::vector<std::string_view> parts;
  for (const absl::string_view part : absl::StrSplit(sv(name), '/')) parts.push_back(sv(part));
  return parts;
}

std::optional<ValueKind> ParseKindWord(absl::string_view word) {
  if (word == "estimate") return ValueKind::kEstimate;
  if (word == "final") return ValueKind::kFinal;
  return std::nullopt;
}

// The cluster year named by the first four parts, if they are such a name.
std::optional<ClusterYearId> YearFromParts(const std::vector<std::string_view>& parts) {
  if (parts[0] != ClusterKindOfId::kCollection || parts[2] != "years") return std::nullopt;
  const auto cluster = ClusterId::FromId(parts[1]);
  const auto year = ClusterYearId::ParseYear(parts[3]);
  if (!cluster.ok() || !year.ok()) return std::nullopt;
  return ClusterYearId{.cluster = *cluster, .year = *year};
}

// The submission named by the parts, if they are such a name.
std::optional<SubmissionId> SubmissionFromParts(const std::vector<std::string_view>& parts) {
  if (parts.size() != 4 || parts[0] != UnitKindOfId::kCollection || parts[2] != "submissions") {
    return std::nullopt;
  }
  // Ids and periods have no dots, so the three parts are found without doubt.
  const std::vector<absl::string_view> key = absl::StrSplit(sv(parts[3]), '.');
  if (key.size() != 3) return std::nullopt;
  const auto unit = UnitId::FromId(parts[1]);
  const auto form = FormId::FromId(sv(key[0]));
  const auto period = Period::Parse(sv(key[1]));
  const auto kind = ParseKindWord(key[2]);
  if (!unit.ok() || !form.ok() || !period.ok() || !kind.has_value()) return std::nullopt;
  return SubmissionId{.unit = *unit, .form = *form, .period = *period, .value_kind = *kind};
}

}  // namespace

absl::StatusOr<std::string> ParseName(std::string_view collection, IdForm form,
                                      std::string_view name) {
  if (name.size() > collection.size() && absl::StartsWith(sv(name), sv(collection)) &&
      name[collection.size()] == '/') {
    const std::string_view id = name.substr(collection.size() + 1);
    if (IsWellFormed(form, id)) return std::string(id);
  }
  return NotAName(name, absl::StrCat(sv(collection), "/", sv(Placeholder(form))));
}

absl::StatusOr<std::string> CheckId(IdForm form, std::string_view id) {
  if (IsWellFormed(form, id)) return std::string(id);
  if (id.empty()) {
    return common::InvalidField("", common::kRequiredFieldMissing, "give an id");
  }
  return common::InvalidField(
      "", common::kInvalidName,
      absl::StrCat(Quote(id), " is not an id: 1 to 63 ",
                   form == IdForm::kCode ? "upper-case letters, digits and underscores"
                                         : "lower-case letters, digits and hyphens",
                   ", beginning with a letter"));
}

absl::StatusOr<ClusterYearId> ClusterYearId::Parse(std::string_view name) {
  const std::vector<std::string_view> parts = Parts(name);
  const auto id = parts.size() == 4 ? YearFromParts(parts) : std::nullopt;
  if (!id.has_value()) return NotAName(name, "clusters/{cluster}/years/{year}");
  return *id;
}

absl::StatusOr<int> ClusterYearId::ParseYear(std::string_view year) {
  const auto period = Period::Parse(year);
  if (period.ok() && period->level() == PeriodLevel::kYear) return period->year();
  if (year.empty()) {
    return common::InvalidField("", common::kRequiredFieldMissing, "give a year, such as 2020");
  }
  return common::InvalidField(
      "", common::kInvalidName,
      absl::StrCat(Quote(year), " is not a year of four digits, 1900 to 9999"));
}

std::string ClusterYearId::ToName() const {
  return absl::StrCat(cluster.ToName(), "/years/", year);
}

absl::StatusOr<ClusterYearId> ParsePactName(std::string_view name) {
  const std::vector<std::string_view> parts = Parts(name);
  const auto id = parts.size() == 5 && parts[4] == "pact" ? YearFromParts(parts) : std::nullopt;
  if (!id.has_value()) return NotAName(name, "clusters/{cluster}/years/{year}/pact");
  return *id;
}

std::string ToPactName(const ClusterYearId& id) { return id.ToName() + "/pact"; }

absl::StatusOr<SubmissionId> SubmissionId::Parse(std::string_view name) {
  const auto id = SubmissionFromParts(Parts(name));
  if (!id.has_value()) {
    return NotAName(name, "units/{unit}/submissions/{form}.{period}.{estimate|final}");
  }
  return *id;
}

std::string SubmissionId::ToName() const {
  return absl::StrCat(unit.ToName(), "/submissions/", form.value(), ".", period.ToString(), ".",
                      value_kind == ValueKind::kFinal ? "final" : "estimate");
}

}  // namespace reporting
