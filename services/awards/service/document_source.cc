#include "services/awards/service/document_source.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/codec/document_codec.h"
#include "services/awards/codec/names.h"
#include "services/awards/documents/readings.h"
#include "services/awards/reporting_client/directory.h"
#include "services/awards/service/answers.h"
#include "services/awards/service/contest.h"
#include "services/awards/store/awards_store.h"
#include "thidua/awards/v1/nomination.pb.h"
#include "thidua/awards/v1/score_sheet.pb.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using common::storage::Reader;

// Reads the parts of one round.
class ResultReader {
 public:
  ResultReader(Reader& reader, const Round& round, absl::CivilDay day)
      : reader_(reader), round_(round), contests_(reader, round, day), directory_(reader, day) {}

  absl::StatusOr<documents::RoundResult> Read(const std::string& only) {
    ASSIGN_OR_RETURN(documents::RoundResult result, ReadHead());
    RETURN_IF_ERROR(ReadNominations(result));
    for (const Category& category : round_.categories) {
      if (!only.empty() && category.id != only) continue;
      ASSIGN_OR_RETURN(documents::Category read, ReadCategory(category));
      result.categories.push_back(std::move(read));
    }
    result.stale_count = static_cast<int>(stale_.size());
    return result;
  }

 private:
  absl::StatusOr<documents::RoundResult> ReadHead() {
    ASSIGN_OR_RETURN(ClusterRoster roster, directory_.RosterOf(round_.cluster_year));
    documents::RoundResult result{.name = round_.name,
                                  .title = round_.title,
                                  .cluster_title = std::move(roster.title),
                                  .year = std::string(LastPart(round_.cluster_year)),
                                  .head_title = std::move(roster.head_title),
                                  .vice_head_titles = std::move(roster.vice_head_titles),
                                  .member_titles = std::move(roster.member_titles),
                                  .flags_per_province = round_.flags_per_province,
                                  .is_nominated = round_.state == RoundState::kNominated,
                                  .snapshot_hash = round_.snapshot_hash};
    if (round_.score_time.has_value()) result.score_day = DayInVietNam(*round_.score_time);
    return result;
  }

  // By category, then by rank.
  absl::Status ReadNominations(documents::RoundResult& result) {
    ASSIGN_OR_RETURN(const auto nominations, ListAll<v1::Nomination>(reader_, round_.name));
    for (const auto& nomination : nominations) {
      documents::Nominee nominee = NomineeFrom(nomination.value);
      ASSIGN_OR_RETURN(nominee.province_title, directory_.TitleOfUnit(nominee.province_unit));
      if (documents::IsStanding(nominee.state)) ++result.flags_by_province[nominee.province_unit];
      nominees_[nomination.value.category()].push_back(std::move(nominee));
    }
    for (auto& [category, nominees] : nominees_) {
      std::stable_sort(nominees.begin(), nominees.end(),
                       [](const auto& a, const auto& b) { return a.rank < b.rank; });
    }
    return absl::OkStatus();
  }

  absl::StatusOr<documents::Category> ReadCategory(const Category& category) {
    ASSIGN_OR_RETURN(const auto standings,
                     Find<v1::Standings>(reader_, StandingsName(round_.name, category.id)));
    if (!standings.has_value()) return NotScored(round_.name);
    ASSIGN_OR_RETURN(const Contest contest, contests_.Read(category));
    ASSIGN_OR_RETURN(const auto stale, FindStale(reader_, round_, contest));
    stale_.insert(stale.begin(), stale.end());
    documents::Category read{.id = category.id,
                             .title = category.title,
                             .award_title = category.award.title,
                             .rubric_title = {},
                             .legal_basis = {},
                             .quota = standings->value.quota(),
                             .quota_working = standings->value.quota_working(),
                             .nominees = std::move(nominees_[category.id])};
    TakeRubric(contest.rubric, read);
    for (const Gate& gate : category.gates) read.gate_titles.emplace(gate.id, gate.title);
    RETURN_IF_ERROR(ReadContenders(standings->value, contest, read));
    return read;
  }

  absl::Status ReadContenders(const v1::Standings& standings, const Contest& contest,
                              documents::Category& read) {
    std::map<std::string, std::string> provinces;
    for (const Entrant& entrant : contest.entrants) {
      provinces.emplace(entrant.inputs.unit, entrant.province_unit);
    }
    for (const v1::Standing& standing : standings.standings()) {
      ASSIGN_OR_RETURN(const auto sheet, Find<v1::ScoreSheet>(reader_, standing.score_sheet()));
      if (!sheet.has_value()) {
        return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                             "a sheet of a scored round is not stored")
            .With("name", standing.score_sheet());
      }
      documents::Contender contender = ContenderFrom(standing, sheet->value);
      contender.province_unit = provinces[contender.unit];
      read.contenders.push_back(std::move(contender));
    }
    return absl::OkStatus();
  }

  Reader& reader_;
  const Round& round_;
  ContestReader contests_;
  Directory directory_;
  std::map<std::string, std::vector<documents::Nominee>> nominees_{};
  // Resources that have changed since scoring; categories have some in common.
  std::set<std::string> stale_{};
};

}  // namespace

absl::StatusOr<documents::RoundResult> ReadRoundResult(Reader& reader, const std::string& name,
                                                       const std::string& category) {
  ASSIGN_OR_RETURN(const auto round, Find<Round>(reader, name));
  if (!round.has_value()) return NotFound(name);
  const std::vector<Category>& categories = round->value.categories;
  const auto is_meant = [&category](const Category& candidate) { return candidate.id == category; };
  if (!category.empty() && std::none_of(categories.begin(), categories.end(), is_meant)) {
    return NotFound(StandingsName(name, category));
  }
  if (!round->value.score_time.has_value()) return NotScored(name);
  return ResultReader(reader, round->value, DayInVietNam(*round->value.score_time)).Read(category);
}

}  // namespace awards
