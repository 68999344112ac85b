"""A plain story, pages made of it, and what a case of a hostile page is."""

from collections.abc import Callable
from typing import Any, NamedTuple

from dateline.errors import Reason

HTML = "text/html; charset=utf-8"

Answer = Reason | Callable[[dict[str, Any]], bool]
"""What reading must answer: a reason, or an article (as JSON) for which the check holds."""


class Case(NamedTuple):
    """A page as it is fetched, and what must become of it."""

    body: bytes
    answer: Answer
    content_type: str = HTML


Cases = dict[str, Callable[[], Case]]
"""By name; each page is made when its case is run, since some are large."""

PARAGRAPHS = (
    "The convoy was attacked near the river on Sunday morning and nine men were killed, officials said.",
    "A spokesman for the army told reporters in the capital that two of the trucks had burned out on the road.",
    "Residents of the nearest village heard shots for more than an hour before the first soldiers came.",
    "Nobody has claimed the attack, which was the third of its kind in the province since the beginning of May.",
    "The governor visited the wounded in hospital and promised that the road would be guarded from now on.",
    "Traders said that prices had risen since the first attack, because drivers avoid the bridge at night.",
)
TITLE = "Nine killed as convoy is attacked near the river"
TEXT = "\n\n".join(PARAGRAPHS)
STORY = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)

#: The same in another script, for charsets that lack Latin accents.
RUSSIAN = (
    "В воскресенье утром у реки напали на колонну грузовиков, погибли девять человек, сообщили власти области.",
    "Представитель армии сказал журналистам в столице, что две машины сгорели прямо на дороге у моста.",
    "Жители ближайшей деревни слышали стрельбу больше часа, прежде чем туда приехали первые солдаты.",
)


def page(body: str = STORY, head: str = "", *, before: str = "<!doctype html>", lang: str = "en") -> str:
    """A page with ``body`` in an article, and ``head`` beside its title."""
    return (
        f'{before}<html lang="{lang}"><head><title>{TITLE}</title>{head}</head>'
        f"<body><article><h1>{TITLE}</h1>{body}</article></body></html>"
    )


def case(text: str, answer: Answer, content_type: str = HTML) -> Case:
    return Case(text.encode("utf-8", "surrogatepass"), answer, content_type)


def whole(article: dict[str, Any]) -> bool:
    """The story, all of it and nothing else."""
    return bool(article["text"] == TEXT and article["title"] == TITLE)


def russian(article: dict[str, Any]) -> bool:
    return bool(article["text"] == "\n\n".join(RUSSIAN) and article["language"] == "ru")


RUSSIAN_PAGE = page("".join(f"<p>{one}</p>" for one in RUSSIAN), lang="ru").replace(
    TITLE, "Нападение на колонну"
)
