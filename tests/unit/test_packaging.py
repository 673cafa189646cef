"""The package's metadata: the versions it works with, that it is typed, and that its checks use the same versions."""

import os
import re
import tomllib
from configparser import ConfigParser
from fnmatch import fnmatchcase
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TOP = 2
"""Parts of the path of a file that belongs to no chapter."""


@pytest.fixture
def project() -> Any:
    """The [project] table of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


@pytest.fixture
def tox() -> ConfigParser:
    """The environments of tox.ini."""
    found = ConfigParser(interpolation=None)
    found.read(ROOT / "tox.ini")
    return found


@pytest.fixture
def wheel() -> set[Path]:
    """The wheel's files below `labs/`, by setuptools' rules: each folder is a package, with all files below it that are not excluded."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]
    left_out, excluded = rules["packages"]["find"]["exclude"], rules["exclude-package-data"]["*"]
    labs = ROOT / "src" / "kubelab" / "labs"
    files = [Path(folder, name).relative_to(labs) for folder, _, names in os.walk(labs, followlinks=True) for name in names]

    def ships(package: Path, file: Path) -> bool:
        name = ".".join(("kubelab", "labs", *package.parts))
        is_package = not any(fnmatchcase(name, pattern) for pattern in left_out)
        return is_package and not any(fnmatchcase(str(file.relative_to(package)), pattern) for pattern in excluded)

    return {file for file in files if any(ships(package, file) for package in file.parents)}


def test_the_wheel_has_the_labs_without_what_solves_them(wheel: set[Path]) -> None:
    """Features and given files, for students; neither solutions nor wrong solutions."""
    manifests = {path.relative_to(ROOT) for path in (ROOT / "manifests").glob("*/*.yaml")}
    features = {path.relative_to(ROOT) for path in (ROOT / "features").glob("*/*.feature")}

    assert {path for path in wheel if path.suffix in {".yaml", ".feature"} and len(path.parts) > TOP} == manifests | features
    assert [path for path in wheel if {"solutions", "wrong", "controls"} & set(path.parts)] == []
    assert [path for path in wheel if path.suffix == ".sh"] == []


def test_the_package_is_typed(project: Any) -> None:
    """For type checks of people's own steps."""
    assert (files("kubelab") / "py.typed").is_file()
    assert "Typing :: Typed" in project["classifiers"]


def test_each_python_that_is_named_is_tried(project: Any, tox: ConfigParser) -> None:
    """By tox, with the wheel."""
    named = re.findall(r"Python :: 3\.(\d+)", " ".join(project["classifiers"]))

    assert named == ["11", "12", "13", "14"]
    assert set(tox["tox"]["env_list"].split(", ")) == {"lint", "lowest", *(f"py3{minor}" for minor in named)}
    assert tox["testenv"]["package"] == "wheel"


def test_the_lowest_versions_are_tried(project: Any, tox: ConfigParser) -> None:
    """Each requirement of the package and of its extra; those of other operating systems are left out."""
    asked = [one for one in [*project["dependencies"], *project["optional-dependencies"]["parallel"]] if ";" not in one]
    lowest = [re.sub(r">=([\d.]+).*", r"==\1", one) for one in asked]

    assert tox["testenv:lowest"]["deps"].split() == lowest
    assert tox["testenv:lowest"]["base_python"] == project["requires-python"].replace(">=", "python")


def test_what_private_names_are_used_of_has_an_upper_bound(project: Any) -> None:
    """A new version is tested before it is allowed."""
    bounds = {re.split(r"[<>=]", one)[0]: "<" in one for one in project["dependencies"]}

    assert {name for name, bounded in bounds.items() if bounded} == {"pytest", "pytest-bdd"}


def test_the_readme_names_the_extra_where_it_runs_in_parallel(project: Any) -> None:
    """Without it pytest does not know -n."""
    [row] = [line for line in (ROOT / "README.md").read_text().splitlines() if "-n 4" in line]

    assert "kubelab[parallel]" in row
    assert "kubelab[parallel]" in project["optional-dependencies"]["dev"]
