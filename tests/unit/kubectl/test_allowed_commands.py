"""Which commands a lab may run: their verbs and flags, and how far they reach."""

import pytest

from kubelab import kubectl
from kubelab.errors import LabFailure
from kubelab.kubectl.command import take_apart


@pytest.mark.parametrize(
    "line",
    [
        "kubectl get pods -o wide",
        "kubectl get pods -A",
        "kubectl get pods -n kube-system -l k8s-app=kube-dns",
        "kubectl get pods -n ingress-nginx",
        "kubectl get services --namespace=metallb-system",
        "kubectl config set-context x --namespace=other --cluster=kubernetes --user kubernetes-admin",
        "kubectl config set-context x -n other",
        "kubectl config use-context kubernetes-admin@kubernetes",
        "kubectl config delete-context node",
        "kubectl config view --minify",
        "kubectl get nodes --show-labels",
        "kubectl describe node kubelab-worker",
        "kubectl logs web -c nginx -p",
        "kubectl run web --image=nginx --port 80 --env=A=b -- sh -c 'ls -n -s --context'",
        "kubectl exec -it web -- kubectl --kubeconfig x -n other get pods",
        "kubectl rollout undo deployment/web --to-revision=2",
        "kubectl rollout status daemonset/x -n kube-system",
        "kubectl label pods node=one --all --overwrite",
        "kubectl delete pods -l app=web",
        "kubectl apply -f web.yaml",
        "kubectl run node --image=nginx",
        "kubectl get pods -ojson",
        "kubectl label nodes -l type=hdd type=ssd --dry-run=server",
    ],
)
def test_a_lab_may(line: str) -> None:
    """What stays in the namespace, and reading beyond it if that does no harm."""
    assert kubectl.allowed(line).verb == line.split()[1]


@pytest.mark.parametrize(
    "line",
    [
        "kubectl delete namespace lab-1-team",
        "kubectl delete namespace/lab-1-team clusterrole/lab-1-reader --wait=false",
        "kubectl delete clusterrole lab-1-reader lab-1-writer",
        "kubectl get pods -n lab-1-team",
        "kubectl delete pod web --namespace=lab-1-team",
        "kubectl delete pod web -n lab-1",
    ],
)
def test_a_scenario_may_do_more_with_what_is_named_after_it(line: str) -> None:
    """It affects nobody else."""
    assert kubectl.allowed(line, "lab-1").verb == line.split()[1]


@pytest.mark.parametrize(
    "line",
    [
        "kubectl delete namespace lab-1",
        "kubectl delete namespace lab-2-team",
        "kubectl delete namespace lab-1-team kube-system",
        "kubectl delete namespace lab-1-team --all",
        "kubectl delete namespace -l a=b",
        "kubectl delete namespace --field-selector metadata.name=lab-1-team",
        "kubectl delete clusterrole lab-1-reader pods/x",
        "kubectl delete clusterrole",
        "kubectl label namespace lab-1-team a=b",
        "kubectl create namespace lab-1-team",
    ],
)
def test_and_not_with_anything_else(line: str) -> None:
    """Nor without a name, nor in a way that would lose the marks by which it is removed."""
    with pytest.raises(LabFailure, match="belongs to the whole cluster"):
        kubectl.allowed(line, "lab-1")


@pytest.mark.parametrize(
    ("line", "because"),
    [
        ("ls", "Only kubectl can be run"),
        ("kubectl", "the verb comes first"),
        ("kubectl 'get pods", "check its quotes"),
        ("kubectl --context other get pods", "the verb comes first"),
        ("kubectl get pods --context=other", "would leave the cluster"),
        ("kubectl get pods --kubeconfig x", "would leave the cluster"),
        ("kubectl get pods --as admin", "would leave the cluster"),
        ("kubectl get pods --token=t", "would leave the cluster"),
        ("kubectl get pods -s https://other", "would leave the cluster"),
        ("kubectl apply -k folder", "would leave"),
        ("kubectl apply -R -f folder", "would leave"),
        ("kubectl get --raw /api", "would leave"),
        ("kubectl get pods -n other", "may only look into ingress-nginx, kube-system, metallb-system"),
        ("kubectl get pods --namespace=other", "may only look into ingress-nginx, kube-system, metallb-system"),
        ("kubectl get pods -nother", "may only look into ingress-nginx, kube-system, metallb-system"),
        ("kubectl exec -inother web -- ls", "may only look into ingress-nginx, kube-system, metallb-system"),
        ("kubectl delete pod x -n kube-system", "may only look into ingress-nginx, kube-system, metallb-system"),
        ("kubectl delete pods -A", '"-A" is only for get'),
        ("kubectl delete node kubelab-worker", "belongs to the whole cluster"),
        ("kubectl label node/kubelab-worker a=b", "belongs to the whole cluster"),
        ("kubectl label --overwrite nodes kubelab-worker a=b", "belongs to the whole cluster"),
        ("kubectl delete pods,nodes x", "belongs to the whole cluster"),
        ("kubectl create namespace x", "belongs to the whole cluster"),
        ("kubectl create clusterrole x", "belongs to the whole cluster"),
        ("kubectl label nodes --all a=b --dry-run=server --dry-run=none", "belongs to the whole cluster"),
        ("kubectl label nodes --all a=b --dry-run", "belongs to the whole cluster"),
        ("kubectl label nodes --all a=b --field-manager --dry-run=server", "belongs to the whole cluster"),
        ("kubectl edit pod x", "it opens an editor"),
        ("kubectl drain kubelab-worker", "it changes a node"),
        ("kubectl config", "who and where"),
        ("kubectl config set-cluster x --server=https://other", "who and where"),
        ("kubectl config set-credentials x --token=t", "who and where"),
        ("kubectl config unset contexts", "who and where"),
        ("kubectl config --kubeconfig x view", "who and where"),
        ("kubectl config view --raw", "would leave"),
        ("kubectl config use-context x --kubeconfig=/root/.kube/config", "would leave"),
        ("kubectl config use-context x --cluster=other", "would leave"),
        ("kubectl get pods --cluster=other", "would leave"),
        ("kubectl port-forward web 80", "it never ends"),
        ("kubectl plugin list", "no verb"),
        ("kubectl get pods -w", "it never ends"),
        ("kubectl logs web --follow=true", "it never ends"),
        ("kubectl logs -f web", "it never ends"),
    ],
)
def test_a_lab_may_not(line: str, because: str) -> None:
    """The refusal gives the reason, and repeats the command."""
    with pytest.raises(LabFailure) as failure:
        kubectl.allowed(line)

    assert because in str(failure.value)
    assert line in str(failure.value)


@pytest.mark.parametrize("line", ["kubectl get \0", f"kubectl get pod {'x' * 200_000}"], ids=["a NUL", "too long"])
def test_what_no_system_can_run_is_refused_in_words(line: str) -> None:
    """Before it is tried."""
    with pytest.raises(LabFailure, match="This command cannot be run: "):
        take_apart(line)


@pytest.mark.parametrize(
    ("line", "reads"),
    [
        ("kubectl get pods -n kube-system", True),
        ("kubectl rollout history deployment web", True),
        ("kubectl logs job/web", True),
        ("kubectl diff -f web.yaml", False),
        ("kubectl scale deployment web --replicas=2 --dry-run=server", False),
        ("kubectl exec web -- ls", False),
        ("kubectl get pods -n other", False),
        ("kubectl gett pods", False),
        ("rm -r /", False),
    ],
)
def test_only_some_commands_do_nothing_but_read(line: str, *, reads: bool) -> None:
    """Not those with --dry-run, nor those that labs may not use."""
    assert kubectl.only_reads(line) == reads
