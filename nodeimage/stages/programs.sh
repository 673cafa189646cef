#!/usr/bin/env bash
# The programs that run on this machine itself, in one folder.
set -euo pipefail
cp "$NEED_kind/kind" "$NEED_kubectl/kubectl" "$OUT/"
