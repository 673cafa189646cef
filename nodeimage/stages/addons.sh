#!/usr/bin/env bash
# The images of what a lab may ask to have installed in its cluster: the ingress controller, the load balancer. Laid out as their makers' own images.
set -euo pipefail
. "$RECIPE/stages/pack.sh"

# image NAME PROGRAM TARGET CONFIG TAG: an image that holds one static program.
image() {
  mkdir -p "$1/$(dirname "$3")" && cp "$2" "$1/$3" && chmod 755 "$1/$3" && layer "$1.tar" "$1"
  pack "$OUT/$1.tar" "$4" "$5" -- "$1.tar"
}
path='"Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]'
image traefik "$NEED_traefik/traefik" usr/local/bin/traefik "{$path, \"Entrypoint\": [\"traefik\"]}" "docker.io/library/traefik:v$TRAEFIK"
image metallb-controller "$NEED_metallb_controller/controller" controller '{"Entrypoint": ["/controller"]}' "quay.io/metallb/controller:v$METALLB"
image metallb-speaker "$NEED_metallb_speaker/speaker" speaker '{"Entrypoint": ["/speaker"]}' "quay.io/metallb/speaker:v$METALLB"
