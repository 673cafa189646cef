"""Which Go is used to compile."""

import io
from pathlib import Path

import pytest

from kubelab.clusters.nodeimage import golang
from kubelab.clusters.progress import Progress


@pytest.mark.parametrize(
    ("present", "needed", "enough"),
    [("1.26.0", "1.26.0", True), ("1.26.8", "1.26.0", True), ("1.9.4", "1.26.0", False), ("0", "1.26.0", False)],
)
def test_versions_are_compared_as_numbers(present: str, needed: str, *, enough: bool) -> None:
    """1.9 is older than 1.26."""
    assert golang.new_enough(present, needed) is enough


def test_a_go_of_ours_is_used_where_the_machine_has_none_new_enough(tmp_path: Path) -> None:
    """Tested with a program that claims a version that no machine has."""
    program = tmp_path / "go" / golang.WITHIN
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho go version go99.1.2 linux/amd64\n")
    program.chmod(0o755)
    assert golang.version(program) == "99.1.2"
    assert golang.folder("99.0.0", tmp_path / "go", Progress(io.StringIO())) == program.parent


def test_a_program_that_does_not_say_its_version_has_none(tmp_path: Path) -> None:
    """It is never new enough."""
    assert golang.version(tmp_path / "absent") == "0"
