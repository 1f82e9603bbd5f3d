#include "services/reporting/service/rule_reads.h"

#include <optional>
#include <utility>
#include <vector>

#include "common/status/status_macros.h"

namespace reporting {
namespace {

// Mergers of mergers that are followed into the past.
constexpr int kGenerationsMax = 10;

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

// Whether `unit` belonged to a cluster in the year of `period`, and so had to report.
absl::StatusOr<bool> WasMember(StoreView& view, const UnitId& unit, const Period& period) {
  ASSIGN_OR_RETURN(
      const auto years,
      view.List<ClusterYear>({.where = YearsOfMember(unit, period.year()), .limit = 1}));
  return !years.empty();
}

absl::StatusOr<std::optional<Numbers>> FindWithPredecessors(StoreView& view,
                                                            const FormDefinition& form,
                                                            const Unit& unit,
                                                            const SubmissionId& id,
                                                            int generations) {
  ASSIGN_OR_RETURN(std::optional<Numbers> own, FindEarlier(view, id));
  std::vector<UnitId> merged_since;
  for (const Lineage& lineage : unit.predecessors) {
    if (lineage.date > id.period.last_day()) merged_since.push_back(lineage.unit);
  }
  if (merged_since.empty()) return own;
  ASSIGN_OR_RETURN(const bool was_member, WasMember(view, unit.id, id.period));
  if (generations == 0 || (was_member && !own.has_value())) return std::nullopt;
  std::vector<Numbers> units;
  if (own.has_value()) units.push_back(*std::move(own));
  for (const UnitId& predecessor : merged_since) {
    ASSIGN_OR_RETURN(const auto stored, view.Get<Unit>(predecessor));
    SubmissionId earlier = id;
    earlier.unit = predecessor;
    ASSIGN_OR_RETURN(auto numbers,
                     FindWithPredecessors(view, form, stored.value, earlier, generations - 1));
    if (!numbers.has_value()) return std::nullopt;
    units.push_back(*std::move(numbers));
  }
  return SumOver(form, units);
}

// What `unit` reported for `period`; nothing for no period.
absl::StatusOr<Numbers> ReadEarlier(StoreView& view, const FormDefinition& form, const Unit& unit,
                                    SubmissionId id, const Period& period) {
  if (period.empty()) return Numbers();
  id.period = period;
  ASSIGN_OR_RETURN(auto numbers, FindWithPredecessors(view, form, unit, id, kGenerationsMax));
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
