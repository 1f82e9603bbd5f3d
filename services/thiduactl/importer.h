// Sends a table of figures through SubmissionService.ImportSubmissions.
#ifndef THIDUA_SERVICES_THIDUACTL_IMPORTER_H_
#define THIDUA_SERVICES_THIDUACTL_IMPORTER_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "services/thiduactl/connection.h"
#include "services/thiduactl/figures.h"
#include "services/thiduactl/plan.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace thiduactl {

// How many rows had which outcome.
struct ImportCounts {
  int64_t created = 0;
  int64_t revised = 0;
  int64_t unchanged = 0;
  int64_t rejected = 0;
  // Of the last row that was stored; empty if none was.
  std::string commit_token{};

  int64_t total() const { return created + revised + unchanged + rejected; }
  // Such as `11 rows: 10 created, 1 rejected`.
  std::string Summary() const;
};

// One row and what the service says of it.
struct ImportedRow {
  int line = 0;
  // As it was sent.
  thidua::reporting::v1::Report report{};
  thidua::reporting::v1::ImportSubmissionsResponse answer{};
};

// What an import needs to know beside its rows.
struct ImportOptions {
  ReportKey key{};
  // Check the rows and store nothing.
  bool validate_only = false;
};

// Sends all rows, each with an id of `ids`, and calls `on_row` for each answer, in the order of the
// rows. Rows that a broken stream left without answer are sent again, with the same ids, until
// there is no answer for the connection's timeout. A rejected row is no error; an error is one of
// the stream (Connection::Call has the codes), INTERNAL if the service answers out of order.
absl::StatusOr<ImportCounts> ImportFigures(Connection& connection, FigureTable table,
                                           const ImportOptions& options, RequestIds& ids,
                                           const std::function<void(const ImportedRow&)>& on_row);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_IMPORTER_H_
