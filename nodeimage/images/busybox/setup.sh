#!/usr/bin/env bash
# The busybox image holds busybox alone.
set -euo pipefail
cd "$1"
mkdir -p root tmp home
