"""Where a feature's manifests lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kubelab.client.likeness import nearest
from kubelab.errors import LabFailure

ENDINGS = frozenset({".json", ".yaml", ".yml"})
"""Those of manifests."""
SOLUTIONS = "solutions"
"""The folder that holds a folder for each exercise, with the files that solve it."""


@dataclass(frozen=True)
class Solution:
    """The files that a student writes for an exercise, and the folder that has them; `shown` names that folder in messages."""

    folder: Path
    files: tuple[str, ...]
    shown: str

    def path(self, name: str) -> Path:
        """Where a file of that name is; LabFailure where it is missing."""
        if not _is_file(self.folder / name):
            raise LabFailure(f'"{name}" is missing from {self.shown}: the exercise asks for it{_meant(name, [self.folder])}.')
        return self.folder / name


def find(name: str, folders: Sequence[Path], solution: Solution | None = None) -> Path:
    """The manifest of that name in the first folder that has it; LabFailure that names the folders looked in.

    What the solution of an exercise holds is looked for in its folder, and nowhere else; nobody else's solution is found.
    """
    path = Path(name)
    if path.is_absolute() or ".." in path.parts or (solution and SOLUTIONS in path.parts):
        raise LabFailure(f'"{name}" lies outside the folders of the lab; name a file in one of them, such as "web.yaml".')
    if solution and str(path) in solution.files:
        return solution.path(str(path))
    for folder in folders:
        if _is_file(folder / name):
            return folder / name
    looked = "\n".join(f"  {folder / name}" for folder in folders)
    raise LabFailure(f'There is no manifest "{name}"{_meant(name, folders)}; put it in one of these places:\n{looked}')


def solution_of(stem: str, files: Sequence[str], folders: Sequence[Path]) -> Solution | None:
    """Our own solution of an exercise, beside its manifests: in `solutions/<stem>/` of the first folder that has it; None without one."""
    found = next((folder / SOLUTIONS / stem for folder in folders if (folder / SOLUTIONS / stem).is_dir()), None)
    return Solution(found, tuple(files), str(found)) if found else None


def _is_file(place: Path) -> bool:
    try:
        return place.is_file()
    except OSError:  # no file can have so long a name
        return False


def _meant(name: str, folders: Sequence[Path]) -> str:
    """What is there in its place: the same name with another ending, or one like it."""
    there = {file.name: file for folder in folders for file in (folder / name).parent.glob("*") if file.is_file()}
    stem, kin = Path(name).stem, ENDINGS if Path(name).suffix in ENDINGS else {Path(name).suffix}
    same = [one for one in there if one in {*(stem + ending for ending in kin), f"{Path(name).name}.txt"}]
    if same:
        return f', but {there[same[0]]} is there. Rename it to "{Path(name).name}"'
    near = nearest(Path(name).name, [one for one in there if Path(one).suffix in kin - {".json"}])
    return f" (did you mean {', '.join(near)}?)" if near else ""


def folders(feature: Path, root: Path) -> tuple[Path, ...]:
    """Where a feature's manifests may lie: the folder of the same name under manifests/, beside the feature, manifests/ of the root."""
    parts = feature.parent.parts
    own = [feature.parent, feature.parent / "manifests"]
    if "features" in parts:
        at = len(parts) - 1 - parts[::-1].index("features")
        own.insert(0, Path(*parts[:at], "manifests", *parts[at + 1 :]))
    return tuple(dict.fromkeys([*own, root / "manifests"]))
