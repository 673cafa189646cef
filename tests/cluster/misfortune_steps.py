"""The conftest.py of a lab in whose middle a misfortune comes, and goes after some seconds: sentences that cause it."""

from pytest_bdd import parsers, when

from kubelab.errors import SetupTrouble
from kubelab.scenario import Scenario

SIGNAL = """for p in /proc/[0-9]*; do
  case "$(tr '\\0' ' ' 2>/dev/null <$p/cmdline)" in "{program} "*) kill -{signal} ${{p#/proc/}};; esac
done"""
"""Sends a signal to every process of a program."""
RULE = "iptables -{verb} INPUT ! -i lo -p tcp --dport 6443 -j {target}"
"""Cuts the API server off from all who are not on its node."""


@when(parsers.parse('"{program}" is frozen for {seconds:d} seconds'))
def freeze(lab: Scenario, program: str, seconds: int) -> None:
    """A program of the control plane does nothing, and goes on where it was."""
    _for_a_time(lab, seconds, *(SIGNAL.format(program=program, signal=signal) for signal in ("STOP", "CONT")))


@when(parsers.parse("the API server is cut off by {target} for {seconds:d} seconds"))
def cut_off(lab: Scenario, target: str, seconds: int) -> None:
    """A firewall drops or refuses what is sent to it."""
    _for_a_time(lab, seconds, *(RULE.format(verb=verb, target=target) for verb in ("I", "D")))


def _for_a_time(lab: Scenario, seconds: int, begin: str, end: str) -> None:
    script = f"{begin}\nexport END\nsetsid bash -c 'sleep {seconds}; eval \"$END\"' </dev/null >/dev/null 2>&1 &"
    node = f"{lab.cluster.name}-control-plane"
    done = lab.provider.execute(node, ["env", f"END={end}", "bash", "-c", script])
    if not done.good:
        raise SetupTrouble(f"The misfortune did not come: {done.tail}")
