"""The contestants of create-scale-verify: each runs the same ten tests on the same cluster, one after another or four at a time."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kubelab.clusters.provider import Cluster
from kubelab.manifests import Images, substituted_text
from kubelab.policy import chosen

HERE = Path(__file__).parent
TESTS = 10
PARALLEL = 4
ASSERTION = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web}}\nstatus: {{readyReplicas: {count}}}\n"
"""What chainsaw and kuttl wait for: a partial object."""


@dataclass(frozen=True)
class Contestant:
    """A way of running the ten tests: its name, and the command of a run with that many workers, None if its program is not installed."""

    name: str
    run: Callable[[int], None]


def contestants(cluster: Cluster, work: Path) -> list[Contestant]:
    """kubelab, also with records and a report, the script, and chainsaw and kuttl if on PATH; their files are written into `work`."""
    environment = {**os.environ, "KUBECONFIG": str(cluster.kubeconfig), "PATH": f"{cluster.kubectl.parent}:{os.environ['PATH']}"}
    manifests = _manifests(work / "manifests", cluster)
    kept = ("--lab-record", str(work / "records"), "--lab-report", str(work / "report.html"))
    found = [Contestant("kubelab", _kubelab), Contestant("recorded", lambda workers: _kubelab(workers, *kept))]
    found.append(Contestant("script", lambda workers: _script(manifests, workers, environment)))
    if shutil.which("chainsaw"):
        tests = _tests(work / "chainsaw", manifests, "chainsaw")
        found.append(
            Contestant("chainsaw", lambda workers: _quietly(["chainsaw", "test", "--parallel", str(workers), str(tests)], environment))
        )
    if shutil.which("kubectl-kuttl"):
        suite = _tests(work / "kuttl", manifests, "kuttl")
        words = ["kubectl-kuttl", "test", "--timeout", "60", str(suite)]
        found.append(Contestant("kuttl", lambda workers: _quietly([*words, "--parallel", str(workers)], environment, work)))
    return found


def _kubelab(workers: int, *kept: str) -> None:
    words = [sys.executable, "-m", "pytest", "-q", str(HERE / "features"), *(["-n", str(workers)] if workers > 1 else []), *kept]
    _quietly(words, dict(os.environ))


def _script(manifests: Path, workers: int, environment: dict[str, str]) -> None:
    shares = [[str(number) for number in range(first, TESTS, workers)] for first in range(workers)]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda share: _quietly([str(HERE / "script.sh"), str(manifests), *share], environment), shares))


def _quietly(words: Sequence[str], environment: dict[str, str], folder: Path | None = None) -> None:
    done = subprocess.run(words, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _manifests(folder: Path, cluster: Cluster) -> Path:
    """The two manifests with the images that this cluster runs, since the others cannot substitute them."""
    images = Images(chosen(cluster.images))
    folder.mkdir(parents=True)
    for file in (HERE / "manifests").iterdir():
        (folder / file.name).write_text(substituted_text(file.read_text(), images))
    return folder


def _tests(folder: Path, manifests: Path, tool: str) -> Path:
    """Ten folders with one test each, in the layout that the tool expects."""
    for number in range(TESTS):
        test = folder / f"test-{number}"
        shutil.copytree(manifests, test)
        LAYOUTS[tool](test)
    return folder


def _as_chainsaw(test: Path) -> None:
    shutil.copy(HERE / "chainsaw" / "chainsaw-test.yaml", test)
    (test / "assert-two.yaml").write_text(ASSERTION.format(count=2))
    (test / "assert-three.yaml").write_text(ASSERTION.format(count=3))


def _as_kuttl(test: Path) -> None:
    for step, (file, count) in enumerate((("two.yaml", 2), ("three.yaml", 3))):
        (test / file).rename(test / f"{step:02d}-apply.yaml")
        (test / f"{step:02d}-assert.yaml").write_text(ASSERTION.format(count=count))


LAYOUTS = {"chainsaw": _as_chainsaw, "kuttl": _as_kuttl}
"""The layout that each tool expects of a test's folder."""
