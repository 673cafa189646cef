"""Labs use accounts of their own: if the run cannot create any it says so, or runs nothing; a tag's privileges may be forbidden."""

import pytest

from tests.plugin.conftest import Folder

SCENARIO = "\n  Scenario: S\n    Then it is so\n"


def test_each_scenario_has_an_account_that_ends_with_it(folder: Folder) -> None:
    """It exists before the watches, and its namespace is deleted last."""
    folder.feature(SCENARIO)

    folder.run().assert_outcomes(passed=1)

    verbs = [line.rpartition(" ")[0] for line in folder.log if "Namespace" in line or "ServiceAccount" in line]
    assert verbs == ["create Namespace", "create ServiceAccount", "delete ServiceAccount", "delete Namespace"]


def test_a_run_that_can_give_no_accounts_says_so(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The labs run with its own rights."""
    monkeypatch.setenv("NO_ACCOUNTS", "1")
    folder.feature(SCENARIO)

    result = folder.run()

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["kubelab: labs act with this account's own rights, not each with an account of its own: *it may not*"])
    assert not any("ServiceAccount" in line for line in folder.log)


def test_where_accounts_are_required_nothing_runs_without(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that says what to do, before anything is created."""
    monkeypatch.setenv("NO_ACCOUNTS", "1")
    folder.feature(SCENARIO)

    result = folder.run("--lab-contain", "required")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*The API server does not keep labs in their namespaces: *", "*or leave out --lab-contain required.*"])
    assert folder.log == ["up"]


@pytest.mark.parametrize(("tag", "level"), [("", "baseline"), ("@privileged", "privileged")])
def test_a_namespace_lets_in_what_its_tag_says(folder: Folder, tag: str, level: str) -> None:
    """By its Pod Security label."""
    folder.feature(f"\n  {tag}\n  Scenario: S\n    Then it is so\n")
    (folder.path / "conftest.py").write_text((folder.path / "conftest.py").read_text() + SPY)

    folder.run().assert_outcomes(passed=1)

    assert f"level {level}" in folder.log


SPY = """

def pytest_kubelab_client():
    class Spy(FakeClient):
        def create(self, document, _namespace=None):
            if document["kind"] == "Namespace":
                log("level " + document["metadata"]["labels"]["pod-security.kubernetes.io/enforce"])
            return super().create(document)
    return Spy()
"""


def test_privileged_pods_may_be_forbidden(folder: Folder) -> None:
    """The scenario is skipped with the reason, the others run."""
    folder.feature(f"\n  @privileged\n  Scenario: P\n    Then it is so\n{SCENARIO}")

    result = folder.run("--lab-allow", "baseline", "-rs")

    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["*it is tagged @privileged, and this run allows Pods only what the level baseline allows*"])
