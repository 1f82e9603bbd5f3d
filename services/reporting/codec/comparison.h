// Comparisons of submissions as messages of the contract.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_COMPARISON_H_
#define THIDUA_SERVICES_REPORTING_CODEC_COMPARISON_H_

#include <string_view>

#include "services/reporting/domain/compare.h"
#include "services/reporting/domain/submission.h"
#include "services/reporting/domain/violations.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace reporting {

// One side of a comparison.
struct Content {
  SubmissionId submission{};
  // 0 for the newest.
  int revision = 0;
};

// What a comparison is asked for.
struct Comparison {
  // Where it is compared with; unused for `with_last_accepted`.
  Content base{};
  bool with_last_accepted = false;
  Content content{};
};

thidua::reporting::v1::FigureChange ToProto(const FigureChange& change);

// Adds INVALID_NAME, INVALID_FIELD (a negative revision, `last_accepted` that is not true, contents
// of different forms) and REQUIRED_FIELD_MISSING (no base).
Comparison ParseComparison(const thidua::reporting::v1::CompareSubmissionsRequest& request,
                           Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_COMPARISON_H_
