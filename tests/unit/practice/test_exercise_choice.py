"""An exercise is found by what a person calls it."""

from pathlib import Path

import pytest

from kubelab import exercises
from kubelab.practice.exercise_choice import NotMeant, named, of_chapter


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("name", ["controllers/rs_lab", "rs_lab", "rs-lab", "RS-Lab", "controllers/rs-lab", "rs_lab.feature"])
def test_a_name_or_the_end_of_it_is_enough(name: str) -> None:
    """With dashes or underscores."""
    assert named(name).name == "controllers/rs_lab"


def test_the_file_of_a_feature_is_an_exercise_too(shipped: Path, tmp_path: Path) -> None:
    """Wherever it is, if it is one."""
    own = tmp_path / "mine.feature"
    own.write_text((shipped / "ingress" / "page.feature").read_text())

    assert named(str(own)).feature == own
    with pytest.raises(NotMeant, match=r"plain\.feature is no exercise: an exercise is a feature tagged @exercise\."):
        named(str(shipped / "pods" / "plain.feature"))


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("rs_lba", 'There is no exercise "rs_lba". Did you mean rs_lab? See all: kubelab exercises'),
        ("plain", 'There is no exercise "plain". See all: kubelab exercises'),
        ("lab", 'There is no exercise "lab". Did you mean rs_lab? See all: kubelab exercises'),
        ("page", 'There are several exercises "page": ingress/page, services/page. Name one of them in full.'),
    ],
)
def test_a_name_that_cannot_be_meant_gets_those_that_can(name: str, told: str) -> None:
    """The nearest ones, or all that it fits."""
    with pytest.raises(NotMeant) as mistake:
        named(name)

    assert str(mistake.value) == told


def test_a_chapter_has_its_exercises(shipped: Path) -> None:
    """No chapter has all."""
    found = exercises.found(shipped)

    assert [one.name for one in of_chapter("ingress", found)] == ["ingress/page"]
    assert len(of_chapter("", found)) == 3
    with pytest.raises(NotMeant, match=r'called "ingres"\. Did you mean ingress\? There are controllers, ingress, services\.'):
        of_chapter("ingres", found)
