"""The cluster is found or created once a run, by the controlling process, before the first scenario; workers learn of it from a file."""

import secrets
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from kubelab.errors import LabFailure, SetupTrouble
from kubelab.plugin import disk, live_namespace, run_facts, termination
from kubelab.plugin.options import chosen, settings, value
from kubelab.plugin.run import Run, images_of

if TYPE_CHECKING:
    from kubelab.clusters.provider import Cluster


def prepare(run: Run) -> None:
    """Find or create the cluster, once, and write the facts for the workers; delete what killed runs left.

    The controlling process knows only of scenarios; a worker prepares the cluster for a Python test as a run of its own.
    """
    if "facts" in run.known or (run.worker and run_facts.are_there(run.folder)):
        return
    chosen(run.config)
    if run.worker:
        run.id = secrets.token_hex(6)
    termination.heed(run.config)
    run.leave(_found(run))
    if not run.facts()["trouble"] and not run.only_reads:
        _reap_others(run)


def _found(run: Run) -> dict[str, Any]:
    """The facts: the cluster and what it can do, or why there is none."""
    try:
        run.take_folder()
        with disk.told():
            cluster = _up(run)
            lacking = _lacking(run, cluster)
            found = {"cluster": asdict(cluster), "trouble": "", "lacking": lacking}
            return {**found, "uncontained": _looked_at(run, cluster) if run.only_reads else _uncontained(run)}
    except (LabFailure, SetupTrouble) as trouble:
        return {"cluster": None, "trouble": str(trouble)}


def _up(run: Run) -> "Cluster":
    from kubelab import policy  # noqa: PLC0415
    from kubelab.clusters import system  # noqa: PLC0415
    from kubelab.clusters.progress import Progress  # noqa: PLC0415

    system.refuse()
    run.say([""])
    cluster = _there(run) or run.provider.up(Progress(sys.stdout, quiet=run.config.get_verbosity() < 0))
    run.say([f'kubelab: cluster "{cluster.name}" ({cluster.provider}), Kubernetes {cluster.version}: {cluster.reason}'])
    run.known["images"] = images_of(run.config, cluster)
    run.say([f"images: {policy.in_short(run.images.values())}"])
    return cluster


def _there(run: Run) -> "Cluster | None":
    """The cluster of a run that only looks at what is there; None where the provider is to say what it has."""
    if not run.only_reads or settings(run.config).context:
        return None
    if found := run.provider.find():
        return found
    raise SetupTrouble(f'Cluster "{settings(run.config).name}" is not running, so that nothing runs there. See it: kubelab status')


def _looked_at(run: Run, cluster: "Cluster") -> str:
    """Why there is no account for each scenario; SetupTrouble where there is nothing to look at."""
    live_namespace.require(run.client, cluster, value(run.config, "namespace"))
    return "nothing is changed"


def _lacking(run: Run, cluster: "Cluster") -> dict[str, str]:
    """What the cluster cannot do, also printed; SetupTrouble if this account may not run labs there at all."""
    from kubelab import abilities  # noqa: PLC0415

    client, is_ours = run.connect(cluster), cluster.can.ours
    if not is_ours and not run.only_reads:
        abilities.require(client)
        run.say([f"kubelab: {note}" for note in abilities.notes(client)])
    found = abilities.lacking(cluster, run.provider, client)
    run.say([f"kubelab: {line}" for line in abilities.told(found) if not is_ours])
    return {ability.name: reason for ability, reason in found.items()}


def _uncontained(run: Run) -> str:
    """Why labs act as the run's account, also printed; SetupTrouble if that is not allowed."""
    from kubelab import containment  # noqa: PLC0415

    reason = containment.draw(run.client)
    if reason and chosen(run.config).contain == "required":
        raise SetupTrouble(
            f"The API server does not keep labs in their namespaces: {reason}\n"
            "Take a context whose account may make ClusterRoles and admission policies, or leave out --lab-contain required."
        )
    if reason:
        run.say([f"kubelab: labs act with this account's own rights, not each with an account of its own: {reason}"])
    return reason


def _reap_others(run: Run) -> None:
    from kubelab.plugin import command_lines, reaper  # noqa: PLC0415

    reaper.forget(run.folder.parent)
    run.say_or_complain(lambda: reaper.reap_killed(run.client, run.provider, run.id, command_lines.kubectl(run.cluster)))
