#include "services/awards/service/nomination_records.h"

#include <optional>
#include <utility>

#include "common/status/error.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/fields.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/nomination_codec.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/service/answers.h"

namespace awards {

namespace v1 = thidua::awards::v1;
using common::storage::Reader;
using common::storage::Transaction;

absl::StatusOr<Stored<v1::Nomination>> FindNomination(Reader& reader, const std::string& name) {
  ASSIGN_OR_RETURN(std::optional<Stored<v1::Nomination>> found, Find<v1::Nomination>(reader, name));
  if (!found.has_value()) return NotFound(name);
  return *std::move(found);
}

void Note(v1::Nomination& nomination, const NominationMove& what, absl::Time time) {
  v1::NominationEvent& event = *nomination.add_events();
  event.set_from(nomination.state());
  event.set_to(ToProto(what.to));
  event.set_person(what.person);
  event.set_reason(what.reason);
  event.set_basis(what.basis);
  if (NotifiesUnit(what.to)) event.set_notified_unit(nomination.province_unit());
  *event.mutable_time() = ToProto(time);
}

absl::Status Move(v1::Nomination& nomination, const NominationMove& move, absl::Time time) {
  RETURN_IF_ERROR(CheckMove(nomination.name(), StateOf(nomination), move.to, move.mover));
  Note(nomination, move, time);
  nomination.set_state(ToProto(move.to));
  if (move.to != NominationState::kOnHold) {
    nomination.clear_hold();
    nomination.clear_held_state();
  }
  return absl::OkStatus();
}

bool HasFallen(const v1::Nomination& nomination) {
  return nomination.state() == v1::Nomination::STATE_WITHDRAWN &&
         nomination.events(nomination.events_size() - 1).person().empty();
}

absl::Status HoldBack(v1::Nomination& nomination, const std::string& hold, absl::Time time) {
  if (hold.empty()) return absl::OkStatus();
  const v1::Nomination::State before = nomination.state();
  RETURN_IF_ERROR(Move(nomination,
                       {.to = NominationState::kOnHold,
                        .mover = Mover::kHold,
                        .reason = "a hold is placed on the unit",
                        .basis = hold},
                       time));
  nomination.set_hold(hold);
  nomination.set_held_state(before);
  return absl::OkStatus();
}

absl::StatusOr<Stored<Round>> FindNominatedRound(Reader& reader, const std::string& name) {
  ASSIGN_OR_RETURN(std::optional<Stored<Round>> round, Find<Round>(reader, name));
  if (!round.has_value()) return NotFound(name);
  if (round->value.state == RoundState::kNominated) return *std::move(round);
  return common::Error(absl::StatusCode::kFailedPrecondition, kRoundNotNominated,
                       "the nominations of the round are not issued, or it is open again")
      .With("name", name);
}

absl::StatusOr<v1::Nomination> Save(Transaction& transaction, const v1::Nomination& nomination) {
  ASSIGN_OR_RETURN(const Stored<v1::Nomination> stored,
                   Put(transaction, nomination.name(), nomination));
  return Render(stored);
}

}  // namespace awards
