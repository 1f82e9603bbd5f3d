// A step of a sequence: a call, or what happens between calls.
#ifndef THIDUA_TESTS_SERVICES_REPORTING_MODEL_CALL_H_
#define THIDUA_TESTS_SERVICES_REPORTING_MODEL_CALL_H_

#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "thidua/reporting/v1/definition_service.pb.h"
#include "thidua/reporting/v1/pact_service.pb.h"
#include "thidua/reporting/v1/registry_service.pb.h"
#include "thidua/reporting/v1/statistics_service.pb.h"
#include "thidua/reporting/v1/submission_service.pb.h"

namespace reporting::model {

namespace v1 = ::thidua::reporting::v1;

// The store is closed, and opened again.
struct Restart {};

// Time passes.
struct Wait {
  int64_t seconds = 0;
};

// Items of one stream.
struct Import {
  std::vector<v1::ImportSubmissionsRequest> items{};
};

using Request = std::variant<
    Restart, Wait, Import, v1::CreateUnitRequest, v1::UpdateUnitRequest, v1::MergeUnitsRequest,
    v1::GetUnitRequest, v1::ListUnitsRequest, v1::CreateClusterRequest,
    v1::CreateClusterYearRequest, v1::GetClusterYearRequest, v1::ListClusterYearsRequest,
    v1::AdvanceClusterYearRequest, v1::HandOverClusterYearRequest, v1::CreateIndicatorRequest,
    v1::UpdateIndicatorRequest, v1::GetIndicatorRequest, v1::CreateFormRequest,
    v1::UpdateFormRequest, v1::GetFormRequest, v1::CreatePactRequest, v1::GetPactRequest,
    v1::UpdatePactRequest, v1::RevisePactRequest, v1::SignPactRequest, v1::SubmitRequest,
    v1::CheckReportRequest, v1::SaveDraftRequest, v1::SubmitDraftRequest, v1::WithdrawDraftRequest,
    v1::AcceptSubmissionRequest, v1::ReturnSubmissionRequest, v1::LockSubmissionRequest,
    v1::RestateSubmissionRequest, v1::GetSubmissionRequest, v1::ListSubmissionsRequest,
    v1::ListSubmissionVersionsRequest, v1::CompareSubmissionsRequest, v1::ComputeTotalsRequest>;

// Which etag the call sends; which that is, is known when it is played.
enum class Etag { kNone, kRight, kStale };

struct Call {
  // Its number in the sequence it was made for; stays when others are left out.
  int number = 0;
  // Without etag and tokens.
  Request request{};
  Etag etag = Etag::kNone;
  // For totals: as known this many commits ago; 0 for now.
  int commits_back = 0;
  // Sends the very bytes of the call with this number again, if that was played; -1 for none.
  int resends = -1;
};

// For a person who looks for a fault: one line.
std::string Describe(const Call& call);

// One line each.
std::string Describe(const std::vector<Call>& calls);

}  // namespace reporting::model

#endif  // THIDUA_TESTS_SERVICES_REPORTING_MODEL_CALL_H_
