#include "services/thiduactl/problem.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace thiduactl {
namespace {

using ::common::sv;

constexpr char kLocalUrl[] = "thidua.vn/thiduactl.local";
constexpr char kLocalizedUrl[] = "thidua.vn/thiduactl.localized";

}  // namespace

absl::Status LocalProblem(std::string_view message) {
  absl::Status status = absl::InvalidArgumentError(sv(message));
  status.SetPayload(kLocalUrl, absl::Cord("1"));
  return status;
}

absl::Status Within(std::string_view where, const absl::Status& status) {
  if (status.ok()) return status;
  absl::Status located(status.code(), absl::StrCat(sv(where), ": ", status.message()));
  status.ForEachPayload(
      [&](absl::string_view url, const absl::Cord& payload) { located.SetPayload(url, payload); });
  return located;
}

absl::Status WithLocalizedMessage(absl::Status status, std::string_view message) {
  if (!message.empty()) status.SetPayload(kLocalizedUrl, absl::Cord(sv(message)));
  return status;
}

ExitCode ExitCodeOf(const absl::Status& status) {
  if (status.ok()) return ExitCode::kOk;
  if (status.GetPayload(kLocalUrl).has_value()) return ExitCode::kUsage;
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
      return ExitCode::kUnavailable;
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kDataLoss:
    case absl::StatusCode::kUnimplemented:
      return ExitCode::kInternal;
    default:
      return ExitCode::kRefused;
  }
}

std::string Headline(const absl::Status& status) {
  if (status.GetPayload(kLocalUrl).has_value()) return std::string(status.message());
  const common::ErrorDetail detail = common::DetailOf(status);
  return absl::StrCat(absl::StatusCodeToString(status.code()), detail.reason.empty() ? "" : " ",
                      detail.reason, ": ", status.message());
}

void PrintProblem(std::ostream& err, const absl::Status& status) {
  err << "thiduactl: " << Headline(status) << "\n";
  const common::ErrorDetail detail = common::DetailOf(status);
  for (const common::FieldViolation& violation : detail.violations) {
    err << "  " << violation.field << ": " << violation.description;
    if (!violation.reason.empty()) err << " [" << violation.reason << "]";
    err << "\n";
  }
  const auto omitted = detail.metadata.find("violations_omitted");
  if (omitted != detail.metadata.end()) err << "  and " << omitted->second << " more fields\n";
  if (const auto localized = status.GetPayload(kLocalizedUrl); localized.has_value()) {
    err << "  " << std::string(*localized) << "\n";
  }
}

}  // namespace thiduactl
