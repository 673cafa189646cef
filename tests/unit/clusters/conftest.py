"""A machine with fake docker, kind and kubectl programs, and with folders of its own."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kubelab.clusters import Settings
from kubelab.clusters.kind import KindProvider

IMAGE = "localhost/kubelab/node:v1.36.3-test"


@dataclass(frozen=True)
class Machine:
    """Where the fake programs and their state are."""

    folder: Path

    def know(self, **facts: Any) -> None:
        """Change the programs' state."""
        self.state.write_text(json.dumps({**self.known, **facts}))

    @property
    def state(self) -> Path:
        """The file of their state."""
        return self.folder / "bin" / "state.json"

    @property
    def known(self) -> dict[str, Any]:
        """Their current state."""
        found: dict[str, Any] = json.loads(self.state.read_text())
        return found

    def kind(self, **settings: Any) -> KindProvider:
        """The provider of a cluster on it."""
        return KindProvider(Settings(**{"image": IMAGE, **settings}))


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """The machine; the limits that other tests' clusters may use up are not checked."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = Path(__file__).with_name("fake_program.py").read_text()
    for program in ("docker", "kind", "kubectl"):
        (folder / program).write_text(f"#!{sys.executable} -ES\n{script}")
        (folder / program).chmod(0o755)
    (folder / "ps").symlink_to(str(shutil.which("ps")))
    made = Machine(tmp_path)
    made.state.write_text(json.dumps({"nodes": {}, "images": [IMAGE], "registry": None, "fails": {}}))
    for variable, value in {
        "PATH": str(folder),
        "PLAYED": str(made.state),
        "XDG_STATE_HOME": f"{tmp_path}/state",
        "XDG_CACHE_HOME": f"{tmp_path}/cache",
    }.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.delenv("KIND_EXPERIMENTAL_PROVIDER", raising=False)
    monkeypatch.setattr("kubelab.clusters.facts.inotify_used", lambda: 0)
    return made
