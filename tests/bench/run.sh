#!/usr/bin/env bash
# Builds the release and measures it. Arguments go to tests/bench/service/run.py; --help names them.
#
#   tests/bench/run.sh --json=build/bench.json
set -euo pipefail
cd "$(dirname "$0")/../.."
cmake --preset release >/dev/null
cmake --build --preset release --target thidua-reporting bench_programs python_stubs >/dev/null
export THIDUA_ROOT=. THIDUA_BIN=build/release/bin THIDUA_BENCH=build/release/bench
export PYTHONPATH=build/release/tests/e2e/stubs
exec /usr/bin/python3 tests/bench/service/run.py "$@"
