"""The facts of a run, which its controlling process writes to a file for its workers: which cluster it has, or why it has none."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kubelab.errors import SetupTrouble
from kubelab.plugin import disk

if TYPE_CHECKING:
    from kubelab.clusters.provider import Cluster

FACTS = "cluster.json"
"""The file in a run's folder."""


def plain(facts: dict[str, Any]) -> Any:
    """The same after a round trip through JSON, as a reader of the file gets it."""
    return json.loads(_text(facts))


def write(folder: Path, facts: dict[str, Any]) -> None:
    """Write them into the run's folder; SetupTrouble if that fails."""
    try:
        (folder / FACTS).write_text(_text(facts))
    except OSError as error:
        raise no_folder(error) from error


def are_there(folder: Path) -> bool:
    """Whether the facts are in the run's folder."""
    return (folder / FACTS).exists()


def read(folder: Path) -> Any:
    """The facts in the run's folder; SetupTrouble if they cannot be read."""
    file = folder / FACTS
    try:
        return json.loads(file.read_text())
    except OSError as error:
        raise no_folder(error) from error
    except ValueError as error:
        raise SetupTrouble(f"{file} is broken: the disk may be full. Make room there, or name another: XDG_STATE_HOME=…") from error


def cluster(facts: dict[str, Any]) -> "Cluster":
    """The cluster from the facts."""
    from kubelab.clusters.provider import Capabilities, Cluster  # noqa: PLC0415  (a run without labs needs none of it)

    read = {"kubeconfig": Path(facts["kubeconfig"]), "kubectl": Path(facts["kubectl"]), "can": Capabilities(**facts["can"])}
    return Cluster(**{**facts, **read})


def no_folder(why: Exception) -> SetupTrouble:
    """SetupTrouble that says why there is no place for the run's files."""
    return SetupTrouble(
        f"kubelab has no folder to keep what a run needs: {disk.said(why)}\nMake room there, or name another: XDG_STATE_HOME=…"
    )


def _text(facts: dict[str, Any]) -> str:
    return json.dumps(facts, default=str)
