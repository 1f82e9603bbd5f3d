#!/usr/bin/env bash
# Builds Thi Đua, starts both services on loopback with embedded SQLite, plays the cluster of 2020 through
# the public API, and prints what came of it.
#
#   deploy/quickstart.sh              runs until Ctrl-C
#   deploy/quickstart.sh --exit       stops the services at the end
#   deploy/quickstart.sh --data DIR   keeps the databases in DIR (default: build/quickstart-data)
#
# Ports: 7501 (reporting) and 7502 (awards), or what THIDUA_REPORTING_LISTEN and THIDUA_AWARDS_LISTEN say.
set -euo pipefail
cd "$(dirname "$0")/.."

data=build/quickstart-data
stay=yes
while [ $# -gt 0 ]; do
  case "$1" in
    --exit) stay=no ;;
    --data) [ $# -ge 2 ] || { echo "quickstart: --data needs a folder" >&2; exit 2; }; data=$2; shift ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
  shift
done
reporting=${THIDUA_REPORTING_LISTEN:-127.0.0.1:7501}
awards=${THIDUA_AWARDS_LISTEN:-127.0.0.1:7502}
bin=build/quickstart/bin
example=deploy/examples/red-river-2020
year=clusters/red-river-delta/years/2020
round=rounds/red-river-delta-2020

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
pids=()
stop() {
  [ ${#pids[@]} -eq 0 ] || { kill "${pids[@]}" 2>/dev/null || true; wait "${pids[@]}" 2>/dev/null || true; }
  pids=()
}
trap stop EXIT
trap 'exit 130' INT TERM

# serve NAME OPTION...: starts a service and waits until it serves.
serve() {
  local name=$1 log=$data/$1.log ready=$data/$1.address
  shift
  rm -f "$ready"
  "$bin/thidua-$name" --database "$data/$name.db" --port-file "$ready" "$@" 2>>"$log" &
  local pid=$!
  pids+=("$pid")
  until [ -s "$ready" ]; do
    kill -0 "$pid" 2>/dev/null || { echo "thidua-$name did not start:" >&2; tail -n 3 "$log" >&2; exit 1; }
    sleep 0.05
  done
}

say "1/4 Installing packages"
deploy/install-packages.sh build

say "2/4 Building (a few minutes the first time)"
mkdir -p build
cmake --preset quickstart >build/quickstart-configure.log 2>&1 || { cat build/quickstart-configure.log; exit 1; }
cmake --build --preset quickstart

say "3/4 Starting the services"
mkdir -p "$data"
[ ! -e "$data/reporting.db" ] || echo "Found the data of an earlier start in $data; nothing is done twice."
serve reporting --listen "$reporting"
serve awards --listen "$awards" --reporting "$reporting"
echo "thidua-reporting on $reporting, thidua-awards on $awards, data and logs in $data"

say "4/4 Playing $example"
ctl() { "$bin/thiduactl" --reporting "$reporting" --awards "$awards" "$@"; }
ctl apply "$example"

say "Cluster totals of 2020 (some of the 43 indicators)"
ctl totals "$year" --indicator COOP_TOTAL --indicator MEMBERS --indicator COOP_NEW --indicator GROUP_NEW \
  --indicator TRAINEES --indicator FUND_DISBURSED --indicator REV_AVG --indicator INCOME_AVG
say "Standings"
ctl standings "$round"
say "Nominations"
ctl nominations "$round"
say "The rotating flag of the cluster head"
ctl cluster-year "$year"

cat <<END

thidua-reporting listens on $reporting
thidua-awards    listens on $awards

Four commands to try:
  $bin/thiduactl --awards $awards explain $round units/bac-ninh
  $bin/thiduactl --awards $awards --language vi document $round minutes
  grpcurl -plaintext -d '{"name": "$round/standings/alliances"}' $awards thidua.awards.v1.RoundService/GetStandings
  buf curl --http2-prior-knowledge --protocol grpc -d '{"cluster_year": "$year", "form": "forms/alliance-annual", "period": "2020"}' http://$reporting/thidua.reporting.v1.StatisticsService/ComputeTotals
END

if [ "$stay" = yes ]; then
  printf '\nPress Ctrl-C to stop.\n'
  wait
fi
