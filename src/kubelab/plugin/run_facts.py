"""The facts of a run, which its controlling process leaves for its workers in a file: which cluster it has, or why it has none."""

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
    """The same as JSON has it, as who reads the file gets it."""
    return json.loads(_text(facts))


def write(folder: Path, facts: dict[str, Any]) -> None:
    """Leave them in the run's folder; SetupTrouble where the disk does not take them."""
    try:
        (folder / FACTS).write_text(_text(facts))
    except OSError as error:
        raise no_folder(error) from error


def are_there(folder: Path) -> bool:
    """Whether something was left in the run's folder."""
    return (folder / FACTS).exists()


def read(folder: Path) -> Any:
    """What was left in the run's folder; SetupTrouble where it cannot be read."""
    file = folder / FACTS
    try:
        return json.loads(file.read_text())
    except OSError as error:
        raise no_folder(error) from error
    except ValueError as error:
        raise SetupTrouble(f"{file} is broken: the disk may be full. Make room there, or name another: XDG_STATE_HOME=…") from error


def cluster(facts: dict[str, Any]) -> "Cluster":
    """The cluster that they tell of."""
    from kubelab.clusters.provider import Capabilities, Cluster  # noqa: PLC0415  (a run without labs needs none of it)

    read = {"kubeconfig": Path(facts["kubeconfig"]), "kubectl": Path(facts["kubectl"]), "can": Capabilities(**facts["can"])}
    return Cluster(**{**facts, **read})


def no_folder(why: Exception) -> SetupTrouble:
    """Trouble that says why there is no place for what a run needs."""
    return SetupTrouble(
        f"kubelab has no folder to keep what a run needs: {disk.said(why)}\nMake room there, or name another: XDG_STATE_HOME=…"
    )


def _text(facts: dict[str, Any]) -> str:
    return json.dumps(facts, default=str)
