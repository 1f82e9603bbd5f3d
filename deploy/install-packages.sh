#!/usr/bin/env bash
# Installs what is needed from Debian 12's own packages, and nothing that is there already.
#
#   deploy/install-packages.sh build   to build and run the services
#   deploy/install-packages.sh test    also to run the whole test suite
set -euo pipefail

build=(
  g++ cmake ninja-build ccache pkg-config
  libgrpc++-dev protobuf-compiler protobuf-compiler-grpc libprotobuf-dev libprotoc-dev libre2-dev libc-ares-dev
  libabsl-dev libsqlitecpp-dev libsqlite3-dev libssl-dev libboost-dev libcli11-dev libutf8proc-dev zlib1g-dev
  golang-github-gogo-googleapis-dev grpc-proto ca-certificates
)
test=(
  libgtest-dev libgmock-dev clang-format clang-tidy clang-tools git curl
  python3 python3-grpcio python3-protobuf python3-jwt python3-cryptography haproxy nodejs npm
)

case "${1:-}" in
  build) wanted=("${build[@]}") ;;
  test) wanted=("${build[@]}" "${test[@]}") ;;
  *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac

missing=()
for package in "${wanted[@]}"; do
  # A machine may have its own node and npm.
  case "$package" in nodejs) command -v node >/dev/null && continue ;; npm) command -v npm >/dev/null && continue ;; esac
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

sudo=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "install-packages: run as root or install sudo" >&2; exit 1; }
  sudo=(sudo)
fi
echo "Installing ${#missing[@]} packages: ${missing[*]}"
"${sudo[@]}" apt-get update -qq
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
