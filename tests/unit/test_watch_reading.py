"""A watch list as people write it: what is understood, and the sentence that says what is wrong."""

from pathlib import Path

import msgspec
import pytest

from dateline.errors import Misconfigured
from dateline.incidents.record import TOLL_KINDS
from dateline.incidents.watch_reading import COOL_DOWN_S, FIELDS, MAX_BYTES, MAX_WATCHES
from dateline.incidents.watch_rules import Party, Rule, Rules
from dateline.incidents.watches import read_watches

ROOT = Path(__file__).parents[2]


def watch(lines: str, name: str = "Test") -> bytes:
    return f'[[watch]]\nname = "{name}"\n{lines}\n'.encode()


def refused(data: bytes) -> str:
    with pytest.raises(Misconfigured) as caught:
        read_watches(data, "my.toml")
    return str(caught.value)


def test_a_watch_holds_what_its_lines_say() -> None:
    """Countries as codes, actors by the id of our data, spans in seconds, a single value for a list of one."""
    (rule,) = read_watches(
        watch(
            'countries = ["mali", "NE", "Ivory Coast"]\nactors = "ISWAP"\nevent_types = "riots"\n'
            'toll = { wounded = 3, killed = 1 }\ncool_down = "1h 30m"\nnote = "night desk"\nseverity = "High"'
        )
    ).watches
    assert rule.countries == {"ML", "NE", "CI"}
    assert rule.actors == (Party("ISWAP", "islamic state west africa", "iswap"),)
    assert rule.event_types == {"Riots"}
    assert rule.toll == (("killed", 1), ("wounded", 3))
    assert (rule.cool_down_s, rule.note, rule.severity, rule.enabled) == (5400, "night desk", "high", True)


def test_what_is_not_said_asks_for_nothing() -> None:
    """A watch with a name alone meets every fresh incident, and cools down for half an hour."""
    (rule,) = read_watches(watch("")).watches
    assert rule == Rule(name="Test", cool_down_s=COOL_DOWN_S)


def test_a_list_may_be_empty() -> None:
    """No watches is a list too: somebody has commented all of them out."""
    assert read_watches(b"# nothing\n") == Rules()


def test_the_order_is_kept_and_what_is_off_stays_in_the_list() -> None:
    """Switched-off watches are read and checked like the others."""
    rules = read_watches(watch("", "B") + watch("enabled = false", "A"))
    assert [one.name for one in rules.watches] == ["B", "A"]
    assert [one.name for one in rules.enabled] == ["B"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ('countrys = ["ML"]', "watch 'Test': unknown key 'countrys'; did you mean 'countries'?"),
        ("killed = 3", "watch 'Test': unknown key 'killed'"),
        ('countries = ["Malli"]', "countries: 'Malli' is no country that we know; did you mean 'Mali'?"),
        ("countries = []", "countries: the list is empty: leave the line out, or nothing would meet it"),
        ("countries = [1]", "countries: a text is wanted, not 1"),
        ('countries = ["  "]', "countries: a text is wanted, not '  '"),
        ('admin1 = ["Idleb"]', "admin1: 'Idleb' is no province that we know; did you mean 'Idlib'?"),
        ('sub_types = ["Atack"]', "sub_types: unknown value 'Atack'; did you mean 'Attack'?"),
        ('event_types = ["War"]', "event_types: unknown value 'War'; one of 'Battles', 'Explosions/Remote violence'"),
        ('actors = ["..."]', "actors: '...' names nobody"),
        ("boxes = [[1, 2, 3]]", "boxes: a box is [west, south, east, north] in degrees, not [1, 2, 3]"),
        ("boxes = []", "boxes: a box is [west, south, east, north] in degrees, not []"),
        ("boxes = [[0, 20, 10, 10]]", "boxes: [0, 20, 10, 10]: south and north lie from -90 to 90, the south below"),
        ("boxes = [[0, 0, 10, 91]]", "boxes: [0, 0, 10, 91]: south and north"),
        ("boxes = [[0, 0, 181, 9]]", "boxes: [0, 0, 181, 9]: west and east lie from -180 to 180 and differ"),
        ("boxes = [[5, 0, 5, 9]]", "west and east lie from -180 to 180 and differ"),
        ('boxes = [[0, 0, "x", 9]]', "boxes: a number is wanted, not 'x'"),
        ("near = { lat = 1, lon = 2 }", "near: radius_km is missing"),
        ("near = { lat = 1, lon = 2, km = 3 }", "near: unknown key 'km'"),
        ("near = { lat = 1, lon = 2, radius = 3 }", "near: unknown key 'radius'; did you mean 'radius_km'?"),
        ("near = { lat = 100, lon = 2, radius_km = 3 }", "near: 100, 2: lat lies from -90 to 90"),
        ("near = { lat = 1, lon = 2, radius_km = 0 }", "near: radius_km: more than 0 and at most 5000, not 0"),
        ("near = { lat = nan, lon = 2, radius_km = 1 }", "near: lat: a number is wanted, not nan"),
        ("near = []", "near: a table of lat, lon and radius_km is wanted"),
        ("toll = { kiled = 1 }", "toll: unknown key 'kiled'; did you mean 'killed'?"),
        ("toll = { killed = 0 }", "toll: killed: a whole number from 1 is wanted, not 0"),
        ("toll = { killed = 1.5 }", "toll: killed: a whole number from 1 is wanted, not 1.5"),
        ("toll = { killed = true }", "toll: killed: a whole number from 1 is wanted, not true"),
        ("toll = 5", "toll: a table such as { killed = 5 } is wanted, not 5"),
        ("confidence = 50", "confidence: a number from 0 to 1 is wanted, not 50"),
        ('severity = "hi"', "severity: unknown value 'hi'"),
        ('severity = ["high"]', "severity: a text is wanted, not ['high']"),
        ("independent_sources = 0", "independent_sources: a whole number from 1 is wanted, not 0"),
        ('assertions = ["confirmed"]', "assertions: unknown value 'confirmed'; one of 'reported', 'claimed'"),
        ('civilian_targeting = "yes"', "civilian_targeting: true or false is wanted, not 'yes'"),
        ("unknown_place = 1", "unknown_place: true or false is wanted, not 1"),
        ('cool_down = "soon"', "cool_down: a span such as \"30m\", \"1h\" or \"0s\" is wanted, not 'soon'"),
        ("cool_down = 30", 'cool_down: a span such as "30m", "1h" or "0s" is wanted, not 30'),
        ('cool_down = "8d"', "cool_down: at most 7 days, not '8d'"),
        ('note = "a\\nb"', "note: one line of at most 1000 printable characters is wanted"),
        (f'note = "{"x" * 1001}"', "note: one line of at most 1000 printable characters is wanted"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_watch_and_field(lines: str, expected: str) -> None:
    """The sentence names the file, the watch, the field and, where one is near, the word that is meant."""
    said = refused(watch(lines))
    assert said.startswith("my.toml: watch 'Test': ")
    assert expected in said


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"[[watch]]\nnote = 'x'\n", "my.toml: watch 1: name is missing"),
        (b"[[watch]]\nname = ''\n", "my.toml: watch 1: name: a text is wanted, not ''"),
        (b"[[watch]]\nname = 7\n", "my.toml: watch 1: name: a text is wanted, not 7"),
        (b"[watch]\nname = 'x'\n", "my.toml: each watch is a table [[watch]], in double brackets"),
        (b"watch = 3\n", "my.toml: each watch is a table [[watch]], in double brackets"),
        (b"[[watches]]\nname = 'x'\n", "my.toml: unknown key 'watches'; did you mean 'watch'?"),
        (b"[sahel]\ncountries = ['ML']\n", "my.toml: unknown key 'sahel'; each watch is a table [[watch]]"),
        (b"[[watch]\n", "my.toml: not TOML: "),
        (b"\xff\xfe", "my.toml: not UTF-8, at byte 0"),
        (b"#" * (MAX_BYTES + 1), f"my.toml is larger than {MAX_BYTES} bytes"),
        (watch("", "One") + watch("", "ONE"), "my.toml: two watches are named 'ONE'"),
        (b"[[watch]]\n" * (MAX_WATCHES + 1), f"my.toml: 501 watches; at most {MAX_WATCHES}"),
    ],
)
def test_a_file_of_another_shape_is_refused(data: bytes, expected: str) -> None:
    """Whatever the bytes are, the answer is a list or a sentence."""
    assert refused(data).startswith(expected)


def test_a_mark_at_the_start_is_no_trouble() -> None:
    """Windows editors put a byte order mark before the first line."""
    assert read_watches(b"\xef\xbb\xbf" + watch("")).watches[0].name == "Test"


def test_the_example_list_can_be_used_as_it_stands() -> None:
    """deploy/watch.toml reads, each of its watches with a note or criteria; one is switched off."""
    rules = read_watches((ROOT / "deploy/watch.toml").read_bytes())
    assert len(rules.watches) > len(rules.enabled) >= 5
    blank = Rule(name="", cool_down_s=0)
    for rule in rules.watches:
        assert msgspec.structs.replace(rule, name="", note="", enabled=True, cool_down_s=0) != blank, (
            rule.name
        )


def test_the_guide_has_a_row_for_each_field() -> None:
    """docs/watch.md explains every key that a watch may hold, and every kind of toll."""
    text = (ROOT / "docs/watch.md").read_text("utf-8")
    assert [key for key in FIELDS if f"| `{key}` |" not in text] == []
    assert [kind for kind in TOLL_KINDS if f"`{kind}`" not in text] == []


def test_every_field_of_a_rule_can_be_written() -> None:
    """No criterion is out of reach of the file, but for what is worked out from the areas."""
    assert {field for field, _ in FIELDS.values()} == set(Rule.__struct_fields__) - {"reached"}
