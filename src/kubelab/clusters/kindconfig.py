"""The configuration handed to kind: the nodes, and what Kubernetes must do differently on them."""

from collections.abc import Sequence

CALM = """\
kind: ClusterConfiguration
controllerManager: {extraArgs: {leader-elect: "false", node-monitor-grace-period: 20s}}
scheduler: {extraArgs: {leader-elect: "false"}}
"""
"""One control plane has nobody to elect (a frozen etcd would make it exit); a dead node is noticed within 20 s instead of 50."""
OLD_CGROUPS = """\
kind: KubeletConfiguration
failCgroupV1: false
"""
"""Kubelets refuse cgroup v1 hosts unless told otherwise."""


def text(workers: int, cgroup: int, patches: Sequence[str] = ()) -> str:
    """The configuration for one control plane and so many workers on a host of cgroup version 1 or 2."""
    every = [CALM, *([OLD_CGROUPS] if cgroup == 1 else []), *patches]
    roles = ["control-plane", *["worker"] * workers]
    lines = [
        "kind: Cluster",
        "apiVersion: kind.x-k8s.io/v1alpha4",
        "nodes:",
        *(f"- role: {role}" for role in roles),
        "kubeadmConfigPatches:",
    ]
    return "\n".join([*lines, *(_block(patch) for patch in every)]) + "\n"


def _block(patch: str) -> str:
    return "\n".join(["- |", *(f"  {line}" for line in patch.rstrip().splitlines())])
