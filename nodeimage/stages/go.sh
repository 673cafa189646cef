#!/usr/bin/env bash
# Compiles one Go program: PACKAGE of the module whose files are FILES, into $OUT/$PROGRAM.
# STAMP: values that the linker writes into the program, as "variable=value" words.
set -euo pipefail
for file in $FILES; do cp -r "$RECIPE/$file" .; done
flags="-s -w"
for value in ${STAMP:-}; do flags="$flags -X $value"; done
export CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS="-mod=readonly -buildvcs=false -trimpath"
go build -ldflags "$flags" -o "$OUT/$PROGRAM" "$PACKAGE"
