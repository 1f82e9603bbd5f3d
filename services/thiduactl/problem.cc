#include "services/thiduactl/problem.h"

#include <set>
#include <string>

#include "absl/strings/cord.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace thiduactl {
namespace {

using ::common::sv;

constexpr char kLocalUrl[] = "thidua.vn/thiduactl.local";
constexpr char kWhereUrl[] = "thidua.vn/thiduactl.where";
constexpr char kLocalizedUrl[] = "thidua.vn/thiduactl.localized";

// What a person can do about `reason`; empty where the fields at fault say it all.
std::string_view HintFor(std::string_view reason) {
  if (reason == "RULE_BROKEN") {
    return "the figures must be corrected: a rule that refuses takes no --explain; "
           "`thiduactl check` shows all findings of a report";
  }
  if (reason == "EXPLANATION_REQUIRED") {
    return "if the figures are right, say why with --explain 'FINDING=TEXT', once for each "
           "finding; `thiduactl check` lists them";
  }
  if (reason == "FINDING_UNKNOWN") {
    return "`thiduactl check` lists the findings that can be explained";
  }
  if (reason == "ETAG_MISMATCH") return "read it again, then decide anew";
  return "";
}

// One line for each reason in `detail` that there is something to say about, each once.
void PrintHints(std::ostream& err, const common::ErrorDetail& detail) {
  std::set<std::string> reasons = {detail.reason};
  for (const common::FieldViolation& violation : detail.violations) {
    reasons.insert(violation.reason);
  }
  for (const std::string& reason : reasons) {
    if (const auto hint = HintFor(reason); !hint.empty()) err << "  " << hint << "\n";
  }
}

}  // namespace

absl::Status LocalProblem(std::string_view message) {
  absl::Status status = absl::InvalidArgumentError(sv(message));
  status.SetPayload(kLocalUrl, absl::Cord("1"));
  return status;
}

absl::Status Within(std::string_view where, const absl::Status& status) {
  if (status.ok()) return status;
  absl::Status located = status;
  std::string place = absl::StrCat(sv(where), ": ");
  if (const auto inner = status.GetPayload(kWhereUrl); inner.has_value()) {
    absl::StrAppend(&place, std::string(*inner));
  }
  located.SetPayload(kWhereUrl, absl::Cord(place));
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
  const std::string where(status.GetPayload(kWhereUrl).value_or(absl::Cord()));
  if (status.GetPayload(kLocalUrl).has_value()) return absl::StrCat(where, status.message());
  const common::ErrorDetail detail = common::DetailOf(status);
  return absl::StrCat(where, absl::StatusCodeToString(status.code()),
                      detail.reason.empty() ? "" : " ", detail.reason, ": ", status.message());
}

bool TellsField(std::string_view message, std::string_view field, std::string_view description) {
  return absl::StartsWith(sv(message), absl::StrCat(sv(field), ": ", sv(description)));
}

void PrintProblem(std::ostream& err, const absl::Status& status) {
  err << "thiduactl: " << Headline(status) << "\n";
  const common::ErrorDetail detail = common::DetailOf(status);
  const std::string_view message = sv(status.message());
  for (const common::FieldViolation& violation : detail.violations) {
    if (TellsField(message, violation.field, violation.description)) continue;
    err << "  " << violation.field << ": " << violation.description;
    if (!violation.reason.empty()) err << " [" << violation.reason << "]";
    err << "\n";
  }
  const auto omitted = detail.metadata.find("violations_omitted");
  if (omitted != detail.metadata.end()) err << "  and " << omitted->second << " more fields\n";
  PrintHints(err, detail);
  if (absl::IsUnimplemented(status)) {
    err << "  the service does not know this call; is it older than thiduactl?\n";
  }
  if (const auto localized = status.GetPayload(kLocalizedUrl); localized.has_value()) {
    err << "  " << std::string(*localized) << "\n";
  }
}

}  // namespace thiduactl
