"""Another provider is one class and one line in a table: a run works with it, and checks its capabilities, not its name."""

import pytest

from tests.plugin.conftest import Folder

TOY = """


from kubelab import clusters


class Toy(FakeProvider):
    \"\"\"Makes clusters for labs, whose nodes nobody can enter.\"\"\"

    def __init__(self, settings):
        self.settings = settings

    def up(self, progress):
        \"\"\"The cluster.\"\"\"
        log(f"toy {self.settings.name}")
        return replace(super().up(progress), provider="toy", can=Capabilities(ours=True))


del pytest_kubelab_provider
clusters.MAKERS = {**clusters.MAKERS, "toy": Toy}
"""
SCENARIOS = """
  Scenario: A
    Given a thing
    Then it is so

  Scenario: B
    When a node's program is run
"""


@pytest.fixture
def toys(folder: Folder) -> Folder:
    """A folder whose conftest adds a provider."""
    conftest = folder.path / "conftest.py"
    conftest.write_text(conftest.read_text().replace("import os\n", "import os\nfrom dataclasses import replace\n", 1) + TOY)
    folder.feature(SCENARIOS)
    return folder


def test_a_provider_of_the_tests_own_makes_the_cluster(toys: Folder) -> None:
    """By its name in the settings file; what its nodes cannot do is skipped, the rest runs."""
    (toys.path / "pytest.ini").write_text("[pytest]\nlab_provider = toy\nlab_name = small\n")

    result = toys.run_apart()

    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(
        ['kubelab: cluster "fake" (toy), Kubernetes v1.36.3: *', '*the nodes of context "fake" cannot be entered.*']
    )
    assert "toy small" in toys.log


def test_one_that_is_not_in_the_table_is_named(toys: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message lists those that are."""
    monkeypatch.setenv("KUBELAB_PROVIDER", "tox")

    result = toys.run_apart()

    result.stdout.fnmatch_lines(['*There is no provider "tox" (lab_provider, KUBELAB_PROVIDER). There is: kind, toy*'])
    assert result.ret not in {0, 1}
