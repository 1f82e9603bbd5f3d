#include "services/thiduactl/rejection.h"

#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/thiduactl/names.h"

namespace thiduactl {

std::string ColumnOf(const std::string& path, const thidua::reporting::v1::Report& report) {
  constexpr std::string_view kFigures = "figures[";
  const size_t begin = path.find(kFigures);
  if (begin == std::string::npos) return path;
  const size_t digits = begin + kFigures.size();
  int index = -1;
  if (!absl::SimpleAtoi(path.substr(digits, path.find(']', digits) - digits), &index)) return path;
  if (index < 0 || index >= report.figures_size()) return path;
  return ShortName(report.figures(index).indicator());
}

absl::Status WithColumns(const absl::Status& status, const thidua::reporting::v1::Report& report) {
  const common::ErrorDetail detail = common::DetailOf(status);
  if (detail.violations.empty()) return status;
  common::Error error(status.code(), detail.reason, common::sv(status.message()));
  for (const auto& [key, value] : detail.metadata) error.With(key, value);
  for (const common::FieldViolation& violation : detail.violations) {
    error.Field(ColumnOf(violation.field, report), violation.description, violation.reason);
  }
  absl::Status renamed = error.ToStatus();
  status.ForEachPayload([&renamed](absl::string_view url, const absl::Cord& payload) {
    if (!renamed.GetPayload(url).has_value()) renamed.SetPayload(url, payload);
  });
  return renamed;
}

std::string RejectionHeadline(const ImportedRow& row) {
  const thidua::type::v1::Problem& problem = row.answer.rejection();
  return absl::StrCat(absl::StatusCodeToString(static_cast<absl::StatusCode>(problem.code())), " ",
                      problem.reason(), ": ", problem.message());
}

std::vector<std::string> RejectedFields(const ImportedRow& row) {
  std::vector<std::string> fields;
  for (const thidua::type::v1::FieldProblem& field : row.answer.rejection().fields()) {
    fields.push_back(absl::StrCat(ColumnOf(field.field(), row.report), ": ", field.description(),
                                  field.reason().empty() ? "" : " [", field.reason(),
                                  field.reason().empty() ? "" : "]"));
  }
  return fields;
}

void PrintRejection(std::ostream& err, const std::string& path, const ImportedRow& row) {
  err << path << ":" << row.line << ": " << ShortName(row.report.unit()) << ": "
      << RejectionHeadline(row) << "\n";
  for (const std::string& field : RejectedFields(row)) err << "  " << field << "\n";
}

}  // namespace thiduactl
