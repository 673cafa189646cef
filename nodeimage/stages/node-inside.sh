#!/usr/bin/env bash
# Runs inside the node's root: what kind's own image builds do with Debian's packages, then the images go into containerd's store.
set -euo pipefail
chmod 755 /kind /kind/bin /kind/bin/* /usr/local/bin/*
ln -sf /usr/bin/containerd /usr/local/bin/containerd
mkdir -p /opt/cni /etc/kubernetes/manifests && cp -r /usr/lib/cni /opt/cni/bin
sed -i 's|sandbox_image = .*|sandbox_image = "localhost/kubelab/pause:1"|' /etc/containerd/config.toml
# crun starts a container with half of runc's CPU; of the two ways to make a cgroup only cgroupfs, which asks no systemd, goes with it here.
sed -i 's|SystemdCgroup = true|SystemdCgroup = false\n    BinaryName = "/usr/bin/crun"|' /etc/containerd/config.toml
printf '\n[plugins."io.containerd.grpc.v1.cri".registry]\n  config_path = "/etc/containerd/certs.d"\n' >> /etc/containerd/config.toml
# Without kind's hook, which shows each container another machine's serial number: crun calls it when a read-only root is read-only already.
ctr oci spec | jq 'del(.process.rlimits)' > /etc/containerd/cri-base.json
find /lib/systemd/system/sysinit.target.wants/ -name systemd-tmpfiles-setup.service -delete
rm -f /lib/systemd/system/{multi-user,local-fs,basic}.target.wants/* /etc/systemd/system/*.wants/* /lib/systemd/system/sockets.target.wants/*udev*
echo ReadKMsg=no >> /etc/systemd/journald.conf
[ -e /sbin/init ] || ln -s /usr/lib/systemd/systemd /sbin/init
systemctl enable kubelet.service containerd.service undo-mount-hacks.service registry404.service
systemctl mask systemd-binfmt.service
: > /etc/machine-id

containerd --log-level warn &
containerd=$!
trap 'kill $containerd' EXIT
for _ in $(seq 100); do ctr version > /dev/null 2>&1 && break; sleep 0.1; done
for image in /kind/images/*.tar; do
  ctr --namespace k8s.io images import --all-platforms --no-unpack --digests "$image"
  rm "$image"
done
ctr --namespace k8s.io images list -q > /kind/images/list
trap - EXIT
kill $containerd && wait $containerd || true
rm -rf /run/containerd /var/lib/containerd/tmpmounts
