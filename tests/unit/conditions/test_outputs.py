"""A command's output is compared word by word, whatever the width of its columns."""

from datetime import UTC, datetime

import pytest

from kubelab import manifests
from kubelab.conditions.printed import outputs
from kubelab.errors import LabFailure
from kubelab.output import Output

HISTORY = Output(0, "REVISION  CHANGE-CAUSE\n1         version 2.2\n2         version 2.4\n", "")
REFUSED = Output(1, "", 'Error from server (NotFound): pods "web" not found\n')


def test_a_text_is_found_on_either_stream() -> None:
    """Results are on one, errors on the other."""
    outputs.shows(HISTORY, "version 2.4")
    outputs.shows(REFUSED, "NotFound")


def test_a_missing_text_is_told_with_what_was_printed() -> None:
    """One line of it is quoted."""
    with pytest.raises(LabFailure) as failure:
        outputs.shows(REFUSED, "created")

    assert str(failure.value).splitlines()[0] == 'expected   the output shows "created"'
    assert "not found" in str(failure.value)


def test_lines_are_found_in_order_whatever_their_spaces() -> None:
    """Each line after the one before it."""
    outputs.shows_in_order(HISTORY, "1 version 2.2\n\n2    version 2.4")


@pytest.mark.parametrize("text", ["2 version 2.4\n1 version 2.2", "1 version 2.2\n3 version 2.6"])
def test_lines_out_of_order_or_missing_are_told(text: str) -> None:
    """The first line that does not follow is named."""
    with pytest.raises(LabFailure, match=f'"{text.splitlines()[-1]}", in this order'):
        outputs.shows_in_order(HISTORY, text)


NIGHT = datetime(2026, 11, 24, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["Tue Nov 24 00:09:59 UTC 2026\nHello", "2026-11-24", "24 Nov 2026", "11/24/26", "Mon Nov 23 23:59:59 UTC 2026"]
)
def test_the_date_is_found_in_any_form(text: str) -> None:
    """That of a moment ago, too, if that was yesterday."""
    outputs.shows_the_date(Output(0, text, ""), NIGHT)


@pytest.mark.parametrize("text", ["date\nHello", "", "Sun Nov 22 00:10:00 UTC 2026", "Nov 240 2026", "2026-11-25"])
def test_another_day_is_told(text: str) -> None:
    """With what was printed."""
    with pytest.raises(LabFailure, match="the output shows the date, as in Tue Nov 24 00:10:00 UTC 2026"):
        outputs.shows_the_date(Output(0, text, ""), NIGHT)


def test_a_day_of_one_digit_may_have_a_space_or_a_zero() -> None:
    """In the formats of the program `date`."""
    for text in ("Wed Jul  1 05:00:00 UTC 2026", "Wed Jul 01 2026"):
        outputs.shows_the_date(Output(0, text, ""), datetime(2026, 7, 1, 5, tzinfo=UTC))


def test_one_manifest_of_the_right_object_will_do() -> None:
    """But no other kind, name or number of documents."""
    pod = manifests.parse("apiVersion: v1\nkind: Pod\nmetadata: {name: web}", "the output")
    outputs.is_manifest_of(pod, "Pod", "web")

    for kind, name, documents in (("Pod", "db", pod), ("Job", "web", pod), ("Pod", "web", pod * 2), ("Pod", "web", [])):
        with pytest.raises(LabFailure, match=f'the manifest of {kind} "{name}"'):
            outputs.is_manifest_of(documents, kind, name)


def test_a_refusal_must_fail_and_say_so() -> None:
    """A command that succeeded, or failed for another reason, does not meet it."""
    outputs.refuses(REFUSED, "not found")

    for output, text in ((REFUSED, "forbidden"), (Output(0, "", "not found"), "not found")):
        with pytest.raises(LabFailure, match="exit code"):
            outputs.refuses(output, text)


def test_a_long_output_is_cut() -> None:
    """A failure stays readable."""
    assert outputs.printed(Output(0, "x" * 5000, "")).endswith('x …"')
