"""The policy that ships: images.yaml, by the side that a cluster runs."""

from pathlib import Path
from typing import Literal

from kubelab.errors import SetupTrouble
from kubelab.policy.substitution import Substitution

IMAGES = Path(__file__).parents[1] / "nodeimage" / "images.yaml"
"""What runs for the images that labs name."""
Side = Literal["own", "public"]
"""Which side of the policy a cluster runs: that of our own node image, or that of every other cluster."""
OWN: Side = "own"
PUBLIC: Side = "public"


def shipped(side: Side, file: Path = IMAGES) -> dict[str, Substitution]:
    """The substitutions of one side, by the image that labs name; SetupTrouble where the file is broken."""
    import yaml  # noqa: PLC0415  (`--help` reads no policy)

    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))
        return {entry["lab"]: Substitution(lab=entry["lab"], **entry[side]) for entry in entries}
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise SetupTrouble(f"The image policy cannot be read from {file}: {error}\nReinstall kubelab, or correct the file.") from error
