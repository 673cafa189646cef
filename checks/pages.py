"""Writes what pages repeat: the settings in docs/nightly.md, and the README for PyPI. Run as `python -m checks.pages` at the root."""

import re
from pathlib import Path

from kubelab.plugin.option_list import OPTIONS, Option

NIGHTLY, README, PYPI = Path("docs/nightly.md"), Path("README.md"), Path("docs/pypi.md")
BEGIN, END = "<!-- settings: written by make docs from src/kubelab/plugin/option_list.py -->\n", "<!-- end of settings -->"
"""What stands around the table of the settings."""
HEAD = "<!-- Written by make docs from README.md. -->\n\n"
LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")


def main(root: Path = Path()) -> None:
    """Write each of these pages."""
    for page, text in fresh(root).items():
        (root / page).write_text(text, encoding="utf-8")


def fresh(root: Path) -> dict[Path, str]:
    """Each of these pages with the text that it should have."""
    nightly, readme = ((root / page).read_text(encoding="utf-8") for page in (NIGHTLY, README))
    before, _, rest = nightly.partition(BEGIN)
    return {NIGHTLY: f"{before}{BEGIN}{settings()}{END}{rest.partition(END)[2]}", PYPI: HEAD + without_relative_links(readme)}


def settings() -> str:
    """The table of all settings."""
    rows = "".join(f"| {_flag(one)} | `{one.variable}` | `{one.key}` | {_cell(one.help)} |\n" for one in OPTIONS)
    return f"\n| command line | environment | settings file | what it does |\n|---|---|---|---|\n{rows}\n"


def without_relative_links(text: str) -> str:
    """The same Markdown with a path in place of each link into the repository, which would lead nowhere on another site."""
    return LINK.sub(lambda link: link[0] if "://" in link[2] else _path(*link.groups()), text)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _flag(option: Option) -> str:
    return f"`{f'{option.switch} {option.metavar}'.strip()}`" if option.flag else ""


def _path(text: str, target: str) -> str:
    return f"`{target}`" if text == target else f"{text} (`{target}`)"


if __name__ == "__main__":
    main()
