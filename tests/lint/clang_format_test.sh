#!/usr/bin/env bash
# Every source is formatted as .clang-format says.
set -euo pipefail
cd "$1"
find common services tests -name node_modules -prune -o \( -name '*.h' -o -name '*.cc' \) -print0 |
  xargs -0 clang-format --dry-run -Werror
