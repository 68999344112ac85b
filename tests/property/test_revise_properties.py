"""What holds of an incident whose articles are revised, whoever revises what."""

from datetime import timedelta

from coded import mention
from hypothesis import given, settings
from hypothesis import strategies as st
from make import NOW

from dateline.incidents.merge import open_incident, update
from dateline.incidents.record import ArticleRef
from dateline.incidents.revise import restate

LATER = NOW + timedelta(hours=1)
TOLLS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 60)), min_size=1, max_size=8)


def ref(number: int) -> ArticleRef:
    return ArticleRef(
        id=f"{number:016x}",
        url=f"http://news{number}.test/",
        publisher=f"Paper {number}",
        lineage="independent",
    )


@settings(max_examples=60, deadline=None)
@given(TOLLS)
def test_the_toll_spans_the_latest_words_of_its_articles(words: list[tuple[int, int]]) -> None:
    """Whoever revises what and in whatever order: one claim an article, the range over the latest ones."""
    incident, latest = open_incident(mention(9, 10), ref(9), NOW, "SY-x"), {9: 10}
    for number, toll in words:
        said = mention(number, toll)
        change = update if number not in latest else restate
        done = change(incident, said, ref(number), LATER)
        incident = done[0] if done else incident
        assert change is update or restate(incident, said, ref(number), LATER) is None
        latest[number] = toll
    killed = incident.toll.killed
    assert (killed.min, killed.max) == (min(latest.values()), max(latest.values()))
    assert sorted(claim.article for claim in killed.claims) == sorted(f"{one:016x}" for one in latest)
    assert len(incident.articles) == len(latest)
