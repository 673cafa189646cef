"""Docker's API for the real Docker client, served by podman: the containers are on this machine, and no Docker daemon is needed."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kubelab.clusters import podman
from tests.cluster.weather import until

CGROUPS = Path("/sys/fs/cgroup/cgroup.controllers")
"""A file that only cgroup v2 has."""
PRIVATE = """#!/bin/sh
exec sed 's/"namespaces":\\[/&{"type":"cgroup"},/'
"""
"""Gives a container a cgroup namespace of its own, in the configuration that podman passes to its runtime.

kind asks for it (`--cgroupns=private`), and a Docker daemon provides it. podman's service ignores that option, and on cgroup v1 its
containers then share the machine's: a node's systemd mounts controllers that the machine has not mounted (hugetlb), where the kubelet's
folder is missing.
"""
STAGE = '{{"version": "1.0.0", "hook": {{"path": "{path}"}}, "when": {{"always": true}}, "stages": ["precreate"]}}'


@contextmanager
def docker_service(folder: Path) -> Iterator[str]:
    """Serve Docker's API on a socket in the folder; yields the DOCKER_HOST to reach it by."""
    environment = {**os.environ, "CONTAINERS_CONF": os.fspath(settings(folder))}
    host = f"unix://{folder}/docker.sock"
    with (folder / "log").open("w") as log:
        service = subprocess.Popen(["podman", "system", "service", "--time", "0", host], env=environment, stdout=log, stderr=log)
        try:
            until(lambda: subprocess.run(["docker", "--host", host, "version"], capture_output=True, check=False).returncode == 0)
            yield host
        finally:
            service.terminate()
            service.wait()


def settings(folder: Path) -> Path:
    """A settings file for podman: kubelab's own for this machine, and, on cgroup v1, the cgroup namespace that kind asks for."""
    ours, path = podman.settings_file(), folder / "containers.conf"
    text = ours.read_text() if ours else "[engine]\n"
    path.write_text(text if CGROUPS.exists() else f'{text}hooks_dir = ["{private_cgroups(folder)}"]\n')
    return path


def private_cgroups(folder: Path) -> Path:
    """A folder with the one hook."""
    script, hooks = folder / "private-cgroups", folder / "hooks"
    script.write_text(PRIVATE)
    script.chmod(0o755)
    hooks.mkdir()
    (hooks / "private-cgroups.json").write_text(STAGE.format(path=script))
    return hooks


def missing() -> str:
    """What this machine lacks for it; "" if nothing is missing."""
    return ", ".join(program for program in ("docker", "podman") if not shutil.which(program)) or ("" if os.geteuid() == 0 else "root")
