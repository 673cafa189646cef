"""The ConfigMaps and Secrets that a Pod refers to and that do not exist, by name and key only: values are never shown."""

from collections.abc import Iterator

from kubelab.client.objects import Object, all_containers, at
from kubelab.diagnostics.cause import CLUSTERS_OWN, Cause, there_is, title
from kubelab.diagnostics.surroundings import Surroundings

Reference = tuple[str, str, str]  # kind, name, key ("" for all of it)


def missing(around: Surroundings, pod: Object) -> Iterator[Cause]:
    """What does not exist, each once."""
    for kind, wanted, key in dict.fromkeys(_references(pod.get("spec", {}))):
        found = around.find(kind, wanted)
        if found is None:
            yield Cause(f'{title(pod)} refers to {kind} "{wanted}", which does not exist{there_is(around.all(kind))}', pod)
        elif key and key not in (keys := sorted({**(found.get("data") or {}), **(found.get("binaryData") or {})})):
            yield Cause(f'{title(pod)} refers to the key "{key}" of {kind} "{wanted}", which has {", ".join(keys) or "no keys"}', pod)


def _references(spec: Object) -> Iterator[Reference]:
    for volume in at(spec, "volumes", default=()):
        for source in (volume, *at(volume, "projected", "sources", default=())):
            yield from _of_volume(source)
    for container in all_containers(spec):
        for entry in container.get("envFrom") or ():
            yield from _one("ConfigMap", entry.get("configMapRef"), "name")
            yield from _one("Secret", entry.get("secretRef"), "name")
        for entry in container.get("env") or ():
            yield from _one("ConfigMap", at(entry, "valueFrom", "configMapKeyRef"), "name")
            yield from _one("Secret", at(entry, "valueFrom", "secretKeyRef"), "name")


def _of_volume(source: Object) -> Iterator[Reference]:
    for kind, field, named in (("ConfigMap", "configMap", "name"), ("Secret", "secret", "secretName"), ("Secret", "secret", "name")):
        chosen = at(source, field, default={})
        if chosen.get(named) != CLUSTERS_OWN:
            yield from _one(kind, chosen, named)
            yield from ((kind, chosen[named], item["key"]) for item in chosen.get("items") or () if named in chosen)


def _one(kind: str, reference: Object | None, named: str) -> Iterator[Reference]:
    if reference and reference.get(named) and not reference.get("optional"):
        yield kind, str(reference[named]), str(reference.get("key", ""))
