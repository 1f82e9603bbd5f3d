#include "services/reporting/service/rule_reads.h"

#include <optional>
#include <utility>
#include <vector>

#include "common/status/status_macros.h"
#include "services/reporting/domain/reporters.h"
#include "services/reporting/service/lineage.h"

namespace reporting {
namespace {

// The numbers of the submission `id`, if it counts.
absl::StatusOr<std::optional<Numbers>> FindCounting(StoreView& view, const SubmissionId& id) {
  ASSIGN_OR_RETURN(const auto found, view.Find<Submission>(id));
  if (!found.has_value() || !CountsInRules(found->value.state)) return std::nullopt;
  return NumbersOf(found->value.figures, found->value.derived_figures);
}

// The same of an earlier period, for which final figures stand in for an estimate.
absl::StatusOr<std::optional<Numbers>> FindEarlier(StoreView& view, SubmissionId id) {
  ASSIGN_OR_RETURN(auto numbers, FindCounting(view, id));
  if (numbers.has_value() || id.value_kind == ValueKind::kFinal) return numbers;
  id.value_kind = ValueKind::kFinal;
  return FindCounting(view, id);
}

// The numbers of `unit` for the period of `id`, whoever stands for it then; nothing unless all have
// reported.
absl::StatusOr<std::optional<Numbers>> FindOverMergers(StoreView& view, const FormDefinition& form,
                                                       const Unit& unit, SubmissionId id) {
  if (unit.predecessors.empty()) return FindEarlier(view, id);
  const Scope scope{.units = {unit.id}};
  const ReportKind report{.form = id.form, .period = id.period, .value_kind = id.value_kind};
  Units units;
  RETURN_IF_ERROR(AddLineage(view, {unit.id}, units));
  ASSIGN_OR_RETURN(const auto owing, FindOwing(view, units, report));
  const Reporters reporters = FindReporters(scope, report, {.units = units, .owing = owing});
  if (reporters.units.empty()) return std::nullopt;
  if (reporters.units == scope.units) return FindEarlier(view, id);
  std::vector<Numbers> all;
  for (const UnitId& reporter : reporters.units) {
    id.unit = reporter;
    ASSIGN_OR_RETURN(auto numbers, FindEarlier(view, id));
    if (!numbers.has_value()) return std::nullopt;
    all.push_back(*std::move(numbers));
  }
  return SumOver(form, all);
}

// What `unit` reported for `period`; nothing for no period.
absl::StatusOr<Numbers> ReadEarlier(StoreView& view, const FormDefinition& form, const Unit& unit,
                                    SubmissionId id, const Period& period) {
  if (period.empty()) return Numbers();
  id.period = period;
  ASSIGN_OR_RETURN(auto numbers, FindOverMergers(view, form, unit, id));
  return std::move(numbers).value_or(Numbers());
}

absl::StatusOr<Numbers> ReadTargets(StoreView& view, const ClusterYear& year,
                                    const SubmissionId& id) {
  Numbers targets;
  ASSIGN_OR_RETURN(const auto pact, view.Find<Pact>(year.id));
  if (!pact.has_value()) return targets;
  for (const auto& [indicator, number] : TargetsOf(pact->value, id.unit, id.period)) {
    targets.emplace(indicator, number);
  }
  return targets;
}

// The year of `period`, or the periods that a form of `level` divides it into.
std::vector<Period> RelatedPeriods(const Period& period, PeriodLevel level) {
  if (level == PeriodLevel::kYear) return {period.WholeYear()};
  return period.PartsOfYear(level);
}

absl::Status ReadWithinYear(StoreView& view, const FormDefinition& form, SubmissionId id,
                            RuleContext& context) {
  for (const RelatedForm& related : form.needs().within_year) {
    id.form = related.form;
    for (const Period& period : RelatedPeriods(context.period, related.period_level)) {
      id.period = period;
      ASSIGN_OR_RETURN(auto numbers, FindCounting(view, id));
      if (!numbers.has_value()) continue;
      context.within_year.push_back({.period = period, .numbers = *std::move(numbers)});
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<RuleContext> ReadRuleContext(StoreView& view, const FormDefinition& form,
                                            const Unit& unit, const SubmissionId& id,
                                            const ClusterYear* year) {
  RuleContext context{.period = id.period};
  // What is malformed or not for this form is refused without a look at its figures.
  if (id.period.level() != form.form().period_level || id.value_kind == ValueKind::kUnspecified) {
    return context;
  }
  const RuleNeeds& needs = form.needs();
  const Period before = id.period.Before();
  const Period year_before = id.period.YearBefore();
  if (needs.previous || (needs.last_year && year_before == before)) {
    ASSIGN_OR_RETURN(context.previous, ReadEarlier(view, form, unit, id, before));
  }
  if (needs.last_year) {
    if (year_before == before) {
      context.last_year = context.previous;
    } else {
      ASSIGN_OR_RETURN(context.last_year, ReadEarlier(view, form, unit, id, year_before));
    }
  }
  if (needs.targets && year != nullptr) {
    ASSIGN_OR_RETURN(context.targets, ReadTargets(view, *year, id));
  }
  RETURN_IF_ERROR(ReadWithinYear(view, form, id, context));
  return context;
}

}  // namespace reporting
