"""A cluster of somebody else's, by the name of its context; kubectl is played."""

import io
from pathlib import Path

import pytest

from kubelab.clusters import Settings, provider
from kubelab.clusters.existing import ExistingProvider
from kubelab.clusters.progress import Progress
from kubelab.errors import NotHere, SetupTrouble
from tests.unit.clusters.conftest import Machine

MINE = ExistingProvider(Settings(context="mine", chosen_by="KUBELAB_CONTEXT"))


def test_the_context_is_used_through_a_copy_of_its_own(machine: Machine) -> None:
    """The user's file may change, and is never written to; the copy is nobody else's to read."""
    found = provider(Settings(context="mine", chosen_by="--lab-context")).find()

    assert found is not None
    assert (found.provider, found.name, found.version, found.images) == ("existing", "mine", "v1.36.3", "public")
    assert found.reason == "--lab-context names this context"
    assert found.kubeconfig.parent == machine.folder / "state" / "kubelab" / "contexts"
    assert found.kubeconfig.name.startswith("mine-")
    assert found.kubeconfig.stat().st_mode & 0o077 == 0


def test_two_accounts_under_one_context_s_name_have_a_copy_each(machine: Machine) -> None:
    """Their runs may go on at the same time."""
    first = MINE.up(Progress(io.StringIO()))
    machine.know(kubeconfig={"users": [{"name": "me", "user": {"token": "of somebody else"}}]})
    second = MINE.up(Progress(io.StringIO()))

    assert first.kubeconfig != second.kubeconfig
    assert "of somebody else" not in first.kubeconfig.read_text()
    assert "of somebody else" in second.kubeconfig.read_text()


def test_an_unknown_context_is_told_with_who_named_it_and_the_nearest(machine: Machine) -> None:
    """And those there are."""
    machine.know(registry=None)
    wrong = ExistingProvider(Settings(context="mnie", chosen_by="KUBELAB_CONTEXT"))

    assert wrong.find() is None
    with pytest.raises(SetupTrouble) as trouble:
        wrong.up(Progress(io.StringIO()))
    text = str(trouble.value)
    assert 'There is no context "mnie" (named by KUBELAB_CONTEXT)' in text
    assert 'It holds: mine, other. Did you mean "mine"?' in text
    assert text.endswith("kubectl config get-contexts")


def test_a_server_that_does_not_answer_is_trouble(machine: Machine) -> None:
    """With kubectl's own words."""
    machine.know(fails={"kubectl get --raw": "connection refused"})

    with pytest.raises(SetupTrouble, match=r'"mine" does not answer\.\n  connection refused\nTry: kubectl --context mine version'):
        MINE.up(Progress(io.StringIO()))


def test_a_context_that_is_there_but_cannot_be_read_is_told_apart(machine: Machine) -> None:
    """Such as one whose certificate file is gone."""
    machine.know(fails={"kubectl config view": "unable to read client-cert"})

    with pytest.raises(SetupTrouble, match=r'Context "mine" of .* cannot be read: unable to read client-cert'):
        MINE.up(Progress(io.StringIO()))


def test_nodes_that_are_not_ours_are_not_touched(machine: Machine, tmp_path: Path) -> None:
    """Neither is the cluster removed."""
    of_nodes = (lambda: MINE.execute("n", ["true"]), lambda: MINE.reach("n"), lambda: MINE.pause("n"), lambda: MINE.unpause("n"))
    for refused in of_nodes:
        with pytest.raises(NotHere, match="not ours"):
            refused()
    with pytest.raises(SetupTrouble, match="not ours"):
        MINE.down()
    with pytest.raises(NotHere, match="a load balancer may give out is not known"):
        MINE.addresses()
    MINE.collect_logs(tmp_path / "logs")
    machine.know(fails={"kubectl cluster-info": "forbidden"})
    with pytest.raises(SetupTrouble, match="forbidden"):
        MINE.collect_logs(tmp_path / "logs")
