"""`kubelab image push` to a real registry with the real engine: what is there afterwards, and that nothing else is left behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from kubelab import cli
from kubelab.clusters import engine
from kubelab.clusters.engine import Engine
from tests.cluster.registry import registry


@pytest.fixture
def chosen() -> Engine:
    """The engine of the machine."""
    return engine.choose()


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A registry without TLS, and a folder without settings."""
    monkeypatch.chdir(tmp_path)
    with registry(tmp_path) as port:
        yield f"127.0.0.1:{port}"


@pytest.mark.cluster
def test_unpublished_images_are_pushed_and_can_be_pulled(host: str, chosen: Engine) -> None:
    """By the name in the file that is written; the engine does not keep the image."""
    assert cli.main(["image", "push", f"{host}/hub", "--only-made", "--tls-verify=false", "--quiet"]) == 0

    images = {one["lab"]: one["runs"] for one in yaml.safe_load(Path("lab-images.yaml").read_text())["images"]}
    assert images == {f"smlinux/{name}": f"{host}/hub/kubelab/{name}:1.0" for name in ("appjs", "marvel", "thor")}
    assert host not in chosen.run("images").out
    insecure = ["--tls-verify=false"] if chosen.name == "podman" else []
    try:
        assert chosen.run("pull", *insecure, images["smlinux/thor"], timeout=120).good
        assert "PAGE=THOR" in chosen.run("image", "inspect", images["smlinux/thor"]).out
    finally:
        chosen.run("image", "rm", images["smlinux/thor"])


@pytest.mark.cluster
def test_a_registry_without_tls_is_refused_with_the_flag_that_helps(host: str, chosen: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    """By podman, which wants TLS everywhere, while Docker does not on the loopback interface; then no file with images is written."""
    refused = chosen.name == "podman"

    assert cli.main(["image", "push", host, "--only-made", "--quiet"]) == (3 if refused else 0)

    assert capsys.readouterr().err.strip().endswith("--tls-verify=false") == refused
    assert Path("lab-images.yaml").exists() != refused
    assert host not in chosen.run("images").out
