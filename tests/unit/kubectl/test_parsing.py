"""Commands are parsed as kubectl does, and written again so that they can mean only one thing."""

import pytest

from kubelab import kubectl
from kubelab.errors import LabFailure
from kubelab.kubectl.command import take_apart


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("kubectl get pods -o wide", "get pods --output=wide"),
        ("kubectl get pods -owide", "get pods --output=wide"),
        ("kubectl get pods -o=wide", "get pods --output=wide"),
        ("kubectl get pods -o =", "get pods --output=="),
        ("kubectl get -o wide pods --show-labels", "get --output=wide pods --show-labels"),
        ("kubectl get pods --ignore-not-found=false", "get pods --ignore-not-found=false"),
        ("kubectl exec -itc app web -- sh", "exec --stdin --tty --container=app web"),
        ("kubectl exec -it=false web -- sh", "exec --stdin --tty=false web"),
        ("kubectl get pods --show_labels", "get pods --show-labels"),
        ("kubectl logs -p web -c app", "logs --previous web --container=app"),
        ("kubectl delete pod web --cascade orphan", "delete pod web --cascade orphan"),
        ("kubectl -n mine get pods", "get pods"),
        ("kubectl rollout -n mine undo deployment web", "rollout undo deployment web"),
        ("kubectl --request-timeout=5s get pods", "get --request-timeout=5s pods"),
        ("kubectl create --dry-run=client deployment web --image a", "create deployment --dry-run=client web --image=a"),
        ("kubectl create secret generic x --from-literal a=b", "create secret generic x --from-literal=a=b"),
        ("kubectl delete pod -- web", "delete pod web"),
        ("kubectl apply -f -", "apply --filename=-"),
        ("kubectl apply -f a.yaml,b.yaml", "apply --filename=a.yaml,b.yaml"),
    ],
)
def test_each_flag_is_one_word_with_its_long_name(line: str, words: str) -> None:
    """Its value is in the same word or the next; a switch does not use the next one."""
    assert " ".join(take_apart(line).words) == words


@pytest.mark.parametrize(
    ("line", "namespace", "everywhere"),
    [
        ("kubectl get pods", "", False),
        ("kubectl get pods -n a -n b", "b", False),
        ("kubectl get -nlab pods", "lab", False),
        ("kubectl get pods -Aowide", "", True),
        ("kubectl get pods --all-namespaces=false", "", False),
        ("kubectl exec web -- ls -n other -A", "", False),
    ],
)
def test_where_it_works(line: str, namespace: str, *, everywhere: bool) -> None:
    """The last flag counts; those of a container's command do not."""
    command = take_apart(line)

    assert (command.namespace, command.everywhere) == (namespace, everywhere)
    assert not [word for word in command.words if "namespace" in word]


def test_what_follows_two_dashes_belongs_to_the_container() -> None:
    """Unchanged."""
    command = take_apart("kubectl run web --image=nginx -- sh -c 'ls --as x' -- y")

    assert command.inner == ("--", "sh", "-c", "ls --as x", "--", "y")


@pytest.mark.parametrize(
    ("line", "because"),
    [
        ("kubectl get pods --as_group=x", '"--as_group=x" would leave'),
        ("kubectl get pods --show-label", 'has no "--show-label" for labs; perhaps --show-labels is meant'),
        ("kubectl get pods --=x", 'has no "--=x" for labs; it has --all-namespaces'),
        ("kubectl get pods -z", 'has no "-z" for labs; it has '),
        ("kubectl get pods ---output=x", 'has no "---output=x" for labs'),
        ("kubectl get pods -o", '"-o" needs a value'),
        ("kubectl get pods -n", '"-n" needs a value'),
        ("kubectl delete pods -- --all", "there are no flags any more"),
        ("kubectl rollout", "comes one of history, pause"),
        ("kubectl rollout --timeout=5s status deployment x", "comes one of history, pause"),
        ("kubectl rollout stop deployment x", 'no "rollout stop" for labs; of rollout, they have history'),
        ("kubectl apply web.yaml", "a file is named after -f"),
        ("kubectl create -f web.yaml namespace x", "no manifest is read here"),
        ("kubectl create --from-literal a=b configmap x", 'has no "--from-literal" for labs'),
        ("kubectl -- get pods", "the verb comes first"),
        ("kubectl get pods -o go-template-file=/etc/passwd", "would read a file of this machine"),
        ("kubectl apply -f https://example.com/x.yaml", "is a page of the network"),
        ("kubectl auth reconcile -f x", "it changes who may do what"),
        ("kubectl create token default", "one account speak as another"),
        ("kubectl run x --image=a -it", "nothing is typed here"),
        ("kubectl create -f x --edit", "make the change with set"),
        ("kubectl create cm x --from-file=/etc/passwd", "--from-literal=key=value"),
        ("kubectl create secret tls x --cert=a --key=b", "manifest of the Secret"),
        ("kubectl patch pod x --patch-file=a", "write the patch"),
        ("kubectl apply -f x --prune", "name what to delete"),
        ("kubectl run x --image=a --overrides='[]' --override-type=json", "fields as a manifest has them"),
    ],
)
def test_what_is_not_understood_or_not_for_labs_is_refused(line: str, because: str) -> None:
    """With the word, and what to write instead."""
    with pytest.raises(LabFailure) as failure:
        kubectl.allowed(line)

    assert because in str(failure.value)
    assert line in str(failure.value)


@pytest.mark.parametrize(
    ("overrides", "because"),
    [
        ('{"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n"}}', 'Node "n" belongs to the whole cluster'),
        ('{"apiVersion": "v1", "\\u006bind": "Node", "metadata": {"name": "n"}}', 'Node "n" belongs to the whole cluster'),
        ('{"metadata": {"namespace": "kube-system"}}', 'sets the namespace "kube-system"'),
        ("[]", "these are not the fields of an object"),
        ("{", "--overrides:2:1: this is not YAML"),
    ],
)
def test_overrides_stay_in_the_namespace_too(overrides: str, because: str) -> None:
    """Their content is checked like a manifest."""
    with pytest.raises(LabFailure) as failure:
        kubectl.allowed(f"kubectl run x --image=a --overrides='{overrides}'")

    assert because in str(failure.value)


def test_overrides_of_the_object_s_own_fields_are_none_of_our_business() -> None:
    """The API server judges them."""
    assert kubectl.allowed('kubectl run x --image=a --overrides=\'{"spec": {"hostNetwork": true}}\'').verb == "run"
