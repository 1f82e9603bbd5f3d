#include "services/reporting/domain/explanation.h"

#include <map>
#include <optional>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"

namespace reporting {
namespace {

// The number that `finding` asks to look at first.
std::string PathOf(const Finding& finding, const FormDefinition& form, const FigurePlaces& places,
                   std::string_view figures_path) {
  for (const IndicatorId& indicator : finding.indicators) {
    const FormDefinition::Field* field = form.Find(indicator);
    if (field == nullptr) continue;
    const std::optional<size_t> place = places.Find(field->position);
    if (place.has_value()) return Join(Item(figures_path, *place), "number");
  }
  return std::string(figures_path);
}

}  // namespace

void CheckExplanations(std::vector<Explanation>& explanations, std::string_view path,
                       Violations& violations) {
  std::set<std::string> seen;
  for (size_t i = 0; i < explanations.size(); ++i) {
    const std::string item = Item(path, i);
    const std::string name = Join(item, "finding");
    Explanation& explanation = explanations[i];
    if (explanation.finding.empty()) {
      violations.Add(name, common::kRequiredFieldMissing, "say which finding it explains");
    } else if (!seen.insert(explanation.finding).second) {
      violations.Add(name, common::kInvalidField,
                     absl::StrCat(Quote(explanation.finding), " is explained twice"));
    }
    CheckRequiredText(explanation.text, Join(item, "text"), kNoteCharactersMax, violations);
  }
}

void Explain(const std::vector<Explanation>& explanations, std::string_view explanations_path,
             std::vector<Finding>& findings, Violations& violations) {
  std::map<std::string_view, Finding*> by_name;
  for (Finding& finding : findings) by_name.emplace(finding.finding, &finding);
  for (size_t i = 0; i < explanations.size(); ++i) {
    const auto found = by_name.find(explanations[i].finding);
    if (found == by_name.end()) {
      violations.Add(Join(Item(explanations_path, i), "finding"), kFindingUnknown,
                     absl::StrCat("the figures have no finding ", Quote(explanations[i].finding)));
    } else if (found->second->severity == Severity::kWarning) {
      found->second->explanation = explanations[i].text;
    }
  }
}

void RefuseFindings(const std::vector<Finding>& findings, const FormDefinition& form,
                    const FigurePlaces& places, std::string_view figures_path,
                    Violations& violations) {
  for (const Finding& finding : findings) {
    const bool is_error = finding.severity == Severity::kError;
    if (!is_error && !finding.explanation.empty()) continue;
    const std::string& message =
        finding.message.en.empty() ? finding.message.vi : finding.message.en;
    violations.AddAnother(PathOf(finding, form, places, figures_path),
                          is_error ? kRuleBroken : kExplanationRequired,
                          absl::StrCat(finding.finding, ": ", message));
  }
}

}  // namespace reporting
