#!/usr/bin/env bash
# clang-tidy is clean on every source of ours: clang_tidy_test.sh SOURCE_DIR BUILD_DIR
set -euo pipefail
cd "$1"
checks=$(clang-tidy --list-checks | grep -c '^ ')
[ "$checks" -gt 100 ] || { echo "only $checks checks are on: .clang-tidy is broken"; exit 1; }
# Generated code is in the build folder and not ours.
run-clang-tidy -quiet -p "$2" -j "$(nproc)" "^$PWD/(common|services|tests)/.*\.cc$" >"$2/clang-tidy.log" 2>&1 ||
  { grep -E '(warning|error):' -A4 "$2/clang-tidy.log" | head -200; exit 1; }
