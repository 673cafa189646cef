"""The labs by the course's chapters, with the features that check them and their scenarios: features/README.md."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kubelab.authoring import exercise_tags
from kubelab.authoring.feature import Feature
from kubelab.authoring.parser import read
from kubelab.policy import OWN, PUBLIC, Substitution, shipped

COURSE = "course.yaml"
EXERCISE = "Exercise: "
"""How the title of a feature begins that checks a student's own YAML."""
HEAD = """\
# The labs

Written by `make docs` from [course.yaml](course.yaml) and the features: each chapter of the course, its labs, the features that check them,
and what each of their scenarios shows. {labs} labs, {exercises} of them exercises, with {scenarios} scenarios.
"""
IMAGES = """\
## Images

What runs for the images that labs name: on our own node image, which `kubelab up` makes where no container registry answers, and on
every other cluster, from public registries. Manifests, commands and messages keep the lab's names; a failure says which of these it used.
`kubelab images` shows what runs on your cluster; how to name images and mirrors of your own: [docs/images.md](../docs/images.md).

| the lab says | on our own node image | because | elsewhere | because |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class CourseLab:
    """A lab of the course: its title, and the features that prove it."""

    title: str
    features: tuple[Path, ...]


@dataclass(frozen=True)
class Chapter:
    """A chapter of the course with its labs."""

    title: str
    labs: tuple[CourseLab, ...]


def chapters(folder: Path) -> list[Chapter]:
    """The chapters as the folder's course.yaml lists them; a feature is the path of its file, which need not exist."""
    course = yaml.safe_load((folder / COURSE).read_text(encoding="utf-8"))
    return [Chapter(one["chapter"], tuple(_lab(entry, folder / one["folder"]) for entry in one["labs"])) for one in course]


def heading(title: str) -> str:
    """The title of a feature, as a heading: of an exercise without the word that says so."""
    text = title.removeprefix(EXERCISE)
    return text[:1].upper() + text[1:]


def markdown(folder: Path, images: Iterable[tuple[Substitution, Substitution]] = ()) -> str:
    """A table for every chapter: lab, feature, scenarios; then one of the images, on our own nodes and elsewhere."""
    course = chapters(folder)
    labs = [lab for chapter in course for lab in chapter.labs]
    features = {path: read(path, path.relative_to(folder).as_posix()) for lab in labs for path in lab.features}
    scenarios = sum(len(feature.scenarios) for feature in features.values())
    head = HEAD.format(labs=len(labs), exercises=sum(_is_exercise(lab, features) for lab in labs), scenarios=scenarios)
    rows = "".join(_row(own, public) for own, public in images)
    return "\n".join([head, *("\n".join(_section(chapter, features)) for chapter in course), *([IMAGES + rows] if rows else [])])


def _lab(entry: Mapping[str, Any], home: Path) -> CourseLab:
    return CourseLab(entry["lab"], tuple(home / f"{name}.feature" for name in entry["features"]))


def _section(chapter: Chapter, features: Mapping[Path, Feature]) -> Iterator[str]:
    yield f"## {chapter.title}\n\n| lab | feature | scenarios |\n|---|---|---|"
    for lab in chapter.labs:
        title = f"{lab.title} (exercise)" if _is_exercise(lab, features) else lab.title
        for path in lab.features:
            yield f"| {_cell(title)} | {_linked(features[path])} | {_titles(features[path])} |"
            title = ""
    yield ""


def _is_exercise(lab: CourseLab, features: Mapping[Path, Feature]) -> bool:
    return any(exercise_tags.EXERCISE in features[path].tags for path in lab.features)


def _row(own: Substitution, public: Substitution) -> str:
    return f"| {' | '.join(map(_cell, (own.lab, own.runs, own.because, public.runs, public.because)))} |\n"


def _linked(feature: Feature) -> str:
    return f"[{_cell(heading(feature.name))}]({feature.shown})"


def _titles(feature: Feature) -> str:
    return "<br>".join(dict.fromkeys(_cell(scenario.title) for scenario in feature.scenarios))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(markdown(Path("features"), zip(shipped(OWN).values(), shipped(PUBLIC).values(), strict=True)))
