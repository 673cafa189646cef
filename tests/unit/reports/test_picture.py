"""The picture: its numbers are read from the page and compared with the record."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kubelab.records.scenario_record import Answers, ClusterEvent, ScenarioRecord, StateChange
from kubelab.reports import page
from kubelab.reports.axis import Axis, clock
from kubelab.reports.owner_groups import MOST_LANES
from kubelab.reports.picture import picture
from kubelab.reports.pod_lanes import MOST_PIECES

from . import sample_records
from .drawn_page import Element, read, scenario, seconds


def drawn(record: ScenarioRecord) -> Element:
    """The section of the only scenario of a page."""
    return scenario(read(page([record])), record.scenario)


def lanes(section: Element) -> dict[str, Element]:
    """The lanes of Pods by name."""
    return {one.all("text", "name")[0].text: one for one in section.all("g", "lane")}


def last(record: ScenarioRecord) -> float:
    """The end of the axis, which begins at 0."""
    return max(record.seconds, *(one.time for one in record.timeline))


@pytest.mark.parametrize("make", [sample_records.replaced_pod, sample_records.rollout, sample_records.answers])
def test_a_pods_states_are_where_the_record_has_them(make: Callable[[], ScenarioRecord]) -> None:
    """Each begins at its change and lasts until the next one, to a thousandth of the picture's width."""
    record = make()
    span, found = last(record), lanes(drawn(record))
    pods = {one.name for one in record.timeline if one.kind == "Pod"}

    assert set(found) == pods
    for name in pods:
        states: list[tuple[float, str]] = []
        for one in record.timeline:
            if one.name == name and (not states or one.state != states[-1][1]):
                states.append((one.time, one.state))
        ends = [*(time for time, _ in states[1:]), span]
        bars = [one for one in found[name].all("rect") if one.attributes["class"] != "mk"]
        kept = [(time, end, state) for (time, state), end in zip(states, ends, strict=True) if state != "gone"]
        assert [one.attributes["class"] for one in bars] == [state for _, _, state in kept]
        for bar, (begin, end, _) in zip(bars, kept, strict=True):
            assert bar.percent("x") * span / 100 == pytest.approx(begin, abs=span / 1000)
            assert (bar.percent("x") + bar.percent("width")) * span / 100 == pytest.approx(end, abs=span / 500)


def test_a_lane_tells_the_exact_times_and_the_node() -> None:
    """All of them, in its title."""
    record = sample_records.replaced_pod()
    title = lanes(drawn(record))["fluentd-9zt7m"].all("title")[0].text
    times = [one.time for one in record.timeline if one.name == "fluentd-9zt7m"]

    assert title.startswith("Pod fluentd-9zt7m on kubelab-worker2 0.23 s created 0.24 s scheduled to kubelab-worker2 ")
    assert seconds(title) == pytest.approx(times, abs=0.006)


def test_the_sentences_are_on_the_same_axis() -> None:
    """With their numbers, one for sentences that are close together, and a line where the When began."""
    record = sample_records.rollout()
    section, span = drawn(record), last(record)
    marks = section.all("g", "said")[0].children

    assert [one.all("rect")[0].percent("x") * span / 100 for one in marks] == pytest.approx(
        [one.began for one in record.sentences], abs=span / 1000
    )
    assert [text.text for one in marks for text in one.all("text")] == ["1-2", "3-4", "5-8"]
    assert [one.percent("x1") * span / 100 for one in section.all("line", "action")] == pytest.approx([3.0], abs=span / 1000)


def test_the_counts_of_both_replica_sets_are_steps() -> None:
    """At the times of the record, in the right proportions: the old one ends with none, the new one with all."""
    record = sample_records.rollout()
    section, span = drawn(record), last(record)
    old, new = section.all("g", "group")

    assert [one.all("text", "aside")[0].text for one in (old, new)] == [
        "old, of Deployment deploy-nginx",
        "new, of Deployment deploy-nginx",
    ]
    for group, name in ((old, "deploy-nginx-6d4cf56db6"), (new, "deploy-nginx-7fd9c8b5d4")):
        changes = [one for one in record.timeline if one.name == name]
        wanted, ready = group.all("rect", "want"), group.all("rect", "rdy")
        assert [one.percent("x") * span / 100 for one in wanted] == pytest.approx([one.time for one in changes], abs=span / 1000)
        heights = [round(20 * one.counts["ready"] / 3) for one in changes if one.counts["ready"]]
        assert [int(one.attributes["height"]) for one in ready] == heights
        assert seconds(group.all("title")[0].text) == pytest.approx([one.time for one in changes], abs=0.006)
    assert old.all("title")[0].text.endswith("14.00 s 0 wanted, 0 existing, 0 ready")
    assert new.all("title")[0].text.endswith("13.90 s 3 wanted, 3 existing, 3 ready")


def test_a_rolled_back_replica_set_is_the_new_one() -> None:
    """The one that was scaled up last, though it was created first."""
    record = replace(
        sample_records.rollout(),
        timeline=(
            *sample_records.counted("Deployment", "web", "dep", "", (0.1, 3, 3, 3)),
            *sample_records.counted("ReplicaSet", "web-1", "one", "dep", (0.1, 0, 0, 0), (5.0, 3, 3, 3)),
            *sample_records.counted("ReplicaSet", "web-2", "two", "dep", (0.2, 3, 3, 3), (6.0, 0, 0, 0)),
        ),
    )
    asides = {one.all("text", "name")[0].text: one.all("text", "aside")[0].text for one in drawn(record).all("g", "group")}

    assert asides == {"ReplicaSet web-1": "new, of Deployment web", "ReplicaSet web-2": "old, of Deployment web"}


def test_a_job_that_succeeded_is_full_and_a_deleted_controller_has_no_steps_any_more() -> None:
    """A Pod that has succeeded is not ready, but done."""
    job = StateChange(0.1, "Job", "pi", "lab-1", "job", counts={"wanted": 2, "existing": 2, "ready": 0, "succeeded": 0, "failed": 0})
    done = replace(job, time=5.0, counts={"wanted": 2, "existing": 0, "ready": 0, "succeeded": 2, "failed": 0})
    record = replace(sample_records.replaced_pod(), timeline=(job, done, replace(job, time=7.0, state="gone", counts={})))
    group = drawn(record).all("g", "group")[0]

    assert [int(one.attributes["height"]) for one in group.all("rect", "rdy")] == [20]
    assert [one.attributes["height"] for one in group.all("rect", "exist")] == ["20", "20"]
    assert group.all("title")[0].text.endswith("5.00 s 2 wanted, 0 existing, 0 ready, 2 succeeded 7.00 s gone")


def test_each_pods_answers_are_counted_below_its_service() -> None:
    """The longest bar for most answers; a Pod that is not an endpoint is missing."""
    record = sample_records.answers()
    section = drawn(record).all("svg", "tree")[0]

    assert section.all("text", "soft")[0].text == "Service clusterip-service, 3 endpoints"
    assert section.all("text", "aside")[0].text == "12 answers at sentence 4"
    counts = {one.all("text", "pod")[0].text: int(one.all("text", "count")[0].text) for one in section.all("g", "branch")}
    assert counts == {one.pod: one.count for one in record.answers}
    widths = [one.all("rect", "rdy")[0].percent("width") for one in section.all("g", "branch")]
    assert [round(width * 5 / widths[0], 1) for width in widths] == [5, 4, 3]


def test_answers_of_no_pod_and_endpoints_without_an_answer_are_told() -> None:
    """Each sentence has its own tree; an endpoint that came later does not count."""
    record = sample_records.answers()
    late = StateChange(9.5, "EndpointSlice", "s", "lab-1", "slice-clusterip-service", endpoints=("late",), service="clusterip-service")
    one = record.answers[0]
    others = (replace(one, line=18, time=2.3, pod="", count=2, target="clusterip-service:80"), Answers(9, 99, "http://x", "nobody", 1))
    trees = drawn(replace(record, answers=(one, *others), timeline=(*record.timeline, late))).all("svg", "tree")

    assert [[text.text for text in tree.all("text", "count")] for tree in trees] == [["2", "0", "0", "0"], ["5", "0", "0"], ["1"]]
    assert trees[0].all("text", "pod")[0].text == "no Pod of the scenario"
    assert trees[2].all("text", "soft")[0].text == "no Service was watched"
    assert trees[2].all("text", "aside")[0].text == "1 answer"


def test_a_picture_without_pods_has_what_there_is() -> None:
    """Sentences and other objects; if nothing is known there is no picture at all."""
    section = drawn(sample_records.without_pods())

    assert section.all("g", "lane") == []
    assert section.all("g", "other")[0].all("title")[0].text == "0.20 s Service web: created"
    assert len(section.all("g", "said")[0].children) == 2
    assert picture(sample_records.nothing_known()) is None


def test_warnings_of_the_cluster_have_a_row() -> None:
    """Those close together share a sign; Normal events have none."""
    record = sample_records.image_failure()
    more = tuple(ClusterEvent(3.2, "Warning", f"R{number}", "Pod", "p", "m" * 300) for number in range(20))
    row = drawn(replace(record, events=(*record.events, *more))).all("g", "warning")

    assert [one.all("text")[0].text for one in row] == ["⚠ Failed", "⚠ BackOff"]
    assert row[0].all("title")[0].text.startswith("1.40 s Failed, 2 times, Pod web-6f5d7c9b8-k2x4p: Failed to pull image")
    assert row[1].all("title")[0].text.endswith("… 9 more")


def test_many_pods_are_bounded_and_those_in_trouble_stay() -> None:
    """The text says how many are left out."""
    pods = [change for at in range(40) for change in sample_records.pod(f"p{at:02}", f"u{at}", "rs", "n", 0.1 * at, 0.1 * at + 1)]
    stuck = sample_records.pod("stuck", "s", "rs", "n", 6.0, 99.0)[:2]
    section = drawn(replace(sample_records.replaced_pod(), timeline=(*pods, *stuck)))

    assert len(lanes(section)) == MOST_LANES
    assert "stuck" in lanes(section)
    assert [one.text for one in section.all("g", "more")] == [f"… {41 - MOST_LANES} more Pods"]
    assert section.all("g", "group")[0].text == "Pods of an owner that was not watched"


def test_a_pod_that_crashes_without_end_is_bounded_and_its_restarts_are_marked() -> None:
    """Consecutive equal states share a bar."""
    base = StateChange(0.0, "Pod", "loop", "lab-1", "u", "pending", node="n")
    told = tuple(
        replace(base, time=0.1 * at, state=("running", "running", "waiting")[at % 3], restarts=at // 3, missed=True) for at in range(200)
    )
    lane = lanes(drawn(replace(sample_records.replaced_pod(), timeline=(base, *told), seconds=20.0)))["loop"]

    assert len([one for one in lane.all("rect") if one.attributes["class"] != "mk"]) == MOST_PIECES
    assert [one.text for one in lane.all("text", "mk")][:3] == ["↻1", "↻2", "↻3"]
    assert lane.all("text", "aside")[0].text == "never ready · 66 restarts · n"
    assert "more" in lane.all("title")[0].text
    assert "(seen late)" in lane.all("title")[0].text


def test_an_unknown_state_is_drawn_as_pending() -> None:
    """With its own name."""
    change = StateChange(0.5, "Pod", "odd", "lab-1", "u", "evicted")
    lane = lanes(drawn(replace(sample_records.replaced_pod(), timeline=(change,))))["odd"]

    assert lane.all("rect")[0].attributes["class"] == "pending"
    assert lane.all("text", "t-pending")[0].text == "evicted"


def test_pods_that_never_had_a_state_have_a_lane_without_bars() -> None:
    """And their name."""
    lane = lanes(drawn(replace(sample_records.replaced_pod(), timeline=(StateChange(0.5, "Pod", "odd", "lab-1", "u"),))))["odd"]

    assert lane.all("rect") == []
    assert lane.all("text", "aside")[0].text == "never ready · no node"


@pytest.mark.parametrize("span", [0.0, 0.4, 7.4, 61, 300, 3000, 50_000])
def test_an_axis_has_round_ticks_within_itself(span: float) -> None:
    """Few enough to be readable on a phone."""
    ticks = Axis(0.0, span).ticks

    assert 1 <= len(ticks) <= 9
    assert [tick.x for tick in ticks] == sorted(tick.x for tick in ticks)
    assert all(0 <= tick.x <= 100 for tick in ticks)


def test_ticks_are_seconds_and_then_minutes() -> None:
    """As a clock shows them."""
    assert [tick.label for tick in Axis(-1.0, 7.4).ticks] == ["0 s", "2 s", "4 s", "6 s"]
    assert [clock(time) for time in (0.5, 59.0, 60.0, 150.0)] == ["0.5 s", "59 s", "1:00", "2:30"]


def test_an_owner_that_has_no_counts_is_a_heading_without_steps() -> None:
    """Such as a custom resource."""
    owner = StateChange(0.1, "Backup", "nightly", "lab-1", "rs", told=("created",))
    counted = replace(owner, uid="c", name="other", counts={"wanted": 1})
    pods = sample_records.pod("p", "u", "rs", "n", 0.2, 1.0)
    groups = drawn(replace(sample_records.replaced_pod(), timeline=(owner, counted, *pods))).all("g", "group")

    assert [one.all("text", "name")[0].text for one in groups] == ["Backup other", "Backup nightly"]
    assert [len(one.all("rect", "want")) for one in groups] == [1, 0]


def test_the_jobs_of_a_cron_job_are_neither_old_nor_new() -> None:
    """Each is named with its CronJob."""
    cron = StateChange(0.1, "CronJob", "hello", "lab-1", "cron", told=("created",))
    jobs = [
        *sample_records.counted("Job", "hello-1", "j1", "cron", (1, 1, 1, 0)),
        *sample_records.counted("Job", "hello-2", "j2", "cron", (2, 1, 1, 0)),
    ]
    groups = drawn(replace(sample_records.replaced_pod(), timeline=(cron, *jobs))).all("g", "group")

    assert [one.all("text", "aside")[0].text for one in groups] == ["of CronJob hello", "of CronJob hello"]
