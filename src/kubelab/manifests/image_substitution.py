"""What this cluster runs for the images that labs name: the replacement and the way back, for manifests and command lines alike."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from kubelab.manifests.loader import Loader
from kubelab.policy import Substitution, normal, short

CONTAINERS = frozenset({"containers", "initContainers", "ephemeralContainers"})
"""The fields whose entries have an image."""


@dataclass
class Images:
    """The substitutions of a cluster, and the names by which a scenario gave the images, so that messages can use these names.

    `named`: for each image that runs, the names by which the scenario gave it, each of another image, in the order given.
    `closed`: the cluster has no other images, and its nodes reach no registry.
    """

    substitutions: Mapping[str, Substitution] = field(default_factory=dict)
    named: dict[str, tuple[str, ...]] = field(default_factory=dict)
    closed: bool = False

    def runs(self, image: str) -> str:
        """What runs for an image that a sentence asks for: the image itself where there is no substitution.

        "" where that runs in this scenario only for images with other names, so that no pod has the one asked for.
        """
        found = self._substitution(image)
        names = self.named.get(found.runs if found else self._standing_in(image), ())
        if names and normal(image) not in map(normal, names):
            return ""
        return found.runs if found else image

    def replaced(self, image: str) -> str:
        """What runs for an image that the scenario gives to the cluster; from now on, messages name it as the scenario does."""
        found = self._substitution(image)
        runs = found.runs if found else self._standing_in(image)
        if runs:
            others = [name for name in self.named.get(runs, ()) if normal(name) != normal(image)]
            self.named[runs] = (*others, image)
        return found.runs if found else image

    def says(self, text: str) -> str:
        """The text with every image that runs named as the scenario named it; an image with two names stays as it is."""
        names = {runs: given[0] for runs, given in self.named.items() if len(given) == 1}
        if not names:
            return text
        longest_first = "|".join(re.escape(runs) for runs in sorted(names, key=len, reverse=True))
        return re.sub(rf"(?<![\w./-])({longest_first})(?![\w-]|[.:]\w)", lambda match: names[match[0]], text)

    def used(self) -> list[Substitution]:
        """The substitutions of the images that the scenario gave to the cluster."""
        given = [found for names in self.named.values() for name in names if (found := self._substitution(name))]
        return list(dict.fromkeys(one for one in given if one.other))

    def lab_name(self, image: str) -> str:
        """For an image that runs, the scenario's name for it, else the name that labs use; "" where only a lab asks for it."""
        runs = self._standing_in(image)
        given = self.named.get(runs) or [one.lab for one in self.substitutions.values() if one.runs == runs]
        return given[0] if runs else ""

    def _substitution(self, image: str) -> Substitution | None:
        exact = self.substitutions.get(image) or self.substitutions.get(short(image))
        return exact or next((one for lab, one in self.substitutions.items() if normal(lab) == normal(image)), None)

    def _standing_in(self, image: str) -> str:
        """The same image as it is written in `substitutions`, if it replaces another: a lab may name it directly."""
        return next((one.runs for one in self.substitutions.values() if normal(one.runs) == normal(image)), "")


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
    """The same for a patch on a command line, a merge or JSON patch; any other text is left alone."""
    loader = Loader(text)
    try:
        patch = loader.get_single_data()
    except yaml.YAMLError:
        return text
    finally:
        loader.dispose()
    if isinstance(patch, list):
        return json.dumps([_operation(one, images) for one in patch])
    return json.dumps(substituted(patch, images)) if isinstance(patch, dict) else text


def _with_images(containers: Any, images: Images) -> Any:
    if not isinstance(containers, list):
        return containers
    return [
        {**one, "image": images.replaced(one["image"])} if isinstance(one, dict) and isinstance(one.get("image"), str) else one
        for one in containers
    ]


def _operation(one: Any, images: Images) -> Any:
    if isinstance(one, dict) and str(one.get("path", "")).endswith("/image") and isinstance(one.get("value"), str):
        return {**one, "value": images.replaced(one["value"])}
    return substituted(one, images)
