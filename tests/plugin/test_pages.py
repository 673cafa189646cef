"""The examples of the pages for students and instructors are right: features, manifests, sentences, and the options of every command."""

import argparse
import re
import shlex
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import pytest

from kubelab import cli, exercises, manifests
from kubelab.exercises.exercise_choice import named
from kubelab.plugin.items import ScenarioItem
from kubelab.practice.first_look import look
from tests.plugin.conftest import Folder

ROOT = Path(__file__).parents[2]
STUDENTS, INSTRUCTORS, README = Path("docs/students.md"), Path("docs/instructors.md"), Path("README.md")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SOLVED = "rs_lab"
"""The exercise that the page for students solves, and the folder of its files there."""
NAME = re.compile(r"# (\S+\.\w+)\n")
"""The first line of an example that is a file: its name."""
FILE = re.compile(r'I apply "([^"]+)"')
INLINE = re.compile(r"`((?:kubelab|pytest) [^`]*\B-[^`]+)`")
"""A command with options within a sentence."""
CERTIFICATES = '''

class Issuer:
    """Puts the objects of a lab about certificates into the store as cert-manager would, the Secret only where it is wanted."""

    def __init__(self, store: Any, namespace: str) -> None:
        self.store, self.namespace = store, namespace

    def start(self) -> None:
        issued = {"conditions": [{"type": "Ready", "status": "True", "message": "Certificate is up to date"}]}
        self._put("Certificate", "web", spec={"secretName": "web-tls"}, status=issued)
        if "NO_SECRET" not in os.environ:
            self._put("Secret", "web-tls")

    def stop(self) -> None:
        """Nothing is to be ended."""

    def _put(self, kind: str, name: str, **fields: Any) -> None:
        metadata = {"name": name, "namespace": self.namespace, "uid": kind, "resourceVersion": "1"}
        self.store.put(kind, "ADDED", {"kind": kind, "metadata": metadata, **fields})


def pytest_kubelab_observer(store: Any, namespace: str) -> Issuer:
    """In the place of the one above."""
    return Issuer(store, namespace)


FakeProvider.find = lambda self: None
FakeClient.kinds = lambda self: ()
'''


class Example(NamedTuple):
    """A block of a page: its language and its text."""

    language: str
    text: str


class Understood(Exception):  # noqa: N818  (no error: the parser has read everything)
    """A command line was parsed."""


def examples(page: Path, *languages: str) -> list[Example]:
    """The blocks of a page in these languages."""
    found = [Example(*match.groups()) for match in BLOCK.finditer((ROOT / page).read_text(encoding="utf-8"))]
    return [one for one in found if one.language in languages]


def lay_out(page: Path, folder: Path) -> list[Path]:
    """Write the examples of a page as files, with the names in their first lines; features without a name are numbered."""
    files = []
    for number, example in enumerate(examples(page, "gherkin", "yaml", "python", "sh")):
        named = NAME.match(example.text)
        assert named or example.language == "gherkin", example
        files.append(folder / (named[1] if named else f"{number}.feature"))
        files[-1].parent.mkdir(parents=True, exist_ok=True)
        files[-1].write_text(example.text, encoding="utf-8")
    return files


@pytest.mark.parametrize("page", [README, STUDENTS, INSTRUCTORS], ids=str)
def test_every_feature_of_a_page_is_sound(page: Path, pytester: pytest.Pytester) -> None:
    """It has no findings, and each sentence has its definition, among ours or in the page's own conftest."""
    features = [file for file in lay_out(page, pytester.path) if file.suffix == ".feature"]

    items, _ = pytester.inline_genitems("-p", "no:cacheprovider", "-p", "no:hypothesispytest")  # a plugin of this project's own tests

    scenarios = [item for item in items if isinstance(item, ScenarioItem)]
    assert {item.path for item in scenarios} == set(features)
    assert [str(finding) for item in scenarios for finding in item.findings] == []
    assert all(item.bound for item in scenarios)


@pytest.mark.parametrize("page", [STUDENTS, INSTRUCTORS], ids=str)
def test_every_manifest_of_a_page_can_be_read_and_is_found(page: Path, tmp_path: Path) -> None:
    """Every manifest that a feature names is there, and every other manifest is the solution of an exercise."""
    files = [file for file in lay_out(page, tmp_path) if file.parent != tmp_path / SOLVED]
    named = {
        manifests.find(name, manifests.folders(file, tmp_path))
        for file in files
        if file.suffix == ".feature"
        for name in FILE.findall(file.read_text())
    }

    assert named == {file for file in files if file.suffix == ".yaml"}
    assert all(manifests.read(file) for file in named)


def test_the_exercise_that_the_page_solves_has_all_its_files_and_no_mistake(tmp_path: Path) -> None:
    """As far as that can be checked without a cluster; on one, tests/cluster/test_check.py judges it."""
    lay_out(STUDENTS, tmp_path)
    found = named(SOLVED, exercises.shipped())

    seen = look(tmp_path / SOLVED, found)

    assert (seen.absent, seen.mistakes) == ((), ())
    assert {file.name for file in (tmp_path / SOLVED).iterdir()} == set(found.files)


@pytest.mark.parametrize("missing", ["", "1"], ids=["issued", "without its Secret"])
def test_the_worked_example_is_true_and_false(folder: Folder, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """For a certificate whose Secret exists and one whose Secret does not; the failure says what was seen."""
    conftest = folder.path / "conftest.py"
    conftest.write_text(conftest.read_text() + CERTIFICATES)
    lay_out(INSTRUCTORS, folder.path)
    if missing:
        monkeypatch.setenv("NO_SECRET", missing)

    result = folder.run("certificates/web.feature", "--lab-patience", "0.001")

    result.assert_outcomes(passed=0 if missing else 1, failed=1 if missing else 0)
    if missing:
        result.stdout.fnmatch_lines(
            [
                'certificates/web.feature:6  Then Certificate "web" is issued within 1 minute',
                '  expected   Certificate "web" is issued within 0.1 s',
                "  last saw   Certificate is up to date; its Secret is missing",
            ]
        )


def commands() -> Iterator[tuple[str, str]]:
    """Every command that a page shows at a prompt, and kubelab and pytest commands in its text, with the page."""
    for page in (README, *sorted(path.relative_to(ROOT) for path in (ROOT / "docs").glob("*.md"))):
        lines = [line for example in examples(page, "console") for line in example.text.splitlines()]
        assert [line for line in lines if not line.startswith("$ ")] == [], page
        yield from ((str(page), line.removeprefix("$ ")) for line in lines)
        yield from ((str(page), command) for command in INLINE.findall((ROOT / page).read_text(encoding="utf-8")))


@pytest.mark.parametrize(("page", "command"), [*dict.fromkeys(commands())])
def test_every_command_of_a_page_has_the_options_it_is_shown_with(
    page: str, command: str, pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the command's own parser; of other programs only known commands are shown."""
    program, *words = shlex.split(command, comments=True)

    if program == "kubelab":
        monkeypatch.setattr(argparse.ArgumentParser, "parse_args", understood)
        with pytest.raises(Understood):
            cli.main(words)
    elif program == "pytest":
        assert pytestconfig._parser.parse(words)
    elif program == "tox":
        assert set(environments(words)) <= {"k8s-1.34", "k8s-1.35", "k8s-1.36", "k8s-1.37"}
        tox = ConfigParser(interpolation=None)
        tox.read(ROOT / "tox.ini")
        assert "testenv:k8s-{1.34,1.35,1.36,1.37}" in tox
    else:
        assert program in {"export", "kubectl", "pip"}, page


def understood(self: argparse.ArgumentParser, words: Any) -> NoReturn:
    """Parse as usual, and go no further."""
    _, rest = self.parse_known_args(words)
    assert rest == []
    raise Understood


def environments(words: list[str]) -> list[str]:
    """The environments of a call of tox."""
    option, names = words
    assert option == "-e"
    return names.split(",")
