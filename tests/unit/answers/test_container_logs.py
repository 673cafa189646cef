"""Waiting for what a container logs."""

from kubelab.answers.container_logs import logs_show
from kubelab.errors import LabFailure
from kubelab.observation import View

POD = {"kind": "Pod", "metadata": {"name": "web", "namespace": "lab"}}
SEEN = View("lab", {("Pod", "lab", "web"): POD})


def test_logs_are_read_until_they_show_the_text() -> None:
    """A failure shows the end of the log."""
    condition = logs_show("web", "GET /", lambda: "starting\nready\n")

    assert logs_show("web", "GET /", lambda: "GET / 200").observe(SEEN).met
    assert condition.observe(SEEN).seen == "the last lines: starting\nready"
    assert condition.observe(View("lab")).seen == 'no Pod "web"'


def test_logs_that_cannot_be_read_yet_are_no_failure_yet() -> None:
    """A container that has not started has no log."""

    def refuse() -> str:
        raise LabFailure("container is waiting to start")

    assert "waiting to start" in logs_show("web", "GET /", refuse).observe(SEEN).seen
