"""Hand-ins that try to get out, or that are too large, are refused in one message, and nothing of them is copied."""

import gzip
import os
import socket
import stat
import struct
import tarfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kubelab.submissions import Submission
from kubelab.submissions.folder_entries import entry
from kubelab.submissions.refusal import MEMBERS, MOST, Refusal
from tests.unit.submissions.hand_ins import Exercise, copied, folder, member, taken, tarred, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

SECRET = "what-nobody-may-read"  # noqa: S105  (the test checks that it appears nowhere)
SECONDS = 5.0
"""Seconds for one submission, on a machine that is busy: alone, the slowest takes 1 s."""


def refused(submission: Submission, *parts: str) -> None:
    """Refused in one message with all of these parts and no path of this machine; nothing was copied."""
    [sentence] = submission.refusals
    assert [part for part in parts if part not in sentence] == [], sentence
    assert str(submission.folder.parent) not in sentence
    assert sentence.endswith(".")
    assert copied(submission) == {}


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file beside the submissions."""
    file = tmp_path / "secret.yaml"
    file.write_text(SECRET)
    return file


def test_a_link_is_not_followed(tmp_path: Path, secret: Path) -> None:
    """Neither to a file nor to a folder, whichever of both names it has, nor is the student's own folder a link."""
    folder(tmp_path / "etc", {"rs-lab.yaml": SECRET})
    for name, target in {"1/ann/rs-lab.yaml": secret, "2/ann/rs_lab": secret.parent / "etc", "3/ann": secret.parent / "etc"}.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).symlink_to(target)

    refused(taken(tmp_path / "1" / "ann"), '"rs-lab.yaml" is a symbolic link. Hand in the file itself.')
    refused(taken(tmp_path / "2" / "ann"), '"rs-lab.yaml" is not there, and "rs_lab" is a symbolic link, which is not followed.')
    refused(taken(tmp_path / "3" / "ann"), '"rs-lab.yaml" is not there, and "ann" is a symbolic link')


def test_a_file_that_becomes_something_else_meanwhile_is_not_read(tmp_path: Path, secret: Path) -> None:
    """A file may have been replaced between finding and opening it."""
    file = folder(tmp_path / "ann", {"rs-lab.yaml": "mine"}) / "rs-lab.yaml"
    found = entry(file, ("rs-lab.yaml",))
    ways: dict[str, Callable[[Path], object]] = {"cannot be read": lambda path: path.symlink_to(secret), "has become a pipe": os.mkfifo}
    for says, replace in ways.items():
        file.unlink()
        replace(file)
        with pytest.raises(Refusal, match=says):
            found.content()


def bind(path: Path) -> None:
    """A socket with a path that is short enough for one."""
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(path))


def test_what_is_not_a_regular_file_is_not_read(tmp_path: Path, secret: Path) -> None:
    """A pipe would block the reader, a hard link may be anybody's file, a device has no end."""
    ways: dict[str, Callable[[Path], object]] = {
        "a pipe": os.mkfifo,
        "a hard link": lambda path: os.link(secret, path),
        "not a regular file": bind,
    }
    for number, (sort, make) in enumerate(ways.items()):
        (tmp_path / str(number) / "ann").mkdir(parents=True)
        make(tmp_path / str(number) / "ann" / "rs-lab.yaml")
        refused(taken(tmp_path / str(number) / "ann"), f'"rs-lab.yaml" is {sort}. Hand in the file itself.')


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes devices")
def test_a_device_is_not_read(tmp_path: Path) -> None:
    """One that delivers zeros for ever."""
    (tmp_path / "ann").mkdir()
    try:
        os.mknod(tmp_path / "ann" / "rs-lab.yaml", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("this machine lets nobody make devices")

    refused(taken(tmp_path / "ann"), '"rs-lab.yaml" is a device.')


@pytest.mark.parametrize(
    ("kind", "sort"),
    [
        (tarfile.SYMTYPE, "a symbolic link"),
        (tarfile.LNKTYPE, "a hard link"),
        (tarfile.CHRTYPE, "a device"),
        (tarfile.BLKTYPE, "a device"),
        (tarfile.FIFOTYPE, "a pipe"),
        (b"A", "not a regular file"),
    ],
)
@pytest.mark.parametrize("path", ["rs-lab.yaml", "rs_lab"])
def test_members_of_a_tar_archive_that_are_no_files_are_not_read(tmp_path: Path, kind: bytes, sort: str, path: str) -> None:
    """A link in place of a folder only hides what would be in it."""
    place = tarred(tmp_path / "ann.tar.gz", member(path, kind, target="/etc/passwd"), member("notes.txt", size=3))

    refused(taken(place), f'"rs-lab.yaml" in "ann.tar.gz" is {sort}.' if path == "rs-lab.yaml" else '"rs-lab.yaml" is not there')


@pytest.mark.parametrize(
    ("mode", "sort"),
    [(stat.S_IFLNK, "a symbolic link"), (stat.S_IFCHR, "a device"), (stat.S_IFIFO, "a pipe"), (stat.S_IFSOCK, "not a regular file")],
)
def test_members_of_a_zip_archive_that_are_no_files_are_not_read(tmp_path: Path, mode: int, sort: str) -> None:
    """Recognized by the mode that zip programs on Unix write."""
    with zipfile.ZipFile(tmp_path / "ann.zip", "w") as archive:
        info = zipfile.ZipInfo("rs-lab.yaml")
        info.external_attr = (mode | 0o777) << 16
        archive.writestr(info, "/etc/passwd")

    refused(taken(tmp_path / "ann.zip"), f'"rs-lab.yaml" in "ann.zip" is {sort}. Hand in the file itself.')


ODD = {
    "../rs-lab.yaml": "leads out of the submission",
    "rs_lab/../../../rs-lab.yaml": "leads out of the submission",
    "/etc/cron.d/rs-lab.yaml": "is an absolute path",
    "C:/Windows/rs-lab.yaml": "is an absolute path",
    "rs_lab\\rs-lab.yaml": "has a backslash in its name",
    "..\\..\\rs-lab.yaml": "has a backslash in its name",
    "rs-lab\n.yaml": '"rs-lab\\n.yaml" has characters in its name that cannot be seen',
    "rs-lab.yaml\x1b[2J": "has characters in its name that cannot be seen",
    "rs-lab\u202elmay.yaml": "has characters in its name that cannot be seen",
    "a/" * 60 + "rs-lab.yaml": "lies more than 50 folders deep",
    "r" * 256: "is a name of more than 255 bytes",
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("packed", ["zip", "tar"])
def test_names_in_archives_that_lead_elsewhere_or_are_odd_are_refused(tmp_path: Path, name: str, packed: str) -> None:
    """Even if the required file is there as well."""
    if packed == "zip":
        place = zipped(tmp_path / "ann.zip", {name: "out", "rs-lab.yaml": "mine"})
    else:
        place = tarred(tmp_path / "ann.tar", member(name, size=3), member("rs-lab.yaml", size=4), packed=False)

    refused(taken(place), ODD[name])
    assert not (tmp_path.parent / "rs-lab.yaml").exists()


def test_a_name_with_a_zero_byte_is_refused(tmp_path: Path) -> None:
    """Python's own reader would cut the name there."""
    place = zipped(tmp_path / "ann.zip", {"rs-lab.yaml#.txt": "out"})
    place.write_bytes(place.read_bytes().replace(b"yaml#", b"yaml\0"))

    refused(taken(place), '"rs-lab.yaml\\x00.txt" has characters in its name that cannot be seen')


@pytest.mark.parametrize("name", ["rs-lab\n.yaml", "rs_lab\\rs-lab.yaml", os.fsdecode(b"\xff\xfe")])
def test_odd_names_in_folders_are_refused(tmp_path: Path, name: str) -> None:
    """As in archives."""
    refused(taken(folder(tmp_path / "ann", {name: "", "rs-lab.yaml": "mine"})), "in its name")


@pytest.mark.parametrize("packed", ["folder", "zip", "tar"])
def test_a_file_of_more_than_a_megabyte_is_refused(tmp_path: Path, packed: str) -> None:
    """One byte more is too much."""
    most = 1_000_000
    for number, size in enumerate((most, most + 1)):
        text, home = os.urandom(size // 2).hex() + "x" * (size % 2), tmp_path / str(number)
        if packed == "folder":
            place = folder(home / "ann", {"rs-lab.yaml": text})
        elif packed == "zip":
            place = zipped(home / "ann.zip", {"rs-lab.yaml": text})
        else:
            place = tarred(home / "ann.tar", member("rs-lab.yaml", size=size), packed=False)
        found = taken(place)
        if size == most:
            assert [len(one) for one in copied(found).values()] == [most]
        else:
            refused(found, '"rs-lab.yaml"', "is larger than the 1 MB that a file may have")


def test_an_archive_that_unpacks_to_100_times_its_size_is_refused(tmp_path: Path) -> None:
    """As soon as that is detected; a small one may contain a megabyte."""
    bomb = {f"{number}.txt": b"\0" * 1_000_000 for number in range(90)}
    refused(taken(zipped(tmp_path / "1" / "ann.zip", bomb)), "would unpack to more than", "MB")
    zeros = [member(f"{number}.txt", size=1_000_000) for number in range(90)]
    refused(taken(tarred(tmp_path / "2" / "ann.tar.gz", *zeros)), "unpacks to more than", "MB")

    small = taken(zipped(tmp_path / "3" / "ann.zip", {"rs-lab.yaml": b"\0" * 900_000}))

    assert len(copied(small)["rs-lab.yaml"]) == 900_000


def test_an_archive_of_an_archive_unpacks_no_further(tmp_path: Path) -> None:
    """A file that was compressed twice with gzip is not a tar archive, whatever is inside."""
    (tmp_path / "ann.tar.gz").write_bytes(gzip.compress(gzip.compress(b"x" * 200_000_000, compresslevel=1)))
    began = time.process_time()

    refused(taken(tmp_path / "ann.tar.gz"), "is not a tar archive, or a damaged one")
    assert time.process_time() - began < SECONDS


def test_headers_of_a_tar_archive_cannot_fill_the_memory(tmp_path: Path) -> None:
    """A header with an enormous size, one with a negative size, and one with invalid records."""
    whole = tarred(tmp_path / "plain.tar", member("rs-lab.yaml", size=4), packed=False).read_bytes()
    below = b"\xff" * 12
    for number, (kind, size) in enumerate(
        [(b"x", b"77777777777\0"), (b"L", b"77777777777\0"), (b"0", below), (b"x", below), (b"S", below)]
    ):
        header = bytearray(whole[:512])
        header[156:157], header[124:136], header[148:156] = kind, size, b" " * 8
        header[148:156] = b"%06o\0 " % sum(header)
        place = tmp_path / str(number) / "ann.tar"
        folder(place.parent, {})
        place.write_bytes(bytes(header) + whole[512:])
        refused(taken(place), "is not a tar archive, or a damaged one")


@pytest.mark.parametrize("packed", ["folder", "zip", "tar"])
def test_ten_thousand_members_are_too_many(tmp_path: Path, packed: str) -> None:
    """One more than allowed, however small."""
    names = [f"{number}" for number in range(MEMBERS + 1)]
    if packed == "folder":
        place = folder(tmp_path / "ann", {})
        for name in names:
            (place / name).touch()
    elif packed == "zip":
        place = zipped(tmp_path / "ann.zip", dict.fromkeys(names, ""))
    else:
        place = tarred(tmp_path / "ann.tar.gz", *map(member, names))
    began = time.process_time()

    refused(taken(place), f"more than {MEMBERS}")
    assert time.process_time() - began < SECONDS


def test_a_zip_archive_that_lies_about_its_members_is_refused(tmp_path: Path) -> None:
    """Before its directory is read: too many members, a directory that is too long, and the Zip64 format."""
    whole = zipped(tmp_path / "plain.zip", {"rs-lab.yaml": "mine"}).read_bytes()
    end = whole.rindex(b"PK\x05\x06")
    lies = {
        "count": whole[: end + 8] + struct.pack("<HH", 0xFFFF, 0xFFFF) + whole[end + 12 :],
        "size": whole[: end + 12] + struct.pack("<L", 50_000_000) + whole[end + 16 :],
        "large": whole[:end] + b"PK\x06\x07" + b"\0" * 16 + whole[end:],
        "comment": whole[: end + 12] + struct.pack("<L", 50_000_000) + whole[end + 16 : end + 20] + b"\5\0hello",
    }
    for name, content in lies.items():
        folder(tmp_path / name, {})
        (tmp_path / name / "ann.zip").write_bytes(content)
        refused(taken(tmp_path / name / "ann.zip"), f"has more than {MEMBERS} members")


def test_a_member_that_is_larger_than_it_says_is_not_read_further(tmp_path: Path) -> None:
    """The size in the archive counts; a member that is longer is damaged."""
    place = zipped(tmp_path / "ann.zip", {"rs-lab.yaml": "x" * 5000})
    place.write_bytes(place.read_bytes().replace(struct.pack("<L", 5000), struct.pack("<L", 50)))

    refused(taken(place), '"ann.zip" is not a zip archive, or a damaged one')


@pytest.mark.parametrize(("bit", "sort"), [(1, "locked with a password"), (0, "packed in a way that is not read")])
def test_a_zip_archive_that_is_locked_or_packed_otherwise_is_told(tmp_path: Path, bit: int, sort: str) -> None:
    """With what to do, not as damaged."""
    with zipfile.ZipFile(tmp_path / "ann.zip", "w") as archive:
        info = zipfile.ZipInfo("rs-lab.yaml")
        archive.writestr(info, "mine", zipfile.ZIP_STORED if bit else zipfile.ZIP_LZMA)
        info.flag_bits |= bit

    refused(taken(tmp_path / "ann.zip"), f'"rs-lab.yaml" in "ann.zip" is {sort}')


@pytest.mark.parametrize("name", ["ann.zip", "ann.tar.gz", "ann.tar", "ann.tgz"])
@pytest.mark.parametrize(
    "content", [b"", b"PK\x05\x06", b"\x1f\x8b\x08", b"\x1f\x8b", b"no archive at all", b"PK\x05\x06" + b"\xff" * 18, b"x" * 512]
)
def test_what_is_not_an_archive_is_reported(tmp_path: Path, name: str, content: bytes) -> None:
    """Whatever its name; an empty one contains nothing."""
    (tmp_path / name).write_bytes(content)

    [sentence] = taken(tmp_path / name).refusals

    assert "damaged one" in sentence or "is not there" in sentence or "more than" in sentence


def test_other_archives_are_told_with_what_is_read(tmp_path: Path) -> None:
    """The student can create another archive."""
    (tmp_path / "ann.rar").write_bytes(b"Rar!")

    refused(taken(tmp_path / "ann.rar"), '"ann.rar" is an archive of a kind that is not read. Pack it as .tar.gz, .tgz, .tar, .zip.')


def test_an_archive_of_100_megabytes_is_not_opened(tmp_path: Path) -> None:
    """A sparse file: it takes no space."""
    with (tmp_path / "ann.zip").open("wb") as file:
        file.truncate(MOST + 1)

    refused(taken(tmp_path / "ann.zip"), "is larger than 100 MB")


def test_many_archives_are_too_many(tmp_path: Path) -> None:
    """Each could contain 100 MB."""
    for number in range(11):
        zipped(tmp_path / "ann" / f"{number}.zip", {"x": ""})

    refused(taken(tmp_path / "ann"), "There are more than 10 archives. Hand in one.")


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its name, not by its path on this machine."""

    def refuse(_path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)

    refused(taken(folder(tmp_path / "ann", {})), 'The folder "ann" cannot be read: Permission denied')


def test_one_refused_file_does_not_spoil_the_others(tmp_path: Path) -> None:
    """Readable files are copied, and each of the others is reported."""
    place = folder(tmp_path / "ann", {"rs-lab.yaml": "mine", "a/rs-lab.sh": "", "b/rs-lab.sh": ""})

    found = taken(place, Exercise(files=("rs-lab.sh", "rs-lab.yaml", "rs-lab-2.yaml")))

    assert copied(found) == {"rs-lab.yaml": "mine"}
    assert len(found.refusals) == len(found.missing) == 1
