#include "services/reporting/domain/totals.h"

#include <algorithm>
#include <optional>

#include "services/reporting/domain/select_indicators.h"

namespace reporting {
namespace {

using common::Rational;
using common::RoundingMode;

bool IsCountedState(SubmissionState state) {
  return state == SubmissionState::kSubmitted || state == SubmissionState::kAccepted ||
         state == SubmissionState::kLocked;
}

std::string SumToText(const Rational& sum) {
  return sum.ToTrimmed(kScaleMax, RoundingMode::kHalfUp);
}

std::string PercentToText(const Rational& part, const Rational& whole) {
  const std::optional<Rational> ratio = part.DividedBy(whole);
  return ratio.has_value() ? (*ratio * Rational(100)).ToTrimmed(2, RoundingMode::kHalfUp) : "";
}

}  // namespace

std::map<IndicatorId, common::Decimal> TargetsOf(const Pact& pact, const UnitId& unit,
                                                 const Period& period) {
  std::map<IndicatorId, common::Decimal> targets;
  if (period.level() != PeriodLevel::kYear || period.year() != pact.cluster_year.year) {
    return targets;
  }
  for (const Target& target : pact.targets) {
    if (target.unit == unit) targets.emplace(target.indicator, target.number);
  }
  return targets;
}

TotalsBuilder::TotalsBuilder(const TotalsQuery& query, const ReportKind& report,
                             const FormDefinition& form, const Reporters& reporters,
                             const Targets& targets)
    : report_(report),
      form_(form),
      reporters_(reporters),
      targets_(targets),
      missing_(reporters.units) {
  Violations none;
  for (const Indicator* indicator : SelectIndicators(query.indicators, form, none)) {
    columns_.push_back({.indicator = indicator, .total = {.indicator = indicator->id}});
    AddTargets(columns_.back());
  }
}

const common::Decimal* TotalsBuilder::TargetOf(const UnitId& unit,
                                               const IndicatorId& indicator) const {
  const auto of_unit = targets_.find(unit);
  if (of_unit == targets_.end()) return nullptr;
  const auto target = of_unit->second.find(indicator);
  return target == of_unit->second.end() ? nullptr : &target->second;
}

void TotalsBuilder::AddTargets(Column& column) const {
  if (column.indicator->aggregation != Aggregation::kSum) return;
  for (const auto& [unit, targets] : targets_) {
    const common::Decimal* target = TargetOf(unit, column.indicator->id);
    if (target == nullptr || !reporters_.units.contains(unit)) continue;
    ++column.target_count;
    column.target += Rational(*target);
  }
}

TotalsBuilder::Sheet TotalsBuilder::ToSheet(const Submission& submission) const {
  Sheet sheet(form_.fields().size(), nullptr);
  for (const Figure& figure : submission.figures) {
    if (const auto* field = form_.Find(figure.indicator)) sheet[field->position] = &figure;
  }
  return sheet;
}

const Figure* TotalsBuilder::Find(const Sheet& sheet, const IndicatorId& indicator) const {
  const FormDefinition::Field* field = form_.Find(indicator);
  return field == nullptr ? nullptr : sheet[field->position];
}

// The presence of a figure and, for a mean, of its weight: the figure's own where that is no
// number.
TotalsBuilder::Presence TotalsBuilder::PresenceOf(const Sheet& sheet,
                                                  const Indicator& indicator) const {
  const auto presence = [](const Figure* figure) {
    if (figure == nullptr) return Presence::kMissing;
    return figure->number.has_value() ? Presence::kNumber : Presence::kNotApplicable;
  };
  const Presence own = presence(Find(sheet, indicator.id));
  if (own != Presence::kNumber || !indicator.weight.has_value()) return own;
  return presence(Find(sheet, *indicator.weight));
}

void TotalsBuilder::AddNumber(const Sheet& sheet, const UnitId& unit, Column& column) const {
  const Indicator& indicator = *column.indicator;
  const Rational number(*Find(sheet, indicator.id)->number);
  ++column.total.unit_count;
  if (reporters_.stand_ins.contains(unit)) column.total.merged = true;
  if (indicator.weight.has_value()) {
    const Rational weight(*Find(sheet, *indicator.weight)->number);
    column.sum += number * weight;
    column.weights += weight;
    return;
  }
  column.sum += number;
  if (column.target_count > 0 && TargetOf(unit, indicator.id) != nullptr) {
    ++column.reached_count;
    column.reached += number;
  }
}

void TotalsBuilder::Add(const Submission& submission) {
  const UnitId& unit = submission.id.unit;
  const SubmissionId wanted{.unit = unit,
                            .form = report_.form,
                            .period = report_.period,
                            .value_kind = report_.value_kind};
  if (submission.id != wanted || !IsCountedState(submission.state)) return;
  if (missing_.erase(unit) == 0) return;
  if (submission.timeliness == Timeliness::kOnTime) ++on_time_count_;
  const Sheet sheet = ToSheet(submission);
  for (Column& column : columns_) {
    switch (PresenceOf(sheet, *column.indicator)) {
      case Presence::kNumber:
        AddNumber(sheet, unit, column);
        break;
      case Presence::kMissing:
        ++column.total.missing_count;
        break;
      case Presence::kNotApplicable:
        ++column.total.not_applicable_count;
        break;
    }
  }
}

Total TotalsBuilder::Finished(const Column& column) {
  Total total = column.total;
  if (column.target_count > 0) total.target = SumToText(column.target);
  if (column.reached_count > 0) {
    total.percent_of_target = PercentToText(column.reached, column.target);
  }
  if (total.unit_count == 0) return total;
  if (!column.indicator->weight.has_value()) {
    total.number = SumToText(column.sum);
    return total;
  }
  const std::optional<Rational> mean = column.sum.DividedBy(column.weights);
  if (mean.has_value()) {
    total.number = mean->ToTrimmed(std::max(column.indicator->scale, 2), RoundingMode::kHalfUp);
  }
  return total;
}

Totals TotalsBuilder::Build() const {
  Totals totals{.expected_count = static_cast<int>(reporters_.units.size()),
                .reported_count = static_cast<int>(reporters_.units.size() - missing_.size()),
                .missing_units = {missing_.begin(), missing_.end()},
                .on_time_count = on_time_count_,
                .value_kind = report_.value_kind,
                .merged_units = {reporters_.merged.begin(), reporters_.merged.end()}};
  for (const Column& column : columns_) totals.totals.push_back(Finished(column));
  return totals;
}

}  // namespace reporting
