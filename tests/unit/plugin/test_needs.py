"""What a scenario needs for itself: its steps' locks, what its manifests need."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from kubelab.manifests import Solution
from kubelab.plugin.needs import needs

SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80, nodePort: 30123}]}\n"


def item(folder: Path, *sentences: tuple[str, str, list[str]], solution: Solution | None = None) -> Any:
    """A scenario of these sentences, each with its text, its docstring and its kinds; it belongs to an exercise with a solution."""
    bound = [
        (SimpleNamespace(text=text, docstring=docstring or None), SimpleNamespace(kinds=lambda _text, kinds=kinds: kinds))
        for text, docstring, kinds in sentences
    ]
    fields = {"bound": bound, "resources": {"node labels"}, "manifest_limit": 1.0, "solution": solution}
    return SimpleNamespace(path=folder / "a.feature", **fields)


def test_locks_and_needs_of_files_and_texts(tmp_path: Path) -> None:
    """Of files that are applied by a sentence or a command, and of the fields that a sentence changes."""
    (tmp_path / "one.yaml").write_text(SERVICE)
    (tmp_path / "two.yaml").write_text(SERVICE.replace("30123", "30200"))
    scenario = item(
        tmp_path,
        ('I apply "one.yaml"', "", []),
        ('I run "kubectl apply -f two.yaml"', "", []),
        ('I edit Service "web":', "spec: {clusterIP: 10.100.100.100}", ["Service"]),
    )

    assert needs(scenario, tmp_path) == {"node labels", "node port 30123", "node port 30200", "address 10.100.100.100"}


def test_a_node_port_of_a_command(tmp_path: Path) -> None:
    """Whether the command takes it or is to find it taken."""
    scenario = item(tmp_path, ('I try "kubectl create service nodeport a --tcp=80:80 --node-port=30123"', "", []))

    assert needs(scenario, tmp_path) == {"node labels", "node port 30123"}


def test_what_a_student_has_written_counts_too(tmp_path: Path) -> None:
    """Its manifests, also those that its commands apply, and its commands' node ports; what is not there needs nothing."""
    (tmp_path / "web.yaml").write_text(SERVICE)
    (tmp_path / "ann").mkdir()
    (tmp_path / "ann" / "web.yaml").write_text(SERVICE.replace("30123", "30300"))
    (tmp_path / "ann" / "web.sh").write_text("kubectl apply -f web.yaml\n")
    (tmp_path / "ann" / "port.sh").write_text("kubectl create service nodeport a --tcp=80:80 --node-port 30400\n")
    solution = Solution(tmp_path / "ann", ("web.yaml", "web.sh", "port.sh", "none.sh"), "ann")

    for sentence in ('I apply "web.yaml"', 'I run the commands of "web.sh"'):
        assert needs(item(tmp_path, (sentence, "", []), solution=solution), tmp_path) == {"node labels", "node port 30300"}
    port = item(tmp_path, ('I run the commands of "port.sh"', "", []), solution=solution)
    assert needs(port, tmp_path) == {"node labels", "node port 30400"}
    nothing = item(tmp_path, ('I run the commands of "none.sh"', "", []), solution=solution)
    assert needs(nothing, tmp_path) == {"node labels"}


def test_what_cannot_be_read_needs_nothing(tmp_path: Path) -> None:
    """Its sentence will tell."""
    (tmp_path / "broken.yaml").write_text("a: [")

    scenario = item(tmp_path, ('I apply "broken.yaml"', "", []), ('I apply "none.yaml"', "", []), ('Pod "a" matches:', "a: [", ["Pod"]))

    assert needs(scenario, tmp_path) == {"node labels"}
