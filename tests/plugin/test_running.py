"""How a scenario runs: what follows a failed sentence, what is a failure and what an error, and what is left behind."""

from xml.etree import ElementTree as ET

import pytest

from tests.plugin.conftest import Folder


def test_thens_after_a_failed_then_run_and_the_next_when_does_not(folder: Folder) -> None:
    """Every outcome of an action is reported; no action follows a failed outcome."""
    folder.feature("""
  Scenario: S
    When I do it
    Then it is not so
    And it is so
    And it is not so
    When I do it
    Then it is so
""")

    result = folder.run()

    result.assert_outcomes(failed=1)
    assert [line for line in folder.log if line in {"done", "so"}] == ["done", "so"]
    result.stdout.fnmatch_lines(["a.feature:5  Then it is not so", "a.feature:7  And it is not so"])


@pytest.mark.parametrize("sentence", ["Given it is broken", "When it breaks"])
def test_nothing_follows_what_failed_before_the_outcome(folder: Folder, sentence: str) -> None:
    """What a scenario builds on must have worked."""
    folder.feature(f"\n  Scenario: S\n    {sentence}\n    Then it is so\n")

    folder.run().assert_outcomes(failed=1)

    assert "so" not in folder.log


def test_the_word_namespace_stands_for_the_scenarios_own(folder: Folder) -> None:
    """In every sentence; the namespace is another one each time."""
    folder.feature('\n  Scenario: S\n    Given a thing "NAMESPACE-team"\n')

    folder.run().assert_outcomes(passed=1)

    namespace = next(line for line in folder.log if line.startswith("create Namespace ")).split()[-1]
    assert f"thing {namespace}-team in S" in folder.log


def test_a_failure_is_told_in_the_features_words(folder: Folder) -> None:
    """File, line and sentence first, then what was expected and seen, the command to run it again and the one to look; no traceback."""
    folder.feature("\n  Scenario: It fails\n    Then it is not so\n", "features/a")

    result = folder.run()

    result.stdout.fnmatch_lines(
        [
            "features/a.feature:4  Then it is not so",
            "  expected   a thing",
            "  last saw   no thing",
            "             none at all",
        ],
        consecutive=True,
    )
    result.stdout.fnmatch_lines(
        [
            "  hint       make one",
            "  again      pytest 'features/a.feature::It fails'",
            "  look       kubectl* --context fake -n lab-a-* describe pod web-1   (kept with --lab-keep failed)",
        ]
    )
    assert "Error" not in result.stdout.str()
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_the_cause_comes_first(folder: Folder) -> None:
    """Before the timeline; the `look` command is about the object that causes the failure."""
    folder.feature("\n  Scenario: It fails\n    Then nothing is held back\n")

    result = folder.run()

    result.stdout.fnmatch_lines(
        [
            "  expected   a thing",
            "  last saw   no thing",
            '  why        Deployment "web" is paused (spec.paused: true)*',
            "  timeline   +0.0 s web created",
            "  objects    Pod web, *",
        ],
        consecutive=True,
    )
    result.stdout.fnmatch_lines(["  look       * describe deployment web *"])


def test_junit_has_the_same_text_and_the_place_in_the_feature(folder: Folder) -> None:
    """The failure's text is that of the terminal, its message the cause in one line; the line number is that of the sentence."""
    folder.feature("\n  Scenario: S\n    Given a thing\n    Then it is not so\n")

    folder.run("--junitxml=junit.xml", "-o", "junit_family=xunit1")

    [case] = ET.parse(folder.path / "junit.xml").iter("testcase")  # noqa: S314  (our own file)
    [failure] = case.iter("failure")
    assert (case.get("file"), case.get("line")) == ("a.feature", "4")
    assert failure.get("message") == "Then it is not so: no thing"
    assert str(failure.text).startswith("a.feature:5  Then it is not so\n  expected   a thing\n")


def test_a_plain_assertion_of_a_conftest_step_is_told_with_its_place(folder: Folder) -> None:
    """An instructor's own step may use a plain assert."""
    folder.feature("\n  Scenario: S\n    Then plainly a is b\n    And it is so\n")

    result = folder.run()

    result.stdout.fnmatch_lines(["a.feature:4  Then plainly a is b", "  assert 'a' == 'b'", "  conftest.py:*: assert this == that"])
    assert "so" in folder.log


def test_a_mistake_in_python_keeps_its_traceback_and_names_the_sentence(folder: Folder) -> None:
    """A bug in a step is not the lab's failure: the traceback helps its author."""
    folder.feature("\n  Scenario: S\n    When Python errs\n")

    result = folder.run()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*ZeroDivisionError*", "a.feature:4  When Python errs"])


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
@pytest.mark.parametrize("sentence", ["When the cluster goes away", "Then the cluster is gone"])
def test_trouble_is_an_error_at_whatever_moment(folder: Folder, workers: list[str], sentence: str) -> None:
    """ERROR, not FAILED, with an exit code of its own."""
    folder.feature(f"\n  Scenario: S\n    {sentence}\n")

    result = folder.run("--junitxml=junit.xml", *workers)

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"a.feature:4  {sentence}", "  The API server does not answer. See how it is: kubelab status"])
    assert result.ret == 6
    assert len(list(ET.parse(folder.path / "junit.xml").iter("error"))) == 1  # noqa: S314  (our own file)


def test_what_a_kind_of_cluster_cannot_do_is_skipped_with_the_reason(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nodes of somebody else's cluster cannot be accessed."""
    monkeypatch.setenv("EXISTING", "1")
    folder.feature("\n  Scenario: S\n    When a node is read\n    Then it is so\n")

    result = folder.run("--junitxml=junit.xml")

    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(
        [
            "*= not possible on this cluster =*",
            "The nodes are not ours. Run it on a kind cluster: kubelab up",
            "  a.feature:4  When a node is read",
        ]
    )
    assert len(list(ET.parse(folder.path / "junit.xml").iter("skipped"))) == 1  # noqa: S314  (our own file)


@pytest.mark.parametrize("before", ["", "Then it is not so\n    "])
def test_on_a_kind_cluster_nothing_is_skipped(folder: Folder, before: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It can do everything; and on other clusters a failure is not hidden by a later sentence that the cluster cannot do."""
    monkeypatch.setenv("EXISTING", "1") if before else monkeypatch.delenv("EXISTING", raising=False)
    folder.feature(f"\n  Scenario: S\n    {before}Then a node is read too\n")

    folder.run().assert_outcomes(errors=1)


def test_a_failure_before_the_trouble_is_told_too(folder: Folder) -> None:
    """The known failure is not lost."""
    folder.feature("\n  Scenario: S\n    Then it is not so\n    And the cluster is gone\n")

    result = folder.run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["a.feature:4  Then it is not so", "a.feature:5  And the cluster is gone"])


def test_a_failure_beside_an_error_is_told_by_the_exit_code(folder: Folder) -> None:
    """If something failed, it is 1, whatever else happened."""
    folder.feature("\n  Scenario: S\n    When the cluster goes away\n  Scenario: T\n    Then it is not so\n")

    result = folder.run()

    result.assert_outcomes(errors=1, failed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_a_scenario_whose_worker_died_is_an_error(folder: Folder) -> None:
    """Nothing is known about it, and the others run."""
    folder.feature("\n  Scenario: Dies\n    When the worker dies\n  Scenario: Lives\n    Given a thing\n")

    result = folder.run("-n", "2", "--junitxml=junit.xml")

    result.assert_outcomes(errors=1, passed=1)
    result.stdout.fnmatch_lines(["a.feature  Dies", "*worker process that ran this scenario died*"])
    assert result.ret == 6


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_without_a_cluster_each_scenario_is_an_error_with_the_remedy(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, workers: list[str]
) -> None:
    """The cluster is requested once, and the reason is printed."""
    monkeypatch.setenv("NO_CLUSTER", "1")
    folder.feature("\n  Scenario: S\n    Given a thing\n  Scenario: T\n    Given a thing\n")

    result = folder.run(*workers)

    result.assert_outcomes(errors=2)
    result.stdout.fnmatch_lines(["There is no engine. Install one: apt-get install podman"])
    assert folder.log == ["up"]
    assert result.ret == 6


def test_without_a_namespace_a_scenario_is_an_error(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal by the server before the first sentence is not the lab's fault."""
    monkeypatch.setenv("NO_NAMESPACES", "1")
    folder.feature("\n  Scenario: S\n    Given a thing\n")

    result = folder.run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["The API server refused to create a namespace"])


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_there_is_one_cluster_and_each_scenario_has_its_namespace(folder: Folder, workers: list[str]) -> None:
    """One cluster for all, a fresh namespace for each, and every kind in its sentences is watched from the beginning."""
    folder.feature("""
  Scenario: S
    Then Deployment "web" is there
  Scenario: T
    Then Job "once" is there
""")

    result = folder.run(*workers)

    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["making the cluster", 'kubelab: cluster "fake" (kind), Kubernetes v1.36.3: a test asked for it'])
    made = [line.split()[-1] for line in folder.log if line.startswith("create Namespace")]
    gone = [line.split()[-1] for line in folder.log if line.startswith("delete Namespace")]
    assert folder.log.count("up") == 1
    assert sorted(made) == sorted(gone)
    assert len(set(made)) == 2
    assert {line for line in folder.log if line.startswith("watch")} == {
        "watch ConfigMap,Deployment,Pod,ReplicaSet",
        "watch ConfigMap,Job,Pod",
    }


def test_no_cluster_is_asked_for_when_nothing_can_run(folder: Folder) -> None:
    """Reporting findings needs no cluster."""
    folder.feature("\n  Scenario: S\n    Given a thong\n")

    folder.run().assert_outcomes(errors=1)

    assert folder.log == []


@pytest.mark.parametrize(("keep", "kept"), [("all", ["S", "T"]), ("failed", ["T"]), ("none", [])])
def test_namespaces_are_kept_as_asked(folder: Folder, keep: str, kept: list[str]) -> None:
    """Kept namespaces are marked, so that no later run removes them."""
    folder.feature("\n  Scenario: S\n    Given a thing\n  Scenario: T\n    Given a thing\n    Then it is not so\n")

    folder.run("--lab-keep", keep)

    patched = [line for line in folder.log if line.startswith("patch Namespace") and "kubelab/kept" in line]
    assert len(patched) == len(kept)
    assert len([line for line in folder.log if line.startswith("delete Namespace")]) == 2 - len(kept)


def test_a_kind_that_the_cluster_does_not_know_is_told_with_its_sentence(folder: Folder) -> None:
    """An error, like any sentence without a meaning."""
    folder.feature('\n  Scenario: S\n    Given a thing\n    Then Podd "web" is there\n')

    result = folder.run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(['a.feature:5:5: unknown-kind The cluster knows no kind "Podd". The nearest: Pod'])


def test_what_a_step_changed_beyond_the_namespace_is_undone(folder: Folder) -> None:
    """In reverse order, also after a failure."""
    folder.feature("\n  Scenario: S\n    Given a lasting change\n    Then it is not so\n")

    folder.run().assert_outcomes(failed=1)

    undone = [line for line in folder.log if line.startswith("undo")]
    assert undone == ["undo second", "undo first"]


@pytest.mark.parametrize("workers", [[], ["-n", "2"]], ids=["serial", "parallel"])
def test_the_header_says_once_what_runs_for_the_images_of_labs(folder: Folder, monkeypatch: pytest.MonkeyPatch, workers: list[str]) -> None:
    """Other images on nodes of our own image than elsewhere."""
    folder.feature("\n  Scenario: S\n    Given a thing\n  Scenario: T\n    Given a thing\n")

    elsewhere = [line for line in folder.run(*workers).outlines if line.startswith("images:")]
    monkeypatch.setenv("OWN_NODES", "1")
    own = [line for line in folder.run(*workers).outlines if line.startswith("images:")]

    assert [len(elsewhere), len(own)] == [1, 1]
    assert elsewhere[0].startswith("images: nginx:1.14 runs nginx:1.14.2, ")
    assert own[0].startswith("images: nginx:1.14 runs nginx:1.18, ")
    assert own[0].endswith(" in all); why: kubelab images")


def test_ones_own_images_come_before_those_that_ship(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named on the command line, or disabled by the environment."""
    folder.feature("\n  Scenario: S\n    Given a thing\n")
    (folder.path / "ours.yaml").write_text("images:\n- {lab: 'nginx:1.14', runs: 'school.example/nginx:1'}\n")

    assert "nginx:1.14 runs school.example/nginx:1, " in folder.run("--lab-images", "ours.yaml").stdout.str()
    monkeypatch.setenv("KUBELAB_IMAGES", "none")
    assert "images: as the labs name them" in folder.run().stdout.str()


def test_a_broken_file_of_images_is_told_once_before_anything_runs(folder: Folder) -> None:
    """With its line and the right form; a path in the settings file is relative to that file's folder."""
    folder.feature("\n  Scenario: S\n    Given a thing\n")
    (folder.path / "ours.yaml").write_text("images:\n- {lab: 'nginx:1.14'}\n")
    (folder.path / "pytest.ini").write_text("[pytest]\nlab_images = ours.yaml\n")

    result = folder.run()

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: {folder.path}/ours.yaml:2: this image has no runs", "Its form*", "  mirror: *"])
    assert not folder.log


def test_an_image_that_does_not_come_is_told_by_both_names(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """As an error, with the command that shows the Pod."""
    monkeypatch.setenv("OWN_NODES", "1")
    conftest = folder.path / "conftest.py"
    text = "no docker.io/library/nginx:1.18 for nginx:1.14"
    pod = {"kind": "Pod", "metadata": {"name": "web-1"}}
    step = f"lab.manifests.images.replaced('nginx:1.14')\n    raise ImageTrouble('{text}', {pod})\n"
    imported = "from kubelab.errors import ImageTrouble\n"
    conftest.write_text(f"{imported}{conftest.read_text()}\n@when('an image is missing')\ndef missing(lab):\n    {step}")
    folder.feature("\n  Scenario: S\n    When an image is missing\n")

    result = folder.run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"  {text}", "  look       kubectl * describe pod web-1 *"])


@pytest.mark.parametrize("word", ["SetupTrouble", "LabFailure"])
def test_images_are_told_as_the_scenario_names_them(folder: Folder, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """In failures and in errors; what runs in their place is added."""
    monkeypatch.setenv("OWN_NODES", "1")
    conftest = folder.path / "conftest.py"
    step = f"lab.manifests.images.replaced('nginx:1.14')\n    raise {word}('no docker.io/library/nginx:1.18 here')\n"
    conftest.write_text(f"{conftest.read_text()}\n@when('an image is missing')\ndef missing(lab):\n    {step}")
    folder.feature("\n  Scenario: S\n    When an image is missing\n")

    result = folder.run("--lab-evidence", "found")

    result.stdout.fnmatch_lines(["  no nginx:1.14 here", "  image      nginx:1.14 is docker.io/library/nginx:1.18 here: *"])
    assert "no nginx:1.14 here" in (folder.path / "found" / "a" / "S.txt").read_text()


CLOCK = """
import signal

@then("it hangs")
def hangs():
    signal.signal(signal.SIGALRM, lambda number, frame: pytest.fail("Timeout (>0.1s) from a plugin."))
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    threading.Event().wait(60)
"""
"""What pytest-timeout does: when a test's time is up, a signal calls pytest.fail wherever the test is."""


def test_a_timeout_ends_the_scenario(folder: Folder) -> None:
    """At the running sentence, reported in the feature's words; an earlier failure is reported, too, and everything is cleaned up."""
    conftest = folder.path / "conftest.py"
    conftest.write_text(conftest.read_text() + CLOCK)
    folder.feature("\n  Scenario: S\n    Given a lasting change\n    Then it is not so\n    And it hangs\n    And it is so\n")

    result = folder.run_apart()

    result.assert_outcomes(failed=1)
    assert "so" not in folder.log
    result.stdout.fnmatch_lines(
        [
            "a.feature:5  Then it is not so",
            "a.feature:6  And it hangs",
            "  Timeout (>0.1s) from a plugin.",
            "  again      pytest a.feature::S",
        ]
    )
    assert "Traceback" not in result.stdout.str()
    assert {"undo first", "undo second"} <= set(folder.log)
    assert any(line.startswith("delete Namespace") for line in folder.log)


@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["serial", "parallel"])
def test_one_line_for_each_failure_says_the_cause(folder: Folder, workers: list[str]) -> None:
    """With its place in the feature: the cause from the evidence, or what was last seen. The summary has the same line."""
    folder.feature("\n  Scenario: Paused\n    Then nothing is held back\n  Scenario: Seen\n    Then it is not so\n")

    result = folder.run("--tb=line", *workers)

    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines_random(
        [
            f'{folder.path}/a.feature:4: Then nothing is held back: Deployment "web" is paused (spec.paused: true)*',
            f"{folder.path}/a.feature:6: Then it is not so: no thing",
            "FAILED a.feature::Seen - Then it is not so: no thing",
        ]
    )
    assert "expected" not in result.stdout.str()


def test_the_summary_of_errors_says_the_trouble_in_one_line(folder: Folder) -> None:
    """Of the sentence, or of the finding; the full text is above it, with any --tb."""
    folder.feature("\n  Scenario: Gone\n    When the cluster goes away\n  Scenario: Wrong\n    Given a thong\n")

    result = folder.run("--tb=line")

    result.assert_outcomes(errors=2)
    result.stdout.fnmatch_lines(
        [
            "  The API server does not answer. See how it is: kubelab status",
            "ERROR a.feature::Gone - When the cluster goes away: The API server do*",
            "ERROR a.feature::Wrong - a.feature:6:5: undefined-step no step matches *",
        ]
    )


@pytest.mark.parametrize("workers", [[], ["-n", "1"]], ids=["serial", "parallel"])
def test_junit_has_the_feature_the_tags_and_the_points(folder: Folder, workers: list[str]) -> None:
    """As properties of each scenario; points only if a tag gives them, the scenario's before the feature's."""
    (folder.path / "a.feature").write_text("""\
@points:1
Feature: Things

  Scenario: One
    Given a thing
  @slow @points:2
  Scenario: Two
    Given a thing
""")
    folder.feature("\n  Scenario: None\n    Then it is not so\n", "b")

    folder.run("--junitxml=junit.xml", *workers)

    cases = ET.parse(folder.path / "junit.xml").iter("testcase")  # noqa: S314  (our own file)
    told = {case.get("name"): {one.get("name"): one.get("value") for one in case.iter("property")} for case in cases}
    assert told == {
        "One": {"feature": "Things", "tags": "@points:1", "points": "1"},
        "Two": {"feature": "Things", "tags": "@points:1 @points:2 @slow", "points": "2"},
        "None": {"feature": "Things"},
    }


def test_junit_has_them_for_trouble_after_the_scenario_too(folder: Folder) -> None:
    """Of which it has a testcase of its own."""
    folder.feature("\n  @points:2\n  Scenario: S\n    Given a change that nobody can undo\n    Then it is not so\n")

    folder.run("--junitxml=junit.xml")

    cases = ET.parse(folder.path / "junit.xml").iter("testcase")  # noqa: S314  (our own file)
    told = [(case.get("name"), [one.get("value") for one in case.iter("property")]) for case in cases]
    assert told == [("S", ["Things", "@points:2", "2"])] * 2
