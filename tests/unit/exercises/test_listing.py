"""The exercises below a folder, in the course's order."""

from pathlib import Path

import pytest

from kubelab import exercises

COURSE = """\
- chapter: Pod
  folder: pods
  labs:
    - {lab: Two, features: [two, gone]}
    - {lab: One, features: [one]}
"""


@pytest.fixture
def features(tmp_path: Path) -> Path:
    """A course of one chapter with three exercises, one of which it does not list, and a lab that is not an exercise."""
    (tmp_path / "features" / "pods").mkdir(parents=True)
    for name in ("one", "two", "extra"):
        text = f"@exercise @file:{name}.yaml\nFeature: Exercise: {name}\n  Scenario: S\n    Given a thing\n"
        (tmp_path / "features" / "pods" / f"{name}.feature").write_text(text)
    (tmp_path / "features" / "a.feature").write_text("Feature: Not one\n  Scenario: S\n    Given a thing\n")
    return tmp_path / "features"


def test_exercises_come_in_the_order_of_the_course(features: Path) -> None:
    """Unlisted ones come last; a listed feature that does not exist is left out."""
    (features / "course.yaml").write_text(COURSE)

    assert [one.name for one in exercises.found(features)] == ["pods/two", "pods/one", "pods/extra"]


def test_without_a_course_they_come_by_their_path(features: Path) -> None:
    """As in a folder of one's own."""
    assert [one.name for one in exercises.found(features)] == ["pods/extra", "pods/one", "pods/two"]


def test_the_package_has_its_features_with_it() -> None:
    """With the course that lists them."""
    assert (exercises.shipped() / "course.yaml").is_file()
