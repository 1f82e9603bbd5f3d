#include "services/awards/service/contest.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "common/text/sha256.h"
#include "services/awards/codec/names.h"
#include "services/awards/domain/appraisal.h"
#include "services/awards/domain/review.h"
#include "services/awards/service/unit_records.h"
#include "services/awards/store/awards_store.h"
#include "thidua/awards/v1/score_sheet.pb.h"

namespace awards {
namespace {

namespace v1 = thidua::awards::v1;
using common::storage::Reader;

// What of an appraisal or an agreement counts.
template <typename T>
AppraisedPoints PointsOf(const Stored<T>& appraisal) {
  AppraisedPoints points{
      .points = {},
      .source = {.resource = appraisal.name, .revision = static_cast<int>(appraisal.version)}};
  if (const auto* number = std::get_if<common::Decimal>(&appraisal.value.verdict)) {
    points.points = *number;
  }
  return points;
}

Pin PinOf(const AppraisedPoints& points) {
  return {.resource = points.source.resource,
          .revision = points.source.revision,
          .content_hash = common::Sha256Hex(points.points.has_value() ? points.points->ToString()
                                                                      : "not applicable")};
}

Pin PinOf(const Stored<Event>& event) {
  return {.resource = event.name,
          .revision = static_cast<int>(event.version),
          .content_hash =
              common::Sha256Hex(absl::StrCat(event.value.criterion, "\n", event.value.count))};
}

void SortPins(std::vector<Pin>& pins) {
  std::sort(pins.begin(), pins.end());
  pins.erase(std::unique(pins.begin(), pins.end()), pins.end());
}

std::vector<Pin> PinsOf(const v1::ScoreSheet& sheet) {
  std::vector<Pin> pins;
  for (const v1::Pin& pin : sheet.pins()) {
    pins.push_back({.resource = pin.resource(),
                    .revision = pin.revision(),
                    .content_hash = pin.content_hash()});
  }
  SortPins(pins);
  return pins;
}

// Whether the unit would now fail other gates of its record than when it was scored.
bool HasOtherRecord(const Contest& contest, const v1::Standing& standing) {
  // A record of everything fails exactly the gates that look at records.
  const std::vector<std::string> by_record = FailedByRecord(
      *contest.category, {.has_hold = true, .has_revocation = true, .is_dissolved = true});
  if (by_record.empty()) return false;
  const auto found = contest.records.find(standing.unit());
  const std::vector<std::string> now = FailedByRecord(
      *contest.category, found == contest.records.end() ? UnitRecord() : found->second);
  std::vector<std::string> then;
  for (const std::string& gate : standing.failed_gates()) {
    if (std::ranges::find(by_record, gate) != by_record.end()) then.push_back(gate);
  }
  return then != now;
}

}  // namespace

absl::CivilDay DayInVietNam(absl::Time time) {
  // UTC+7 without summer time ever since 1975.
  return absl::ToCivilDay(time, absl::FixedTimeZone(7 * 60 * 60));
}

ContestReader::ContestReader(Reader& reader, const Round& round, absl::CivilDay day)
    : reader_(reader), round_(round), day_(day), projection_(reader) {}

absl::Status ContestReader::ReadRecorded() {
  if (has_recorded_) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto appraisals, ListAll<Appraisal>(reader_, round_.name));
  for (const Stored<Appraisal>& appraisal : appraisals) {
    recorded_[appraisal.value.unit].appraisals[appraisal.value.criterion] = PointsOf(appraisal);
  }
  // What the meeting agreed on takes the place of what was appraised.
  ASSIGN_OR_RETURN(const auto assessments, ListAll<Assessment>(reader_, round_.name));
  for (const Stored<Assessment>& assessment : assessments) {
    if (assessment.value.role != AssessmentRole::kAgreement) continue;
    recorded_[assessment.value.unit].appraisals[assessment.value.criterion] = PointsOf(assessment);
  }
  for (auto& [name, unit] : recorded_) {
    for (const auto& [criterion, points] : unit.appraisals) unit.pins.push_back(PinOf(points));
  }
  RETURN_IF_ERROR(ReadEvents());
  has_recorded_ = true;
  return absl::OkStatus();
}

absl::Status ContestReader::ReadEvents() {
  ASSIGN_OR_RETURN(const auto events, ListAll<Event>(reader_, round_.name));
  for (const Stored<Event>& event : events) {
    Recorded& unit = recorded_[event.value.unit];
    unit.events[event.value.criterion].push_back(
        {.count = event.value.count,
         .source = {.resource = event.name, .revision = static_cast<int>(event.version)}});
    unit.pins.push_back(PinOf(event));
  }
  return absl::OkStatus();
}

void ContestReader::AddRecorded(Entrant& entrant) const {
  UnitInputs& inputs = entrant.inputs;
  if (const auto found = recorded_.find(inputs.unit); found != recorded_.end()) {
    inputs.appraisals = found->second.appraisals;
    inputs.events = found->second.events;
    inputs.pins.insert(inputs.pins.end(), found->second.pins.begin(), found->second.pins.end());
  }
  SortPins(inputs.pins);
}

absl::StatusOr<Rubric> ContestReader::ReadRubric(const Category& category) {
  ASSIGN_OR_RETURN(std::optional<Stored<Rubric>> rubric, Find<Rubric>(reader_, category.rubric));
  if (rubric.has_value()) return std::move(rubric->value);
  return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                       "the rubric of a round is not stored")
      .With("name", category.rubric);
}

absl::StatusOr<std::optional<Entrant>> ContestReader::ReadEntrant(const Category& category,
                                                                  const std::string& unit) {
  RETURN_IF_ERROR(ReadRecorded());
  ASSIGN_OR_RETURN(const Rubric rubric, ReadRubric(category));
  ASSIGN_OR_RETURN(std::optional<Entrant> entrant,
                   projection_.FindEntrant(round_, category, unit, day_, UsesLastYear(rubric)));
  if (entrant.has_value()) AddRecorded(*entrant);
  return entrant;
}

absl::StatusOr<Contest> ContestReader::Read(const Category& category) {
  RETURN_IF_ERROR(ReadRecorded());
  Contest contest{.category = &category};
  ASSIGN_OR_RETURN(contest.rubric, ReadRubric(category));
  ASSIGN_OR_RETURN(contest.entrants,
                   projection_.ListEntrants(round_, category, day_, UsesLastYear(contest.rubric)));
  for (Entrant& entrant : contest.entrants) AddRecorded(entrant);
  ASSIGN_OR_RETURN(contest.records, ReadUnitRecords(reader_, round_.cluster_year));
  for (const Entrant& entrant : contest.entrants) {
    if (!entrant.dissolved_on.empty()) contest.records[entrant.inputs.unit].is_dissolved = true;
  }
  return contest;
}

absl::StatusOr<std::vector<Contest>> ContestReader::ReadAll() {
  std::vector<Contest> contests;
  for (const Category& category : round_.categories) {
    ASSIGN_OR_RETURN(Contest contest, Read(category));
    contests.push_back(std::move(contest));
  }
  return contests;
}

absl::StatusOr<std::vector<std::string>> FindStaleOf(Reader& reader, const Round& round,
                                                     const Entrant& entrant) {
  const std::string& unit = entrant.inputs.unit;
  ASSIGN_OR_RETURN(const auto sheet,
                   Find<v1::ScoreSheet>(reader, ScoreSheetName(round.name, unit)));
  if (!sheet.has_value()) return std::vector<std::string>{unit};
  std::vector<Pin> differing;
  const std::vector<Pin> scored = PinsOf(sheet->value);
  std::set_symmetric_difference(scored.begin(), scored.end(), entrant.inputs.pins.begin(),
                                entrant.inputs.pins.end(), std::back_inserter(differing));
  std::set<std::string> stale;
  for (Pin& pin : differing) stale.insert(std::move(pin.resource));
  return std::vector<std::string>(stale.begin(), stale.end());
}

absl::StatusOr<std::vector<std::string>> FindStale(Reader& reader, const Round& round,
                                                   const Contest& contest) {
  std::set<std::string> stale;
  std::set<std::string> entrants;
  for (const Entrant& entrant : contest.entrants) {
    entrants.insert(entrant.inputs.unit);
    ASSIGN_OR_RETURN(const std::vector<std::string> found, FindStaleOf(reader, round, entrant));
    stale.insert(found.begin(), found.end());
  }
  ASSIGN_OR_RETURN(const auto standings,
                   Find<v1::Standings>(reader, StandingsName(round.name, contest.category->id)));
  if (standings.has_value()) {
    for (const v1::Standing& standing : standings->value.standings()) {
      if (!entrants.contains(standing.unit()) || HasOtherRecord(contest, standing)) {
        stale.insert(standing.unit());
      }
    }
  }
  return std::vector<std::string>(stale.begin(), stale.end());
}

}  // namespace awards
