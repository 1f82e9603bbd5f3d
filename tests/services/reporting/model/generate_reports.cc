// Calls about submissions, and reads.
#include <algorithm>
#include <optional>
#include <utility>

#include "tests/services/reporting/model/generator.h"
#include "tests/services/reporting/model/number.h"

namespace reporting::model {
namespace {

using thidua::type::v1::Figure;

Figure Of(const std::string& indicator, const std::string& number) {
  Figure figure;
  figure.set_indicator(indicator);
  figure.set_number(number);
  return figure;
}

}  // namespace

Generator::Figures Generator::SomeFigures(bool of_cooperative) {
  // Cooperatives report with the definitions that all share.
  const auto name = [&](const std::string& code) {
    return of_cooperative ? "indicators/" + code : Indicator(code);
  };
  Figures figures;
  const bool is_large = random_.Percent(25);
  *figures.Add() =
      Of(name("TOTAL"), is_large ? random_.OneOf<const char*>({"999", "1000"})
                                 : random_.OneOf<const char*>({"10", "25", "70", "0"}));
  if (!random_.Percent(15)) {
    *figures.Add() = Of(name("NEW"), is_large && random_.Percent(50)
                                         ? random_.OneOf<const char*>({"600", "501"})
                                         : random_.OneOf<const char*>({"0", "3", "7", "10"}));
  }
  if (!of_cooperative && !random_.Percent(30)) {
    *figures.Add() = Of(name("INCOME"), random_.OneOf<const char*>({"12.50", "7.25", "100", "3"}));
  }
  for (Figure& figure : figures) {
    if (random_.Percent(5)) figure.set_not_applicable(true);
    if (random_.Percent(5)) figure.set_note("Theo báo cáo giấy");
  }
  if (random_.Percent(30) && figures.size() > 1) figures.SwapElements(0, figures.size() - 1);
  if (random_.Percent(10)) Spoil(figures);
  return figures;
}

void Generator::Spoil(Figures& figures) {
  Figure& figure = *figures.Mutable(static_cast<int>(random_.Below(size_t(figures.size()))));
  switch (random_.Below(6)) {
    case 0:
      figure.set_number(random_.OneOf<const char*>({"1e3", "", "007", "1,5", "-0"}));
      break;
    case 1:
      figure.set_number("-4");
      break;
    case 2:
      figure.set_number("1.234");
      break;
    case 3:
      figure.set_indicator(Indicator("NONE"));
      break;
    case 4:
      *figures.Add() = figure;
      break;
    default:
      figures.DeleteSubrange(0, 1);
      break;
  }
}

Generator::Explanations Generator::SomeExplanations(const Figures& figures) {
  Explanations explanations;
  bool is_big = random_.Percent(2);
  for (const Figure& figure : figures) {
    if (figure.indicator() != Indicator("NEW") || !figure.has_number()) continue;
    const auto number = ParseNumber(figure.number());
    is_big = is_big || (number.has_value() && number->hundredths > 500 * 100);
  }
  if (!is_big || random_.Percent(15)) return explanations;
  v1::Explanation& explanation = *explanations.Add();
  explanation.set_finding("rules/big");
  explanation.set_text(random_.OneOf<const char*>({"Sáp nhập xã", "Đợt vận động lớn"}));
  return explanations;
}

v1::Report Generator::SomeReport(absl::Time now) {
  v1::Report report;
  const bool has_cooperative = model_.history().Find<v1::Unit>(Unit("h")) != nullptr;
  const bool of_cooperative = random_.Percent(has_cooperative ? 18 : 2);
  report.set_unit(of_cooperative ? Unit(random_.OneOf<const char*>({"h", "h", "h", "h", "i"}))
                                 : Unit(random_.OneOf<const char*>(
                                       {"a", "a", "a", "a", "b", "b", "b", "c", "c", "d"})));
  const bool is_there = model_.history().Find<v1::Unit>(report.unit()) != nullptr;
  if (!is_there && random_.Percent(85)) report.set_unit(Unit(of_cooperative ? "h" : "a"));
  report.set_form(of_cooperative ? "forms/cooperative" : form_);
  report.set_period("2026");
  report.set_value_kind(of_cooperative || random_.Percent(65) ? v1::VALUE_KIND_ESTIMATE
                                                              : v1::VALUE_KIND_FINAL);
  *report.mutable_figures() = SomeFigures(of_cooperative);
  if (!of_cooperative) *report.mutable_explanations() = SomeExplanations(report.figures());
  if (random_.Percent(20)) report.set_source("Công văn 12");
  if (random_.Percent(20)) report.set_author("Trần Thị Bình");
  const bool states_time = basis_ == v1::ClusterYear::RECEIPT_BASIS_TRANSCRIBED;
  if (states_time != random_.Percent(2)) {
    *report.mutable_receive_time() =
        ToTimestamp(now - absl::Hours(random_.OneOf<int>({0, 5, 40, 100, -1})));
  }
  if (HasNextYear() && random_.Percent(50)) {
    report.set_period("2027");
    report.set_value_kind(v1::VALUE_KIND_ESTIMATE);
  }
  const auto* stored = model_.history().Find<v1::Submission>(SubmissionName(report));
  if (stored != nullptr && random_.Percent(30)) {
    // What is stored, once more.
    *report.mutable_figures() = stored->figures();
    report.clear_explanations();
    for (const v1::Finding& finding : stored->findings()) {
      v1::Explanation& explanation = *report.add_explanations();
      explanation.set_finding(finding.finding());
      explanation.set_text(finding.explanation());
    }
    std::reverse(report.mutable_figures()->begin(), report.mutable_figures()->end());
  }
  switch (random_.Below(120)) {
    case 0:
      report.set_unit(Unit("x"));
      break;
    case 1:
      report.set_form("forms/none");
      break;
    case 2:
      report.set_period(random_.OneOf<const char*>({"2026-Q1", "2027", "2027", "26"}));
      break;
    case 3:
      report.set_form(of_cooperative ? form_ : "forms/cooperative");
      break;
    default:
      break;
  }
  return report;
}

v1::RestateSubmissionRequest Generator::Restatement() {
  v1::RestateSubmissionRequest request;
  request.set_name(SomeSubmission({v1::Submission::STATE_ACCEPTED, v1::Submission::STATE_LOCKED}));
  const auto* stored = model_.history().Find<v1::Submission>(request.name());
  const bool of_cooperative = stored != nullptr && stored->form() == "forms/cooperative";
  *request.mutable_figures() = SomeFigures(of_cooperative);
  if (!of_cooperative) *request.mutable_explanations() = SomeExplanations(request.figures());
  if (stored != nullptr && random_.Percent(20)) *request.mutable_figures() = stored->figures();
  if (!random_.Percent(3)) request.set_reason("Đối chiếu lại");
  if (!random_.Percent(3)) request.set_approver("Lê Văn Cường");
  return request;
}

v1::ReturnSubmissionRequest Generator::Return() {
  v1::ReturnSubmissionRequest request;
  request.set_name(SomeSubmission({v1::Submission::STATE_SUBMITTED}));
  v1::ReturnReason& reason = *request.mutable_return_reason();
  if (!random_.Percent(3)) reason.set_reviewer("Phạm Thị Dung");
  if (!random_.Percent(3)) reason.set_reason("Số liệu chưa khớp");
  const auto* stored = model_.history().Find<v1::Submission>(request.name());
  const bool of_cooperative = stored != nullptr && stored->form() == "forms/cooperative";
  while (random_.Percent(30)) {
    v1::FigureReason& figure = *reason.add_figures();
    const std::string code = random_.OneOf<const char*>({"TOTAL", "NEW", "NEW", "NONE"});
    figure.set_indicator(of_cooperative ? "indicators/" + code : Indicator(code));
    figure.set_reason("Kiểm tra lại");
  }
  return request;
}

Request Generator::PickReview() {
  using State = v1::Submission;
  const auto named = [&](auto request, State::State state) {
    request.set_name(SomeSubmission({state}));
    return request;
  };
  switch (random_.Below(16)) {
    case 0:
    case 1:
    case 2:
      return named(v1::SubmitDraftRequest(), State::STATE_DRAFT);
    case 3:
      return named(v1::WithdrawDraftRequest(), State::STATE_DRAFT);
    case 4:
    case 5:
    case 6:
    case 7:
    case 8:
      return named(v1::AcceptSubmissionRequest(), State::STATE_SUBMITTED);
    case 9:
    case 10:
      return Return();
    case 11:
      return named(v1::LockSubmissionRequest(), State::STATE_ACCEPTED);
    default:
      return Restatement();
  }
}

v1::CompareSubmissionsRequest Generator::Comparison() {
  v1::CompareSubmissionsRequest request;
  request.mutable_content()->set_submission(SomeSubmission());
  if (random_.Percent(30)) request.mutable_content()->set_revision(1 + int(random_.Below(2)));
  if (random_.Percent(35)) {
    request.set_last_accepted(true);
    return request;
  }
  *request.mutable_base_content() = request.content();
  if (random_.Percent(30)) request.mutable_base_content()->set_submission(SomeSubmission());
  request.mutable_base_content()->set_revision(int(random_.Below(3)));
  return request;
}

v1::ListSubmissionsRequest Generator::Listing() {
  v1::ListSubmissionsRequest request;
  if (random_.Percent(60)) {
    request.set_cluster_year(Year());
  } else {
    request.set_unit(SomeAlliance());
  }
  if (random_.Percent(20)) request.set_form(form_);
  if (random_.Percent(20)) request.set_period("2026");
  if (random_.Percent(20)) request.set_value_kind(v1::VALUE_KIND_FINAL);
  if (random_.Percent(20)) request.set_state(v1::Submission::STATE_ACCEPTED);
  if (random_.Percent(10)) request.set_with_findings(true);
  request.set_page_size(1 + int(random_.Below(3)));
  return request;
}

v1::ComputeTotalsRequest Generator::TotalsQuery() {
  v1::ComputeTotalsRequest request;
  const bool has_cooperative = model_.history().Find<v1::Unit>(Unit("h")) != nullptr;
  const bool of_cooperatives = random_.Percent(has_cooperative ? 18 : 2);
  request.set_form(of_cooperatives ? "forms/cooperative" : form_);
  request.set_period("2026");
  request.set_value_kind(of_cooperatives || random_.Percent(60) ? v1::VALUE_KIND_ESTIMATE
                                                                : v1::VALUE_KIND_FINAL);
  if (random_.Percent(60)) {
    request.set_cluster_year(Year());
    if (!of_cooperatives && HasNextYear() && random_.Percent(50)) {
      request.set_cluster_year(NextYear());
      request.set_period("2027");
      request.set_value_kind(v1::VALUE_KIND_ESTIMATE);
    }
    if (!of_cooperatives && random_.Percent(40)) request.clear_value_kind();
    return request;
  }
  std::vector<std::string> units = {"a", "b", "c", "d"};
  if (of_cooperatives) units = {"h", "i"};
  for (const std::string& unit : units) {
    const bool is_there = model_.history().Find<v1::Unit>(Unit(unit)) != nullptr;
    if (random_.Percent(is_there ? 50 : 4)) request.add_units(Unit(unit));
  }
  if (request.units().empty()) request.add_units(Unit(units.front()));
  if (random_.Percent(2)) request.add_units(Unit(of_cooperatives ? "a" : "h"));
  if (random_.Percent(10)) request.set_period("2027");
  return request;
}

Request Generator::PickRead() {
  const auto named = [](auto request, const std::string& name) {
    request.set_name(name);
    return request;
  };
  const size_t die = random_.Below(20);
  if (die >= 6 && die < 14 && Submissions().empty()) return TotalsQuery();
  switch (die) {
    case 0:
      return named(v1::GetUnitRequest(), SomeAlliance());
    case 1: {
      v1::ListUnitsRequest request;
      request.set_parent(SomeAlliance());
      request.set_page_size(1);
      return request;
    }
    case 2:
      return named(v1::GetClusterYearRequest(), Year());
    case 3: {
      v1::ListClusterYearsRequest request;
      request.set_parent(Cluster());
      request.set_page_size(1);
      return request;
    }
    case 4: {
      auto request = named(v1::GetFormRequest(), form_);
      request.set_version(int(random_.Below(3)));
      return request;
    }
    case 5: {
      auto request = named(v1::GetIndicatorRequest(), Indicator("NEW"));
      request.set_definition_version(int(random_.Below(3)));
      return request;
    }
    case 6:
    case 7: {
      auto request = named(v1::GetSubmissionRequest(), SomeSubmission());
      request.set_revision(int(random_.Below(4)));
      return request;
    }
    case 8:
    case 9:
      return Listing();
    case 10: {
      auto request = named(v1::ListSubmissionVersionsRequest(), SomeSubmission());
      request.set_page_size(1 + int(random_.Below(3)));
      return request;
    }
    case 11:
    case 12:
    case 13:
      return Comparison();
    default:
      return TotalsQuery();
  }
}

}  // namespace reporting::model
