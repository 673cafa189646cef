"""An addon as a value: its manifest in this folder, filled with the versions from the recipe of the node image."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import files

from kubelab import manifests
from kubelab.manifests import Document, Images
from kubelab.policy import Substitution

ADDRESSES = "addresses"
"""The word that is replaced by the addresses that a load balancer may give out."""


@dataclass(frozen=True)
class Addon:
    """Something installed for the whole cluster: its name in sentences, its namespace, its file in this folder.

    `substitutions`: what the cluster runs for the images that the file names, by image.
    """

    title: str
    namespace: str
    file: str
    substitutions: Mapping[str, Substitution] = field(default_factory=dict)

    def on(self, substitutions: Mapping[str, Substitution]) -> "Addon":
        """The same for a cluster with these substitutions."""
        return replace(self, substitutions=substitutions)

    def documents(self, words: Mapping[str, str]) -> list[Document]:
        """Its objects in the order in which they are applied; `words` are for the {words} other than versions."""
        return manifests.parse(_filled(self._text, words), self.file)

    @property
    def wants_addresses(self) -> bool:
        """Whether it gives out addresses of the nodes' network."""
        return f"{{{ADDRESSES}}}" in self._text

    @property
    def digest(self) -> str:
        """Twelve hex digits that change with its manifest, its versions and its images."""
        return hashlib.sha256(self._text.encode()).hexdigest()[:12]

    @cached_property
    def _text(self) -> str:
        from kubelab.clusters.nodeimage import recipe  # noqa: PLC0415  (only what is installed needs the recipe)

        text = _filled(files("kubelab.addons").joinpath(self.file).read_text(encoding="utf-8"), recipe.pinned())
        images = Images(self.substitutions)
        return re.sub(r"(?<=\bimage: )\S+", lambda found: images.runs(found[0]), text)


def _filled(text: str, words: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: words.get(match[1], match[0]), text)


INGRESS_CONTROLLER = Addon("the ingress controller", "ingress-nginx", "ingress-nginx.yaml")
"""Serves Ingresses of the class "nginx" on the node ports 30100 (http) and 30200 (https)."""
METALLB = Addon("MetalLB", "metallb-system", "metallb.yaml")
"""Gives Services of type LoadBalancer addresses of the nodes' network."""
