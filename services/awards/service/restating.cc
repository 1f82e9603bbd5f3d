#include "services/awards/service/restating.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/status/error.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/fields.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/nomination_codec.h"
#include "services/awards/codec/result_codec.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/domain/refusal.h"
#include "services/awards/domain/restatement.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/contest.h"
#include "services/awards/service/nominating.h"
#include "services/awards/service/nomination_records.h"
#include "services/awards/service/requests.h"
#include "services/awards/service/reviewing.h"
#include "services/awards/service/scoring.h"
#include "services/awards/store/awards_store.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using common::storage::Reader;
using common::storage::Transaction;

constexpr size_t kStaleShown = 100;

void AddLine(const v1::ScoreLine& line, ShownPlace& place) {
  place.lines.push_back(
      {.criterion = line.criterion(), .points = line.points(), .working = line.working()});
}

void AddLines(const v1::GroupScore& group, ShownPlace& place) {
  for (const v1::ScoreLine& line : group.lines()) AddLine(line, place);
  for (const v1::GroupScore& inner : group.groups()) AddLines(inner, place);
}

ShownPlace Show(const v1::Standing& standing, const v1::ScoreSheet& sheet) {
  ShownPlace place{.unit = standing.unit(), .total = standing.total(), .rank = standing.rank()};
  for (const v1::GroupScore& group : sheet.groups()) AddLines(group, place);
  for (const v1::ScoreLine& line : sheet.bonus_lines()) AddLine(line, place);
  for (const v1::ScoreLine& line : sheet.penalty_lines()) AddLine(line, place);
  return place;
}

v1::RescoredUnit ToProto(const PlaceChange& change, const std::string& category) {
  v1::RescoredUnit proto;
  proto.set_unit(change.after.unit);
  proto.set_category(category);
  proto.set_old_total(change.before.total);
  proto.set_new_total(change.after.total);
  proto.set_old_rank(change.before.rank);
  proto.set_new_rank(change.after.rank);
  for (const LineChange& line : change.lines) {
    v1::RescoredLine& added = *proto.add_lines();
    added.set_criterion(line.after.criterion.empty() ? line.before.criterion
                                                     : line.after.criterion);
    added.set_old_points(line.before.points);
    added.set_new_points(line.after.points);
    added.set_old_working(line.before.working);
    added.set_new_working(line.after.working);
  }
  return proto;
}

// One category as it stands, and as it would be.
struct Rescored {
  Scored before{};
  Scored after{};
  std::vector<ShownPlace> places_before{};
  std::vector<ShownPlace> places_after{};
  std::vector<ScoreSheet> sheets{};
};

absl::StatusOr<Rescored> Rescore(Reader& reader, const Round& round, Contest contest) {
  Rescored rescored;
  ASSIGN_OR_RETURN(const auto standings,
                   Find<v1::Standings>(reader, StandingsName(round.name, contest.category->id)));
  if (!standings.has_value()) return NotScored(round.name);
  rescored.before.standings = standings->value;
  for (const v1::Standing& standing : standings->value.standings()) {
    ASSIGN_OR_RETURN(const auto sheet, Find<v1::ScoreSheet>(reader, standing.score_sheet()));
    rescored.places_before.push_back(
        Show(standing, sheet.has_value() ? sheet->value : v1::ScoreSheet()));
  }
  rescored.sheets = ScoreAll(contest);
  rescored.after.standings = MakeStandings(round, contest, rescored.sheets);
  std::map<std::string, v1::ScoreSheet> printed;
  for (const ScoreSheet& sheet : rescored.sheets) {
    printed.emplace(sheet.unit, ToProto(round, *contest.category, contest.rubric, sheet));
  }
  for (const v1::Standing& standing : rescored.after.standings.standings()) {
    rescored.places_after.push_back(Show(standing, printed[standing.unit()]));
  }
  rescored.before.contest = contest;
  rescored.after.contest = std::move(contest);
  return rescored;
}

std::set<std::string> NamesOf(const Round& round, const NominationResult& result) {
  std::set<std::string> names;
  for (const Nominee& nominee : result.nominees) {
    names.insert(NominationName(round.name, nominee.award, nominee.unit));
  }
  return names;
}

// What is nominated: issued and not ended, or, before that, what would follow from the scores.
absl::StatusOr<std::set<std::string>> NominatedNow(Reader& reader, const Round& round,
                                                   const std::vector<Scored>& scored) {
  if (round.result.empty()) {
    ASSIGN_OR_RETURN(const NominationResult result, NominateFrom(reader, round, scored));
    return NamesOf(round, result);
  }
  std::set<std::string> names;
  ASSIGN_OR_RETURN(const auto all, ListAll<v1::Nomination>(reader, round.name));
  for (const Stored<v1::Nomination>& nomination : all) {
    const NominationState state = StateOf(nomination.value);
    if (IsUnderWay(state) || state == NominationState::kAwarded) names.insert(nomination.name);
  }
  return names;
}

// Nominations that have ended for good do not arise again.
absl::StatusOr<std::set<std::string>> EndedForGood(Reader& reader, const Round& round) {
  std::set<std::string> names;
  ASSIGN_OR_RETURN(const auto all, ListAll<v1::Nomination>(reader, round.name));
  for (const Stored<v1::Nomination>& nomination : all) {
    const NominationState state = StateOf(nomination.value);
    const bool may_arise =
        IsUnderWay(state) || state == NominationState::kAwarded || HasFallen(nomination.value);
    if (!may_arise) names.insert(nomination.name);
  }
  return names;
}

absl::Status AddNominations(Reader& reader, const Round& round,
                            const std::vector<Rescored>& categories,
                            v1::PreviewRescoringResponse& response) {
  std::vector<Scored> before;
  std::vector<Scored> after;
  for (const Rescored& category : categories) {
    before.push_back(category.before);
    after.push_back(category.after);
  }
  ASSIGN_OR_RETURN(const std::set<std::string> now, NominatedNow(reader, round, before));
  ASSIGN_OR_RETURN(const NominationResult result, NominateFrom(reader, round, after));
  ASSIGN_OR_RETURN(const std::set<std::string> ended, EndedForGood(reader, round));
  std::set<std::string> then = NamesOf(round, result);
  std::erase_if(then, [&](const std::string& name) { return ended.contains(name); });
  for (const std::string& name : Without(now, then)) response.add_falling_nominations(name);
  for (const std::string& name : Without(then, now)) response.add_arising_nominations(name);
  for (const OpenPlace& open : result.open_places) *response.add_open_places() = ToProto(open);
  return absl::OkStatus();
}

absl::Status CheckNothingAwarded(Reader& reader, const Round& round) {
  ASSIGN_OR_RETURN(const auto all, ListAll<v1::Nomination>(reader, round.name));
  for (const Stored<v1::Nomination>& nomination : all) {
    if (nomination.value.state() != v1::Nomination::STATE_AWARDED) continue;
    return common::Error(absl::StatusCode::kFailedPrecondition, kRoundAwarded,
                         "an award of the round has been decided; revoke it instead")
        .With("name", round.name)
        .With("nomination", nomination.name);
  }
  return absl::OkStatus();
}

// The sheet as it was when the result came about.
absl::StatusOr<v1::ScoreSheet> SheetOfResult(Reader& reader,
                                             const v1::GetScoreSheetRequest& request) {
  // The first version of a result is stored with its sheets; ballots change it afterwards.
  ASSIGN_OR_RETURN(const auto versions, History<v1::RoundResult>(reader, request.result(), 1));
  if (versions.empty() || RoundOf(request.result()) != RoundOf(request.name())) {
    return NotFound(request.result());
  }
  ASSIGN_OR_RETURN(const auto sheet,
                   FindAt<v1::ScoreSheet>(reader, request.name(), versions.front().sequence));
  if (!sheet.has_value()) return NotFound(request.name());
  return sheet->value;
}

// What has changed since the sheet was scored.
absl::StatusOr<std::vector<std::string>> StaleOf(Reader& reader, const Round& round,
                                                 const v1::ScoreSheet& sheet) {
  ContestReader contests(reader, round, absl::CivilDay());
  for (const Category& category : round.categories) {
    if (category.id != sheet.category()) continue;
    ASSIGN_OR_RETURN(const auto entrant, contests.ReadEntrant(category, sheet.unit()));
    if (entrant.has_value()) return FindStaleOf(reader, round, *entrant);
  }
  return std::vector<std::string>{sheet.unit()};
}

}  // namespace

absl::StatusOr<v1::PreviewRescoringResponse> PreviewRescoring(
    Reader& reader, const v1::PreviewRescoringRequest& request) {
  ASSIGN_OR_RETURN(const auto found, Find<Round>(reader, request.name()));
  if (!found.has_value()) return NotFound(request.name());
  const Round& round = found->value;
  if (round.state == RoundState::kOpen) return NotScored(round.name);
  // Titles play no part in what would change.
  ContestReader contests(reader, round, absl::CivilDay());
  RETURN_IF_ERROR(contests.projection().CheckConsistent());
  ASSIGN_OR_RETURN(std::vector<Contest> all, contests.ReadAll());
  v1::PreviewRescoringResponse response;
  std::vector<Rescored> categories;
  std::vector<ScoreSheet> sheets;
  std::set<std::string> stale;
  for (Contest& contest : all) {
    ASSIGN_OR_RETURN(const std::vector<std::string> changed, FindStale(reader, round, contest));
    stale.insert(changed.begin(), changed.end());
    const std::string category = contest.category->id;
    ASSIGN_OR_RETURN(Rescored rescored, Rescore(reader, round, std::move(contest)));
    for (const PlaceChange& change : ChangedPlaces(rescored.places_before, rescored.places_after)) {
      *response.add_units() = ToProto(change, category);
    }
    sheets.insert(sheets.end(), rescored.sheets.begin(), rescored.sheets.end());
    categories.push_back(std::move(rescored));
  }
  RETURN_IF_ERROR(AddNominations(reader, round, categories, response));
  for (const std::string& resource : stale) {
    if (static_cast<size_t>(response.stale_resources_size()) == kStaleShown) break;
    response.add_stale_resources(resource);
  }
  response.set_snapshot_hash(SnapshotHash(sheets));
  return response;
}

absl::StatusOr<v1::ReopenRoundResponse> ReopenRound(Transaction& transaction,
                                                    const v1::ReopenRoundRequest& request) {
  Violations violations;
  const std::string person = TakeText("person", request.person(), kPersonLimit, violations);
  const std::string reason = TakeText("reason", request.reason(), kTextLimit, violations);
  RequireText(violations, "person", person);
  RequireText(violations, "reason", reason);
  RETURN_IF_ERROR(violations.ToStatus());
  ASSIGN_OR_RETURN(const Stored<Round> found, FindNominatedRound(transaction, request.name()));
  RETURN_IF_ERROR(CheckEtag(request.etag(), found));
  RETURN_IF_ERROR(CheckNothingAwarded(transaction, found.value));
  Round round = found.value;
  round.state = RoundState::kScored;
  round.reopenings.push_back(
      {.result = round.result, .person = person, .reason = reason, .time = transaction.Now()});
  RETURN_IF_ERROR(TakeAgreementsBack(transaction, round, person, reason));
  ASSIGN_OR_RETURN(const Stored<Round> stored, Put(transaction, round.name, round));
  v1::ReopenRoundResponse response;
  *response.mutable_round() = Render(stored);
  return response;
}

absl::StatusOr<v1::GetScoreSheetResponse> GetScoreSheet(Reader& reader,
                                                        const v1::GetScoreSheetRequest& request) {
  ASSIGN_OR_RETURN(const auto round, Find<Round>(reader, RoundOf(request.name())));
  if (!round.has_value()) return NotFound(request.name());
  v1::GetScoreSheetResponse response;
  if (!request.result().empty()) {
    ASSIGN_OR_RETURN(*response.mutable_score_sheet(), SheetOfResult(reader, request));
  } else {
    ASSIGN_OR_RETURN(const auto sheet, Find<v1::ScoreSheet>(reader, request.name()));
    if (!sheet.has_value()) return NotFound(request.name());
    *response.mutable_score_sheet() = sheet->value;
    ASSIGN_OR_RETURN(std::vector<std::string> stale, StaleOf(reader, round->value, sheet->value));
    if (stale.size() > kStaleShown) stale.resize(kStaleShown);
    response.mutable_stale_resources()->Assign(stale.begin(), stale.end());
  }
  RETURN_IF_ERROR(
      CheckViewer(reader, round->value, response.score_sheet().unit(), request.viewer()));
  return response;
}

}  // namespace awards
