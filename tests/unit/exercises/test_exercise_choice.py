"""An exercise is found by a name that a person would use."""

from pathlib import Path

import pytest

from kubelab import exercises
from kubelab.exercises.exercise_choice import NotMeant, named, of_chapter
from tests.unit.practice.conftest import shipped

__all__ = ["shipped"]


@pytest.mark.parametrize("name", ["controllers/rs_lab", "rs_lab", "rs-lab", "RS-Lab", "controllers/rs-lab", "rs_lab.feature"])
def test_a_name_or_the_end_of_it_is_enough(shipped: Path, name: str) -> None:
    """With dashes or underscores."""
    assert named(name, shipped).name == "controllers/rs_lab"


def test_the_file_of_a_feature_is_an_exercise_too(shipped: Path, tmp_path: Path) -> None:
    """Wherever the file is, if it is an exercise."""
    own = tmp_path / "mine.feature"
    own.write_text((shipped / "ingress" / "page.feature").read_text())

    assert named(str(own), shipped).feature == own
    with pytest.raises(NotMeant, match=r"plain\.feature is no exercise: an exercise is a feature tagged @exercise\."):
        named(str(shipped / "pods" / "plain.feature"), shipped)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("rs_lba", 'There is no exercise "rs_lba". Did you mean rs_lab?'),
        ("plain", 'There is no exercise "plain". There are controllers/rs_lab, ingress/page, services/page.'),
        ("lab", 'There is no exercise "lab". Did you mean rs_lab?'),
        ("page", 'There are several exercises "page": ingress/page, services/page. Name one of them in full.'),
    ],
)
def test_an_unknown_or_ambiguous_name_gets_the_possible_ones(shipped: Path, name: str, told: str) -> None:
    """The nearest ones, or all that it matches."""
    with pytest.raises(NotMeant) as mistake:
        named(name, shipped)

    assert str(mistake.value) == told


def test_a_whole_name_comes_before_the_end_of_another_one(shipped: Path) -> None:
    """Even if the exercise's name is the end of another one's."""
    (shipped / "page.feature").write_text((shipped / "ingress" / "page.feature").read_text())

    assert named("page", shipped).name == "page"


def test_an_exercise_without_a_scenario_is_not_found(shipped: Path) -> None:
    """It could be solved by nothing."""
    (shipped / "pods" / "empty.feature").write_text("@exercise @file:a.yaml\nFeature: Exercise: nothing\n")

    with pytest.raises(NotMeant, match=r"empty\.feature has no scenario, so that there is nothing to judge"):
        named("empty", shipped)


def test_below_a_folder_of_another_name_two_features_may_be_one_exercise(tmp_path: Path, shipped: Path) -> None:
    """Both are named."""
    for week in ("week1", "week2"):
        (tmp_path / "own" / week).mkdir(parents=True)
        (tmp_path / "own" / week / "page.feature").write_text((shipped / "ingress" / "page.feature").read_text())

    assert named("week2/page", tmp_path / "own").feature.parent.name == "week2"
    with pytest.raises(NotMeant, match=r'Several features are the exercise "page": .*week1/page\.feature, .*week2/page\.feature\.'):
        named("page", tmp_path / "own")


def test_without_any_exercise_none_is_told(tmp_path: Path) -> None:
    """Only that there is no exercise of that name."""
    with pytest.raises(NotMeant, match=r'^There is no exercise "page"\.$'):
        named("page", tmp_path)


def test_a_chapter_has_its_exercises(shipped: Path) -> None:
    """Without a chapter, all exercises are listed."""
    found = exercises.found(shipped)

    assert [one.name for one in of_chapter("ingress", found)] == ["ingress/page"]
    assert len(of_chapter("", found)) == 3
    with pytest.raises(NotMeant, match=r'called "ingres"\. Did you mean ingress\? There are controllers, ingress, services\.'):
        of_chapter("ingres", found)
