#include "services/reporting/domain/achievement.h"

#include <algorithm>

#include "services/reporting/domain/due_report.h"

namespace reporting {
namespace {

bool Asks(const Form& form, const IndicatorId& indicator) {
  return std::any_of(form.fields.begin(), form.fields.end(),
                     [&](const FormField& field) { return field.indicator == indicator; });
}

// What `submission` says about `indicator`; null if nothing.
const Figure* FindFigure(const Submission& submission, const IndicatorId& indicator) {
  const auto it = std::find_if(submission.figures.begin(), submission.figures.end(),
                               [&](const Figure& figure) { return figure.indicator == indicator; });
  return it == submission.figures.end() ? nullptr : &*it;
}

AchievementStatus StatusOf(const Figure* figure) {
  if (figure == nullptr) return AchievementStatus::kMissing;
  return figure->number.has_value() ? AchievementStatus::kReported
                                    : AchievementStatus::kNotApplicable;
}

}  // namespace

bool IsFor(const Target& target, const Period& period, int year) {
  if (!target.period.empty()) return target.period == period;
  return period.level() == PeriodLevel::kYear && period.year() == year;
}

std::vector<SubmissionId> ReportsOn(const Target& target, ValueKind value_kind,
                                    const ClusterYear& year, const Forms& forms) {
  std::vector<SubmissionId> reports;
  for (const DueReport& due : year.calendar) {
    if (due.value_kind != value_kind || !IsFor(target, due.period, year.id.year)) continue;
    const auto form = forms.find(due.form);
    // Targets are those of members, which are alliances.
    if (form == forms.end() || form->second.unit_kind != UnitKind::kAlliance) continue;
    if (Asks(form->second, target.indicator)) reports.push_back(IdOf(due, target.unit));
  }
  return reports;
}

bool IsReported(const Submission& submission) {
  return submission.state == SubmissionState::kSubmitted ||
         submission.state == SubmissionState::kAccepted ||
         submission.state == SubmissionState::kLocked;
}

Achievement Achieve(const Target& target, bool is_asked, const Submission* submission) {
  Achievement achievement{.target = target, .status = AchievementStatus::kNoReport};
  if (!is_asked) achievement.status = AchievementStatus::kNotAsked;
  if (!is_asked || submission == nullptr) return achievement;
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
