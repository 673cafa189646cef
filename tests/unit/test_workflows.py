"""The workflows run what people run: targets of the Makefile and environments of tox, on a pinned machine, with minimal rights."""

import re
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = {path.stem: yaml.safe_load(path.read_text()) for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))}
JOBS = {f"{name}: {job}": said for name, workflow in WORKFLOWS.items() for job, said in workflow["jobs"].items()}
PREPARES = "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
"""What Ubuntu needs before tests can mount anything."""
PARTS = {"--junitxml": "labs.xml", "--lab-record": "records", "--lab-report": "report.html", "--lab-evidence": "evidence"}
"""What a night keeps of each version, under the names that a bundle uses."""
MAKEFILE = (ROOT / "Makefile").read_text()


@pytest.fixture
def tox() -> ConfigParser:
    """The settings of tox."""
    found = ConfigParser(interpolation=None)
    found.read(ROOT / "tox.ini")
    return found


def steps(job: Any, *parts: str) -> Iterator[dict[str, Any]]:
    """The job's steps that have all of these keys."""
    return (step for step in job["steps"] if all(part in step for part in parts))


def rows(job: Any) -> list[dict[str, str]]:
    """The explicit rows of the job's matrix; one empty row if there are none."""
    return job.get("strategy", {}).get("matrix", {}).get("include", [{}])  # type: ignore[no-any-return]


def filled(text: str, row: dict[str, str]) -> str:
    """The text, filled in from a row of the matrix."""
    return re.sub(r"\$\{\{ matrix\.(\w+) \}\}", lambda match: row.get(match[1], match[0]), text)


def lines(text: str) -> list[str]:
    """The commands of a recipe, as they are called in the virtual environment."""
    return [line.strip().removeprefix("$(BIN)/") for line in text.strip().splitlines()]


def recipe(target: str) -> list[str]:
    """The commands of a target of the Makefile."""
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert found, target
    return lines(found[1])


def test_there_are_two() -> None:
    """One for each change, and one at night for what would take too long by day."""
    assert set(WORKFLOWS) == {"ci", "nightly"}


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS.keys())
def test_each_command_is_one_that_a_person_has(job: Any, tox: ConfigParser) -> None:
    """A target of the Makefile, an environment of tox, the script for changes; and the nodes' logs if that failed."""
    known = {f"make {target}" for target in re.findall(r"^([a-z]+):.*## ", MAKEFILE, re.MULTILINE)} | {"bash .ci/run", PREPARES}
    known |= {f".venv/bin/tox -e {section.removeprefix('testenv:')}" for section in tox.sections()}
    known |= {f"make {section.removeprefix('testenv:').replace('k8s', 'night')}" for section in tox.sections() if "k8s-" in section}
    known |= {f".venv/bin/tox -e {name}" for name in tox["tox"]["env_list"].split(", ")}
    minors = ",".join(job.get("strategy", {}).get("matrix", {}).get("kubernetes", []))

    for step in steps(job, "run"):
        for row in rows(job):
            command = re.sub(r" --keep-going| RUNS=\d+$", "", filled(step["run"].replace("${{ matrix.kubernetes }}", f"{{{minors}}}"), row))
            assert command in known or (command, step.get("if")) == (".venv/bin/kubelab logs reports/nodes", "failure()")


def test_what_lands_has_passed_the_two_commands_of_the_readme() -> None:
    """In the same order."""
    script = (ROOT / ".ci" / "run").read_text().splitlines()
    told = [line.split("#")[0].strip() for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("make ")]

    assert [line for line in script if line.startswith("make ")] == ["make test", "make labs"]
    assert set(told) == {"make test", "make labs"}


def test_what_lands_is_tried_on_each_python_and_with_the_lowest_versions(tox: ConfigParser) -> None:
    """Each environment of tox except lint, which `make test` runs, with the Python of its name; a failing one does not stop the others."""
    job = WORKFLOWS["ci"]["jobs"]["pythons"]

    assert ["lint", *(row["tox"] for row in rows(job))] == tox["tox"]["env_list"].split(", ")
    assert all(row["tox"] in {"lowest", f"py{row['python'].replace('.', '')}"} for row in rows(job))
    assert job["strategy"]["fail-fast"] is False


def test_the_night_is_labs_wrong_solutions_and_soak_and_then_its_history() -> None:
    """The labs of all versions in parallel, a failing one not stopping the others; the history whatever happened before."""
    jobs = WORKFLOWS["nightly"]["jobs"]

    assert [[step["run"] for step in steps(job, "run") if "if" not in step] for job in jobs.values()] == [
        ["make night-${{ matrix.kubernetes }}"],
        ["make --keep-going wrong"],
        ["make soak RUNS=5"],
        ["make history"],
    ]
    assert jobs["labs"]["strategy"]["fail-fast"] is False
    assert (jobs["history"]["needs"], jobs["history"]["if"]) == (["labs"], "always()")


def test_make_nightly_is_the_workflow_on_one_machine(tox: ConfigParser) -> None:
    """The same versions and targets, one after another; a failure does not stop the rest, and the history judges the labs."""
    jobs = WORKFLOWS["nightly"]["jobs"]
    versions = re.search(r"^VERSIONS [?]= (.*)$", MAKEFILE, re.MULTILINE)

    assert versions
    assert versions[1].split() == jobs["labs"]["strategy"]["matrix"]["kubernetes"]
    assert recipe("nightly") == ["$(MAKE) --keep-going $(VERSIONS:%=night-%) wrong soak history"]
    assert recipe("night-%") == ["-$(BIN)/tox -e k8s-$*", "kubelab history bundle reports/k8s-$*"]
    (section,) = (tox[name] for name in tox.sections() if "k8s-" in name)
    folder = "reports/{env_name}"
    assert all(f"{option}={folder}/{name}" in section["commands"] for option, name in PARTS.items())


def test_the_history_is_carried_from_night_to_night() -> None:
    """Even after a night with something broken: it is saved whatever `make history` says, and kept as an artifact."""
    used = [(step["uses"].split("@")[0], step.get("if")) for step in steps(WORKFLOWS["nightly"]["jobs"]["history"], "uses")]

    assert used[2:] == [
        ("actions/cache/restore", None),
        ("actions/download-artifact", None),
        ("actions/cache/save", "always()"),
        ("actions/upload-artifact", "always()"),
    ]


@pytest.mark.parametrize("job", JOBS.values(), ids=JOBS.keys())
def test_each_job_is_bounded_pinned_and_cached_and_keeps_its_reports(job: Any, tox: ConfigParser) -> None:
    """On a machine with a fixed version, with the Python that tox tests; reports are kept after a failure, too."""
    used = {step["uses"].split("@")[0]: step for step in steps(job, "uses")}

    assert 0 < job["timeout-minutes"] <= 120
    assert re.fullmatch(r"ubuntu-\d\d[.]04", job["runs-on"])
    for row in rows(job):
        python = filled(used["actions/setup-python"]["with"]["python-version"], row)
        assert f"py{python.replace('.', '')}" in tox["tox"]["env_list"].split(", ")
    assert (used.get("actions/cache") or used["actions/cache/restore"])["with"]["path"] in {"~/.cache/kubelab", "history"}
    assert used["actions/upload-artifact"]["if"] in {"always()", "failure()"}
    assert "reports" in used["actions/upload-artifact"]["with"]["path"]
    assert used["actions/checkout"]["with"] == {"persist-credentials": False}


def test_each_action_is_one_commit_whose_version_is_said() -> None:
    """The same in both workflows: a tag may be moved."""
    texts = [path.read_text() for path in (ROOT / ".github" / "workflows").glob("*.yml")]
    found = {line for text in texts for line in re.findall(r"uses: (.*)", text)}

    assert all(re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40}  # v\d+[.]\d+[.]\d+", line) for line in found)
    assert len(found) == len({line.split("@")[0] for line in found})


@pytest.mark.parametrize("workflow", WORKFLOWS.values(), ids=WORKFLOWS.keys())
def test_a_workflow_may_read_and_nothing_else(workflow: Any) -> None:
    """And does not run twice at a time for one branch."""
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in {key for job in workflow["jobs"].values() for key in job}
    assert workflow["concurrency"]["group"]


def test_lint_is_the_same_by_make_and_by_tox(tox: ConfigParser) -> None:
    """Command for command."""
    assert recipe("lint") == lines(tox["testenv:lint"]["commands"])
    assert "python -m checks.workflows" in recipe("lint")


def test_what_takes_too_long_by_day_runs_by_night_and_only_then() -> None:
    """Whichever module it is in."""
    day, night = recipe("cluster"), [*recipe("solutions"), *recipe("rare")]

    assert re.search(r"^wrong: solutions rare ", MAKEFILE, re.MULTILINE)
    assert all('-m "not nightly"' in command for command in day)
    assert [command.split(" --junitxml")[0] for command in night] == [
        "pytest tests/cluster/test_wrong_solutions.py",
        "pytest tests/cluster --ignore-glob='*/test_wrong_*' -m nightly",
    ]
