"""A table of kubectl is read by its header: cells may be empty, column titles may have two words."""

import pytest

from kubelab.conditions.printed import tables
from kubelab.errors import LabFailure
from kubelab.output import Output

PODS = Output(
    0,
    "NAME        READY   STATUS    RESTARTS      AGE   APP   TYPE       NOMINATED NODE\n"
    "appjs-pod   1/1     Running   1 (5s ago)    32s                    <none>\n"
    "label-pod   1/1     Running   0             32s   web   frontend   <none>\n",
    "",
)
NOTHING = Output(0, "", "No resources found in lab namespace.\n")


def test_the_columns_asked_for_hold_exactly_the_rows() -> None:
    """Other columns do not matter, and an empty cell counts."""
    tables.shows_columns(PODS, [["NAME", "APP"], ["appjs-pod", ""], ["label-pod", "web"]])
    tables.shows_columns(PODS, [["TYPE", "RESTARTS", "NOMINATED NODE"], ["", "1 (5s ago)", "<none>"], ["frontend", "0", "<none>"]])


@pytest.mark.parametrize(
    "wanted",
    [
        [["NAME"], ["label-pod"]],
        [["NAME"], ["label-pod"], ["appjs-pod"]],
        [["NAME", "APP"], ["appjs-pod", "web"], ["label-pod", "web"]],
        [["NAME", "TIER"], ["appjs-pod", ""], ["label-pod", ""]],
    ],
)
def test_other_rows_or_columns_are_told_with_what_was_printed(wanted: list[list[str]]) -> None:
    """A missing row, another order, another value, a title that is not there."""
    with pytest.raises(LabFailure) as failure:
        tables.shows_columns(PODS, wanted)

    assert failure.value.expected.startswith("the output has the columns NAME")
    assert "frontend" in failure.value.last_saw


def test_names_are_listed_in_any_order() -> None:
    """Exactly these."""
    tables.lists_exactly(PODS, ["label-pod", "appjs-pod"])

    with pytest.raises(LabFailure, match='it lists "appjs-pod, label-pod"'):
        tables.lists_exactly(PODS, ["label-pod"])


def test_no_table_is_told_as_it_is() -> None:
    """In kubectl's own words."""
    with pytest.raises(LabFailure, match="No resources found"):
        tables.lists_exactly(NOTHING, ["label-pod"])
