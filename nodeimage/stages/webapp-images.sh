#!/usr/bin/env bash
# One image for each line of images/webapp/applications, all with the same program; only name, page and port differ.
set -euo pipefail
. "$RECIPE/stages/pack.sh"
mkdir -p top/usr/bin
cp "$NEED_webapp/webapp" top/usr/bin/
layer webapp.tar top
tar -xf "$NEED_busybox/$BUSYBOX.tar" layer0.tar
while IFS='|' read -r name port page; do
  [ -z "$name" ] || [[ $name == \#* ]] || pack "$OUT/$name.tar" \
    "{\"Env\": [\"PATH=/usr/bin:/bin\", \"NAME=$name\", \"PORT=$port\", \"PAGE=$page\"], \"Cmd\": [\"webapp\"], \"ExposedPorts\": {\"$port/tcp\": {}}}" \
    "localhost/kubelab/$name:$VERSION" -- layer0.tar webapp.tar
done < "$RECIPE/images/webapp/applications"
