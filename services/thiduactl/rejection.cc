#include "services/thiduactl/rejection.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/error.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/problem.h"

namespace thiduactl {
namespace {

// `message` with the column instead of the path, where it begins with what is wrong with a field.
std::string WithColumn(std::string_view message, std::string_view path,
                       std::string_view description, const thidua::reporting::v1::Report& report) {
  if (!TellsField(message, path, description)) return std::string(message);
  return absl::StrCat(ColumnOf(std::string(path), report), common::sv(message.substr(path.size())));
}

// The message of a rejected row, with columns instead of paths.
std::string MessageOf(const ImportedRow& row) {
  const thidua::type::v1::Problem& problem = row.answer.rejection();
  if (problem.fields().empty()) return problem.message();
  const thidua::type::v1::FieldProblem& first = problem.fields(0);
  return WithColumn(problem.message(), first.field(), first.description(), row.report);
}

}  // namespace

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
  const common::FieldViolation& first = detail.violations.front();
  common::Error error(
      status.code(), detail.reason,
      WithColumn(common::sv(status.message()), first.field, first.description, report));
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
                      problem.reason(), ": ", MessageOf(row));
}

std::vector<std::string> RejectedColumns(const ImportedRow& row) {
  std::vector<std::string> columns;
  for (const thidua::type::v1::FieldProblem& field : row.answer.rejection().fields()) {
    std::string column = ColumnOf(field.field(), row.report);
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
      columns.push_back(std::move(column));
    }
  }
  return columns;
}

std::vector<std::string> RejectedFields(const ImportedRow& row) {
  std::vector<std::string> fields;
  const std::string& message = row.answer.rejection().message();
  for (const thidua::type::v1::FieldProblem& field : row.answer.rejection().fields()) {
    if (TellsField(message, field.field(), field.description())) continue;
    fields.push_back(absl::StrCat(ColumnOf(field.field(), row.report), ": ", field.description(),
                                  field.reason().empty() ? "" : " [", field.reason(),
                                  field.reason().empty() ? "" : "]"));
  }
  return fields;
}

std::string RejectionText(const ImportedRow& row) {
  std::vector<std::string> sentences = RejectedFields(row);
  sentences.insert(sentences.begin(), RejectionHeadline(row));
  return absl::StrJoin(sentences, "; ");
}

void PrintRejection(std::ostream& err, const std::string& path, const ImportedRow& row) {
  err << path << ":" << row.line << ": " << ShortName(row.report.unit()) << ": "
      << RejectionHeadline(row) << "\n";
  for (const std::string& field : RejectedFields(row)) err << "  " << field << "\n";
}

}  // namespace thiduactl
