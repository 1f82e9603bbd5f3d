// Tables of figures: a line per unit, a column per indicator. The format is that of `ImportCsv` in
// proto/thidua/ctl/v1/plan.proto.
#ifndef THIDUA_SERVICES_THIDUACTL_FIGURES_H_
#define THIDUA_SERVICES_THIDUACTL_FIGURES_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/thiduactl/csv.h"
#include "thidua/reporting/v1/finding.pb.h"
#include "thidua/reporting/v1/pact.pb.h"
#include "thidua/reporting/v1/submission_service.pb.h"
#include "thidua/type/v1/type.pb.h"

namespace thiduactl {

// One line of a table.
struct FigureRow {
  // Its line in the file.
  int line = 0;
  // `units/{unit}`.
  std::string unit{};
  // The beginning of the day in the column `received`, in Việt Nam.
  std::optional<absl::Time> received{};
  std::string source{};
  std::string author{};
  // For targets: the period they are for; empty for the year.
  std::string period{};
  // Columns `explain:FINDING`.
  std::vector<thidua::reporting::v1::Explanation> explanations{};
  // Empty cells are left out.
  std::vector<thidua::type::v1::Figure> figures{};
};

// A table in memory, read row by row. Movable; not thread-safe.
class FigureTable {
 public:
  // Reads the file at `path` and checks every row, so that nothing of a table is sent before all of
  // it can be read. Whether figures are right is for the service to say. `path` may be
  // `/dev/stdin`. A local problem that begins with path and line: the file cannot be read, is no
  // CSV, has no column `unit`, a column twice or one that is no indicator code, a row with too few
  // or too many cells, a day that is none, or a figure with a decimal comma.
  static absl::StatusOr<FigureTable> Open(const std::string& path);

  // The same for a text; `place` stands in messages instead of a path.
  static absl::StatusOr<FigureTable> Parse(std::string text, const std::string& place);

  // A local problem if there is a column `period`, which belongs to targets.
  static absl::StatusOr<FigureTable> OpenReports(const std::string& path);

  const std::string& place() const { return place_; }
  int64_t row_count() const { return row_count_; }

  // The next row; nothing after the last.
  std::optional<FigureRow> Next();

 private:
  FigureTable(std::string text, std::string place);

  absl::Status ReadHeader();
  absl::StatusOr<std::optional<FigureRow>> ReadRow();
  absl::Status ReadCell(const std::string& column, const std::string& cell, FigureRow& row) const;
  absl::Status AtLine(int line, const std::string& message) const;

  std::string place_;
  std::unique_ptr<const std::string> text_;
  CsvReader reader_;
  std::vector<std::string> columns_{};
  int64_t row_count_ = 0;
};

// The figure that `CODE` and the cell or argument `text` mean; `text` is not empty. A local problem:
// a comma as decimals have it, or between thousands.
absl::StatusOr<thidua::type::v1::Figure> ParseFigure(const std::string& code,
                                                     const std::string& text);

// What all rows of an import have in common.
struct ReportKey {
  // `forms/{form}`.
  std::string form{};
  // Such as `2020-Q3`.
  std::string period{};
  thidua::reporting::v1::ValueKind value_kind = thidua::reporting::v1::VALUE_KIND_UNSPECIFIED;
};

thidua::reporting::v1::Report ToReport(const FigureRow& row, const ReportKey& key);

// The rows of `table` as targets. A local problem: a target that does not apply, or one of the
// columns that belong to reports.
absl::StatusOr<std::vector<thidua::reporting::v1::Target>> ReadTargets(FigureTable table);

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_FIGURES_H_
