"""The promises of services.poller.recall: what an item was, and what the next poll is to find."""

import make
import pytest
from msgspec.structs import replace

from dateline.feeds.memory import Row
from dateline.model import Entry, FeedItem, ParsedFeed
from services.poller import choice
from services.poller.recall import BLANK, Listing, Recall, row_of, rows_after

FEED = make.feed()


def hashed(number: int) -> bytes:
    return number.to_bytes(8, "big")


def listing(number: int, **fields: object) -> Listing:
    parsed = ParsedFeed(format="rss20")
    page = choice.draft(FEED, parsed, make.entry(number, **fields), make.NOW)
    return Listing(page=page, row=row_of(hashed(number), page.entry))


def body(*items: tuple[int, int | None]) -> ParsedFeed:
    """A body of items: (number of the hash or 0, position of its entry)."""
    built = tuple(FeedItem(hash=hashed(number) if number else b"", entry=entry) for number, entry in items)
    return ParsedFeed(format="rss20", items=built)


def test_a_feed_that_is_not_remembered_has_no_edits() -> None:
    """Without a row of the guid nothing can be said to have changed."""
    assert not Recall().edited(listing(1).row)
    assert not Recall([listing(2).row]).edited(listing(1).row)


def test_other_words_under_the_same_guid_are_an_edit() -> None:
    """Headline and summary count; the item's hash, its dates and its markup do not."""
    recalled = Recall([listing(1).row])
    assert recalled.edited(listing(1, title="Another headline").row)
    assert recalled.edited(listing(1, summary="Another summary of the story.").row)
    assert not recalled.edited(replace(listing(1).row, hash=hashed(99)))
    assert not recalled.edited(listing(1, published_at=None, author="Someone").row)


def test_an_entry_that_a_feed_lists_twice_is_edited_in_neither_form() -> None:
    """Two items with one guid are both remembered: they do not revise each other at every poll."""
    twins = [listing(1).row, listing(1, title="The other form").row]
    assert not any(Recall(twins).edited(row) for row in twins)


def test_a_feed_that_rewrites_most_of_itself_has_edited_nothing() -> None:
    """Ten edits at once are believed, and any number that is no more than half of the feed."""
    recalled = Recall([listing(number).row for number in range(30)])
    assert [recalled.believes(edits) for edits in (1, 10, 15, 16, 30)] == [True, True, True, False, False]
    assert Recall([listing(1).row]).believes(1)


@pytest.mark.parametrize("field", ["summary", "html"])
def test_the_teaser_of_an_aggregator_does_not_count(field: str) -> None:
    """What an aggregator lists beside a story changes by the hour; its headline does not."""
    link = "https://news.google.com/rss/articles/CBMiabc?oc=5"
    before = Entry(guid="g", url=link, title="A story", **{field: "one paper, two papers"})
    after = replace(before, **{field: "three papers"})
    assert row_of(b"", before) == row_of(b"", after)
    assert row_of(b"", before) != row_of(b"", replace(before, title="Another story"))


def test_known_items_keep_their_rows_in_the_order_of_the_feed() -> None:
    """Items that were not parsed are remembered as they were, those that gave no entry too."""
    old = listing(1).row
    new = listing(2)
    rows = rows_after(body((2, 0), (1, None), (3, None)), [new], Recall([old]))
    assert rows == (new.row, old, Row(hashed(3), BLANK, BLANK))
    assert {hashed(1), hashed(2), hashed(3)} == Recall(rows).hashes


def test_what_no_body_lists_is_forgotten() -> None:
    """A whole body says what there is."""
    assert rows_after(body((2, 0)), [listing(2)], Recall([listing(1).row])) == (listing(2).row,)


def test_an_entry_left_behind_has_no_row() -> None:
    """It is parsed again at the next poll."""
    left = listing(1)
    assert rows_after(body((1, 0)), [left], Recall(), {left.page.article_id}) == ()


def test_an_edit_left_behind_is_seen_again() -> None:
    """Its old words stay, without a hash: the item is parsed again, and differs again."""
    before, after = listing(1).row, listing(1, title="Edited")
    rows = rows_after(body((9, 0)), [after], Recall([before]), {after.page.article_id})
    assert rows == (Row(BLANK, before.guid, before.digest),)
    assert Recall(rows).hashes == frozenset()
    assert Recall(rows).edited(after.row)


def test_items_without_a_hash_are_never_known() -> None:
    """A body that could not be split is parsed in full, and its edits are seen all the same."""
    row = row_of(b"", make.entry(1))
    rows = rows_after(body((0, 0), (0, None)), [Listing(page=make.page(1), row=row)], Recall())
    assert rows == (row,)
    assert Recall(rows).hashes == frozenset()
    assert Recall(rows).edited(row_of(b"", make.entry(1, title="Edited")))


def test_a_cut_body_forgets_nothing_and_vouches_for_no_last_item() -> None:
    """The last item may be half of one; what lay behind the cut stays remembered."""
    first, half, behind = listing(1), listing(2, summary="A short"), listing(3)
    rows = rows_after(body((1, 0), (2, 1)), [first, half], Recall([behind.row]), cut=True)
    assert rows == (first.row, behind.row)


def test_what_comes_by_itself_stands_before_what_is_known() -> None:
    """A hub pushes single entries: the others are still listed, an older form of the same is not."""
    old, other = listing(1).row, listing(2).row
    edited = replace(listing(1, title="Edited").row, hash=hashed(7))
    assert Recall([old, other]).under([edited]).rows == (edited, other)
