"""The conftest.py of a lab during which a misfortune comes and goes after some seconds: sentences that cause it."""

from pytest_bdd import parsers, when

from kubelab.client.objects import name
from kubelab.conditions.nodes import is_worker
from kubelab.errors import SetupTrouble
from kubelab.scenario import Scenario

SIGNAL = """for p in /proc/[0-9]*; do
  case "$(tr '\\0' ' ' 2>/dev/null <$p/cmdline)" in "{program} "*) kill -{signal} ${{p#/proc/}};; esac
done"""
"""Sends a signal to every process of a program."""
RULE = "iptables -{verb} INPUT ! -i lo -p tcp --dport 6443 -j {target}"
"""Cuts the API server off from everything that is not on its node."""


@when(parsers.parse('"{program}" is frozen for {seconds:d} seconds'))
def freeze(lab: Scenario, program: str, seconds: int) -> None:
    """A program of the control plane is stopped, and later continues."""
    _for_a_time(lab, _plane(lab), seconds, *(SIGNAL.format(program=program, signal=signal) for signal in ("STOP", "CONT")))


@when(parsers.parse("the API server is cut off by {target} for {seconds:d} seconds"))
def cut_off(lab: Scenario, target: str, seconds: int) -> None:
    """A firewall drops or refuses what is sent to it."""
    _for_a_time(lab, _plane(lab), seconds, *(RULE.format(verb=verb, target=target) for verb in ("I", "D")))


@when(parsers.parse('"{unit}" of the workers is stopped for {seconds:d} seconds'))
def stop(lab: Scenario, unit: str, seconds: int) -> None:
    """A service of every worker node is stopped, and started again."""
    for node in filter(is_worker, lab.client.list("Node")):
        _for_a_time(lab, name(node), seconds, f"systemctl stop {unit}", f"systemctl start {unit}")


def for_a_time(begin: str, end: str, seconds: int) -> list[str]:
    """The command that does one thing at once, and another one some seconds later, when nobody waits for it any more."""
    later = f"{begin}\nexport END\nsetsid bash -c 'sleep {seconds}; eval \"$END\"' </dev/null >/dev/null 2>&1 &"
    return ["env", f"END={end}", "bash", "-c", later]


def _plane(lab: Scenario) -> str:
    return f"{lab.cluster.name}-control-plane"


def _for_a_time(lab: Scenario, node: str, seconds: int, begin: str, end: str) -> None:
    done = lab.provider.execute(node, for_a_time(begin, end, seconds))
    if not done.good:
        raise SetupTrouble(f"The misfortune did not come: {done.tail}")
