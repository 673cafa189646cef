"""Running stages: once, complete or not at all, with clear messages if one fails."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kubelab.clusters.nodeimage.stages import check_room
from kubelab.errors import SetupTrouble
from tests.unit.nodeimage.recipes import COUNTED, alive, all_dead, maker, runs, write

SLOW = 'echo $$ > "$STARTED"; sleep 300 & echo $! >> "$STARTED"; echo half > "$OUT/half"; wait\n'
"""A script that says which processes it has started and then takes its time."""
RUNNER = """
import sys
from pathlib import Path
from typing import Any
from tests.unit.nodeimage.recipes import maker
maker(Path(sys.argv[1]), Path(sys.argv[2])).make("slow")
"""


def test_a_result_is_made_once_and_kept(tmp_path: Path) -> None:
    """A second run finds it."""
    folder = write(
        tmp_path / "recipe", {"one": COUNTED + 'echo done > "$OUT/file"'}, {"one": {"arguments": {"COUNTER": f"{tmp_path}/runs"}}}
    )
    made = [maker(folder, tmp_path / "cache").make("one")["one"] for _ in range(2)]
    assert (made[0] == made[1], (made[0] / "file").read_text(), runs(tmp_path / "runs")) == (True, "done\n", 1)


def test_a_stage_finds_the_results_it_needs_its_arguments_and_its_files(tmp_path: Path) -> None:
    """By environment variables: NEED_<stage>, the arguments, RECIPE and FILES."""
    scripts = {"first": 'echo "$WORD" > "$OUT/word"', "second": 'cat "$NEED_first/word" "$RECIPE/$FILES" > "$OUT/both"'}
    more: dict[str, dict[str, Any]] = {"first": {"arguments": {"WORD": "hello"}}, "second": {"needs": ["first"], "files": ["data"]}}
    folder = write(tmp_path / "recipe", scripts, more)
    (folder / "data").write_text("world\n")
    assert (maker(folder, tmp_path / "cache").make("second")["second"] / "both").read_text() == "hello\nworld\n"


def test_what_a_finished_result_needed_is_not_made_again(tmp_path: Path) -> None:
    """A machine that was given the last result needs none of those before it."""
    folder = write(tmp_path / "recipe", {"first": "true", "second": "true"}, {"second": {"needs": ["first"]}})
    one = maker(folder, tmp_path / "cache")
    one.make("second")
    one.result("first").rmdir()
    assert one.missing("second") == []


def test_results_that_no_version_has_any_more_are_removed_when_their_stage_is_made_anew(tmp_path: Path) -> None:
    """Old results do not pile up; those of the other Kubernetes version stay."""
    folder = write(tmp_path / "recipe", {"one": "true"}, {"one": {"arguments": {"ETCD": "{etcd}"}}})
    before = maker(folder, tmp_path / "cache").make("one")["one"]
    (folder / "one.sh").write_text("true # better")
    other = maker(folder, tmp_path / "cache", "1.35.4").make("one")["one"]
    after = maker(folder, tmp_path / "cache").make("one")["one"]
    assert (before.exists(), other.exists(), after.exists()) == (False, True, True)


def test_a_failing_stage_is_named_with_its_last_words_its_log_and_the_remedy(tmp_path: Path) -> None:
    """It leaves only the log: no result and no unfinished work."""
    folder = write(tmp_path / "recipe", {"bad": 'echo half > "$OUT/half"; echo "no such mirror" >&2; exit 7'})
    with pytest.raises(SetupTrouble) as caught:
        maker(folder, tmp_path / "cache").make("bad")
    log = tmp_path / "cache" / "logs" / "bad.log"
    text = str(caught.value)
    assert text.startswith('Making bad failed (stage "bad" of the node image, exit code 7).\n  | no such mirror\n')
    assert (f"The whole log: {log}" in text, text.endswith("go on with: kubelab up")) == (True, True)
    assert (log.read_text(), leftovers(tmp_path / "cache")) == ("no such mirror\n", [])


def test_a_failing_stage_ends_the_one_beside_it_and_is_the_one_that_is_told(tmp_path: Path) -> None:
    """The other lane's stage is ended with all its processes."""
    scripts = {"slow": SLOW, "bad": 'while [ ! -s "$STARTED" ]; do sleep 0.05; done; echo broken; exit 3'}
    arguments = {"arguments": {"STARTED": f"{tmp_path}/started"}}
    folder = write(tmp_path / "recipe", scripts, {"slow": {"lane": "other", **arguments}, "bad": arguments})
    with pytest.raises(SetupTrouble, match="Making bad failed"):
        maker(folder, tmp_path / "cache").make("slow", "bad")
    processes = [int(line) for line in (tmp_path / "started").read_text().split()]
    assert (all_dead(processes), leftovers(tmp_path / "cache")) == (True, [])


def test_finished_stages_are_kept_when_a_later_one_fails(tmp_path: Path) -> None:
    """The next run continues where this one failed."""
    scripts = {"good": COUNTED, "bad": 'test -e "$REPAIRED"'}
    more: dict[str, dict[str, Any]] = {
        "good": {"arguments": {"COUNTER": f"{tmp_path}/runs"}},
        "bad": {"needs": ["good"], "arguments": {"REPAIRED": f"{tmp_path}/repaired"}},
    }
    folder = write(tmp_path / "recipe", scripts, more)
    with pytest.raises(SetupTrouble):
        maker(folder, tmp_path / "cache").make("bad")
    (tmp_path / "repaired").touch()
    maker(folder, tmp_path / "cache").make("bad")
    assert runs(tmp_path / "runs") == 1


def test_a_build_ended_by_kill_9_is_begun_again_and_its_processes_are_ended(tmp_path: Path) -> None:
    """The partial result is removed; processes that the killed build left are ended before the stage runs again."""
    folder = slow(tmp_path)
    orphans = stopped(folder, tmp_path, signal.SIGKILL)
    assert any(alive(one) for one in orphans)
    (tmp_path / "again").touch()
    result = maker(folder, tmp_path / "cache").make("slow")["slow"]
    assert ([file.name for file in result.iterdir()], leftovers(tmp_path / "cache")) == (["whole"], [])
    assert all_dead(orphans)


def test_ctrl_c_ends_what_runs_and_leaves_nothing_half(tmp_path: Path) -> None:
    """At once, without a next run to clean up."""
    processes = stopped(slow(tmp_path), tmp_path, signal.SIGINT)
    assert (all_dead(processes), leftovers(tmp_path / "cache")) == (True, [])


def slow(folder: Path) -> Path:
    """A recipe whose one stage takes for ever, unless there is a file "again"."""
    script = SLOW.replace("$STARTED", f"{folder}/started")
    return write(folder / "recipe", {"slow": f'if [ -e {folder}/again ]; then echo whole > "$OUT/whole"; else {script}fi'})


def stopped(recipe: Path, folder: Path, how: signal.Signals) -> list[int]:
    """Start the recipe's slow stage in another process, stop that in the middle, and return the stage's processes."""
    # A script's background job ignores Ctrl-C, and so do its children, unless this is changed.
    words: list[str | Path] = ["env", "--default-signal=INT", sys.executable, "-c", RUNNER, recipe, folder / "cache"]
    started = folder / "started"
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as build:
        while not (started.exists() and len(started.read_text().split()) == 2 and list(folder.glob("cache/nodeimage/work/*/out/half"))):
            assert build.poll() is None
        build.send_signal(how)
    return [int(line) for line in started.read_text().split()]


def test_too_little_disk_is_said_before_anything_runs(tmp_path: Path) -> None:
    """How much is needed, how much there is, and what helps."""
    folder = write(tmp_path / "recipe", {"big": COUNTED}, {"big": {"megabytes": 1e9, "arguments": {"COUNTER": f"{tmp_path}/runs"}}})
    one = maker(folder, tmp_path / "cache")
    with pytest.raises(
        SetupTrouble, match=r"takes 1000000\.0 GB in .* are free there\.\nFree some disk, or name a folder on another one: XDG_CACHE_HOME="
    ):
        one.make("big")
    assert runs(tmp_path / "runs") == 0
    check_room([], one.store)


def test_a_disk_that_fills_up_is_named_as_such(tmp_path: Path) -> None:
    """Whatever text the program prints around it."""
    folder = write(tmp_path / "recipe", {"big": "echo 'tar: x: Cannot write: No space left on device'; exit 2"})
    with pytest.raises(SetupTrouble, match="The disk is full: making big could not be finished") as caught:
        maker(folder, tmp_path / "cache").make("big")
    assert "XDG_CACHE_HOME" in str(caught.value)


def test_a_program_that_is_missing_is_named_before_anything_runs(tmp_path: Path) -> None:
    """In this test apt-get is not on PATH, as on a machine without Debian."""
    more = {"one": {"programs": {"no-such-program": "its-package"}, "arguments": {"COUNTER": f"{tmp_path}/runs"}}}
    folder = write(tmp_path / "recipe", {"slow": COUNTED}, {"slow": more["one"]})
    words: list[str | Path] = [sys.executable, "-c", RUNNER, folder, tmp_path / "cache"]
    told = subprocess.run(words, env={**os.environ, "PATH": ""}, capture_output=True, text=True, check=False).stderr
    assert (
        "Making the node image needs its-package, which this machine does not have.\nInstall it: sudo apt-get install its-package" in told
    )
    assert runs(tmp_path / "runs") == 0


def leftovers(cache: Path) -> list[str]:
    """The contents of the work folder, and partial results."""
    store = cache / "nodeimage"
    return [path.name for path in [*store.glob("work/*"), *store.glob("*/half")]]
