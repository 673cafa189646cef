"""Images: what this cluster runs for those that labs name; one way there and one back, for manifests and command lines alike."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from kubelab.errors import SetupTrouble

IMAGES = Path(__file__).parents[1] / "nodeimage" / "images.yaml"
"""What this cluster runs for the images that labs name."""
CONTAINERS = frozenset({"containers", "initContainers", "ephemeralContainers"})
"""The fields whose entries have an image."""


@dataclass(frozen=True)
class Substitution:
    """What runs in place of an image that a lab names, and why."""

    lab: str
    runs: str
    because: str


@dataclass
class Images:
    """The substitutions of a cluster, and which of them a scenario has met, so that what runs can be said as the lab says it."""

    substitutions: Mapping[str, Substitution] = field(default_factory=dict)
    met: dict[str, str] = field(default_factory=dict)

    def runs(self, image: str) -> str:
        """What runs for the image a lab names: itself where nothing stands in for it."""
        found = self.substitutions.get(image) or self.substitutions.get(_short(image))
        if found is None:
            return image
        self.met[found.runs] = image
        return found.runs

    def says(self, text: str) -> str:
        """The text with every image that runs named as the scenario named it."""
        for runs in sorted(self.met, key=len, reverse=True):
            text = re.sub(rf"(?<![\w./-]){re.escape(runs)}(?![\w-]|[.:]\w)", self.met[runs].replace("\\", ""), text)
        return text

    def used(self) -> list[Substitution]:
        """The substitutions that the scenario has met."""
        return [one for one in self.substitutions.values() if one.runs in self.met and _short(self.met[one.runs]) == _short(one.lab)]


def substituted(thing: Any, images: Images) -> Any:
    """The same JSON with every container's image replaced by what this cluster runs for it."""
    if isinstance(thing, Mapping):
        return {key: _with_images(value, images) if key in CONTAINERS else substituted(value, images) for key, value in thing.items()}
    return [substituted(value, images) for value in thing] if isinstance(thing, list) else thing


def said(thing: Any, images: Images) -> Any:
    """The same JSON with every container's image named as the lab names it: the way back from `substituted`."""
    if isinstance(thing, Mapping):
        shown = {key: said(value, images) for key, value in thing.items()}
        return {**shown, "image": images.says(shown["image"])} if isinstance(shown.get("image"), str) else shown
    return [said(value, images) for value in thing] if isinstance(thing, list) else thing


def substituted_text(text: str, images: Images) -> str:
    """The same for a patch as it stands on a command line, merge or JSON patch; a text that is neither is left alone."""
    try:
        patch = yaml.safe_load(text)
    except yaml.YAMLError:
        return text
    if isinstance(patch, list):
        return json.dumps([_operation(one, images) for one in patch])
    return json.dumps(substituted(patch, images)) if isinstance(patch, dict) else text


def substitutions(file: Path = IMAGES) -> dict[str, Substitution]:
    """The substitutions of images.yaml, by the image that labs name; SetupTrouble where the file is broken."""
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8")) or []
        return {entry["lab"]: Substitution(entry["lab"], entry["runs"], entry["because"]) for entry in entries}
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise SetupTrouble(f"This cluster's images cannot be read from {file}: {error}\nReinstall kubelab, or mend the file.") from error


def _with_images(containers: Any, images: Images) -> Any:
    if not isinstance(containers, list):
        return containers
    return [
        {**one, "image": images.runs(one["image"])} if isinstance(one, dict) and isinstance(one.get("image"), str) else one
        for one in containers
    ]


def _operation(one: Any, images: Images) -> Any:
    if isinstance(one, dict) and str(one.get("path", "")).endswith("/image") and isinstance(one.get("value"), str):
        return {**one, "value": images.runs(one["value"])}
    return substituted(one, images)


def _short(image: str) -> str:
    return image.removeprefix("docker.io/").removeprefix("library/")
