"""Options that several verbs share, and the settings they lead to together with the environment and the settings file."""

import argparse
import os
import tomllib
from pathlib import Path
from typing import Any

from kubelab.clusters.settings import Settings, settle
from kubelab.errors import SetupTrouble


def parser(verb: str, description: str, *, context: bool = False, name: bool = True) -> argparse.ArgumentParser:
    """A parser for the verb whose help keeps the description's lines; with --name for verbs of a cluster, --context where it only looks."""
    made = argparse.ArgumentParser(f"kubelab {verb}", description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    if name:
        made.add_argument("--name", metavar="NAME", help='the kind cluster\'s name (default: "kubelab")')
    if context:
        made.add_argument("--context", metavar="NAME", help="look at this kubeconfig context instead of the kind cluster")
    return made


def settings(arguments: argparse.Namespace) -> Settings:
    """The settings: the command line before KUBELAB_… before lab_… keys of the nearest pyproject.toml's pytest section."""
    path = _nearest_file(Path.cwd())
    return settle(vars(arguments), os.environ, _keys(path) if path else {}, path=str(path or ""))


def kind_settings(arguments: argparse.Namespace) -> Settings:
    """The same for verbs that make or remove: always the kind cluster, since no other cluster is ours to make."""
    chosen = settings(argparse.Namespace(**{**vars(arguments), "context": None}))
    if not chosen.context:
        return chosen
    raise SetupTrouble(
        f'{chosen.chosen_by} names the context "{chosen.context}", and kubelab makes and removes only kind clusters.\n'
        "Leave the context out for this command: env -u KUBELAB_CONTEXT kubelab …, or take lab_context out of the settings file"
    )


def _nearest_file(folder: Path) -> Path | None:
    return next((place / "pyproject.toml" for place in (folder, *folder.parents) if (place / "pyproject.toml").is_file()), None)


def _keys(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise SetupTrouble(f"The settings file {path} cannot be read: {error}.\nMend that line, or run from another folder") from None
    return dict(table.get("tool", {}).get("pytest", {}).get("ini_options", {}))
