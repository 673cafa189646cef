"""What a student's file begins with where a skeleton is wanted: what every object of its kinds must have, with what to fill in."""

from importlib.resources import files

from kubelab.client.kinds import BUILT_IN
from kubelab.exercises import Exercise

COMMANDS = "# The commands that the task asks for, one a line, each beginning with kubectl.\n"
ANY = """\
apiVersion: {version}
kind: {kind}
metadata:
  name:  # the name that the task asks for
"""
SCRIPT = ".sh"
UNKNOWN = "  # see: kubectl api-resources"


def skeleton(file: str, exercise: Exercise) -> str:
    """The text of a file that the exercise asks for: an object of each of its kinds, or a place for commands."""
    if file.endswith(SCRIPT):
        return COMMANDS
    return "---\n".join(of_kind(kind) for kind in exercise.kinds)


def of_kind(kind: str) -> str:
    """An object of the kind with its required fields, and comments that say what belongs there."""
    shipped = files("kubelab.practice") / "kinds" / f"{kind}.yaml"
    if shipped.is_file():
        return shipped.read_text(encoding="utf-8")
    known = BUILT_IN.get(kind)
    return ANY.format(kind=kind, version=known.api_version if known else UNKNOWN)
