"""The page: its text for each outcome, and that it is self-contained, small, safe, and the same for the same records."""

import random
import re
from dataclasses import replace

import pytest

from kubelab.records.scenario_record import OUTCOMES, RunFacts, ScenarioRecord, Wait
from kubelab.reports import page
from kubelab.reports.cuts import ALL, LEAST, MOST, allowance, cut

from . import sample_records
from .drawn_page import Element, read, scenario

OUTSIDE = re.compile(r"(src|href|action|url\()\s*=?\s*[\"'(]?\s*(https?:)?//|@import|<img|<iframe|<link|fetch\(|XMLHttp", re.IGNORECASE)


def read_all(*records: ScenarioRecord) -> Element:
    """The page of these records."""
    return read(page(records))


def card(root: Element, title: str) -> str:
    """The text of a card in the overview, "" if there is none."""
    return next((one.text for one in root.all("section", "card") if one.all("h2")[0].text == title), "")


def test_every_scenario_is_there_under_its_chapter_and_lab() -> None:
    """Those that failed, or could not be judged, are expanded."""
    records = sample_records.every_kind()
    root = read_all(*records)

    found = {one.all("h4")[0].text: "open" in one.attributes for one in root.all("details", "scenario")}
    assert found == {one.scenario: one.outcome in {"failed", "error"} for one in records}
    assert [one.all("h2")[0].words[0].strip() for one in root.all("section", "chapter")] == [
        "Without a chapter",
        "controllers",
        "ingress",
        "pods",
        "services",
    ]
    assert root.all("h1")[0].text == "1 failed and 2 could not be judged of 8 scenarios"


def test_a_failing_scenario_begins_with_its_cause() -> None:
    """Then the sentence, what was expected and what was last seen; the evidence comes last."""
    record = sample_records.image_failure()
    section = scenario(read_all(record), record.scenario)
    first = section.all("div", "body")[0].children[0]

    assert first.attributes["class"] == "why"
    assert first.text.startswith('image "nginx:1.99" does not exist: the registry says manifest unknown 2. Then Pod "web" is ready')
    assert 'Expected Pod "web" is ready within 30 s Last saw 0/1 ready; ErrImagePull' in first.text
    assert [one.all("summary")[0].text for one in section.all("details", "evidence")] == [
        "the failure as the terminal shows it",
        "events",
        "objects",
        "logs of web-6f5d7c9b8-k2x4p",
    ]


def test_sentences_have_a_sign_a_word_and_their_wait() -> None:
    """Including sentences that were not run."""
    record = sample_records.image_failure()
    rows = scenario(read_all(record), record.scenario).all("ol", "sentences")[0].all("li")

    assert [one.all("span", "mark")[0].text for one in rows] == ["✓ passed", "✗ failed", "· not run"]
    assert rows[1].all("span", "wait")[0].text == "✗ 3 of 30 s"
    assert rows[0].all("code")[0].text == "kubectl apply -f manifests/pods/web.yaml"


def test_a_wait_that_only_looked_whether_a_state_lasts_has_no_bar() -> None:
    """It has no headroom: its limit is how long the state must last."""
    record = sample_records.replaced_pod()
    kept = replace(record.sentences[3], waits=(Wait(3.9, 3.0, 3.0, "it stays", "so", met=True, stretch=True),))
    root = read_all(replace(record, sentences=(*record.sentences[:3], kept)))

    assert root.all("ol", "sentences")[0].all("li")[3].all("span", "track") == []
    assert card(root, "Little headroom") == ""


def test_waits_near_their_limit_are_listed_the_nearest_first() -> None:
    """From 60 % of the limit, and their scenario is marked."""
    root = read_all(sample_records.rollout(), sample_records.answers(), sample_records.replaced_pod())
    text = card(root, "Little headroom")

    assert text.index('72 % 10.8 of 15 s Then Deployment "deploy-nginx" is rolled out') < text.index("62 % 6.2 of 10 s")
    assert [bool(one.all("span", "tight")) for one in root.all("summary") if one.all("h4")] == [False, True, True]


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        (["passed"], "The scenario passed"),
        (["passed", "passed"], "All 2 scenarios passed"),
        (["passed", "skipped"], "No scenario of 2 failed, 1 skipped"),
        (["passed", "failed"], "1 failed of 2 scenarios"),
        (["error"], "1 could not be judged of 1 scenario"),
    ],
)
def test_the_verdict_is_never_better_than_its_scenarios(outcomes: list[str], verdict: str) -> None:
    """A skipped scenario has not passed."""
    base = sample_records.without_pods()
    root = read_all(*(replace(base, scenario=f"S{at}", outcome=outcome) for at, outcome in enumerate(outcomes)))

    assert root.all("h1")[0].text == verdict
    assert set(outcomes) <= set(OUTCOMES)


def test_what_was_skipped_is_listed_by_reason() -> None:
    """The most frequent first."""
    one = sample_records.skipped()
    more = [replace(one, scenario=f"S{at}", line=at) for at in range(6)]
    text = card(read_all(*more, replace(one, reason="")), "Skipped, and why")

    assert text.startswith('Skipped, and why — skipped 6: this cluster has no addresses for "LoadBalancer"')
    assert "and 2 more" in text
    assert text.endswith("1: no reason is known It has an address")


def test_several_versions_and_students_are_told_apart() -> None:
    """They can be selected."""
    one = sample_records.without_pods()
    old = replace(one, run=RunFacts("r2", "2025-08-04T13:00:00Z", "0.1.0", "1.9.2"), student="ann")
    root = read_all(one, old)

    assert [option.text for option in root.all("select")[-1].all("option")] == ["any", "1.9.2", "1.34.1"]
    assert [label.text for label in root.all("summary")[-2].all("span", "label")] == ["1.34.1", "no student"]
    assert len({part.attributes["id"] for part in root.all("details", "scenario")}) == 2


def test_the_same_records_make_the_same_bytes_in_any_order() -> None:
    """Even for records that are almost equal."""
    records = [*sample_records.every_kind(), *(replace(sample_records.rollout(), seconds=15.2 + at) for at in range(5))]
    expected = page(records)

    for seed in range(5):
        random.Random(seed).shuffle(records)  # noqa: S311  (an order, not a secret)
        assert page(iter(records)) == expected


def test_ids_are_there_once_and_every_link_leads_to_one() -> None:
    """Also with two records of the same scenario and run."""
    root = read_all(*sample_records.every_kind(), sample_records.rollout())
    ids = [one.attributes["id"] for one in root.everything() if "id" in one.attributes]

    assert len(ids) == len(set(ids))
    assert {one.attributes["href"].removeprefix("#") for one in root.all("a")} <= set(ids)


def test_a_page_needs_nothing_but_itself_and_runs_its_own_script_alone() -> None:
    """Names and texts are only text."""
    record = replace(
        sample_records.image_failure(),
        tags=('"><script>x',),
        cause="</script><script>alert(2)</script>",
        name="<b>bold</b>",
        timeline=(replace(sample_records.replaced_pod().timeline[5], name="<i>pod", node='" onload="x'),),
    )
    text = page([record])
    root = read(text)

    assert OUTSIDE.search(text) is None
    assert len(root.all("script")) == 1
    assert root.all("b", "") == [one for one in root.all("b") if "bold" not in one.text]
    assert all(not name.startswith("on") for one in root.everything() for name in one.attributes)
    assert "script-src 'sha256-" in text
    assert "A mistyped image is told <script>alert(1)</script>" in [one.text for one in root.all("h4")]


def test_all_labs_fit_into_two_megabytes() -> None:
    """However many of them fail, with unlimited evidence."""
    records = list(sample_records.course(215))
    long = replace(sample_records.image_failure().evidence[1], lines=tuple("x" * 500 for _ in range(5000)))
    failing = [replace(sample_records.image_failure(), line=at, evidence=(long,) * 3) for at in range(215)]

    assert len(page(records).encode()) < 2_000_000
    assert len(page(failing).encode()) < 2_000_000


def test_no_records_make_no_page() -> None:
    """A page that shows nothing would look as if nothing had failed."""
    with pytest.raises(ValueError, match="no records"):
        page([])


def test_a_time_that_cannot_be_read_is_left_out() -> None:
    """The rest of the page is complete."""
    root = read_all(replace(sample_records.without_pods(), began="yesterday"))

    assert "Took" not in root.all("header")[0].text
    assert root.all("h1")[0].text == "The scenario passed"


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    """It says how much is left out."""
    kept = cut([f"line {number}" for number in range(1000)], 200)

    assert kept[0] == "line 0"
    assert kept[-1] == "line 999"
    assert [one for one in kept if "left out" in one] == [f"… {1000 - len(kept) + 1} lines left out …"]
    assert cut(["x" * 1000], 5000) == ("x" * 239 + "…",)
    assert cut(["a", "b"], 100) == ("a", "b")
    assert cut(["x" * 200], 10) == ("… 1 line left out …",)


def test_evidence_is_shared_out_among_the_failures() -> None:
    """Each gets a minimum and a maximum."""
    assert [allowance(number) for number in (0, 1, 100, 10_000)] == [MOST, MOST, ALL // 100, LEAST]
