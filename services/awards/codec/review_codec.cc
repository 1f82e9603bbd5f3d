#include "services/awards/codec/review_codec.h"

#include <array>
#include <variant>

#include "services/awards/codec/evidence_codec.h"
#include "services/awards/codec/fields.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;

void WriteVerdict(const Verdict& verdict, v1::Assessment& proto) {
  if (const auto* points = std::get_if<common::Decimal>(&verdict)) {
    proto.set_points(points->ToString());
  } else if (std::holds_alternative<DoesNotApply>(verdict)) {
    proto.set_not_applicable(true);
  }
}

}  // namespace

Assessment ParseAssessment(const v1::Assessment& proto, Violations& violations) {
  Assessment assessment{.unit = proto.unit(),
                        .criterion = proto.criterion(),
                        .role = EnumFrom<AssessmentRole::kAgreement>(proto.role())};
  if (proto.verdict_case() == v1::Assessment::kPoints) {
    assessment.verdict = TakeDecimal("assessment.points", proto.points(), violations);
  } else if (proto.verdict_case() == v1::Assessment::kNotApplicable) {
    RequireTrue("assessment.not_applicable", proto.not_applicable(), violations);
    assessment.verdict = DoesNotApply{};
  }
  assessment.person = TakeText("assessment.person", proto.person(), kPersonLimit, violations);
  assessment.person_unit = proto.person_unit();
  assessment.reason = TakeText("assessment.reason", proto.reason(), kTextLimit, violations);
  assessment.evidence = ParseEvidence(proto.evidence(), "assessment.evidence", violations);
  return assessment;
}

v1::Assessment ToProto(const Assessment& assessment) {
  v1::Assessment proto;
  proto.set_unit(assessment.unit);
  proto.set_criterion(assessment.criterion);
  proto.set_role(EnumTo<v1::Assessment::Role>(assessment.role));
  WriteVerdict(assessment.verdict, proto);
  proto.set_person(assessment.person);
  proto.set_person_unit(assessment.person_unit);
  proto.set_reason(assessment.reason);
  for (const Evidence& evidence : assessment.evidence) *proto.add_evidence() = ToProto(evidence);
  return proto;
}

Statement ParseStatement(const v1::Statement& proto, Violations& violations) {
  return {.unit = proto.unit(),
          .criterion = proto.criterion(),
          .text = TakeText("statement.text", proto.text(), kTextLimit, violations),
          .person = TakeText("statement.person", proto.person(), kPersonLimit, violations),
          .person_unit = proto.person_unit(),
          .evidence = ParseEvidence(proto.evidence(), "statement.evidence", violations)};
}

v1::Statement ToProto(const Statement& statement) {
  v1::Statement proto;
  proto.set_unit(statement.unit);
  proto.set_criterion(statement.criterion);
  proto.set_text(statement.text);
  proto.set_person(statement.person);
  proto.set_person_unit(statement.person_unit);
  for (const Evidence& evidence : statement.evidence) *proto.add_evidence() = ToProto(evidence);
  return proto;
}

v1::Assessment AsAssessment(const Appraisal& appraisal) {
  v1::Assessment proto;
  proto.set_unit(appraisal.unit);
  proto.set_criterion(appraisal.criterion);
  proto.set_role(v1::Assessment::ROLE_APPRAISAL);
  WriteVerdict(appraisal.verdict, proto);
  proto.set_person(appraisal.appraiser);
  proto.set_person_unit(appraisal.appraiser_unit);
  proto.set_reason(appraisal.reason);
  if (!appraisal.evidence.empty()) proto.add_evidence()->set_reference(appraisal.evidence);
  return proto;
}

ReviewDuties DutiesOf(const v1::Review& review) {
  return {.own_unit = review.own_unit(),
          .cross_checker = review.cross_checker(),
          .appraiser_unit = review.appraiser_unit()};
}

std::string_view WordOf(AssessmentRole role) {
  static constexpr auto kWords =
      std::to_array<std::string_view>({"none", "self", "cross-check", "appraisal", "agreement"});
  return kWords.at(static_cast<size_t>(role));
}

}  // namespace awards
