#!/usr/bin/env bash
# clang-tidy on every source of ours: clang_tidy_test.sh SOURCE_DIR BUILD_DIR. Takes more than an hour on two
# cores, so it is run by hand and is no part of tests/run.sh.
set -euo pipefail
cd "$1"
checks=$(clang-tidy --list-checks | grep -c '^ ')
[ "$checks" -gt 100 ] || { echo "only $checks checks are on: .clang-tidy is broken"; exit 1; }
# clang cannot read the headers that g++ precompiled.
mkdir -p "$2/tidy"
sed -E 's# -include [^ ]*cmake_pch\.hxx##g; s# -Winvalid-pch##g' "$2/compile_commands.json" >"$2/tidy/compile_commands.json"
# Generated code is in the build folder and not ours.
run-clang-tidy -quiet -p "$2/tidy" -j "$(nproc)" "^$PWD/(common|services|tests)/.*\.cc$" >"$2/clang-tidy.log" 2>&1 ||
  { grep -E '(warning|error):' -A4 "$2/clang-tidy.log" | head -200; exit 1; }
