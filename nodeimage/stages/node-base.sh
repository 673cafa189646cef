#!/usr/bin/env bash
# The node's Debian as $OUT/root.tar: systemd, containerd and what kubelet, kube-proxy and kind call, configured as kind's own base image is.
set -euo pipefail
. "$RECIPE/stages/mirror.sh"
debian essential "$PACKAGES" "$OUT/root.tar" --customize-hook="bash '$RECIPE/stages/trim.sh' \"\$1\""
