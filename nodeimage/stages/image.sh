#!/usr/bin/env bash
# A lab's image as $OUT/<tag>.tar for each of TAGS: PACKAGES of Debian's SUITE with our tools, laid out by images/$LAYOUT/setup.sh as on Docker Hub.
# Each tag is an image of its own, the same but for a label: what a Pod runs can then be told by its name.
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
  echo "$IMAGE with the tags $TAGS would be a lie: $SUITE of this Debian mirror holds $(cat version)."
  echo "Set the version that is there in nodeimage/recipe.yaml and nodeimage/images.yaml."
  exit 1
}
for tag in $TAGS; do
  pack "$OUT/$tag.tar" "$(sed "s|@NAME@|$IMAGE:$tag|" "$layout/config.json")" "$IMAGE:$tag" -- root.tar
done
