#include "services/reporting/domain/achievement.h"

#include <algorithm>

#include "services/reporting/domain/due_report.h"

namespace reporting {
namespace {

bool Asks(const Form& form, const IndicatorId& indicator) {
  return std::any_of(form.fields.begin(), form.fields.end(),
                     [&](const FormField& field) { return field.indicator == indicator; });
}

const Figure* FindFigure(const std::vector<Figure>& figures, const IndicatorId& indicator) {
  const auto it = std::find_if(figures.begin(), figures.end(),
                               [&](const Figure& figure) { return figure.indicator == indicator; });
  return it == figures.end() ? nullptr : &*it;
}

// What `submission` says about `indicator`; null if nothing.
const Figure* FindFigure(const Submission& submission, const IndicatorId& indicator) {
  const Figure* reported = FindFigure(submission.figures, indicator);
  return reported != nullptr ? reported : FindFigure(submission.derived_figures, indicator);
}

AchievementStatus StatusOf(const Figure* figure) {
  if (figure == nullptr) return AchievementStatus::kMissing;
  return figure->number.has_value() ? AchievementStatus::kReported
                                    : AchievementStatus::kNotApplicable;
}

}  // namespace

Evidence EvidenceFor(const Target& target, const Unit& unit, ValueKind value_kind,
                     const ClusterYear& year, const Forms& forms) {
  const Period period = PeriodOf(target, year.id.year);
  if (IsMergedBy(unit, period.first_day())) return {.without = AchievementStatus::kUnitMerged};
  // Targets are those of members, which are alliances.
  const Reporter reporter{.unit = unit, .alliance = unit.id};
  Evidence evidence{.without = AchievementStatus::kNotAsked};
  for (const DueReport& due : year.calendar) {
    if (due.value_kind != value_kind || due.period != period) continue;
    const auto form = forms.find(due.form);
    if (form == forms.end() || !Owes(reporter, due, form->second, year)) continue;
    if (Asks(form->second, target.indicator)) evidence.reports.push_back(IdOf(due, target.unit));
  }
  if (!evidence.reports.empty()) evidence.without = AchievementStatus::kNoReport;
  return evidence;
}

bool IsReported(const Submission& submission) {
  return submission.state == SubmissionState::kSubmitted ||
         submission.state == SubmissionState::kAccepted ||
         submission.state == SubmissionState::kLocked;
}

Achievement Achieve(const Target& target, AchievementStatus without, const Submission* submission) {
  Achievement achievement{.target = target, .status = without};
  if (submission == nullptr) return achievement;
  const Figure* figure = FindFigure(*submission, target.indicator);
  achievement.status = StatusOf(figure);
  if (figure != nullptr) achievement.number = figure->number;
  achievement.submission = submission->id;
  achievement.revision = submission->revision;
  return achievement;
}

std::optional<common::Rational> RatioOf(const Achievement& achievement) {
  if (!achievement.number.has_value()) return std::nullopt;
  return common::Rational(*achievement.number)
      .DividedBy(common::Rational(achievement.target.number));
}

std::string PercentOf(const Achievement& achievement) {
  const std::optional<common::Rational> ratio = RatioOf(achievement);
  if (!ratio.has_value()) return "";
  return (*ratio * common::Rational(100)).ToFixed(2, common::RoundingMode::kHalfUp);
}

}  // namespace reporting
