"""The mirror: which URLs are accepted, and containerd's configuration for it."""

import shutil
import tomllib
from pathlib import Path

import pytest

from kubelab.clusters import mirror
from kubelab.clusters.nodeimage.recipe import FOLDER
from kubelab.clusters.process import run
from kubelab.clusters.settings import settle
from kubelab.errors import SetupTrouble
from kubelab.output import Output

URL = "http://10.89.0.1:5000"


@pytest.mark.parametrize(
    ("line", "environment", "file"), [({"mirror": URL}, {}, {}), ({}, {"KUBELAB_MIRROR": f"{URL}/"}, {}), ({}, {}, {"lab_mirror": URL})]
)
def test_a_mirror_is_named_like_every_setting(line: dict[str, str], environment: dict[str, str], file: dict[str, str]) -> None:
    """A slash at its end is ignored."""
    assert settle(line, environment, file).mirror == URL


@pytest.mark.parametrize("url", ["10.89.0.1:5000", "ftp://mirror", "http://", "https://mirror/docker"])
def test_what_is_not_a_registry_s_url_is_refused(url: str) -> None:
    """With a valid example."""
    with pytest.raises(SetupTrouble, match=r'"(.*)" is not the URL of a registry\.\n.*--mirror http://10\.0\.0\.5:5000'):
        mirror.checked(url)


@pytest.mark.parametrize("url", ["http://localhost:5000", "http://127.0.0.1:5000", "http://[::1]:5000"])
def test_a_mirror_that_only_this_machine_reaches_is_refused(url: str) -> None:
    """A node would ask itself."""
    with pytest.raises(SetupTrouble, match="on the loopback, where a node finds only itself"):
        mirror.checked(url)


def told(folder: Path, url: str) -> None:
    """Write the mirror's configuration into a folder of this machine, by the script that a node runs."""
    mirror.tell(lambda _, words, limit: run([word.replace(mirror.CERTS, str(folder)) for word in words], limit), "node", url)


def hosts(file: Path) -> tuple[str, list[str]]:
    """The server that a file names, and its hosts in their order."""
    found = tomllib.loads(file.read_text())
    return found.get("server", ""), list(found["host"])


def test_containerd_asks_it_first_for_every_registry(tmp_path: Path) -> None:
    """No server is set: after the mirror comes the registry that the image names."""
    told(tmp_path, URL)

    assert hosts(tmp_path / "_default" / "hosts.toml") == ("", [URL])
    assert tomllib.loads((tmp_path / "_default" / "hosts.toml").read_text())["host"][URL] == {"capabilities": ["pull", "resolve"]}


def test_what_a_node_image_asks_by_itself_comes_after_it(tmp_path: Path) -> None:
    """Such as our own, which asks a registry that has no images."""
    shutil.copytree(FOLDER / "node" / "etc" / "containerd" / "certs.d", tmp_path / "certs.d")
    (tmp_path / "certs.d" / "quay.io").mkdir()
    told(tmp_path / "certs.d", URL)

    nowhere = "http://127.0.0.1:5000"
    assert hosts(tmp_path / "certs.d" / "_default" / "hosts.toml") == (nowhere, [URL, nowhere])
    assert hosts(tmp_path / "certs.d" / "quay.io" / "hosts.toml") == ("", [URL])


def test_a_node_that_cannot_be_told_is_trouble() -> None:
    """With the node's error message."""
    with pytest.raises(SetupTrouble, match=r"Node one could not be told of the mirror http://10\.89\.0\.1:5000:\nno room"):
        mirror.tell(lambda *_: Output(1, "", "no room"), "one", URL)
