#include "services/reporting/domain/totals.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "services/reporting/domain/select_indicators.h"

namespace reporting {
namespace {

using common::Rational;
using common::RoundingMode;

std::string SumToText(const Rational& sum) {
  return sum.ToTrimmed(kScaleMax, RoundingMode::kHalfUp);
}

// Empty if `whole` is 0.
std::string PercentToText(const Rational& part, const Rational& whole) {
  const std::optional<Rational> ratio = part.DividedBy(whole);
  return ratio.has_value() ? (*ratio * Rational(100)).ToFixed(2, RoundingMode::kHalfUp) : "";
}

// Places of a mean over several units.
int ScaleOfMean(const Indicator& indicator) { return std::max(indicator.scale, 2); }

}  // namespace

TotalsBuilder::TotalsBuilder(const TotalsQuery& query, const ReportKind& report,
                             const FormDefinition& form, const Reporters& reporters,
                             const Targets& targets)
    : report_(report),
      form_(form),
      reporters_(reporters),
      targets_(targets),
      missing_(reporters.units) {
  Violations none;
  bool has_derived = false;
  for (const Indicator* indicator : SelectIndicators(query.indicators, form, none)) {
    wanted_.push_back(form.Find(indicator->id)->position);
    has_derived |= indicator->is_derived();
    AddColumn(wanted_.back());
  }
  for (const auto& breakdown : form.breakdowns()) {
    if (!columns_.contains(breakdown.whole)) continue;
    for (const size_t part : breakdown.parts) AddColumn(part);
  }
  // What those are computed from may be anything of the form.
  for (size_t i = 0; has_derived && i < form.fields().size(); ++i) AddColumn(i);
}

const Indicator& TotalsBuilder::IndicatorOf(const Column& column) const {
  return form_.fields()[column.position].indicator;
}

void TotalsBuilder::AddColumn(size_t position) {
  const Indicator& indicator = form_.fields()[position].indicator;
  if (!CanPutTogether(indicator, form_) || columns_.contains(position)) return;
  Column& column = columns_[position];
  column.position = position;
  column.total.indicator = indicator.id;
  if (indicator.weight.has_value()) column.weight = form_.Find(*indicator.weight)->position;
  AddTargets(column);
}

const common::Decimal* TotalsBuilder::TargetOf(const UnitId& unit,
                                               const IndicatorId& indicator) const {
  const auto of_unit = targets_.find(unit);
  if (of_unit == targets_.end()) return nullptr;
  const auto target = of_unit->second.find(indicator);
  return target == of_unit->second.end() ? nullptr : &target->second;
}

void TotalsBuilder::AddTargets(Column& column) const {
  const Indicator& indicator = IndicatorOf(column);
  if (indicator.is_derived() || indicator.aggregation != Aggregation::kSum) return;
  for (const auto& [unit, unused] : targets_) {
    const common::Decimal* target = TargetOf(unit, indicator.id);
    if (target == nullptr || !reporters_.units.contains(unit)) continue;
    ++column.target_count;
    column.target += Rational(*target);
  }
}

TotalsBuilder::Sheet TotalsBuilder::ToSheet(const Submission& submission) const {
  Sheet sheet(form_.fields().size(), nullptr);
  for (const auto* figures : {&submission.figures, &submission.derived_figures}) {
    for (const Figure& figure : *figures) {
      const auto* field = form_.Find(figure.indicator);
      if (field != nullptr) sheet[field->position] = &figure;
    }
  }
  return sheet;
}

// The presence of a figure and, for a mean, of its weight: the figure's own where that is no
// number.
TotalsBuilder::Presence TotalsBuilder::PresenceOf(const Sheet& sheet, const Column& column) {
  const auto presence = [](const Figure* figure) {
    if (figure == nullptr) return Presence::kMissing;
    return figure->number.has_value() ? Presence::kNumber : Presence::kNotApplicable;
  };
  const Presence own = presence(sheet[column.position]);
  if (own != Presence::kNumber || !column.weight.has_value()) return own;
  return presence(sheet[*column.weight]);
}

void TotalsBuilder::AddNumber(const Sheet& sheet, const UnitId& unit, Column& column) const {
  ++column.total.unit_count;
  if (reporters_.stand_ins.contains(unit)) column.total.merged = true;
  const Indicator& indicator = IndicatorOf(column);
  if (indicator.is_derived()) return;
  const Rational number(*sheet[column.position]->number);
  if (column.weight.has_value()) {
    const Rational weight(*sheet[*column.weight]->number);
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
  if (submission.id != wanted || !CountsInRules(submission.state)) return;
  if (missing_.erase(unit) == 0) return;
  if (submission.timeliness == Timeliness::kOnTime) ++on_time_count_;
  const Sheet sheet = ToSheet(submission);
  for (auto& [unused, column] : columns_) {
    switch (PresenceOf(sheet, column)) {
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

std::optional<Rational> TotalsBuilder::ValueOf(const Column& column) const {
  if (column.total.unit_count == 0) return std::nullopt;
  if (!column.weight.has_value()) return column.sum;
  const std::optional<Rational> mean = column.sum.DividedBy(column.weights);
  if (!mean.has_value()) return std::nullopt;
  return mean->Rounded(ScaleOfMean(IndicatorOf(column)), RoundingMode::kHalfUp);
}

TotalValues TotalsBuilder::Values() const {
  std::vector<TotalValue> values(form_.fields().size());
  for (const auto& [position, column] : columns_) {
    const Total& total = column.total;
    values[position] = {.number = ValueOf(column),
                        .not_applicable = total.not_applicable_count > 0 && total.unit_count == 0 &&
                                          total.missing_count == 0};
  }
  return TotalValues(form_, std::move(values));
}

BreakdownTotal TotalsBuilder::Finished(const FormDefinition::Breakdown& breakdown,
                                       const TotalValues& values) const {
  const Indicator& whole = form_.fields()[breakdown.whole].indicator;
  const std::optional<Rational>& number_of_whole = values.NumberAt(breakdown.whole);
  BreakdownTotal finished{.group = whole.breakdowns[breakdown.group].group};
  for (const size_t position : breakdown.parts) {
    const Indicator& indicator = form_.fields()[position].indicator;
    PartTotal& part = finished.parts.emplace_back(PartTotal{.indicator = indicator.id});
    const std::optional<Rational>& number = values.NumberAt(position);
    if (!number.has_value() || indicator.aggregation != Aggregation::kSum) continue;
    part.number = SumToText(*number);
    if (number_of_whole.has_value()) part.percent = PercentToText(*number, *number_of_whole);
  }
  return finished;
}

Total TotalsBuilder::Finished(const Column& column, const TotalValues& values) const {
  Total total = column.total;
  if (column.target_count > 0) total.target = SumToText(column.target);
  if (column.reached_count > 0) {
    total.percent_of_target = PercentToText(column.reached, column.target);
  }
  const std::optional<Rational>& number = values.NumberAt(column.position);
  if (number.has_value()) total.number = SumToText(*number);
  return total;
}

Totals TotalsBuilder::Build() const {
  Totals totals{.expected_count = static_cast<int>(reporters_.units.size()),
                .reported_count = static_cast<int>(reporters_.units.size() - missing_.size()),
                .missing_units = {missing_.begin(), missing_.end()},
                .on_time_count = on_time_count_,
                .value_kind = report_.value_kind,
                .merged_units = {reporters_.merged.begin(), reporters_.merged.end()}};
  const TotalValues values = Values();
  std::map<size_t, std::vector<BreakdownTotal>> breakdowns;
  for (const auto& breakdown : form_.breakdowns()) {
    if (!columns_.contains(breakdown.whole)) continue;
    breakdowns[breakdown.whole].push_back(Finished(breakdown, values));
  }
  for (const size_t position : wanted_) {
    Total& total = totals.totals.emplace_back(Finished(columns_.at(position), values));
    total.breakdowns = breakdowns[position];
  }
  return totals;
}

}  // namespace reporting
