"""An agency's story in our own words, and its copies as other publishers print them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from make import NOW, entry, feed, page

from dateline.feeds.cadence import first_rhythm
from dateline.model import FeedState, Page
from dateline.store.door import Store
from dateline.store.feeds import UNPACED, Finish
from dateline.text import urls

HEADLINE = "Bomb kills seven at vegetable market in Baidoa"

_TEXT = """
BAIDOA, Somalia, March 11 (AFP) - At least seven people were killed on Wednesday when a roadside bomb went off
beside a vegetable market in the Somali town of Baidoa, police said.

Twelve people were wounded in the explosion, which tore through a row of stalls shortly after the midday
prayer, said Abdi Warsame, a police captain who was at the scene.

Traders said that the road had been swept for mines the evening before, and that soldiers closed it for most
of the afternoon while the wounded were carried to the regional hospital on handcarts and in minibuses.

No group claimed the attack. The al-Shabaab militia has often planted explosives along the roads that lead
into the town, which lies some 240 kilometres northwest of the capital, Mogadishu.

"We heard one loud blast and then people were running in all directions," said Halima Nur, who sells onions at
the eastern end of the market. Her stall was overturned, and she was treated for cuts to both hands.

The governor of the region visited the hospital in the evening and promised that the families of the dead
would be helped with food and with the cost of the burials. Schools near the market will stay shut until
Saturday.

Aid workers said that the market feeds a camp of thirty thousand displaced people on the southern edge of the
town, and that the price of maize had risen by a third since the main road was cut in January.
"""
_REPORT = """
A bomb hidden in a heap of onions killed seven people at the market of Baidoa in Somalia on Wednesday, according
to a nurse who counted the bodies and to two drivers who brought them in.

The blast came at noon, when the lanes between the stalls are at their fullest. Shopkeepers pulled down their
shutters, and by dusk the square was empty but for dogs and a burnt wheelbarrow.
"""
_MARCH = """
Police in the Kenyan town of Garissa fired tear gas on Thursday at hundreds of teachers who marched for their
unpaid wages, and arrested eleven of them, their union said.

The marchers had blocked the bridge for two hours. Shops stayed shut, and pupils were sent home before lunch.
"""


def paragraphs(text: str) -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split("\n\n"))


STORY = paragraphs(_TEXT)

#: The same event in other words, by somebody who credits nobody.
REPORT = paragraphs(_REPORT)

#: Another event, of another country.
MARCH = paragraphs(_MARCH)

#: What publishers do to a copy: a title of their own, and what becomes of the paragraphs.
PRINTED: tuple[tuple[str, Sequence[str]], ...] = (
    ("Baidoa market bomb leaves seven dead", STORY),
    ("Seven die in Somali market blast", STORY[:-1]),
    ("Somalia: bomb at vegetable market", STORY[:5]),
    ("Explosion in Baidoa", (*STORY, "Follow our channel for more from the region.")),
    ("Market bombing in southwest Somalia", (" ".join(STORY[:3]), " ".join(STORY[3:]))),
    ("Roadside bomb hits Baidoa", (STORY[0], *STORY[2:])),
    ("Dozen hurt, seven dead in Baidoa", (*STORY[:4], *STORY[5:])),
    ("Deadly blast at Baidoa market", tuple(one.replace("kilometres", "km") for one in STORY)),
    (
        "Blast kills seven in Somalia",
        (*STORY[:6], "The paper's own desk notes that the town has seen several such attacks this year."),
    ),
    ("Bomb in Baidoa market", tuple(one.replace('"', "'") for one in STORY[:6])),
)


def html(title: str, paragraphs: Sequence[str]) -> bytes:
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f"<html lang=en><head><title>{title}</title></head><body><nav><a href=/>Home</a> <a href=/world>World</a></nav>"
        f"<article><h1>{title}</h1>{text}</article><footer>All rights reserved.</footer></body></html>"
    ).encode()


def printed(
    number: int,
    title: str = HEADLINE,
    paragraphs: Sequence[str] = STORY,
    *,
    published_at: datetime | None = None,
    version: int = 1,
) -> Page:
    """The page of publisher ``number``, as a poller would have stored it."""
    url = urls.canonical(f"https://paper{number}.test/world/story-{number}")
    at = published_at or NOW + timedelta(minutes=number)
    return page(
        number,
        article_id=urls.article_id(url),
        entry=entry(number, url=url, title=title, published_at=at),
        url=url,
        final_url=url,
        body=html(title, paragraphs),
        publisher=f"Paper {number}",
        version=version,
        accepted_at=NOW,
    )


def accept(store: Store, pages: Sequence[Page], now: datetime = NOW) -> None:
    """Acknowledge pages as one poll does."""
    store.catalog.put([feed()], now)
    store.catalog.due_now(["feed1"], now)
    (claim,) = store.feeds.claim("me", now, 10, 20, UNPACED)
    assert store.feeds.accept(claim, pages, now) == len(pages)
    store.feeds.finish([Finish(claim=claim, state=FeedState(rhythm=first_rhythm(now)))], now)
