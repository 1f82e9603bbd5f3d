#include "services/thiduactl/submission_filter.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/thiduactl/names.h"
#include "services/thiduactl/options.h"
#include "services/thiduactl/pages.h"

namespace thiduactl {

namespace reporting = ::thidua::reporting::v1;

CLI::Option* AddScopeArgument(CLI::App& app, SubmissionFilter& filter) {
  return app.add_option("CLUSTER_YEAR_OR_UNIT", filter.scope,
                        "Such as red-river-delta/2020 or bac-ninh");
}

void AddFilterOptions(CLI::App& app, SubmissionFilter& filter) {
  app.add_option("--form", filter.form, "Only of this form, such as alliance-annual");
  app.add_option("--period", filter.period, "Only of this period, such as 2020 or 2020-Q3");
  AddKindOption(app, filter.kind);
}

reporting::ListSubmissionsRequest ToRequest(const SubmissionFilter& filter) {
  reporting::ListSubmissionsRequest request;
  if (absl::StartsWith(filter.scope, "units/") || !absl::StrContains(filter.scope, '/')) {
    request.set_unit(InCollection("units", filter.scope));
  } else {
    request.set_cluster_year(ClusterYearName(filter.scope));
  }
  if (!filter.form.empty()) request.set_form(InCollection("forms", filter.form));
  request.set_period(filter.period);
  request.set_value_kind(ParseKind(filter.kind));
  return request;
}

absl::StatusOr<std::vector<reporting::Submission>> ReadSubmissions(
    Connection& connection, const reporting::ListSubmissionsRequest& request) {
  return ReadAll(connection, connection.submissions(),
                 &reporting::SubmissionService::Stub::ListSubmissions, request,
                 &reporting::ListSubmissionsResponse::submissions);
}

}  // namespace thiduactl
