"""Images in kubectl's output: a table can still be read by its header, whether the lab's names are shorter or longer."""

import pytest

from kubelab.conditions.printed.tables import columns
from kubelab.kubectl.naming import named
from kubelab.manifests import Images
from kubelab.policy import Substitution

SHORTER = Substitution("nginx", "docker.io/library/nginx:1.30", "")
LONGER = Substitution("gcr.io/google-containers/fluentd-elasticsearch:1.19", "localhost/kubelab/fluentd:1.0", "")


@pytest.fixture
def images() -> Images:
    """The images of a scenario that has named both."""
    images = Images({one.lab: one for one in (SHORTER, LONGER)})
    images.replaced(SHORTER.lab)
    images.replaced(LONGER.lab)
    return images


def table(*rows: tuple[str, ...]) -> str:
    """As kubectl prints it."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "".join("   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows)


TITLES = ("NAME", "UP-TO-DATE", "IMAGES", "NODE SELECTOR")


@pytest.mark.parametrize("one", [SHORTER, LONGER], ids=["shorter", "longer"])
def test_the_columns_after_an_image_keep_their_cells(images: Images, one: Substitution) -> None:
    """Also beside an image that is not replaced, and an empty cell."""
    printed = table(TITLES, ("a", "1", f"{one.runs},web:1", "app=a"), ("b", "", "my.io/an-image-with-a-long-name:1", "app=b"))

    told = named(printed, images)

    wanted = [("a", "1", f"{one.lab},web:1", "app=a"), ("b", "", "my.io/an-image-with-a-long-name:1", "app=b")]
    assert columns(told, TITLES) == wanted
    assert told == table(TITLES, *wanted)


def test_each_of_several_tables_is_drawn_by_itself(images: Images) -> None:
    """As `kubectl get all` prints them."""
    first, second = table(("NAME", "READY"), ("pod/a", "1/1")), table(TITLES, ("rs/a", "1", SHORTER.runs, "app=a"))

    assert named(f"{first}\n{second}", images) == f"{first}\n{table(TITLES, ('rs/a', '1', 'nginx', 'app=a'))}"


@pytest.mark.parametrize(
    "text",
    ["image: {}\n  name: a\n", "", "\n", "{}", "ERROR\n  in {}\n\n\n  image: {}\n", "Name:   a\nImage:  {}   x\n", "NAME   IMAGES\n"],
)
def test_what_is_not_a_table_keeps_its_spaces(images: Images, text: str) -> None:
    """YAML, descriptions, empty output, a header alone."""
    assert named(text.replace("{}", SHORTER.runs), images) == text.replace("{}", "nginx")


def test_a_table_without_such_an_image_is_left_as_it_is(images: Images) -> None:
    """Character for character."""
    printed = "NAME    READY   STATUS\nweb-1   1/1     Running\n"

    assert named(printed, images) == printed
