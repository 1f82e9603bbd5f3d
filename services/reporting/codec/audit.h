// Records of the ledger as the audit tells them, and what is found when the log is verified.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_AUDIT_H_
#define THIDUA_SERVICES_REPORTING_CODEC_AUDIT_H_

#include <optional>

#include "absl/status/statusor.h"
#include "common/storage/audit_chain.h"
#include "common/storage/ledger.h"
#include "thidua/reporting/v1/audit_service.pb.h"

namespace reporting {

// `before` is the version before `record`, if there is one.
thidua::reporting::v1::AuditEvent ToAuditEvent(
    const common::storage::Record& record, const std::optional<common::storage::Record>& before);

// Everything of the request but its page size.
// INVALID_ARGUMENT, INVALID_FIELD, field `after...` or `expected...`: all that is wrong with them.
absl::StatusOr<common::storage::ChainQuery> ParseChainQuery(
    const thidua::reporting::v1::VerifyAuditRequest& request);

// Everything of the response but the store id.
thidua::reporting::v1::VerifyAuditResponse ToProto(const common::storage::ChainReport& report);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_AUDIT_H_
