"""The built-in policy: what images.yaml must hold for every cluster."""

import re
from pathlib import Path

import pytest

from kubelab.clusters.nodeimage import recipe
from kubelab.errors import SetupTrouble
from kubelab.policy import OWN, PUBLIC, Side, Substitution, in_short, normal, shipped

NEWEST = ":latest"
SEEN = re.compile(r"20\d\d-\d\d-\d\d in .+: .*amd64.*arm64")


@pytest.mark.parametrize("side", [OWN, PUBLIC])
def test_every_name_says_what_runs_and_why(side: Side) -> None:
    """On both sides of the policy, the same names in the same order."""
    assert list(shipped(side)) == list(shipped(PUBLIC))
    assert all(one.runs and one.because for one in shipped(side).values())


@pytest.mark.parametrize("side", [OWN, PUBLIC])
def test_no_two_names_run_the_same_image(side: Side) -> None:
    """So that a Pod's image shows which of them was requested; without a tag and ":latest" are one name."""
    runs: dict[str, str] = {}
    for one in shipped(side).values():
        assert runs.setdefault(one.runs, one.lab.removesuffix(NEWEST)) == one.lab.removesuffix(NEWEST)


def test_no_public_name_is_a_different_image_on_our_own_node_image() -> None:
    """A node that has the one would run it for the other."""
    own = {one.runs: lab for lab, one in shipped(OWN).items()}
    assert [one for lab, one in shipped(PUBLIC).items() if one.runs in own and own[one.runs] != lab] == []


def test_every_public_image_says_when_and_where_it_was_seen_for_both_architectures() -> None:
    """Except images made from a source of ours, which must exist."""
    for one in shipped(PUBLIC).values():
        assert bool(SEEN.match(one.seen)) != bool(one.made), one
        assert not one.made or (recipe.FOLDER.parent / one.made).is_dir(), one


def test_no_public_image_has_a_tag_that_moves() -> None:
    """It is a full name with its registry, whose tag names a version of two numbers or more, and is not the newest."""
    for one in shipped(PUBLIC).values():
        assert re.search(r"^[a-z0-9.]+/.+:v?\d+([.]\d+)+(-musl)?$", one.runs), one
        assert not one.runs.endswith(NEWEST)


def test_an_image_that_is_made_has_the_same_name_everywhere() -> None:
    """That of the recipe of our own node image."""
    own = shipped(OWN)

    assert {lab: one.runs for lab, one in shipped(PUBLIC).items() if one.made} == {
        lab: own[lab].runs for lab, one in shipped(PUBLIC).items() if one.made
    }


def test_what_runs_is_said_in_one_line() -> None:
    """The first few of them, and their number; an image that runs under its own name is not listed."""
    many = [Substitution(f"a:{number}", f"docker.io/library/b:{number}", "") for number in range(9)]
    itself = Substitution("docker.io/library/traefik:v3", "traefik:v3", "")

    assert in_short([]) == in_short([itself]) == "as the labs name them"
    assert in_short([itself, many[1]]) == "a:1 runs b:1; why: kubelab images"
    assert in_short(many).startswith("a:0 runs b:0, a:1 runs b:1, ")
    assert ", … (9 in all); " in in_short(many)


def test_names_of_one_image_are_equal() -> None:
    """Docker Hub's registry and folder may be left out, and the tag "latest"."""
    assert normal("docker.io/library/nginx") == normal("nginx:latest") != normal("nginx:1.14")


@pytest.mark.parametrize("text", [None, "[", "- {lab: x}", "- x", "3"])
def test_a_broken_policy_is_trouble(tmp_path: Path, text: str | None) -> None:
    """Not the lab's fault."""
    file = tmp_path / "images.yaml"
    if text:
        file.write_text(text)

    with pytest.raises(SetupTrouble, match="cannot be read"):
        shipped(OWN, file)
