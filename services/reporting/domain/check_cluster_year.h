// The check that a new cluster year passes, whether it is created or handed over to. Internal to
// the domain.
#ifndef THIDUA_SERVICES_REPORTING_DOMAIN_CHECK_CLUSTER_YEAR_H_
#define THIDUA_SERVICES_REPORTING_DOMAIN_CHECK_CLUSTER_YEAR_H_

#include <string_view>

#include "absl/status/status.h"
#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/violations.h"

namespace reporting {

// The errors of MakeClusterYear, with the fields below `root`.
absl::Status CheckClusterYear(const ClusterYear& year, const ClusterReferences& references,
                              std::string_view root, Violations violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_DOMAIN_CHECK_CLUSTER_YEAR_H_
