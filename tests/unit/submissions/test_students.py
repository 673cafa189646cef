"""Which student handed in which file in a folder of submissions, with names that people and learning platforms give."""

from pathlib import Path

import pytest

from kubelab.errors import LabFailure
from kubelab.submissions import read, students
from tests.unit.submissions.hand_ins import Exercise, copied, folder, zipped

YAML = {"rs-lab.yaml": "mine"}


def names(of: Path) -> list[str]:
    """The students' names as they are shown."""
    return [one.student for one in students(of)]


def test_a_folder_or_an_archive_for_each_student(tmp_path: Path) -> None:
    """Under their names, in order; other files, and hidden ones, are ignored."""
    folder(tmp_path, {"zoe/rs-lab.yaml": "", "Ann Lee/rs-lab.yaml": "", "README.txt": "", ".DS_Store": "", "__MACOSX/x": "", ".git/x": ""})
    zipped(tmp_path / "bob.zip", YAML)
    zipped(tmp_path / "carl.v2.tar.gz", YAML)

    assert names(tmp_path) == ["Ann Lee", "bob", "carl.v2", "zoe"]


@pytest.mark.parametrize("ending", ["", "_"])
def test_moodle_s_folders(tmp_path: Path, ending: str) -> None:
    """With Moodle's number, and the text that was typed in beside the files that were handed in."""
    folder(tmp_path / f"Ann Lee_1234567_assignsubmission_file{ending}", YAML)
    folder(tmp_path / f"Ann Lee_1234567_assignsubmission_onlinetext{ending}", {"onlinetext.html": "<p>"})
    zipped(tmp_path / f"Bob_O'Hara-Smith_22_assignsubmission_file{ending}" / "work.zip", YAML)

    found = students(tmp_path)

    assert [one.student for one in found] == ["Ann Lee", "Bob_O'Hara-Smith"]
    assert [copied(read(one, Exercise(), tmp_path / "taken" / one.student)) for one in found] == [YAML, YAML]


def test_moodle_s_files(tmp_path: Path) -> None:
    """If the download was made without folders."""
    folder(tmp_path, {"Ann Lee_1_assignsubmission_file_rs-lab.yaml": "mine", "Ann Lee_1_assignsubmission_file_rs-lab.sh": "kubectl"})
    zipped(tmp_path / "Bob_2_assignsubmission_file_my_work.zip", YAML)

    ann, bob = students(tmp_path)

    assert (ann.student, bob.student) == ("Ann Lee", "Bob")
    assert copied(read(ann, Exercise(files=("rs-lab.yaml", "rs-lab.sh")), tmp_path / "1")) == {**YAML, "rs-lab.sh": "kubectl"}
    assert copied(read(bob, Exercise(), tmp_path / "2")) == YAML


@pytest.mark.parametrize("ending", ["", "_"])
def test_a_folder_of_moodle_may_be_packed(tmp_path: Path, ending: str) -> None:
    """Under its own name."""
    zipped(tmp_path / f"Ann Lee_1234567_assignsubmission_file{ending}.zip", YAML)

    [ann] = students(tmp_path)

    assert ann.student == "Ann Lee"
    assert copied(read(ann, Exercise(), tmp_path / "taken")) == YAML


def test_canvas_s_files(tmp_path: Path) -> None:
    """All in one folder: late files, repeated hand-ins, an archive, and text that was typed in."""
    texts = {
        "leeann_123_456_rs-lab.yaml": "mine",
        "ngkim_LATE_124_457_rs-lab-1.yaml": "mine",
        "ngkim_LATE_124_458_rs-lab.yaml": "before",
        "odaybob_125_text.html": "I have none",
    }
    folder(tmp_path, texts)
    zipped(tmp_path / "zetamia_126_460_my_work-2.zip", YAML)

    found = {one.student: read(one, Exercise(), tmp_path / "taken" / one.student) for one in students(tmp_path)}

    assert list(found) == ["leeann", "ngkim", "odaybob", "zetamia"]
    assert [copied(one) for one in found.values()] == [YAML, YAML, {}, YAML]
    assert found["odaybob"].refusals == ('"rs-lab.yaml" is not there. Hand it in under this name.',)


def test_two_students_of_one_name_get_their_number(tmp_path: Path) -> None:
    """The platform's number, or otherwise one of ours, in the order of the file names; a name that exists is not given again."""
    for name in (
        "Ann Lee_7_assignsubmission_file_",
        "Ann Lee_8_assignsubmission_file_",
        "Cy_9_assignsubmission_file_",
        "bob",
        "Cy",
        "bob (1)",
    ):
        folder(tmp_path / name, YAML)
    zipped(tmp_path / "BOB.zip", YAML)

    assert names(tmp_path) == ["Ann Lee (7)", "Ann Lee (8)", "BOB (2)", "Cy (1)", "Cy (9)", "bob (1)", "bob (3)"]


def test_names_are_shown_in_one_line_without_what_cannot_be_seen(tmp_path: Path) -> None:
    """The same name whichever way its accents are encoded."""
    for name in ("Zoe\u0308", "mia\x1b[2J\nlee", "\u202eevil", "\n"):
        folder(tmp_path / name, YAML)

    assert names(tmp_path) == ["Zo\u00eb", "evil", "mia [2J lee", "student"]


def test_a_link_in_place_of_a_folder_is_a_student_with_a_refusal(tmp_path: Path) -> None:
    """It is not silently ignored."""
    (tmp_path / "eve").symlink_to("/etc")

    [eve] = students(tmp_path)

    assert eve.student == "eve"
    assert read(eve, Exercise(), tmp_path / "taken").refusals[0].startswith('"rs-lab.yaml" is not there, and "eve" is a symbolic link')


@pytest.mark.parametrize("files", [{}, {"rs-lab.yaml": "mine"}])
def test_a_folder_without_submissions_is_told(tmp_path: Path, files: dict[str, str]) -> None:
    """Such as one student's own folder."""
    with pytest.raises(
        LabFailure, match=r"there are no submissions here\. It needs a folder, or an archive \(\.zip, \.tar\.gz\), for each"
    ):
        students(folder(tmp_path, files))


def test_what_is_not_a_folder_is_reported(tmp_path: Path) -> None:
    """Such as the downloaded archive itself."""
    with pytest.raises(LabFailure, match=r"all\.zip: this is not a folder\. Unpack it"):
        students(zipped(tmp_path / "all.zip", YAML))
