#!/usr/bin/env bash
# kind's own files for a node: they come out of the pinned module and are not copied into our repository.
set -euo pipefail
for file in $FILES; do cp "$RECIPE/$file" .; done
export GOTOOLCHAIN=local GOFLAGS=-mod=readonly
go mod download sigs.k8s.io/kind
cp -r "$(go list -m -f '{{.Dir}}' sigs.k8s.io/kind)/images/base/files/." "$OUT/"
chmod -R u+w "$OUT"
