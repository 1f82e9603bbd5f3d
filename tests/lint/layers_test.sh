#!/usr/bin/env bash
# Dependencies point one way: service -> domain, service -> store -> domain. Prints every include that
# crosses a border.
set -euo pipefail
cd "$1"
failed=0

# forbid WHAT PATTERN FOLDER...: no source below the folders includes a match of the pattern.
forbid() {
  local what=$1 pattern=$2
  shift 2
  local found
  found=$(grep -rnE "^[[:space:]]*#include[[:space:]]+[<\"]($pattern)" --include='*.h' --include='*.cc' "$@" || true)
  if [ -n "$found" ]; then
    printf '%s\n%s\n\n' "$what:" "$found"
    failed=1
  fi
}

domains=(services/reporting/domain services/awards/domain)
grpc='grpc|common/rpc|.*\.grpc\.pb\.h'
protobuf='google/|thidua/|.*\.pb\.h'
sql='SQLiteCpp|sqlite3|common/storage/sqlite'

forbid "a domain sees gRPC" "$grpc" "${domains[@]}"
forbid "a domain sees protobuf" "$protobuf" "${domains[@]}"
forbid "a domain sees storage" "$sql|common/storage|services/[a-z]+/store" "${domains[@]}"
forbid "a domain sees a clock or a log" 'common/seams|common/telemetry|absl/time/clock\.h' "${domains[@]}"
forbid "a domain sees its service" 'services/[a-z]+/(service|codec|reporting_client)' "${domains[@]}"
forbid "a store sees gRPC" "$grpc" services/*/store
forbid "a store sees SQL" "$sql" services/*/store
forbid "a store sees its service" 'services/[a-z]+/service' services/*/store
found=$(grep -nE '#include.*\.pb\.h' services/*/store/*.h || true)
[ -z "$found" ] || { printf 'a store interface sees protobuf:\n%s\n' "$found"; failed=1; }
forbid "documents see gRPC" "$grpc" services/awards/documents
forbid "documents see protobuf" "$protobuf" services/awards/documents
forbid "documents see storage" "$sql|common/storage|services/[a-z]+/store" services/awards/documents
forbid "documents see a clock or a log" 'common/seams|common/telemetry|absl/time/clock\.h' services/awards/documents
forbid "documents see their service" 'services/[a-z]+/(service|codec|reporting_client)' services/awards/documents
forbid "SQL outside its engine" 'SQLiteCpp|sqlite3' services common/decimal common/expression common/rpc common/seams common/status common/telemetry common/text
forbid "the ledger interface sees an engine" "$sql" common/storage/*.h common/storage/*.cc
forbid "common sees a service" 'services/' common
forbid "common knows the domain's contract" 'thidua/(reporting|awards)/' common
forbid "reporting includes awards" 'services/awards|thidua/awards' services/reporting
forbid "awards includes reporting" 'services/reporting' services/awards
forbid "thiduactl includes a service" 'services/(reporting|awards)' services/thiduactl

# A score is exact: no floating point where points, figures and totals are made.
found=$(grep -rnwE 'float|double|std::stod|strtod|SimpleAtod' --include='*.h' --include='*.cc' "${domains[@]}" common/decimal common/expression || true)
[ -z "$found" ] || { printf 'floating point in exact code:\n%s\n' "$found"; failed=1; }

exit $failed
