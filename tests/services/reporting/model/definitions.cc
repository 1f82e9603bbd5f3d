// Indicators and forms.
#include "tests/services/reporting/model/model.h"

namespace reporting::model {

namespace {

// The indicators that an expression `X * 100 / Y` refers to.
std::vector<std::string> InputsOf(const std::string& expression) {
  if (expression.empty()) return {};
  return {"indicators/" + expression.substr(0, expression.find(' ')),
          "indicators/" + expression.substr(expression.rfind(' ') + 1)};
}

}  // namespace

bool IsDerived(const v1::Indicator& indicator) { return !indicator.expression().empty(); }

Expected<v1::CreateIndicatorResponse> Model::Handle(const v1::CreateIndicatorRequest& request) {
  Expected<v1::CreateIndicatorResponse> expected;
  v1::Indicator indicator = request.indicator();
  indicator.set_name("indicators/" + request.indicator_id());
  indicator.set_definition_version(1);
  std::vector<std::string> others = InputsOf(indicator.expression());
  if (!indicator.weight().empty()) others.push_back(indicator.weight());
  for (const std::string& other : others) {
    if (history_.Find<v1::Indicator>(other) == nullptr) expected.faults.Failed("INDICATOR_UNKNOWN");
  }
  if (history_.Find<v1::Indicator>(indicator.name()) != nullptr) expected.faults.Exists();
  *expected.response.mutable_indicator() = Put(indicator);
  return expected;
}

Expected<v1::UpdateIndicatorResponse> Model::Handle(const v1::UpdateIndicatorRequest& request) {
  Expected<v1::UpdateIndicatorResponse> expected;
  if (request.etag().empty()) expected.faults.Invalid("REQUIRED_FIELD_MISSING");
  const auto* stored = Get<v1::Indicator>(request.indicator().name(), expected.faults);
  if (stored == nullptr) return expected;
  CheckEtag(request.etag(), stored->etag(), expected.faults);
  v1::Indicator indicator = request.indicator();
  indicator.set_etag(stored->etag());
  *indicator.mutable_update_time() = stored->update_time();
  indicator.set_definition_version(stored->definition_version());
  const bool changes = indicator.SerializeAsString() != stored->SerializeAsString();
  if (changes) indicator.set_definition_version(stored->definition_version() + 1);
  *expected.response.mutable_indicator() = Put(*stored, indicator);
  return expected;
}

Expected<v1::GetIndicatorResponse> Model::Handle(const v1::GetIndicatorRequest& request) {
  Expected<v1::GetIndicatorResponse> expected;
  if (Get<v1::Indicator>(request.name(), expected.faults) == nullptr) return expected;
  const auto& versions = history_.Versions<v1::Indicator>(request.name());
  for (const auto& version : versions) {
    const bool is_wanted = version.value.definition_version() == request.definition_version() ||
                           request.definition_version() == 0;
    if (is_wanted) *expected.response.mutable_indicator() = version.value;
  }
  if (!expected.response.has_indicator()) expected.faults.NotFound();
  return expected;
}

Expected<v1::CreateFormResponse> Model::Handle(const v1::CreateFormRequest& request) {
  Expected<v1::CreateFormResponse> expected;
  v1::Form form = request.form();
  form.set_name("forms/" + request.form_id());
  form.set_version(1);
  for (const v1::FormField& field : form.fields()) {
    if (history_.Find<v1::Indicator>(field.indicator()) != nullptr) continue;
    expected.faults.Failed("INDICATOR_UNKNOWN");
    // Nor can an expression be read that refers to it.
    expected.faults.Invalid("EXPRESSION_INVALID");
  }
  if (history_.Find<v1::Form>(form.name()) != nullptr) expected.faults.Exists();
  *expected.response.mutable_form() = Put(form);
  return expected;
}

Expected<v1::UpdateFormResponse> Model::Handle(const v1::UpdateFormRequest& request) {
  Expected<v1::UpdateFormResponse> expected;
  if (request.etag().empty()) expected.faults.Invalid("REQUIRED_FIELD_MISSING");
  const auto* stored = Get<v1::Form>(request.form().name(), expected.faults);
  if (stored == nullptr) return expected;
  CheckEtag(request.etag(), stored->etag(), expected.faults);
  v1::Form form = *stored;
  *form.mutable_title() = request.form().title();
  *form.mutable_fields() = request.form().fields();
  *form.mutable_rules() = request.form().rules();
  const bool changes = form.SerializeAsString() != stored->SerializeAsString();
  if (changes) form.set_version(stored->version() + 1);
  *expected.response.mutable_form() = Put(*stored, form);
  return expected;
}

Expected<v1::GetFormResponse> Model::Handle(const v1::GetFormRequest& request) {
  Expected<v1::GetFormResponse> expected;
  if (Get<v1::Form>(request.name(), expected.faults) == nullptr) return expected;
  for (const auto& version : history_.Versions<v1::Form>(request.name())) {
    const bool is_wanted = version.value.version() == request.version() || request.version() == 0;
    if (is_wanted) *expected.response.mutable_form() = version.value;
  }
  if (!expected.response.has_form()) expected.faults.NotFound();
  return expected;
}

}  // namespace reporting::model
