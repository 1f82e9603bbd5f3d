#include "services/awards/service/nomination_moves.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/evidence_codec.h"
#include "services/awards/codec/fields.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/nomination_codec.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/refusal.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/contest.h"
#include "services/awards/service/nomination_records.h"
#include "services/awards/service/requests.h"
#include "services/awards/service/unit_records.h"
#include "services/awards/store/awards_store.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using common::storage::Transaction;

std::string RoundNameOf(const std::string& nomination) { return std::string(RoundOf(nomination)); }

// The dossier as it was, its items due with the whole.
Dossier KeepItems(const v1::Nomination& nomination, const std::string& due) {
  Dossier dossier = DossierOf(nomination);
  dossier.due = due;
  for (DossierItem& item : dossier.items) {
    item.due.clear();
    // Titles are not asked for again.
    item.title.vi = "-";
  }
  return dossier;
}

void WriteDossier(const v1::OpenDossierRequest& request, const Dossier& dossier,
                  v1::Nomination& nomination) {
  nomination.set_dossier_due(request.due());
  if (request.items().empty()) {
    for (v1::DossierItem& item : *nomination.mutable_dossier()) item.clear_due();
    return;
  }
  nomination.clear_dossier();
  for (const DossierItem& item : dossier.items) *nomination.add_dossier() = ToProto(item);
}

// FAILED_PRECONDITION, ILLEGAL_STATE_CHANGE, unless documents are collected.
absl::Status CheckCollecting(const v1::Nomination& nomination) {
  if (StateOf(nomination) == NominationState::kDossierOpen) return absl::OkStatus();
  return IllegalStateChange(nomination.name(), NameOf(StateOf(nomination)),
                            "documents are taken when it is",
                            {NameOf(NominationState::kDossierOpen)});
}

v1::DossierItem* FindItem(v1::Nomination& nomination, const std::string& id) {
  const auto found = std::ranges::find_if(*nomination.mutable_dossier(),
                                          [&](const auto& item) { return item.id() == id; });
  return found == nomination.mutable_dossier()->end() ? nullptr : &*found;
}

absl::Status CheckItemInTime(const v1::Nomination& nomination, const std::string& id,
                             absl::CivilDay today) {
  const Dossier dossier = DossierOf(nomination);
  const auto item = std::ranges::find(dossier.items, id, &DossierItem::id);
  return CheckInTime(dossier, *item, nomination.name(), today);
}

}  // namespace

absl::StatusOr<v1::OpenDossierResponse> OpenDossier(Transaction& transaction,
                                                    const v1::OpenDossierRequest& request) {
  ASSIGN_OR_RETURN(const Stored<v1::Nomination> found, FindNomination(transaction, request.name()));
  v1::Nomination nomination = found.value;
  Violations violations;
  const std::string person = TakeText("person", request.person(), kPersonLimit, violations);
  RequireText(violations, "person", person);
  const bool keeps = request.items().empty() && !nomination.dossier().empty();
  const Dossier dossier = keeps ? KeepItems(nomination, request.due())
                                : ParseDossier(request.items(), request.due(), violations);
  RETURN_IF_ERROR(
      ValidateDossier(dossier, DayInVietNam(transaction.Now()), std::move(violations)).ToStatus());
  RETURN_IF_ERROR(FindNominatedRound(transaction, RoundNameOf(request.name())).status());
  RETURN_IF_ERROR(Move(nomination,
                       {.to = NominationState::kDossierOpen,
                        .mover = Mover::kDossier,
                        .person = person,
                        .reason = absl::StrCat("the dossier is due on ", request.due())},
                       transaction.Now()));
  WriteDossier(request, dossier, nomination);
  v1::OpenDossierResponse response;
  ASSIGN_OR_RETURN(*response.mutable_nomination(), Save(transaction, nomination));
  return response;
}

absl::StatusOr<v1::SubmitDossierItemResponse> SubmitDossierItem(
    Transaction& transaction, const v1::SubmitDossierItemRequest& request) {
  ASSIGN_OR_RETURN(const Stored<v1::Nomination> found, FindNomination(transaction, request.name()));
  v1::Nomination nomination = found.value;
  Violations violations;
  const std::string person = TakeText("person", request.person(), kPersonLimit, violations);
  RequireText(violations, "person", person);
  const Evidence evidence = ParseEvidence(request.evidence(), "evidence", violations);
  CheckEvidence(violations, "evidence", evidence);
  RETURN_IF_ERROR(violations.ToStatus());
  RETURN_IF_ERROR(FindNominatedRound(transaction, RoundNameOf(request.name())).status());
  RETURN_IF_ERROR(CheckCollecting(nomination));
  v1::DossierItem* item = FindItem(nomination, request.item());
  if (item == nullptr) return NotFound(absl::StrCat(request.name(), " ", request.item()));
  RETURN_IF_ERROR(CheckItemInTime(nomination, request.item(), DayInVietNam(transaction.Now())));
  const v1::Evidence document = ToProto(evidence);
  const bool is_same = item->person() == person &&
                       item->evidence().SerializeAsString() == document.SerializeAsString();
  if (!is_same) {
    *item->mutable_evidence() = document;
    item->set_person(person);
    *item->mutable_receive_time() = ToProto(transaction.Now());
  }
  if (IsComplete(DossierOf(nomination))) {
    RETURN_IF_ERROR(Move(nomination,
                         {.to = NominationState::kDossierComplete,
                          .mover = Mover::kDossier,
                          .person = person,
                          .reason = "all required documents are there"},
                         transaction.Now()));
  }
  v1::SubmitDossierItemResponse response;
  ASSIGN_OR_RETURN(*response.mutable_nomination(), Save(transaction, nomination));
  return response;
}

absl::StatusOr<v1::MoveNominationResponse> MoveNomination(
    Transaction& transaction, const v1::MoveNominationRequest& request) {
  ASSIGN_OR_RETURN(const Stored<v1::Nomination> found, FindNomination(transaction, request.name()));
  RETURN_IF_ERROR(CheckEtag(request.etag(), found));
  v1::Nomination nomination = found.value;
  const auto to = EnumFrom<NominationState::kRevoked>(request.to());
  Violations violations;
  const std::string person = TakeText("person", request.person(), kPersonLimit, violations);
  const std::string reason = TakeText("reason", request.reason(), kTextLimit, violations);
  RequireText(violations, "person", person);
  if (to == NominationState::kUnspecified) {
    violations.Add("to", common::kRequiredFieldMissing, "say where to");
  }
  if (NeedsReason(to)) RequireText(violations, "reason", reason);
  RETURN_IF_ERROR(violations.ToStatus());
  if (to != NominationState::kWithdrawn && to != NominationState::kRefused) {
    RETURN_IF_ERROR(FindNominatedRound(transaction, RoundNameOf(request.name())).status());
  }
  RETURN_IF_ERROR(
      Move(nomination, {.to = to, .person = person, .reason = reason}, transaction.Now()));
  if (to == NominationState::kExpired) {
    RETURN_IF_ERROR(
        CheckExpired(DossierOf(nomination), request.name(), DayInVietNam(transaction.Now())));
  }
  v1::MoveNominationResponse response;
  ASSIGN_OR_RETURN(*response.mutable_nomination(), Save(transaction, nomination));
  return response;
}

absl::StatusOr<v1::PlaceHoldResponse> PlaceHold(Transaction& transaction,
                                                const v1::PlaceHoldRequest& request) {
  Violations violations;
  CheckNewId("hold_id", request.hold_id(), violations);
  Hold hold = ParseHold(request.hold(), violations);
  hold.end_date = hold.conclusion = hold.ended_by = "";
  RETURN_IF_ERROR(ValidateHold(hold, std::move(violations)).ToStatus());
  const std::string name = HoldName(request.hold_id());
  ASSIGN_OR_RETURN(const auto taken, Find<v1::Hold>(transaction, name));
  if (taken.has_value()) return AlreadyExists(name);
  v1::Hold proto = ToProto(hold);
  proto.set_name(name);
  ASSIGN_OR_RETURN(const Stored<v1::Hold> stored, Put(transaction, name, proto));
  v1::PlaceHoldResponse response;
  *response.mutable_hold() = Render(stored);
  ASSIGN_OR_RETURN(const auto all, ListAll<v1::Nomination>(transaction, ""));
  for (const Stored<v1::Nomination>& found : all) {
    v1::Nomination nomination = found.value;
    const NominationState state = StateOf(nomination);
    const bool can_wait = IsUnderWay(state) && state != NominationState::kOnHold;
    if (nomination.unit() != hold.unit || !can_wait) continue;
    RETURN_IF_ERROR(HoldBack(nomination, name, transaction.Now()));
    ASSIGN_OR_RETURN(*response.add_nominations(), Save(transaction, nomination));
  }
  return response;
}

absl::StatusOr<v1::EndHoldResponse> EndHold(Transaction& transaction,
                                            const v1::EndHoldRequest& request) {
  ASSIGN_OR_RETURN(const auto found, Find<v1::Hold>(transaction, request.name()));
  if (!found.has_value()) return NotFound(request.name());
  Violations violations;
  v1::Hold hold = found->value;
  if (!hold.end_date().empty()) return IllegalStateChange(request.name(), "ENDED", "it has", {});
  hold.set_end_date(request.end_date());
  hold.set_conclusion(TakeText("conclusion", request.conclusion(), kTextLimit, violations));
  hold.set_ended_by(TakeText("person", request.person(), kPersonLimit, violations));
  RequireDate(violations, "end_date", hold.end_date());
  if (hold.end_date() < hold.begin_date()) {
    violations.Add("end_date", common::kInvalidField, "not before the examination began");
  }
  RequireText(violations, "conclusion", hold.conclusion());
  RequireText(violations, "person", hold.ended_by());
  RETURN_IF_ERROR(violations.ToStatus());
  ASSIGN_OR_RETURN(const Stored<v1::Hold> stored, Put(transaction, request.name(), hold));
  v1::EndHoldResponse response;
  *response.mutable_hold() = Render(stored);
  ASSIGN_OR_RETURN(const std::string other, FindLastingHold(transaction, hold.unit()));
  ASSIGN_OR_RETURN(const auto all, ListAll<v1::Nomination>(transaction, ""));
  for (const Stored<v1::Nomination>& waiting : all) {
    v1::Nomination nomination = waiting.value;
    if (nomination.hold() != request.name()) continue;
    const auto back = EnumFrom<NominationState::kRevoked>(nomination.held_state());
    if (other.empty()) {
      RETURN_IF_ERROR(Move(nomination,
                           {.to = back,
                            .mover = Mover::kHold,
                            .person = hold.ended_by(),
                            .reason = hold.conclusion(),
                            .basis = request.name()},
                           transaction.Now()));
      ASSIGN_OR_RETURN(*response.add_nominations(), Save(transaction, nomination));
    } else {
      nomination.set_hold(other);
      RETURN_IF_ERROR(Save(transaction, nomination).status());
    }
  }
  return response;
}

}  // namespace awards
