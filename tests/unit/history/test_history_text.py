"""The output on a terminal: the most important first."""

from pathlib import Path

from kubelab.history import history_files, history_text
from kubelab.records.scenario_record import Wait

from .nights import nights, record, seen


def text(folder: Path, *, coloured: bool = False, at: int | None = None) -> str:
    """The text for the history in the folder."""
    return history_text.text(seen(folder, at=at), coloured=coloured)


def test_the_most_important_is_told_first(tmp_path: Path) -> None:
    """Scenarios that pass are only counted."""
    rows = {
        "Flaky": "PPPFPPPPPP",
        "Broken": "PPPPPFFFFF",
        "Fine": "P" * 10,
        "New": ".........P",
        "Errors": "PPPPPPPPEE",
        "Fixed": "PPPPPPFFFP",
    }
    history_files.add([one for name, letters in rows.items() for one in nights(letters, name)], tmp_path)

    assert text(tmp_path).splitlines() == [
        "Kubernetes 1.36: 1 broken, 1 flaky, 1 not judged, 1 new, 2 passing; 10 runs, 2026-08-01 to 2026-08-10, the newest on 1.36.3",
        "  broken      features/pods/run_a_pod.feature: Broken",
        "              since run 6 (2026-08-06): Pod web was not ready",
        "  flaky       features/pods/run_a_pod.feature: Flaky",
        "              1 flip in 10 runs: 10% (2% to 40%), failed last in run 4 (2026-08-04): Pod web was not ready",
        "  not judged  features/pods/run_a_pod.feature: Errors",
        "              neither passed nor failed: Pod web was not ready",
        "  new         features/pods/run_a_pod.feature: New",
        "              first in run 10",
        "  passing     features/pods/run_a_pod.feature: Fixed",
        "              newly fixed",
        "  slowest         4 s  features/pods/run_a_pod.feature: Broken",
        *(f"{'':18}4 s  features/pods/run_a_pod.feature: {name}" for name in ("Errors", "Fine", "Fixed", "Flaky")),
    ]


def test_colours_are_beside_the_words(tmp_path: Path) -> None:
    """Without colours the text is the same."""
    history_files.add([*nights("PFF"), *nights("PFP", "Flaky")], tmp_path)
    coloured = text(tmp_path, coloured=True)

    assert "\033[31mbroken    \033[0m" in coloured
    assert "\033[33mflaky     \033[0m" in coloured
    plain = coloured.replace("\033[31m", "").replace("\033[33m", "").replace("\033[0m", "")
    assert plain == text(tmp_path)


def test_long_lists_are_cut(tmp_path: Path) -> None:
    """With their full length."""
    history_files.add([one for number in range(13) for one in nights("FF", f"Scenario {number}")], tmp_path)

    assert "and 3 more broken" in text(tmp_path)
    assert text(tmp_path).count("since run 1 ") == 10


def test_a_version_that_does_not_run_is_told_in_one_line(tmp_path: Path) -> None:
    """Not for each of its scenarios."""
    history_files.add([one for number in range(3) for one in nights("PF", f"Scenario {number}")], tmp_path)

    said = text(tmp_path, at=20)
    assert "Kubernetes 1.36: 3 stale;" in said
    assert "  It has not run since run 2 (2026-08-02)." in said
    assert "Scenario 1\n              not run since" not in said


def test_a_scenario_that_has_stopped_is_named(tmp_path: Path) -> None:
    """With its last run."""
    history_files.add([*nights("P" * 10), *nights("PP........", "Stopped")], tmp_path)

    assert "  stale       features/pods/run_a_pod.feature: Stopped\n              not run since run 2 (2026-08-02)" in text(tmp_path)


def test_a_scenario_that_never_got_further_than_an_error_is_stale_too(tmp_path: Path) -> None:
    """It was never seen to work."""
    history_files.add([*nights("P" * 10), *nights("E" * 10, "Broken file")], tmp_path)

    assert "run_a_pod.feature: Broken file\n              nothing but ERRORs since run 1 (2026-08-01)" in text(tmp_path)


def test_a_run_that_judged_nothing_is_a_problem(tmp_path: Path) -> None:
    """Although nothing is broken."""
    history_files.add(nights("PPE"), tmp_path)

    assert "The newest run has judged nothing" in text(tmp_path)
    assert seen(tmp_path)[0].alarm


def test_little_headroom_is_told(tmp_path: Path) -> None:
    """From 60 % of a limit, or if it has become much less."""
    for number in range(1, 11):
        late = number > 5
        rows = {"Tight": 27.0, "Rising": 15.0 if late else 3.0, "Roomy": 6.0}
        history_files.add(
            [record(number, name=name, waits=(Wait(0, waited, 30, "", "", met=True),)) for name, waited in rows.items()], tmp_path
        )

    said = text(tmp_path).splitlines()
    at = next(number for number, line in enumerate(said) if "least headroom" in line)
    assert [line.split() for line in said[at : at + 3]] == [
        ["least", "headroom", "90%", "of", "30", "s,", "before", "90%", "features/pods/run_a_pod.feature:", "Tight"],
        ["50%", "of", "30", "s,", "before", "10%", "features/pods/run_a_pod.feature:", "Rising"],
        ["slowest", "4", "s", *said[at + 2].split()[3:]],
    ]


def test_versions_are_paragraphs(tmp_path: Path) -> None:
    """The older version first."""
    history_files.add([record(), record(kubernetes="1.34.4"), record(letter="E", kubernetes="")], tmp_path)

    paragraphs = text(tmp_path).split("\n\n")
    assert [one.split(":")[0] for one in paragraphs] == ["Kubernetes 1.34", "Kubernetes 1.36", "No cluster"]
