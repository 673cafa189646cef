"""What an evidence file says: the text of the failure, then all sections, images named as the lab names them."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from kubelab.authoring import Step
from kubelab.diagnostics import Section
from kubelab.errors import LabFailure
from kubelab.manifests import Images
from kubelab.plugin import evidence_files
from kubelab.plugin.execution import ScenarioFailed, StepFailure
from kubelab.policy import Substitution


def test_sections_name_images_as_the_lab_does(tmp_path: Path) -> None:
    """The failure's own text is used as it is: it already says what runs."""
    images = Images({"nginx:1.14": Substitution("nginx:1.14", "docker.io/library/nginx:1.18", "gone")})
    images.replaced("nginx:1.14")
    item: Any = SimpleNamespace(
        name="S",
        path=tmp_path / "a.feature",
        config=SimpleNamespace(rootpath=tmp_path),
        feature=SimpleNamespace(scenarios=()),
        funcargs={"lab": SimpleNamespace(manifests=SimpleNamespace(images=images))},
    )
    events = Section("events", ("Pulled docker.io/library/nginx:1.18", "Started"))
    failed = ScenarioFailed([StepFailure(Step("Then", "then", "it is so", 3), LabFailure("no"), [events])])

    evidence_files.write(tmp_path / "found", item, failed, "nginx:1.14 is docker.io/library/nginx:1.18 here")

    text = (tmp_path / "found" / "a" / "S.txt").read_text()
    assert text == "nginx:1.14 is docker.io/library/nginx:1.18 here\n\n== events\nPulled nginx:1.14\nStarted\n"
