"""What GitHub Actions shows beside a run."""

from pathlib import Path

from kubelab.history import annotations, history_files

from .nights import nights, record, seen


def test_what_is_broken_or_stale_is_an_error_and_what_is_flaky_a_warning(tmp_path: Path) -> None:
    """Nothing else is annotated."""
    rows = {"Flaky": "PF" + "P" * 8, "Broken": "P" * 8 + "FF", "Stale": "P" + "." * 9, "New": "." * 9 + "P", "Errors": "P" * 8 + "EE"}
    history_files.add([one for name, letters in rows.items() for one in nights(letters, name)], tmp_path)

    said = list(annotations.lines(seen(tmp_path)))

    assert [line.split("::")[1] for line in said] == [
        "error title=broken on Kubernetes 1.36",
        "error title=stale on Kubernetes 1.36",
        "warning title=flaky on Kubernetes 1.36",
        "warning title=not judged on Kubernetes 1.36",
    ]
    assert said[0].endswith("::features/pods/run_a_pod.feature: Broken: since run 9 (2026-08-09): Pod web was not ready")


def test_a_version_that_does_not_run_is_one_error(tmp_path: Path) -> None:
    """Not one for each scenario."""
    history_files.add([one for number in range(3) for one in nights("P", f"Scenario {number}")], tmp_path)

    assert list(annotations.lines(seen(tmp_path, at=20))) == ["::error title=Kubernetes 1.36::It has not run since run 1 (2026-08-01)."]


def test_an_annotation_is_one_line(tmp_path: Path) -> None:
    """Whatever a title contains; a percent sign is escaped."""
    history_files.add([record(letter="F", name="50%\n::error::done", cause="")], tmp_path)

    (said,) = annotations.lines(seen(tmp_path))
    assert said.endswith("::features/pods/run_a_pod.feature: 50%25%0A::error::done: since run 1 (2026-08-01)")
    assert "\n" not in said
