"""Watches survive failures of servers and networks, and lose nothing silently."""

from collections.abc import Callable
from typing import Any

import pytest

from kubelab.client import Client
from kubelab.errors import LabFailure, SetupTrouble
from kubelab.observation import Observer, Store
from tests.unit.fake_api import FakeApi, Fault

from .conftest import Seen


def types(store: Store, name: str) -> list[str]:
    """The types of one object's changes."""
    return [change.type for change in store.history() if change.name == name]


def test_first_list_is_in_the_store_when_start_returns(api: FakeApi, observer: Observer, store: Store) -> None:
    """Existing objects are there at once, and do not count as missed."""
    api.put("web")

    observer.start()

    (change,) = store.history("Pod")
    assert (change.type, change.name, change.missed) == ("ADDED", "web", False)
    assert store.gaps() == []


def test_one_request_per_kind_lists_and_watches(api: FakeApi, observer: Observer) -> None:
    """The list is streamed: it needs no request of its own."""
    observer.start()

    assert len(api.requests) == 2
    assert all(query["sendInitialEvents"] == "true" for query in api.watched())


def test_every_state_is_kept(api: FakeApi, observer: Observer, store: Store, seen: Seen) -> None:
    """Also of an object that existed for only a moment."""
    observer.start()

    api.put("web", status={"phase": "Pending"})
    api.put("web", status={"phase": "Running"})
    api.delete("web")
    seen(lambda view: len(view.history("Pod")) == 3)

    assert types(store, "web") == ["ADDED", "MODIFIED", "DELETED"]
    assert store.find("Pod", "web") is None
    assert all("managedFields" not in change.object["metadata"] for change in store.history())


def test_older_servers_are_listed_first(api: FakeApi, observer: Observer, store: Store, seen: Seen) -> None:
    """If a server cannot stream its lists, a list is requested, then a watch from its version."""
    api.streams_lists = False
    api.put("web")

    observer.start()
    api.put("web", status={"phase": "Running"})
    seen(lambda view: len(view.history("Pod")) == 2)

    assert store.objects("Pod")[0]["kind"] == "Pod"
    assert api.watched()[-1]["resourceVersion"] == "11"


@pytest.mark.parametrize("how", ["end", "cut", "garbage"])
def test_a_stream_that_ends_is_resumed(api: FakeApi, observer: Observer, store: Store, seen: Seen, how: str) -> None:
    """From the last version seen: nothing is lost, whether the stream ended normally, was cut, or sent garbage."""
    api.faults.append(Fault(then=how))

    observer.start()
    api.put("web")
    seen(lambda view: view.find("Pod", "web"))

    assert api.watched()[-1]["resourceVersion"] == "10"
    assert not [gap for gap in store.gaps() if gap.lost]


def test_a_cut_connection_is_told_as_a_gap_without_loss(api: FakeApi, observer: Observer, store: Store, seen: Seen) -> None:
    """The gap has an end and a reason, and nothing in it was lost."""
    observer.start()
    api.put("web")
    seen(lambda view: view.find("Pod", "web"))

    api.drop()
    api.put("other")
    seen(lambda view: view.find("Pod", "other"))

    gap = next(gap for gap in store.gaps() if gap.kind == "Pod")
    assert gap.until is not None
    assert not gap.lost
    assert "connection lost" in gap.reason


def test_what_a_410_hides_is_a_gap(api: FakeApi, observer: Observer, store: Store, seen: Seen) -> None:
    """After "too old" everything is listed anew: differences are marked as missed, and the gap as lossy."""
    api.put("changed")
    api.put("deleted")
    api.put("replaced", uid="first")
    observer.start()
    api.muted = True

    api.put("changed", status={"phase": "Running"})
    api.delete("deleted")
    api.delete("replaced")
    api.put("replaced", uid="second")
    api.put("new")
    api.forget()
    api.muted = False
    api.drop()
    seen(lambda view: view.find("Pod", "new"))

    missed = {(change.name, change.type) for change in store.history("Pod") if change.missed}
    expected = {("changed", "MODIFIED"), ("deleted", "DELETED"), ("replaced", "DELETED"), ("replaced", "ADDED"), ("new", "ADDED")}
    seen(lambda _: [gap for gap in store.gaps() if gap.lost and gap.until])
    assert missed == expected


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(api: FakeApi, observer: Observer, store: Store, status: int) -> None:
    """429 and 5xx do not end the watch; Retry-After is respected."""
    api.faults.extend([Fault(status, retry_after="0"), Fault(status), Fault(status)])

    observer.start()

    assert any(f"answered {status}" in gap.reason and gap.until for gap in store.gaps())
    assert len(api.watched()) == 4


def test_forbidden_ends_at_once(api: FakeApi, observer: Observer, store: Store) -> None:
    """The error is reported, and raised again in every later wait."""
    api.faults.append(Fault(403, message='pods is forbidden: User "me" cannot watch'))

    with pytest.raises(SetupTrouble, match=r'Not allowed to watch Pod: .*User "me" cannot watch.* Use a context that may'):
        observer.start()
    with pytest.raises(SetupTrouble):
        store.wait(store.version, 0)


def test_forbidden_for_a_moment_is_survived(api: FakeApi, observer: Observer, seen: Seen) -> None:
    """An API server that restarts forbids everything until it has read its rules: after an earlier success the request is repeated."""
    observer.start()
    api.faults.extend([Fault(403, message="cannot watch"), Fault(404, message="not found")])

    api.drop()
    api.put("web")
    seen(lambda view: view.find("Pod", "web"))

    assert api.faults == type(api.faults)()


def test_forbidden_list_of_an_older_server_ends_at_once(api: FakeApi, observer: Observer) -> None:
    """The same if the list is refused."""
    api.streams_lists = False
    api.answers["GET", "/api/v1/namespaces/lab/pods"] = (403, {}, b"{}")

    with pytest.raises(SetupTrouble, match="Not allowed to watch Pod"):
        observer.start()


def test_a_kind_that_is_not_served_ends_at_once(api: FakeApi, observer: Observer) -> None:
    """A known kind of an API group that this cluster does not serve."""
    api.faults.append(Fault(404, message="the server could not find the requested resource"))

    with pytest.raises(SetupTrouble, match="refused to watch Pod: the server could not find"):
        observer.start()


def test_an_unknown_kind_is_the_labs_fault(api: FakeApi, client: Client, store: Store) -> None:
    """A misspelt kind is a LabFailure with the nearest ones."""
    listing = b'{"items": [{"metadata": {"name": "shop.io"}, "versions": [{"version": "v1", "resources": []}]}]}'
    api.answers["GET", "/api"] = api.answers["GET", "/apis"] = (200, {}, listing)

    with pytest.raises(LabFailure, match=r'knows no kind "Pood".*Did you mean Pod'):
        Observer(client, store, "lab", ["Pood"]).start()


def test_a_watcher_that_breaks_says_so(observer: Observer, store: Store, api: FakeApi) -> None:
    """The watch cannot continue after an object without metadata: the wait ends with the error instead of hanging."""
    observer.start()
    api.told.append((11, "pods", "ADDED", {"metadata": {}}))

    with pytest.raises(KeyError):
        store.wait(store.version, 10)


def test_a_deaf_watch_is_found_by_reading_again(api: FakeApi, observer: Observer, store: Store, seen: Seen) -> None:
    """A stream that is open but silent: the fresh list shows the difference, marked as missed, and the watch is restarted."""
    observer.start()
    api.muted = True
    api.put("web")

    store.refresh()
    assert [(change.name, change.missed) for change in store.history("Pod")] == [("web", True)]

    api.muted = False
    api.put("web", status={"phase": "Running"})
    seen(lambda view: len(view.history("Pod")) == 2)


def test_a_list_never_sets_a_watch_back(api: FakeApi, observer: Observer, store: Store, seen: Seen) -> None:
    """A list that shows nothing new changes nothing and leaves the watch alone."""
    observer.start()
    api.put("web")
    seen(lambda view: view.find("Pod", "web"))
    version = store.version

    store.refresh()

    assert store.version == version
    assert len(api.watched()) == 1


def test_catching_up_waits_for_the_watch(api: FakeApi, observer: Observer, store: Store) -> None:
    """Afterwards, all of the server's objects are in the store, delivered by the watch and not as missed."""
    observer.start()
    assert store.reached(api.put("other"), timeout=10)
    api.put("web")
    api.delete("other")

    store.catch_up(timeout=10)

    assert types(store, "web") == ["ADDED"]
    assert types(store, "other")[-1] == "DELETED"
    assert not [change for change in store.history() if change.missed]


@pytest.mark.parametrize("catch_up", [lambda store, _: store.catch_up(timeout=0.05), lambda store, made: store.reached(made, timeout=0.05)])
def test_catching_up_reads_past_a_deaf_watch(
    api: FakeApi, observer: Observer, store: Store, catch_up: Callable[[Store, Any], object]
) -> None:
    """The next sentence must not be judged by the state before."""
    observer.start()
    api.muted = True

    catch_up(store, api.put("web"))

    assert [(change.name, change.missed) for change in store.history("Pod")] == [("web", True)]


def test_what_was_written_is_read(api: FakeApi, observer: Observer, store: Store) -> None:
    """`reached` returns once the object of an answer is in the store, and at once for kinds that are not watched."""
    observer.start()

    assert store.reached(api.put("web"), timeout=10)
    assert store.find("Pod", "web") is not None
    assert store.reached({"kind": "ConfigMap", "metadata": {"name": "x", "uid": "1"}})
    assert not store.reached({"kind": "Status", "metadata": {}, "details": {"uid": "uid-web"}}, timeout=0)
    api.delete("web")
    assert store.reached({"kind": "Status", "metadata": {}, "details": {"uid": "uid-web"}}, timeout=10)
    assert not store.reached({"kind": "Pod", "metadata": {"name": "x", "uid": "1"}}, timeout=0)


def test_further_kinds_can_be_watched(api: FakeApi, observer: Observer, store: Store) -> None:
    """Once: a second request for the same kind has no effect."""
    api.put("settings", plural="configmaps")
    observer.start()

    observer.watch("ConfigMap", "Pod")
    observer.watch("ConfigMap")

    assert store.find("ConfigMap", "settings") is not None
    assert len(api.watched("configmaps")) == 1
    assert observer.watches("ConfigMap", "lab")
    assert not observer.watches("ConfigMap", "other")


def test_another_namespace_is_named(api: FakeApi, client: Client, store: Store) -> None:
    """A gap in a namespace other than the scenario's own names it."""
    api.faults.append(Fault(503))
    observer = Observer(client, store, "kube-system", ["Pod"])

    observer.start()
    observer.stop()

    assert "Pod in kube-system" in {gap.kind for gap in store.gaps()}


def test_a_silent_server_is_given_up(api: FakeApi, client: Client, store: Store, seen: Seen) -> None:
    """If not even a bookmark arrives for too long, the watch is restarted from the last version."""
    observer = Observer(client, store, "lab", ["Pod"], silence=0.1)

    observer.start()
    seen(lambda _: [gap for gap in store.gaps() if gap.kind == "Pod" and gap.until])
    seen(lambda _: [one for one in api.watched()[1:] if one.get("resourceVersion") == "10"])
    observer.stop()

    assert "timed out" in store.gaps()[0].reason.lower()


def test_stopping_ends_the_threads_and_the_story(api: FakeApi, observer: Observer, store: Store) -> None:
    """Blocked reads end; afterwards nothing is written and no gap is recorded."""
    observer.start()

    observer.stop()
    version = store.version
    api.drop()

    assert not any(watcher.is_alive() for watcher in observer._watchers.values())
    assert (store.version, store.gaps()) == (version, [])


def test_no_first_list_is_trouble(api: FakeApi, client: Client, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that never lists is reported with its last answer."""
    monkeypatch.setattr("kubelab.observation.observer.START_LIMIT", 1)
    api.faults.extend(Fault(503) for _ in range(50))
    observer = Observer(client, store, "lab", ["Pod"])

    with pytest.raises(SetupTrouble, match=r"did not list Pod within 1 s \(the API server answered 503: no\)"):
        observer.start()
    observer.stop()
