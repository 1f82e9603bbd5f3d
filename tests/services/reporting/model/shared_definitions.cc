// The indicators and forms that sequences report with.
#include "tests/services/reporting/model/shared_definitions.h"

#include "absl/strings/str_cat.h"

namespace reporting::model {
namespace {

v1::CreateIndicatorRequest NewIndicator(const std::string& code, int scale) {
  v1::CreateIndicatorRequest request;
  request.set_indicator_id(code);
  v1::Indicator& indicator = *request.mutable_indicator();
  indicator.mutable_title()->set_vi("Chỉ tiêu " + code);
  indicator.mutable_unit_of_measure()->set_vi("HTX");
  indicator.set_scale(scale);
  indicator.set_measure(v1::Indicator::MEASURE_FLOW);
  indicator.set_aggregation(v1::Indicator::AGGREGATION_SUM);
  return request;
}

v1::Rule NewRule(const std::string& name, const std::string& condition, v1::Severity severity) {
  v1::Rule rule;
  rule.set_rule(name);
  rule.mutable_message()->set_vi("Sai quy tắc " + name);
  rule.set_condition(condition);
  rule.set_severity(severity);
  rule.set_missing(v1::Rule::MISSING_SKIP);
  return rule;
}

}  // namespace

std::vector<v1::CreateIndicatorRequest> NewIndicators(const std::string& prefix) {
  v1::CreateIndicatorRequest total = NewIndicator(prefix + "TOTAL", 0);
  total.mutable_indicator()->set_measure(v1::Indicator::MEASURE_STOCK);
  v1::CreateIndicatorRequest fresh = NewIndicator(prefix + "NEW", 0);
  fresh.mutable_indicator()->set_maximum("1000");
  v1::CreateIndicatorRequest income = NewIndicator(prefix + "INCOME", 2);
  income.mutable_indicator()->set_aggregation(v1::Indicator::AGGREGATION_WEIGHTED_MEAN);
  income.mutable_indicator()->set_weight(absl::StrCat("indicators/", prefix, "TOTAL"));
  v1::CreateIndicatorRequest rate = NewIndicator(prefix + "RATE", 1);
  rate.mutable_indicator()->set_aggregation(v1::Indicator::AGGREGATION_NONE);
  rate.mutable_indicator()->set_expression(absl::StrCat(prefix, "NEW * 100 / ", prefix, "TOTAL"));
  return {total, fresh, income, rate};
}

v1::CreateFormRequest NewAnnualForm(const std::string& id, const std::string& prefix) {
  v1::CreateFormRequest request;
  request.set_form_id(id);
  v1::Form& form = *request.mutable_form();
  form.mutable_title()->set_vi("Báo cáo năm");
  form.set_unit_kind(v1::Unit::KIND_ALLIANCE);
  form.set_period_level(thidua::type::v1::PERIOD_LEVEL_YEAR);
  for (const std::string code : {"TOTAL", "NEW", "INCOME", "RATE"}) {
    v1::FormField& field = *form.add_fields();
    field.set_indicator(absl::StrCat("indicators/", prefix, code));
    field.set_required(code == "TOTAL");
  }
  *form.add_rules() = NewRule("big", prefix + "NEW <= 500", v1::SEVERITY_WARNING);
  *form.add_rules() =
      NewRule("total", absl::StrCat(prefix, "NEW <= ", prefix, "TOTAL"), v1::SEVERITY_ERROR);
  return request;
}

v1::CreateFormRequest NewCooperativeForm() {
  v1::CreateFormRequest request = NewAnnualForm("cooperative", "");
  v1::Form& form = *request.mutable_form();
  form.set_unit_kind(v1::Unit::KIND_COOPERATIVE);
  form.clear_rules();
  form.mutable_fields()->DeleteSubrange(2, 2);
  return request;
}

}  // namespace reporting::model
