#include "services/awards/service/answers.h"

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "services/awards/codec/ballot_codec.h"
#include "services/awards/codec/fields.h"
#include "services/awards/codec/review_codec.h"
#include "services/awards/codec/round_codec.h"
#include "services/awards/codec/rubric_codec.h"
#include "services/awards/domain/reasons.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;

template <typename Message, typename T>
Message Stamped(Message message, const Stored<T>& stored) {
  message.set_etag(Etag(stored.version));
  *message.mutable_update_time() = ToProto(stored.time);
  return message;
}

// A recorded value with its name, revision and time.
template <typename Message, typename T>
Message Recorded(Message message, const Stored<T>& stored) {
  message.set_name(stored.name);
  message.set_revision(static_cast<int32_t>(stored.version));
  *message.mutable_record_time() = ToProto(stored.time);
  return message;
}

}  // namespace

v1::Rubric Render(const Stored<Rubric>& rubric) {
  v1::Rubric proto = Stamped(ToProto(rubric.value), rubric);
  proto.set_revision(static_cast<int32_t>(rubric.version));
  return proto;
}

v1::Round Render(const Stored<Round>& round) { return Stamped(ToProto(round.value), round); }

v1::Appraisal Render(const Stored<Appraisal>& appraisal) {
  v1::Appraisal proto = ToProto(appraisal.value);
  proto.set_name(appraisal.name);
  proto.set_revision(static_cast<int32_t>(appraisal.version));
  return proto;
}

v1::Event Render(const Stored<Event>& event) {
  v1::Event proto = ToProto(event.value);
  proto.set_name(event.name);
  return proto;
}

v1::Nomination Render(const Stored<v1::Nomination>& nomination) {
  return Stamped(nomination.value, nomination);
}

v1::Assessment Render(const Stored<Assessment>& assessment) {
  return Recorded(ToProto(assessment.value), assessment);
}

v1::Statement Render(const Stored<Statement>& statement) {
  return Recorded(ToProto(statement.value), statement);
}

v1::Review Render(const Stored<v1::Review>& review) { return Stamped(review.value, review); }

v1::Ballot Render(const Stored<Ballot>& ballot) { return Stamped(ToProto(ballot.value), ballot); }

v1::Hold Render(const Stored<v1::Hold>& hold) { return Stamped(hold.value, hold); }

v1::Decision Render(const Stored<v1::Decision>& decision) {
  v1::Decision proto = decision.value;
  *proto.mutable_record_time() = ToProto(decision.time);
  return proto;
}

v1::RoundResult Render(const Stored<v1::RoundResult>& result) {
  v1::RoundResult proto = result.value;
  *proto.mutable_update_time() = ToProto(result.time);
  return proto;
}

v1::RegisterEntry Render(const Stored<v1::RegisterEntry>& entry) {
  v1::RegisterEntry proto = entry.value;
  *proto.mutable_update_time() = ToProto(entry.time);
  return proto;
}

absl::Status NotFound(std::string_view name) {
  return common::Error(absl::StatusCode::kNotFound, common::kResourceNotFound,
                       "no resource has this name")
      .With("name", name);
}

absl::Status NotScored(std::string_view round) {
  return common::Error(absl::StatusCode::kFailedPrecondition, kRoundNotScored,
                       "the round has not been scored")
      .With("name", round);
}

absl::Status AlreadyExists(std::string_view name) {
  return common::Error(absl::StatusCode::kAlreadyExists, common::kResourceAlreadyExists,
                       "the name is taken")
      .With("name", name);
}

}  // namespace awards
