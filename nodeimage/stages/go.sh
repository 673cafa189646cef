#!/usr/bin/env bash
# Compiles one Go program: PACKAGE of the module whose files are FILES, into $OUT/$PROGRAM.
# STAMP: values that the linker writes into the program, as "variable=value" words.
set -euo pipefail
for file in $FILES; do cp -r "$RECIPE/$file" .; done
flags="-s -w"
for value in ${STAMP:-}; do flags="$flags -X $value"; done
export CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS="-mod=readonly -buildvcs=false -trimpath"
# The compiler spends a quarter of its time collecting garbage that a machine with 8 GB can as well leave lying.
if (($(awk '/^MemAvailable/ {print $2}' /proc/meminfo) > 6000000)); then export GOGC=400; fi
go build -ldflags "$flags" -o "$OUT/$PROGRAM" "$PACKAGE"
