#include "services/awards/service/deciding.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/fields.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/nomination_codec.h"
#include "services/awards/domain/decision.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/refusal.h"
#include "services/awards/domain/register.h"
#include "services/awards/reporting_client/projection.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/nomination_records.h"
#include "services/awards/service/requests.h"
#include "services/awards/service/unit_records.h"
#include "services/awards/store/awards_store.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using common::storage::Reader;
using common::storage::Transaction;

AwardKind KindOf(const Round& round, const v1::Nomination& nomination) {
  for (const Category& category : round.categories) {
    if (category.id == nomination.category()) return category.award.kind;
  }
  return AwardKind::kUnspecified;
}

Honour HonourOf(const v1::RegisterEntry& entry) {
  return {.name = entry.name(),
          .unit = entry.unit(),
          .year = entry.year(),
          .kind = EnumFrom<AwardKind::kThematic>(entry.kind()),
          .is_revoked = entry.has_revocation()};
}

v1::RegisterEntry EntryOf(const v1::Nomination& nomination, const Round& round,
                          const v1::Decision& decision) {
  v1::RegisterEntry entry;
  entry.set_name(RegisterEntryName(nomination.name()));
  entry.set_unit(nomination.unit());
  *entry.mutable_unit_title() = nomination.unit_title();
  entry.set_award(nomination.award());
  *entry.mutable_award_title() = nomination.award_title();
  entry.set_kind(EnumTo<v1::Award::Kind>(KindOf(round, nomination)));
  entry.set_year(nomination.year());
  entry.set_cluster_year(round.cluster_year);
  entry.set_category(nomination.category());
  entry.set_nomination(nomination.name());
  entry.set_decision(decision.name());
  entry.set_decision_number(decision.number());
  entry.set_decision_date(decision.date());
  return entry;
}

// Nobody else has this award for the same achievement: among what is in the register, in which the
// awards before it in the same decision are already.
absl::Status CheckNoDoubleAward(Reader& reader, const v1::RegisterEntry& entry) {
  ASSIGN_OR_RETURN(const auto entries, ListOfUnit<v1::RegisterEntry>(reader, entry.unit()));
  std::vector<Honour> others;
  for (const Stored<v1::RegisterEntry>& other : entries) others.push_back(HonourOf(other.value));
  const Honour* same = FindSameAchievement(HonourOf(entry), others);
  if (same == nullptr) return absl::OkStatus();
  return common::Error(absl::StatusCode::kFailedPrecondition, kDoubleAward,
                       "the unit has an award for the same achievement")
      .With("unit", entry.unit())
      .With("year", entry.year())
      .With("award", same->name);
}

// The unit can be awarded on the day of the decision.
absl::Status CheckUnit(Transaction& transaction, const std::string& unit, const std::string& date) {
  ASSIGN_OR_RETURN(const std::string hold, FindLastingHold(transaction, unit));
  if (!hold.empty()) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kUnitOnHold,
                         "a hold is placed on the unit")
        .With("unit", unit)
        .With("hold", hold);
  }
  ASSIGN_OR_RETURN(const std::string dissolved, Projection(transaction).FindDissolution(unit));
  if (dissolved.empty() || dissolved > date) return absl::OkStatus();
  return common::Error(absl::StatusCode::kFailedPrecondition, kUnitDissolved,
                       "the unit was merged into another before the decision")
      .With("unit", unit)
      .With("date", dissolved);
}

// Awards one nomination and enters it in the register.
absl::StatusOr<v1::Nomination> GiveAward(Transaction& transaction, const std::string& name,
                                         const v1::Decision& decision) {
  ASSIGN_OR_RETURN(const auto found, Find<v1::Nomination>(transaction, name));
  if (!found.has_value()) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kNominationUnknown,
                         "there is no such nomination")
        .With("name", name);
  }
  v1::Nomination nomination = found->value;
  ASSIGN_OR_RETURN(const Stored<Round> round,
                   FindNominatedRound(transaction, std::string(RoundOf(name))));
  RETURN_IF_ERROR(CheckUnit(transaction, nomination.unit(), decision.date()));
  RETURN_IF_ERROR(Move(nomination,
                       {.to = NominationState::kAwarded,
                        .mover = Mover::kDecision,
                        .person = decision.authority(),
                        .reason = absl::StrCat(decision.number(), ", ", decision.date()),
                        .basis = decision.name()},
                       transaction.Now()));
  nomination.set_decision(decision.name());
  const v1::RegisterEntry entry = EntryOf(nomination, round.value, decision);
  RETURN_IF_ERROR(CheckNoDoubleAward(transaction, entry));
  RETURN_IF_ERROR(Put(transaction, entry.name(), entry).status());
  return Save(transaction, nomination);
}

// The same decision recorded under another id.
absl::Status CheckNumberFree(Reader& reader, const Decision& decision) {
  ASSIGN_OR_RETURN(const auto all, ListAll<v1::Decision>(reader, ""));
  for (const Stored<v1::Decision>& other : all) {
    if (other.value.number() == decision.number && other.value.date() == decision.date) {
      return AlreadyExists(other.name);
    }
  }
  return absl::OkStatus();
}

// `status`, if it is an error, with the field at fault.
absl::Status AtField(const absl::Status& status, const std::string& field) {
  const common::ErrorDetail detail = common::DetailOf(status);
  if (detail.reason.empty() || !detail.violations.empty()) return status;
  common::Error error(status.code(), detail.reason, common::sv(status.message()));
  for (const auto& [key, value] : detail.metadata) error.With(key, value);
  return error.Field(field, common::sv(status.message()));
}

}  // namespace

absl::StatusOr<v1::RecordDecisionResponse> RecordDecision(
    Transaction& transaction, const v1::RecordDecisionRequest& request) {
  Violations violations;
  CheckNewId("decision_id", request.decision_id(), violations);
  const Decision decision = ParseDecision(request.decision(), violations);
  RETURN_IF_ERROR(ValidateDecision(decision, std::move(violations)).ToStatus());
  v1::Decision proto = ToProto(decision);
  proto.set_name(DecisionName(request.decision_id()));
  ASSIGN_OR_RETURN(const auto taken, Find<v1::Decision>(transaction, proto.name()));
  if (taken.has_value()) return AlreadyExists(proto.name());
  RETURN_IF_ERROR(CheckNumberFree(transaction, decision));
  v1::RecordDecisionResponse response;
  for (size_t i = 0; i < decision.nominations.size(); ++i) {
    absl::StatusOr<v1::Nomination> awarded = GiveAward(transaction, decision.nominations[i], proto);
    if (!awarded.ok()) {
      return AtField(awarded.status(), Item("decision.nominations", i));
    }
    *response.add_nominations() = *std::move(awarded);
  }
  ASSIGN_OR_RETURN(const Stored<v1::Decision> stored, Put(transaction, proto.name(), proto));
  *response.mutable_decision() = Render(stored);
  return response;
}

absl::StatusOr<v1::RevokeAwardResponse> RevokeAward(Transaction& transaction,
                                                    const v1::RevokeAwardRequest& request) {
  ASSIGN_OR_RETURN(const Stored<v1::Nomination> found, FindNomination(transaction, request.name()));
  v1::Nomination nomination = found.value;
  ASSIGN_OR_RETURN(const auto entry,
                   Find<v1::RegisterEntry>(transaction, RegisterEntryName(nomination.name())));
  Violations violations;
  const std::string person = TakeText("person", request.person(), kPersonLimit, violations);
  RequireText(violations, "person", person);
  const Revocation revocation = ParseRevocation(request.revocation(), violations);
  const std::string awarded_on = entry.has_value() ? entry->value.decision_date() : "";
  RETURN_IF_ERROR(ValidateRevocation(revocation, awarded_on, std::move(violations)).ToStatus());
  RETURN_IF_ERROR(Move(nomination,
                       {.to = NominationState::kRevoked,
                        .mover = Mover::kDecision,
                        .person = person,
                        .reason = revocation.reason,
                        .basis = absl::StrCat(revocation.number, ", ", revocation.date)},
                       transaction.Now()));
  *nomination.mutable_revocation() = ToProto(revocation);
  if (entry.has_value()) {
    v1::RegisterEntry revoked = entry->value;
    *revoked.mutable_revocation() = nomination.revocation();
    RETURN_IF_ERROR(Put(transaction, revoked.name(), revoked).status());
  }
  v1::RevokeAwardResponse response;
  ASSIGN_OR_RETURN(*response.mutable_nomination(), Save(transaction, nomination));
  return response;
}

absl::StatusOr<v1::RecordRecoveryResponse> RecordRecovery(
    Transaction& transaction, const v1::RecordRecoveryRequest& request) {
  ASSIGN_OR_RETURN(const Stored<v1::Nomination> found, FindNomination(transaction, request.name()));
  v1::Nomination nomination = found.value;
  if (StateOf(nomination) != NominationState::kRevoked) {
    return IllegalStateChange(request.name(), NameOf(StateOf(nomination)),
                              "something is given back when it is",
                              {NameOf(NominationState::kRevoked)});
  }
  Violations violations;
  const std::string person = TakeText("person", request.person(), kPersonLimit, violations);
  const std::string receipt = TakeText("receipt", request.receipt(), kTextLimit, violations);
  RequireText(violations, "person", person);
  RequireText(violations, "receipt", receipt);
  RequireDate(violations, "recovered_date", request.recovered_date());
  if (request.index() < 0 || request.index() >= nomination.revocation().recoveries_size()) {
    violations.Add("index", common::kInvalidField, "there is no such recovery");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  v1::Recovery& recovery = *nomination.mutable_revocation()->mutable_recoveries(request.index());
  const bool is_same =
      recovery.recovered_date() == request.recovered_date() && recovery.receipt() == receipt;
  if (!is_same && !recovery.recovered_date().empty()) {
    return IllegalStateChange(request.name(), "RECOVERED", "it has been given back and can be", {});
  }
  if (!is_same) {
    recovery.set_recovered_date(request.recovered_date());
    recovery.set_receipt(receipt);
    Note(nomination,
         {.to = NominationState::kRevoked,
          .person = person,
          .reason = absl::StrCat("given back: ", recovery.item())},
         transaction.Now());
  }
  v1::RecordRecoveryResponse response;
  ASSIGN_OR_RETURN(*response.mutable_nomination(), Save(transaction, nomination));
  return response;
}

absl::StatusOr<v1::ListAwardsOfUnitResponse> ListAwardsOfUnit(
    Reader& reader, const v1::ListAwardsOfUnitRequest& request) {
  Violations violations;
  RequireUnit(violations, "unit", request.unit());
  RETURN_IF_ERROR(violations.ToStatus());
  Lineage lineage;
  if (!request.without_predecessors()) {
    ASSIGN_OR_RETURN(lineage, Projection(reader).ReadLineage(request.unit()));
  }
  v1::ListAwardsOfUnitResponse response;
  for (const HistoricUnit& unit : HistoryOf(request.unit(), lineage)) {
    ASSIGN_OR_RETURN(const auto entries, ListOfUnit<v1::RegisterEntry>(reader, unit.unit));
    for (const Stored<v1::RegisterEntry>& entry : entries) {
      v1::InheritedEntry& added = *response.add_entries();
      *added.mutable_entry() = Render(entry);
      if (unit.unit == request.unit()) continue;
      added.set_merged_unit(unit.unit);
      added.set_merger_date(unit.merger_date);
    }
  }
  std::ranges::sort(*response.mutable_entries(), [](const auto& a, const auto& b) {
    return std::forward_as_tuple(a.entry().year(), a.entry().name()) <
           std::forward_as_tuple(b.entry().year(), b.entry().name());
  });
  return response;
}

absl::StatusOr<v1::ListRotatingFlagHoldersResponse> ListRotatingFlagHolders(
    Reader& reader, const v1::ListRotatingFlagHoldersRequest& request) {
  Violations violations;
  RequireText(violations, "cluster", request.cluster());
  if (!IsNameIn("clusters", request.cluster())) {
    violations.Add("cluster", common::kInvalidName, "a cluster is named clusters/{cluster}");
  }
  RETURN_IF_ERROR(violations.ToStatus());
  ASSIGN_OR_RETURN(const std::vector<FlagYear> years,
                   Projection(reader).ListFlagYears(request.cluster()));
  v1::ListRotatingFlagHoldersResponse response;
  for (const FlagHolder& holder : HoldersOf(years)) {
    v1::RotatingFlagHolder& added = *response.add_holders();
    added.set_cluster_year(holder.cluster_year);
    added.set_holder(holder.holder);
    added.set_received_from(holder.received_from);
    added.set_received_date(holder.received_date);
    added.set_passed_to(holder.passed_to);
    added.set_passed_date(holder.passed_date);
  }
  return response;
}

}  // namespace awards
