#include "services/thiduactl/assignments.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"
#include "common/text/text.h"
#include "services/thiduactl/figures.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/problem.h"

namespace thiduactl {
namespace {

using ::common::sv;
using ::google::protobuf::RepeatedPtrField;
using ::thidua::reporting::v1::Explanation;
using ::thidua::reporting::v1::FigureReason;
using ::thidua::reporting::v1::Target;
using ::thidua::type::v1::Figure;

constexpr std::string_view kFigure = "CODE=NUMBER or CODE=n/a";
constexpr std::string_view kTarget = "UNIT/CODE=NUMBER or UNIT/CODE/PERIOD=NUMBER";

absl::StatusOr<Assignment> ParseCodeAssignment(const std::string& text, std::string_view form) {
  ASSIGN_OR_RETURN(Assignment assignment, ParseAssignment(text, form));
  if (common::IsCode(assignment.name)) return assignment;
  return LocalProblem(absl::StrCat("`", assignment.name, "` in `", text,
                                   "` is no code of an indicator such as COOP_NEW"));
}

// The same, where nothing may be said twice.
absl::StatusOr<std::vector<Assignment>> ParseFigureAssignments(
    const std::vector<std::string>& arguments) {
  std::vector<Assignment> assignments;
  std::set<std::string> seen;
  for (const std::string& argument : arguments) {
    ASSIGN_OR_RETURN(Assignment assignment, ParseCodeAssignment(argument, kFigure));
    if (!seen.insert(assignment.name).second) {
      return LocalProblem(absl::StrCat("`", assignment.name, "` is given twice"));
    }
    assignments.push_back(std::move(assignment));
  }
  return assignments;
}

absl::Status EmptyValue(const std::string& argument, std::string_view form) {
  return LocalProblem(
      absl::StrCat("`", argument, "` says nothing behind `=`; write ", sv(form)));
}

// Puts `item` where `found` is in `list`, or behind all of it.
template <typename Item, typename Iterator>
void Put(std::vector<Item>& list, Iterator found, Item item) {
  if (found == list.end()) {
    list.push_back(std::move(item));
  } else {
    *found = std::move(item);
  }
}

// The target that `name` means, without its number.
absl::StatusOr<Target> ParseTargetName(const std::string& name) {
  const std::vector<std::string> parts = absl::StrSplit(name, '/');
  const bool complete = (parts.size() == 2 || parts.size() == 3) && !parts[0].empty() &&
                        common::IsCode(parts[1]) && !parts.back().empty();
  if (!complete) return LocalProblem(absl::StrCat("`", name, "` is no target; write ", sv(kTarget)));
  Target target;
  target.set_unit(absl::StrCat("units/", parts[0]));
  target.set_indicator(absl::StrCat("indicators/", parts[1]));
  if (parts.size() == 3) target.set_period(parts[2]);
  return target;
}

// A target of the year may name the year or no period.
std::string MilestoneOf(const Target& target) {
  constexpr size_t kYearDigits = 4;
  return target.period().size() == kYearDigits ? "" : target.period();
}

bool IsSameTarget(const Target& a, const Target& b) {
  return a.unit() == b.unit() && a.indicator() == b.indicator() && MilestoneOf(a) == MilestoneOf(b);
}

}  // namespace

absl::StatusOr<Assignment> ParseAssignment(const std::string& text, std::string_view form) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    return LocalProblem(absl::StrCat("`", text, "` is not of the form ", sv(form)));
  }
  return Assignment{.name = text.substr(0, equals), .value = text.substr(equals + 1)};
}

absl::StatusOr<std::vector<Figure>> ParseFigures(const std::vector<std::string>& arguments) {
  ASSIGN_OR_RETURN(const auto assignments, ParseFigureAssignments(arguments));
  std::vector<Figure> figures;
  for (const auto& [code, value] : assignments) {
    if (value.empty()) return EmptyValue(absl::StrCat(code, "="), kFigure);
    ASSIGN_OR_RETURN(Figure figure, ParseFigure(code, value));
    figures.push_back(std::move(figure));
  }
  return figures;
}

absl::StatusOr<std::vector<Figure>> ChangeFigures(const RepeatedPtrField<Figure>& figures,
                                                  const std::vector<std::string>& arguments) {
  ASSIGN_OR_RETURN(const auto assignments, ParseFigureAssignments(arguments));
  std::vector<Figure> changed(figures.begin(), figures.end());
  for (const auto& [code, value] : assignments) {
    const std::string indicator = absl::StrCat("indicators/", code);
    const auto found =
        std::find_if(changed.begin(), changed.end(),
                     [&](const Figure& figure) { return figure.indicator() == indicator; });
    if (value.empty()) {
      if (found == changed.end()) {
        return LocalProblem(absl::StrCat("`", code, "=`: there is no such figure to take away"));
      }
      changed.erase(found);
      continue;
    }
    ASSIGN_OR_RETURN(Figure figure, ParseFigure(code, value));
    Put(changed, found, std::move(figure));
  }
  // What the service sets itself is not sent back to it.
  for (Figure& figure : changed) figure.clear_definition_version();
  return changed;
}

absl::StatusOr<std::vector<Explanation>> ParseExplanations(
    const std::vector<std::string>& arguments) {
  constexpr std::string_view kForm = "FINDING=TEXT, such as year-on-year/COOP_NEW=\"why\"";
  std::vector<Explanation> explanations;
  for (const std::string& argument : arguments) {
    ASSIGN_OR_RETURN(const Assignment assignment, ParseAssignment(argument, kForm));
    if (assignment.value.empty()) return EmptyValue(argument, kForm);
    explanations.emplace_back().set_finding(assignment.name);
    explanations.back().set_text(assignment.value);
  }
  return explanations;
}

absl::StatusOr<std::vector<FigureReason>> ParseFigureReasons(
    const std::vector<std::string>& arguments) {
  constexpr std::string_view kForm = "CODE=REASON";
  std::vector<FigureReason> reasons;
  for (const std::string& argument : arguments) {
    ASSIGN_OR_RETURN(const Assignment assignment, ParseCodeAssignment(argument, kForm));
    if (assignment.value.empty()) return EmptyValue(argument, kForm);
    reasons.emplace_back().set_indicator(absl::StrCat("indicators/", assignment.name));
    reasons.back().set_reason(assignment.value);
  }
  return reasons;
}

absl::StatusOr<std::vector<Target>> ChangeTargets(const RepeatedPtrField<Target>& targets,
                                                  const std::vector<std::string>& arguments) {
  std::vector<Target> changed(targets.begin(), targets.end());
  std::set<std::string> seen;
  for (const std::string& argument : arguments) {
    ASSIGN_OR_RETURN(const Assignment assignment, ParseAssignment(argument, kTarget));
    if (!seen.insert(assignment.name).second) {
      return LocalProblem(absl::StrCat("`", assignment.name, "` is given twice"));
    }
    ASSIGN_OR_RETURN(Target target, ParseTargetName(assignment.name));
    const auto found = std::find_if(changed.begin(), changed.end(),
                                    [&](const Target& t) { return IsSameTarget(t, target); });
    if (assignment.value.empty()) {
      if (found == changed.end()) {
        return LocalProblem(absl::StrCat("`", argument, "`: there is no such target to take away"));
      }
      changed.erase(found);
      continue;
    }
    ASSIGN_OR_RETURN(const Figure figure,
                     ParseFigure(ShortName(target.indicator()), assignment.value));
    if (figure.not_applicable()) {
      return LocalProblem(absl::StrCat("`", argument, "`: a target is a number"));
    }
    target.set_number(figure.number());
    Put(changed, found, std::move(target));
  }
  return changed;
}

}  // namespace thiduactl
