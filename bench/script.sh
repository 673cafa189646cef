#!/usr/bin/env bash
# Create, scale and verify by kubectl alone, as a shell script does it: script.sh MANIFESTS NUMBER…
set -euo pipefail
manifests=$1; shift

one() {
  local namespace=bench-script-$1-$RANDOM
  kubectl create namespace "$namespace"
  until kubectl -n "$namespace" get serviceaccount default >/dev/null 2>&1; do :; done
  kubectl -n "$namespace" apply -f "$manifests/two.yaml"
  kubectl -n "$namespace" wait --for=jsonpath='{.status.readyReplicas}'=2 deployment/web --timeout=60s
  kubectl -n "$namespace" apply -f "$manifests/three.yaml"
  kubectl -n "$namespace" wait --for=jsonpath='{.status.readyReplicas}'=3 deployment/web --timeout=60s
  kubectl delete namespace "$namespace" --wait=false
}

for number in "$@"; do one "$number" >/dev/null; done
