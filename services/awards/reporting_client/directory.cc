#include "services/awards/reporting_client/directory.h"

#include <optional>

#include "common/status/error.h"
#include "common/status/reasons.h"
#include "common/status/status_macros.h"
#include "services/awards/reporting_client/projection_writer.h"
#include "thidua/reporting/v1/change_feed_service.pb.h"

namespace awards {
namespace {

namespace v1 = thidua::reporting::v1;
using common::storage::Reader;
using common::storage::Record;

// Nothing if it is not there.
absl::StatusOr<std::optional<v1::Change>> Look(Reader& reader, std::string_view kind,
                                               std::string_view name) {
  ASSIGN_OR_RETURN(const std::optional<Record> record, reader.Get(kind, name));
  if (!record.has_value() || record->payload.empty()) return std::nullopt;
  v1::Change change;
  if (change.ParseFromString(record->payload)) return change;
  return common::Error(absl::StatusCode::kDataLoss, common::kDataCorrupt,
                       "a copied resource cannot be read")
      .With("kind", kind)
      .With("name", name);
}

}  // namespace

LocalizedText TitleOn(const v1::Unit& unit, const std::string& day) {
  LocalizedText title;
  // Oldest first; days compare as texts, and an empty one is before all.
  for (const v1::DatedTitle& dated : unit.titles()) {
    if (dated.valid_from() > day) break;
    title = {.vi = dated.title().vi(), .en = dated.title().en()};
  }
  return title;
}

Directory::Directory(Reader& reader, absl::CivilDay day)
    : reader_(reader), day_(absl::FormatCivilTime(day)) {}

absl::StatusOr<LocalizedText> Directory::TitleOfUnit(const std::string& unit) {
  ASSIGN_OR_RETURN(const auto change, Look(reader_, kProjectedUnit, unit));
  LocalizedText title;
  if (change.has_value()) title = TitleOn(change->unit(), day_);
  if (title.vi.empty()) title = {.vi = unit, .en = ""};
  return title;
}

absl::StatusOr<ClusterRoster> Directory::RosterOf(const std::string& cluster_year) {
  ClusterRoster roster;
  const std::string cluster = cluster_year.substr(0, cluster_year.find("/years/"));
  ASSIGN_OR_RETURN(const auto titled, Look(reader_, kProjectedCluster, cluster));
  if (titled.has_value()) {
    roster.title = {.vi = titled->cluster().title().vi(), .en = titled->cluster().title().en()};
  }
  ASSIGN_OR_RETURN(const auto change, Look(reader_, kProjectedClusterYear, cluster_year));
  if (!change.has_value()) return roster;
  const v1::ClusterYear& year = change->cluster_year();
  if (!year.head().empty()) {
    ASSIGN_OR_RETURN(roster.head_title, TitleOfUnit(year.head()));
  }
  for (const std::string& unit : year.vice_heads()) {
    ASSIGN_OR_RETURN(LocalizedText title, TitleOfUnit(unit));
    roster.vice_head_titles.push_back(std::move(title));
  }
  for (const std::string& unit : year.members()) {
    ASSIGN_OR_RETURN(LocalizedText title, TitleOfUnit(unit));
    roster.member_titles.push_back(std::move(title));
  }
  return roster;
}

}  // namespace awards
