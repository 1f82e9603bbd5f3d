// Why rows of a table were rejected, in words.
#ifndef THIDUA_SERVICES_THIDUACTL_REJECTION_H_
#define THIDUA_SERVICES_THIDUACTL_REJECTION_H_

#include <ostream>
#include <string>
#include <vector>

#include "services/thiduactl/importer.h"

namespace thiduactl {

// Code, reason, message of a rejected row, on one line.
std::string RejectionHeadline(const ImportedRow& row);

// One sentence for each field at fault, such as `COOP_NEW: is below the minimum 0`: the column
// where the field is a figure, else the field's path.
std::vector<std::string> RejectedFields(const ImportedRow& row);

// Headline and fields, after the row's place in `path`.
void PrintRejection(std::ostream& err, const std::string& path, const ImportedRow& row);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_REJECTION_H_
