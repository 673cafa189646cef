"""The kind and kubectl of a cluster: those on PATH if they fit its Kubernetes version, else our own, compiled if they are missing."""

import re
import shutil
import sys
from pathlib import Path

from kubelab.clusters.process import run
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import KUBERNETES
from kubelab.errors import SetupTrouble

INSTALL = {
    "kind": "go install sigs.k8s.io/kind@v0.33.0   (or see https://kind.sigs.k8s.io/docs/user/quick-start/#installation)",
    "kubectl": "see https://kubernetes.io/docs/tasks/tools/#kubectl",
}
"""How to install a program."""
VERSION = {"kind": ("version",), "kubectl": ("version", "--client", "--output=json")}
"""The words that make each print its version."""
OLDEST_KIND = (0, 32)
"""The first kind that sets up Kubernetes 1.36 and later with kubeadm's v1beta4 (pkg/cluster/internal/kubeadm/config.go)."""
SKEW = 1
"""How many minor versions kubectl may be apart from its server: https://kubernetes.io/releases/version-skew-policy/#kubectl."""


def program(name: str) -> Path:
    """The program on PATH, else the one that we built; SetupTrouble that says how to install it when there is neither."""
    found = shutil.which(name)
    folder = None if found else built()
    if not found and not folder:
        raise absence(name)
    return folder / name if folder else Path(str(found))


def absence(name: str) -> SetupTrouble:
    """SetupTrouble that says how to install the program."""
    return SetupTrouble(f"{name} is not installed.\nInstall it: {INSTALL[name]}")


def built() -> Path | None:
    """The folder of the kind and kubectl that we built, if they are in the cache."""
    from kubelab.clusters import nodeimage  # noqa: PLC0415  (reading its recipe is for those who may need it)

    made = nodeimage.maker(KUBERNETES, Progress(quiet=True))
    return None if made.missing("programs") else made.result("programs")


def pair(kubernetes: str, progress: Progress) -> tuple[Path, Path]:
    """The kind and kubectl for a cluster of that Kubernetes version, such as "1.36.3"."""
    return _fitting("kind", kubernetes, progress), _fitting("kubectl", kubernetes, progress)


def _fitting(name: str, kubernetes: str, progress: Progress) -> Path:
    found = shutil.which(name)
    why = unfit(name, version(name, found), kubernetes) if found else "is not on PATH"
    if found and (not why or sys.platform != "linux"):
        return Path(found)
    if sys.platform != "linux":
        raise absence(name)
    progress.line(f"{name} {why}: taking our own")
    return _own(name, kubernetes, progress)


def _own(name: str, kubernetes: str, progress: Progress) -> Path:
    from kubelab.clusters import nodeimage  # noqa: PLC0415

    try:
        return nodeimage.programs(nearest(kubernetes), progress) / name
    except SetupTrouble as trouble:
        raise SetupTrouble(f"{trouble}\nOr install {name} yourself: {INSTALL[name]}") from trouble


def version(name: str, found: str) -> tuple[int, int]:
    """Major and minor version of the kind or kubectl at that path; (0, 0) when it does not say."""
    said = re.search(r"v(\d+)\.(\d+)\.\d", run([found, *VERSION[name]], 20).out)
    return (int(said[1]), int(said[2])) if said else (0, 0)


def unfit(name: str, present: tuple[int, int], kubernetes: str) -> str:
    """Why the program of that version must not be used with that Kubernetes version; "" if it may."""
    said = f"on PATH is {present[0]}.{present[1]}"
    if name == "kind":
        return "" if present >= OLDEST_KIND else f"{said}, older than {OLDEST_KIND[0]}.{OLDEST_KIND[1]}"
    allowed = max(SKEW, abs(minor(nearest(kubernetes)) - minor(kubernetes)))
    apart = abs(present[1] - minor(kubernetes))
    return f"{said}, {apart} minor versions apart from Kubernetes {kubernetes}" if apart > allowed else ""


def nearest(kubernetes: str) -> str:
    """Of the versions whose kubectl we can compile, the nearest to this one."""
    from kubelab.clusters.nodeimage import recipe  # noqa: PLC0415

    return min(recipe.versions(), key=lambda one: abs(minor(one) - minor(kubernetes)))


def minor(kubernetes: str) -> int:
    """The minor version of a Kubernetes version: 36 of "1.36.3"."""
    return int(kubernetes.split(".")[1])
