#!/usr/bin/env bash
# Installs what is needed, builds, and runs the tests.
#
#   tests/run.sh            the release build, its tests and the checks of the sources; then the same tests
#                           under the address and undefined-behaviour sanitizers
#   tests/run.sh release    the first only
#   tests/run.sh asan       the second only
set -euo pipefail
cd "$(dirname "$0")/.."

suite="${1:-all}"
case "$suite" in
  all) presets=(release asan) ;;
  release | asan) presets=("$suite") ;;
  *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

say() { printf '\n== %s (%s s)\n' "$*" "$SECONDS"; }

say "Installing packages"
deploy/install-packages.sh test
# buf, the contract's linter and a gRPC client, comes as a development tool from the npm registry.
(cd tests/tools && npm ci --no-audit --no-fund --loglevel=error)

for preset in "${presets[@]}"; do
  say "Building $preset"
  cmake --preset "$preset" >"/tmp/thidua-configure.$$" 2>&1 || { cat "/tmp/thidua-configure.$$"; exit 1; }
  rm -f "/tmp/thidua-configure.$$"
  cmake --build --preset "$preset" -j "$(nproc)"
  say "Testing $preset"
  ctest --preset "$preset"
done
