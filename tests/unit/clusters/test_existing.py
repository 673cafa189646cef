"""Somebody else's cluster, by the name of its context; kubectl is a fake."""

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
    """The user's file may change, and is never written; only the user may read the copy."""
    found = provider(Settings(context="mine", chosen_by="--lab-context")).find()

    assert found is not None
    assert (found.provider, found.name, found.version, found.images) == ("existing", "mine", "v1.36.3", "public")
    assert found.reason == "--lab-context names this context"
    assert found.kubeconfig.parent == machine.folder / "state" / "kubelab" / "contexts"
    assert found.kubeconfig.name.startswith("mine-")
    assert found.kubeconfig.stat().st_mode & 0o077 == 0


def test_two_accounts_under_one_context_s_name_have_a_copy_each(machine: Machine) -> None:
    """Their runs may take place at the same time."""
    first = MINE.up(Progress(io.StringIO()))
    machine.know(kubeconfig={"users": [{"name": "me", "user": {"token": "of somebody else"}}]})
    second = MINE.up(Progress(io.StringIO()))

    assert first.kubeconfig != second.kubeconfig
    assert "of somebody else" not in first.kubeconfig.read_text()
    assert "of somebody else" in second.kubeconfig.read_text()


@pytest.mark.usefixtures("machine")
def test_a_copy_is_never_seen_half_written() -> None:
    """The workers of a run, and Pods that share a volume, write the same one at the same time."""
    copy = MINE.up(Progress(io.StringIO())).kubeconfig
    whole, first = copy.read_text(), copy.stat().st_ino
    MINE.up(Progress(io.StringIO()))
    assert copy.stat().st_ino == first

    copy.write_text("of a run that was killed")
    with copy.open() as reading:
        MINE.up(Progress(io.StringIO()))
        assert reading.read() == "of a run that was killed"

    assert copy.read_text() == whole
    assert list(copy.parent.iterdir()) == [copy]
    assert copy.stat().st_mode & 0o077 == 0


def test_an_unknown_context_is_told_with_who_named_it_and_the_nearest(machine: Machine) -> None:
    """And the existing ones."""
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
    """With kubectl's own message."""
    machine.know(fails={"kubectl get --raw": "connection refused"})

    with pytest.raises(SetupTrouble, match=r'"mine" does not answer\.\n  connection refused\nTry: kubectl --context mine version'):
        MINE.up(Progress(io.StringIO()))


def test_a_context_that_is_there_but_cannot_be_read_is_told_apart(machine: Machine) -> None:
    """Such as a context whose certificate file is missing."""
    machine.know(fails={"kubectl config view": "unable to read client-cert"})

    with pytest.raises(SetupTrouble, match=r'Context "mine" of .* cannot be read: unable to read client-cert'):
        MINE.up(Progress(io.StringIO()))


def test_nodes_that_are_not_ours_are_not_touched(machine: Machine, tmp_path: Path) -> None:
    """Nor is the cluster removed."""
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
