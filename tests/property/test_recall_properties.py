"""Whatever is edited and whatever is left behind: each entry ends in the words that its feed shows."""

import make
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.feeds import memory
from dateline.model import FeedItem, ParsedFeed
from services.poller import choice
from services.poller.recall import Listing, Recall, row_of, rows_after

FEED = make.feed()

#: One poll: what each of five entries says now (None: not listed), which are left, whether items can be split.
POLLS = st.lists(
    st.tuples(
        st.lists(st.one_of(st.none(), st.integers(0, 2)), min_size=5, max_size=5),
        st.sets(st.integers(0, 4)),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


class Wire:
    """What a store knows of five entries, and how often they were taken up."""

    def __init__(self) -> None:
        self.accepted: dict[int, int] = {}
        self.revisions = 0
        self.parsed = 0
        self.blob = b""

    def poll(self, words: list[int | None], left: set[int], *, split: bool) -> None:
        recalled = Recall(memory.decode(self.blob))
        items, listings, ids = [], [], set()
        for number, said in enumerate(words):
            if said is None:
                continue
            item_hash = bytes((1, number, said, 0, 0, 0, 0, 0)) if split else b""
            if item_hash in recalled.hashes:
                items.append(FeedItem(hash=item_hash))
                continue
            entry = make.entry(number, title=f"Story {number} told {said}")
            page = choice.draft(FEED, ParsedFeed(format="rss20"), entry, make.NOW)
            items.append(FeedItem(hash=item_hash, entry=len(listings)))
            listings.append(Listing(page=page, row=row_of(item_hash, page.entry)))
            self.parsed += 1
            if number in left and self._wants(number, recalled, listings[-1]):
                ids.add(page.article_id)
            elif self._wants(number, recalled, listings[-1]):
                self.revisions += number in self.accepted
                self.accepted[number] = said
        parsed = ParsedFeed(format="rss20", items=tuple(items))
        self.blob = memory.encode(rows_after(parsed, listings, recalled, ids))

    def _wants(self, number: int, recalled: Recall, listing: Listing) -> bool:
        return number not in self.accepted or recalled.edited(listing.row)


@settings(max_examples=60)
@given(POLLS)
def test_every_entry_ends_in_the_words_that_its_feed_shows(
    polls: list[tuple[list[int | None], set[int], bool]],
) -> None:
    """An edit that is left behind is taken up later, however often; nothing is revised without an edit."""
    wire, edits = Wire(), 0
    first: dict[int, int] = {}
    for words, left, split in polls:
        # An entry that leaves the list is forgotten with its words: here it stays as it was.
        shown = [said if said is not None else first.get(number) for number, said in enumerate(words)]
        edits += sum(
            number in first and said != first[number] for number, said in enumerate(shown) if said is not None
        )
        first |= {number: said for number, said in enumerate(shown) if said is not None}
        wire.poll(shown, left, split=split)
    wire.poll([first.get(number) for number in range(5)], set(), split=True)
    assert wire.accepted == first
    assert wire.revisions <= edits
    wire.parsed = 0
    wire.poll([first.get(number) for number in range(5)], set(), split=True)
    assert wire.parsed == 0
