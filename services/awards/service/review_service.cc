#include "services/awards/service/review_service.h"

#include <optional>
#include <vector>

#include "common/status/status_macros.h"
#include "services/awards/codec/names.h"
#include "services/awards/service/reads.h"
#include "services/awards/service/reviewing.h"

namespace awards {

namespace v1 = thidua::awards::v1;
using common::storage::Reader;

namespace {

// Adds those of `reviews` that the viewer of the request may see.
absl::Status AddVisible(Reader& reader, const v1::ListReviewsRequest& request,
                        const std::vector<Stored<v1::Review>>& reviews,
                        v1::ListReviewsResponse& answer) {
  ASSIGN_OR_RETURN(const auto round, Find<Round>(reader, request.parent()));
  if (!round.has_value()) return absl::OkStatus();
  for (const Stored<v1::Review>& review : reviews) {
    const absl::Status visible =
        CheckViewer(reader, round->value, review.value.unit(), request.viewer());
    if (visible.code() == absl::StatusCode::kPermissionDenied) continue;
    RETURN_IF_ERROR(visible);
    *answer.add_reviews() = Render(review);
  }
  return absl::OkStatus();
}

}  // namespace

grpc::Status ReviewService::OpenReviews(grpc::ServerContext* context,
                                        const v1::OpenReviewsRequest* request,
                                        v1::OpenReviewsResponse* response) {
  return Write(context, request, response, &awards::OpenReviews);
}

grpc::Status ReviewService::GetReview(grpc::ServerContext* context,
                                      const v1::GetReviewRequest* request,
                                      v1::GetReviewResponse* response) {
  return Read(context, request, response, &awards::GetReview);
}

grpc::Status ReviewService::ListReviews(grpc::ServerContext* context,
                                        const v1::ListReviewsRequest* request,
                                        v1::ListReviewsResponse* response) {
  return Answer(context, request, response, [&]() -> absl::StatusOr<v1::ListReviewsResponse> {
    ASSIGN_OR_RETURN(const auto listing, ReadPage<v1::Review>(ledger(), *request));
    v1::ListReviewsResponse answer;
    RETURN_IF_ERROR(ledger().Read(
        [&](Reader& reader) { return AddVisible(reader, *request, listing.items, answer); }));
    answer.set_next_page_token(listing.next_page_token);
    return answer;
  });
}

grpc::Status ReviewService::RecordAssessment(grpc::ServerContext* context,
                                             const v1::RecordAssessmentRequest* request,
                                             v1::RecordAssessmentResponse* response) {
  return Write(context, request, response, &awards::RecordAssessment);
}

grpc::Status ReviewService::RecordStatement(grpc::ServerContext* context,
                                            const v1::RecordStatementRequest* request,
                                            v1::RecordStatementResponse* response) {
  return Write(context, request, response, &awards::RecordStatement);
}

grpc::Status ReviewService::MoveReview(grpc::ServerContext* context,
                                       const v1::MoveReviewRequest* request,
                                       v1::MoveReviewResponse* response) {
  return Write(context, request, response, &awards::MoveReview);
}

}  // namespace awards
