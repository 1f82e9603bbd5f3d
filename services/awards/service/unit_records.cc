#include "services/awards/service/unit_records.h"

#include "common/status/status_macros.h"
#include "services/awards/codec/names.h"
#include "services/awards/store/awards_store.h"
#include "thidua/awards/v1/nomination.pb.h"
#include "thidua/awards/v1/register_service.pb.h"

namespace awards {

namespace v1 = thidua::awards::v1;
using common::storage::Reader;

absl::StatusOr<std::map<std::string, UnitRecord>> ReadUnitRecords(Reader& reader,
                                                                  const std::string& cluster_year) {
  std::map<std::string, UnitRecord> records;
  ASSIGN_OR_RETURN(const auto holds, ListAll<v1::Hold>(reader, ""));
  for (const Stored<v1::Hold>& hold : holds) {
    if (hold.value.end_date().empty()) records[hold.value.unit()].has_hold = true;
  }
  const std::string_view year = YearOf(cluster_year);
  ASSIGN_OR_RETURN(const auto entries, ListAll<v1::RegisterEntry>(reader, ""));
  for (const Stored<v1::RegisterEntry>& entry : entries) {
    // Of a day YYYY-MM-DD, the year; an award that stands has none.
    if (entry.value.revocation().date().starts_with(year)) {
      records[entry.value.unit()].has_revocation = true;
    }
  }
  return records;
}

absl::StatusOr<std::string> FindLastingHold(Reader& reader, const std::string& unit) {
  ASSIGN_OR_RETURN(const auto holds, ListOfUnit<v1::Hold>(reader, unit));
  for (const Stored<v1::Hold>& hold : holds) {
    if (hold.value.end_date().empty()) return hold.name;
  }
  return std::string();
}

}  // namespace awards
