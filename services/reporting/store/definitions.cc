#include "services/reporting/store/definitions.h"

#include <utility>

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"

namespace reporting {
namespace {

// Far more forms than a cluster has, and more alliances than the country; a bound only so that
// memory has one.
constexpr size_t kKeptMax = 256;

// Where a definition that rests on too much is not followed further; it is refused then.
constexpr size_t kIndicatorsMax = kFormFieldsMax + 10 * kInputsMax;

// Every form in its newest version.
absl::StatusOr<std::vector<Form>> AllForms(StoreView& view) {
  constexpr int kChunk = 100;
  std::vector<Form> forms;
  Listing listing{.limit = kChunk};
  while (true) {
    ASSIGN_OR_RETURN(auto chunk, view.List<Form>(listing));
    for (auto& form : chunk) forms.push_back(std::move(form.value));
    if (chunk.size() < kChunk) return forms;
    listing.after_name = forms.back().id.ToName();
  }
}

absl::StatusOr<std::shared_ptr<const FormDefinition>> Define(StoreView& view, Form form) {
  std::vector<IndicatorId> ids;
  ids.reserve(form.fields.size());
  for (const FormField& field : form.fields) ids.push_back(field.indicator);
  ASSIGN_OR_RETURN(const Indicators indicators, FindIndicators(view, ids));
  ASSIGN_OR_RETURN(const std::vector<Form> forms, AllForms(view));
  ASSIGN_OR_RETURN(FormDefinition definition,
                   FormDefinition::Make(std::move(form), indicators, forms));
  return std::make_shared<const FormDefinition>(std::move(definition));
}

}  // namespace

absl::StatusOr<Indicators> FindIndicators(StoreView& view, const std::vector<IndicatorId>& ids) {
  Indicators indicators;
  std::vector<IndicatorId> waiting = ids;
  while (!waiting.empty() && indicators.size() < kIndicatorsMax) {
    const IndicatorId id = std::move(waiting.back());
    waiting.pop_back();
    if (id.empty() || indicators.contains(id)) continue;
    ASSIGN_OR_RETURN(std::optional<Versioned<Indicator>> found, view.Find<Indicator>(id));
    if (!found.has_value()) continue;
    if (found->value.is_derived()) {
      for (IndicatorId& input : ReferencesOf(found->value)) waiting.push_back(std::move(input));
    }
    indicators.emplace(id, std::move(found->value));
  }
  return indicators;
}

absl::StatusOr<std::shared_ptr<const FormDefinition>> FindDefinition(StoreView& view,
                                                                     const FormId& id) {
  ASSIGN_OR_RETURN(std::optional<Versioned<Form>> form, view.Find<Form>(id));
  if (!form.has_value()) return nullptr;
  return Define(view, std::move(form->value));
}

absl::StatusOr<std::shared_ptr<const FormDefinition>> GetDefinitionOf(
    StoreView& view, const Submission& submission) {
  auto form = view.GetVersion<Form>(submission.id.form, submission.form_version);
  if (form.ok()) return Define(view, std::move(form->value));
  if (form.status().code() != absl::StatusCode::kNotFound) return form.status();
  return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                       "the form of a stored submission is not there");
}

template <typename Key, typename Value>
std::shared_ptr<const Value> GenerationCache<Key, Value>::Find(const Key& key, int64_t generation) {
  const std::lock_guard lock(mutex_);
  if (generation != generation_) return nullptr;
  const auto found = kept_.find(key);
  return found == kept_.end() ? nullptr : found->second;
}

template <typename Key, typename Value>
void GenerationCache<Key, Value>::Keep(const Key& key, std::shared_ptr<const Value> value,
                                       int64_t generation) {
  if (value == nullptr) return;
  const std::lock_guard lock(mutex_);
  // One that is older would only be read by those who are still looking at the past.
  if (generation < generation_) return;
  if (generation > generation_ || kept_.size() >= kKeptMax) kept_.clear();
  generation_ = generation;
  kept_.insert_or_assign(key, std::move(value));
}

template class GenerationCache<FormId, FormDefinition>;
template class GenerationCache<std::pair<UnitId, int>, std::vector<ClusterYear>>;

}  // namespace reporting
