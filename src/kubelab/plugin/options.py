"""The plugin's options: command line before environment before settings file, and the header that says what was chosen."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kubelab.errors import SetupTrouble
from kubelab.plugin.option_list import OPTIONS, Option, switch

if TYPE_CHECKING:
    from kubelab.clusters.settings import Settings

SMALLEST, LARGEST = 0.001, 1000
"""What numbers are taken; a limit times more than that is never over."""
KEEP = ("failed", "all", "none")
"""Which namespaces may be left behind."""
PRIVILEGED, BASELINE = LEVELS = ("privileged", "baseline")
"""What a lab's Pods may ask for at most: levels of the Pod Security Standards."""
ON, OFF = ("on", "true", "yes", "1"), ("off", "false", "no", "0", "")
"""How a setting is said that is on or off."""
CONTAIN = ("auto", "required")
"""Whether labs run where their accounts cannot be made."""


@dataclass(frozen=True)
class Chosen:
    """The settings of a run, checked. `evidence` is the folder to write to, None for none; `manifest_limit` is that of `Limits`.

    `timeline`: whether those of passing scenarios are printed.
    """

    keep: str
    patience: float
    evidence: Path | None
    manifest_limit: float = 1.0
    allow: str = LEVELS[0]
    contain: str = CONTAIN[0]
    timeline: bool = False


CHOSEN = pytest.StashKey[Chosen]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Register the options on the command line and in the settings file."""
    group = parser.getgroup("kubelab", "Kubernetes labs")
    for option in OPTIONS:
        parser.addini(option.key, option.help, type=_type(option), default=list(option.words) or "")
        if option.flag:
            taken = {"metavar": option.metavar} if option.metavar else {"action": "store_const", "const": ON[0]}
            group.addoption(option.switch, dest=option.key, default=None, help=f"{option.help} [{option.variable}]", **taken)


def _type(option: Option) -> Any:
    """How pytest reads its key in the settings file: as words, as on or off, or as a text or a number."""
    return "args" if option.words else str | int | float if option.metavar else str | bool


def pytest_configure(config: pytest.Config) -> None:
    """Make the tags known as markers."""
    config.addinivalue_line("markers", "slow: takes minutes, not seconds")
    config.addinivalue_line("markers", "exclusive: runs while no other scenario does")
    config.addinivalue_line("markers", "exercise: what it asks for is in files that a student writes")
    config.addinivalue_line("markers", "live: an exercise that may be judged by what runs in a namespace already")
    config.addinivalue_line("markers", "privileged: its Pods may be privileged or share their node's network")


def pytest_report_header(config: pytest.Config) -> str | None:
    """Which cluster is wanted, and who says so."""
    if hasattr(config, "workerinput"):
        return None
    try:
        wanted = settings(config)
    except (SetupTrouble, pytest.UsageError) as trouble:  # with labs it is a usage error; a run without them is not its business
        return f"kubelab: {trouble}"
    if wanted.context:
        return f'kubelab: the cluster of context "{wanted.context}" ({wanted.chosen_by})'
    return f'kubelab: {wanted.provider} cluster "{wanted.name}" (no context is named)'


def chosen(config: pytest.Config) -> Chosen:
    """The settings of a run with labs; a usage error where one of them cannot be meant."""
    if CHOSEN not in config.stash:
        _check(config)
        config.stash[CHOSEN] = Chosen(
            _word(config, "keep", KEEP, "none"),
            _number(config, "patience", "2.0"),
            _evidence(config),
            _number(config, "manifest_limit", "10"),
            _word(config, "allow", LEVELS, LEVELS[0]),
            _word(config, "contain", CONTAIN, CONTAIN[0]),
            _is_on(config, "timeline"),
        )
    return config.stash[CHOSEN]


def value(config: pytest.Config, name: str) -> str:
    """What a setting says, "" where nobody says anything."""
    key = f"lab_{name}"
    said = (config.getoption(key, None), os.environ.get(f"KUBELAB_{name.upper()}"), config.getini(key))
    return next((str(one) for one in said if one not in (None, "")), "")


def settings(config: pytest.Config) -> "Settings":
    """Which cluster is wanted."""
    from kubelab.clusters.settings import Settings, settle  # noqa: PLC0415  (a run without labs needs none of it)

    line = {option.name: config.getoption(option.key, None) for option in OPTIONS if option.flag}
    file = {option.key: config.getini(option.key) for option in OPTIONS}
    found: Settings = settle(line, os.environ, file, option="--lab-context", path=str(config.inipath or ""))
    return found


def _word(config: pytest.Config, name: str, words: Sequence[str], otherwise: str) -> str:
    """A setting that is one of these words."""
    found = value(config, name) or otherwise
    if found not in words:
        first = next(one for one in words if one != otherwise)
        raise pytest.UsageError(f'--lab-{name} says "{found}"; it takes {", ".join(words[:-1])} or {words[-1]}: --lab-{name} {first}')
    return found


def _is_on(config: pytest.Config, name: str) -> bool:
    """A setting that is on or off, off where nobody says anything."""
    found = value(config, name).lower()
    if found not in {*ON, *OFF}:
        raise pytest.UsageError(f'KUBELAB_{name.upper()} says "{found}"; it takes {ON[0]} or {OFF[0]}: {switch(name)}')
    return found in ON


def _number(config: pytest.Config, name: str, such: str) -> float:
    """A setting that multiplies, 1 where nobody says anything; `such` is one that makes sense."""
    text, flag = value(config, name) or "1", switch(name)
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not SMALLEST <= number <= LARGEST:
        raise pytest.UsageError(f'{flag} says "{text}"; it takes a number from {SMALLEST:g} to {LARGEST:g}: {flag} {such}')
    return number


def _evidence(config: pytest.Config) -> Path | None:
    folder = value(config, "evidence")
    return config.invocation_params.dir / folder if folder else None


def _check(config: pytest.Config) -> None:
    """Refuse what says which cluster is wanted, and which images, where it cannot be meant."""
    from kubelab import policy  # noqa: PLC0415  (only a run with labs needs it)

    try:
        wanted = settings(config)
        if wanted.images:
            policy.chosen(policy.PUBLIC, wanted.images)
    except SetupTrouble as trouble:
        raise pytest.UsageError(str(trouble)) from trouble
