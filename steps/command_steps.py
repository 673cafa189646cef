"""What a person does: kubectl commands, manifests, edits, deletions; and what a command printed."""

from datetime import UTC, datetime

from pytest_bdd import step, then, when

from kubelab.client.objects import at
from kubelab.conditions.printed import outputs, tables
from kubelab.kubectl import only_reads
from kubelab.kubectl.shell import misuse
from kubelab.scenario import Scenario
from kubelab.vocabulary import by_hand, checks, live, parse


@step(parse("I run {line:Text}"))
@by_hand("{line}")
@checks(line=misuse)
@live(line=lambda line, _files: only_reads(line))
def run_command(lab: Scenario, line: str) -> None:
    """Runs kubectl in the scenario's namespace, without a shell; it must succeed."""
    lab.run(line)


@step(parse("I run the commands of {file:File}"))
@by_hand("sh {file}")
def run_commands(lab: Scenario, file: str) -> None:
    """Runs the kubectl commands of a file one after another, each as `I run` does: for commands that students write themselves."""
    lab.run_file(file)


@when(parse("I try {line:Text}"))
@by_hand("{line}")
@checks(line=misuse)
def try_command(lab: Scenario, line: str) -> None:
    """Runs kubectl as `I run` does, and lets the next sentence say whether it should have succeeded."""
    lab.attempt(line)


@step(parse("I apply {file:File}"))
@by_hand("kubectl apply -f {file}")
@live(file=lambda file, files: file in files)
def apply_file(lab: Scenario, file: str) -> None:
    """Applies a manifest from the chapter's folder under `manifests/`, from beside the feature, or from `manifests/` in the root folder."""
    lab.apply(lab.manifests.read(file))


@step("I apply the output")
@by_hand("kubectl apply -f -")
def apply_output(lab: Scenario) -> None:
    """Applies the manifest that the last command printed."""
    lab.apply(lab.manifests.documents(lab.output.out, "the output"))


@step(parse("I edit {kind:Kind} {name:Name}:"))
@by_hand("kubectl edit {kind} {name}")
def edit(lab: Scenario, kind: str, name: str, docstring: str) -> None:
    """Changes the fields of an object that the YAML text names, and leaves all others."""
    lab.edit(kind, name, docstring)


@step(parse("I delete {kind:Kind} {name:Name}"))
@by_hand("kubectl delete {kind} {name} --wait=false")
def delete(lab: Scenario, kind: str, name: str) -> None:
    """Deletes an object, and does not wait until it is gone."""
    lab.delete(kind, name)


@then(parse("the output shows {text:Text}"))
@live()
def output_shows(lab: Scenario, text: str) -> None:
    """The last command printed the text."""
    outputs.shows(lab.output, text)


@then(parse("the output does not show {text:Text}"))
@live()
def output_does_not_show(lab: Scenario, text: str) -> None:
    """The last command succeeded and printed something, without the text."""
    outputs.does_not_show(lab.output, text)


@then("the output shows, in this order:")
@live()
def output_shows_in_order(lab: Scenario, docstring: str) -> None:
    """The last command printed each line of the text, in this order; the number of spaces between words does not matter."""
    outputs.shows_in_order(lab.output, docstring)


@then("the output has the columns:")
@live()
def output_has_columns(lab: Scenario, datatable: list[list[str]]) -> None:
    """The last command printed a table: in the columns named by the first row, exactly the other rows, in this order."""
    tables.shows_columns(lab.output, datatable)


@then(parse("the output lists exactly {names:Names}"))
@live()
def output_lists(lab: Scenario, names: list[str]) -> None:
    """The last command printed a table with these names (separated by commas) and no other."""
    tables.lists_exactly(lab.output, names)


@then("the output shows the date")
@live()
def output_shows_date(lab: Scenario) -> None:
    """The last command printed today's date in UTC, in one of the formats of the `date` program."""
    outputs.shows_the_date(lab.output, datetime.now(UTC))


@then(parse("the output shows the node of Pod {name:Name}"))
@live()
def output_shows_node(lab: Scenario, name: str) -> None:
    """The last command printed the name of the node that the Pod is on."""
    outputs.shows(lab.output, at(lab.seen("Pod", name), "spec", "nodeName", default="no node"))


@then(parse("the output shows the IP of Pod {name:Name}"))
@live()
def output_shows_ip(lab: Scenario, name: str) -> None:
    """The last command printed the Pod's address."""
    outputs.shows(lab.output, at(lab.seen("Pod", name), "status", "podIP", default="no IP"))


@then(parse("the output shows the cluster IP of Service {name:Name} of namespace {namespace:Name}"))
def output_shows_cluster_ip(lab: Scenario, name: str, namespace: str) -> None:
    """The last command printed the address of a Service of another namespace, such as the name server's."""
    lab.look_into(namespace, "Service")
    outputs.shows(lab.output, at(lab.seen("Service", name, namespace), "spec", "clusterIP", default="no IP"))


@then(parse("the output is the manifest of {kind:Kind} {name:Name}"))
def output_is_manifest(lab: Scenario, kind: str, name: str) -> None:
    """The last command printed the manifest of that object, and of no other."""
    outputs.is_manifest_of(lab.manifests.documents(lab.output.out, "the output"), kind, name)


@then(parse("kubectl refuses with {text:Text}"))
@live()
def refuses(lab: Scenario, text: str) -> None:
    """The last command failed, and its error message contains the text."""
    outputs.refuses(lab.output, text)
