"""A guest among other plugins: pytest-bdd's own features are left alone, and Python tests may use what labs have."""

import pytest

from tests.plugin.conftest import Folder

SCENARIO = "\n  Scenario: Their own\n    Given an article\n    Then it can be read\n"
"""A scenario of sentences that no lab knows."""
MODULE = """
from pytest_bdd import given, scenarios, then

scenarios("article.feature")

@given("an article")
def an_article():
    pass

@then("it can be read")
def can_be_read():
    print("READ")
"""
"""The module that binds it, as pytest-bdd's manual writes it."""


def their_own(folder: Folder, module: str = MODULE) -> None:
    """A project with features of its own, in the module's folder or below it."""
    folder.feature(SCENARIO, "tests/article")
    (folder.path / "tests" / "test_article.py").write_text(module)


@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["serial", "parallel"])
def test_a_feature_that_a_module_binds_is_left_to_it(folder: Folder, workers: list[str]) -> None:
    """It runs once, as one test, with pytest-bdd's steps; a lab beside it runs as usual."""
    their_own(folder)

    result = folder.run(*workers)

    result.assert_outcomes(passed=1)
    assert result.ret == pytest.ExitCode.OK
    assert folder.log == []
    folder.feature("\n  Scenario: A lab\n    Given a thing\n    Then it is so\n", "labs/a")
    folder.run(*workers).assert_outcomes(passed=2)


LAB = (
    MODULE.replace("def can_be_read():", "def can_be_read(lab):\n    assert lab == 'theirs'")
    + """
import pytest

@pytest.fixture
def lab():
    return "theirs"
"""
)


def test_a_fixture_of_their_own_may_have_the_name_of_ours(folder: Folder) -> None:
    """Nothing is created for it; a word of a sentence may have that name, too."""
    word = 'given(parsers.parse("an {lab}"))\ndef an_article(lab):\n    assert lab == "article"'
    their_own(folder, LAB.replace("import given,", "import given, parsers,").replace('given("an article")\ndef an_article():', word))

    folder.run().assert_outcomes(passed=1)

    assert folder.log == []


def test_what_is_left_to_others_is_not_counted(folder: Folder) -> None:
    """It counts once as collected, and nothing as deselected."""
    their_own(folder)

    result = folder.run("-v")

    result.stdout.fnmatch_lines(["*collected 1 item", "tests/test_article.py::test_their_own * [[]100%[]]"])
    assert [one.partition(" ")[0] for one in folder.ids()] == ["tests/test_article.py::test_their_own"]
    assert "deselected" not in result.stdout.str()


def test_a_file_is_left_alone_by_the_scenario_that_binds_it(folder: Folder) -> None:
    """With the decorator, also if another test of the module was selected, or none of them."""
    decorated = MODULE.replace('scenarios("article.feature")', '@scenario("article.feature", "Their own")\ndef test_it():\n    pass\n')
    their_own(folder, decorated.replace("given, scenarios", "given, scenario") + "\ndef test_more():\n    pass\n")

    folder.run("tests").assert_outcomes(passed=2)
    folder.run("tests/test_article.py::test_more", "tests/article.feature").assert_outcomes(passed=1)
    folder.run("tests", "-k", "more").assert_outcomes(passed=1, deselected=1)


def test_only_the_files_that_are_named_are_labs(folder: Folder) -> None:
    """By the setting lab_files, with patterns like those of pytest's python_files, or by the environment."""
    for name in ("labs/a", "labs/deep/b", "other/c"):
        folder.feature("\n  Scenario: S\n    Given a thing\n", name)
    folder.pytester.makeini("[pytest]\nlab_files = labs/*.feature c*.feature")

    assert folder.ids() == ["labs/a.feature::S", "labs/deep/b.feature::S", "other/c.feature::S"]
    folder.pytester.makeini("[pytest]\nlab_files = labs/*")
    assert folder.ids() == ["labs/a.feature::S", "labs/deep/b.feature::S"]
    assert folder.run("other").ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_the_environment_names_labs_too(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the settings file."""
    folder.feature("\n  Scenario: S\n    Given a thing\n", "labs/a")
    folder.feature("\n  Scenario: S\n    Given a thing\n", "other/c")
    monkeypatch.setenv("KUBELAB_FILES", "other/*.feature")

    assert folder.ids() == ["other/c.feature::S"]


UNCLOSED = "KUBELAB_FILES cannot be read: No closing quotation. Write it as in KUBELAB_FILES='labs/*.feature'"


@pytest.mark.parametrize(
    ("text", "variable", "says"),
    [('[pytest]\nlab_files = "labs"\n', "", "config option 'lab_files' expects a list"), ("", "'labs", UNCLOSED)],
    ids=["file", "environment"],
)
def test_patterns_that_cannot_be_read_are_a_usage_error(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, text: str, variable: str, says: str
) -> None:
    """Otherwise it would be unclear which files are labs."""
    (folder.path / "pytest.toml").write_text(text)
    monkeypatch.setenv("KUBELAB_FILES", variable)

    result = folder.run()

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert says in result.stderr.str()


WEB = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAMESPACE}\n"
OURS = """
  Scenario: One of ours
    Given I apply "web.yaml"
    When I do it
    Then Deployment "NAMESPACE" is there
"""


@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["serial", "parallel"])
def test_a_module_may_bind_a_lab(folder: Folder, workers: list[str]) -> None:
    """pytest-bdd runs it with our steps, in its own namespace, in which the kinds of its sentences are watched."""
    (folder.path / "web.yaml").write_text(WEB)
    (folder.path / "test_web.py").write_text("from pytest_bdd import scenarios\nscenarios('web.feature')\n")
    conftest = folder.path / "conftest.py"
    conftest.write_text(conftest.read_text().replace("def is_there(kind", "def is_there(lab, kind"))
    folder.feature(OURS, "web")

    result = folder.run(*workers)

    result.assert_outcomes(passed=1)
    [namespace] = [line.split()[-1] for line in folder.log if line.startswith("create Namespace")]
    assert f"Deployment {namespace} is there" in folder.log
    assert "watch ConfigMap,Deployment,Pod,ReplicaSet" in folder.log
    assert f"delete Namespace {namespace}" in folder.log


def test_a_lab_that_a_module_binds_is_skipped_where_the_cluster_cannot_do_it(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a namespace is created."""
    monkeypatch.setenv("EXISTING", "1")
    (folder.path / "test_web.py").write_text("from pytest_bdd import scenarios\nscenarios('web.feature')\n")
    folder.feature("\n  Scenario: S\n    Given two workers are needed\n    And a thing\n", "web")

    folder.run_apart().assert_outcomes(skipped=1)

    assert not [line for line in folder.log if line.startswith("create")]


PYTHON = """
from kubelab.errors import LabFailure

def test_plain(): pass
def test_cluster(cluster): assert cluster.version == "v1.36.3"
def test_lab(lab): assert lab.title == "test_lab"
def test_failing(lab): raise LabFailure("It is not so.")
"""


@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["serial", "parallel"])
def test_python_tests_may_ask_for_a_cluster_and_a_lab(folder: Folder, workers: list[str]) -> None:
    """Without any feature: the cluster is prepared once, each lab has its namespace, and that of a failed test may be kept."""
    (folder.path / "test_python.py").write_text(PYTHON)

    result = folder.run("--lab-keep", "failed", *workers)

    result.assert_outcomes(passed=3, failed=1)
    assert folder.log.count("up") == 1
    assert folder.log.index("up") < folder.log.index(next(line for line in folder.log if line.startswith("create Namespace")))
    assert len([line for line in folder.log if line.startswith("create Namespace lab-test-python-")]) == 2
    assert len([line for line in folder.log if line.startswith("delete Namespace")]) == 1
    assert not list((folder.path / "state" / "kubelab" / "runs").iterdir())


def test_the_cluster_is_prepared_when_the_first_test_asks_for_it(folder: Folder) -> None:
    """Not before; the progress is shown although output is captured. The kinds that Kubernetes runs Pods with are watched."""
    (folder.path / "test_python.py").write_text(PYTHON)

    result = folder.run("-k", "plain")
    assert folder.log == []

    result = folder.run("-k", "plain or lab")

    result.assert_outcomes(passed=2, deselected=2)
    result.stdout.fnmatch_lines(["making the cluster", 'kubelab: cluster "fake" (kind), Kubernetes v1.36.3: a test asked for it'])
    [watch] = [line for line in folder.log if line.startswith("watch ")]
    assert {"Deployment", "DaemonSet", "StatefulSet", "Job", "Pod", "Service"} <= set(watch.removeprefix("watch ").split(","))


def test_a_python_test_without_a_cluster_is_an_error_with_the_reason(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other tests run."""
    monkeypatch.setenv("NO_CLUSTER", "1")
    (folder.path / "test_python.py").write_text(PYTHON)

    result = folder.run()

    result.assert_outcomes(passed=1, errors=3)
    result.stdout.fnmatch_lines(["*There is no engine. Install one: apt-get install podman"])


@pytest.mark.parametrize("words", [["--setup-plan"], ["--setup-plan", "-n", "1"], ["--collect-only"]], ids=" ".join)
def test_a_plan_makes_no_cluster(folder: Folder, words: list[str]) -> None:
    """The cluster is not asked for, whatever the tests need."""
    folder.feature("\n  Scenario: S\n    Given a thing\n")
    (folder.path / "test_python.py").write_text(PYTHON)

    result = folder.run(*words)

    assert result.ret == pytest.ExitCode.OK
    assert folder.log == []


REPEAT = """
import pytest

@pytest.fixture
def _number(request):
    return request.param

def pytest_generate_tests(metafunc):
    metafunc.fixturenames.append("_number")
    metafunc.parametrize("_number", range(2), indirect=True, ids=lambda number: f"{number + 1}-2", scope="function")
"""
"""A plugin that does what pytest-repeat does for --count 2."""
TWO = """
  Scenario: One
    Given a thing
  Scenario Outline: Rows
    Given a thing "<n>"
    Examples:
      | n |
      | a |
      | b |
"""


@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["serial", "parallel"])
def test_a_plugin_may_run_each_scenario_several_times(folder: Folder, workers: list[str]) -> None:
    """Each in a namespace of its own, and each can be selected by its name."""
    (folder.path / "repeating.py").write_text(REPEAT)
    folder.feature(TWO)

    result = folder.run_apart("-p", "repeating", *workers)

    result.assert_outcomes(passed=6)
    assert len({line for line in folder.log if line.startswith("create Namespace")}) == 6
    folder.run_apart("-p", "repeating", "a.feature::Rows[b][2-2]", *workers).assert_outcomes(passed=1)
    folder.run_apart("-p", "repeating", "a.feature::One", *workers).assert_outcomes(passed=2)


SIZES = """

@pytest.fixture(params=["small", "large"], scope="module")
def size(request):
    return request.param

@pytest.fixture
def load(size):
    return f"{size} load"

@when("there is a load")
def there_is_a_load(load):
    log(load)
"""


def test_a_step_may_ask_for_a_fixture_with_parameters(folder: Folder) -> None:
    """Its scenario runs once for each of them, others run once."""
    conftest = folder.path / "conftest.py"
    conftest.write_text(conftest.read_text() + SIZES)
    folder.feature("\n  Scenario: Loaded\n    When there is a load\n  Scenario: Other\n    Given a thing\n    Given a thong\n")

    assert [one.partition("::")[2] for one in folder.ids()] == ["Loaded[small]", "Loaded[large]", "Other"]
    folder.run().assert_outcomes(passed=2, errors=1)

    assert [line for line in folder.log if line.endswith(" load")] == ["small load", "large load"]


def test_a_fixture_with_parameters_that_all_use_runs_each_scenario_for_each(folder: Folder) -> None:
    """As for any test."""
    conftest = folder.path / "conftest.py"
    conftest.write_text(conftest.read_text() + SIZES.replace('scope="module"', "autouse=True"))
    folder.feature(TWO)

    assert [one.partition("::")[2] for one in folder.ids()][:3] == ["One[small]", "One[large]", "Rows[a][small]"]
