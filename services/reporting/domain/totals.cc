#include "services/reporting/domain/totals.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "common/decimal/rational.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/reasons.h"

namespace reporting {
namespace {

using common::Rational;
using common::sv;

// Why the figures of `indicator` cannot be put together with this form; empty if they can.
std::string_view Obstacle(const Indicator& indicator, const FormDefinition& form) {
  if (indicator.aggregation == Aggregation::kSum) return "";
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

std::vector<const Indicator*> Select(const std::vector<IndicatorId>& wanted,
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

void CheckScope(const TotalsQuery& query, const ClusterYear& year, const Form& form,
                Violations& violations) {
  if (form.unit_kind != UnitKind::kAlliance) {
    violations.Add("form", kFormNotForUnit, "must be a form for alliances");
  }
  if (violations.Has("period")) return;
  if (query.period.level() != form.period_level) {
    violations.Add("period", kPeriodInvalid,
                   absl::StrCat("must be a ", sv(ToWord(form.period_level)), ", as ",
                                form.id.ToName(), " is for"));
  } else if (query.period.year() != year.id.year) {
    violations.Add("period", kPeriodInvalid,
                   absl::StrCat("must be a period of the year ", year.id.year));
  }
}

// The figures of one counted report, by indicator.
using Sheet = std::map<IndicatorId, const Figure*>;

Sheet ToSheet(const Submission& submission) {
  Sheet sheet;
  for (const Figure& figure : submission.figures) sheet.emplace(figure.indicator, &figure);
  return sheet;
}

// What one report says about one indicator.
enum class Presence { kNumber, kMissing, kNotApplicable };

Presence PresenceOf(const Sheet& sheet, const IndicatorId& indicator) {
  const auto it = sheet.find(indicator);
  if (it == sheet.end()) return Presence::kMissing;
  return it->second->number.has_value() ? Presence::kNumber : Presence::kNotApplicable;
}

// The presence of a figure and, for a mean, of its weight: the figure's own where that is no
// number.
Presence PresenceOf(const Sheet& sheet, const Indicator& indicator) {
  const Presence own = PresenceOf(sheet, indicator.id);
  if (own != Presence::kNumber || !indicator.weight.has_value()) return own;
  return PresenceOf(sheet, *indicator.weight);
}

Rational NumberOf(const Sheet& sheet, const IndicatorId& indicator) {
  return Rational(*sheet.at(indicator)->number);
}

// The number of a total made of `sheets`, each of which has the figures that are needed.
std::string PutTogether(const Indicator& indicator, const std::vector<const Sheet*>& sheets) {
  if (sheets.empty()) return "";
  Rational sum;
  Rational weights;
  for (const Sheet* sheet : sheets) {
    const Rational number = NumberOf(*sheet, indicator.id);
    if (!indicator.weight.has_value()) {
      sum += number;
      continue;
    }
    const Rational weight = NumberOf(*sheet, *indicator.weight);
    sum += number * weight;
    weights += weight;
  }
  if (!indicator.weight.has_value()) {
    return sum.ToTrimmed(kScaleMax, common::RoundingMode::kHalfUp);
  }
  const std::optional<Rational> mean = sum.DividedBy(weights);
  if (!mean.has_value()) return "";
  return mean->ToTrimmed(std::max(indicator.scale, 2), common::RoundingMode::kHalfUp);
}

Total TotalOf(const Indicator& indicator, const std::vector<Sheet>& sheets) {
  Total total{.indicator = indicator.id};
  std::vector<const Sheet*> counted;
  for (const Sheet& sheet : sheets) {
    switch (PresenceOf(sheet, indicator)) {
      case Presence::kNumber:
        counted.push_back(&sheet);
        break;
      case Presence::kMissing:
        ++total.missing_count;
        break;
      case Presence::kNotApplicable:
        ++total.not_applicable_count;
        break;
    }
  }
  total.unit_count = static_cast<int>(counted.size());
  total.number = PutTogether(indicator, counted);
  return total;
}

bool Counts(const Submission& submission, const SubmissionId& wanted) {
  const bool counted_state = submission.state == SubmissionState::kSubmitted ||
                             submission.state == SubmissionState::kAccepted ||
                             submission.state == SubmissionState::kLocked;
  return counted_state && submission.id == wanted;
}

}  // namespace

ValueKind ValueKindOf(const TotalsQuery& query, const ClusterYear& year) {
  return query.value_kind == ValueKind::kUnspecified ? year.scored_value_kind : query.value_kind;
}

absl::StatusOr<Totals> ComputeTotals(const TotalsQuery& query, const ClusterYear& year,
                                     const FormDefinition& form,
                                     const std::vector<Submission>& submissions,
                                     Violations violations) {
  CheckScope(query, year, form.form(), violations);
  const std::vector<const Indicator*> indicators = Select(query.indicators, form, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  Totals totals{.expected_count = static_cast<int>(year.members.size()),
                .value_kind = ValueKindOf(query, year)};
  std::set<UnitId> missing(year.members.begin(), year.members.end());
  std::vector<Sheet> sheets;
  for (const Submission& submission : submissions) {
    const SubmissionId wanted{.unit = submission.id.unit,
                              .form = form.form().id,
                              .period = query.period,
                              .value_kind = totals.value_kind};
    if (!Counts(submission, wanted) || missing.erase(submission.id.unit) == 0) continue;
    sheets.push_back(ToSheet(submission));
    if (submission.timeliness == Timeliness::kOnTime) ++totals.on_time_count;
  }
  totals.reported_count = static_cast<int>(sheets.size());
  totals.missing_units.assign(missing.begin(), missing.end());
  for (const Indicator* indicator : indicators) {
    totals.totals.push_back(TotalOf(*indicator, sheets));
  }
  return totals;
}

}  // namespace reporting
