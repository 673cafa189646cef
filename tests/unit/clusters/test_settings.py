"""Settings from three sources, and where things are kept."""

from pathlib import Path

import pytest

from kubelab.clusters import Settings, provider
from kubelab.clusters.existing import ExistingProvider
from kubelab.clusters.kind import KindProvider
from kubelab.clusters.settings import cache_folder, settle, state_folder
from kubelab.errors import SetupTrouble


@pytest.mark.parametrize(
    ("command_line", "environment", "file", "context", "by"),
    [
        ({}, {}, {}, None, ""),
        ({"context": "a"}, {"KUBELAB_CONTEXT": "b"}, {"lab_context": "c"}, "a", "--lab-context"),
        ({"context": None}, {"KUBELAB_CONTEXT": "b"}, {"lab_context": "c"}, "b", "KUBELAB_CONTEXT"),
        ({"context": ""}, {"KUBELAB_CONTEXT": ""}, {"lab_context": "c"}, "c", "pyproject.toml"),
    ],
)
def test_the_command_line_comes_before_the_environment_before_the_file(
    command_line: dict[str, str], environment: dict[str, str], file: dict[str, str], context: str | None, by: str
) -> None:
    """The header shows which setting named the context."""
    settings = settle(command_line, environment, file, option="--lab-context", path="pyproject.toml")

    assert (settings.context, settings.chosen_by) == (context, by)


def test_without_any_wish_a_running_cluster_is_taken_as_it_is() -> None:
    """A new cluster gets the defaults."""
    settings = settle({}, {}, {})

    assert settings == Settings()
    assert (settings.workers, settings.kubernetes) == (None, None)
    assert (settings.size, settings.version, settings.name) == (2, "1.36.3", "kubelab")


def test_words_become_values_of_the_right_type() -> None:
    """Such as those of the environment."""
    settings = settle({}, {"KUBELAB_WORKERS": "0", "KUBELAB_KUBERNETES": "v1.35.4", "KUBELAB_FRESH": "1"}, {})

    assert (settings.size, settings.version, settings.fresh) == (0, "1.35.4", True)


def test_an_invalid_number_of_workers_is_refused() -> None:
    """With the right command."""
    with pytest.raises(SetupTrouble, match='"many" is not a number of workers'):
        settle({"workers": "many"}, {}, {})


def test_a_list_of_a_settings_file_is_refused_in_words() -> None:
    """TOML has lists, too."""
    with pytest.raises(SetupTrouble, match="is not a number of workers"):
        settle({}, {}, {"lab_workers": ["2"]})


def test_folders_follow_the_desktop_conventions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each cluster has its own folder, with a kubeconfig that is never the user's."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/c")
    monkeypatch.setenv("XDG_STATE_HOME", "/s")

    assert cache_folder() == Path("/c/kubelab")
    assert state_folder() == Path("/s/kubelab")
    assert Settings(name="small").kubeconfig == Path("/s/kubelab/small/kubeconfig")


def test_a_context_leads_to_the_cluster_it_names_and_nothing_else_does() -> None:
    """Without a context: the kind cluster."""
    assert isinstance(provider(Settings()), KindProvider)
    assert isinstance(provider(Settings(context="mine")), ExistingProvider)


def test_a_path_of_images_is_relative_to_where_it_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of the settings file if that sets it, otherwise the current one; "none" is not a path."""
    monkeypatch.chdir(tmp_path)
    ours = {"lab_images": "ours.yaml"}

    assert settle({}, {}, ours, path="/school/pytest.ini").images == "/school/ours.yaml"
    assert settle({}, {"KUBELAB_IMAGES": "theirs.yaml"}, ours, path="/school/pytest.ini").images == str(tmp_path / "theirs.yaml")
    assert settle({"images": "none"}, {}, ours, path="/school/pytest.ini").images == "none"
    assert settle({}, {}, {}).images == ""
