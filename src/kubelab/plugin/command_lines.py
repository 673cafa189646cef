"""The commands that a run prints for copying: they work in any folder, whatever is in a title or a path."""

import os
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.plugin.options import settings, value

if TYPE_CHECKING:
    from kubelab.clusters.provider import Cluster
    from kubelab.scenario import Scenario


def again(item: pytest.Item) -> str:
    """The command that runs the scenario again, from the folder that pytest was run in."""
    wanted = settings(item.config)
    context = ["--lab-context", wanted.context] if wanted.context else []
    solutions = ["--lab-solutions", value(item.config, "solutions")] if value(item.config, "solutions") else []
    path = Path(os.path.relpath(item.path, item.config.invocation_params.dir)).as_posix()
    return shlex.join(["pytest", *context, *solutions, f"{path}::{item.name}"])


def look(lab: "Scenario", about: Any = None) -> str:
    """The kubectl command that shows the object that a failure is about, or everything in the namespace."""
    known = about if about and "kind" in about else None
    what = ["describe", known["kind"].lower(), known["metadata"]["name"]] if known else ["get", "all,events"]
    namespace = known["metadata"].get("namespace") if known else None
    return f"{kubectl(lab.cluster)} {shlex.join(['-n', namespace or lab.namespace, *what])}"


def kubectl(cluster: "Cluster") -> str:
    """The beginning of every kubectl command for this cluster: the program, and how it finds the cluster."""
    program = "kubectl" if shutil.which("kubectl") else str(cluster.kubectl)
    place = ["--kubeconfig", str(cluster.kubeconfig)] if cluster.can.ours else []
    return shlex.join([program, *place, "--context", cluster.context])
