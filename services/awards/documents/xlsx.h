// Tables as a workbook, the way document_service.proto describes.
#ifndef THIDUA_SERVICES_AWARDS_DOCUMENTS_XLSX_H_
#define THIDUA_SERVICES_AWARDS_DOCUMENTS_XLSX_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "services/awards/documents/table.h"

namespace awards::documents {

struct Sheet {
  // Made to fit what a spreadsheet allows: short, without some characters, unlike the others.
  std::string name{};
  // Above the table.
  std::string heading{};
  Table table{};
  bool is_landscape = false;
};

struct Workbook {
  std::string title{};
  // Below each table.
  std::string note{};
  // The day the file says it was made; 1970-01-01 if there is none.
  std::optional<absl::CivilDay> day{};
  // At least one.
  std::vector<Sheet> sheets{};
};

// The bytes of the file; the same for the same workbook. One workbook is written at a time, however
// many threads call.
// UNAVAILABLE, reason STORAGE_UNAVAILABLE: there is no room for temporary files.
absl::StatusOr<std::string> WriteXlsx(const Workbook& workbook);

// Whether a spreadsheet can hold the decimal as a number without losing a digit: 15 significant
// digits at most.
bool FitsSpreadsheetNumber(std::string_view decimal);

}  // namespace awards::documents

#endif  // THIDUA_SERVICES_AWARDS_DOCUMENTS_XLSX_H_
