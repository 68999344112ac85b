"""The promises of tolls beyond the counts themselves: groups, parts, proof, sources, periods, strikes."""

import pytest

from dateline.incidents.numbers import Number, digits_value, read_number, word_value
from dateline.incidents.tolls import TollMention, read_strikes, read_tolls


def only(sentence: str) -> TollMention:
    (one,) = read_tolls(sentence)
    return one


@pytest.mark.parametrize(
    ("sentence", "group", "kind"),
    [
        ("At least seven army soldiers were killed.", "army soldiers", "soldiers"),
        ("Two traffic policemen were shot dead.", "traffic policemen", "police"),
        ("The raid killed nine armed militants.", "armed militants", "militants"),
        ("Four schoolgirls were abducted.", "schoolgirls", None),
        ("Three young children were wounded.", "young children", "children"),
        ("Five members of the security forces were killed.", "members of the security forces", "soldiers"),
        ("A 30-year-old woman was killed.", "30-year-old woman", "civilian"),
        ("Twelve people were killed.", "people", None),
        ("Gunmen killed a provincial governor.", "provincial governor", "officials"),
        ("The blast left six dead.", "", None),
    ],
)
def test_the_group_and_its_kind_are_told(sentence: str, group: str, kind: str | None) -> None:
    """The words that name the people come out, with their kind where a list knows it."""
    one = only(sentence)
    assert one.group == group
    if kind is not None or group in {"people", ""}:
        assert one.group_kind == kind


@pytest.mark.parametrize(
    ("sentence", "total", "parts"),
    [
        ("Nine people, including two children and a nurse, were killed.", 9, [("children", 2), ("nurse", 1)]),
        ("The blast killed nine people, including two children.", 9, [("children", 2)]),
        ("Six people (four men and two women) died.", 6, [("men", 4), ("women", 2)]),
        ("Two men, a guard and a driver, were killed.", 2, [("guard", 1), ("driver", 1)]),
        ("Three people, among them a child, were wounded.", 3, [("child", 1)]),
    ],
)
def test_parts_of_a_count_are_a_breakdown_not_a_second_count(
    sentence: str, total: int, parts: list[tuple[str, int]]
) -> None:
    """What a count includes stands in its breakdown and is not counted again."""
    one = only(sentence)
    assert one.min == one.max == total
    assert [(part.group, part.min) for part in one.breakdown] == parts


def test_quantity_and_cue_are_proven_by_their_words() -> None:
    """The offsets are those of the quantity with its group, and of the words that prove it."""
    sentence = "Officials said at least seven local guards were shot dead near the gate."
    one = only(sentence)
    assert sentence[one.start : one.end] == "at least seven local guards"
    assert sentence[one.cue_start : one.cue_end] == "shot dead"


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("According to the Red Cross, 18 people were killed.", "Red Cross"),
        ("Eight people were killed, according to local police.", "local police"),
        ("The interior ministry said that two officers were wounded.", "interior ministry"),
        ("It was reported by the health ministry that 5 died.", "health ministry"),
        ("Two officers were wounded.", ""),
    ],
)
def test_the_source_of_a_count_is_told_when_the_sentence_cites_it(sentence: str, source: str) -> None:
    """A claim carries whose it is; without one the source is empty, never guessed."""
    assert only(sentence).source == source


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("So far this year 90 people have been killed.", True),
        ("Since January, 90 people have been killed.", True),
        ("Over the past three months 90 people were killed.", True),
        ("In 2019, 90 people were killed.", True),
        ("The death toll has reached 90 since the start of the war.", True),
        ("On Monday, 90 people were killed.", False),
        ("In June, 90 people were killed.", False),
        ("Ninety people were killed a year ago.", False),
    ],
)
def test_counts_over_a_period_are_marked(sentence: str, period: bool) -> None:
    """A count over a stretch of time is no count of one event; a month alone may be one."""
    assert only(sentence).period is period


def test_denied_counts_are_marked() -> None:
    """A denial before the cue marks the count; it is not left out."""
    assert only("The army denied that 10 men were killed.").denied
    assert not only("The army said that 10 men were killed.").denied


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Three men were abducted and killed.", ["abducted", "killed"]),
        ("He was seized at home, and two aides were kidnapped and later shot dead.", ["abducted", "killed"]),
    ],
)
def test_one_group_may_suffer_two_things(sentence: str, kinds: list[str]) -> None:
    """Joined verbs share their people."""
    assert [one.kind for one in read_tolls(sentence)] == kinds


def test_killed_or_wounded_proves_neither_alone() -> None:
    """The words "killed or wounded" gives each an upper bound and no lower one."""
    found = read_tolls("Twenty people were killed or wounded.")
    assert {(one.kind, one.max) for one in found} == {("killed", 20), ("wounded", 20)}
    assert all(one.min == 0 and one.approx for one in found)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Planes carried out 15 airstrikes.", (None, 15)),
        ("They died in two separate attacks.", (2, None)),
        ("At least 21 operations were carried out.", (21, None)),
        ("Three bombings and ten air raids hit the city.", (3, 10)),
        ("Two people died in the attack.", (None, None)),
        ("An attack was repelled.", (None, None)),
    ],
)
def test_events_and_strikes_are_counted_apart(sentence: str, expected: tuple[int | None, int | None]) -> None:
    """Strikes and attacks are counted as such, and never as people."""
    assert read_strikes(sentence) == expected


@pytest.mark.parametrize(
    ("words", "value", "end"),
    [
        ("seven men", 7, 1),
        ("twenty-one men", 21, 1),
        ("twenty one men", 21, 2),
        ("1,250 men", 1250, 1),
        ("1.250 men", 1250, 1),
        ("two hundred and fifty men", 250, 4),
        ("three thousand two hundred men", 3200, 4),
        ("half a dozen men", 6, 3),
        ("two dozen men", 24, 2),
        ("a few dozen men", 36, 3),
        ("a hundred men", 100, 2),
        ("tens of thousands of men", 10000, 3),
        ("1.5 million men", 1500000, 2),
        ("12 dozen", 144, 2),
    ],
)
def test_numbers_are_read_whole(words: str, value: int, end: int) -> None:
    """The longest reading wins."""
    found = read_number(words.split(), 0)
    assert isinstance(found, Number)
    assert (found.value, found.end) == (value, end)


@pytest.mark.parametrize("words", ["a man", "hundred", "12.5", "men", "9999999999", "the", "¹²"])
def test_what_is_no_number_is_none(words: str) -> None:
    """Articles, fractions and sums beyond any toll are no numbers."""
    assert read_number(words.split(), 0) is None
    assert read_number([], 0) is None


def test_digits_and_words_agree() -> None:
    """Both writings of a number have one value."""
    assert digits_value("42") == word_value("forty-two") == 42
    assert digits_value("4x") is None
    assert word_value("forty-ten") is None


def test_losses_that_a_side_claims_of_the_other_bear_its_kind() -> None:
    """Attackers, rebels and commanders of an armed group are militants; guards of the state are soldiers."""
    claims = {
        'The army said 36 attackers were "neutralised".': "militants",
        "The air force said it had eliminated a Hamas commander.": "militants",
        "A mine killed three paramilitary guards.": "soldiers",
        "Gunmen killed five members of a neighbourhood watch.": "civilian",
    }
    for sentence, kind in claims.items():
        assert [one.group_kind for one in read_tolls(sentence)] == [kind], sentence


def test_a_separate_attack_is_not_of_the_sentences_event() -> None:
    """What "a separate attack" did is told apart from the toll of the event that the sentence opens with."""
    told = read_tolls(
        "Shells killed six people in Aden, while a separate drone attack in the south killed a cook."
    )
    assert [(one.min, one.period) for one in told] == [(6, False), (1, True)]


def test_a_rank_over_time_is_no_count_over_time() -> None:
    """ "The worst this year" ranks one event; "this year" alone counts over the year."""
    (worst,) = read_tolls("The ambush, which killed 36 people, was the worst this year.")
    assert not worst.period
    (year,) = read_tolls("Militants have killed 360 people this year.")
    assert year.period


def test_the_dead_told_apart_are_parts_of_the_toll() -> None:
    """A list of who was among the dead adds nothing to the count; it is its breakdown."""
    (killed,) = read_tolls("The strike killed 12 people; the dead included four children and a baker.")
    assert (killed.min, killed.max) == (12, 12)
    assert [(one.group, one.min) for one in killed.breakdown] == [("children", 4), ("baker", 1)]


def test_names_in_a_list_are_one_each() -> None:
    """Three full names are three people; a name of a town before them is none."""
    assert len(read_tolls("Paul Lado, James Deng and Ruth Akol were killed.")) == 3
    assert len(read_tolls("In Port Sudan, James Deng and Ruth Akol were killed.")) == 2
