#include "services/reporting/service/audit_service.h"

#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "common/storage/audit_chain.h"
#include "services/reporting/codec/audit.h"
#include "services/reporting/domain/violations.h"
#include "services/reporting/service/audit_trail.h"
#include "services/reporting/service/listing.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

absl::StatusOr<AuditFilter> ParseFilter(const v1::ListAuditEventsRequest& request) {
  Violations violations;
  AuditFilter filter{.resource = request.resource(), .actor = request.actor()};
  if (request.has_start_time()) {
    filter.from = violations.Take("start_time", ParseTimestamp(request.start_time()));
  }
  if (request.has_end_time()) {
    filter.to = violations.Take("end_time", ParseTimestamp(request.end_time()));
  }
  if (violations.empty() && filter.to < filter.from) {
    violations.Add("end_time", common::kInvalidField, "is before start_time");
  }
  if (!violations.empty()) return violations.ToStatus();
  return filter;
}

// The position after which `request` goes on.
absl::StatusOr<int64_t> PositionStart(const v1::ListAuditEventsRequest& request) {
  ASSIGN_OR_RETURN(const std::string after, PageStart(request));
  int64_t position = 0;
  if (!after.empty() && !absl::SimpleAtoi(after, &position)) {
    return common::InvalidField("page_token", common::kInvalidPageToken,
                                "was not made by this call");
  }
  return position;
}

}  // namespace

absl::StatusOr<v1::ListAuditEventsResponse> AuditService::ListAuditEvents(
    const v1::ListAuditEventsRequest& request) {
  ASSIGN_OR_RETURN(const AuditFilter filter, ParseFilter(request));
  ASSIGN_OR_RETURN(const int page_size, common::rpc::PageSize(request.page_size()));
  ASSIGN_OR_RETURN(const int64_t after, PositionStart(request));
  RETURN_IF_ERROR(common::rpc::CheckMinCommitToken(ledger(), request.min_commit_token()));
  AuditPage page;
  RETURN_IF_ERROR(ledger().Read([&](common::storage::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(page, ReadAuditPage(reader, filter, after, page_size));
    return absl::OkStatus();
  }));
  v1::ListAuditEventsResponse response;
  for (v1::AuditEvent& event : page.events) *response.add_events() = std::move(event);
  if (page.next.has_value()) {
    response.set_next_page_token(
        common::storage::EncodePageToken(absl::StrCat(*page.next), QueryFingerprint(request)));
  }
  return response;
}

absl::StatusOr<v1::VerifyAuditResponse> AuditService::VerifyAudit(
    const v1::VerifyAuditRequest& request) {
  ASSIGN_OR_RETURN(common::storage::ChainQuery query, ParseChainQuery(request));
  ASSIGN_OR_RETURN(query.limit,
                   common::rpc::PageSize(request.page_size(), kVerifiedMax, kVerifiedMax));
  const std::string store_id = ledger().Identity().store_id;
  v1::VerifyAuditResponse response;
  RETURN_IF_ERROR(ledger().Read([&](common::storage::Reader& reader) -> absl::Status {
    ASSIGN_OR_RETURN(const auto report, common::storage::VerifyChain(reader, store_id, query));
    response = ToProto(report);
    return absl::OkStatus();
  }));
  response.set_store_id(store_id);
  return response;
}

grpc::Status AuditService::ListAuditEvents(grpc::ServerContext* context,
                                           const v1::ListAuditEventsRequest* request,
                                           v1::ListAuditEventsResponse* response) {
  return Answer(context, request, response, [&] { return ListAuditEvents(*request); });
}

grpc::Status AuditService::VerifyAudit(grpc::ServerContext* context,
                                       const v1::VerifyAuditRequest* request,
                                       v1::VerifyAuditResponse* response) {
  return Answer(context, request, response, [&] { return VerifyAudit(*request); });
}

}  // namespace reporting
