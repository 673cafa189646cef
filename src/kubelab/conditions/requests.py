"""What answers a request, and what a container wrote: seen by asking, a few times a second, since no watch tells it."""

from collections.abc import Callable
from dataclasses import dataclass

from kubelab.client.objects import Object, at, name
from kubelab.clusters.provider import Provider
from kubelab.conditions.nodes import is_control_plane
from kubelab.conditions.services import selected
from kubelab.conditions.words import absent, pods_in_words
from kubelab.errors import LabFailure
from kubelab.observation import View
from kubelab.waiting import Condition, Observation

EVERY = 0.3
"""Seconds between two requests."""
SHOWN = 200
"""Characters of an answer or a log that a failure repeats."""
ADDRESSES = {"Pod": ("status", "podIP"), "Service": ("spec", "clusterIP")}
"""Where the address of a kind is found."""
PATIENCE = 3
"""Seconds that one request may take."""

Ask = Callable[[View, str], str]
"""Asks for the text at a URL; what it returns begins with "no answer" where there was none."""


@dataclass(frozen=True)
class FromANode:
    """Asks from the control plane's node, where a person of the course types curl."""

    provider: Provider

    def __call__(self, view: View, url: str) -> str:
        """The body that the URL answers, or why there is none, in curl's words."""
        output = self.provider.execute(_control_plane(view), ["curl", "-sS", "-L", "-m", str(PATIENCE), url], timeout=PATIENCE + 5)
        return output.out if output.good else f"no answer: {output.err.strip()}"


def answers(kind: str, thing: str, port: int, text: str, ask: Ask, path: str = "/") -> Condition:
    """`Service "web" answers "Welcome" on port 80`: the body at the object's own address has the text in it."""

    def observe(view: View) -> Observation:
        found = view.find(kind, thing)
        if found is None:
            return Observation(met=False, seen=absent(kind, thing, view.objects(kind)))
        body, pods = _asked(view, found, kind, port, path, ask), _behind(view, kind, found)
        seen = body if text in body else f"{_short(body)} · {pods_in_words(pods)}"
        return Observation(text in body and not body.startswith("no answer"), seen, about=(found, *pods))

    return Condition(f'{kind} "{thing}" answers "{text}" on port {port}', observe, every=EVERY)


def responds(kind: str, thing: str, port: int, path: str, ask: Ask) -> Condition:
    """`Pod "web" answers at "/" on port 80`, whatever it says."""
    anything = answers(kind, thing, port, "", ask, path)
    return Condition(f'{kind} "{thing}" answers at "{path}" on port {port}', anything.observe, every=EVERY)


def logs_show(pod: str, text: str, read: Callable[[], str]) -> Condition:
    """`the logs of Pod "web" show "GET /"`: what `read` returns has the text in it."""

    def observe(view: View) -> Observation:
        found = view.find("Pod", pod)
        if found is None:
            return Observation(met=False, seen=absent("Pod", pod, view.objects("Pod")))
        written = _written(read)
        return Observation(text in written, f"the last lines: {written[-SHOWN:].strip() or 'none'}", about=(found,))

    return Condition(f'the logs of Pod "{pod}" show "{text}"', observe, every=EVERY)


def _written(read: Callable[[], str]) -> str:
    try:
        return read()
    except LabFailure as refused:  # a container that has not started has no logs yet
        return f"({refused})"


def _asked(view: View, found: Object, kind: str, port: int, path: str, ask: Ask) -> str:
    address = at(found, *ADDRESSES.get(kind, ()), default="")
    if not isinstance(address, str) or address in {"", "None"}:
        return f'no answer: {kind} "{name(found)}" has no IP'
    return ask(view, f"http://[{address}]:{port}{path}" if ":" in address else f"http://{address}:{port}{path}")


def _behind(view: View, kind: str, found: Object) -> list[Object]:
    return [found] if kind == "Pod" else selected(view, [found])


def _control_plane(view: View) -> str:
    return next((name(node) for node in view.objects("Node") if is_control_plane(node)), "")


def _short(body: str) -> str:
    text = " ".join(body.split())
    return text if len(text) <= SHOWN else text[:SHOWN] + " …"
