#!/usr/bin/env bash
# The Debian root of the components' image as $OUT/root.tar, and catatonit, a static program that serves as the pods' pause process.
set -euo pipefail
. "$RECIPE/stages/mirror.sh"
debian extract "$PACKAGES" "$OUT/root.tar" \
  --extract-hook="cp \"\$1/usr/bin/catatonit\" '$OUT/pause'" \
  --extract-hook="bash '$RECIPE/stages/trim.sh' \"\$1\"" \
  --extract-hook="bash '$RECIPE/stages/tools.sh' \"\$1\"" \
  --extract-hook="bash '$RECIPE/images/kube/setup.sh' \"\$1\""
