// The review of score sheets, as ReviewService documents it.
#ifndef THIDUA_SERVICES_AWARDS_SERVICE_REVIEWING_H_
#define THIDUA_SERVICES_AWARDS_SERVICE_REVIEWING_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/storage/ledger.h"
#include "services/awards/domain/round.h"
#include "thidua/awards/v1/review_service.pb.h"

namespace awards {

absl::StatusOr<thidua::awards::v1::OpenReviewsResponse> OpenReviews(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::OpenReviewsRequest& request);

absl::StatusOr<thidua::awards::v1::GetReviewResponse> GetReview(
    common::storage::Reader& reader, const thidua::awards::v1::GetReviewRequest& request);

absl::StatusOr<thidua::awards::v1::RecordAssessmentResponse> RecordAssessment(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::RecordAssessmentRequest& request);

absl::StatusOr<thidua::awards::v1::RecordStatementResponse> RecordStatement(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::RecordStatementRequest& request);

absl::StatusOr<thidua::awards::v1::MoveReviewResponse> MoveReview(
    common::storage::Transaction& transaction,
    const thidua::awards::v1::MoveReviewRequest& request);

// PERMISSION_DENIED, SHEET_NOT_VISIBLE, if `viewer` may not see the sheet of `unit`. A round
// without reviews hides nothing.
absl::Status CheckViewer(common::storage::Reader& reader, const Round& round,
                         const std::string& unit, const std::string& viewer);

// Takes the agreement back from all sheets of the round that have one: they are at APPRAISED again.
absl::Status TakeAgreementsBack(common::storage::Transaction& transaction, const Round& round,
                                const std::string& person, const std::string& reason);

}  // namespace awards

#endif  // THIDUA_SERVICES_AWARDS_SERVICE_REVIEWING_H_
