#!/usr/bin/env bash
# The node image as $OUT/image.tar: the base, kind's own files (out of its module), ours, the programs, every image preloaded.
set -euo pipefail
. "$RECIPE/stages/pack.sh"
. "$RECIPE/stages/mirror.sh"
mkdir -p top/usr/bin top/usr/local/bin top/kind/images
cp -r "$NEED_kind_files/." top/
cp -r "$RECIPE/node/." top/
cp "$NEED_kube/kube" "$NEED_kubectl/kubectl" "$NEED_registry404/registry404" top/usr/local/bin/
for program in kubeadm kubelet; do ln -s ../local/bin/kube "top/usr/bin/$program"; done
ln -s ../local/bin/kubectl top/usr/bin/kubectl
sed -i "s/@KUBERNETES@/$KUBERNETES/; s/@LOCAL_PATH@/$LOCAL_PATH/; s/@BUSYBOX@/$BUSYBOX/" top/kind/manifests/*.yaml
printf 'v%s' "$KUBERNETES" > top/kind/version
layer top.tar top
mkdir images
for need in $IMAGES; do
  folder=NEED_$need
  for archive in "${!folder}"/*.tar; do ln -s "$archive" "images/$need-${archive##*/}"; done
done
alone mmdebstrap --variant=custom --skip=check/empty,update,cleanup \
  --setup-hook="tar -C \"\$1\" -xf '$NEED_node_base/root.tar'" \
  --customize-hook="tar -C \"\$1\" -xf '$PWD/top.tar' --keep-directory-symlink" \
  --customize-hook="cp --dereference '$PWD'/images/*.tar \"\$1/kind/images/\"" \
  --customize-hook="cp '$RECIPE/stages/node-inside.sh' \"\$1/kind/inside\" && chroot \"\$1\" bash /kind/inside && rm \"\$1/kind/inside\"" \
  '' root.tar - < /dev/null
pack "$OUT/image.tar" '{"Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "container=docker"], "Entrypoint": ["/usr/local/bin/entrypoint", "/kind/bin/start"], "StopSignal": "SIGRTMIN+3"}' "localhost/kubelab/node:v$KUBERNETES-$KEY" -- root.tar
echo "localhost/kubelab/node:v$KUBERNETES-$KEY" > "$OUT/tag"
