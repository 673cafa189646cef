"""The pages: the class as a table, and a page for each student."""

import re
from html.parser import HTMLParser

import pytest

from kubelab.grading import web_pages
from kubelab.grading.file_names import file_name

from .small_class import POD, RS_LAB, SCALED, UP, class_of_four, failed, grade, open_, passed, results

OUTSIDE = re.compile(r"(src|href|action|url\()\s*=?\s*[\"'(]?\s*(https?:)?//|@import|<script|<img|<iframe|<link", re.IGNORECASE)
VOID = {"meta", "br", "link"}


class Outline(HTMLParser):
    """The elements of a page, including wrongly nested ones, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One more level, unless the element has no end tag."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """The innermost element ends."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Visible text, without the style."""
        if self.open and self.open[-1] != "style":
            self.words.extend(data.split())

    @property
    def text(self) -> str:
        """All of it, with single spaces."""
        return " ".join(self.words)

    def attributes(self, tag: str, name: str) -> list[str | None]:
        """The values of an attribute on all such elements."""
        return [attributes.get(name) for one, attributes in self.elements if one == tag]


def pages() -> dict[str, str]:
    """Those of the class of four."""
    return dict(web_pages.pages(class_of_four()))


def page_of(student: str) -> str:
    """The page of one of the class of four."""
    return pages()[f"students/{file_name(student)}.html"]


def test_there_is_a_page_for_the_class_and_for_each_student() -> None:
    """Each is well formed, and each link leads to a page."""
    found = pages()

    assert len(found) == 5
    assert all(Outline(page).open == [] for page in found.values())
    assert Outline(found["index.html"]).attributes("a", "href") == [path for path in found if path.startswith("students/")]


def test_the_table_of_the_class_has_every_student_and_exercise() -> None:
    """With points and a sign beside each colour, and the reason if something is not graded."""
    text = Outline(pages()["index.html"]).text

    assert "ann ✓ 3 of 3 ✓ 3 of 3" in text
    assert "bob ◐ 1 of 3 ◐ 1 of 3" in text
    assert "cy ✗ 0 of 3 refused or missing ✗ 0 of 3" in text
    assert "dee ? not graded the cluster did not answer ? not graded" in text
    assert "Not graded: 1 of 4" in text


def test_the_table_can_be_read_aloud() -> None:
    """For screen readers: a caption, and headers with their scope."""
    outline = Outline(pages()["index.html"])

    assert [tag for tag, _ in outline.elements].count("caption") == 1
    assert set(outline.attributes("th", "scope")) == {"col", "row"}
    assert outline.attributes("html", "lang") == ["en"]


def test_a_failing_objective_is_told_in_full() -> None:
    """Sentence, expected, last saw, cause and hint; an objective that passed has none of these."""
    text = Outline(page_of("bob")).text

    assert "✓ Two Pods are ready passed, 1 of 1 ✗ Scaled in to one failed, 0 of 2 Sentence controllers/rs_lab.feature:22" in text
    assert "Expected 1 ready pod Last saw web, 2 wanted, 2 ready Cause spec.replicas is 2 Hint kubectl scale --help" in text
    assert "Hint" not in Outline(page_of("ann")).text


def test_a_cause_that_was_seen_is_told_once() -> None:
    """In the line above it."""
    seen = results(grade("bob", passed(UP), failed(SCALED, cause="3 wanted", last_saw="3 wanted\n2 ready")))
    [text] = [Outline(page).text for name, page in web_pages.pages(seen) if name != "index.html" and name.endswith(".html")]

    assert "Last saw 3 wanted 2 ready Hint" in text


def test_a_refusal_is_told_once() -> None:
    """Above the objectives."""
    assert Outline(page_of("cy")).text.count('There is no file "rs-lab.yaml" in what was handed in.') == 1


def test_a_missing_file_is_told() -> None:
    """Although the other files were run."""
    text = Outline(page_of("bob")).text

    assert '"scale.sh" is not there. Hand it in under this name. ✓ Two Pods are ready' in text
    assert "Nothing was run" not in text


def test_what_is_not_graded_says_why() -> None:
    """Without mentioning zero points."""
    text = Outline(page_of("dee")).text

    assert "? not graded: the cluster did not answer" in text
    assert "0 of 3" not in text


def test_a_students_page_has_nothing_of_another_student() -> None:
    """Neither a name nor a link; the names in this test are unique."""
    students = ["Quentin Zapp", "Xaver Quux", "Yolanda Wumpf"]
    own = [grade(one, passed(UP), failed(SCALED, last_saw=f"pod of {one}")) for one in students]
    found = dict(web_pages.pages(results(*own)))

    for student in students:
        page = found[f"students/{file_name(student)}.html"]
        assert student in page
        assert Outline(page).attributes("a", "href") == []
        assert [other for other in students if other != student and (other in page or file_name(other) in page)] == []


@pytest.mark.parametrize("path", list(pages()))
def test_a_page_asks_no_other_site(path: str) -> None:
    """Its Content-Security-Policy forbids it, too."""
    page = pages()[path]

    assert not OUTSIDE.search(page)
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    assert 'name="viewport"' in page


def test_what_students_write_is_text() -> None:
    """A name and a manifest may contain anything."""
    evil = '<script>alert("x")</script>'
    found = dict(web_pages.pages(results(grade(evil, passed(UP), failed(SCALED, cause=evil, last_saw=evil)))))

    assert not any("<script" in page for page in found.values())
    assert all(evil in Outline(page).text for page in found.values())


def test_a_sum_says_what_it_leaves_out() -> None:
    """What is not graded counts neither as points nor towards the maximum."""
    own = [grade("ann", passed(UP), failed(SCALED)), grade("ann", open_(POD.goals[0]), exercise=POD.name)]

    text = Outline(dict(web_pages.pages(results(*own, exercises=[RS_LAB, POD])))["index.html"]).text

    assert "ann ◐ 1 of 3 ? not graded the cluster did not answer ? 1 of 3 without 1 not graded" in text


def test_a_student_without_a_grade_in_an_exercise_has_an_empty_cell() -> None:
    """As in merged results."""
    both = results(grade("ann", passed(UP)), grade("bob", passed(POD.goals[0]), exercise=POD.name), exercises=[RS_LAB, POD])

    text = Outline(dict(web_pages.pages(both))["index.html"]).text

    assert "ann ✓ 1 of 1 · none ✓ 1 of 1" in text
    assert "bob · none ✓ 1 of 1" in text


@pytest.mark.parametrize("student", ["Ann Lee", "../../etc/passwd", "a/b\\c", "Zoë", "李雷", "", ".", "con", "x" * 300, "a\nb"])
def test_the_name_of_a_page_is_safe(student: str) -> None:
    """On every file system, and in a URL."""
    assert re.fullmatch(r"([A-Za-z0-9-]+-)?[0-9a-f]{12}", file_name(student))
    assert len(file_name(student)) < 60


def test_pages_of_alike_names_do_not_meet() -> None:
    """Not even on a file system that ignores case."""
    names = ["Ann Lee", "ann lee", "Ann-Lee", "Ann  Lee", "Änn Lee", "李雷", "韩梅", "x" * 300, "x" * 301]

    assert len({file_name(one).casefold() for one in names}) == len(names)
