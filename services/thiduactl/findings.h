// Findings and figures of a report, as a person reads them.
#ifndef THIDUA_SERVICES_THIDUACTL_FINDINGS_H_
#define THIDUA_SERVICES_THIDUACTL_FINDINGS_H_

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <vector>

#include "services/thiduactl/session.h"
#include "services/thiduactl/table.h"
#include "thidua/reporting/v1/finding.pb.h"
#include "thidua/type/v1/type.pb.h"

namespace thiduactl {

// Such as `1,234.5` or `n/a`.
std::string FigureText(const thidua::type::v1::Figure& figure);

// The columns of a table of findings, and a finding as a row of it.
std::vector<Column> FindingColumns();
std::vector<std::string> FindingRow(const Session& session,
                                    const thidua::reporting::v1::Finding& finding);

// Prints the findings as a table, or nothing if there are none.
void PrintFindings(Session& session,
                   const google::protobuf::RepeatedPtrField<thidua::reporting::v1::Finding>& findings);

// Prints derived figures as a table under a line that says so, or nothing if there are none.
void PrintDerivedFigures(
    Session& session, const google::protobuf::RepeatedPtrField<thidua::type::v1::Figure>& figures);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_FINDINGS_H_
