"""Pushing: each image under the registry's name alone, by the engine; a refusal is trouble with its remedy."""

import io
import json
import tarfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from kubelab import cli
from kubelab.clusters import engine as engines
from kubelab.clusters import nodeimage, registry_push
from kubelab.clusters.engine import Engine
from kubelab.clusters.nodeimage.stages import ImageMaker
from kubelab.clusters.prepulled import webapp
from kubelab.clusters.progress import Progress
from kubelab.clusters.registry_push import Registry
from kubelab.errors import SetupTrouble
from kubelab.output import Output
from tests.unit.nodeimage import recipes

QUIET = Progress(io.StringIO())
NGINX, THOR = "docker.io/library/nginx:1.18", "localhost/kubelab/thor:1.0"


@dataclass(frozen=True)
class PlayedEngine(Engine):
    """Records its commands, and the names and contents of the archives it is given; refuses a push with the text of `refuses`.

    An image that it `forgets` is not there under the name that the archive gives it.
    """

    told: list[str] = field(default_factory=list)
    forgets: bool = False
    refuses: str = ""

    def run(self, *words: object, timeout: float = 60, stdin: str | None = None) -> Output:  # noqa: ARG002  (the engine's own shape)
        """The output of the command."""
        if words[0] == "load":
            with tarfile.open(str(words[2])) as archive:
                manifest = json.loads((archive.extractfile("manifest.json") or io.BytesIO()).read())
                self.told.append(f"load {manifest[0]['RepoTags']} {archive.getnames()}")
            return Output(0, "", "")
        if words[:2] == ("image", "inspect"):
            return Output(int(self.forgets), "", "")
        self.told.append(" ".join(map(str, words)))
        return Output(1, "", self.refuses) if self.refuses and words[0] == "push" else Output(0, "", "")


def played(name: str = "podman", refuses: str = "") -> PlayedEngine:
    """A fake engine of this kind."""
    return PlayedEngine(name, f"/usr/bin/{name}", "5", "", {}, refuses=refuses)


def archive(path: Path, image: str) -> Path:
    """An image's archive with one layer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    manifest = json.dumps([{"Config": "config.json", "RepoTags": [image], "Layers": ["layer0.tar"]}])
    with tarfile.open(path, "w") as made:
        for name, text in (("config.json", "{}"), ("manifest.json", manifest), ("layer0.tar", "layer")):
            member = tarfile.TarInfo(name)
            member.size = len(text)
            made.addfile(member, io.BytesIO(text.encode()))
    return path


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ImageMaker:
    """A store that has the image of one stage but not that of another; our web program is built elsewhere."""
    stages: dict[str, dict[str, Any]] = {"node": {"arguments": {"IMAGES": "nginx httpd"}}}
    made = recipes.maker(recipes.write(tmp_path / "recipe", {"nginx": "", "httpd": "", "node": ""}, stages), tmp_path / "cache")
    archive(made.result("nginx") / "1.18.tar", NGINX)
    monkeypatch.setattr(webapp, "archive", lambda image, _: archive(tmp_path / "made" / image.replace("/", "_"), image))
    return made


def test_what_is_there_is_found_and_our_web_program_is_made(maker: ImageMaker) -> None:
    """By the names inside the archives; existing images are not built again, and nothing else is built."""
    assert set(registry_push.archives(maker, played(), [THOR, NGINX])) == {NGINX, THOR}
    assert not maker.result("httpd").exists()
    assert registry_push.archives(maker, played(), [NGINX])[NGINX].is_relative_to(maker.result("nginx"))


def test_an_image_is_given_to_the_engine_under_the_registrys_name_alone(tmp_path: Path) -> None:
    """And removed from it again: the user's own image of that name is untouched."""
    engine = played()

    registry_push.push({NGINX: archive(tmp_path / "a.tar", NGINX)}, Registry("school.example/hub"), engine, QUIET)

    assert engine.told == [
        "load ['school.example/hub/library/nginx:1.18'] ['config.json', 'manifest.json', 'layer0.tar']",
        "push school.example/hub/library/nginx:1.18",
        "image rm school.example/hub/library/nginx:1.18",
    ]


def test_an_engine_that_takes_another_name_from_the_archive_is_told_ours(tmp_path: Path) -> None:
    """Otherwise there would be nothing to push."""
    engine = PlayedEngine("docker", "/usr/bin/docker", "29", "", {}, forgets=True)

    registry_push.push({THOR: archive(tmp_path / "a.tar", THOR)}, Registry("a:5000"), engine, QUIET)

    assert engine.told[1:3] == [f"tag {THOR} a:5000/kubelab/thor:1.0", "push a:5000/kubelab/thor:1.0"]


@pytest.mark.parametrize(("name", "words"), [("podman", "push --tls-verify=false "), ("docker", "push ")])
def test_a_registry_without_tls_is_podmans_flag(tmp_path: Path, name: str, words: str) -> None:
    """Docker has no such flag: its daemon must be configured."""
    engine = played(name)

    registry_push.push({THOR: archive(tmp_path / "a.tar", THOR)}, Registry("a:5000", verified=False), engine, QUIET)

    assert engine.told[1] == f"{words}a:5000/kubelab/thor:1.0"


@pytest.mark.parametrize(
    ("name", "said", "remedy"),
    [
        ("podman", "denied: no rights", "podman login a:5000"),
        ("podman", "server gave HTTP response to HTTPS client", "--tls-verify=false"),
        ("docker", "x509: unknown authority", '"insecure-registries": ["a:5000"] in /etc/docker/daemon.json'),
        ("podman", "no such host", "curl -v https://a:5000/v2/"),
    ],
)
def test_a_push_that_is_refused_is_told_with_its_remedy(tmp_path: Path, name: str, said: str, remedy: str) -> None:
    """And nothing stays in the engine."""
    engine = played(name, said)

    with pytest.raises(SetupTrouble, match=r"a:5000/x/kubelab/thor:1.0 could not be pushed") as trouble:
        registry_push.push({THOR: archive(tmp_path / "a.tar", THOR)}, Registry("a:5000/x"), engine, QUIET)

    assert str(trouble.value).splitlines()[-1].endswith(remedy)
    assert engine.told[-1] == "image rm a:5000/x/kubelab/thor:1.0"


@pytest.fixture
def here(maker: ImageMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PlayedEngine:
    """The machine of the command: its engine, its store, its folder."""
    engine = played()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(engines, "choose", lambda: engine)
    monkeypatch.setattr(nodeimage, "maker", lambda *_: maker)
    return engine


def test_the_command_writes_the_file_that_matches(here: PlayedEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the name that the nodes use; a second push overwrites its own file."""
    for _ in range(2):
        assert cli.main(["image", "push", "127.0.0.1:5000/", "--pulled-as", "registry:5000/x", "--tls-verify=false", "--quiet"]) == 0

    images = {one["lab"]: one["runs"] for one in yaml.safe_load((tmp_path / "lab-images.yaml").read_text())["images"]}
    web = {f"smlinux/{name}": f"registry:5000/x/kubelab/{name}:1.0" for name in ("appjs", "marvel", "thor")}
    assert images == {"nginx:1.14": "registry:5000/x/library/nginx:1.18", **web}
    assert "push --tls-verify=false 127.0.0.1:5000/library/nginx:1.18" in here.told
    assert "Pushed 4 images. With them: pytest --lab-images lab-images.yaml features/" in capsys.readouterr().out


def test_unpublished_images_alone_may_be_pushed(here: PlayedEngine, tmp_path: Path) -> None:
    """Into another file."""
    assert cli.main(["image", "push", "a.example", "--only-made", "--file", "b.yaml", "--quiet"]) == 0

    assert [one["lab"] for one in yaml.safe_load((tmp_path / "b.yaml").read_text())["images"]] == [
        "smlinux/appjs",
        "smlinux/marvel",
        "smlinux/thor",
    ]
    assert [word for word in here.told if word.startswith("push")][-1:] == ["push a.example/kubelab/thor:1.0"]


def test_a_file_of_somebodys_own_is_not_overwritten(here: PlayedEngine, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command refuses before anything is pushed."""
    (tmp_path / "lab-images.yaml").write_text("mirror: a.example\n")

    assert cli.main(["image", "push", "a.example"]) == 3

    assert "lab-images.yaml is there, and kubelab has not written it." in capsys.readouterr().err
    assert here.told == []
