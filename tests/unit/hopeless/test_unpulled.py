"""An image that is not pulled: FAILED if the lab's name for it is wrong, ERROR if the run is at fault."""

from typing import TYPE_CHECKING, Any, cast

import pytest

from kubelab import hopeless
from kubelab.conditions import pods
from kubelab.errors import ImageTrouble, LabFailure
from kubelab.manifests import Images
from kubelab.policy import Substitution
from kubelab.waiting import until
from tests.unit.hopeless.kubelets import EveryOneRuns
from tests.unit.objects import pod, thing
from tests.unit.scripted import Lab

if TYPE_CHECKING:
    from kubelab.client import Client

NOT_FOUND = "docker.io/library/nginx:1.18: not found"
TOO_MANY = "unexpected status code https://r.io/v2/x: 429 Too Many Requests"
NO_HOST = "dial tcp: lookup r.invalid on 10.0.0.1:53: no such host"
RUNS = "docker.io/library/nginx:1.18"
LABS = {
    **{f"nginx:1.1{minor}": Substitution(f"nginx:1.1{minor}", f"docker.io/library/nginx:1.2{minor}", "newer") for minor in (5, 6, 7)},
    "nginx:1.14": Substitution("nginx:1.14", RUNS, "smaller"),
    "redis:7": Substitution("redis:7", "redis:7", "as it is"),
}


@pytest.fixture
def images() -> Images:
    """One image that replaces another, and one that runs under the lab's own name."""
    return Images(LABS)


@pytest.fixture
def lab(images: Images) -> Lab:
    """A scenario with the real table."""
    return Lab(hopeless=hopeless.table(cast("Client", EveryOneRuns()), "lab", images))


def without(image: str, message: str, reason: str = "ErrImagePull", **container: Any) -> Any:
    """A Pod on a node that waits for an image."""
    state = {"waiting": {"reason": reason, "message": message}}
    spec = {"nodeName": "kubelab-worker", "containers": [{"name": "main", "image": image, **container}]}
    return pod(spec=spec, status={"containerStatuses": [{"name": "main", "state": state}]})


def event(reason: str, message: str = "") -> dict[str, Any]:
    """A kubelet's event about that Pod."""
    about = {"kind": "Pod", "name": "web", "uid": "uid-web", "fieldPath": "spec.containers{main}"}
    return thing("Event", f"web.{reason}", reason=reason, message=message, involvedObject=about)


def failed(lab: Lab) -> LabFailure:
    """The failure with which the wait ends."""
    with pytest.raises(LabFailure) as caught:
        until(lab, pods.ready("web"))
    return caught.value


def troubled(lab: Lab, within: float | None = None) -> str:
    """The text of the trouble with which the wait ends; it names the Pod, too."""
    with pytest.raises(ImageTrouble) as caught:
        until(lab, pods.ready("web"), within)
    assert caught.value.pod["metadata"]["name"] == "web"
    return str(caught.value)


def test_an_unpublished_image_must_be_pushed() -> None:
    """Whatever error the node reports for its own name without a registry."""
    ours = {"smlinux/thor": Substitution("smlinux/thor", "localhost/kubelab/thor:1.0", "ours")}
    lab = Lab(hopeless=hopeless.table(cast("Client", EveryOneRuns()), "lab", Images(ours)))
    lab.at(1, without("localhost/kubelab/thor:1.0", 'failed to do request: Head "https://localhost/v2/": connect: connection refused'))

    assert troubled(lab, 60).endswith("push it into a registry that they reach: kubelab image push REGISTRY")


def test_a_name_that_only_the_lab_knows(lab: Lab) -> None:
    """There is no such image: the nearest existing one is named."""
    lab.at(1, without("nginx:1.41", "docker.io/library/nginx:1.41: not found"))

    failure = failed(lab)

    assert lab.elapsed == 3
    assert failure.last_saw.endswith("web: ErrImagePull of nginx:1.41: there is no such image here, or no such tag of it")
    assert failure.hint == "Check the image's name and tag; nearest is nginx:1.14. The images that labs use: kubelab images"


@pytest.mark.parametrize(("image", "labs"), [("nowhere/near:1", LABS), ("nginx:1.41", {})])
def test_no_name_is_near(image: str, labs: dict[str, Substitution]) -> None:
    """Or none is known."""
    lab = Lab(hopeless=hopeless.table(cast("Client", EveryOneRuns()), "lab", Images(labs)))
    lab.put(without(image, f"{image}: not found"))

    assert failed(lab).hint == "Check the image's name and tag." + (" The images that labs use: kubelab images" if labs else "")


@pytest.mark.parametrize(
    ("image", "labs", "hint"),
    [
        (
            "nginx:1.41",
            LABS,
            ("No registry answers this cluster; the images it has are nginx (1.15, 1.16, 1.17, 1.14), redis (7)."
            " Nearest is nginx:1.14. What runs for each: kubelab images"),
        ),
        (
            "nowhere/near:1",
            {"nginx": LABS["nginx:1.14"], "nginx:latest": LABS["nginx:1.14"], "centos:7": LABS["redis:7"]},
            "No registry answers this cluster; the images it has are nginx (latest), centos (7). What runs for each: kubelab images",
        ),
        ("nginx:1.41", {}, "No registry answers this cluster, which has only the images of its nodes: kubelab images --side own"),
    ],
)  # fmt: skip
def test_where_no_registry_answers_the_images_are_listed_that_there_are(image: str, labs: dict[str, Substitution], hint: str) -> None:
    """On our own node image: the name may be right, but the image is not there."""
    lab = Lab(hopeless=hopeless.table(cast("Client", EveryOneRuns()), "lab", Images(labs, closed=True)))
    lab.put(without(image, f"{image}: not found"))

    assert failed(lab).hint == hint


def test_an_image_that_the_run_puts_in(lab: Lab, images: Images) -> None:
    """Both names, the node, the registry's message, and what to do."""
    images.replaced("library/nginx:1.14")
    lab.at(1, without(RUNS, NOT_FOUND))

    assert troubled(lab) == (
        f'Pod "web" on kubelab-worker cannot get the image {RUNS} (it runs here for library/nginx:1.14): '
        "there is no such image here, or no such tag of it.\n"
        "Name another image for it with --lab-images. The images that labs use: kubelab images"
    )
    assert lab.elapsed == 3


def test_an_image_that_the_run_has_as_labs_name_it(lab: Lab) -> None:
    """It has only one name; an unknown error is also the run's trouble."""
    lab.put(without("redis:7", "a sad registry"))

    assert troubled(lab).startswith('Pod "web" on kubelab-worker cannot get the image redis:7: ErrImagePull: a sad registry.\n')


def test_an_image_that_is_asked_for_each_time(lab: Lab) -> None:
    """The likeliest cause on a node that has the image."""
    lab.put(without(RUNS, NOT_FOUND, imagePullPolicy="Always"))

    assert "Its imagePullPolicy is Always" in troubled(lab)


def test_a_registry_that_cannot_even_be_asked(lab: Lab) -> None:
    """It is unknown whether the lab's image exists."""
    lab.put(without("r.invalid/x:1", NO_HOST))

    assert "cannot get the image r.invalid/x:1: there is no such host: r.invalid.\nCheck the registry's name" in troubled(lab)
    assert lab.elapsed == 2


@pytest.mark.parametrize("within", [None, 3])
def test_a_registry_that_is_busy_is_given_time(lab: Lab, within: float | None) -> None:
    """Three attempts, and no limit ends before."""
    lab.at(1, event("Pulling", 'Pulling image "nginx:1.14"'))
    lab.at(1.1, event("Failed", TOO_MANY))
    lab.at(2, without("busy/x:1", TOO_MANY))

    told = troubled(lab, within)

    assert lab.elapsed == 47
    assert "busy/x:1: too many requests: the registry limits how often it may be asked (429).\nLog in to it on the nodes, or" in told


def test_a_registry_that_answers_in_the_end(lab: Lab) -> None:
    """The time until then does not count for the lab."""
    lab.at(1, event("Pulling", 'Pulling image "nginx:1.14"'))
    lab.at(1.1, event("Failed", TOO_MANY))
    lab.at(2, without("busy/x:1", TOO_MANY))
    lab.at(16, event("Pulling", 'Pulling image "nginx:1.14"'))
    lab.at(17, event("Pulled", "Successfully pulled image"))
    lab.at(19, pod(ready=True))

    assert until(lab, pods.ready("web"), within=4).met


def test_a_try_that_goes_on_is_awaited(lab: Lab) -> None:
    """The Pod's status still shows the attempt before."""
    lab.put(without("busy/x:1", TOO_MANY))
    lab.put(event("Failed", TOO_MANY))
    lab.at(40, event("Pulling", 'Pulling image "nginx:1.14"'))
    lab.at(64, event("Pulled", "Successfully pulled image"))
    lab.at(65, pod(ready=True))

    assert until(lab, pods.ready("web")).met


def test_an_older_kubelet_says_the_cause_only_once(lab: Lab) -> None:
    """The back-off after it is reported with that cause."""
    lab.at(1, without("busy/x:1", TOO_MANY))
    lab.at(3, without("busy/x:1", 'Back-off pulling image "busy/x:1"', "ImagePullBackOff"))

    assert "too many requests" in troubled(lab)
    assert lab.elapsed == 46


def test_a_pull_without_end(lab: Lab) -> None:
    """After five minutes."""
    lab.put(without(RUNS, "", "ContainerCreating"))
    lab.at(2, event("Pulling", f'Pulling image "{RUNS}"'))

    assert f"has been pulling the image {RUNS} (it runs here for nginx:1.14) for 5 min.\nRun it again" in troubled(lab)
    assert lab.elapsed == 302


def test_the_labs_own_fault_comes_first(lab: Lab) -> None:
    """Whatever else may be wrong."""
    state = {"waiting": {"reason": "ErrImagePull", "message": NOT_FOUND}}
    containers = [{"name": "main", "image": RUNS}, {"name": "side", "image": "nginx:1.41"}]
    statuses = [{"name": one["name"], "state": state} for one in containers]
    lab.put(pod(spec={"containers": containers}, status={"containerStatuses": statuses}))

    assert "nginx:1.41" in failed(lab).last_saw


def test_a_sentence_that_waits_for_a_bad_image(lab: Lab) -> None:
    """It is met, whoever is at fault."""
    lab.at(1, without("busy/x:1", TOO_MANY))

    assert until(lab, pods.in_phase("web", "Pending")).met
