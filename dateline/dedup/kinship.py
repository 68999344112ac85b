"""Which articles have one source: by whom they credit, else by who publishes them.

Owns: the keys of a reference's publisher and credits, and counting the sources of a set of articles.
Refuses lineage (who is first) and reading credits from a text.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache

from dateline.dedup.agencies import GENERIC, SEPARATOR, agency, agency_at, agency_names
from dateline.dedup.publishers import family, host_of, is_listed, is_listed_name, is_platform, label
from dateline.incidents.record import ArticleRef

_UNKNOWN = ""


def same_source(ref: ArticleRef, others: Iterable[ArticleRef], names: Collection[str] = ()) -> bool:
    """Tell whether a reference has its source from, in or in common with one of the others.

    An article's source is whom it credits, else its publisher. So two papers with one agency have the
    same; so has a paper and the one that it credits; a paper's agency copy and its own report have not.
    ``names`` are credits of articles that are not at hand.
    """
    if any(_shared(ref, other) for other in others):
        return True
    known = {_key(name) for name in names}
    return bool(known & (_credits(ref) or _tellers(ref)))


def credited(ref: ArticleRef, head: ArticleRef) -> bool | None:
    """Tell whether by their credits the head has its story from the reference: True, False for the reverse.

    None where credits do not tell. An agency's own page comes before one that credits nobody; one
    that names its agency before one that credits agencies unnamed. A page that calls itself an agency, or a
    paper whose hosts are known, at another host is not taken for whom others credit.
    """
    forth = _names(head, ref) and not _poses(ref.url, ref.publisher)
    back = _names(ref, head) and not _poses(head.url, head.publisher)
    if forth != back:
        return forth
    if is_generic(ref) != is_generic(head) and (_by_agency(ref) or _by_agency(head)):
        return is_generic(head)
    own, heads_own = _own_agency(ref), _own_agency(head)
    return own if own != heads_own else None


def is_generic(ref: ArticleRef) -> bool:
    """Tell whether the article credits agencies without a name."""
    return ref.origin == GENERIC


def is_known(ref: ArticleRef) -> bool:
    """Tell whether the article stands on the page of an agency or newsroom that is listed."""
    host = host_of(ref.url)
    return bool(host) and (is_listed(host) or agency_at(host) is not None)


def sources(told: Sequence[ArticleRef], heads: Sequence[ArticleRef]) -> int:
    """Return the number of different sources of ``heads``; all that are ``told`` show who has what from whom."""
    kin = _Kin()
    _link(kin, told, heads)
    certain: set[str] = set()
    either: list[set[str]] = []
    named = any(_by_agency(head) for head in heads)
    for head in sorted(heads, key=lambda ref: ref.id):
        if is_generic(head) and named:
            continue
        keys = {kin.root(key) for key in _credits(head) or {_teller(head)}}
        if len(keys) == 1:
            certain |= keys
        else:
            either.append(keys)
    count = len(certain)
    for keys in either:
        # One that credits two agencies has one of them at least: it adds none where either is known.
        if not keys & certain:
            count += 1
            certain |= keys
    return count


class _Kin:
    """Keys that mean one source (union-find, the least key names them)."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}

    def root(self, key: str) -> str:
        while (parent := self._parents.get(key, key)) != key:
            key = parent
        return key

    def unite(self, one: str, other: str) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self._parents[second] = first


def _link(kin: _Kin, told: Sequence[ArticleRef], heads: Sequence[ArticleRef]) -> None:
    """Unite names and addresses of one publisher, and a credited paper with whom its own articles credit."""
    labels: dict[str, list[str]] = {}
    for ref in told:
        for key in (tellers := sorted(_tellers(ref))):
            kin.unite(tellers[0], key)
            labels.setdefault(label(key), []).append(key)
    named = {key for ref in told for key in _credits(ref)}
    for key in named:
        for same in labels.get(label(key), ()) if label(key) else ():
            kin.unite(key, same)
    reached = {kin.root(key) for key in named}
    # Who also speaks for itself is no mere relay of the one that it credits elsewhere.
    speaking = {kin.root(key) for head in heads if not _credits(head) for key in _tellers(head)}
    relayed = [
        (_teller(ref), *_credits(ref))
        for ref in told
        if len(_credits(ref)) == 1 and kin.root(_teller(ref)) in reached - speaking
    ]
    for teller, source in relayed:
        kin.unite(teller, source)


def _shared(ref: ArticleRef, other: ArticleRef) -> bool:
    mine, theirs = _credits(ref), _credits(other)
    if mine & theirs or _names(ref, other) or _names(other, ref):
        return True
    if is_generic(ref) != is_generic(other) and (_by_agency(ref) or _by_agency(other)):
        return True
    return not mine and not theirs and bool(_tellers(ref) & _tellers(other))


def _names(ref: ArticleRef, other: ArticleRef) -> bool:
    """Tell whether a reference credits the publisher of another, by name or by host, and is not its own."""
    named, tellers = _credits(ref), _tellers(other)
    if named & tellers:
        return True
    return bool(named) and bool({label(key) for key in named} & ({label(key) for key in tellers} - {""}))


def _by_agency(ref: ArticleRef) -> bool:
    """Tell whether a named agency is the article's source."""
    credits_of = _credits(ref)
    return any(_is_agency(key) for key in credits_of) if credits_of else _own_agency(ref)


def _own_agency(ref: ArticleRef) -> bool:
    """Tell whether an agency publishes the article itself; papers of its family are not it."""
    host = host_of(ref.url)
    return bool(agency_at(host) if host else agency(ref.publisher))


def _credits(ref: ArticleRef) -> frozenset[str]:
    """Return whom an article credits; empty for nobody, nobody by name, and itself."""
    if not ref.origin or is_generic(ref):
        return frozenset()
    return _keys(ref.origin) - _tellers(ref)


def _tellers(ref: ArticleRef) -> frozenset[str]:
    """Return the keys of who publishes the article: of its address and of its publisher's name."""
    return _of_publisher(ref.url, ref.publisher)


def _teller(ref: ArticleRef) -> str:
    return min(_tellers(ref), default=_UNKNOWN)


@lru_cache(maxsize=4096)
def _keys(names: str) -> frozenset[str]:
    return frozenset(_key(name) for name in names.split(SEPARATOR)) - {""}


@lru_cache(maxsize=4096)
def _of_publisher(url: str, publisher: str) -> frozenset[str]:
    host = host_of(url)
    keys = {_key(host) if agency_at(host) else family(url, "")} if host else set()
    # A listed host says enough; its name may be that of papers in other countries too.
    if publisher and not (host and (is_platform(publisher) or is_listed(host))):
        # Who calls itself by the names of two newsrooms on two pages does not make them one.
        keys = {_key(publisher)} if _poses(url, publisher) else keys | {_key(publisher)}
    return frozenset(keys - {""})


@lru_cache(maxsize=4096)
def _poses(url: str, publisher: str) -> bool:
    """Tell whether a page calls itself by the name of an agency or newsroom whose hosts are others."""
    host = host_of(url)
    if not host or not publisher or is_platform(publisher):
        return False
    named = agency(publisher)
    if named and agency_at(host) != named:
        return True
    return named is None and is_listed_name(publisher) and family(url, "") != family("", publisher)


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """Return the key of a name or host: that of the agency, or of the family. An agency's own pages have its own."""
    host = host_of(name) if " " not in name else ""
    known = agency_at(host) if host else agency(name)
    return family("", known) if known else family(host, name)


@lru_cache(maxsize=4096)
def _is_agency(key: str) -> bool:
    return key in _agency_keys()


@cache
def _agency_keys() -> frozenset[str]:
    return frozenset(family("", name) for name in agency_names())
