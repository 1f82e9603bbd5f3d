// What may be asked of totals.
#include <algorithm>
#include <set>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/select_indicators.h"
#include "services/reporting/domain/totals.h"

namespace reporting {
namespace {

using common::sv;

// Why the figures of `indicator` cannot be put together with this form; empty if they can.
std::string_view Obstacle(const Indicator& indicator, const FormDefinition& form) {
  if (indicator.is_derived() || indicator.aggregation == Aggregation::kSum) return "";
  if (indicator.aggregation == Aggregation::kWeightedMean) {
    const bool has_weight = indicator.weight.has_value() && form.Find(*indicator.weight) != nullptr;
    return has_weight ? "" : "the form does not have the weight of this mean";
  }
  return "figures of this indicator cannot be put together";
}

std::vector<const Indicator*> AllOf(const FormDefinition& form) {
  std::vector<const Indicator*> indicators;
  for (const auto& field : form.fields()) {
    if (Obstacle(field.indicator, form).empty()) indicators.push_back(&field.indicator);
  }
  return indicators;
}

void CheckUnitsGiven(const std::vector<UnitId>& units, Violations& violations) {
  if (units.size() > kScopeUnitsMax) {
    violations.Add("units", common::kInvalidField,
                   absl::StrCat("must be at most ", kScopeUnitsMax, " units"));
  }
  std::set<UnitId> seen;
  for (size_t i = 0; i < units.size(); ++i) {
    if (units[i].empty() || seen.insert(units[i]).second) continue;
    violations.Add(Item("units", i), common::kInvalidField, "stands twice");
  }
}

void CheckPeriod(const TotalsQuery& query, const Scope& scope, const Form& form,
                 Violations& violations) {
  if (violations.Has("period")) return;
  if (query.period.level() != form.period_level) {
    violations.Add("period", kPeriodInvalid,
                   absl::StrCat("must be a ", sv(ToWord(form.period_level)), ", as ",
                                form.id.ToName(), " is for"));
  } else if (scope.year.has_value() && !query.any_year &&
             query.period.year() != scope.year->id.year) {
    violations.Add("period", kPeriodInvalid,
                   absl::StrCat("must be a period of the year ", scope.year->id.year));
  }
}

void CheckKinds(const TotalsQuery& query, const Units& units, const Form& form,
                Violations& violations) {
  for (size_t i = 0; i < query.units.size(); ++i) {
    const auto unit = units.find(query.units[i]);
    if (unit == units.end() || unit->second.kind == form.unit_kind) continue;
    violations.Add(
        Item("units", i), kFormNotForUnit,
        absl::StrCat(form.id.ToName(), " is for another kind of unit than ", unit->first.ToName()));
  }
  if (query.sector != Sector::kUnspecified && form.unit_kind != UnitKind::kCooperative) {
    violations.Add("sector", common::kInvalidField, "only a form for cooperatives has sectors");
  }
}

}  // namespace

bool CanPutTogether(const Indicator& indicator, const FormDefinition& form) {
  return Obstacle(indicator, form).empty();
}

std::vector<const Indicator*> SelectIndicators(const std::vector<IndicatorId>& wanted,
                                               const FormDefinition& form, Violations& violations) {
  if (wanted.empty()) return AllOf(form);
  std::vector<const Indicator*> indicators;
  std::set<IndicatorId> seen;
  for (size_t i = 0; i < wanted.size(); ++i) {
    const std::string path = Item("indicators", i);
    if (violations.Has(path)) continue;
    const FormDefinition::Field* field = form.Find(wanted[i]);
    if (field == nullptr) {
      violations.Add(path, kIndicatorNotInForm,
                     absl::StrCat(form.form().id.ToName(), " does not have ", wanted[i].value()));
      continue;
    }
    if (!seen.insert(wanted[i]).second) {
      violations.Add(path, kDuplicateIndicator, absl::StrCat(wanted[i].value(), " stands twice"));
    }
    if (const auto obstacle = Obstacle(field->indicator, form); !obstacle.empty()) {
      violations.Add(path, common::kInvalidField, obstacle);
    }
    indicators.push_back(&field->indicator);
  }
  return indicators;
}

void CheckTotalsQuery(const TotalsQuery& query, Violations& violations) {
  const bool has_year = !query.cluster_year.empty() || violations.Has("cluster_year");
  if (!has_year && query.units.empty() && !query.nationwide) {
    violations.Add("cluster_year", common::kRequiredFieldMissing,
                   "say over whom: a cluster year, units, or nationwide");
  }
  if (has_year && !query.units.empty()) {
    violations.Add("units", common::kInvalidField, "must not be given beside a cluster year");
  }
  if (query.nationwide && (has_year || !query.units.empty())) {
    violations.Add("nationwide", common::kInvalidField,
                   "must not be given beside a cluster year or units");
  }
  const bool says_whom = !query.units.empty() || query.nationwide;
  if (says_whom && !has_year && query.value_kind == ValueKind::kUnspecified) {
    violations.Add("value_kind", common::kRequiredFieldMissing,
                   "say whether estimates or final figures are put together");
  }
  CheckUnitsGiven(query.units, violations);
}

absl::Status CheckTotalsScope(const TotalsQuery& query, const Scope& scope, const Units& units,
                              const FormDefinition& form, Violations violations) {
  CheckKinds(query, units, form.form(), violations);
  CheckPeriod(query, scope, form.form(), violations);
  SelectIndicators(query.indicators, form, violations);
  return violations.ToStatus();
}

ReportKind ReportOf(const TotalsQuery& query, const Scope& scope) {
  const bool asks_kind = query.value_kind != ValueKind::kUnspecified || !scope.year.has_value();
  return {.form = query.form,
          .period = query.period,
          .value_kind = asks_kind ? query.value_kind : scope.year->scored_value_kind};
}

}  // namespace reporting
