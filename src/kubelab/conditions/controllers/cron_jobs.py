"""A CronJob's Jobs: how many it has, how many of them run."""

from collections.abc import Callable

from kubelab.client.objects import Object, is_true
from kubelab.conditions.build import of_object
from kubelab.conditions.family import children, is_ending
from kubelab.conditions.hopeless_rows import EVERYTHING
from kubelab.conditions.in_words import in_words
from kubelab.observation import View
from kubelab.waiting import Condition


def jobs(name: str, count: int) -> Condition:
    """`CronJob "backup" has 3 Jobs`: exactly that number, finished or not, without those being deleted. Never hopeless."""
    return _counting(name, f"has {count} Job{'' if count == 1 else 's'}", count, lambda _job: True)


def running_jobs(name: str, count: int) -> Condition:
    """`CronJob "backup" has 2 running Jobs`: exactly that number is neither complete nor failed. Never hopeless."""
    return _counting(name, f"has {count} running Job{'' if count == 1 else 's'}", count, is_running)


def is_running(job: Object) -> bool:
    """Whether a Job is neither complete nor failed."""
    return not (is_true(job, "Complete") or is_true(job, "Failed"))


def _counting(name: str, says: str, count: int, counts: Callable[[Object], bool]) -> Condition:
    def judge(view: View, cronjob: Object) -> tuple[bool, str]:
        found = [job for job in children(view, cronjob, "Job") if not is_ending(job) and counts(job)]
        return len(found) == count, f"{len(found)}: {'; '.join(map(in_words, found)) or 'no Jobs'}"

    return of_object("CronJob", name, says, judge, expects=EVERYTHING)
