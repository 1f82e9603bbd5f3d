#include "services/awards/codec/nomination_codec.h"

#include "services/awards/codec/evidence_codec.h"
#include "services/awards/codec/fields.h"

namespace awards {

namespace v1 = thidua::awards::v1;

Decision ParseDecision(const v1::Decision& proto, Violations& violations) {
  Decision decision{
      .number = TakeText("decision.number", proto.number(), kPersonLimit, violations),
      .date = proto.date(),
      .authority = TakeText("decision.authority", proto.authority(), kPersonLimit, violations),
      .legal_basis = TakeText("decision.legal_basis", proto.legal_basis(), kTextLimit, violations),
      .nominations = {proto.nominations().begin(), proto.nominations().end()}};
  if (proto.has_document()) {
    decision.document = ParseEvidence(proto.document(), "decision.document", violations);
  }
  return decision;
}

Revocation ParseRevocation(const v1::Revocation& proto, Violations& violations) {
  Revocation revocation{
      .ground = EnumFrom<RevocationGround::kLaterViolation>(proto.ground()),
      .reason = TakeText("revocation.reason", proto.reason(), kTextLimit, violations),
      .number = TakeText("revocation.number", proto.number(), kPersonLimit, violations),
      .date = proto.date(),
      .authority = TakeText("revocation.authority", proto.authority(), kPersonLimit, violations)};
  for (int i = 0; i < proto.recoveries_size(); ++i) {
    const std::string path = Item("revocation.recoveries", static_cast<size_t>(i));
    revocation.recoveries.push_back(
        {.item = TakeText(Join(path, "item"), proto.recoveries(i).item(), kTitleLimit, violations),
         .amount = proto.recoveries(i).amount(),
         .due = proto.recoveries(i).due()});
  }
  return revocation;
}

Hold ParseHold(const v1::Hold& proto, Violations& violations) {
  return {.unit = proto.unit(),
          .matter = EnumFrom<HoldMatter::kPressReport>(proto.matter()),
          .reference = TakeText("hold.reference", proto.reference(), kTextLimit, violations),
          .person = TakeText("hold.person", proto.person(), kPersonLimit, violations),
          .begin_date = proto.begin_date(),
          .end_date = proto.end_date(),
          .conclusion = TakeText("hold.conclusion", proto.conclusion(), kTextLimit, violations),
          .ended_by = TakeText("hold.ended_by", proto.ended_by(), kPersonLimit, violations)};
}

v1::Decision ToProto(const Decision& decision) {
  v1::Decision proto;
  proto.set_number(decision.number);
  proto.set_date(decision.date);
  proto.set_authority(decision.authority);
  proto.set_legal_basis(decision.legal_basis);
  proto.mutable_nominations()->Assign(decision.nominations.begin(), decision.nominations.end());
  if (decision.document) *proto.mutable_document() = ToProto(*decision.document);
  return proto;
}

v1::Revocation ToProto(const Revocation& revocation) {
  v1::Revocation proto;
  proto.set_ground(EnumTo<v1::Revocation::Ground>(revocation.ground));
  proto.set_reason(revocation.reason);
  proto.set_number(revocation.number);
  proto.set_date(revocation.date);
  proto.set_authority(revocation.authority);
  for (const Recovery& recovery : revocation.recoveries) {
    v1::Recovery& added = *proto.add_recoveries();
    added.set_item(recovery.item);
    added.set_amount(recovery.amount);
    added.set_due(recovery.due);
    added.set_recovered_date(recovery.recovered_date);
    added.set_receipt(recovery.receipt);
  }
  return proto;
}

v1::Hold ToProto(const Hold& hold) {
  v1::Hold proto;
  proto.set_unit(hold.unit);
  proto.set_matter(EnumTo<v1::Hold::Matter>(hold.matter));
  proto.set_reference(hold.reference);
  proto.set_person(hold.person);
  proto.set_begin_date(hold.begin_date);
  proto.set_end_date(hold.end_date);
  proto.set_conclusion(hold.conclusion);
  proto.set_ended_by(hold.ended_by);
  return proto;
}

Dossier ParseDossier(const google::protobuf::RepeatedPtrField<v1::DossierItem>& items,
                     const std::string& due, Violations& violations) {
  Dossier dossier{.due = due};
  for (int i = 0; i < items.size(); ++i) {
    const std::string path = Item("items", static_cast<size_t>(i));
    dossier.items.push_back({.id = items[i].id(),
                             .title = TakeTitle(Join(path, "title"), items[i].title(), violations),
                             .optional = items[i].optional(),
                             .due = items[i].due()});
  }
  return dossier;
}

v1::DossierItem ToProto(const DossierItem& item) {
  v1::DossierItem proto;
  proto.set_id(item.id);
  *proto.mutable_title() = ToProto(item.title);
  proto.set_optional(item.optional);
  proto.set_due(item.due);
  return proto;
}

Dossier DossierOf(const v1::Nomination& nomination) {
  Dossier dossier{.due = nomination.dossier_due()};
  for (const v1::DossierItem& item : nomination.dossier()) {
    dossier.items.push_back({.id = item.id(),
                             .optional = item.optional(),
                             .due = item.due(),
                             .is_there = item.has_evidence()});
  }
  return dossier;
}

v1::OpenPlace ToProto(const OpenPlace& open) {
  v1::OpenPlace proto;
  proto.set_category(open.category);
  proto.set_award(open.award);
  proto.set_places(static_cast<int32_t>(open.places));
  proto.set_cause(EnumTo<v1::OpenPlace::Cause>(open.cause));
  proto.mutable_units()->Assign(open.units.begin(), open.units.end());
  proto.set_description(open.description);
  return proto;
}

NominationState StateOf(const v1::Nomination& nomination) {
  return EnumFrom<NominationState::kRevoked>(nomination.state());
}

v1::Nomination::State ToProto(NominationState state) {
  return EnumTo<v1::Nomination::State>(state);
}

}  // namespace awards
