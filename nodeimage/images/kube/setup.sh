#!/usr/bin/env bash
# The Debian root $1 of the cluster's own components: an iptables that writes where the node's own iptables writes.
set -euo pipefail
cd "$1"
here=$(dirname "$0")
mkdir -p usr/local/sbin
install -m 755 "$here/iptables" usr/local/sbin/iptables
for name in iptables-save iptables-restore ip6tables ip6tables-save ip6tables-restore; do ln -s iptables "usr/local/sbin/$name"; done
