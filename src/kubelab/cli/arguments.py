"""Options that several verbs share, and the settings they lead to together with the environment and the settings file."""

import argparse
import os
from pathlib import Path

from kubelab.cli.settings_file import nearest
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
    """The settings: the command line before KUBELAB_… before lab_… keys of the settings file that pytest would read."""
    path, keys = nearest(Path.cwd())
    return settle(vars(arguments), os.environ, keys, path=str(path or ""))


def kind_settings(arguments: argparse.Namespace) -> Settings:
    """The same for verbs that make or remove: always the kind cluster, since no other cluster is ours to make."""
    chosen = settings(argparse.Namespace(**{**vars(arguments), "context": None}))
    if not chosen.context:
        return chosen
    raise SetupTrouble(
        f'{chosen.chosen_by} names the context "{chosen.context}", and kubelab makes and removes only kind clusters.\n'
        "Leave the context out for this command: env -u KUBELAB_CONTEXT kubelab …, or take lab_context out of the settings file"
    )
