"""A user's file for `--lab-images`: images that are added to the policy or override it, and mirrors to pull from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, TypeGuard

import yaml

from kubelab.errors import SetupTrouble
from kubelab.policy.image_names import normal
from kubelab.policy.substitution import Substitution

FORM = """\
Its form, where each of the two parts may be left out:
  mirror: registry.school.example/hub
  images:
  - lab: nginx:1.14
    runs: registry.school.example/nginx:1.14-school
    because: the school's own pages are in it"""
"""What is shown where a file does not have this form."""


@dataclass(frozen=True)
class Custom:
    """What a file says. `mirrors`: the prefix for each registry whose images it has, by the registry, "" for every other one."""

    images: tuple[Substitution, ...] = ()
    mirrors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Reader:
    """Reads one file; SetupTrouble with the line and the right form where it is broken."""

    file: Path

    def read(self) -> Custom:
        root = self._root()
        fields = self._fields(root, {"mirror", "images"}) if root else {}
        images, mirror = (fields.get(name) for name in ("images", "mirror"))
        return Custom(tuple(self._images(images)) if _said(images) else (), self._mirrors(mirror) if _said(mirror) else {})

    def _root(self) -> yaml.Node | None:
        try:
            found: yaml.Node | None = yaml.compose(self.file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        except OSError as error:
            raise SetupTrouble(f"{self.file}: the file of --lab-images cannot be read: {error.strerror}\n{FORM}") from None
        except UnicodeDecodeError:
            raise SetupTrouble(f"{self.file}: the file of --lab-images is not a text file\n{FORM}") from None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self._refuse(mark.line if mark else 0, f"this is not YAML: {getattr(error, 'problem', error)}")
        return found

    def _fields(self, node: yaml.Node, known: set[str]) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self._refuse(node.start_mark.line, f"{', '.join(sorted(known))} are expected here, each with a colon")
        for key, _ in node.value:
            if str(key.value) not in known:
                self._refuse(key.start_mark.line, f'"{key.value}" is not known here; it may be {", ".join(sorted(known))}')
        return {key.value: value for key, value in node.value}

    def _images(self, node: yaml.Node) -> Iterator[Substitution]:
        if not isinstance(node, yaml.SequenceNode):
            self._refuse(node.start_mark.line, "images is a list: each image begins with a dash")
        known = set[str]()
        for one in node.value:
            found = self._image(one)
            if normal(found.lab) in known:
                self._refuse(one.start_mark.line, f"{found.lab} already has an entry")
            known.add(normal(found.lab))
            yield found

    def _image(self, node: yaml.Node) -> Substitution:
        fields = self._fields(node, {"lab", "runs", "because"})
        missing = next((name for name in ("lab", "runs") if name not in fields), "")
        if missing:
            self._refuse(node.start_mark.line, f"this image has no {missing}")
        because = self._text(fields["because"]) if "because" in fields else f"{self.file.name} says so"
        return Substitution(self._name(fields["lab"]), self._name(fields["runs"]), because)

    def _mirrors(self, node: yaml.Node) -> dict[str, str]:
        if not isinstance(node, yaml.MappingNode):
            return {"": self._prefix(node)}
        return {self._name(key): self._prefix(value) for key, value in node.value}

    def _prefix(self, node: yaml.Node) -> str:
        return self._name(node).rstrip("/")

    def _name(self, node: yaml.Node) -> str:
        text = self._text(node)
        if " " in text or "://" in text:
            self._refuse(node.start_mark.line, f'"{text}" is not a name: a name has no spaces, and does not begin with https://')
        return text

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            self._refuse(node.start_mark.line, "a string is expected here")
        return str(node.value).strip()

    def _refuse(self, line: int, what: str) -> NoReturn:
        raise SetupTrouble(f"{self.file}:{line + 1}: {what}\n{FORM}")


def _said(node: yaml.Node | None) -> TypeGuard[yaml.Node]:
    return node is not None and node.value != ""


def read(file: Path) -> Custom:
    """What the file says; SetupTrouble with the line and the right form where it is broken."""
    return _Reader(file).read()


def written(images: Iterable[tuple[str, str, str]]) -> str:
    """The text of a file for `--lab-images` with these images: what labs name, what runs, why."""
    entries = [dict(zip(("lab", "runs", "because"), one, strict=True)) for one in images]
    return str(yaml.safe_dump({"images": entries}, sort_keys=False, width=1000, allow_unicode=True))
