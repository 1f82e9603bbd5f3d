// Figures of several units put together.
#include <algorithm>
#include <set>
#include <vector>

#include "tests/services/reporting/model/model.h"
#include "tests/services/reporting/model/number.h"

namespace reporting::model {

void Model::CheckEtag(const std::string& etag, const std::string& current, Faults& faults) {
  if (etag.empty() || etag == current) return;
  faults.Add(absl::StatusCode::kAborted, "ETAG_MISMATCH");
}

namespace {

using thidua::type::v1::Figure;

// One computation: what is asked, and the past it is asked of.
class Totals {
 public:
  Totals(const History& history, const v1::ComputeTotalsRequest& request, int64_t position)
      : history_(history), request_(request), position_(position) {
    form_ = Find<v1::Form>(request.form());
    if (request.cluster_year().empty()) return;
    year_ = Find<v1::ClusterYear>(request.cluster_year());
  }

  Expected<v1::ComputeTotalsResponse> Compute() {
    if (!Check()) return std::move(expected_);
    if (year_ != nullptr) {
      FindMembers();
    } else {
      for (const std::string& unit : request_.units()) AddStandIns(unit);
    }
    v1::ComputeTotalsResponse& response = expected_.response;
    response.set_value_kind(Kind());
    response.set_expected_count(static_cast<int>(reporters_.size()));
    for (const std::string& unit : reporters_) AddReport(unit);
    response.set_reported_count(static_cast<int>(reports_.size()));
    for (const std::string& unit : merged_) response.add_merged_units(unit);
    for (const v1::FormField& field : form_->fields()) {
      const auto* indicator = Find<v1::Indicator>(field.indicator());
      *response.add_totals() = TotalOf(*indicator);
    }
    FillDerived();
    response.set_commit_token(absl::StrCat("@", position_));
    return std::move(expected_);
  }

 private:
  template <typename Resource>
  const Resource* Find(const std::string& name) const {
    return history_.Find<Resource>(name, position_);
  }

  v1::ValueKind Kind() const {
    const bool is_given = request_.value_kind() != v1::VALUE_KIND_UNSPECIFIED || year_ == nullptr;
    return is_given ? request_.value_kind() : year_->scored_value_kind();
  }

  // Whether it can go on.
  bool Check() {
    Faults& faults = expected_.faults;
    if (form_ == nullptr) faults.NotFound();
    if (!request_.cluster_year().empty() && year_ == nullptr) faults.NotFound();
    for (const std::string& name : request_.units()) {
      const auto* unit = Find<v1::Unit>(name);
      if (unit == nullptr) {
        faults.NotFound();
      } else if (form_ != nullptr && unit->kind() != form_->unit_kind()) {
        faults.Invalid("INVALID_FIELD");
        faults.Invalid("FORM_NOT_FOR_UNIT");
      }
    }
    return faults.empty();
  }

  // Whether `unit` belongs to a cluster year that has the report in its calendar.
  bool Owes(const std::string& unit) const {
    for (const auto& [name, versions] : history_.All<v1::ClusterYear>()) {
      const auto* year = Find<v1::ClusterYear>(name);
      if (year == nullptr || !IsMember(*year, unit)) continue;
      if (FindDue(*year, request_.form(), request_.period(), Kind()) != nullptr) return true;
    }
    return false;
  }

  // A unit that was merged before the period is history.
  bool IsHistory(const v1::Unit& unit) const {
    return IsMergedBy(unit, FirstDay(request_.period()));
  }

  // The members themselves, or their cooperatives; what they took in later is not part of them.
  void FindMembers() {
    for (const auto& [name, versions] : history_.All<v1::Unit>()) {
      const auto* unit = Find<v1::Unit>(name);
      if (unit == nullptr || unit->kind() != form_->unit_kind()) continue;
      const v1::Unit* alliance = unit;
      if (unit->kind() == v1::Unit::KIND_COOPERATIVE) {
        if (unit->founding_date() > LastDay(request_.period())) continue;
        alliance = Find<v1::Unit>(unit->parent());
        while (IsHistory(*alliance)) alliance = Find<v1::Unit>(alliance->successor().unit());
      }
      if (IsMember(*year_, alliance->name()) && !IsHistory(*alliance)) reporters_.insert(name);
    }
  }

  // Who reports in the place of `id` in the period.
  std::set<std::string> StandIns(const std::string& id) const {
    const std::string first_day = FirstDay(request_.period());
    const std::string last_day = LastDay(request_.period());
    const auto* unit = Find<v1::Unit>(id);
    std::set<std::string> all;
    std::string begun_by = last_day;
    for (const v1::Lineage& lineage : unit->predecessors()) {
      if (lineage.date() <= first_day) continue;
      const bool is_within = lineage.date() <= last_day;
      if (is_within && !Owes(lineage.unit())) continue;
      if (is_within) begun_by = first_day;
      all.merge(StandIns(lineage.unit()));
    }
    const std::string& begins = unit->titles(0).valid_from();
    const bool is_ended = IsHistory(*unit) || (IsMergedBy(*unit, last_day) && !Owes(id));
    if (begins <= begun_by && !is_ended) all.insert(id);
    return all;
  }

  void AddStandIns(const std::string& id) {
    const auto* unit = Find<v1::Unit>(id);
    if (unit->kind() == v1::Unit::KIND_COOPERATIVE) {
      if (unit->founding_date() <= LastDay(request_.period())) reporters_.insert(id);
      return;
    }
    const auto& scope = request_.units();
    for (const std::string& reporter : StandIns(id)) {
      reporters_.insert(reporter);
      if (std::find(scope.begin(), scope.end(), reporter) != scope.end()) continue;
      stand_ins_.insert(reporter);
      merged_.insert(id);
    }
  }

  void AddReport(const std::string& unit) {
    v1::Report report;
    report.set_unit(unit);
    report.set_form(request_.form());
    report.set_period(request_.period());
    report.set_value_kind(Kind());
    const auto* submission = Find<v1::Submission>(SubmissionName(report));
    v1::ComputeTotalsResponse& response = expected_.response;
    if (submission == nullptr || !Counts(*submission)) {
      response.add_missing_units(unit);
      return;
    }
    if (submission->timeliness() == v1::TIMELINESS_ON_TIME) {
      response.set_on_time_count(response.on_time_count() + 1);
    }
    reports_.push_back(submission);
  }

  static const Figure* FigureOf(const v1::Submission& report, const std::string& indicator) {
    for (const auto* figures : {&report.figures(), &report.derived_figures()}) {
      for (const Figure& figure : *figures) {
        if (figure.indicator() == indicator) return &figure;
      }
    }
    return nullptr;
  }

  v1::Total TotalOf(const v1::Indicator& indicator) const {
    v1::Total total;
    total.set_indicator(indicator.name());
    int64_t sum = 0;
    int64_t weights = 0;
    for (const v1::Submission* report : reports_) {
      const Figure* figure = FigureOf(*report, indicator.name());
      const Figure* weight =
          indicator.weight().empty() ? nullptr : FigureOf(*report, indicator.weight());
      const bool has_number = figure != nullptr && figure->has_number();
      // A figure without the weight it needs cannot be put together with others.
      if (has_number && !indicator.weight().empty()) figure = weight;
      if (figure == nullptr) {
        total.set_missing_count(total.missing_count() + 1);
      } else if (figure->not_applicable()) {
        total.set_not_applicable_count(total.not_applicable_count() + 1);
      } else {
        total.set_unit_count(total.unit_count() + 1);
        if (stand_ins_.contains(report->unit())) total.set_merged(true);
        const int64_t number = HundredthsOf(FigureOf(*report, indicator.name())->number());
        const int64_t by = weight == nullptr ? 1 : HundredthsOf(weight->number());
        sum += number * by;
        weights += by;
      }
    }
    if (IsDerived(indicator) || total.unit_count() == 0) {
      AddTarget(indicator, total);
      return total;
    }
    if (indicator.weight().empty()) {
      total.set_number(PrintNumber(sum));
    } else if (weights != 0) {
      total.set_number(PrintNumber(DivideRounded(sum, weights)));
    }
    AddTarget(indicator, total);
    return total;
  }

  // The expression of a derived indicator over the totals.
  void FillDerived() {
    for (v1::Total& total : *expected_.response.mutable_totals()) {
      const auto* indicator = Find<v1::Indicator>(total.indicator());
      if (!IsDerived(*indicator)) continue;
      const std::string& expression = indicator->expression();
      const std::string top = NumberOf(expression.substr(0, expression.find(' ')));
      const std::string bottom = NumberOf(expression.substr(expression.rfind(' ') + 1));
      if (top.empty() || bottom.empty() || bottom == "0") continue;
      const int64_t tenths = DivideRounded(HundredthsOf(top) * 1000, HundredthsOf(bottom));
      total.set_number(PrintNumber(tenths * 10));
    }
  }

  // The total of a code; empty if there is none.
  std::string NumberOf(const std::string& code) const {
    for (const v1::Total& total : expected_.response.totals()) {
      if (total.indicator() == "indicators/" + code) return total.number();
    }
    return "";
  }

  void AddTarget(const v1::Indicator& indicator, v1::Total& total) const {
    const bool is_sum = indicator.aggregation() == v1::Indicator::AGGREGATION_SUM;
    if (year_ == nullptr || !is_sum || IsDerived(indicator)) return;
    const auto* pact = Find<v1::Pact>(year_->name() + "/pact");
    if (pact == nullptr) return;
    int64_t target = 0;
    int64_t reached = 0;
    bool has_target = false;
    bool has_reached = false;
    for (const v1::Target& each : pact->targets()) {
      const bool is_for = each.indicator() == indicator.name() && each.period().empty() &&
                          reporters_.contains(each.unit());
      if (!is_for) continue;
      has_target = true;
      target += HundredthsOf(each.number());
      for (const v1::Submission* report : reports_) {
        const Figure* figure = FigureOf(*report, indicator.name());
        if (report->unit() != each.unit() || figure == nullptr || !figure->has_number()) continue;
        has_reached = true;
        reached += HundredthsOf(figure->number());
      }
    }
    if (has_target) total.set_target(PrintNumber(target));
    if (!has_reached || target == 0) return;
    total.set_percent_of_target(PrintFixed(DivideRounded(reached * 100 * 100, target)));
  }

  const History& history_;
  const v1::ComputeTotalsRequest& request_;
  const int64_t position_;
  const v1::Form* form_ = nullptr;
  const v1::ClusterYear* year_ = nullptr;
  // Who should have reported, and who of them is the predecessor of a unit that was asked for.
  std::set<std::string> reporters_{};
  std::set<std::string> stand_ins_{};
  // The units asked for in whose place predecessors stand.
  std::set<std::string> merged_{};
  std::vector<const v1::Submission*> reports_{};
  Expected<v1::ComputeTotalsResponse> expected_{};
};

}  // namespace

Expected<v1::ComputeTotalsResponse> Model::Handle(const v1::ComputeTotalsRequest& request) {
  int64_t position = history_.head();
  if (!request.known_at_token().empty()) position = std::stoll(request.known_at_token().substr(1));
  return Totals(history_, request, position).Compute();
}

}  // namespace reporting::model
