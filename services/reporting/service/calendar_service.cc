#include "services/reporting/service/calendar_service.h"

#include <optional>
#include <utility>

#include "services/reporting/codec/calendar.h"
#include "services/reporting/codec/cluster.h"
#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/fields.h"
#include "services/reporting/domain/due_report.h"
#include "services/reporting/service/due_reports.h"
#include "services/reporting/service/listing.h"
#include "services/reporting/service/references.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

DueReportFilter ParseFilter(const v1::ListDueReportsRequest& request, Violations& violations) {
  DueReportFilter filter;
  if (!request.unit().empty()) {
    filter.unit = violations.Take("unit", UnitId::Parse(request.unit()));
  }
  if (!request.form().empty()) {
    filter.form = violations.Take("form", FormId::Parse(request.form()));
  }
  if (!request.period().empty()) {
    filter.period = violations.Take("period", Period::Parse(request.period()));
  }
  filter.value_kind = ParseEnum<ValueKind>("value_kind", request.value_kind(), violations);
  for (int i = 0; i < request.statuses_size(); ++i) {
    const std::string path = Item("statuses", static_cast<size_t>(i));
    const auto state = ParseEnum<ReportState>(path, request.statuses(i), violations);
    if (state == ReportState::kUnspecified && !violations.Has(path)) {
      violations.Add(path, common::kRequiredFieldMissing, "say which");
    }
    filter.states.insert(state);
  }
  return filter;
}

// Extends `year`, one of the store.
absl::StatusOr<ClusterYear> ExtendIn(StoreTransaction& transaction, const ClusterYear& year,
                                     Extension extension, const Violations& violations) {
  ASSIGN_OR_RETURN(const auto form, FindReferenced<Form>(transaction, extension.form));
  ASSIGN_OR_RETURN(const auto unit, FindReferenced<Unit>(transaction, extension.unit));
  std::optional<Reporter> reporter;
  if (unit.has_value() && !extension.period.empty()) {
    ASSIGN_OR_RETURN(const UnitId alliance,
                     FindAllianceAt(transaction, *unit, extension.period.first_day()));
    reporter.emplace(Reporter{.unit = *unit, .alliance = alliance});
  }
  extension.time = transaction.Now();
  return Extend(year, std::move(extension),
                {.reporter = PointerTo(reporter), .form = PointerTo(form)}, violations);
}

}  // namespace

absl::StatusOr<v1::ListDueReportsResponse> CalendarService::ListDueReports(
    const v1::ListDueReportsRequest& request) {
  Violations violations;
  const auto id = violations.Take("cluster_year", ClusterYearId::Parse(request.cluster_year()));
  DueReportQuery query{.filter = ParseFilter(request, violations), .now = rpc().Now()};
  RETURN_IF_ERROR(violations.ToStatus());
  ASSIGN_OR_RETURN(query.page_size, common::rpc::PageSize(request.page_size()));
  ASSIGN_OR_RETURN(const std::string start, PageStart(request));
  ASSIGN_OR_RETURN(query.start, ParseDueReportPlace(start));
  DueReportPage page;
  RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(const auto year, view.Get<ClusterYear>(id));
    ASSIGN_OR_RETURN(page, ReadDueReports(view, year.value, query));
    return absl::OkStatus();
  }));
  v1::ListDueReportsResponse response;
  for (const ReportStatus& report : page.reports) *response.add_reports() = ToProto(report);
  if (page.next.has_value()) {
    response.set_next_page_token(
        common::storage::EncodePageToken(ToText(*page.next), QueryFingerprint(request)));
  }
  return response;
}

absl::StatusOr<v1::ExtendReportResponse> CalendarService::ExtendReport(
    const v1::ExtendReportRequest& request) {
  Violations violations;
  const auto id = violations.Take("name", ClusterYearId::Parse(request.name()));
  const Extension extension = ParseExtension("extension", request.extension(), violations);
  return Mutate<v1::ExtendReportResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::ExtendReportResponse> {
        if (id.empty()) return violations.ToStatus();
        ASSIGN_OR_RETURN(const auto stored, transaction.Get<ClusterYear>(id));
        RETURN_IF_ERROR(CheckEtag(request.etag(), stored.version));
        ASSIGN_OR_RETURN(const ClusterYear year,
                         ExtendIn(transaction, stored.value, extension, violations));
        ASSIGN_OR_RETURN(const auto extended, transaction.Put(year));
        v1::ExtendReportResponse response;
        *response.mutable_cluster_year() = Render(extended);
        return response;
      });
}

absl::StatusOr<v1::ReopenClusterYearResponse> CalendarService::ReopenClusterYear(
    const v1::ReopenClusterYearRequest& request) {
  Violations violations;
  const auto id = violations.Take("name", ClusterYearId::Parse(request.name()));
  Reopening reopening{.reason = request.reason(), .approver = request.approver()};
  return Mutate<v1::ReopenClusterYearResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::ReopenClusterYearResponse> {
        if (id.empty()) return violations.ToStatus();
        ASSIGN_OR_RETURN(const auto stored, transaction.Get<ClusterYear>(id));
        RETURN_IF_ERROR(CheckEtag(request.etag(), stored.version));
        reopening.time = transaction.Now();
        ASSIGN_OR_RETURN(const ClusterYear year, Reopen(stored.value, reopening, violations));
        ASSIGN_OR_RETURN(const auto reopened, transaction.Put(year));
        v1::ReopenClusterYearResponse response;
        *response.mutable_cluster_year() = Render(reopened);
        return response;
      });
}

grpc::Status CalendarService::ListDueReports(grpc::ServerContext* context,
                                             const v1::ListDueReportsRequest* request,
                                             v1::ListDueReportsResponse* response) {
  return Answer(context, request, response, [&] { return ListDueReports(*request); });
}

grpc::Status CalendarService::ExtendReport(grpc::ServerContext* context,
                                           const v1::ExtendReportRequest* request,
                                           v1::ExtendReportResponse* response) {
  return Answer(context, request, response, [&] { return ExtendReport(*request); });
}

grpc::Status CalendarService::ReopenClusterYear(grpc::ServerContext* context,
                                                const v1::ReopenClusterYearRequest* request,
                                                v1::ReopenClusterYearResponse* response) {
  return Answer(context, request, response, [&] { return ReopenClusterYear(*request); });
}

}  // namespace reporting
