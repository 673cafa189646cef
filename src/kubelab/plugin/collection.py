"""Collects `*.feature` files: an item per scenario and outline row, named by its title; a mistake in one affects only that one."""

import os
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from kubelab.errors import SetupTrouble
from kubelab.plugin.items import ScenarioItem
from kubelab.plugin.labs import is_lab
from kubelab.plugin.solutions import Assessment, assessments

if TYPE_CHECKING:
    from kubelab.authoring import Feature, Finding
    from kubelab.vocabulary import Catalogue


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "FeatureFile | None":
    """Collect every feature file that is a lab."""
    return FeatureFile.from_parent(parent, path=file_path) if is_lab(parent.config, file_path) else None


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out a link to a folder that contains it: what is there has been found, and collection would never end."""
    is_loop = (
        collection_path.is_symlink()
        and collection_path.is_dir()
        and collection_path.parent.resolve().is_relative_to(collection_path.resolve())
    )
    return True if is_loop else None


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Also collect features of a folder that are not regular files, which pytest ignores: their findings say what they are."""
    report = yield
    if isinstance(collector, pytest.Directory) and report.passed:
        found = [one for one in _no_files(collector.path) if is_lab(collector.config, one)]
        report.result += [FeatureFile.from_parent(collector, path=one) for one in found]
    return report


def _no_files(folder: Path) -> Iterator[Path]:
    """What has the name of a feature and is neither file nor folder: a FIFO, a socket, a device, a broken link."""
    with suppress(OSError):
        yield from (one for one in sorted(folder.glob("*.feature")) if not one.is_file() and not one.is_dir())


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put scenarios that run alone at the end: in the middle, they would keep the others of a parallel run waiting."""
    items.sort(key=lambda item: isinstance(item, ScenarioItem) and item.exclusive)


class FeatureFile(pytest.Module):
    """A feature file; a module for pytest, so that fixtures of every scope work, although there is no Python in it."""

    def _getobj(self) -> ModuleType:
        return ModuleType(self.path.stem)

    def collect(self) -> Iterable[pytest.Item]:
        """One item for each scenario and row, and one for each finding that belongs to no scenario."""
        catalogue = self._catalogue()
        from kubelab.authoring import read  # noqa: PLC0415  (a run without features reads none)

        markers = frozenset(line.split(":")[0].split("(")[0].strip() for line in self.config.getini("markers"))
        feature = read(self.path, self.nodeid, markers, lambda text: bool(catalogue.matching(text)))
        judged = assessments(self.config, feature)
        if judged == []:  # nobody has handed in a solution of this exercise
            return []
        self._refuse_unencodable(feature, judged or ())
        items = self._items(feature, catalogue, judged or [None])
        return [*items, *self._others(feature, items)]

    def _catalogue(self) -> "Catalogue":
        try:
            from kubelab.plugin.definitions import visible  # noqa: PLC0415

            return visible(self)
        except SetupTrouble as trouble:
            raise self.CollectError(str(trouble)) from trouble

    def _refuse_unencodable(self, feature: "Feature", judged: Sequence[Assessment]) -> None:
        """Pytest tells the system the name of what runs, which a Python that was made to speak ASCII cannot."""
        from kubelab.authoring import named  # noqa: PLC0415

        try:
            os.fsencode("".join([self.nodeid, *(name for name, _ in named(feature.scenarios)), *(one.student for one in judged)]))
        except UnicodeEncodeError as error:
            raise self.CollectError(f"{feature.shown}: its titles cannot be told in {error.encoding}. Run it with PYTHONUTF8=1") from error

    def _items(self, feature: "Feature", catalogue: "Catalogue", judged: Sequence[Assessment | None]) -> list[ScenarioItem]:
        from kubelab.authoring import named  # noqa: PLC0415
        from kubelab.authoring.matching import bind  # noqa: PLC0415

        items, matching = list[ScenarioItem](), cache(catalogue.matching)
        for name, scenario in named(feature.scenarios):
            bound, misunderstood = bind(scenario, catalogue, feature.shown, matching)
            findings = sorted([*scenario.findings, *misunderstood])
            for one in judged:
                items += ScenarioItem.of(self, name, scenario, feature, () if findings else bound, findings, one)
        return items

    def _others(self, feature: "Feature", items: Sequence[ScenarioItem]) -> Iterator[ScenarioItem]:
        from kubelab.authoring import Finding, ScenarioText  # noqa: PLC0415

        findings = list(feature.findings)
        run = {item.originalname for item in items if item.text.steps or item.findings}
        if len(run) < feature.pickles or len({item.name for item in items}) < len(items):
            lost = f"the file has {feature.pickles} scenarios, but {len(run)} would run. This is a bug of kubelab: please report it."
            findings.append(Finding(feature.shown, 1, 1, "lost-scenario", lost))
        for line, together in _by_line(findings):
            yield from ScenarioItem.of(self, f"line {line}", ScenarioText(f"line {line}", line, ()), feature, (), together)


def _by_line(findings: Sequence["Finding"]) -> list[tuple[int, list["Finding"]]]:
    place = attrgetter("line")
    return [(line, list(together)) for line, together in groupby(sorted(findings, key=place), place)]
