"""Why a container does not start, keep running or become ready: its image, its exit with the last log lines, the failing probe."""

from collections.abc import Iterator

from kubelab.client.objects import Object, all_statuses, at, is_true, name, namespace
from kubelab.conditions.exit_codes import exit_in_words
from kubelab.conditions.in_words import shortened
from kubelab.diagnostics.cause import Cause, title
from kubelab.diagnostics.surroundings import TIMEOUT, Surroundings
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.hopeless.probes import refusals
from kubelab.hopeless.unpulled import unpulled as without_image

NEVER_RAN = frozenset({"StartError", "ContainerCannotRun"})
LOST = "unable to retrieve container logs"
"""What the kubelet writes in place of the log of a removed container."""
LAST = 5
"""Lines of a log that are read to find the last ones that are not empty."""
TOLD = 2
"""How many of these are told: output and errors come by two pipes, and of lines of one moment either may be written last."""


def unpulled(around: Surroundings, pod: Object) -> Iterator[Cause]:
    """Each container whose image cannot be pulled."""
    for one in without_image(around.view, pod):
        yield Cause(f'container "{one.container}" of {title(pod)} cannot get its image {one.image}: {one.failure.words}', pod)


def ends(around: Surroundings, pod: Object) -> Iterator[Cause]:
    """Each container that ended and should not have: its exit code, and the last lines of its log."""
    for status in all_statuses(pod):
        now, before = at(status, "state", "terminated"), at(status, "lastState", "terminated")
        ended = now or before
        again = at(status, "state", "waiting", "reason") == "CrashLoopBackOff"
        fails = again or at(ended, "exitCode", default=0) != 0 or _should_run_on(pod, status)
        if ended and fails and not (is_true(pod, "Ready") and not now):
            said = _said(around, pod, status, previous=not now)
            yield Cause(f'container "{status["name"]}" of {title(pod)} {_end(ended)}; {said}', pod)


def refused(around: Surroundings, pod: Object) -> Iterator[Cause]:
    """The probe that failed last, of a Pod that runs and is not ready."""
    found = refusals(around.view, pod)
    if found and at(pod, "status", "phase") == "Running" and not is_true(pod, "Ready"):
        times = f" ({len(found)} times)" if len(found) > 1 else ""
        yield Cause(f"{title(pod)} is not ready: {found[-1][1]}{times}", pod)


def _should_run_on(pod: Object, status: Object) -> bool:
    """Whether any end is a failure: of a container that is started again whenever it has ended."""
    return at(pod, "spec", "restartPolicy", default="Always") == "Always" and status in at(pod, "status", "containerStatuses", default=())


def _end(ended: Object) -> str:
    if at(ended, "exitCode", default=0) == 0:
        return "ends by itself (exit code 0): its command is done"
    said = f": {shortened(ended['message'])}" if ended.get("message") and ended.get("reason") in NEVER_RAN else ""
    return f"ended with {exit_in_words(ended)}{said}"


def _said(around: Surroundings, pod: Object, status: Object, *, previous: bool) -> str:
    try:
        text = around.client.logs(name(pod), namespace(pod), str(status["name"]), previous=previous, tail=LAST, timeout=TIMEOUT)
    except (LabFailure, SetupTrouble):
        return "its log cannot be read"
    if text.startswith(LOST):
        return "its log is no longer there"
    lines = [line for line in text.splitlines() if line.strip()]
    return f"its log ends: {' / '.join(map(shortened, lines[-TOLD:]))}" if lines else "its log is empty"
