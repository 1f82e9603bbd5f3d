#include "services/awards/service/scoring.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "common/status/status_macros.h"
#include "services/awards/codec/fields.h"
#include "services/awards/codec/names.h"
#include "services/awards/codec/result_codec.h"
#include "services/awards/domain/nomination.h"
#include "services/awards/domain/ranking.h"
#include "services/awards/domain/score.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/contest.h"
#include "services/awards/service/requests.h"
#include "services/awards/store/awards_store.h"

namespace awards {

namespace v1 = thidua::awards::v1;
using common::storage::Transaction;

std::vector<ScoreSheet> ScoreAll(const Contest& contest) {
  std::vector<const UnitInputs*> units;
  units.reserve(contest.entrants.size());
  for (const Entrant& entrant : contest.entrants) units.push_back(&entrant.inputs);
  return ScoreCategory(contest.rubric, units);
}

v1::Standings MakeStandings(const Round& round, const Contest& contest,
                            const std::vector<ScoreSheet>& sheets) {
  std::map<std::string, v1::Standing> places;
  int64_t eligible = 0;
  int64_t meeting_standard = 0;
  for (size_t i = 0; i < sheets.size(); ++i) {
    const Entrant& entrant = contest.entrants[i];
    v1::Standing& place = places[entrant.inputs.unit];
    const auto record = contest.records.find(entrant.inputs.unit);
    const std::vector<std::string> failed =
        FailedGates(*contest.category, entrant.inputs, sheets[i],
                    record == contest.records.end() ? UnitRecord() : record->second);
    if (failed.empty()) ++eligible;
    if (MeetsStandard(contest.category->award, sheets[i])) ++meeting_standard;
    place.mutable_failed_gates()->Assign(failed.begin(), failed.end());
    *place.mutable_unit_title() = ToProto(entrant.title);
  }
  v1::Standings standings;
  standings.set_name(StandingsName(round.name, contest.category->id));
  standings.set_rubric(contest.category->rubric);
  for (const Standing& standing : Rank(contest.rubric, sheets)) {
    v1::Standing& place = *standings.add_standings();
    place = places[standing.unit];
    place.MergeFrom(ToProto(round, contest.rubric, standing));
  }
  const Quota quota =
      ComputeQuota(contest.category->award, static_cast<int64_t>(contest.entrants.size()), eligible,
                   meeting_standard);
  standings.set_quota(static_cast<int32_t>(quota.places));
  standings.set_quota_working(quota.working);
  return standings;
}

namespace {

// Stores `value` and says whether that changed anything.
template <typename T>
absl::StatusOr<bool> PutChanged(Transaction& transaction, const std::string& name, const T& value) {
  ASSIGN_OR_RETURN(const std::optional<Stored<T>> before, Find<T>(transaction, name));
  ASSIGN_OR_RETURN(const Stored<T> after, Put<T>(transaction, name, value));
  return !before.has_value() || before->version != after.version;
}

// Stores the sheets of all contests and removes those of units that no longer compete.
absl::StatusOr<bool> PutSheets(Transaction& transaction, const Round& round,
                               const std::vector<Contest>& contests,
                               const std::vector<std::vector<ScoreSheet>>& sheets) {
  bool changed = false;
  std::set<std::string> names;
  for (size_t i = 0; i < contests.size(); ++i) {
    for (const ScoreSheet& sheet : sheets[i]) {
      const v1::ScoreSheet printed =
          ToProto(round, *contests[i].category, contests[i].rubric, sheet);
      ASSIGN_OR_RETURN(const bool differs, PutChanged(transaction, printed.name(), printed));
      changed = changed || differs;
      names.insert(printed.name());
    }
  }
  ASSIGN_OR_RETURN(const auto stored, ListAll<v1::ScoreSheet>(transaction, round.name));
  for (const Stored<v1::ScoreSheet>& sheet : stored) {
    if (names.contains(sheet.name)) continue;
    RETURN_IF_ERROR(Remove<v1::ScoreSheet>(transaction, sheet.name));
    changed = true;
  }
  return changed;
}

// Stores what was scored as the newest scores of `round`: with the time of the scores before, if
// they are the same.
absl::StatusOr<Stored<Round>> PutScores(Transaction& transaction, Round round, bool sheets_changed,
                                        std::vector<v1::Standings>& standings) {
  bool changed = sheets_changed || round.state != RoundState::kScored;
  for (v1::Standings& category : standings) {
    category.set_snapshot_hash(round.snapshot_hash);
    if (round.score_time) *category.mutable_score_time() = ToProto(*round.score_time);
    ASSIGN_OR_RETURN(const auto before, Find<v1::Standings>(transaction, category.name()));
    changed = changed || !before.has_value() ||
              before->value.SerializeAsString() != category.SerializeAsString();
  }
  if (changed) {
    round.state = RoundState::kScored;
    round.score_time = transaction.Now();
    for (v1::Standings& category : standings) {
      *category.mutable_score_time() = ToProto(*round.score_time);
      RETURN_IF_ERROR(Put(transaction, category.name(), category).status());
    }
  }
  return Put(transaction, round.name, round);
}

}  // namespace

absl::StatusOr<v1::ScoreRoundResponse> ScoreRound(Transaction& transaction,
                                                  const std::string& name) {
  ASSIGN_OR_RETURN(Stored<Round> round, FindOpenRound(transaction, name));
  ContestReader reader(transaction, round.value, DayInVietNam(transaction.Now()));
  RETURN_IF_ERROR(reader.projection().CheckConsistent());
  ASSIGN_OR_RETURN(const std::vector<Contest> contests, reader.ReadAll());
  std::vector<std::vector<ScoreSheet>> sheets;
  std::vector<v1::Standings> standings;
  std::vector<ScoreSheet> all;
  for (const Contest& contest : contests) {
    sheets.push_back(ScoreAll(contest));
    standings.push_back(MakeStandings(round.value, contest, sheets.back()));
    all.insert(all.end(), sheets.back().begin(), sheets.back().end());
  }
  Round scored = round.value;
  scored.snapshot_hash = SnapshotHash(all);
  ASSIGN_OR_RETURN(const bool changed, PutSheets(transaction, round.value, contests, sheets));
  ASSIGN_OR_RETURN(const Stored<Round> stored,
                   PutScores(transaction, std::move(scored), changed, standings));
  v1::ScoreRoundResponse response;
  *response.mutable_round() = Render(stored);
  response.mutable_standings()->Assign(standings.begin(), standings.end());
  return response;
}

}  // namespace awards
