"""A Job: completed, failed and why, how many pods at once."""

from kubelab.client.objects import Object, at, condition
from kubelab.conditions.build import of_object
from kubelab.conditions.family import pods_of, staying
from kubelab.conditions.rows import CRASH, ENDED, OVER
from kubelab.conditions.words import in_words, pods_in_words
from kubelab.observation import View
from kubelab.waiting import Condition


def completed(name: str) -> Condition:
    """`Job "hello" is complete`."""

    def judge(_view: View, job: Object) -> tuple[bool, str]:
        return condition(job, "Complete").get("status") == "True", in_words(job)

    return of_object("Job", name, "is complete", judge, expects=frozenset({CRASH}))


def failed(name: str, reason: str) -> Condition:
    """`Job "hello" failed because of "DeadlineExceeded"`."""

    def judge(_view: View, job: Object) -> tuple[bool, str]:
        found = condition(job, "Failed")
        met = found.get("status") == "True" and found.get("reason") == reason
        return met, f"{in_words(job)}, {found.get('reason', 'not failed')}"

    return of_object("Job", name, f'failed because of "{reason}"', judge, expects=frozenset({CRASH, ENDED, OVER}))


def succeeded_pods(name: str, count: int) -> Condition:
    """`Job "hello" has 5 succeeded pods`."""

    def judge(_view: View, job: Object) -> tuple[bool, str]:
        return at(job, "status", "succeeded", default=0) == count, in_words(job)

    return of_object("Job", name, f"has {count} succeeded pod{'' if count == 1 else 's'}", judge, expects=frozenset({CRASH}))


def at_most_at_once(name: str, count: int) -> Condition:
    """`Job "hello" had at most 3 pods at once`, for `throughout`: pods that have not ended."""

    def judge(view: View, job: Object) -> tuple[bool, str]:
        found = staying(pods_of(view, job))
        return len(found) <= count, f"{len(found)}: {pods_in_words(found)}"

    return of_object("Job", name, f"has at most {count} pod{'' if count == 1 else 's'} at once", judge)
