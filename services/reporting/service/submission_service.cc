#include "services/reporting/service/submission_service.h"

#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/reasons.h"
#include "services/reporting/codec/enums.h"
#include "services/reporting/codec/fields.h"
#include "services/reporting/codec/submission.h"
#include "services/reporting/domain/review.h"
#include "services/reporting/service/intake.h"
#include "services/reporting/service/listing.h"
#include "services/reporting/service/permissions.h"
#include "services/reporting/service/rule_reads.h"

namespace reporting {
namespace {

namespace v1 = ::thidua::reporting::v1;

// `submission` with other figures, checked as it would be if they were handed in.
absl::StatusOr<Submission> RestateIn(StoreTransaction& transaction, const Submission& submission,
                                     const Correction& correction, const Violations& violations) {
  ASSIGN_OR_RETURN(const auto form, GetDefinitionOf(transaction, submission));
  ASSIGN_OR_RETURN(const auto unit, transaction.Get<Unit>(submission.id.unit));
  ASSIGN_OR_RETURN(const auto year, transaction.Get<ClusterYear>(submission.cluster_year));
  ASSIGN_OR_RETURN(const RuleContext context,
                   ReadRuleContext(transaction, *form, unit.value, submission.id, &year.value));
  return Restate(submission, correction, *form, transaction.Now(), violations, context);
}

// What a list is restricted to beside its scope.
struct SubmissionFilter {
  FormId form{};
  Period period{};
  ValueKind value_kind = ValueKind::kUnspecified;
  SubmissionState state = SubmissionState::kUnspecified;
  bool with_findings = false;
  Drafts drafts = Drafts::kHidden;

  bool operator()(const Submission& submission) const {
    return (drafts == Drafts::kShown || IsHandedIn(submission.state)) &&
           (form.empty() || submission.id.form == form) &&
           (period.empty() || submission.id.period == period) &&
           (value_kind == ValueKind::kUnspecified || submission.id.value_kind == value_kind) &&
           (state == SubmissionState::kUnspecified || submission.state == state) &&
           (!with_findings || !submission.findings.empty());
  }
};

SubmissionFilter ParseFilter(const v1::ListSubmissionsRequest& request, Violations& violations) {
  SubmissionFilter filter;
  if (!request.form().empty()) {
    filter.form = violations.Take("form", FormId::Parse(request.form()));
  }
  if (!request.period().empty()) {
    filter.period = violations.Take("period", Period::Parse(request.period()));
  }
  filter.value_kind = ParseEnum<ValueKind>("value_kind", request.value_kind(), violations);
  filter.state = ParseEnum<SubmissionState>("state", request.state(), violations);
  filter.with_findings = request.with_findings();
  return filter;
}

common::storage::IndexKey ParseScope(const v1::ListSubmissionsRequest& request,
                                     Violations& violations) {
  if (request.has_unit()) {
    return SubmissionsOfUnit(violations.Take("unit", UnitId::Parse(request.unit())));
  }
  return SubmissionsOfYear(
      violations.Take("cluster_year", ClusterYearId::Parse(request.cluster_year())));
}

// The version after which `request` goes on.
absl::StatusOr<int64_t> VersionStart(const v1::ListSubmissionVersionsRequest& request) {
  ASSIGN_OR_RETURN(const std::string after, PageStart(request));
  int64_t version = 0;
  if (!after.empty() && !absl::SimpleAtoi(after, &version)) {
    return common::InvalidField("page_token", common::kInvalidPageToken,
                                "was not made by this call");
  }
  return version;
}

}  // namespace

absl::StatusOr<v1::SubmitResponse> SubmissionService::Submit(const v1::SubmitRequest& request) {
  Intake intake(request.report(), definitions_);
  auto response = Mutate<v1::SubmitResponse>(
      request, [&](StoreTransaction& transaction) -> absl::StatusOr<v1::SubmitResponse> {
        ASSIGN_OR_RETURN(const TakenIn taken, intake.Run(transaction));
        v1::SubmitResponse answer;
        *answer.mutable_submission() = Render(taken.submission);
        answer.set_outcome(ToProto(taken.outcome));
        return answer;
      });
  if (response.ok()) intake.OnCommitted();
  return response;
}

absl::StatusOr<v1::CheckReportResponse> SubmissionService::CheckReport(
    const v1::CheckReportRequest& request) {
  Intake intake(request.report(), definitions_);
  Preview preview;
  RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(preview, intake.Look(view, rpc().Now()));
    return absl::OkStatus();
  }));
  intake.OnCommitted();
  v1::CheckReportResponse response;
  for (const Finding& finding : preview.findings) *response.add_findings() = ToProto(finding);
  for (const Figure& figure : preview.derived_figures) {
    *response.add_derived_figures() = ToProto(figure);
  }
  response.set_outcome(ToProto(preview.outcome));
  return response;
}

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* SubmissionService::ImportSubmissions(
    grpc::CallbackServerContext* context) {
  return ImportStream::Begin(
      {.ledger = ledger(), .rpc = rpc(), .definitions = definitions_, .streams = imports_},
      *context);
}

absl::StatusOr<v1::AcceptSubmissionResponse> SubmissionService::AcceptSubmission(
    const v1::AcceptSubmissionRequest& request) {
  return Move<v1::AcceptSubmissionResponse>(
      request, [](StoreTransaction& /*transaction*/, const Submission& submission) {
        return Accept(submission);
      });
}

absl::StatusOr<v1::ReturnSubmissionResponse> SubmissionService::ReturnSubmission(
    const v1::ReturnSubmissionRequest& request) {
  Violations violations;
  const ReturnReason reason =
      ParseReturnReason("return_reason", request.return_reason(), violations);
  return Move<v1::ReturnSubmissionResponse>(
      request,
      [&](StoreTransaction& transaction,
          const Submission& submission) -> absl::StatusOr<Submission> {
        ASSIGN_OR_RETURN(const auto form, GetDefinitionOf(transaction, submission));
        return Return(submission, reason, *form, violations);
      });
}

absl::StatusOr<v1::LockSubmissionResponse> SubmissionService::LockSubmission(
    const v1::LockSubmissionRequest& request) {
  return Move<v1::LockSubmissionResponse>(
      request, [](StoreTransaction& /*transaction*/, const Submission& submission) {
        return Lock(submission);
      });
}

absl::StatusOr<v1::RestateSubmissionResponse> SubmissionService::RestateSubmission(
    const v1::RestateSubmissionRequest& request) {
  Violations violations;
  const Correction correction{.figures = ParseFigures("figures", request.figures(), violations),
                              .explanations = ParseExplanations(request.explanations()),
                              .reason = request.reason(),
                              .approver = request.approver()};
  return Move<v1::RestateSubmissionResponse>(
      request, [&](StoreTransaction& transaction, const Submission& submission) {
        return RestateIn(transaction, submission, correction, violations);
      });
}

absl::StatusOr<Drafts> SubmissionService::DraftsFor(std::string_view resource) const {
  ASSIGN_OR_RETURN(const bool sees_drafts, common::rpc::CallerHasRight(kSeeDrafts, resource));
  return sees_drafts ? Drafts::kShown : Drafts::kHidden;
}

absl::StatusOr<v1::GetSubmissionResponse> SubmissionService::GetSubmission(
    const v1::GetSubmissionRequest& request) {
  ASSIGN_OR_RETURN(const SubmissionId id, InField("name", SubmissionId::Parse(request.name())));
  if (request.revision() < 0) {
    return common::InvalidField("revision", common::kInvalidField, "must not be negative");
  }
  ASSIGN_OR_RETURN(const Drafts drafts, DraftsFor(id.unit.ToName()));
  v1::GetSubmissionResponse response;
  RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(const auto found, GetContent(view, id, request.revision(), drafts));
    *response.mutable_submission() = Render(found);
    return absl::OkStatus();
  }));
  return response;
}

absl::StatusOr<v1::ListSubmissionsResponse> SubmissionService::ListSubmissions(
    const v1::ListSubmissionsRequest& request) {
  Violations violations;
  const common::storage::IndexKey scope = ParseScope(request, violations);
  SubmissionFilter filter = ParseFilter(request, violations);
  RETURN_IF_ERROR(violations.ToStatus());
  ASSIGN_OR_RETURN(filter.drafts,
                   DraftsFor(request.has_unit() ? request.unit() : request.cluster_year()));
  v1::ListSubmissionsResponse response;
  RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
    ASSIGN_OR_RETURN(auto page, ReadPage<Submission>(view, request, scope, filter));
    FillPage(std::move(page), response.mutable_submissions(), response);
    return absl::OkStatus();
  }));
  return response;
}

absl::StatusOr<v1::ListSubmissionVersionsResponse> SubmissionService::ListSubmissionVersions(
    const v1::ListSubmissionVersionsRequest& request) {
  ASSIGN_OR_RETURN(const SubmissionId id, InField("name", SubmissionId::Parse(request.name())));
  ASSIGN_OR_RETURN(const int page_size, common::rpc::PageSize(request.page_size()));
  ASSIGN_OR_RETURN(const int64_t start, VersionStart(request));
  ASSIGN_OR_RETURN(const Drafts drafts, DraftsFor(id.unit.ToName()));
  v1::ListSubmissionVersionsResponse response;
  RETURN_IF_ERROR(ReadFor(request, [&](StoreView& view) -> absl::Status {
    RETURN_IF_ERROR(GetContent(view, id, /*revision=*/0, drafts).status());
    size_t bytes = 0;
    return ForEachVersion(view, id, start, [&](const Versioned<Submission>& version) {
      if (drafts == Drafts::kHidden && !IsHandedIn(version.value.state)) return true;
      if (response.submissions_size() == page_size || bytes >= kPageBytes) {
        response.set_next_page_token(common::storage::EncodePageToken(
            absl::StrCat(version.version - 1), QueryFingerprint(request)));
        return false;
      }
      *response.add_submissions() = Render(version);
      bytes += response.submissions(response.submissions_size() - 1).ByteSizeLong();
      return true;
    });
  }));
  return response;
}

grpc::Status SubmissionService::Submit(grpc::ServerContext* context,
                                       const v1::SubmitRequest* request,
                                       v1::SubmitResponse* response) {
  return Answer(context, request, response, [&] { return Submit(*request); });
}

grpc::Status SubmissionService::CheckReport(grpc::ServerContext* context,
                                            const v1::CheckReportRequest* request,
                                            v1::CheckReportResponse* response) {
  return Answer(context, request, response, [&] { return CheckReport(*request); });
}

grpc::Status SubmissionService::AcceptSubmission(grpc::ServerContext* context,
                                                 const v1::AcceptSubmissionRequest* request,
                                                 v1::AcceptSubmissionResponse* response) {
  return Answer(context, request, response, [&] { return AcceptSubmission(*request); });
}

grpc::Status SubmissionService::ReturnSubmission(grpc::ServerContext* context,
                                                 const v1::ReturnSubmissionRequest* request,
                                                 v1::ReturnSubmissionResponse* response) {
  return Answer(context, request, response, [&] { return ReturnSubmission(*request); });
}

grpc::Status SubmissionService::LockSubmission(grpc::ServerContext* context,
                                               const v1::LockSubmissionRequest* request,
                                               v1::LockSubmissionResponse* response) {
  return Answer(context, request, response, [&] { return LockSubmission(*request); });
}

grpc::Status SubmissionService::RestateSubmission(grpc::ServerContext* context,
                                                  const v1::RestateSubmissionRequest* request,
                                                  v1::RestateSubmissionResponse* response) {
  return Answer(context, request, response, [&] { return RestateSubmission(*request); });
}

grpc::Status SubmissionService::GetSubmission(grpc::ServerContext* context,
                                              const v1::GetSubmissionRequest* request,
                                              v1::GetSubmissionResponse* response) {
  return Answer(context, request, response, [&] { return GetSubmission(*request); });
}

grpc::Status SubmissionService::ListSubmissions(grpc::ServerContext* context,
                                                const v1::ListSubmissionsRequest* request,
                                                v1::ListSubmissionsResponse* response) {
  return Answer(context, request, response, [&] { return ListSubmissions(*request); });
}

grpc::Status SubmissionService::ListSubmissionVersions(
    grpc::ServerContext* context, const v1::ListSubmissionVersionsRequest* request,
    v1::ListSubmissionVersionsResponse* response) {
  return Answer(context, request, response, [&] { return ListSubmissionVersions(*request); });
}

}  // namespace reporting
