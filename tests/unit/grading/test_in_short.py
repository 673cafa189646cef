"""The summary that the terminal shows at the end."""

from kubelab.grading import in_short

from .small_class import SCALED, UP, class_of_four, grade, open_, passed, results


def test_each_exercise_is_a_line_and_what_is_not_graded_is_named() -> None:
    """The mean is that of the graded ones."""
    assert in_short.text(class_of_four()).splitlines() == [
        "EXERCISE            STUDENTS  NOT GRADED  ALL POINTS      MEAN",
        "controllers/rs_lab         4           1           1  1.3 of 3",
        "",
        "Not graded, and not counted as no points:",
        "  dee, controllers/rs_lab: the cluster did not answer",
    ]


def test_of_many_some_are_named() -> None:
    """The reason is cut to one line."""
    many = results(*(grade(f"s{number:02}", open_(UP, "no cluster\nat all")) for number in range(12)))

    *_, last, more = in_short.text(many).splitlines()

    assert (last, more) == ("  s09, controllers/rs_lab: no cluster", "  and 2 more")


def test_a_graded_class_has_only_the_table() -> None:
    """There is nothing else to report."""
    assert len(in_short.text(results(grade("ann", passed(UP), passed(SCALED)))).splitlines()) == 2
