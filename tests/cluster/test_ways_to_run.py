"""The ways people run labs: by path, by name, stopping early, in parallel, from another folder, from an installed wheel."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster.changes import ROOT

FEATURE = "features/pods/template.feature"
TITLE = "A dry run prints a template and creates nothing"


def pytest_in(folder: Path, *words: str, **environment: str) -> str:
    """The output of pytest in that folder; it must succeed."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300, env={**os.environ, **environment})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.cluster
@pytest.mark.parametrize(
    "words", [(f"{FEATURE}::{TITLE}",), (FEATURE, "-k", "dry and run"), (FEATURE, "-x", "-k", "dry"), (FEATURE, "-n", "2", "-k", "dry")]
)
def test_one_scenario_is_chosen(words: tuple[str, ...]) -> None:
    """By its title, by words of it, stopping at the first failure, with workers."""
    assert "1 passed" in pytest_in(ROOT, *words)


@pytest.mark.cluster
def test_the_working_directory_does_not_matter(tmp_path: Path) -> None:
    """Manifests are found by the feature's place."""
    scenarios = (ROOT / FEATURE).read_text().count("  Scenario:")

    assert f"{scenarios} passed" in pytest_in(tmp_path, str(ROOT / FEATURE))


@pytest.mark.cluster
def test_an_installed_wheel_needs_only_a_feature_and_a_manifest(tmp_path: Path) -> None:
    """Neither the checkout nor any Python of the student's; labs, images.yaml and the recipe are in it, solutions are not."""
    site, lab = tmp_path / "site", tmp_path / "lab"
    checkout = tmp_path / "checkout"
    left_out = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "reports", "*.egg-info")
    shutil.copytree(ROOT, checkout, symlinks=True, ignore=left_out)
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(site), str(checkout)]
    subprocess.run(install, check=True, timeout=300)
    lab.mkdir()
    shutil.copy(ROOT / "manifests" / "pods" / "webserver.yaml", lab)
    (lab / "mine.feature").write_text(
        'Feature: Mine\n\n  Scenario: It runs\n    When I apply "webserver.yaml"\n    Then Pod "webserver" is ready\n'
    )
    where = "import kubelab, pathlib; print(pathlib.Path(kubelab.__file__).parent)"
    found = subprocess.run(
        [sys.executable, "-c", where], env={**os.environ, "PYTHONPATH": str(site)}, capture_output=True, text=True, check=True, cwd=lab
    )
    package = Path(found.stdout.strip())

    assert package == site / "kubelab"
    assert "1 passed" in pytest_in(lab, "mine.feature", PYTHONPATH=str(site))
    for shipped in (
        "nodeimage/recipe.yaml",
        "nodeimage/images.yaml",
        "labs/features/pods/run_a_pod.feature",
        "labs/manifests/pods/webserver.yaml",
    ):
        assert (package / shipped).is_file()
    assert [path for name in ("solutions", "wrong", "controls") for path in package.rglob(name)] == []
