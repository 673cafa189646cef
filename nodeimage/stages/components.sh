#!/usr/bin/env bash
# The cluster's own images: one for all Kubernetes components and etcd, whose tags name the versions inside; CoreDNS; pause; the storage provisioner.
set -euo pipefail
. "$RECIPE/stages/pack.sh"
plain() { mkdir -p "$1/$(dirname "$2")" && cp "$3" "$1/$2" && chmod 755 "$1/$2" && layer "$1.tar" "$1"; }
path='"Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]'

mkdir -p kube/usr/local/bin
cp "$NEED_kube/kube" kube/usr/local/bin/
for name in kube-apiserver kube-controller-manager kube-scheduler kube-proxy etcd; do ln -s kube "kube/usr/local/bin/$name"; done
layer kube.tar kube
v=v$KUBERNETES
pack "$OUT/kube.tar" "{$path}" registry.k8s.io/{kube-apiserver,kube-controller-manager,kube-scheduler,kube-proxy}:"$v" \
  "registry.k8s.io/etcd:$ETCD-0" "localhost/kubelab/kube:$v" -- "$NEED_kube_root/root.tar" kube.tar

plain coredns coredns "$NEED_coredns/coredns"
pack "$OUT/coredns.tar" '{"Entrypoint": ["/coredns"], "ExposedPorts": {"53/tcp": {}, "53/udp": {}}}' "registry.k8s.io/coredns/coredns:v$COREDNS" -- coredns.tar

plain pause pause "$NEED_kube_root/pause"
pack "$OUT/pause.tar" '{"Entrypoint": ["/pause", "-P"]}' localhost/kubelab/pause:1 -- pause.tar

plain local-path usr/bin/local-path-provisioner "$NEED_local_path/local-path-provisioner"
pack "$OUT/local-path.tar" "{$path}" "docker.io/rancher/local-path-provisioner:v$LOCAL_PATH" -- local-path.tar
