#include "services/awards/service/round_service.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/rpc/mutation.h"
#include "common/status/error.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/round_codec.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/contest.h"
#include "services/awards/service/reads.h"
#include "services/awards/service/recording.h"
#include "services/awards/service/requests.h"
#include "services/awards/service/restating.h"
#include "services/awards/service/scoring.h"

namespace awards {

namespace v1 = thidua::awards::v1;
using common::storage::Reader;
using common::storage::Transaction;

namespace {

// `round` as a new resource, its references checked: RUBRIC_UNKNOWN, CLUSTER_YEAR_UNKNOWN.
absl::StatusOr<Stored<Round>> OpenRound(Transaction& transaction, const Round& round) {
  for (const Category& category : round.categories) {
    ASSIGN_OR_RETURN(const auto rubric, Find<Rubric>(transaction, category.rubric));
    if (rubric.has_value()) continue;
    return common::Error(absl::StatusCode::kFailedPrecondition, kRubricUnknown,
                         "a rubric does not exist")
        .With("name", category.rubric);
  }
  ASSIGN_OR_RETURN(const auto year, Projection(transaction).FindClusterYear(round.cluster_year));
  if (!year.has_value()) {
    return common::Error(absl::StatusCode::kFailedPrecondition, kClusterYearUnknown,
                         "the feed of the reporting service has not told of the cluster year")
        .With("name", round.cluster_year);
  }
  return Create(transaction, round);
}

// The stored standings under `name`, with what has changed since.
absl::StatusOr<v1::Standings> ReadStandings(Reader& reader, const std::string& name) {
  constexpr size_t kStaleShown = 100;
  ASSIGN_OR_RETURN(const auto round, Find<Round>(reader, RoundOf(name)));
  if (!round.has_value()) return NotFound(name);
  for (const Category& category : round->value.categories) {
    if (StandingsName(round->name, category.id) != name) continue;
    ASSIGN_OR_RETURN(auto standings, Find<v1::Standings>(reader, name));
    if (!standings.has_value()) return NotScored(round->name);
    ASSIGN_OR_RETURN(const Contest contest,
                     ContestReader(reader, round->value, absl::CivilDay()).Read(category));
    ASSIGN_OR_RETURN(std::vector<std::string> stale, FindStale(reader, round->value, contest));
    if (stale.size() > kStaleShown) stale.resize(kStaleShown);
    standings->value.mutable_stale_resources()->Assign(stale.begin(), stale.end());
    return std::move(standings->value);
  }
  return NotFound(name);
}

}  // namespace

absl::StatusOr<v1::CreateRoundResponse> RoundService::CreateRound(
    const v1::CreateRoundRequest& request) {
  v1::Round proto = request.round();
  proto.clear_state();
  proto.clear_snapshot_hash();
  proto.clear_score_time();
  proto.clear_result();
  proto.clear_reopenings();
  Violations violations;
  CheckNewId("round_id", request.round_id(), violations);
  Round round = ParseRound(proto, violations);
  round.name = RoundName(request.round_id());
  RETURN_IF_ERROR(ValidateRound(round, std::move(violations)).ToStatus());
  return Mutate<v1::CreateRoundResponse>(
      request, [&round](Transaction& transaction) -> absl::StatusOr<v1::CreateRoundResponse> {
        ASSIGN_OR_RETURN(const Stored<Round> stored, OpenRound(transaction, round));
        v1::CreateRoundResponse response;
        *response.mutable_round() = Render(stored);
        return response;
      });
}

absl::StatusOr<v1::GetRoundResponse> RoundService::GetRound(const v1::GetRoundRequest& request) {
  ASSIGN_OR_RETURN(const Stored<Round> round, ReadNamed<Round>(ledger(), request));
  v1::GetRoundResponse response;
  *response.mutable_round() = Render(round);
  return response;
}

absl::StatusOr<v1::ListRoundsResponse> RoundService::ListRounds(
    const v1::ListRoundsRequest& request) {
  ASSIGN_OR_RETURN(const Listing<Round> listing, ReadPage<Round>(ledger(), request));
  v1::ListRoundsResponse response;
  for (const Stored<Round>& round : listing.items) *response.add_rounds() = Render(round);
  response.set_next_page_token(listing.next_page_token);
  return response;
}

absl::StatusOr<v1::RecordAppraisalResponse> RoundService::RecordAppraisal(
    const v1::RecordAppraisalRequest& request) {
  return Mutate<v1::RecordAppraisalResponse>(
      request, [&request](Transaction& transaction) -> absl::StatusOr<v1::RecordAppraisalResponse> {
        ASSIGN_OR_RETURN(const Stored<Appraisal> appraisal,
                         PutAppraisal(transaction, request.parent(), request.appraisal()));
        v1::RecordAppraisalResponse response;
        *response.mutable_appraisal() = Render(appraisal);
        return response;
      });
}

absl::StatusOr<v1::RecordEventResponse> RoundService::RecordEvent(
    const v1::RecordEventRequest& request) {
  return Mutate<v1::RecordEventResponse>(
      request, [&request](Transaction& transaction) -> absl::StatusOr<v1::RecordEventResponse> {
        ASSIGN_OR_RETURN(const Stored<Event> event, PutEvent(transaction, request.parent(),
                                                             request.event_id(), request.event()));
        v1::RecordEventResponse response;
        *response.mutable_event() = Render(event);
        return response;
      });
}

absl::StatusOr<v1::ScoreRoundResponse> RoundService::ScoreRound(
    const v1::ScoreRoundRequest& request, absl::Time deadline) {
  RETURN_IF_ERROR(feed().WaitUntilConsumed(request.min_reporting_token(), deadline));
  // How fresh the figures must at least be is no part of what is asked for: a repeat that knows of
  // newer commits is still the same request.
  v1::ScoreRoundRequest content = request;
  content.clear_min_reporting_token();
  return Mutate<v1::ScoreRoundResponse>(content, [&request](Transaction& transaction) {
    return awards::ScoreRound(transaction, request.name());
  });
}

absl::StatusOr<v1::GetStandingsResponse> RoundService::GetStandings(
    const v1::GetStandingsRequest& request) {
  RETURN_IF_ERROR(common::rpc::CheckMinCommitToken(ledger(), request.min_commit_token()));
  v1::GetStandingsResponse response;
  RETURN_IF_ERROR(ledger().Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(*response.mutable_standings(), ReadStandings(reader, request.name()));
    return absl::OkStatus();
  }));
  return response;
}

absl::StatusOr<v1::ListScoreSheetsResponse> RoundService::ListScoreSheets(
    const v1::ListScoreSheetsRequest& request) {
  ASSIGN_OR_RETURN(const auto listing, ReadPage<v1::ScoreSheet>(ledger(), request));
  v1::ListScoreSheetsResponse response;
  for (const auto& sheet : listing.items) *response.add_score_sheets() = sheet.value;
  response.set_next_page_token(listing.next_page_token);
  return response;
}

absl::StatusOr<v1::IssueNominationsResponse> RoundService::IssueNominations(
    const v1::IssueNominationsRequest& request, absl::Time deadline) {
  RETURN_IF_ERROR(feed().WaitUntilConsumed(request.min_reporting_token(), deadline));
  // As in ScoreRound.
  v1::IssueNominationsRequest content = request;
  content.clear_min_reporting_token();
  return Mutate<v1::IssueNominationsResponse>(content, [&request](Transaction& transaction) {
    return awards::IssueNominations(transaction, request.name());
  });
}

absl::StatusOr<v1::PreviewRescoringResponse> RoundService::PreviewRescoring(
    const v1::PreviewRescoringRequest& request, absl::Time deadline) {
  RETURN_IF_ERROR(feed().WaitUntilConsumed(request.min_reporting_token(), deadline));
  RETURN_IF_ERROR(common::rpc::CheckMinCommitToken(ledger(), request.min_commit_token()));
  v1::PreviewRescoringResponse response;
  RETURN_IF_ERROR(ledger().Read([&](Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(response, awards::PreviewRescoring(reader, request));
    return absl::OkStatus();
  }));
  return response;
}

absl::StatusOr<v1::GetNominationResponse> RoundService::GetNomination(
    const v1::GetNominationRequest& request) {
  ASSIGN_OR_RETURN(const auto nomination, ReadNamed<v1::Nomination>(ledger(), request));
  v1::GetNominationResponse response;
  *response.mutable_nomination() = Render(nomination);
  return response;
}

absl::StatusOr<v1::ListNominationsResponse> RoundService::ListNominations(
    const v1::ListNominationsRequest& request) {
  ASSIGN_OR_RETURN(const auto listing, ReadPage<v1::Nomination>(ledger(), request));
  v1::ListNominationsResponse response;
  for (const auto& nomination : listing.items) *response.add_nominations() = Render(nomination);
  response.set_next_page_token(listing.next_page_token);
  return response;
}

absl::StatusOr<v1::GetFeedPositionResponse> RoundService::GetFeedPosition(
    const v1::GetFeedPositionRequest& /*request*/) {
  const FeedView view = feed().View();
  v1::GetFeedPositionResponse response;
  response.set_resume_token(view.resume_token);
  response.set_lag(view.lag);
  response.set_connected(view.connected);
  return response;
}

}  // namespace awards
