"""Shell syntax in a command is refused, with what to write instead."""

import pytest

from kubelab import kubectl
from kubelab.errors import LabFailure
from kubelab.kubectl.shell import misuse

ALONE = "Run the command alone, and say in the next step what it prints, as in\n    "
KEPT = 'What a command prints is kept for the next step, as in\n    Then the output shows "…"\n    And I apply the output'


@pytest.mark.parametrize(
    ("line", "syntax", "instead"),
    [
        ("kubectl get pods | grep web", "|", f'{ALONE}Then the output shows "web"'),
        ("kubectl get pods|grep -v -i 'web'", "|", f'{ALONE}Then the output does not show "web"'),
        ("kubectl get pods | tail -1", "|", f'{ALONE}Then the output shows "…"'),
        ("kubectl get pods | wc -l", "|", 'Count by a sentence about what there is, as in\n    Then Deployment "web" has 3 pods'),
        ("kubectl create deployment web --dry-run=client -o yaml | kubectl apply -f -", "|", f"{ALONE}And I apply the output"),
        ("kubectl get pod web -o yaml > web.yaml", ">", KEPT),
        ("kubectl get pods 2>> errors", ">>", KEPT),
        ("kubectl apply -f - < web.yaml", "<", 'Name the file, as in\n    When I apply "web.yaml"'),
        (
            'kubectl get pods && kubectl run web --image="nginx"',
            "&&",
            'Each command has a step of its own, as in\n    And I run "kubectl run web --image=\\"nginx\\""',
        ),
        ("kubectl get pods;", ";", 'Each command has a step of its own, as in\n    And I run "kubectl get pods"'),
        ("kubectl get pods || true", "||", 'Each command has a step of its own, as in\n    And I run "true"'),
        (
            "kubectl get pods &",
            "&",
            'Nothing runs in the background: let a sentence wait for what happens, as in\n    Then Deployment "web" is rolled out',
        ),
        ("kubectl logs $(kubectl get pods -o name)", "$(", "Write out what the inner command would print, such as a name."),
        ("kubectl logs `kubectl get pods -o name`", "`", "Write out what the inner command would print, such as a name."),
    ],
)
def test_what_a_shell_would_read_is_refused(line: str, syntax: str, instead: str) -> None:
    """Before the scenario, or, for a command from elsewhere, before it runs."""
    told = f'"{syntax}" needs a shell, and labs run commands without one; between single quotes it is an ordinary character. {instead}'

    assert misuse(line) == told
    with pytest.raises(LabFailure) as refused:
        kubectl.allowed(line)
    assert f'"{syntax}" needs a shell' in str(refused.value)


@pytest.mark.parametrize(
    "line",
    [
        "kubectl get pods -o wide",
        "kubectl exec web -- sh -c 'echo $(hostname) > /tmp/a; cat /tmp/a | wc -l && echo `date` &'",
        'kubectl exec web -- sh -c "a > b | c \\" < d"',
        "kubectl get pods -o jsonpath='{.items[?(@.spec.x>1)]}'",
        r"kubectl exec web -- echo a\|b \> c",
        "kubectl run web --env=GREETING=$NAME",
    ],
)
def test_a_command_in_quotes_is_for_the_container_s_own_shell(line: str) -> None:
    """An escaped character is a plain one."""
    assert misuse(line) == ""
