#include "services/reporting/domain/compare.h"

#include <limits>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/decimal/rational.h"
#include "common/status/error.h"
#include "services/reporting/domain/reasons.h"

namespace reporting {
namespace {

using common::Rational;

// Null where the figure is missing.
struct Pair {
  const Figure* before = nullptr;
  const Figure* after = nullptr;
};

bool SayTheSame(const Figure& a, const Figure& b) {
  return a.number == b.number && a.not_applicable == b.not_applicable && a.note == b.note;
}

bool Differ(const Pair& pair) {
  if (pair.before == nullptr || pair.after == nullptr) return true;
  return !SayTheSame(*pair.before, *pair.after);
}

FigureChange ChangeOf(const IndicatorId& indicator, const Pair& pair) {
  FigureChange change{.indicator = indicator};
  if (pair.before != nullptr) change.before = *pair.before;
  if (pair.after != nullptr) change.after = *pair.after;
  const bool are_numbers = change.before.has_value() && change.before->number.has_value() &&
                           change.after.has_value() && change.after->number.has_value();
  if (!are_numbers) return change;
  const Rational before(*change.before->number);
  const Rational difference = Rational(*change.after->number) - before;
  // Both have at most as many places, so nothing is rounded.
  change.difference = difference.ToTrimmed(kScaleMax, common::RoundingMode::kHalfUp);
  const std::optional<Rational> percent = (difference * Rational(100)).DividedBy(before);
  if (percent.has_value()) change.percent = percent->ToTrimmed(2, common::RoundingMode::kHalfUp);
  return change;
}

size_t PositionIn(const FormDefinition& form, const IndicatorId& indicator) {
  const FormDefinition::Field* field = form.Find(indicator);
  return field == nullptr ? std::numeric_limits<size_t>::max() : field->position;
}

}  // namespace

std::vector<FigureChange> Compare(const std::vector<Figure>& before,
                                  const std::vector<Figure>& after, const FormDefinition& form) {
  std::map<std::pair<size_t, IndicatorId>, Pair> pairs;
  for (const Figure& figure : before) {
    pairs[{PositionIn(form, figure.indicator), figure.indicator}].before = &figure;
  }
  for (const Figure& figure : after) {
    pairs[{PositionIn(form, figure.indicator), figure.indicator}].after = &figure;
  }
  std::vector<FigureChange> changes;
  for (const auto& [place, pair] : pairs) {
    if (Differ(pair)) changes.push_back(ChangeOf(place.second, pair));
  }
  return changes;
}

absl::StatusOr<int> LastAccepted(const Submission& submission) {
  if (submission.accepted_revision > 0) return submission.accepted_revision;
  return common::Error(absl::StatusCode::kFailedPrecondition, kNeverAccepted,
                       absl::StrCat("no revision of ", submission.id.ToName(), " was accepted"))
      .With("name", submission.id.ToName())
      .With("state", ToName(submission.state));
}

}  // namespace reporting
