"""Where a feature's manifests are."""

from collections.abc import Sequence
from pathlib import Path

from kubelab.client.likeness import nearest
from kubelab.errors import LabFailure


def find(name: str, folders: Sequence[Path]) -> Path:
    """The manifest of that name in the first folder that has it; LabFailure that names the folders looked in."""
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise LabFailure(f'"{name}" is outside the folders of the lab; name a file in one of them, such as "web.yaml".')
    for folder in folders:
        if _is_file(folder / name):
            return folder / name
    looked = "\n".join(f"  {folder / name}" for folder in folders)
    raise LabFailure(f'There is no manifest "{name}"{_meant(name, folders)}; put it in one of these places:\n{looked}')


def _is_file(place: Path) -> bool:
    try:
        return place.is_file()
    except OSError:  # no file can have so long a name
        return False


def _meant(name: str, folders: Sequence[Path]) -> str:
    """What was probably meant: a file of the same name with another ending, or of a similar name."""
    there = {file.name: file for folder in folders for file in (folder / name).parent.glob("*") if file.is_file()}
    stem = Path(name).stem
    same = [one for one in there if one in {f"{stem}.yml", f"{stem}.yaml", f"{stem}.json", f"{Path(name).name}.txt"}]
    if same:
        return f', but {there[same[0]]} is there. Rename it to "{Path(name).name}"'
    near = nearest(Path(name).name, [one for one in there if one.endswith((".yaml", ".yml"))])
    return f" (did you mean {', '.join(near)}?)" if near else ""


def folders(feature: Path, root: Path) -> tuple[Path, ...]:
    """Where a feature's manifests may be: the folder of the same name under manifests/, beside the feature, manifests/ of the root."""
    parts = feature.parent.parts
    own = [feature.parent, feature.parent / "manifests"]
    if "features" in parts:
        at = len(parts) - 1 - parts[::-1].index("features")
        own.insert(0, Path(*parts[:at], "manifests", *parts[at + 1 :]))
    return tuple(dict.fromkeys([*own, root / "manifests"]))
