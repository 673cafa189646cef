"""Options that several verbs share, and the settings from them, the environment and the settings file."""

import argparse
import os
from dataclasses import fields
from pathlib import Path

from kubelab.cli.settings_file import nearest
from kubelab.clusters.settings import Settings, settle
from kubelab.errors import SetupTrouble


def parser(verb: str, description: str, *, context: bool = False, name: bool = True) -> argparse.ArgumentParser:
    """A parser for a verb, whose help keeps the description's lines; with --name for verbs on a cluster, --context for reading ones."""
    made = argparse.ArgumentParser(f"kubelab {verb}", description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    if name:
        made.add_argument("--name", metavar="NAME", help='the kind cluster\'s name (default: "kubelab")')
    if context:
        made.add_argument("--context", metavar="NAME", help="look at this kubeconfig context instead of the kind cluster")
    return made


def settings(arguments: argparse.Namespace) -> Settings:
    """The settings: the command line before KUBELAB_… before the lab_… keys of the settings file that pytest would read."""
    path, keys = nearest(Path.cwd())
    return settle(vars(arguments), os.environ, keys, path=str(path or ""))


def environment(wanted: Settings) -> dict[str, str]:
    """The environment for a pytest that reads no settings file: these settings, and what else the settings file here says."""
    said = {name: getattr(wanted, name) for name in told_to_pytest()}
    return {**variables_of_file(), **os.environ, **{variable(name): str(value) for name, value in said.items() if value not in {None, ""}}}


def told_to_pytest() -> list[str]:
    """The names of the settings that a run of pytest is told."""
    return [one.name for one in fields(Settings) if one.name not in {"fresh", "chosen_by"}]


def variables_of_file() -> dict[str, str]:
    """What the settings file here says, as environment variables."""
    _, keys = nearest(Path.cwd())
    return {variable(key.removeprefix("lab_")): str(value) for key, value in keys.items() if _is_plain(key, value)}


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"KUBELAB_{name.upper()}"


def _is_plain(key: str, value: object) -> bool:
    return key.startswith("lab_") and isinstance(value, str | int | float) and value != ""


def kind_settings(arguments: argparse.Namespace) -> Settings:
    """The same for verbs that create or remove: always the kind cluster, since other clusters are not ours."""
    chosen = settings(argparse.Namespace(**{**vars(arguments), "context": None}))
    if not chosen.context:
        return chosen
    raise SetupTrouble(
        f'{chosen.chosen_by} names the context "{chosen.context}", and kubelab creates and removes only kind clusters.\n'
        "Leave the context out for this command: env -u KUBELAB_CONTEXT kubelab …, or take lab_context out of the settings file"
    )
