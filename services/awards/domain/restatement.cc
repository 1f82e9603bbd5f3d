#include "services/awards/domain/restatement.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace awards {
namespace {

// By the order of `after`, then what is only in `before`.
std::vector<LineChange> ChangedLines(const ShownPlace& before, const ShownPlace& after) {
  std::map<std::string, ShownLine> old_lines;
  for (const ShownLine& line : before.lines) old_lines.emplace(line.criterion, line);
  std::vector<LineChange> changes;
  for (const ShownLine& line : after.lines) {
    const auto found = old_lines.extract(line.criterion);
    const ShownLine old_line = found.empty() ? ShownLine{} : found.mapped();
    if (old_line.points != line.points) changes.push_back({.before = old_line, .after = line});
  }
  for (const auto& [criterion, line] : old_lines) changes.push_back({.before = line});
  return changes;
}

}  // namespace

std::vector<PlaceChange> ChangedPlaces(std::span<const ShownPlace> before,
                                       std::span<const ShownPlace> after) {
  std::map<std::string, PlaceChange> changes;
  for (const ShownPlace& place : before) {
    changes[place.unit] = {.before = place, .after = {.unit = place.unit}};
  }
  for (const ShownPlace& place : after) {
    PlaceChange& change = changes[place.unit];
    change.before.unit = place.unit;
    change.after = place;
  }
  std::vector<PlaceChange> changed;
  for (auto& [unit, change] : changes) {
    change.lines = ChangedLines(change.before, change.after);
    if (!change.lines.empty() || change.before.total != change.after.total ||
        change.before.rank != change.after.rank) {
      changed.push_back(std::move(change));
    }
  }
  return changed;
}

std::vector<std::string> Without(const std::set<std::string>& a, const std::set<std::string>& b) {
  std::vector<std::string> difference;
  std::ranges::set_difference(a, b, std::back_inserter(difference));
  return difference;
}

}  // namespace awards
