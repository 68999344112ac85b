"""Which place the mentions of a clause mean, given what the whole document is about.

Owns the document's prior and the choice between the mentions of one clause. Refuses to read text
(``place_reading``) and to compare namesakes (``place_namesakes``).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from msgspec import Struct, structs

from dateline.incidents.gazetteer import ADMIN1, TOWN, WEAK, Gazetteer, Spot
from dateline.incidents.place_haunts import Province
from dateline.incidents.place_mentions import PlaceMention
from dateline.incidents.place_namesakes import Prior, areas_of, best, district_of, fellows_of
from dateline.incidents.place_records import of_country, of_part, of_region, of_spot
from dateline.incidents.record import Place

_RELATIONS = {
    "in": 3.0,
    "near": 3.0,
    "between": 2.8,
    "none": 1.5,
    "toward": 1.0,
    "seat": 0.6,
    "from": 0.0,
    "dateline": 0.0,
}
_KINDS = {"town": 1.0, "feature": 0.9, "admin1": 0.5, "region": 0.4, "country": -2.5, "demonym": -9.0}
_CLOSE_BY = 0.1
"""What a mention loses for each mention that stands between it and the beginning: the first is preferred."""

_NATION_WEIGHTS = {"country": 1.0, "region": 1.0, "demonym": 0.7}
_FEED_WEIGHT = 0.4
_HOME_WEIGHT = 0.5
_SHARED_WEIGHT, _SHARED_MOST = 0.5, 0.6
_SURE_POPULATION = 100_000
_VAST_KM = 650.0


class DocumentPlaces(Struct, frozen=True, kw_only=True):
    """What a whole document says about where it plays."""

    #: Share of the document's place words for each country (ISO 3166-1 alpha-2), adding up to 1.
    countries: dict[str, float] = {}
    #: Provinces named in the document, as (country, admin1 code).
    admins: frozenset[tuple[str, str]] = frozenset()
    feed_country: str | None = None
    #: Provinces in which the groups of the document mostly act.
    haunts: frozenset[Province] = frozenset()

    def main_country(self) -> str | None:
        """Return the country that the document is about, None when nothing stands out."""
        if not self.countries:
            return self.feed_country
        first, *rest = sorted(self.countries.items(), key=lambda item: (-item[1], item[0]))
        if rest and first[1] < 1.25 * rest[0][1]:
            return self.feed_country if self.feed_country in self.countries else None
        return first[0]


def document_places(
    sentences_mentions: Iterable[Sequence[PlaceMention]],
    feed_country: str | None,
    gazetteer: Gazetteer,
    *,
    homes: AbstractSet[str] = frozenset(),
    haunts: frozenset[Province] = frozenset(),
) -> DocumentPlaces:
    """Return the document's own idea of where it plays, from the mentions of all its sentences.

    Countries named in words count most, then demonyms, then provinces and large towns; datelines and
    origins count half; the feed's country (alpha-2) is a weak prior, and so are ``homes``, the countries
    of the armed groups that the document names; ``haunts`` are the provinces where those mostly act.
    """
    mentions = [one for sentence in sentences_mentions for one in sentence]
    votes = _nations(mentions, gazetteer)
    for one in mentions:
        if one.relation == "dateline" and one.hits:
            votes[gazetteer.spot(one.hits[0].row).country] += _directness(one)
    for country in homes:
        votes[country] += _HOME_WEIGHT
    named = frozenset(votes)
    if feed_country:
        votes[feed_country] += _FEED_WEIGHT
    for country, weight in _shared_homes(mentions, gazetteer).items():
        if not named or country in named:
            votes[country] += min(weight, _SHARED_MOST)
    prior = Prior(countries=dict(votes), haunts=haunts)
    admins = set()
    for one in sorted(mentions, key=lambda one: one.called not in ("admin1", "district")):
        if one.kind in ("demonym", "country") or one.relation == "dateline" or not one.hits:
            continue
        hit = best(one, prior, gazetteer)
        if hit is None or hit.strength == WEAK:
            continue
        spot = gazetteer.spot(hit.row)
        if spot.country in named or spot.population > _SURE_POPULATION or not votes:
            votes[spot.country] += (0.8 if spot.cls == ADMIN1 else 0.5) * _directness(one)
        if spot.cls != TOWN and (spot.country in named or one.called):
            admins.add((spot.country, spot.admin1_code))
    total = sum(votes.values())
    shares = {country: value / total for country, value in votes.items()} if total else {}
    return DocumentPlaces(
        countries=shares, admins=frozenset(admins), feed_country=feed_country, haunts=haunts
    )


def _nations(mentions: Iterable[PlaceMention], gazetteer: Gazetteer) -> defaultdict[str, float]:
    votes: defaultdict[str, float] = defaultdict(float)
    for one in mentions:
        home = one.country or (gazetteer.regions[one.region].country if one.region else None)
        if home:
            votes[home] += _NATION_WEIGHTS.get(one.kind, 0.5) * _directness(one)
    return votes


def _directness(one: PlaceMention) -> float:
    # A dateline is where the desk sits: the right country more often than an origin or a border.
    return 1.0 if one.event_place else 0.8 if one.relation == "dateline" else 0.5


def _shared_homes(mentions: Iterable[PlaceMention], gazetteer: Gazetteer) -> dict[str, float]:
    # Tripoli is in Lebanon too, but only Libya has Tripoli and Sabha: names vote together.
    homes: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for one in mentions:
        if one.kind not in ("demonym", "country") and one.hits[:1] and one.hits[0].strength != WEAK:
            countries = {gazetteer.spot(hit.row).country for hit in one.hits}
            for country in countries:
                homes[country][one.name] = 1 / len(countries)
    return {
        country: _SHARED_WEIGHT * sum(names.values()) for country, names in homes.items() if len(names) > 1
    }


def resolve(
    mentions_of_the_clause: Sequence[PlaceMention], document: DocumentPlaces, gazetteer: Gazetteer
) -> Place | None:
    """Return the place of the clause's event, or None when nothing in it may be one.

    The most exact mention wins; provinces and countries of the clause decide between namesakes.
    A country alone comes without coordinates and without precision.
    """
    usable = [one for one in mentions_of_the_clause if one.event_place and not _is_vast(one, gazetteer)]
    votes = _clause_countries(mentions_of_the_clause, document)
    fellows = fellows_of(mentions_of_the_clause, gazetteer) if len(mentions_of_the_clause) > 1 else ()
    prior = Prior(countries=votes, admins=document.admins, fellows=fellows, haunts=document.haunts)
    ranked = sorted(enumerate(usable), key=lambda item: _CLOSE_BY * item[0] - _rank(item[1]))
    for _, one in ranked:
        others = [other for other in mentions_of_the_clause if other is not one and other.event_place]
        around = structs.replace(prior, areas=areas_of(others, prior, gazetteer))
        place = _place(one, around, document, gazetteer)
        if place is not None:
            return place
    return None


def country_place(document: DocumentPlaces, gazetteer: Gazetteer) -> Place | None:
    """Return the document's country as an inferred place without coordinates, None when unclear."""
    iso2 = document.main_country()
    return of_country(iso2, "", gazetteer, inferred=True) if iso2 and iso2 in gazetteer.countries else None


def _is_vast(one: PlaceMention, gazetteer: Gazetteer) -> bool:
    # "Latin America", "the Middle East": no one looks for an event there; nor does an adjective place one.
    vast = one.region is not None and gazetteer.regions[one.region].radius_km > _VAST_KM
    return vast or one.kind == "demonym"


def _rank(one: PlaceMention) -> float:
    return _RELATIONS[one.relation] + _KINDS[one.kind] + (0.3 if one.called == "town" else 0.0)


def _clause_countries(mentions: Sequence[PlaceMention], document: DocumentPlaces) -> dict[str, float]:
    votes: defaultdict[str, float] = defaultdict(float)
    for country, share in document.countries.items():
        votes[country] = 2.0 * share
    for one in mentions:
        if one.country:
            votes[one.country] += 1.0 if one.event_place and one.kind != "demonym" else 0.4
    return dict(votes)


def _place(one: PlaceMention, prior: Prior, document: DocumentPlaces, gazetteer: Gazetteer) -> Place | None:
    if one.region:
        return of_region(one, gazetteer)
    hit = best(one, prior, gazetteer)
    spot = gazetteer.spot(hit.row) if hit else None
    if one.country is None:
        return of_spot(one, spot, gazetteer, district_of(spot, prior)) if spot else None
    if spot is not None and _rather(one, spot, one.country, document):
        return of_spot(one, spot, gazetteer)
    if one.direction:
        return of_part(one, gazetteer)
    return of_country(one.country, one.text, gazetteer, inferred=False)


def _rather(one: PlaceMention, spot: Spot, country: str, document: DocumentPlaces) -> bool:
    # Georgia the state, in a document about the United States; Niger state in one about Nigeria.
    if one.called == "admin1" and spot.cls == ADMIN1:
        return True
    here = document.countries.get(spot.country, 0.0)
    return spot.cls == ADMIN1 and spot.country != country and here > document.countries.get(country, 0.0)
