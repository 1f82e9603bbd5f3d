#!/usr/bin/env bash
# The contract is linted, formatted, and breaks nobody who uses the one that landed before
# (contract_baseline.binpb). After a deliberate addition landed, renew the baseline:
#   cd proto && ../tests/tools/node_modules/.bin/buf build --exclude-source-info -o ../tests/lint/contract_baseline.binpb
set -euo pipefail
cd "$1/proto"
buf=../tests/tools/node_modules/.bin/buf
[ -x "$buf" ] || { echo "buf is not installed: (cd tests/tools && npm ci), or tests/run.sh"; exit 1; }
"$buf" lint
"$buf" format --diff --exit-code
"$buf" breaking --against ../tests/lint/contract_baseline.binpb
