// What units and clusters are called, and who leads a cluster in a year, as the feed of the
// reporting service told.
#ifndef THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_DIRECTORY_H_
#define THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_DIRECTORY_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/storage/ledger.h"
#include "services/awards/domain/rubric.h"
#include "thidua/reporting/v1/unit.pb.h"

namespace awards {

// The title of `unit` on `day`, `YYYY-MM-DD`; empty before its first.
LocalizedText TitleOn(const thidua::reporting::v1::Unit& unit, const std::string& day);

// The people of one cluster year.
struct ClusterRoster {
  LocalizedText title{};
  LocalizedText head_title{};
  std::vector<LocalizedText> vice_head_titles{};
  // In the order of the cluster year.
  std::vector<LocalizedText> member_titles{};
};

// A view of one reader, valid as long as that. Used by one thread. Fails as the ledger does;
// DATA_LOSS, reason DATA_CORRUPT, if a record cannot be read.
class Directory {
 public:
  // Titles are those of `day`.
  Directory(common::storage::Reader& reader, absl::CivilDay day);

  // The unit's name stands in where the feed told of no title.
  absl::StatusOr<LocalizedText> TitleOfUnit(const std::string& unit);

  // What of it the feed has not told of is empty.
  absl::StatusOr<ClusterRoster> RosterOf(const std::string& cluster_year);

 private:
  common::storage::Reader& reader_;
  const std::string day_;
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_REPORTING_CLIENT_DIRECTORY_H_
