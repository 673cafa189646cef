"""The report in a browser: it opens completely and without errors, its filter and its links work, and the keyboard reaches everything."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kubelab import reports
from tests.browser import chromium
from tests.browser.chromium import Page
from tests.unit.reports import sample_records

TROUBLE = {"Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled", "Network.loadingFailed"}
SHOWN = "[...document.querySelectorAll('details.scenario')].filter((one) => one.checkVisibility()).map((one) => one.dataset.o)"
FOCUSED = "document.activeElement"
BOX = "document.querySelector('#box').checkVisibility() ? document.querySelector('#box').textContent : ''"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """One browser for all tests."""
    with chromium.page(tmp_path_factory.mktemp("chromium")) as made:
        yield made


@pytest.fixture
def opened(browser: Page, tmp_path: Path) -> Page:
    """A page with a scenario of each kind, freshly opened, as wide as a screen."""
    file = tmp_path / "report.html"
    reports.write(sample_records.every_kind(), file)
    browser.width(1200)
    browser.open(file)
    return browser


def choose(page: Page, script: str) -> list[str]:
    """Set the filter, and return what it shows then."""
    page.value(f"{script}; document.querySelector('#filter').dispatchEvent(new Event('input'))")
    found: list[str] = page.value(SHOWN)
    return found


def test_it_opens_whole_and_asks_for_nothing_else(opened: Page) -> None:
    """No error, no request except for the file itself, and its own script has run."""
    asked = [one["params"]["request"]["url"] for one in opened.said if one.get("method") == "Network.requestWillBeSent"]

    assert [one.get("method") for one in opened.said if one.get("method") in TROUBLE] == []
    assert [one.rsplit("/", 1)[-1] for one in asked] == ["report.html"]
    assert opened.value("document.querySelector('#found').textContent") == "8 of 8"
    assert opened.value("document.querySelector('#filter').checkVisibility()") is True


def test_text_in_a_name_stays_text(opened: Page) -> None:
    """Nothing in a record runs, or becomes an element."""
    assert opened.value("document.scripts.length") == 1
    assert opened.value("[...document.querySelectorAll('h4')].some((one) => one.textContent.includes('<script>'))") is True


def test_the_filter_shows_what_fits_all_of_it(opened: Page) -> None:
    """Outcome, tag and text; sections without matches are hidden, and the page says so."""
    assert choose(opened, "document.querySelector('#filter input[value=passed]').checked = false") == [
        "error",
        "error",
        "failed",
        "skipped",
    ]
    assert choose(opened, "document.querySelector('#text').value = 'ErrImagePull webserver'") == ["failed"]
    assert opened.value("[...document.querySelectorAll('.chapter')].filter((one) => !one.hidden).length") == 1
    assert opened.value("document.querySelector('#found').textContent") == "1 of 8"
    assert choose(opened, "document.querySelector('#tag').value = 'slow'") == []
    assert opened.value("document.querySelector('#nothing').checkVisibility()") is True
    opened.value("document.querySelector('#filter').reset()")
    assert choose(opened, "document.querySelector('#tag').value = 'slow'") == ["passed"]


def test_a_link_opens_its_scenario_even_where_the_filter_hides_it(opened: Page) -> None:
    """And the focus goes there."""
    choose(opened, "document.querySelector('#text').value = 'nothing at all'")
    click = "document.querySelector('.squares a.o-passed').click()"
    opened.value(f"new Promise((done) => {{ addEventListener('hashchange', () => done(), {{once: true}}); {click} }})")

    assert opened.value(f"{FOCUSED}.matches('details.o-passed[open] > summary')") is True
    assert len(opened.value(SHOWN)) == 8


def test_the_keyboard_reaches_the_scenarios_and_every_part_of_a_picture(opened: Page) -> None:
    """First the link to skip the overview; then each part in the order of the page, with its exact times in the box."""
    opened.press("Tab")
    assert opened.value(f"{FOCUSED}.textContent") == "To the scenarios"

    opened.value("document.querySelector('details.o-failed > summary').focus()")
    told = []
    for _ in range(6):
        opened.press("Tab")
        assert opened.value(f"{FOCUSED}.getAttribute('role')") == "img"
        assert opened.value(BOX) == opened.value(f"{FOCUSED}.getAttribute('aria-label')")
        told.append(opened.value(BOX).split("\n")[0].split(": ")[0])

    assert told == [
        '1 Given I apply "web.yaml"',
        '2 Then Pod "web" is ready',
        "1.40 s Failed, 2 times, Pod web-6f5d7c9b8-k2x4p",
        "3.20 s BackOff, 3 times, Pod web-6f5d7c9b8-k2x4p",
        "ReplicaSet web-6f5d7c9b8",
        "Pod web-6f5d7c9b8-k2x4p on kubelab-worker",
    ]
    opened.press("Escape")
    assert opened.value(BOX) == ""


def test_the_cause_of_a_failure_is_seen_without_scrolling(opened: Page) -> None:
    """At the top of its section."""
    top = opened.value(
        "(() => { const one = document.querySelector('details.o-failed'); one.scrollIntoView(); "
        "return one.querySelector('.cause').getBoundingClientRect().bottom })()"
    )

    assert 0 < top < 250


@pytest.mark.parametrize("width", [360, 768, 1200])
def test_nothing_is_wider_than_the_screen(opened: Page, width: int) -> None:
    """With all sections expanded."""
    opened.width(width)
    opened.value("document.querySelectorAll('details').forEach((one) => { one.open = true })")

    assert opened.value("document.documentElement.scrollWidth") <= width


def test_all_labs_are_there_at_once(browser: Page, tmp_path: Path, record_testsuite_property: Callable[[str, object], None]) -> None:
    """The time that takes is recorded in the results."""
    file = tmp_path / "all.html"
    reports.write(sample_records.course(), file)
    browser.open(file)
    took = browser.value("Math.round(performance.timing.loadEventEnd - performance.timing.navigationStart)")
    record_testsuite_property("opened_in_ms", took)

    assert browser.value("document.querySelector('#found').textContent") == "215 of 215"
