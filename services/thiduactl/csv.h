// Tables of figures as people and spreadsheets write them: comma-separated values.
#ifndef THIDUA_SERVICES_THIDUACTL_CSV_H_
#define THIDUA_SERVICES_THIDUACTL_CSV_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace thiduactl {

// One record of a table.
struct CsvRow {
  // Where it begins, counted from 1.
  int line = 0;
  // Without quotes, and without blanks around unquoted text.
  std::vector<std::string> cells{};
};

// Reads records after RFC 4180: cells in double quotes may hold commas, line breaks and doubled
// quotes; lines end with LF or CRLF; the last one may have no end. Beyond the RFC: a byte order
// mark at the start, empty lines, and lines that begin with `#` are skipped. Not thread-safe.
class CsvReader {
 public:
  // Does not copy `text`, which must outlive the reader.
  explicit CsvReader(std::string_view text);

  // The next record; nothing at the end. A local problem that begins with the line number: a quote
  // that is not closed or stands in the middle of a cell, or text that is not UTF-8. After a
  // problem the reader is of no more use.
  absl::StatusOr<std::optional<CsvRow>> Next();

 private:
  void SkipCommentsAndEmptyLines();
  absl::StatusOr<std::string> ReadCell();
  absl::StatusOr<std::string> ReadQuotedCell();
  bool AtLineEnd() const;
  void SkipLineEnd();

  std::string_view text_;
  size_t at_ = 0;
  int line_ = 1;
};

}  // namespace thiduactl

#endif  // THIDUA_SERVICES_THIDUACTL_CSV_H_
