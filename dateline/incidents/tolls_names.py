"""Names of single victims: "Colonel Ali Hassan", "former council member Ali Hassan".

Owns: telling a person's name from that of a body. Refuses: who the person is.
"""

from dateline.incidents import tolls_lexicon as lexicon
from dateline.incidents import tolls_people
from dateline.incidents.tolls_clause import GAP_WORDS, QUOTES, Clause
from dateline.incidents.tolls_words import Phrase, Words


def read_name(words: Words, at: int) -> Phrase | None:
    """Return the name of one person at word ``at`` ("Colonel Ali Hassan"), or None.

    In sentences of capitals only a title makes a name.
    """
    low = words.low
    end = at
    titled = False
    while end < len(low) and end < at + 8:
        word, raw = low[end], words.raw(end)
        if word in lexicon.TITLES:
            titled = True
        elif raw == "." and end > at and (low[end - 1] in lexicon.TITLES or len(low[end - 1]) == 1):
            pass
        elif raw in QUOTES and end > at:
            pass  # a nickname
        elif not raw[0].isupper() or word in lexicon.BODIES or word in lexicon.STOPS:
            break
        end += 1
    while end > at and not words.raw(end - 1)[0].isalpha():
        end -= 1
    if end == at or (words.caps and not titled) or not _is_name(words, at, end, titled=titled):
        return None
    people = tolls_people.load()
    kind = next((found for word in low[at:end] if (found := people.kind(word))), None)
    return Phrase(
        at, end, 1, 1, False, words.text[words.spans[at][0] : words.spans[end - 1][1]], kind, "name"
    )


def _is_name(words: Words, at: int, end: int, *, titled: bool) -> bool:
    """Whether capitalised words name one person rather than a people, a body or a quality."""
    low, people = words.low, tolls_people.load()
    last = low[end - 1]
    single = end == at + 1
    if last.endswith(("'s", "s'")) or (last in lexicon.TITLES and not titled):
        return False
    if people.kind(last) is not None and not people.is_one(last):
        return False
    if not single:
        return True
    following = words.raw(end) if end < len(low) else "."
    adjective = following[0].islower() and low[end] not in lexicon.STOPS and not low[end].endswith("ly")
    # "American colleagues", "UN", "Colonel" alone, "Iraqis"
    return not (adjective or titled or words.raw(at).isupper() or last.endswith(_PEOPLES))


_PEOPLES = ("ans", "ese", "qis", "nis", "lis", "dis", "tis", "ris", "shis")


def _in_capitals(words: Words, begin: int, end: int) -> Phrase | None:
    """Two to five unknown words of an all-capitals sentence, right at its beginning or after "that"."""
    low, people = words.low, tolls_people.load()
    starts = begin == 0 or low[begin - 1] in {"that", "and", ",", "]", "where", "when", "-", ";"}
    known = any(
        word in lexicon.NOT_PEOPLE or people.kind(word) or not word[0].isalpha() for word in low[begin:end]
    )
    if not starts or known or not 2 <= end - begin <= 5:
        return None
    return Phrase(
        begin, end, 1, 1, False, words.text[words.spans[begin][0] : words.spans[end - 1][1]], None, "name"
    )


def read_described(words: Words, at: int) -> Phrase | None:
    """Return "former council member Ali Hassan" at word ``at``: a noun of people, then a name."""
    if words.caps:
        return None
    low, people = words.low, tolls_people.load()
    end = at
    while end < len(low) and end < at + 6 and words.raw(end)[0].isalpha() and low[end] not in lexicon.STOPS:
        kind = people.kind(low[end])
        name = read_name(words, end + 1) if kind and people.is_one(low[end]) and end + 1 < len(low) else None
        if name is not None:
            return Phrase(
                at,
                name.hi,
                1,
                1,
                False,
                words.text[words.spans[at][0] : words.spans[name.hi - 1][1]],
                kind,
                "name",
            )
        end += 1
    return None


def name_before(state: Clause, end: int) -> Phrase | None:
    """The name that ends where a predicate begins; parentheses, ages and commas between are passed over."""
    words, low = state.words, state.words.low
    at = end
    if at and low[at - 1] == ")":
        at = next((index for index in range(at - 2, max(-1, at - 10), -1) if low[index] == "("), at)
    if at and low[at - 1] == "," and not (at >= 3 and low[at - 3] == "," and low[at - 2].isdigit()):
        at = next((index for index in range(at - 2, max(0, at - GAP_WORDS), -1) if low[index] == ","), at)
        if at and low[at - 1] == ")":
            at = next((index for index in range(at - 2, max(-1, at - 10), -1) if low[index] == "("), at)
    if at >= 3 and low[at - 1] == "," and low[at - 2].isdigit() and low[at - 3] == ",":
        at -= 3
    if 2 <= at < len(low) and low[at] == "," and low[at - 1].isdigit() and low[at - 2] == ",":
        at -= 2
    if at >= 3 and low[at - 1] == "." and low[at - 2] in {"jr", "sr"}:
        at -= 3 if low[at - 3] == "," else 2
    begin = at
    while begin > 0 and at - begin < 8:
        raw = words.raw(begin - 1)
        inner_stop = (
            raw == "." and begin >= 2 and (low[begin - 2] in lexicon.TITLES or len(low[begin - 2]) == 1)
        )
        nickname = raw in QUOTES and begin >= 3 and QUOTES.intersection(low[begin - 4 : begin + 2])
        if (
            not inner_stop
            and not nickname
            and not (
                raw[0].isupper()
                and low[begin - 1] not in lexicon.BODIES
                and low[begin - 1] not in lexicon.STOPS
            )
        ):
            break
        begin -= 1
    if begin == at:
        return None
    name = read_name(words, begin) or (_in_capitals(words, begin, at) if words.caps else None)
    if name is None or name.hi != at:
        return None
    singular = (
        low[end] in {"was", "is", "has", "died", "succumbed", "perished", "lost", "suffered", "sustained"}
        if end < len(low)
        else False
    )
    return (
        name
        if singular or (begin and low[begin - 1] == "and") or (end < len(low) and low[end] == "and")
        else None
    )


def listed_name(state: Clause, end: int) -> Phrase | None:
    """The full name that ends before a comma of a list ("Peter Lado, John Deng and Mary Akol"), or None.

    A name after a preposition is that of a place ("In Port Sudan, …").
    """
    words, low = state.words, state.words.low
    begin = end
    while begin > 0 and end - begin < 5 and words.raw(begin - 1)[0].isupper() and low[begin - 1].isalpha():
        begin -= 1
    if words.caps or end - begin < 2 or (begin and low[begin - 1] in lexicon.PREPOSITIONS):
        return None
    name = read_name(words, begin)
    return name if name is not None and name.hi == end else None
