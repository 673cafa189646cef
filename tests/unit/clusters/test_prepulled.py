"""The labs' images on the nodes of a published node image: pulled by a real process, on a machine with fake programs."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kubelab import cli
from kubelab.clusters import nodeimage, prepulled
from kubelab.clusters.engine import choose
from kubelab.clusters.kind import KindProvider
from kubelab.clusters.prepulled import background, state, webapp
from kubelab.clusters.prepulled.node_pulls import PullingNodes
from kubelab.clusters.prepulled.wanted import full, wanted
from kubelab.clusters.progress import Progress
from kubelab.clusters.settings import Settings
from kubelab.errors import SetupTrouble
from tests.unit.clusters.conftest import Machine

PUBLISHED = "docker.io/kindest/node:v1.36.3"
IMAGES = wanted(Settings())
LACKING = IMAGES.pulled[0]


@pytest.fixture
def kind(machine: Machine) -> Iterator[KindProvider]:
    """A new cluster of a published node image with one worker, where a registry has all images; no process is left at the end."""
    machine.know(images=[PUBLISHED], registry=list(IMAGES.pulled))
    made = machine.kind(image=PUBLISHED, workers=1)
    yield made
    background.end(made.settings.folder, made.settings.name)


def up(kind: KindProvider) -> str:
    """The output of an `up`."""
    said = io.StringIO()
    kind.up(Progress(said))
    return said.getvalue()


def on(machine: Machine, node: str) -> set[str]:
    """The images of a node."""
    return {file.read_text() for file in (machine.folder / "bin" / "images" / node).iterdir()}


def test_up_has_the_images_on_every_node(machine: Machine, kind: KindProvider) -> None:
    """Both the pulled ones and those that are built; the next `up` prints nothing."""
    assert "✓ pulling 16 images that labs use onto the nodes" in up(kind).replace(str(len(IMAGES.names)), "16")

    assert on(machine, "kubelab-control-plane") == on(machine, "kubelab-worker") == set(IMAGES.names)
    assert (up(kind), prepulled.told(kind.settings)) == ("", [])


def test_status_tells_what_the_nodes_lack(
    machine: Machine, kind: KindProvider, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the reason; nothing is printed if nothing is missing."""
    monkeypatch.chdir(machine.folder)
    machine.know(registry=list(IMAGES.pulled[1:]))
    up(kind)

    assert cli.main(["status"]) == 0
    assert f"{LACKING} could not be pulled: failed to resolve" in capsys.readouterr().out


def test_an_image_that_cannot_be_pulled_is_told_and_tried_again(machine: Machine, kind: KindProvider) -> None:
    """With the registry's message; the cluster is up nevertheless, and the next `up` does not wait for the image."""
    machine.know(registry=list(IMAGES.pulled[1:]))

    said = up(kind)
    count = len(IMAGES.names)
    assert f"{count - 1} of {count} images that labs use are on the nodes; a lab that needs another one waits for it" in said
    assert f'\n  {LACKING} could not be pulled: failed to resolve reference "{LACKING}": {LACKING}: not found\n' in said

    machine.know(registry=list(IMAGES.pulled))
    assert "are being pulled in the background" in up(kind)
    with state.locked(kind.settings.folder, patience=30) as over:
        assert over
        assert LACKING in on(machine, "kubelab-worker")
    assert up(kind) == ""


def test_what_takes_long_goes_on_in_the_background(machine: Machine, kind: KindProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is shown, not started a second time, and comes to its end."""
    monkeypatch.setattr(prepulled, "QUICK", 0.5)
    hold = machine.folder / "bin" / "hold"
    hold.touch()

    assert "the others are being pulled in the background" in up(kind)
    known = state.read(kind.settings.folder)
    assert known
    assert "images that labs use are on the nodes; the others are being pulled in the background" in prepulled.told(kind.settings)[0]
    assert up(kind).splitlines() == prepulled.told(kind.settings)
    again = state.read(kind.settings.folder)
    assert again
    assert again.process == known.process

    hold.unlink()
    with state.locked(kind.settings.folder, patience=30) as over:
        assert over
        assert prepulled.told(kind.settings) == []


def test_it_ends_with_the_cluster(machine: Machine, kind: KindProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    """No record of it is left."""
    monkeypatch.setattr(prepulled, "QUICK", 0.5)
    (machine.folder / "bin" / "hold").touch()
    up(kind)

    kind.down()

    with state.locked(kind.settings.folder, patience=10) as over:
        assert over
        assert state.read(kind.settings.folder) is None
    assert prepulled.told(kind.settings) == []


def test_without_a_policy_nothing_is_pulled(machine: Machine) -> None:
    """Labs then run the images that they name."""
    machine.know(images=[PUBLISHED])

    assert "images that labs use" not in up(machine.kind(image=PUBLISHED, workers=0, images="none"))


def test_nodes_that_were_replaced_are_left_to_another_process(machine: Machine, kind: KindProvider) -> None:
    """They have the same names, but other IDs."""
    machine.know(registry=[])
    up(kind)
    ours = PullingNodes.of(kind.settings)
    machine.know(registry=list(IMAGES.pulled))
    gone = replace(ours, identities={"kubelab-control-plane": "another"})

    gone.fill()

    assert on(machine, "kubelab-control-plane") == set(IMAGES.made)
    known = state.read(kind.settings.folder)
    assert known
    assert (known.everywhere, known.failed) == (set(), {})


def test_without_a_cluster_there_is_nowhere_to_pull(machine: Machine) -> None:
    """As when the cluster was removed a moment before."""
    with pytest.raises(SetupTrouble, match='no cluster "kubelab" whose nodes could pull images'):
        PullingNodes.of(machine.kind().settings)


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("nginx", "docker.io/library/nginx:latest"),
        ("smlinux/appjs:1", "docker.io/smlinux/appjs:1"),
        ("quay.io/a/b:1", "quay.io/a/b:1"),
        ("localhost/kubelab/thor:1.0", "localhost/kubelab/thor:1.0"),
    ],
)
def test_an_image_is_known_by_its_full_name(name: str, whole: str) -> None:
    """As containerd lists it."""
    assert full(name) == whole


def test_the_web_program_is_built_once(machine: Machine) -> None:
    """The next cluster gets the existing archive."""
    thor = "localhost/kubelab/thor:1.0"
    built = webapp.archive(thor, choose())
    machine.know(fails={"build": "no room"})

    assert webapp.archive(thor, choose()) == built
    assert built.read_text() == thor


def test_where_the_engine_cannot_build_it_our_own_way_is_taken(machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """If that does not work, either, both complaints are reported."""
    machine.know(fails={"build": "no golang"})

    class Made:
        """The maker of our node image, which has the images' archives."""

        def make(self, name: str) -> dict[str, Path]:
            """They are there."""
            return {name: tmp_path}

    monkeypatch.setattr(nodeimage, "maker", lambda *_: Made())
    assert webapp.archive("localhost/kubelab/thor:1.0", choose()) == tmp_path / "thor.tar"

    def refuse(*_: object) -> dict[str, Path]:
        raise SetupTrouble("There is no Go.")

    monkeypatch.setattr(Made, "make", refuse)
    with pytest.raises(SetupTrouble, match=r"(?s)cannot build the labs' web program.*no golang.*There is no Go"):
        webapp.archive("localhost/kubelab/thor:1.0", choose())


def test_an_image_of_no_source_is_told(machine: Machine) -> None:  # noqa: ARG001  (its engine)
    """With the images that have a source."""
    with pytest.raises(SetupTrouble, match=r"no source of the image .*appjs, marvel, thor"):
        webapp.archive("localhost/kubelab/hulk:1.0", choose())
