"""Files of kubectl commands: each line is one; any other line is reported with its number."""

import pytest

from kubelab.errors import LabFailure
from kubelab.kubectl import commands
from kubelab.kubectl.command_files import MOST

FILE = """\
#!/bin/sh
# Scale in. \\

kubectl scale rs web --replicas=1  # one is enough
kubectl exec web -- sh -c 'echo "# 1 > 0; not a comment" > /index.html'
  kubectl patch rs web \\
    --patch='spec: {replicas: 1}' \\
    --type=merge
kubectl get pods -l app=web#1
"""
WRITE = "Write each kubectl command on a line of its own, without pipes and files for what it prints."


def test_each_line_is_a_command() -> None:
    """Except comments, blank lines and a shebang; a backslash at the end continues on the next line."""
    assert [(one.place, one.line) for one in commands(FILE, "a.sh")] == [
        ("a.sh:4", "kubectl scale rs web --replicas=1"),
        ("a.sh:5", """kubectl exec web -- sh -c 'echo "# 1 > 0; not a comment" > /index.html'"""),
        ("a.sh:6", "kubectl patch rs web     --patch='spec: {replicas: 1}'     --type=merge"),
        ("a.sh:9", "kubectl get pods -l app=web#1"),
    ]


@pytest.mark.parametrize("text", ["kubectl get pods \\", "\ufeffkubectl get pods\r\n", "\n\\\nkubectl get pods"])
def test_how_an_editor_saves_it_does_not_matter(text: str) -> None:
    """With a byte order mark, Windows line endings, or without a final newline."""
    assert [one.line for one in commands(text, "a.sh")] == ["kubectl get pods"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "a.sh: there is no command in this file. Write the kubectl command that is asked for, and save the file."),
        ("# kubectl get pods\n", "a.sh: there is no command in this file. Write the kubectl command that is asked for, and save the file."),
        ("kubectl get pods\nrm -r /\n", f'a.sh:2: "rm -r /" is not a kubectl command, and no shell reads this file. {WRITE}'),
        ("kubectlx get pods\n", f'a.sh:1: "kubectlx get pods" is not a kubectl command, and no shell reads this file. {WRITE}'),
        ("kubectl get pods; id\n", f'a.sh:1: ";" needs a shell, and no shell reads this file. {WRITE}'),
        ("\nkubectl get pods > out\n", f'a.sh:2: ">" needs a shell, and no shell reads this file. {WRITE}'),
        ("kubectl get pods\n" * (MOST + 1), "a.sh: these are 21 commands, and at most 20 are run."),
    ],
)
def test_what_is_not_a_command_is_refused_with_its_line(text: str, told: str) -> None:
    """Before anything runs."""
    with pytest.raises(LabFailure) as failure:
        commands(text, "a.sh")

    assert str(failure.value) == told


def test_a_failure_of_a_command_names_its_line() -> None:
    """Whether it says what was expected, or only what is wrong."""
    [first] = commands("kubectl get pods", "a.sh")

    with pytest.raises(LabFailure, match=r"^expected   a\.sh:1: it succeeds\nlast saw   no$"), first.told():
        raise LabFailure(expected="it succeeds", last_saw="no")
    with pytest.raises(LabFailure, match=r"^a\.sh:1: it is refused$"), first.told():
        raise LabFailure("it is refused")
