"""docs/feeds.md says what the catalog files can say, and what the rules are."""

import re
from pathlib import Path

import pytest

from dateline.feeds import cadence, health, overrides
from dateline.feeds.opml import NAMESPACE

PAGE = (Path(__file__).parents[2] / "docs" / "feeds.md").read_text("utf-8")


def rows(heading: str) -> list[str]:
    """The first cells of the table below this head of its first column, without the marks of code."""
    table = PAGE.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return [line.split(" | ")[0].strip("| `") for line in table.splitlines()[2:]]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("key of `[[feed]]`", overrides.Override), ("key of `[[host]]`", overrides.HostRow)],
)
def test_every_key_is_explained(heading: str, kind: type[overrides.Override | overrides.HostRow]) -> None:
    """In the order of the code, and no other."""
    assert rows(heading) == list(kind.__struct_fields__)


def test_the_example_is_a_good_file() -> None:
    """What a reader copies is accepted, and shows every key."""
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    read = overrides.read(example.encode())
    (feed,), ((_, rule),) = read.feeds, read.hosts
    assert [name for name in feed.__struct_fields__ if f"{name} = " not in example] == []
    assert (rule.delay_s, rule.at_once) == (5.0, 1)
    assert overrides.changes(feed)["secrets"] == (("Authorization", "example-token"),)


def test_the_readmes_example_is_a_good_file() -> None:
    """It is shorter, and as good."""
    readme = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    examples = re.findall(r"```toml\n(.*?)```", readme, re.DOTALL)
    assert examples
    assert all(overrides.read(one.encode()).feeds for one in examples)


def test_every_state_says_what_to_do() -> None:
    """Those that a feed can stand as: new, healthy, each trouble, retired."""
    assert rows("state") == ["new", "healthy", *(trouble.value for trouble in health.Trouble), "retired"]


def test_the_rhythm_is_that_of_the_code() -> None:
    """The figures of the table are the constants."""
    spelled = [
        health.spell(one)
        for one in (cadence.FIRST_INTERVAL_S, cadence.MIN_INTERVAL_S, cadence.MAX_INTERVAL_S)
    ]
    assert spelled == ["15 minutes", "2 minutes", "12 hours"]
    table = PAGE[PAGE.index("## Rhythm") :]
    assert [one for one in (*spelled, health.spell(cadence.ERROR_BACKOFF_BASE_S)) if one not in table] == []
    assert NAMESPACE in PAGE
