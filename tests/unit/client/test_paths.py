"""Paths of the API: no name leads to another path."""

import pytest

from kubelab.client.kinds import BUILT_IN
from kubelab.errors import LabFailure


def test_a_name_is_one_part_of_the_path() -> None:
    """Whatever characters it has; a port of a Pod's proxy stays as it is."""
    pods = BUILT_IN["Pod"]

    assert pods.path("lab", "web:80", "proxy") == "/api/v1/namespaces/lab/pods/web:80/proxy"
    assert pods.path("lab", "a?force=true#b é\n") == "/api/v1/namespaces/lab/pods/a%3Fforce%3Dtrue%23b%20%C3%A9%0A"


@pytest.mark.parametrize("name", ["..", ".", "../../kube-system/pods/x", "a/b", "%2e%2e"])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    """As a namespace, too."""
    with pytest.raises(LabFailure, match="cannot be the name of an object"):
        BUILT_IN["Pod"].path("lab", name)
    with pytest.raises(LabFailure, match="cannot be the name of an object"):
        BUILT_IN["Pod"].path(name, "web")
