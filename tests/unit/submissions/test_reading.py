"""The files that an exercise asks for are found in what was handed in, and nothing else is copied."""

import gzip
import tarfile
from pathlib import Path

import pytest

from kubelab.submissions import Place, Source, read
from tests.unit.submissions.hand_ins import Exercise, copied, folder, member, taken, tarred, zipped

TWO = Exercise(files=("rs-lab.yaml", "rs-lab.sh"))
FOREIGN = dict.fromkeys(("conftest.py", "pytest.ini", "rs_lab.feature", "rs_lab.py", "tox.ini", "sub/conftest.py"), "print('loaded')")


@pytest.mark.parametrize(
    "path", ["rs-lab.yaml", "rs_lab/rs-lab.yaml", "controllers/rs_lab/rs-lab.yaml", "my work/day 2/rs-lab.yaml", "work/rs_lab/rs-lab.yaml"]
)
def test_a_file_is_found_wherever_a_student_puts_it(tmp_path: Path, path: str) -> None:
    """In a folder, a zip archive and a tar archive alike."""
    other = "notes.txt"
    places = [
        folder(tmp_path / "1" / "ann", {path: "mine", other: ""}),
        zipped(tmp_path / "2" / "ann.zip", {path: "mine", other: ""}),
        tarred(tmp_path / "3" / "ann.tar.gz", member(path, size=4), member(other)),
        tarred(tmp_path / "4" / "ann.tar", member(f"./{path}", size=4), member(other), packed=False),
    ]

    found = [taken(place) for place in places]

    assert [copied(one) for one in found] == [{"rs-lab.yaml": "mine"}] * 2 + [{"rs-lab.yaml": "xxxx"}] * 2
    assert all((one.student, one.exercise, one.refusals, one.missing) == ("Ann", "controllers/rs_lab", (), ()) for one in found)


@pytest.mark.parametrize("packed", [False, True])
def test_what_was_not_asked_for_is_never_copied(tmp_path: Path, *, packed: bool) -> None:
    """Neither what pytest would load, nor anything else, wherever it is."""
    files = {"rs-lab.yaml": "mine", "rs-lab.yaml.bak": "", "README.md": "", **FOREIGN}
    place = zipped(tmp_path / "ann.zip", files) if packed else folder(tmp_path / "ann", files)

    assert copied(taken(place, TWO)) == {"rs-lab.yaml": "mine"}


def test_the_exercise_s_own_folder_counts_before_others(tmp_path: Path) -> None:
    """Two exercises may ask for a file of the same name."""
    place = folder(tmp_path / "ann", {"rs_lab/rs-lab.yaml": "mine", "rc_lab/rs-lab.yaml": "another exercise's"})

    assert copied(taken(place)) == {"rs-lab.yaml": "mine"}


@pytest.mark.parametrize("paths", [("a/rs-lab.yaml", "b/rs-lab.yaml"), ("rs-lab.yaml", "rs_lab/rs-lab.yaml")])
def test_two_places_of_one_name_are_refused(tmp_path: Path, paths: tuple[str, str]) -> None:
    """It is unclear which one is meant."""
    found = taken(folder(tmp_path / "ann", dict.fromkeys(paths, "mine")))

    assert found.refusals == (f'"rs-lab.yaml" is there more than once: "{paths[0]}" and "{paths[1]}". Keep one of them.',)
    assert copied(found) == {}


def test_a_file_beside_its_archive_is_not_a_second_one(tmp_path: Path) -> None:
    """Learning platforms keep both; an unreadable archive beside it does not matter, either."""
    place = folder(tmp_path / "ann", {"rs-lab.yaml": "mine", "old.rar": "Rar!"})
    zipped(place / "rs_lab.zip", {"rs-lab.yaml": "before"})

    assert copied(taken(place)) == {"rs-lab.yaml": "mine"}


def test_an_archive_in_a_student_s_folder_is_opened(tmp_path: Path) -> None:
    """As Moodle delivers it; an archive within that one is not."""
    inner = zipped(tmp_path / "inner.zip", {"rs-lab.sh": "kubectl get pods"}).read_bytes()
    zipped(tmp_path / "ann" / "work.zip", {"__MACOSX/rs-lab.yaml": "", "work/rs-lab.yaml": "mine", "work/inner.zip": inner})

    found = taken(tmp_path / "ann", TWO)

    assert copied(found) == {"rs-lab.yaml": "mine"}
    assert found.missing == ('"rs-lab.sh" is not there, but "rs-lab.yaml" is. Hand it in under this name.',)


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("rs-lab.yml", ', but "rs-lab.yml" is'),
        ("rs-lab.yaml.txt", ', but "rs-lab.yaml.txt" is'),
        ("rslab.yaml", ', but "rslab.yaml" is'),
        ("photo.png", ""),
    ],
)
def test_a_missing_file_is_told_with_what_is_there_in_its_place(tmp_path: Path, there: str, instead: str) -> None:
    """If there are no files at all, there is nothing to run."""
    found = taken(folder(tmp_path / "ann", {there: ""}))

    assert found.refusals == (f'"rs-lab.yaml" is not there{instead}. Hand it in under this name.',)
    assert found.missing == ()


def test_the_digest_changes_with_files_names_and_refusals(tmp_path: Path) -> None:
    """But not with anything else: neither with the place of the files, nor with other files."""
    one = taken(folder(tmp_path / "1" / "ann", {"rs-lab.yaml": "a", "rs-lab.sh": "b"}), TWO)
    same = taken(zipped(tmp_path / "2" / "bob.zip", {"rs_lab/rs-lab.sh": "b", "rs_lab/rs-lab.yaml": "a", "x": ""}), TWO)
    swapped = taken(folder(tmp_path / "3" / "ann", {"rs-lab.yaml": "b", "rs-lab.sh": "a"}), TWO)
    none = taken(folder(tmp_path / "4" / "ann", {}), TWO)
    twice = taken(folder(tmp_path / "5" / "ann", {"a/rs-lab.yaml": "", "b/rs-lab.yaml": ""}), TWO)

    assert one.digest == same.digest
    assert len({one.digest, swapped.digest, none.digest, twice.digest}) == 4
    assert len(one.digest) == 64


def test_what_was_copied_before_is_not_written_over(tmp_path: Path) -> None:
    """Each submission gets a new folder."""
    place = folder(tmp_path / "ann", {"rs-lab.yaml": "mine"})
    taken(place)

    with pytest.raises(FileExistsError):
        taken(place)


def test_only_the_last_hand_in_counts_where_the_platform_numbers_them(tmp_path: Path) -> None:
    """A file whose own name ends in a number is not mistaken for one."""
    texts = {"rs-lab.yaml": "first", "rs-lab-1.yaml": "second", "rs-lab-10.yaml": "last", "rs-1.yaml": "mine", "rs.yaml": "no number"}
    folder(tmp_path, {f"ann_1_{at}_{name}": text for at, (name, text) in enumerate(texts.items())})
    places = tuple(Place(tmp_path / f"ann_1_{at}_{name}", name, numbered=True) for at, name in enumerate(texts))

    found = read(Source("Ann", places), Exercise(files=("rs-lab.yaml", "rs-1.yaml", "rs.yaml")), tmp_path / "taken")

    assert copied(found) == {"rs-lab.yaml": "last", "rs-1.yaml": "mine", "rs.yaml": "no number"}


def test_names_of_every_kind_of_tar_archive_are_read(tmp_path: Path) -> None:
    """Long names, which each kind of header stores in its own way, and the extra files of Windows and macOS."""
    long = f"{'folder/' * 30}rs-lab.yaml"
    for number, kind in enumerate((tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT)):
        place = tmp_path / str(number) / "ann.tar"
        place.parent.mkdir()
        with tarfile.open(place, "w", format=kind, pax_headers={"comment": "x"}) as archive:
            archive.addfile(member("PaxHeader/other", size=0))
            archive.addfile(member(long, size=0))
        assert copied(taken(place)) == {"rs-lab.yaml": ""}


def test_a_packed_archive_may_have_several_parts(tmp_path: Path) -> None:
    """As with concatenated gzip files."""
    whole = tarred(tmp_path / "plain.tar", member("rs-lab.yaml", size=4), packed=False).read_bytes()
    place = tmp_path / "ann.tgz"
    place.write_bytes(gzip.compress(whole[:700]) + gzip.compress(whole[700:]))

    assert copied(taken(place)) == {"rs-lab.yaml": "xxxx"}
