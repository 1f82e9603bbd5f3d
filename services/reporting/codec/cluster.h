// Clusters and their years as messages of the contract.
#ifndef THIDUA_SERVICES_REPORTING_CODEC_CLUSTER_H_
#define THIDUA_SERVICES_REPORTING_CODEC_CLUSTER_H_

#include <string_view>

#include "services/reporting/domain/cluster.h"
#include "services/reporting/domain/violations.h"
#include "thidua/reporting/v1/cluster.pb.h"

namespace reporting {

// Without etag and update time.
thidua::reporting::v1::Cluster ToProto(const Cluster& cluster);
thidua::reporting::v1::ClusterYear ToProto(const ClusterYear& year);

// What a client sends, without the id and the fields that are output only.
Cluster ParseCluster(const thidua::reporting::v1::Cluster& message);
ClusterYear ParseClusterYear(std::string_view path,
                             const thidua::reporting::v1::ClusterYear& message,
                             Violations& violations);

// What was stored.
Cluster Decode(const thidua::reporting::v1::Cluster& message, Violations& violations);
ClusterYear Decode(const thidua::reporting::v1::ClusterYear& message, Violations& violations);

}  // namespace reporting

#endif  // THIDUA_SERVICES_REPORTING_CODEC_CLUSTER_H_
