// Records of the ledger as the change feed tells them.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_CHANGE_H_
#define THIDUA_SERVICES_REPORTING_CODEC_CHANGE_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "common/storage/ledger.h"
#include "thidua/reporting/v1/change_feed_service.pb.h"

namespace reporting {

// The kind of record that `kind` stands for; empty if it stands for none.
std::string_view RecordKindOf(thidua::reporting::v1::ResourceKind kind);

// Everything but `ends_commit`, which depends on what is left out beside it.
// DATA_LOSS, reason DATA_CORRUPT: the record cannot be read.
absl::StatusOr<thidua::reporting::v1::Change> ToChange(const common::storage::Record& record);

// The same, but without a resource if the record cannot be read.
thidua::reporting::v1::Change ToReadableChange(const common::storage::Record& record);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_CHANGE_H_
