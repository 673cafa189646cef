"""Addons as data: their objects, versions and images."""

import json
import re
from dataclasses import replace

import pytest

from kubelab.addons import INGRESS_CONTROLLER, METALLB, Addon
from kubelab.addons.installation import OURS
from kubelab.client.objects import at
from kubelab.clusters.nodeimage import recipe
from kubelab.policy import OWN, PUBLIC, shipped

ADDONS = pytest.mark.parametrize("addon", [INGRESS_CONTROLLER, METALLB], ids=lambda addon: addon.namespace)
WORDS = {"addresses": "10.89.0.239/32, 10.89.0.240/32"}


def images(addon: Addon) -> set[str]:
    """The images that its containers run."""
    templates = [at(document.body, "spec", "template", "spec", "containers", default=()) for document in addon.documents(WORDS)]
    return {container["image"] for containers in templates for container in containers}


def made() -> set[str]:
    """The images that the recipe makes for addons and labs."""
    own = recipe.read(recipe.versions()[0])
    stage = own.stages["addons"].arguments
    addons = {
        f"docker.io/library/traefik:v{stage['TRAEFIK']}",
        f"quay.io/metallb/controller:v{stage['METALLB']}",
        f"quay.io/metallb/speaker:v{stage['METALLB']}",
    }
    labs = [one.arguments for one in own.stages.values() if "IMAGE" in one.arguments]
    return addons | {f"{made['IMAGE']}:{tag}" for made in labs for tag in str(made["TAGS"]).split()}


@ADDONS
def test_every_image_is_in_the_node_image(addon: Addon) -> None:
    """By the same name and version: nothing is pulled if there is no registry."""
    assert images(addon.on(shipped(OWN))) <= made()


@ADDONS
def test_every_image_is_in_the_policy(addon: Addon) -> None:
    """By the very name and version that the recipe pins; elsewhere the public image runs, or that of a mirror."""
    elsewhere = images(addon.on({lab: replace(one, runs=f"mirror/{one.runs}") for lab, one in shipped(PUBLIC).items()}))

    assert images(addon) <= set(shipped(PUBLIC))
    assert all(image.startswith("mirror/") for image in elsewhere)


@ADDONS
def test_its_namespace_is_labelled_and_comes_before_its_objects(addon: Addon) -> None:
    """So that nobody else's namespace is mistaken for it, and the reaper leaves it alone."""
    documents = addon.documents(WORDS)
    place, namespace = next((place, one) for place, one in enumerate(documents) if one.kind == "Namespace")

    assert namespace.name == addon.namespace
    assert OURS in namespace.body["metadata"]["labels"]
    assert "app.kubernetes.io/managed-by" not in namespace.body["metadata"]["labels"]
    homes = [at(one.body, "metadata", "namespace") for one in documents]
    assert set(homes[:place]) == {None} or place == 0
    assert set(homes) == {None, addon.namespace}


@ADDONS
def test_no_word_is_left_open(addon: Addon) -> None:
    """Versions and addresses are all filled in."""
    assert not re.findall(r"\{\w+\}", json.dumps([one.body for one in addon.documents(WORDS)]))


def test_only_the_load_balancer_wants_addresses() -> None:
    """They become its address pool."""
    pool = next(one for one in METALLB.documents(WORDS) if one.kind == "IPAddressPool")

    assert (INGRESS_CONTROLLER.wants_addresses, METALLB.wants_addresses) == (False, True)
    assert pool.body["spec"] == {"addresses": ["10.89.0.239/32", "10.89.0.240/32"]}


def test_another_manifest_has_another_digest() -> None:
    """The same manifest has the same digest; one with other images has another."""
    assert INGRESS_CONTROLLER.digest == Addon("x", "y", INGRESS_CONTROLLER.file).digest != METALLB.digest
    assert INGRESS_CONTROLLER.digest != INGRESS_CONTROLLER.on(shipped(OWN)).digest != INGRESS_CONTROLLER.on(shipped(PUBLIC)).digest
