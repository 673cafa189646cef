"""All that a student handed in: folders and files first, then the archives, opened only where a file is not beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kubelab.submissions import archives, folder_entries
from kubelab.submissions.entry import Entry
from kubelab.submissions.file_choice import Missing, Tree, chosen
from kubelab.submissions.refusal import Refusal
from kubelab.submissions.sources import Place

ARCHIVES = 10
"""Archives of a submission."""


@dataclass(frozen=True)
class Contents:
    """What is not in an archive, a tree for each folder and for each file that stands for itself, and where the archives are."""

    loose: Sequence[Tree]
    archives: Sequence[Place]

    def find(self, exercise: str, file: str) -> Entry:
        """The file of that name that the exercise asks for; Refusal where nobody can tell which it is, Missing where there is none."""
        try:
            return chosen(self.loose, exercise, file)
        except Missing:
            if not self.archives:
                raise
        return chosen([*self.loose, *self.packed], exercise, file)

    @cached_property
    def packed(self) -> Sequence[Tree]:
        """What the archives hold, a tree each; Refusal where they are too many, or one is not read."""
        if len(self.archives) > ARCHIVES:
            raise Refusal(f"There are more than {ARCHIVES} archives. Hand in one.")
        return [list(archives.entries(place.path, place.name)) for place in self.archives]


def contents(places: Iterable[Place]) -> Contents:
    """What lies in these places; Refusal where a folder holds too much, or a name is odd."""
    loose, packed = list[Tree](), list[Place]()
    for place in places:
        is_folder = place.path.is_dir() and not place.path.is_symlink()
        tree = list(folder_entries.entries(place.path)) if is_folder else [folder_entries.entry(place.path, (place.name,))]
        loose.append([one for one in tree if not _is_archive(one)])
        packed += [Place(place.path / one.name if is_folder else place.path, one.name) for one in tree if _is_archive(one)]
    return Contents(loose, packed)


def _is_archive(entry: Entry) -> bool:
    """Whether it is one that is opened: one at the top, and a regular file."""
    return not entry.sort and len(entry.path) == 1 and bool(archives.ending(entry.name))
