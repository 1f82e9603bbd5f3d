// thidua.awards.v1.ReviewService; the contract says what each call does and when it fails.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_REVIEW_SERVICE_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_REVIEW_SERVICE_H_

#include "services/awards/service/service_base.h"
#include "thidua/awards/v1/review_service.grpc.pb.h"

namespace awards {

// Thread-safe.
class ReviewService final : public ServiceBase<thidua::awards::v1::ReviewService> {
 public:
  using ServiceBase::ServiceBase;

  grpc::Status OpenReviews(grpc::ServerContext* context,
                           const thidua::awards::v1::OpenReviewsRequest* request,
                           thidua::awards::v1::OpenReviewsResponse* response) override;
  grpc::Status GetReview(grpc::ServerContext* context,
                         const thidua::awards::v1::GetReviewRequest* request,
                         thidua::awards::v1::GetReviewResponse* response) override;
  grpc::Status ListReviews(grpc::ServerContext* context,
                           const thidua::awards::v1::ListReviewsRequest* request,
                           thidua::awards::v1::ListReviewsResponse* response) override;
  grpc::Status RecordAssessment(grpc::ServerContext* context,
                                const thidua::awards::v1::RecordAssessmentRequest* request,
                                thidua::awards::v1::RecordAssessmentResponse* response) override;
  grpc::Status RecordStatement(grpc::ServerContext* context,
                               const thidua::awards::v1::RecordStatementRequest* request,
                               thidua::awards::v1::RecordStatementResponse* response) override;
  grpc::Status MoveReview(grpc::ServerContext* context,
                          const thidua::awards::v1::MoveReviewRequest* request,
                          thidua::awards::v1::MoveReviewResponse* response) override;
};

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_REVIEW_SERVICE_H_
