"""Which cluster is wanted, and where its files are: the command line before the environment before the settings file."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from kubelab.clusters import mirror
from kubelab.errors import SetupTrouble

KUBERNETES = "1.36.3"
"""The Kubernetes version of a new cluster where none is asked for."""
WORKERS = 2
"""The number of its workers."""


@dataclass(frozen=True)
class Settings:
    """The wanted cluster: one of this name that the provider creates, or, with `context`, the cluster of that kubeconfig context.

    `workers` and `kubernetes` are None if not given: a running cluster is then used as it is, a new one gets the defaults.
    `image` is a node image to use instead of the usual choice, `mirror` the URL of a registry that the nodes ask first; `images` is the
    absolute path of a file that adds to the image policy, "none" to switch the policy off, "own" for that of our own node image, "" for
    the one that ships.
    `fresh` recreates the kind cluster; `chosen_by` says what named the context (`--lab-context`, `KUBELAB_CONTEXT`, a settings file).
    """

    name: str = "kubelab"
    provider: str = "kind"
    context: str | None = None
    workers: int | None = None
    kubernetes: str | None = None
    image: str | None = None
    images: str = ""
    mirror: str | None = None
    fresh: bool = False
    chosen_by: str = ""

    @property
    def size(self) -> int:
        """How many workers a new cluster gets."""
        return WORKERS if self.workers is None else self.workers

    @property
    def version(self) -> str:
        """The Kubernetes version of a new cluster, as `1.36.3`."""
        return self.kubernetes or KUBERNETES

    @property
    def folder(self) -> Path:
        """The folder of this cluster's own state: its kubeconfig, its lock, its marker."""
        return state_folder() / self.name

    @property
    def kubeconfig(self) -> Path:
        """The kubeconfig file of the kind cluster; never the user's own."""
        return self.folder / "kubeconfig"


def cache_folder() -> Path:
    """The folder for files that can be made again: $XDG_CACHE_HOME/kubelab or ~/.cache/kubelab."""
    return _home("XDG_CACHE_HOME", ".cache")


def state_folder() -> Path:
    """The folder for the clusters' own state: $XDG_STATE_HOME/kubelab or ~/.local/state/kubelab."""
    return _home("XDG_STATE_HOME", ".local/state")


def locks_folder(cluster: str) -> Path:
    """The folder for the locks of a cluster's scenarios, the same for all runs of this machine."""
    return state_folder() / "locks" / cluster


def _home(variable: str, default: str) -> Path:
    try:
        return Path(os.environ.get(variable) or Path.home() / default) / "kubelab"
    except RuntimeError as error:
        raise SetupTrouble(f"This user has no home folder. Name a folder to keep things in: {variable}=…") from error


def settle(
    command_line: Mapping[str, Any], environment: Mapping[str, str], file: Mapping[str, Any], *, option: str = "--context", path: str = ""
) -> Settings:
    """The settings from three sources, the first that names a value wins; None and "" name none.

    Keys: the fields of Settings on the command line, `KUBELAB_<FIELD>` in the environment, `lab_<field>` in the file (at `path`).
    `option` is what the command line calls the context.
    """
    names = [field.name for field in fields(Settings) if field.name != "chosen_by"]
    sources = (
        (option, {name: command_line.get(name) for name in names}),
        ("KUBELAB_CONTEXT", {name: environment.get(f"KUBELAB_{name.upper()}") for name in names}),
        (path or "the settings file", {name: file.get(f"lab_{name}") for name in names}),
    )
    chosen = {name: value for name in names for value in [_first(sources, name)] if value is not None}
    if "images" in chosen:
        from kubelab.policy import located  # noqa: PLC0415  (only who names images of their own needs it)

        chosen["images"] = located(str(chosen["images"]), _meant_from(sources, path))
    settings = Settings(**{name: _typed(name, value) for name, value in chosen.items()})
    return Settings(**{**_values(settings), "chosen_by": _chooser(sources)})


def _meant_from(sources: tuple[tuple[str, dict[str, Any]], ...], path: str) -> Path:
    """The folder that a relative path starts from: that of the settings file if the path is from there, else the current one."""
    said = [bool(values["images"]) for _, values in sources]
    return Path(path).parent if said == [False, False, True] and path else Path.cwd()


def _values(settings: Settings) -> dict[str, Any]:
    return {field.name: getattr(settings, field.name) for field in fields(Settings)}


def _first(sources: tuple[tuple[str, dict[str, Any]], ...], name: str) -> Any:
    return next((values[name] for _, values in sources if values[name] not in (None, "")), None)


def _chooser(sources: tuple[tuple[str, dict[str, Any]], ...]) -> str:
    return next((source for source, values in sources if values["context"]), "")


def _typed(name: str, value: Any) -> Any:
    if name == "fresh":
        return value in {True, "1", "true", "yes"}
    if name == "workers":
        return _count(value)
    if name == "mirror":
        return mirror.checked(str(value))
    return str(value).removeprefix("v") if name == "kubernetes" else str(value)


def _count(value: Any) -> int:
    if not str(value).isdigit():
        raise SetupTrouble(f'"{value}" is not a number of workers.\nGive a whole number from 0 on: kubelab up --workers 2')
    return int(value)
