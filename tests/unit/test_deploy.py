"""Grading in a cluster: the image's files exist, the Job's arguments are valid, and its Pods act as their account."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from kubelab.cli import grade
from kubelab.clusters.settings import KUBERNETES
from kubelab.grading.shards import INDEX, Shard, shard

DEPLOY = Path(__file__).parents[2] / "deploy"
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()
OBJECTS: dict[str, Any] = {one["kind"]: one for one in yaml.safe_load_all((DEPLOY / "job.yaml").read_text())}
JOB, FILES = OBJECTS["Job"]["spec"], OBJECTS["Pod"]["spec"]
POD = JOB["template"]["spec"]
[GRADER] = POD["containers"]


def test_all_that_the_image_is_made_of_is_there() -> None:
    """Its kubectl has the version of our clusters."""
    copied = re.findall(r"^COPY (?!--from)(?:--\S+ )?(.*) \S+$", CONTAINERFILE, re.MULTILINE)

    assert {path for line in copied for path in line.split()} >= {"src", "steps", "features", "manifests", "deploy/grade-here.sh"}
    assert [path for line in copied for path in line.split() if not (DEPLOY.parent / path).exists()] == []
    assert f"/kubectl:v{KUBERNETES}\n" in CONTAINERFILE


def test_each_pod_grades_its_own_shard_into_its_own_folder() -> None:
    """Whatever the number of Pods; no two write into one folder."""
    arguments = grade._form().parse_args(GRADER["args"])

    shards = [shard(arguments.shard, {INDEX: str(index)}) for index in range(JOB["completions"])]
    assert shards == [Shard(number, JOB["completions"]) for number in (1, 2, 3)]
    assert arguments.to.name == f"$({INDEX})"
    assert JOB["completionMode"] == "Indexed"


def test_a_word_that_is_wrong_ends_the_job_and_what_is_not_graded_is_tried_again() -> None:
    """By the exit codes of `kubelab grade`."""
    [rule] = JOB["podFailurePolicy"]["rules"]

    assert (rule["action"], rule["onExitCodes"]["values"]) == ("FailJob", [2])
    assert JOB["backoffLimitPerIndex"] > 0
    assert POD["restartPolicy"] == "Never"


def test_both_pods_share_the_volume_and_the_image() -> None:
    """Locks are in the volume, too."""
    claims = [
        one["persistentVolumeClaim"]["claimName"] for spec in (POD, FILES) for one in spec["volumes"] if "persistentVolumeClaim" in one
    ]

    assert claims == [OBJECTS["PersistentVolumeClaim"]["metadata"]["name"]] * 2
    assert FILES["containers"][0]["image"] == GRADER["image"]
    assert {one["name"]: one["value"] for one in GRADER["env"]}["XDG_STATE_HOME"].startswith("/class/")


@pytest.mark.parametrize("spec", [POD, FILES], ids=["grade", "files"])
def test_its_own_pods_are_allowed_by_the_strictest_level(spec: dict[str, Any]) -> None:
    """Which their namespace asks for: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted."""
    context, [container] = spec["securityContext"], spec["containers"]

    assert OBJECTS["Namespace"]["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    assert (context["runAsNonRoot"], context["seccompProfile"]) == (True, {"type": "RuntimeDefault"})
    assert container["securityContext"] == {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}
    assert spec["automountServiceAccountToken"] is False


def test_it_runs_as_the_account_that_has_the_rights() -> None:
    """With a token that is valid for a night."""
    account = OBJECTS["ServiceAccount"]["metadata"]
    [subject] = OBJECTS["ClusterRoleBinding"]["subjects"]
    [volume] = [one["projected"]["sources"] for one in POD["volumes"] if "projected" in one]

    assert POD["serviceAccountName"] == account["name"] == subject["name"]
    assert subject["namespace"] == account["namespace"] == OBJECTS["Job"]["metadata"]["namespace"]
    assert volume[0]["serviceAccountToken"]["expirationSeconds"] >= 12 * 3600


def test_the_context_is_that_of_the_pod_and_the_words_are_those_of_the_verb(tmp_path: Path) -> None:
    """No argument is split."""
    program = tmp_path / "kubelab"
    program.write_text('#!/bin/sh\ncat "$KUBECONFIG"\nprintf -- "---\\n"\nfor word in "$@"; do echo "- $word"; done\n')
    program.chmod(0o755)
    words = ["/class/with space", "--shard", "/3"]

    done = subprocess.run(
        [DEPLOY / "grade-here.sh", *words],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "TMPDIR": str(tmp_path)},
    )

    config, called = yaml.safe_load_all(done.stdout)
    assert called == ["grade", "--context", "in-cluster", *words]
    [user], [cluster], [context] = config["users"], config["clusters"], config["contexts"]
    mounted = GRADER["volumeMounts"][1]["mountPath"]
    assert user["user"] == {"tokenFile": f"{mounted}/token"}
    assert cluster["cluster"] == {"server": "https://kubernetes.default.svc", "certificate-authority": f"{mounted}/ca.crt"}
    assert context == {"name": "in-cluster", "context": {"cluster": cluster["name"], "user": user["name"]}}
