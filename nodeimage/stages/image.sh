#!/usr/bin/env bash
# A lab's image as $OUT/image.tar: PACKAGES of Debian's SUITE with our tools, laid out by images/$LAYOUT/setup.sh as on Docker Hub.
# PROBE must print VERSION in it: a tag never names a version that is not inside.
set -euo pipefail
. "$RECIPE/stages/mirror.sh"
. "$RECIPE/stages/pack.sh"
layout=$RECIPE/images/$LAYOUT
debian extract "$PACKAGES" root.tar \
  --extract-hook="bash '$RECIPE/stages/trim.sh' \"\$1\"" \
  --extract-hook="bash '$RECIPE/stages/tools.sh' \"\$1\"" \
  --extract-hook="bash '$layout/setup.sh' \"\$1\"" \
  --extract-hook="chroot \"\$1\" sh -c '$PROBE' > '$PWD/version'"
[ "$(cat version)" = "$VERSION" ] || {
  echo "$IMAGE:$TAG would be a lie: $SUITE of this Debian mirror holds $(cat version)."
  echo "Set the version that is there in nodeimage/recipe.yaml and nodeimage/images.yaml."
  exit 1
}
pack "$OUT/image.tar" "$(cat "$layout/config.json")" "$IMAGE:$TAG" -- root.tar
