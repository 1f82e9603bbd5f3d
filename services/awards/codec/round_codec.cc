#include "services/awards/codec/round_codec.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "services/awards/codec/fields.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;

std::optional<common::Decimal> ParseStandard(const v1::Share& proto, const std::string& path,
                                             Violations& violations) {
  if (proto.standard().empty()) return std::nullopt;
  return TakeDecimal(path, proto.standard(), violations);
}

QuotaRule ParseQuota(const v1::Award& proto, const std::string& path, Violations& violations) {
  switch (proto.quota_case()) {
    case v1::Award::kFixed:
      return FixedQuota{.places = proto.fixed()};
    case v1::Award::kShare:
      return ShareQuota{
          .percent = TakeDecimal(Join(path, "share.percent"), proto.share().percent(), violations),
          .basis = EnumFrom<ShareBasis::kMeetingStandard>(proto.share().basis()),
          .standard = ParseStandard(proto.share(), Join(path, "share.standard"), violations)};
    case v1::Award::QUOTA_NOT_SET:
      break;
  }
  return std::monostate{};
}

Award ParseAward(const v1::Award& proto, const std::string& path, Violations& violations) {
  return {.id = proto.id(),
          .title = TakeTitle(Join(path, "title"), proto.title(), violations),
          .quota = ParseQuota(proto, path, violations),
          .boundary = EnumFrom<Boundary::kBallot>(proto.boundary()),
          .kind = EnumFrom<AwardKind::kThematic>(proto.kind())};
}

GateCondition ParseCondition(const v1::Gate& proto, const std::string& path,
                             Violations& violations) {
  switch (proto.condition_case()) {
    case v1::Gate::kPactSigned:
      RequireTrue(Join(path, "pact_signed"), proto.pact_signed(), violations);
      return PactSigned{};
    case v1::Gate::kReportsComplete:
      RequireTrue(Join(path, "reports_complete"), proto.reports_complete(), violations);
      return ReportsComplete{};
    case v1::Gate::kMinimumTotal:
      return MinimumTotal{
          .points = TakeDecimal(Join(path, "minimum_total"), proto.minimum_total(), violations)};
    case v1::Gate::kMinimumAge:
      return MinimumAge{.months = proto.minimum_age().months(), .date = proto.minimum_age().date()};
    case v1::Gate::kFigureAtMost:
      return FigureAtMost{.indicator = proto.figure_at_most().indicator(),
                          .number = TakeDecimal(Join(path, "figure_at_most.number"),
                                                proto.figure_at_most().number(), violations)};
    case v1::Gate::kNoHold:
      RequireTrue(Join(path, "no_hold"), proto.no_hold(), violations);
      return NoHold{};
    case v1::Gate::kNoRevocation:
      RequireTrue(Join(path, "no_revocation"), proto.no_revocation(), violations);
      return NoRevocation{};
    case v1::Gate::kNotDissolved:
      RequireTrue(Join(path, "not_dissolved"), proto.not_dissolved(), violations);
      return NotDissolved{};
    case v1::Gate::CONDITION_NOT_SET:
      break;
  }
  return std::monostate{};
}

Category ParseCategory(const v1::Category& proto, const std::string& path, Violations& violations) {
  Category category{.id = proto.id(),
                    .title = TakeTitle(Join(path, "title"), proto.title(), violations),
                    .entrants = EnumFrom<Entrants::kNonAgriculturalCooperatives>(proto.entrants()),
                    .rubric = proto.rubric(),
                    .form = proto.form(),
                    .period = proto.period(),
                    .award = ParseAward(proto.award(), Join(path, "award"), violations)};
  for (int i = 0; i < proto.gates_size(); ++i) {
    const std::string gate = Item(Join(path, "gates"), static_cast<size_t>(i));
    category.gates.push_back(
        {.id = proto.gates(i).id(),
         .title = TakeTitle(Join(gate, "title"), proto.gates(i).title(), violations),
         .condition = ParseCondition(proto.gates(i), gate, violations)});
  }
  return category;
}

RoundState ParseState(v1::Round::State state) {
  if (state == v1::Round::STATE_NOMINATED) return RoundState::kNominated;
  if (state == v1::Round::STATE_SCORED) return RoundState::kScored;
  return RoundState::kOpen;
}

v1::Round::State StateToProto(RoundState state) {
  switch (state) {
    case RoundState::kOpen:
      return v1::Round::STATE_OPEN;
    case RoundState::kScored:
      return v1::Round::STATE_SCORED;
    case RoundState::kNominated:
      return v1::Round::STATE_NOMINATED;
  }
  return v1::Round::STATE_UNSPECIFIED;
}

void Write(const Award& award, v1::Award& proto) {
  proto.set_id(award.id);
  *proto.mutable_title() = ToProto(award.title);
  if (const auto* fixed = std::get_if<FixedQuota>(&award.quota)) proto.set_fixed(fixed->places);
  if (const auto* share = std::get_if<ShareQuota>(&award.quota)) {
    proto.mutable_share()->set_percent(share->percent.ToString());
    proto.mutable_share()->set_basis(EnumTo<v1::Share::Basis>(share->basis));
    if (share->standard) proto.mutable_share()->set_standard(share->standard->ToString());
  }
  proto.set_boundary(EnumTo<v1::Award::Boundary>(award.boundary));
  proto.set_kind(EnumTo<v1::Award::Kind>(award.kind));
}

void Write(const GateCondition& condition, v1::Gate& proto) {
  if (std::holds_alternative<PactSigned>(condition)) proto.set_pact_signed(true);
  if (std::holds_alternative<ReportsComplete>(condition)) proto.set_reports_complete(true);
  if (std::holds_alternative<NoHold>(condition)) proto.set_no_hold(true);
  if (std::holds_alternative<NoRevocation>(condition)) proto.set_no_revocation(true);
  if (std::holds_alternative<NotDissolved>(condition)) proto.set_not_dissolved(true);
  if (const auto* total = std::get_if<MinimumTotal>(&condition)) {
    proto.set_minimum_total(total->points.ToString());
  }
  if (const auto* age = std::get_if<MinimumAge>(&condition)) {
    proto.mutable_minimum_age()->set_months(age->months);
    proto.mutable_minimum_age()->set_date(age->date);
  }
  if (const auto* figure = std::get_if<FigureAtMost>(&condition)) {
    proto.mutable_figure_at_most()->set_indicator(figure->indicator);
    proto.mutable_figure_at_most()->set_number(figure->number.ToString());
  }
}

void Write(const Category& category, v1::Category& proto) {
  proto.set_id(category.id);
  *proto.mutable_title() = ToProto(category.title);
  proto.set_entrants(EnumTo<v1::Category::Entrants>(category.entrants));
  proto.set_rubric(category.rubric);
  proto.set_form(category.form);
  proto.set_period(category.period);
  Write(category.award, *proto.mutable_award());
  for (const Gate& gate : category.gates) {
    v1::Gate& added = *proto.add_gates();
    added.set_id(gate.id);
    *added.mutable_title() = ToProto(gate.title);
    Write(gate.condition, added);
  }
}

}  // namespace

Round ParseRound(const v1::Round& proto, Violations& violations) {
  Round round{.name = proto.name(),
              .title = TakeTitle("round.title", proto.title(), violations),
              .cluster_year = proto.cluster_year()};
  for (int i = 0; i < proto.categories_size(); ++i) {
    round.categories.push_back(ParseCategory(
        proto.categories(i), Item("round.categories", static_cast<size_t>(i)), violations));
  }
  round.flags_per_province = proto.flags_per_province();
  round.state = ParseState(proto.state());
  round.snapshot_hash = proto.snapshot_hash();
  if (proto.has_score_time()) round.score_time = TimeFrom(proto.score_time());
  round.result = proto.result();
  for (const v1::Reopening& reopening : proto.reopenings()) {
    round.reopenings.push_back({.result = reopening.result(),
                                .person = reopening.person(),
                                .reason = reopening.reason(),
                                .time = TimeFrom(reopening.time())});
  }
  return round;
}

v1::Round ToProto(const Round& round) {
  v1::Round proto;
  proto.set_name(round.name);
  *proto.mutable_title() = ToProto(round.title);
  proto.set_cluster_year(round.cluster_year);
  for (const Category& category : round.categories) Write(category, *proto.add_categories());
  proto.set_flags_per_province(round.flags_per_province);
  proto.set_state(StateToProto(round.state));
  proto.set_snapshot_hash(round.snapshot_hash);
  if (round.score_time) *proto.mutable_score_time() = ToProto(*round.score_time);
  proto.set_result(round.result);
  for (const Reopening& reopening : round.reopenings) {
    v1::Reopening& added = *proto.add_reopenings();
    added.set_result(reopening.result);
    added.set_person(reopening.person);
    added.set_reason(reopening.reason);
    *added.mutable_time() = ToProto(reopening.time);
  }
  return proto;
}

Appraisal ParseAppraisal(const v1::Appraisal& proto, Violations& violations) {
  Appraisal appraisal{.unit = proto.unit(), .criterion = proto.criterion()};
  if (proto.verdict_case() == v1::Appraisal::kPoints) {
    appraisal.verdict = TakeDecimal("appraisal.points", proto.points(), violations);
  } else if (proto.verdict_case() == v1::Appraisal::kNotApplicable) {
    RequireTrue("appraisal.not_applicable", proto.not_applicable(), violations);
    appraisal.verdict = DoesNotApply{};
  }
  appraisal.appraiser =
      TakeText("appraisal.appraiser", proto.appraiser(), kPersonLimit, violations);
  appraisal.appraiser_unit = proto.appraiser_unit();
  appraisal.reason = TakeText("appraisal.reason", proto.reason(), kTextLimit, violations);
  appraisal.evidence = TakeText("appraisal.evidence", proto.evidence(), kTextLimit, violations);
  return appraisal;
}

v1::Appraisal ToProto(const Appraisal& appraisal) {
  v1::Appraisal proto;
  proto.set_unit(appraisal.unit);
  proto.set_criterion(appraisal.criterion);
  if (const auto* points = std::get_if<common::Decimal>(&appraisal.verdict)) {
    proto.set_points(points->ToString());
  } else if (std::holds_alternative<DoesNotApply>(appraisal.verdict)) {
    proto.set_not_applicable(true);
  }
  proto.set_appraiser(appraisal.appraiser);
  proto.set_appraiser_unit(appraisal.appraiser_unit);
  proto.set_reason(appraisal.reason);
  proto.set_evidence(appraisal.evidence);
  return proto;
}

Event ParseEvent(const v1::Event& proto, Violations& violations) {
  return {.unit = proto.unit(),
          .criterion = proto.criterion(),
          .count = proto.count(),
          .date = proto.date(),
          .description = TakeText("event.description", proto.description(), kTextLimit, violations),
          .evidence = TakeText("event.evidence", proto.evidence(), kTextLimit, violations)};
}

v1::Event ToProto(const Event& event) {
  v1::Event proto;
  proto.set_unit(event.unit);
  proto.set_criterion(event.criterion);
  proto.set_count(static_cast<int32_t>(event.count));
  proto.set_date(event.date);
  proto.set_description(event.description);
  proto.set_evidence(event.evidence);
  return proto;
}

}  // namespace awards
