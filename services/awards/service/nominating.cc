#include "services/awards/service/nominating.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/fields.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/nomination_codec.h"
#include "services/awards/domain/nomination.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/contest.h"
#include "services/awards/service/nomination_records.h"
#include "services/awards/service/scoring.h"
#include "services/awards/service/unit_records.h"
#include "services/awards/store/awards_store.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using common::storage::Reader;
using common::storage::Transaction;

absl::StatusOr<std::vector<Scored>> ReadScored(Transaction& transaction, const Round& round,
                                               std::vector<Contest> contests) {
  std::vector<Scored> all;
  for (Contest& contest : contests) {
    const std::string name = StandingsName(round.name, contest.category->id);
    ASSIGN_OR_RETURN(auto standings, Find<v1::Standings>(transaction, name));
    if (!standings.has_value()) {
      return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                           "the standings of a scored round are not stored")
          .With("name", name);
    }
    all.push_back({.contest = std::move(contest), .standings = std::move(standings->value)});
  }
  return all;
}

absl::Status CheckFresh(Transaction& transaction, const Round& round,
                        const std::vector<Contest>& contests) {
  constexpr size_t kNamed = 10;
  std::vector<std::string> stale;
  for (const Contest& contest : contests) {
    ASSIGN_OR_RETURN(const std::vector<std::string> found, FindStale(transaction, round, contest));
    stale.insert(stale.end(), found.begin(), found.end());
  }
  if (stale.empty()) return absl::OkStatus();
  const size_t count = stale.size();
  stale.resize(std::min(count, kNamed));
  return common::Error(absl::StatusCode::kFailedPrecondition, kScoresStale,
                       "inputs have changed since the round was scored; score it again")
      .With("name", round.name)
      .With("changed", absl::StrCat(count))
      .With("resources", absl::StrJoin(stale, " "));
}

absl::Status CheckYearClosed(Projection& projection, const Round& round) {
  ASSIGN_OR_RETURN(const std::optional<ClusterYearState> year,
                   projection.FindClusterYear(round.cluster_year));
  if (year.has_value() && year->is_closed) return absl::OkStatus();
  return common::Error(absl::StatusCode::kFailedPrecondition, kClusterYearOpen,
                       "figures of the cluster year are still collected")
      .With("name", round.cluster_year);
}

CategoryResult ResultOf(const Scored& scored) {
  std::map<std::string, std::string> provinces;
  for (const Entrant& entrant : scored.contest.entrants) {
    provinces.emplace(entrant.inputs.unit, entrant.province_unit);
  }
  CategoryResult result{
      .category = scored.contest.category->id,
      .award = scored.contest.category->award,
      .quota = {.places = scored.standings.quota(), .working = scored.standings.quota_working()}};
  for (const v1::Standing& standing : scored.standings.standings()) {
    result.candidates.push_back(
        {.unit = standing.unit(),
         .province_unit = provinces[standing.unit()],
         .rank = standing.rank(),
         .failed_gates = {standing.failed_gates().begin(), standing.failed_gates().end()}});
  }
  return result;
}

// The facts of a nomination that follow from the result `result` of the round.
void Describe(const Round& round, const Scored& scored, const Nominee& nominee,
              const std::string& result, v1::Nomination& nomination) {
  nomination.set_name(NominationName(round.name, nominee.award, nominee.unit));
  nomination.set_category(nominee.category);
  nomination.set_award(nominee.award);
  *nomination.mutable_award_title() = ToProto(scored.contest.category->award.title);
  nomination.set_unit(nominee.unit);
  for (const Entrant& entrant : scored.contest.entrants) {
    if (entrant.inputs.unit != nominee.unit) continue;
    *nomination.mutable_unit_title() = ToProto(entrant.title);
  }
  nomination.set_province_unit(nominee.province_unit);
  nomination.set_rank(nominee.rank);
  for (const v1::Standing& standing : scored.standings.standings()) {
    if (standing.unit() == nominee.unit) nomination.set_total(standing.total());
  }
  nomination.set_score_sheet(ScoreSheetName(round.name, nominee.unit));
  nomination.set_snapshot_hash(round.snapshot_hash);
  nomination.set_grounds(nominee.grounds);
  nomination.set_year(std::string(YearOf(round.cluster_year)));
  nomination.set_result(result);
  if (!nominee.ballot.empty()) nomination.set_ballot(nominee.ballot);
}

// The nomination of `nominee` by `result`, new or going on where it was; stored.
absl::StatusOr<v1::Nomination> Propose(Transaction& transaction, const Round& round,
                                       const Scored& scored, const Nominee& nominee,
                                       const std::string& result) {
  const std::string name = NominationName(round.name, nominee.award, nominee.unit);
  ASSIGN_OR_RETURN(const auto before, Find<v1::Nomination>(transaction, name));
  v1::Nomination nomination = before.has_value() ? before->value : v1::Nomination();
  Describe(round, scored, nominee, result, nomination);
  const NominationMove proposal{.to = NominationState::kProposed,
                                .mover = Mover::kRound,
                                .reason = nominee.grounds,
                                .basis = result};
  // Any other goes on where it was.
  if (before.has_value() && !HasFallen(before->value)) return Save(transaction, nomination);
  if (before.has_value()) {
    RETURN_IF_ERROR(Move(nomination, proposal, transaction.Now()));
  } else {
    Note(nomination, proposal, transaction.Now());
    nomination.set_state(v1::Nomination::STATE_PROPOSED);
  }
  ASSIGN_OR_RETURN(const std::string hold, FindLastingHold(transaction, nominee.unit));
  RETURN_IF_ERROR(HoldBack(nomination, hold, transaction.Now()));
  return Save(transaction, nomination);
}

// Nominations of the round that are under way and not among `standing`.
absl::Status WithdrawFallen(Transaction& transaction, const Round& round,
                            const std::set<std::string>& standing, const std::string& result) {
  ASSIGN_OR_RETURN(const auto all, ListAll<v1::Nomination>(transaction, round.name));
  for (const Stored<v1::Nomination>& stored : all) {
    v1::Nomination nomination = stored.value;
    if (standing.contains(stored.name) || !IsUnderWay(StateOf(nomination))) continue;
    RETURN_IF_ERROR(Move(nomination,
                         {.to = NominationState::kWithdrawn,
                          .mover = Mover::kRound,
                          .reason = "it no longer follows from the scores of the round",
                          .basis = result},
                         transaction.Now()));
    RETURN_IF_ERROR(Save(transaction, nomination).status());
  }
  return absl::OkStatus();
}

// The answer with the newest version of each nomination that `issue` names.
absl::StatusOr<v1::IssueNominationsResponse> AnswerOf(Transaction& transaction,
                                                      v1::IssueNominationsResponse issue) {
  for (v1::Nomination& nomination : *issue.mutable_nominations()) {
    ASSIGN_OR_RETURN(const auto stored, Find<v1::Nomination>(transaction, nomination.name()));
    if (stored.has_value()) nomination = Render(*stored);
  }
  return issue;
}

absl::StatusOr<v1::IssueNominationsResponse> RepeatAnswer(Transaction& transaction,
                                                          const std::string& round) {
  ASSIGN_OR_RETURN(const auto issue, Find<v1::IssueNominationsResponse>(transaction, round));
  if (!issue.has_value()) {
    return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                         "what closed a round is not stored")
        .With("name", round);
  }
  return AnswerOf(transaction, issue->value);
}

// The nominations of all nominees, stored.
absl::StatusOr<std::vector<v1::Nomination>> ProposeAll(Transaction& transaction, const Round& round,
                                                       const std::vector<Scored>& scored,
                                                       const std::vector<Nominee>& nominees,
                                                       const std::string& result) {
  std::map<std::string, const Scored*> by_category;
  for (const Scored& category : scored) {
    by_category.emplace(category.contest.category->id, &category);
  }
  std::vector<v1::Nomination> nominations;
  for (const Nominee& nominee : nominees) {
    ASSIGN_OR_RETURN(
        v1::Nomination nomination,
        Propose(transaction, round, *by_category.at(nominee.category), nominee, result));
    nominations.push_back(std::move(nomination));
  }
  return nominations;
}

// A nomination as a result keeps it.
v1::Nomination Extract(const v1::Nomination& nomination) {
  v1::Nomination extract = nomination;
  extract.clear_events();
  extract.clear_dossier();
  extract.clear_etag();
  extract.clear_update_time();
  return extract;
}

// Stores the result and, as the answer that closes the round, what is nominated in it.
absl::Status PutResult(Transaction& transaction, const Round& round, v1::RoundResult& result,
                       const std::vector<OpenPlace>& open_places) {
  v1::IssueNominationsResponse issue;
  for (const v1::Nomination& nomination : result.nominations()) {
    issue.add_nominations()->set_name(nomination.name());
  }
  result.clear_open_places();
  for (const OpenPlace& open : open_places) {
    *result.add_open_places() = ToProto(open);
    *issue.add_open_place_details() = ToProto(open);
    issue.add_open_places(open.description);
  }
  issue.set_result(result.name());
  RETURN_IF_ERROR(Put(transaction, result.name(), result).status());
  return Put(transaction, round.name, issue).status();
}

// Stores the nominations, the result with them, the answer that names them, and the closed round.
absl::StatusOr<v1::IssueNominationsResponse> Issue(Transaction& transaction, Round round,
                                                   const std::vector<Scored>& scored) {
  ASSIGN_OR_RETURN(const NominationResult nominated, NominateFrom(transaction, round, scored));
  v1::RoundResult result;
  result.set_name(ResultName(round.name, static_cast<int64_t>(round.reopenings.size()) + 1));
  result.set_snapshot_hash(round.snapshot_hash);
  *result.mutable_issue_time() = ToProto(transaction.Now());
  for (const Scored& category : scored) *result.add_standings() = category.standings;
  ASSIGN_OR_RETURN(const std::vector<v1::Nomination> nominations,
                   ProposeAll(transaction, round, scored, nominated.nominees, result.name()));
  std::set<std::string> standing;
  for (const v1::Nomination& nomination : nominations) {
    standing.insert(nomination.name());
    *result.add_nominations() = Extract(nomination);
  }
  RETURN_IF_ERROR(WithdrawFallen(transaction, round, standing, result.name()));
  RETURN_IF_ERROR(PutResult(transaction, round, result, nominated.open_places));
  round.state = RoundState::kNominated;
  round.result = result.name();
  RETURN_IF_ERROR(Put(transaction, round.name, round).status());
  return RepeatAnswer(transaction, round.name);
}

absl::Status CheckReviewsAgreed(Transaction& transaction, const Round& round) {
  constexpr size_t kNamed = 10;
  ASSIGN_OR_RETURN(const auto reviews, ListAll<v1::Review>(transaction, round.name));
  std::vector<std::string> open;
  for (const Stored<v1::Review>& review : reviews) {
    if (review.value.stage() < v1::Review::STAGE_AGREED) open.push_back(review.value.unit());
  }
  if (open.empty()) return absl::OkStatus();
  const size_t count = open.size();
  open.resize(std::min(count, kNamed));
  return common::Error(absl::StatusCode::kFailedPrecondition, kReviewsOpen,
                       "sheets of the round are not agreed yet")
      .With("name", round.name)
      .With("open", absl::StrCat(count))
      .With("units", absl::StrJoin(open, " "));
}

}  // namespace

absl::StatusOr<v1::IssueNominationsResponse> IssueNominations(Transaction& transaction,
                                                              const std::string& name) {
  ASSIGN_OR_RETURN(std::optional<Stored<Round>> found, Find<Round>(transaction, name));
  if (!found.has_value()) return NotFound(name);
  const Round& round = found->value;
  if (round.state == RoundState::kNominated) return RepeatAnswer(transaction, name);
  if (round.state == RoundState::kOpen) return NotScored(name);
  ContestReader reader(transaction, round, DayInVietNam(transaction.Now()));
  RETURN_IF_ERROR(reader.projection().CheckConsistent());
  ASSIGN_OR_RETURN(std::vector<Contest> contests, reader.ReadAll());
  RETURN_IF_ERROR(CheckFresh(transaction, round, contests));
  RETURN_IF_ERROR(CheckYearClosed(reader.projection(), round));
  RETURN_IF_ERROR(CheckReviewsAgreed(transaction, round));
  ASSIGN_OR_RETURN(const std::vector<Scored> scored,
                   ReadScored(transaction, round, std::move(contests)));
  return Issue(transaction, round, scored);
}

absl::StatusOr<NominationResult> NominateFrom(Reader& reader, const Round& round,
                                              const std::vector<Scored>& scored) {
  ASSIGN_OR_RETURN(auto ballots, ListAll<Ballot>(reader, round.name));
  // The last version of a closed ballot is the one that closed it.
  std::ranges::sort(ballots, {}, &Stored<Ballot>::sequence);
  std::vector<CategoryResult> results;
  for (const Scored& category : scored) {
    CategoryResult result = ResultOf(category);
    for (const Stored<Ballot>& ballot : ballots) ApplyBallot(ballot.value, result);
    results.push_back(std::move(result));
  }
  return Nominate(results, round.flags_per_province);
}

absl::StatusOr<std::vector<v1::Nomination>> NominateElected(Transaction& transaction,
                                                            const Round& round) {
  ASSIGN_OR_RETURN(const auto stored, Find<v1::RoundResult>(transaction, round.result));
  if (!stored.has_value()) return NotFound(round.result);
  v1::RoundResult result = stored->value;
  ContestReader reader(transaction, round, DayInVietNam(transaction.Now()));
  ASSIGN_OR_RETURN(std::vector<Contest> contests, reader.ReadAll());
  std::vector<Scored> scored;
  for (int i = 0; i < result.standings_size(); ++i) {
    scored.push_back(
        {.contest = std::move(contests[static_cast<size_t>(i)]), .standings = result.standings(i)});
  }
  ASSIGN_OR_RETURN(NominationResult nominated, NominateFrom(transaction, round, scored));
  std::erase_if(nominated.nominees, [&](const Nominee& nominee) {
    const std::string name = NominationName(round.name, nominee.award, nominee.unit);
    return std::ranges::any_of(result.nominations(),
                               [&](const auto& issued) { return issued.name() == name; });
  });
  ASSIGN_OR_RETURN(const std::vector<v1::Nomination> added,
                   ProposeAll(transaction, round, scored, nominated.nominees, result.name()));
  for (const v1::Nomination& nomination : added) *result.add_nominations() = Extract(nomination);
  RETURN_IF_ERROR(PutResult(transaction, round, result, nominated.open_places));
  return added;
}

}  // namespace awards
