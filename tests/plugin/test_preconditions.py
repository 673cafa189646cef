"""On somebody else's cluster: a scenario that it cannot run is skipped before it begins, reported once for each reason; never FAILED."""

import pytest

from tests.plugin.conftest import Folder


@pytest.fixture
def theirs(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A folder whose cluster is somebody else's, with one worker node."""
    monkeypatch.setenv("EXISTING", "1")
    monkeypatch.setenv("NODES", "1")
    return folder


def outcome(folder: Folder, steps: str, **wanted: int) -> pytest.RunResult:
    """The result of a scenario of these steps."""
    folder.feature(f"\n  Scenario: S\n    {steps}\n")
    result = folder.run()
    result.assert_outcomes(**wanted)
    return result


def test_what_the_cluster_lacks_is_told_once_and_skips_before_anything_is_made(theirs: Folder) -> None:
    """No namespace, no watch: the sentence is printed with its reason."""
    result = outcome(theirs, "Given two workers are needed\n    Then it is so", skipped=1)

    result.stdout.fnmatch_lines(
        [
            "kubelab: the cluster cannot give Pods to two worker nodes: needs 2 worker nodes; this cluster has 1",
            "*= not possible on this cluster =*",
            "needs 2 worker nodes; this cluster has 1",
            "  a.feature:4  Given two workers are needed",
        ]
    )
    assert not [line for line in theirs.log if line.startswith(("create", "two workers"))]


def test_scenarios_with_the_same_reason_stand_together(theirs: Folder) -> None:
    """The reason is printed once."""
    theirs.feature("\n  Scenario: A\n    When a node's program is run\n\n  Scenario: B\n    When a node's program is run\n")

    result = theirs.run()

    result.assert_outcomes(skipped=2)
    result.stdout.fnmatch_lines(
        [
            'the nodes of context "fake" are not ours. Run it on a kind cluster: kubelab up',
            "  a.feature:4  When a node's program is run",
            "  a.feature:7  When a node's program is run",
        ],
        consecutive=True,
    )


def test_a_kind_cluster_that_is_too_small_is_an_error_with_its_remedy(folder: Folder) -> None:
    """It is our own, and can be made larger."""
    result = outcome(folder, "Given two workers are needed", errors=1)

    result.stdout.fnmatch_lines(["*a.feature:4  Given two workers are needed", "*needs 2 worker nodes*", "*kubelab up --workers 2 --fresh"])


def test_an_account_without_namespaces_runs_nothing(theirs: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The missing right is named, and nothing is tried."""
    monkeypatch.setenv("DENIED", "create Namespace")

    result = outcome(theirs, "Given a thing", errors=1)

    result.stdout.fnmatch_lines(["*This account may not create Namespaces: every lab has one of its own."])
    assert theirs.log == ["up"]


def test_a_kind_that_may_not_be_watched_skips_the_sentence_that_names_it(theirs: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """And leaves no namespace behind."""
    monkeypatch.setenv("DENIED", "watch Node")

    result = outcome(theirs, 'Then Node "one" is there', skipped=1)

    result.stdout.fnmatch_lines(["this account may not list and watch Nodes", '  a.feature:4  Then Node "one" is there'])
    assert any(line.startswith("delete Namespace") for line in theirs.log)


def test_what_would_only_tell_more_is_not_watched(theirs: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence that names no DaemonSet, but looks at existing ones, works without nodes; a sentence that names one does not."""
    monkeypatch.setenv("DENIED", "list Node")

    outcome(theirs, 'Then nobody adopts "web"', passed=1)
    assert "watch ControllerRevision,DaemonSet,Pod" in theirs.log

    outcome(theirs, 'Then DaemonSet "web" is there', skipped=1)


def test_rights_in_the_own_namespace_will_do(theirs: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """An account that may watch nothing elsewhere runs labs that need nothing elsewhere."""
    monkeypatch.setenv("DENIED", "list Pod everywhere, watch Event everywhere, list Node, list Namespace")

    outcome(theirs, "Given a thing\n    Then it is so", passed=1)


def test_without_a_default_class_what_claims_a_volume_is_skipped(theirs: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing else."""
    monkeypatch.setenv("NO_CLASS", "1")
    spec = "spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}"
    claim = f"apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: c}}\n{spec}"
    (theirs.path / "claim.yaml").write_text(claim + "}\n")
    (theirs.path / "classed.yaml").write_text(claim + ", storageClassName: fast}\n")

    result = outcome(theirs, 'Given a thing "claim.yaml"\n    Then it is so', skipped=1)
    result.stdout.fnmatch_lines(["needs a default StorageClass; this cluster has none", '  a.feature:4  Given a thing "claim.yaml"'])
    outcome(theirs, 'Given a thing "classed.yaml"\n    Then it is so', passed=1)


@pytest.mark.parametrize("step", ['a thing "web.yaml"', 'a thing "smlinux/appjs"'])
def test_an_image_of_ours_that_nobody_has_pushed_is_told(theirs: Folder, step: str) -> None:
    """In a manifest or in a sentence; once a file says where the image is, the lab runs."""
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: smlinux/appjs}]}\n"
    (theirs.path / "web.yaml").write_text(pod)
    (theirs.path / "images.yaml").write_text("images: [{lab: smlinux/appjs, runs: registry.example/appjs}]\n")

    result = outcome(theirs, f"Given {step}", skipped=1)
    result.stdout.fnmatch_lines(["our image for smlinux/appjs is in no registry yet: kubelab image push REGISTRY, then --lab-images FILE"])
    theirs.run("--lab-images", "images.yaml").assert_outcomes(passed=1)
    (theirs.path / "images.yaml").write_text("mirror: registry.example/hub\n")
    theirs.run("--lab-images", "images.yaml").assert_outcomes(passed=1)


def test_where_pods_are_restricted_the_namespace_asks_for_baseline(theirs: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its label."""
    monkeypatch.setenv("RESTRICTED", "1")

    outcome(theirs, "Given a thing", passed=1)

    assert any("'pod-security.kubernetes.io/enforce': 'baseline'" in line for line in theirs.log)


PSA = 'the API server refuses with pods "web" is forbidden: violates PodSecurity "baseline:latest": privileged'


def test_a_pod_that_the_clusters_policy_refuses_is_skipped(theirs: Folder) -> None:
    """With the level and the reason: the tag says that it needs more than others, and this cluster does not allow it."""
    theirs.feature(f"\n  @privileged\n  Scenario: S\n    Then {PSA}\n")

    result = theirs.run()

    result.assert_outcomes(skipped=1)
    result.stdout.fnmatch_lines(["the cluster's policy refuses a Pod of the lab (Pod Security baseline:latest): privileged*"])


def test_what_failed_before_is_not_hidden_by_it(theirs: Folder) -> None:
    """The scenario is then an error, with the failure."""
    theirs.feature(f"\n  @privileged\n  Scenario: S\n    Then it is not so\n    And {PSA}\n")

    result = theirs.run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*a.feature:5  Then it is not so"])


@pytest.mark.parametrize("anybodys", [True, False], ids=["somebody else's cluster", "kind"])
def test_without_the_tag_the_same_refusal_is_the_labs_failure(folder: Folder, monkeypatch: pytest.MonkeyPatch, *, anybodys: bool) -> None:
    """The level is the one that the namespace asks for."""
    monkeypatch.setenv("NODES", "1")
    if anybodys:
        monkeypatch.setenv("EXISTING", "1")

    outcome(folder, f"Then {PSA}", failed=1)


def test_an_account_that_is_not_known_is_an_error(theirs: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with an expired token, although the server reports its version."""
    monkeypatch.setenv("UNKNOWN_ACCOUNT", "1")

    outcome(theirs, "Given a thing", errors=1).stdout.fnmatch_lines(["*Unauthorized*"])
