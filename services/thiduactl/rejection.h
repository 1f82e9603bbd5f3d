// Why reports were refused, in words: rows of a table, and single ones.
#ifndef THIDUA_SERVICES_THIDUACTL_REJECTION_H_
#define THIDUA_SERVICES_THIDUACTL_REJECTION_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/thiduactl/importer.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace thiduactl {

// The code of the indicator that the path of a field is about, such as `COOP_NEW` for
// `report.figures[3].number`, or the path.
std::string ColumnOf(const std::string& path, const thidua::reporting::v1::Report& report);

// `status` with ColumnOf of each field at fault instead of its path.
absl::Status WithColumns(const absl::Status& status, const thidua::reporting::v1::Report& report);

// Code, reason, message of a rejected row, on one line.
std::string RejectionHeadline(const ImportedRow& row);

// The columns at fault, each once: codes where the fields are figures, else the fields' paths.
std::vector<std::string> RejectedColumns(const ImportedRow& row);

// One sentence for each field at fault that the headline does not tell, such as `COOP_NEW: is below
// the minimum 0`: the column where the field is a figure, else the field's path.
std::vector<std::string> RejectedFields(const ImportedRow& row);

// Headline and fields, on one line.
std::string RejectionText(const ImportedRow& row);

// Headline and fields, after the row's place in `path`.
void PrintRejection(std::ostream& err, const std::string& path, const ImportedRow& row);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_REJECTION_H_
