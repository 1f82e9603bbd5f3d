#include <cstdint>
#include <map>
#include <optional>
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
#include "services/awards/domain/nomination.h"
#include "services/awards/domain/reasons.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/contest.h"
#include "services/awards/service/scoring.h"
#include "services/awards/store/awards_store.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using common::storage::Transaction;

// What was scored in one category.
struct Scored {
  Contest contest{};
  v1::Standings standings{};
};

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

v1::Nomination MakeNomination(const Round& round, const Scored& scored, const Nominee& nominee) {
  v1::Nomination nomination;
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
  nomination.set_state(v1::Nomination::STATE_PROPOSED);
  return nomination;
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

// Stores the nominations, the answer that names them, and the closed round.
absl::StatusOr<v1::IssueNominationsResponse> Issue(Transaction& transaction, Round round,
                                                   const std::vector<Scored>& scored) {
  std::vector<CategoryResult> results;
  std::map<std::string, const Scored*> by_category;
  for (const Scored& category : scored) {
    results.push_back(ResultOf(category));
    by_category.emplace(category.contest.category->id, &category);
  }
  const NominationResult result = Nominate(results, round.flags_per_province);
  v1::IssueNominationsResponse issue;
  for (const Nominee& nominee : result.nominees) {
    const v1::Nomination nomination =
        MakeNomination(round, *by_category.at(nominee.category), nominee);
    RETURN_IF_ERROR(Put(transaction, nomination.name(), nomination).status());
    issue.add_nominations()->set_name(nomination.name());
  }
  issue.mutable_open_places()->Assign(result.open_places.begin(), result.open_places.end());
  RETURN_IF_ERROR(Put(transaction, round.name, issue).status());
  round.state = RoundState::kNominated;
  RETURN_IF_ERROR(Put(transaction, round.name, round).status());
  return AnswerOf(transaction, std::move(issue));
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
  ASSIGN_OR_RETURN(const std::vector<Scored> scored,
                   ReadScored(transaction, round, std::move(contests)));
  return Issue(transaction, round, scored);
}

}  // namespace awards
