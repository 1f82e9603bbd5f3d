// Calls about units, clusters, pacts and definitions.
#include <algorithm>
#include <utility>

#include "tests/services/reporting/model/generator.h"
#include "tests/services/reporting/model/shared_definitions.h"

namespace reporting::model {

v1::CreateUnitRequest Generator::NewAlliance(const std::string& id) {
  v1::CreateUnitRequest request;
  request.set_unit_id(tag_ + "-" + id);
  request.mutable_unit()->set_kind(v1::Unit::KIND_ALLIANCE);
  v1::DatedTitle& title = *request.mutable_unit()->add_titles();
  title.mutable_title()->set_vi("Liên minh " + id);
  if (id == "d" && random_.Percent(60)) {
    title.set_valid_from(random_.OneOf<const char*>({"2026-07-01", "2027-01-01"}));
  }
  if (random_.Percent(30)) request.mutable_unit()->add_province_codes()->set_code("27");
  return request;
}

v1::CreateUnitRequest Generator::NewCooperative(const std::string& id) {
  v1::CreateUnitRequest request;
  request.set_unit_id(tag_ + "-" + id);
  v1::Unit& unit = *request.mutable_unit();
  unit.set_kind(v1::Unit::KIND_COOPERATIVE);
  unit.set_sector(v1::Unit::SECTOR_AGRICULTURE);
  unit.set_parent(id == "h" ? Unit("a") : SomeAlliance());
  unit.add_titles()->mutable_title()->set_vi("Hợp tác xã " + id);
  unit.set_founding_date("2015-03-02");
  return request;
}

v1::CreateUnitRequest Generator::NewUnit() {
  if (random_.Percent(50)) {
    return NewAlliance(random_.OneOf<const char*>({"d", "d", "d", "a", "h"}));
  }
  v1::CreateUnitRequest request = NewCooperative(random_.OneOf<const char*>({"h", "i", "j", "a"}));
  v1::Unit& unit = *request.mutable_unit();
  if (random_.Percent(8)) unit.set_parent(Unit("h"));
  if (random_.Percent(5)) unit.clear_sector();
  if (random_.Percent(5)) unit.clear_titles();
  if (random_.Percent(5)) unit.add_province_codes()->set_code("27");
  if (random_.Percent(15)) unit.set_founding_date("2026-09-01");
  if (random_.Percent(5)) unit.set_founding_date("2027-02-01");
  return request;
}

v1::UpdateUnitRequest Generator::UpdatedUnit() {
  v1::UpdateUnitRequest request;
  const std::string name = random_.Percent(30) ? Unit("h") : SomeAlliance();
  const auto* stored = model_.history().Find<v1::Unit>(name);
  v1::Unit& unit = *request.mutable_unit();
  if (stored != nullptr) unit = *stored;
  unit.clear_etag();
  unit.clear_update_time();
  unit.set_name(name);
  if (random_.Percent(10)) unit.mutable_titles()->Clear();
  if (random_.Percent(10) && !unit.titles().empty()) {
    unit.mutable_titles(0)->mutable_title()->set_vi("Tên khác");
  }
  if (random_.Percent(85)) {
    v1::DatedTitle& title = *unit.add_titles();
    title.mutable_title()->set_vi(absl::StrCat("Tên mới ", unit.titles_size()));
    title.set_valid_from(absl::StrCat(2026 + unit.titles_size() - random_.Below(2), "-08-01"));
  }
  if (random_.Percent(20)) {
    v1::DatedCode& code = *unit.add_province_codes();
    code.set_code("24");
    if (unit.province_codes_size() > 1) code.set_valid_from("2025-07-01");
  }
  return request;
}

v1::MergeUnitsRequest Generator::Merger() {
  v1::MergeUnitsRequest request;
  std::vector<std::string> ids = {"a", "b", "c", "d"};
  for (size_t i = ids.size() - 1; i > 0; --i) std::swap(ids[i], ids[random_.Below(i + 1)]);
  request.set_successor(Unit(ids[0]));
  request.add_predecessors(Unit(ids[1]));
  if (random_.Percent(40)) request.add_predecessors(Unit(ids[2]));
  if (random_.Percent(5)) {
    request.add_predecessors(Unit(random_.OneOf<const char*>({"a", "x", "h"})));
  }
  if (random_.Percent(3)) request.clear_predecessors();
  request.set_date(random_.OneOf<const char*>(
      {"2026-07-01", "2026-07-01", "2026-07-01", "2027-01-01", "2027-01-01", "2026-01-01"}));
  if (!random_.Percent(4)) request.set_legal_basis("Nghị quyết 202/2025/QH15");
  return request;
}

v1::DueReport Generator::Due(const std::string& form, v1::ValueKind kind, int begin) {
  v1::DueReport due;
  due.set_form(form);
  due.set_period("2026");
  due.set_value_kind(kind);
  due.set_opens(Day(begin));
  due.set_due(Day(begin + 6));
  due.set_grace_end(Day(begin + 9));
  due.set_closes(Day(begin + 18));
  return due;
}

v1::CreateClusterYearRequest Generator::NewYear() {
  v1::CreateClusterYearRequest request;
  request.set_parent(Cluster());
  request.set_cluster_year_id("2026");
  v1::ClusterYear& year = *request.mutable_cluster_year();
  year.add_members(Unit("a"));
  year.add_members(Unit("b"));
  if (random_.Percent(40)) year.add_members(Unit("c"));
  if (random_.Percent(3)) year.add_members(Unit(random_.OneOf<const char*>({"h", "x"})));
  year.set_head(random_.Percent(3) ? Unit("d") : Unit("a"));
  if (random_.Percent(50)) year.add_vice_heads(random_.Percent(4) ? Unit("a") : Unit("b"));
  *year.add_calendar() = Due(form_, v1::VALUE_KIND_ESTIMATE, -1);
  *year.add_calendar() = Due(form_, v1::VALUE_KIND_FINAL, random_.OneOf<int>({-1, 2}));
  *year.add_calendar() = Due("forms/cooperative", v1::VALUE_KIND_ESTIMATE, -1);
  if (random_.Percent(2)) year.mutable_calendar(0)->set_period("2027");
  if (random_.Percent(2)) year.mutable_calendar(0)->set_due(Day(-5));
  year.set_scored_value_kind(random_.Percent(70) ? v1::VALUE_KIND_ESTIMATE : v1::VALUE_KIND_FINAL);
  year.set_receipt_basis(basis_);
  return request;
}

v1::AdvanceClusterYearRequest Generator::Advance() {
  v1::AdvanceClusterYearRequest request;
  request.set_name(HasNextYear() && random_.Percent(60) ? NextYear() : Year());
  const auto* year = model_.history().Find<v1::ClusterYear>(request.name());
  const int state = year == nullptr ? 1 : static_cast<int>(year->state());
  const int next = state + random_.OneOf<int>({1, 1, 1, 1, 2, 3, 0, -1, 5});
  request.set_state(static_cast<v1::ClusterYear::State>(std::min(std::max(next, 1), 12)));
  if (random_.Percent(8)) request.set_state(v1::ClusterYear::STATE_VOTED);
  return request;
}

v1::HandOverClusterYearRequest Generator::HandOver() {
  v1::HandOverClusterYearRequest request;
  request.set_name(Year());
  request.set_date("2027-03-01");
  v1::ClusterYear& next = *request.mutable_next();
  next.set_head(random_.Percent(80) ? Unit("b") : Unit("d"));
  if (random_.Percent(30)) {
    next.add_members(Unit("b"));
    next.add_members(Unit("d"));
  }
  *next.add_calendar() = Due(form_, v1::VALUE_KIND_ESTIMATE, -1);
  next.mutable_calendar(0)->set_period(random_.Percent(5) ? "2026" : "2027");
  next.set_scored_value_kind(v1::VALUE_KIND_ESTIMATE);
  next.set_receipt_basis(v1::ClusterYear::RECEIPT_BASIS_SERVER_CLOCK);
  return request;
}

Request Generator::PickRegistry() {
  const auto* year = model_.history().Find<v1::ClusterYear>(Year());
  const bool is_voted = year != nullptr && year->state() >= v1::ClusterYear::STATE_VOTED;
  if (is_voted && random_.Percent(50)) return HandOver();
  switch (random_.Below(12)) {
    case 0:
    case 1:
      return NewUnit();
    case 2:
    case 3:
      return UpdatedUnit();
    case 4:
    case 5:
      return Merger();
    case 6:
    case 7:
    case 8:
    case 9:
      return Advance();
    case 10:
      return HandOver();
    default:
      return NewYear();
  }
}

v1::Target Generator::SomeTarget() {
  v1::Target target;
  target.set_unit(Unit(random_.OneOf<const char*>({"a", "a", "a", "b", "b", "b", "c"})));
  target.set_indicator(Indicator(random_.OneOf<const char*>({"TOTAL", "NEW"})));
  if (random_.Percent(3)) target.set_indicator(Indicator("NONE"));
  target.set_number(random_.OneOf<const char*>({"100", "80", "12", "7", "0"}));
  if (random_.Percent(5)) target.set_number(random_.OneOf<const char*>({"1.5", "-1", "1e3"}));
  const char* period = random_.OneOf<const char*>({"", "", "2026", "2026-Q2"});
  if (random_.Percent(3)) period = "2025";
  target.set_period(period);
  return target;
}

v1::CreatePactRequest Generator::NewPact() {
  v1::CreatePactRequest request;
  request.set_parent(random_.Percent(97) ? Year() : Cluster() + "/years/2030");
  const size_t size = random_.OneOf<size_t>({1, 1, 2, 3});
  for (size_t i = 0; i < size; ++i) *request.mutable_pact()->add_targets() = SomeTarget();
  return request;
}

v1::SignPactRequest Generator::Signing() {
  v1::SignPactRequest request;
  request.set_name(Year() + "/pact");
  request.set_unit(Unit(random_.OneOf<const char*>({"a", "b", "c", "d"})));
  const auto* year = model_.history().Find<v1::ClusterYear>(Year());
  const auto* pact = model_.history().Find<v1::Pact>(request.name());
  if (year != nullptr && pact != nullptr && random_.Percent(70)) {
    // The member whose turn it is.
    const int signed_count =
        pact->has_proposal() ? pact->proposal().signatures_size() : pact->signatures_size();
    request.set_unit(year->members(signed_count % year->members_size()));
  }
  if (!random_.Percent(3)) request.set_signer("Nguyễn Văn An, Chủ tịch");
  request.set_date("2026-01-15");
  return request;
}

v1::RevisePactRequest Generator::Revision() {
  v1::RevisePactRequest request;
  request.set_name(Year() + "/pact");
  const auto* pact = model_.history().Find<v1::Pact>(request.name());
  if (pact != nullptr) *request.mutable_targets() = pact->targets();
  if (!random_.Percent(25)) *request.add_targets() = SomeTarget();
  if (random_.Percent(30) && !request.targets().empty()) {
    request.mutable_targets(0)->set_number("55");
  }
  if (request.targets_size() > 1) request.mutable_targets()->SwapElements(0, 1);
  if (!random_.Percent(3)) request.set_reason("Bão số 3");
  return request;
}

Request Generator::PickPact() {
  const std::string name = Year() + "/pact";
  if (model_.history().Find<v1::Pact>(name) == nullptr && !random_.Percent(10)) return NewPact();
  const auto* pact = model_.history().Find<v1::Pact>(name);
  const bool is_signed = pact != nullptr && pact->state() == v1::Pact::STATE_SIGNED;
  if (is_signed && !pact->has_proposal() && random_.Percent(50)) return Revision();
  switch (random_.Below(11)) {
    case 0:
      return NewPact();
    case 1: {
      v1::UpdatePactRequest request;
      request.mutable_pact()->set_name(name);
      *request.mutable_pact()->mutable_targets() = NewPact().pact().targets();
      return request;
    }
    case 2: {
      v1::GetPactRequest request;
      request.set_name(name);
      return request;
    }
    case 3:
      return Revision();
    default:
      return Signing();
  }
}

Request Generator::PickDefinition() {
  if (random_.Percent(40)) {
    v1::UpdateIndicatorRequest request;
    v1::Indicator& indicator = *request.mutable_indicator();
    const auto* stored = model_.history().Find<v1::Indicator>(Indicator("NEW"));
    if (stored != nullptr) indicator = *stored;
    indicator.clear_etag();
    indicator.clear_update_time();
    indicator.clear_definition_version();
    indicator.set_name(Indicator("NEW"));
    indicator.set_maximum(random_.OneOf<const char*>({"1000", "800", "550"}));
    return stored == nullptr ? Request(NewIndicators(prefix_).at(1)) : Request(request);
  }
  v1::UpdateFormRequest request;
  v1::Form& form = *request.mutable_form();
  const auto* stored = model_.history().Find<v1::Form>(form_);
  if (stored == nullptr) return NewAnnualForm(tag_ + "-annual", prefix_);
  form = *stored;
  form.clear_etag();
  form.clear_update_time();
  form.clear_version();
  form.mutable_rules(0)->set_condition(
      absl::StrCat(prefix_, "NEW <= ", random_.OneOf<const char*>({"500", "50", "20"})));
  if (random_.Percent(30)) form.mutable_fields(1)->set_required(!form.fields(1).required());
  return request;
}

}  // namespace reporting::model
