"""Which place in the world the mentions of a clause mean.

Owns the choice between namesakes and between the mentions of one clause, and
what of them holds for the whole document. Refuses to read text: ``place_reading`` does.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from dateline.incidents.gazetteer import ADMIN1, ADMIN2, ALTERNATE, TOWN, WEAK, Gazetteer, Hit, Spot
from dateline.incidents.place_reading import PlaceMention
from dateline.incidents.place_records import of_country, of_part, of_region, of_spot
from dateline.incidents.record import Place

_RELATIONS = {
    "in": 3.0,
    "near": 3.0,
    "between": 2.8,
    "none": 1.5,
    "toward": 1.0,
    "from": 0.0,
    "dateline": 0.0,
}
_KINDS = {"town": 1.0, "feature": 0.9, "admin1": 0.5, "region": 0.4, "country": -2.5, "demonym": -9.0}


class DocumentPlaces(Struct, frozen=True, kw_only=True):
    """What a whole document says about where it plays."""

    #: Share of the document's place words for each country (ISO 3166-1 alpha-2), adding up to 1.
    countries: dict[str, float] = {}
    #: Provinces named in the document, as (country, admin1 code).
    admins: frozenset[tuple[str, str]] = frozenset()
    feed_country: str | None = None

    def main_country(self) -> str | None:
        """Return the country that the document is about, None when nothing stands out."""
        if not self.countries:
            return self.feed_country
        first, *rest = sorted(self.countries.items(), key=lambda item: (-item[1], item[0]))
        if rest and first[1] < 1.25 * rest[0][1]:
            return self.feed_country if self.feed_country in self.countries else None
        return first[0]


def document_places(
    sentences_mentions: Iterable[Sequence[PlaceMention]], feed_country: str | None, gazetteer: Gazetteer
) -> DocumentPlaces:
    """Return the document's own idea of where it plays, from the mentions of all its sentences.

    Countries named in words count most, then large towns and provinces, then demonyms; datelines and
    origins count less; the feed's country (alpha-2) is a weak prior.
    """
    mentions = [one for sentence in sentences_mentions for one in sentence]
    votes: dict[str, float] = defaultdict(float)
    for one in mentions:
        if one.country:
            weight = {"country": 1.0, "region": 1.0, "demonym": 0.7}.get(one.kind, 0.5)
            votes[one.country] += weight * (1.0 if one.event_place else 0.5)
        elif one.region and (home := gazetteer.regions[one.region].country):
            votes[home] += 1.0
    named = dict(votes)
    if feed_country:
        votes[feed_country] += 0.4
    for country, weight in _shared_homes(mentions, gazetteer).items():
        votes[country] += weight
    admins = set()
    for one in mentions:
        if one.kind in ("demonym", "country") or not one.hits:
            continue
        best = _best(one, votes, frozenset(), gazetteer)
        if best is None:
            continue
        spot = gazetteer.spot(best.row)
        sure = spot.country in named or spot.population > 100_000 or one.called is not None
        if sure and best.strength != WEAK:
            votes[spot.country] += 0.5 if one.event_place else 0.3
        if spot.cls != TOWN and (spot.country in named or one.called):
            admins.add((spot.country, spot.admin1_code))
    total = sum(votes.values())
    shares = {country: value / total for country, value in votes.items()} if total else {}
    return DocumentPlaces(countries=shares, admins=frozenset(admins), feed_country=feed_country)


def _shared_homes(mentions: Iterable[PlaceMention], gazetteer: Gazetteer) -> dict[str, float]:
    # Palmyra is in New York too, but only Syria has Palmyra and Homs: names vote together.
    homes: dict[str, set[str]] = {}
    for one in mentions:
        if one.kind not in ("demonym", "country") and one.hits[:1] and one.hits[0].strength != WEAK:
            for hit in one.hits:
                homes.setdefault(gazetteer.spot(hit.row).country, set()).add(one.name)
    return {country: 0.25 * (len(names) - 1) for country, names in homes.items() if len(names) > 1}


def resolve(
    mentions_of_the_clause: Sequence[PlaceMention], document: DocumentPlaces, gazetteer: Gazetteer
) -> Place | None:
    """Return the place of the clause's event, or None when nothing in it may be one.

    The most exact mention wins; provinces and countries of the clause decide between namesakes.
    A country alone comes without coordinates and without precision.
    """
    usable = [one for one in mentions_of_the_clause if one.event_place and one.kind != "demonym"]
    clause = _clause_countries(mentions_of_the_clause, document)
    admins = _clause_admins(mentions_of_the_clause, clause, document, gazetteer)
    ranked = sorted(usable, key=lambda one: -_rank(one))
    for one in ranked:
        place = _place(one, clause, admins, document, gazetteer)
        if place is not None:
            return place
    return None


def country_place(document: DocumentPlaces, gazetteer: Gazetteer) -> Place | None:
    """Return the document's country as an inferred place without coordinates, None when unclear."""
    iso2 = document.main_country()
    return of_country(iso2, "", gazetteer, inferred=True) if iso2 in gazetteer.countries and iso2 else None


def _rank(one: PlaceMention) -> float:
    kind = _KINDS[one.kind]
    if one.called == "town":
        kind += 0.3
    return _RELATIONS[one.relation] + kind


def _clause_countries(mentions: Sequence[PlaceMention], document: DocumentPlaces) -> dict[str, float]:
    votes = defaultdict(float, {country: 2.0 * share for country, share in document.countries.items()})
    for one in mentions:
        if one.country:
            votes[one.country] += 1.0 if one.event_place and one.kind != "demonym" else 0.4
    return votes


def _clause_admins(
    mentions: Sequence[PlaceMention], votes: dict[str, float], document: DocumentPlaces, gazetteer: Gazetteer
) -> frozenset[tuple[str, str]]:
    admins = set(document.admins)
    for one in mentions:
        if one.kind in ("admin1", "region", "town", "feature"):
            for hit in one.hits:
                spot = gazetteer.spot(hit.row)
                if spot.cls != TOWN and spot.country in votes:
                    admins.add((spot.country, spot.admin1_code))
    return frozenset(admins)


def _best(
    one: PlaceMention, votes: dict[str, float], admins: frozenset[tuple[str, str]], gazetteer: Gazetteer
) -> Hit | None:
    best, best_score = None, 0.0
    for hit in one.hits:
        spot = gazetteer.spot(hit.row)
        score = _score(one, hit, spot, votes, admins)
        if score > best_score:
            best, best_score = hit, score
    return best


def _score(
    one: PlaceMention, hit: Hit, spot: Spot, votes: dict[str, float], admins: frozenset[tuple[str, str]]
) -> float:
    at_home = votes.get(spot.country, 0.0)
    if hit.strength == WEAK and not at_home:
        return 0.0
    score = math.log2(spot.population + 2) / 25 + min(at_home, 2.0)
    if spot.cls != TOWN:
        # Provinces are as large as their people; a namesake town of size is what newsrooms mean.
        score = min(score - 0.12, 0.62 + min(at_home, 2.0))
    if (spot.country, spot.admin1_code) in admins:
        score += 0.4
    score -= {ALTERNATE: 0.12, WEAK: 0.3}.get(hit.strength, 0.0)
    return score + _as_called(one, spot)


def _as_called(one: PlaceMention, spot: Spot) -> float:
    if one.called == "town":
        return 0.5 if spot.cls == TOWN else -0.3
    if one.called == "admin1":
        return 1.0 if spot.cls == ADMIN1 else -0.2
    if one.called == "district":
        return 0.5 if spot.cls == ADMIN2 else 0.0 if spot.cls == TOWN else 0.2
    return -0.1 if spot.cls == ADMIN2 else 0.0


def _place(
    one: PlaceMention,
    votes: dict[str, float],
    admins: frozenset[tuple[str, str]],
    document: DocumentPlaces,
    gazetteer: Gazetteer,
) -> Place | None:
    if one.region:
        return of_region(one, gazetteer)
    best = _best(one, votes, admins, gazetteer)
    if one.country:
        return _of_country_or_namesake(one, document, best, gazetteer)
    if best is None:
        return None
    return of_spot(one, gazetteer.spot(best.row), gazetteer)


def _of_country_or_namesake(
    one: PlaceMention, document: DocumentPlaces, best: Hit | None, gazetteer: Gazetteer
) -> Place | None:
    assert one.country is not None
    if best is not None:
        # Georgia the state, in a document about the United States.
        spot = gazetteer.spot(best.row)
        here = document.countries.get(spot.country, 0.0)
        if (
            spot.cls == ADMIN1
            and spot.country != one.country
            and here > document.countries.get(one.country, 0.0)
        ):
            return of_spot(one, spot, gazetteer)
    if one.direction:
        return of_part(one, gazetteer)
    return of_country(one.country, one.text, gazetteer, inferred=False)
