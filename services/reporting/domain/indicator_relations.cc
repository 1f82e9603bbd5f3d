#include "services/reporting/domain/indicator_relations.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/expression/reference.h"
#include "common/status/reasons.h"
#include "services/reporting/domain/reasons.h"
#include "services/reporting/domain/refusal.h"

namespace reporting {
namespace {

using common::sv;
using common::expression::Mention;
using common::expression::ReferenceKind;

const Indicator* FindIn(const Indicators& known, const IndicatorId& id) {
  const auto found = known.find(id);
  return found == known.end() ? nullptr : &found->second;
}

IndicatorId CodeOf(const Mention& mention) {
  return IndicatorId::FromId(mention.reference.variable).value();
}

std::string AtColumn(int column, std::string_view what) {
  return absl::StrCat("column ", column, ": ", sv(what));
}

// Adds DUPLICATE_INDICATOR where an id stands twice, over all calls with the same `seen`.
void CheckOnce(const IndicatorId& id, std::string_view path, std::set<IndicatorId>& seen,
               Violations& violations) {
  if (id.empty() || seen.insert(id).second) return;
  violations.Add(path, kDuplicateIndicator, absl::StrCat(id.value(), " stands twice"));
}

void CheckPart(const Indicator& draft, const IndicatorId& part, const Indicators& known,
               std::string_view path, Violations& violations) {
  const Indicator* stored = FindIn(known, part);
  if (part == draft.id && !part.empty()) {
    violations.Add(path, common::kInvalidField, "an indicator is no part of itself");
  } else if (stored != nullptr && stored->is_derived()) {
    violations.Add(path, common::kInvalidField,
                   absl::StrCat(part.value(), " is derived; a part must be reported"));
  }
}

void CheckParts(const Indicator& draft, const BreakdownGroup& group, const Indicators& known,
                std::string_view path, Violations& violations) {
  if (group.parts.empty()) {
    violations.Add(path, common::kRequiredFieldMissing, "give at least one part");
  }
  if (group.parts.size() > kPartsMax) {
    violations.Add(path, common::kInvalidField,
                   absl::StrCat("must be at most ", kPartsMax, " parts"));
    return;
  }
  std::set<IndicatorId> seen;
  for (size_t i = 0; i < group.parts.size(); ++i) {
    const std::string item = Item(path, i);
    CheckPart(draft, group.parts[i], known, item, violations);
    CheckOnce(group.parts[i], item, seen, violations);
  }
}

void CheckGroupKind(const Indicator& draft, const BreakdownGroup& group, std::string_view path,
                    Violations& violations) {
  if (group.kind == BreakdownKind::kUnspecified) {
    violations.Add(path, common::kRequiredFieldMissing,
                   "say whether the parts are exhaustive or overlapping");
  }
  if (group.kind == BreakdownKind::kOverlapping && MinimumOf(draft).is_negative()) {
    violations.Add(path, common::kInvalidField,
                   "where figures can be negative, a part can exceed the whole");
  }
}

void CheckFlows(const std::vector<IndicatorId>& flows, const Indicators& known,
                std::string_view path, std::set<IndicatorId>& seen, Violations& violations) {
  for (size_t i = 0; i < flows.size(); ++i) {
    const std::string item = Item(path, i);
    const Indicator* flow = FindIn(known, flows[i]);
    if (flow != nullptr && (flow->measure != Measure::kFlow || flow->is_derived())) {
      violations.Add(item, common::kInvalidField,
                     absl::StrCat(flows[i].value(), " is not a flow that is reported"));
    }
    CheckOnce(flows[i], item, seen, violations);
  }
}

// What the expression of `draft` rests on, at whatever remove.
class Inputs {
 public:
  Inputs(const Indicator& draft, const Indicators& known) : draft_(draft), known_(known) {}

  // Adds `id` and what it rests on. False if that leads back to the draft.
  bool Add(const IndicatorId& id) {
    std::vector<IndicatorId> waiting = {id};
    while (!waiting.empty()) {
      const IndicatorId next = std::move(waiting.back());
      waiting.pop_back();
      if (next == draft_.id) return false;
      if (!seen_.insert(next).second || seen_.size() > kInputsMax) continue;
      const Indicator* stored = FindIn(known_, next);
      if (stored == nullptr || !stored->is_derived()) continue;
      for (const Mention& mention : stored->expression->References()) {
        waiting.push_back(CodeOf(mention));
      }
    }
    return true;
  }

  bool are_too_many() const { return seen_.size() > kInputsMax; }

 private:
  const Indicator& draft_;
  const Indicators& known_;
  std::set<IndicatorId> seen_;
};

// What is wrong with one reference of a derived indicator; empty if nothing is.
std::string ProblemOf(const Mention& mention, const Indicators& known, Inputs& inputs) {
  const IndicatorId id = CodeOf(mention);
  if (mention.reference.kind == ReferenceKind::kSum) {
    const Indicator* whole = FindIn(known, id);
    if (whole != nullptr && FindBreakdown(*whole, mention.reference.group) == nullptr) {
      return absl::StrCat(id.value(), " has no breakdown `", mention.reference.group, "`");
    }
  } else if (mention.reference.kind != ReferenceKind::kCurrent) {
    return absl::StrCat("`", ToText(mention.reference),
                        "` is not of the same report; only rules of forms look beyond it");
  }
  if (!inputs.Add(id)) {
    return absl::StrCat("by `", ToText(mention.reference),
                        "` the indicator would be computed from itself");
  }
  return "";
}

}  // namespace

void CheckBreakdowns(Indicator& draft, const Indicators& known, Violations& violations) {
  constexpr std::string_view kPath = "indicator.breakdowns";
  if (draft.breakdowns.size() > kBreakdownsMax) {
    violations.Add(kPath, common::kInvalidField,
                   absl::StrCat("must be at most ", kBreakdownsMax, " breakdowns"));
    return;
  }
  std::set<std::string> seen;
  for (size_t i = 0; i < draft.breakdowns.size(); ++i) {
    const std::string item = Item(kPath, i);
    BreakdownGroup& group = draft.breakdowns[i];
    const std::string name = Join(item, "group");
    group.group = violations.Take(name, CheckId(IdForm::kResourceId, group.group));
    if (!group.group.empty() && !seen.insert(group.group).second) {
      violations.Add(name, common::kInvalidField,
                     absl::StrCat(group.group, " stands twice in the indicator"));
    }
    CheckLocalizedText(group.title, Join(item, "title"), violations);
    CheckGroupKind(draft, group, Join(item, "kind"), violations);
    CheckParts(draft, group, known, Join(item, "parts"), violations);
  }
}

void CheckStockIdentity(const Indicator& draft, const Indicators& known, Violations& violations) {
  if (!draft.stock_identity.has_value()) return;
  constexpr std::string_view kPath = "indicator.stock_identity";
  const StockIdentity& identity = *draft.stock_identity;
  if (draft.measure == Measure::kFlow) {
    violations.Add(kPath, common::kInvalidField, "only a stock follows from the period before");
  }
  const size_t flows = identity.inflows.size() + identity.outflows.size();
  if (flows == 0 || flows > kFlowsMax) {
    violations.Add(kPath, flows == 0 ? common::kRequiredFieldMissing : common::kInvalidField,
                   absl::StrCat("give 1 to ", kFlowsMax, " inflows and outflows"));
    return;
  }
  std::set<IndicatorId> seen;
  CheckFlows(identity.inflows, known, Join(kPath, "inflows"), seen, violations);
  CheckFlows(identity.outflows, known, Join(kPath, "outflows"), seen, violations);
  if (identity.severity == Severity::kUnspecified) {
    violations.Add(Join(kPath, "severity"), common::kRequiredFieldMissing,
                   "say whether it refuses or warns");
  }
}

void CheckExpression(const Indicator& draft, const Indicators& known, Violations& violations) {
  if (!draft.is_derived()) return;
  constexpr std::string_view kPath = "indicator.expression";
  const auto refuse = [&violations](bool is_set, std::string_view path) {
    if (is_set) violations.Add(path, common::kInvalidField, "a derived indicator has none");
  };
  refuse(!draft.breakdowns.empty(), "indicator.breakdowns");
  refuse(draft.minimum.has_value(), "indicator.minimum");
  refuse(draft.maximum.has_value(), "indicator.maximum");
  refuse(draft.year_on_year_threshold.has_value(), "indicator.year_on_year_threshold");
  refuse(draft.stock_identity.has_value(), "indicator.stock_identity");
  refuse(draft.weight.has_value(), "indicator.weight");
  Inputs inputs(draft, known);
  for (const Mention& mention : draft.expression->References()) {
    const std::string problem = ProblemOf(mention, known, inputs);
    if (problem.empty()) continue;
    violations.Add(kPath, common::kExpressionInvalid, AtColumn(mention.column, problem));
    return;
  }
  if (inputs.are_too_many()) {
    violations.Add(
        kPath, common::kExpressionInvalid,
        AtColumn(1, absl::StrCat("it rests on more than ", kInputsMax, " other indicators")));
  }
}

absl::Status CheckReferencesExist(const Indicator& draft, const Indicators& known) {
  std::vector<UnknownReference> unknown;
  const auto check = [&](const IndicatorId& id, std::string_view field) {
    if (known.contains(id) || id == draft.id) return;
    unknown.push_back({.field = std::string(field), .name = id.ToName()});
  };
  const auto check_list = [&](const std::vector<IndicatorId>& ids, std::string_view list) {
    for (size_t i = 0; i < ids.size(); ++i) check(ids[i], Item(list, i));
  };
  if (draft.weight.has_value()) check(*draft.weight, "indicator.weight");
  for (size_t i = 0; i < draft.breakdowns.size(); ++i) {
    check_list(draft.breakdowns[i].parts, Join(Item("indicator.breakdowns", i), "parts"));
  }
  if (draft.stock_identity.has_value()) {
    check_list(draft.stock_identity->inflows, "indicator.stock_identity.inflows");
    check_list(draft.stock_identity->outflows, "indicator.stock_identity.outflows");
  }
  if (draft.is_derived()) {
    for (const Mention& mention : draft.expression->References()) {
      check(CodeOf(mention), "indicator.expression");
    }
  }
  if (unknown.empty()) return absl::OkStatus();
  return UnknownReferences(kIndicatorUnknown, "indicator", unknown);
}

}  // namespace reporting
