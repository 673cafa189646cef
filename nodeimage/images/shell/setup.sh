#!/usr/bin/env bash
# The shell image is Debian's packages as they are.
set -euo pipefail
mkdir -p "$1/root" "$1/tmp"
