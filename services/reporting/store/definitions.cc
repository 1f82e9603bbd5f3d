#include "services/reporting/store/definitions.h"

#include <utility>

#include "common/status/status_macros.h"

namespace reporting {
namespace {

// Far more forms than a cluster has; a bound only so that memory has one.
constexpr size_t kKeptMax = 256;

}  // namespace

absl::StatusOr<Indicators> FindIndicators(StoreView& view, const std::vector<IndicatorId>& ids) {
  Indicators indicators;
  for (const IndicatorId& id : ids) {
    if (id.empty() || indicators.contains(id)) continue;
    ASSIGN_OR_RETURN(std::optional<Versioned<Indicator>> found, view.Find<Indicator>(id));
    if (found.has_value()) indicators.emplace(id, std::move(found->value));
  }
  return indicators;
}

absl::StatusOr<std::shared_ptr<const FormDefinition>> FindDefinition(StoreView& view,
                                                                     const FormId& id) {
  ASSIGN_OR_RETURN(std::optional<Versioned<Form>> form, view.Find<Form>(id));
  if (!form.has_value()) return nullptr;
  std::vector<IndicatorId> ids;
  for (const FormField& field : form->value.fields) ids.push_back(field.indicator);
  ASSIGN_OR_RETURN(const Indicators indicators, FindIndicators(view, ids));
  ASSIGN_OR_RETURN(FormDefinition definition,
                   FormDefinition::Make(std::move(form->value), indicators));
  return std::make_shared<const FormDefinition>(std::move(definition));
}

std::shared_ptr<const FormDefinition> DefinitionCache::Find(const FormId& id) {
  const std::lock_guard lock(mutex_);
  const auto found = definitions_.find(id);
  return found == definitions_.end() ? nullptr : found->second;
}

void DefinitionCache::Keep(std::shared_ptr<const FormDefinition> definition) {
  if (definition == nullptr) return;
  const std::lock_guard lock(mutex_);
  if (definitions_.size() >= kKeptMax) definitions_.clear();
  const FormId id = definition->form().id;
  definitions_.insert_or_assign(id, std::move(definition));
}

}  // namespace reporting
