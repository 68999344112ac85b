"""What a worker reads before it forks."""

from dateline.incidents.assemble import Coder
from dateline.text import clean
from workers import reading, warming


def test_invented_pages_are_read_and_coded() -> None:
    """Each page gives a text and incidents, in its own language: what coding needs is then in memory."""
    coder = Coder.load()
    languages = set()
    for blob in warming.invented():
        result = reading.read_page(blob, coder)
        assert result.reason is None, result.detail
        assert result.article is not None
        assert result.coding is not None
        assert result.coding.incidents
        languages.add(result.article.language)
    assert {"en", "es", "ar"} <= languages


def test_warming_leaves_no_phrase_to_compile() -> None:
    """After warming, no line of a page makes a child compile the rule that takes it; twice costs nothing more."""
    warming.warm(Coder.load())
    index = clean.load()
    compiled = index._pattern.cache_info()
    assert compiled.currsize == len(index._phrases)
