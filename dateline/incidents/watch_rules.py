"""The frozen types of a watch list, and whether a rule is met.

Owns the criteria and the words in which one says that it is not met. Refuses to read files (``watch_reading``), to hold
alerts back (``cooling``), and to know what was told before (the store).

    why(rule, incident) -> what fails, or "" when the incident meets the watch
"""

from collections.abc import Iterable

from msgspec import Struct

from dateline.incidents.nearness import distance_km
from dateline.incidents.place_names import fold
from dateline.incidents.record import Actor, Assertion, Count, Incident, Place, Severity
from dateline.incidents.severity import RANK

#: How the dictionary calls those of whom no more is known: they name nobody.
_NOBODY = "unidentified"

#: A place that is told so vaguely as to reach further says nothing of where it was: Queensland reaches 1,100 km.
WIDEST_KM = 1500.0


#: A degree of latitude; a little less than its length, so that what is dropped by it lies outside for certain.
_DEGREE_KM = 110.0


class Box(Struct, frozen=True):
    """An area in decimal degrees; a west that is greater than the east crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float

    def north_south_km(self, lat: float) -> float:
        """Return a distance that a point of this latitude is not nearer than."""
        return max(self.south - lat, lat - self.north, 0.0) * _DEGREE_KM

    def __str__(self) -> str:
        return f"{self.west:g}, {self.south:g}, {self.east:g}, {self.north:g}"

    def distance_km(self, lat: float, lon: float) -> float:
        """Return how far a point lies from the box, 0 inside it."""
        width = (self.east - self.west) % 360 or (360.0 if self.east != self.west else 0.0)
        behind = (lon - self.west) % 360
        # Outside, the nearer of its two sides.
        side = self.west if 360 - behind < behind - width else self.east
        near_lon = lon if behind <= width else side
        near_lat = min(max(lat, self.south), self.north)
        return distance_km(lat, lon, near_lat, near_lon)


class Circle(Struct, frozen=True):
    """A point in decimal degrees and the kilometres around it."""

    lat: float
    lon: float
    radius_km: float

    def north_south_km(self, lat: float) -> float:
        """Return a distance that a point of this latitude is not nearer than."""
        return max(0.0, abs(lat - self.lat) * _DEGREE_KM - self.radius_km)

    def __str__(self) -> str:
        return f"{self.radius_km:g} km around {self.lat:g}, {self.lon:g}"

    def distance_km(self, lat: float, lon: float) -> float:
        """Return how far a point lies from the circle, 0 inside it."""
        return max(0.0, distance_km(lat, lon, self.lat, self.lon) - self.radius_km)


class Party(Struct, frozen=True):
    """An actor as the list names him: by the id of our data where that knows him, else by the folded name."""

    given: str
    name: str
    id: str | None = None

    def is_named(self, actors: Iterable[Actor]) -> bool:
        """Tell whether one of the actors is he: by id or whole name; whom our data does not know, by his words in a name."""
        if self.id is not None:
            return any(
                one.id == self.id or (one.id is None and fold(one.name) == self.name) for one in actors
            )
        return any(f" {self.name} " in f" {fold(one.name)} " for one in actors)


class Rule(Struct, frozen=True, kw_only=True):
    """One watch. What is empty or None asks for nothing; all that is given must hold; lists are alternatives."""

    name: str
    note: str = ""
    enabled: bool = True
    #: An alert of a severity holds back those of the same or a lower one for so long, in seconds; 0 never.
    cool_down_s: int = 0
    #: ISO 3166-1 alpha-2.
    countries: frozenset[str] = frozenset()
    #: Country and folded name of provinces.
    admin1: frozenset[tuple[str, str]] = frozenset()
    boxes: tuple[Box, ...] = ()
    near: tuple[Circle, ...] = ()
    #: With unknown_place: countries of which a part lies in the areas, so that what is told for one may have been there.
    reached: frozenset[str] = frozenset()
    #: On any side.
    actors: tuple[Party, ...] = ()
    perpetrators: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    event_types: frozenset[str] = frozenset()
    sub_types: frozenset[str] = frozenset()
    #: Kind and least number, in the order of the record.
    toll: tuple[tuple[str, int], ...] = ()
    confidence: float = 0.0
    severity: Severity = "low"
    independent_sources: int = 0
    assertions: frozenset[Assertion] = frozenset()
    civilian_targeting: bool | None = None
    #: Whether an incident meets whose place, actor or toll is not told well enough to decide.
    unknown_place: bool = False
    unknown_actor: bool = False
    unknown_toll: bool = False


class Rules(Struct, frozen=True):
    """A watch list: the watches in the order of the file, switched-off ones included."""

    watches: tuple[Rule, ...] = ()

    @property
    def enabled(self) -> tuple[Rule, ...]:
        return tuple(one for one in self.watches if one.enabled)


def why(rule: Rule, incident: Incident) -> str:
    """Return which criterion fails and how, "" when the incident meets the watch. Total; never raises.

    ``incident.severity`` counts as it stands: fill it first (``severity.severity``). The first that fails in the order
    of the record is told. Only fresh incidents that are open meet a watch.
    """
    if incident.class_ != "fresh":
        return f"class: {incident.class_}, not fresh"
    if incident.status != "open":
        return f"status: {incident.status}"
    checks = (_type, _where, _who, _toll, _standing)
    return next((failed for check in checks if (failed := check(rule, incident))), "")


def _type(rule: Rule, incident: Incident) -> str:
    if rule.sub_types and incident.sub_event_type not in rule.sub_types:
        return f"sub_types: {incident.sub_event_type}"
    if rule.event_types and incident.event_type not in rule.event_types:
        return f"event_types: {incident.event_type}"
    targeted = incident.civilian_targeting
    if rule.civilian_targeting is not None and targeted is not rule.civilian_targeting:
        return f"civilian_targeting: {'true' if targeted else 'false'}"
    return ""


def _where(rule: Rule, incident: Incident) -> str:
    place = incident.place
    country = place.iso2 if place else None
    if rule.countries and country not in rule.countries:
        if country is not None:
            return f"countries: {country}"
        if not rule.unknown_place:
            return "countries: not known (unknown_place)"
    if rule.admin1 and (failed := _province(rule, place)):
        return failed
    for field, areas in (("boxes", rule.boxes), ("near", rule.near)):
        if areas and (failed := _area(rule, field, areas, place)):
            return failed
    return ""


def _province(rule: Rule, place: Place | None) -> str:
    country = place.iso2 if place else None
    if country is not None and all(country != iso2 for iso2, _ in rule.admin1):
        return f"admin1: {country}"
    name = place.admin1 if place else None
    if name is None:
        return "" if rule.unknown_place else "admin1: not known (unknown_place)"
    if any(fold(name) == wanted and country in (iso2, None) for iso2, wanted in rule.admin1):
        return ""
    return f"admin1: {name}"


def _area(rule: Rule, field: str, areas: Iterable[Box | Circle], place: Place | None) -> str:
    if place is None or place.lat is None or place.lon is None:
        country = place.iso2 if place else None
        if not rule.unknown_place:
            return f"{field}: {f'nothing but {country}' if country else 'not'} known (unknown_place)"
        return "" if country is None or country in rule.reached else f"{field}: {country}"
    away_km = min(one.distance_km(place.lat, place.lon) for one in areas)
    # On the edge is inside; coordinates are told to four decimals, about ten metres.
    if away_km <= 0.01:
        return ""
    if away_km <= min(place.radius_km or 0.0, WIDEST_KM) and (place.geo_precision or 3) > 1:
        return "" if rule.unknown_place else f"{field}: {place.name} reaches in (unknown_place)"
    return f"{field}: {place.name}, {away_km:.0f} km away"


def _who(rule: Rule, incident: Incident) -> str:
    sides = incident.actors
    everybody = (*sides.perpetrator, *sides.target, *sides.other)
    for field, parties, present in (
        ("actors", rule.actors, everybody),
        # A party whose side is not told may be either.
        ("perpetrators", rule.perpetrators, (*sides.perpetrator, *sides.other)),
        ("targets", rule.targets, (*sides.target, *sides.other)),
    ):
        if not parties or any(party.is_named(present) for party in parties):
            continue
        named = [one.name for one in present if not fold(one.name).startswith(_NOBODY)]
        blank = _untold(field, incident)
        if blank and rule.unknown_actor:
            continue
        told = ", ".join(dict.fromkeys(named)) or "nobody named"
        return f"{field}: {told}{' (unknown_actor)' if blank else ''}"
    return ""


def _untold(field: str, incident: Incident) -> bool:
    """Whether a side names nobody, so that it may have been anyone; for ``actors`` the perpetrators decide."""
    side = incident.actors.target if field == "targets" else incident.actors.perpetrator
    return all(fold(one.name).startswith(_NOBODY) for one in side)


def _toll(rule: Rule, incident: Incident) -> str:
    for kind, least in rule.toll:
        told: Count | None = getattr(incident.toll, kind)
        if told is None:
            if rule.unknown_toll:
                continue
            return f"toll.{kind}: not told (unknown_toll)"
        if (most := highest(told, incident)) < least:
            return f"toll.{kind}: {most}, less than {least}"
    return ""


def highest(count: Count, incident: Incident) -> int:
    """Return the highest figure told; of "at least 7" that is 7. Of open counts the claims of spun articles are left out."""
    if count.max is not None:
        return max(count.min, count.max)
    spun = {ref.id for ref in incident.articles if ref.spun}
    told = [max(one.min, one.max or 0) for one in count.claims if one.article not in spun]
    return max([count.min, *told])


def _standing(rule: Rule, incident: Incident) -> str:
    if RANK[incident.severity] < RANK[rule.severity]:
        return f"severity: {incident.severity}, below {rule.severity}"
    if incident.confidence < rule.confidence:
        return f"confidence: {incident.confidence:.2f}, below {rule.confidence:g}"
    if rule.assertions and incident.assertion not in rule.assertions:
        return f"assertions: {incident.assertion}"
    if incident.independent_sources < rule.independent_sources:
        return f"independent_sources: {incident.independent_sources}, fewer than {rule.independent_sources}"
    return ""
