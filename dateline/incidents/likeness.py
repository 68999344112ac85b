"""How alike two coded mentions are, one aspect at a time.

Owns: type, actors and toll (days and places: ``nearness``; words: ``wording``), each as a number from 0 (speaks
against) over .5 (says nothing) to 1 (speaks for), and None as a veto: with it they cannot be one event. Refuses the
decision (``odds``, ``match``). All functions are symmetric.
"""

import re
from collections.abc import Iterable
from math import inf

from dateline.incidents.nearness import name_key
from dateline.incidents.record import TOLL_KINDS, Actor, Count, Incident
from dateline.incidents.wording import wording_likeness

__all__ = [
    "actor_keys",
    "actor_likeness",
    "both_count",
    "is_generic",
    "least_largest",
    "shared_figure",
    "toll_likeness",
    "type_likeness",
    "wording_likeness",
]

_ALIKE_TYPES = {
    frozenset(("Battles", "Violence against civilians")): 0.6,
    frozenset(("Battles", "Explosions/Remote violence")): 0.6,
    frozenset(("Explosions/Remote violence", "Violence against civilians")): 0.6,
    frozenset(("Riots", "Protests")): 0.6,
    frozenset(("Riots", "Violence against civilians")): 0.5,
    frozenset(("Riots", "Battles")): 0.4,
    frozenset(("Protests", "Violence against civilians")): 0.4,
}
"""Event types that two reporters may give to one event. What is not here is told apart."""

_ALIKE_SUBTYPES = {
    frozenset(("Arrests", "Armed clash")): 0.5,
    frozenset(("Excessive force against protesters", "Armed clash")): 0.5,
    frozenset(("Protest with intervention", "Armed clash")): 0.5,
    frozenset(("Arrests", "Attack")): 0.4,
    frozenset(("Arrests", "Protest with intervention")): 0.6,
    frozenset(("Arrests", "Violent demonstration")): 0.5,
    frozenset(("Arrests", "Disrupted weapons use")): 0.6,
    frozenset(("Arrests", "Abduction/forced disappearance")): 0.6,
    frozenset(("Disrupted weapons use", "Remote explosive/landmine/IED")): 0.7,
    frozenset(("Disrupted weapons use", "Air/drone strike")): 0.6,
    frozenset(("Disrupted weapons use", "Shelling/artillery/missile attack")): 0.6,
    frozenset(("Disrupted weapons use", "Suicide bomb")): 0.6,
    frozenset(("Looting/property destruction", "Attack")): 0.6,
    frozenset(("Looting/property destruction", "Mob violence")): 0.7,
    frozenset(("Looting/property destruction", "Violent demonstration")): 0.7,
    frozenset(("Looting/property destruction", "Armed clash")): 0.5,
    frozenset(("Looting/property destruction", "Air/drone strike")): 0.5,
    frozenset(("Looting/property destruction", "Shelling/artillery/missile attack")): 0.5,
    frozenset(("Looting/property destruction", "Remote explosive/landmine/IED")): 0.6,
    frozenset(("Non-violent transfer of territory", "Government regains territory")): 0.7,
    frozenset(("Non-violent transfer of territory", "Non-state actor overtakes territory")): 0.7,
    frozenset(("Peaceful protest", "Attack")): 0.0,
    frozenset(("Attack", "Abduction/forced disappearance")): 0.6,
}

_GENERIC = re.compile(
    r"\b(?:unidentified|unknown|armed|suspected|assailants?|attackers?|gunm[ae]n|militants?|insurgents?|terrorists?|"
    r"extremists?|bandits?|rebels?|fighters?|men|persons?|people|individuals?|civilians?|residents?|villagers?|police|"
    r"policem[ae]n|officers?|soldiers?|troops|army|military|forces|government|state|security|protesters?|demonstrators?|"
    r"rioters?|mob|crowd|bombers?|kidnappers?|women|children|students?|workers?|passengers?|journalists?)\b",
    re.IGNORECASE,
)
_BRANDS = frozenset({"Islamic State", "Al Qaeda"})
"""Names under which regional groups claim: one reporter names the brand, another the group itself."""

_KINDS_OF_ANYBODY = frozenset({"Civilians", "Protesters", "Rioters"})
_FILLER = re.compile(r"\b(?:the|a|an|of|and|in|local|group|of|members?)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_FROM_AFAR = frozenset({"Air/drone strike", "Shelling/artillery/missile attack"})
"""What is fired or dropped; the other explosions are brought to the place."""

DOZENS = 12
"""An open count from here on says only how large it is: "dozens" holds of 90."""

PURSUED = 0.4
"""Likeness of an arrest to the violence that it is made for."""


def type_likeness(a: Incident, b: Incident) -> float | None:
    """Compare types: 1 the same sub-type, .8 the same event type, less for a compatible one, else a veto."""
    if a.sub_event_type == b.sub_event_type and a.event_type == b.event_type:
        return 1.0
    alike = _ALIKE_SUBTYPES.get(frozenset((a.sub_event_type, b.sub_event_type)))
    if alike is None:
        if a.event_type == b.event_type:
            return _within(a, b)
        alike = _ALIKE_TYPES.get(frozenset((a.event_type, b.event_type)), 0.0)
    return alike or (PURSUED if _pursued(a, b) else None)


def _within(a: Incident, b: Incident) -> float | None:
    if a.event_type == "Strategic developments":
        return None
    kinds = (a.sub_event_type, b.sub_event_type)
    explosions = a.event_type == "Explosions/Remote violence"
    return 0.6 if explosions and len(_FROM_AFAR.intersection(kinds)) == 1 else 0.8


def _pursued(a: Incident, b: Incident) -> bool:
    """Tell whether one is an arrest "over the attack that killed three", and the other such an attack."""
    if sorted(one.sub_event_type == "Arrests" for one in (a, b)) != [False, True]:
        return False
    other = b if a.sub_event_type == "Arrests" else a
    if other.event_type in ("Strategic developments", "Protests"):
        return False
    return _shared((a.toll.killed, b.toll.killed)) > 0


def actor_likeness(a: Incident, b: Incident) -> float:
    """Compare actors role by role (in a battle, roles are no order): 1 shared, .1 named and different."""
    if a.event_type == b.event_type == "Battles":
        sides_a = a.actors.perpetrator + a.actors.target
        sides_b = b.actors.perpetrator + b.actors.target
        return _actors(sides_a, sides_b)
    perpetrators = _actors(a.actors.perpetrator, b.actors.perpetrator)
    targets = _actors(a.actors.target, b.actors.target)
    # Who did it tells events apart; whom it hit is often only "civilians".
    return 0.65 * perpetrators + 0.35 * targets


def toll_likeness(a: Incident, b: Incident) -> float:
    """Compare counts: 1 equal, about .7 one revised into the other, down to .1 for far apart, .5 untold."""
    total = weight = 0.0
    for kind in TOLL_KINDS:
        left: Count | None = getattr(a.toll, kind)
        right: Count | None = getattr(b.toll, kind)
        if left is None or right is None:
            continue
        share = 2.0 if kind == "killed" else 1.0
        total += share * _counts(left, right)
        weight += share
    return total / weight if weight else 0.5


def shared_figure(a: Incident, b: Incident) -> int:
    """Return the largest count that both tell exactly, of the same kind of harm; 0 for none."""
    best = 0
    for kind in TOLL_KINDS:
        left: Count | None = getattr(a.toll, kind)
        right: Count | None = getattr(b.toll, kind)
        best = max(best, _shared((left, right)))
    return best


def both_count(a: Incident, b: Incident) -> bool:
    """Tell whether both tell a count of one kind of harm, so that ``toll_likeness`` says something."""
    return any(getattr(a.toll, kind) and getattr(b.toll, kind) for kind in TOLL_KINDS)


def _shared(pair: tuple[Count | None, Count | None]) -> int:
    left, right = pair
    if left is None or right is None:
        return 0
    both = {low for low, _ in _figures(left)} & {low for low, _ in _figures(right)}
    return max(both, default=0)


def least_largest(a: Incident, b: Incident) -> int:
    """Return the largest count of the mention whose largest count is the lesser; 0 when one tells none."""
    return min(max((count.min for count in _told(one)), default=0) for one in (a, b))


def is_generic(actor: Actor) -> bool:
    """Tell whether the name says only what kind of people: "armed men", "security forces"."""
    if actor.kind in _KINDS_OF_ANYBODY or actor.name.casefold().startswith(("unidentified", "unknown")):
        return True
    bare = re.sub(r"\([^()]{0,60}\)", " ", actor.name)  # "Civilians (Kenya)": the country names nobody
    return not _WORD.search(_FILLER.sub(" ", _GENERIC.sub(" ", bare)))


def actor_keys(actor: Actor) -> frozenset[str]:
    """Return what an actor is known by: its id and its normalized name."""
    return frozenset(key for key in (actor.id and f"id:{actor.id}", name_key(actor.name)) if key)


def _actors(left: tuple[Actor, ...], right: tuple[Actor, ...]) -> float:
    named_left = [actor for actor in left if not is_generic(actor)]
    named_right = [actor for actor in right if not is_generic(actor)]
    if _keys(named_left) & _keys(named_right):
        return 1.0
    if named_left and named_right:
        brands = _BRANDS.issuperset(one.name for one in named_left) or _BRANDS.issuperset(
            one.name for one in named_right
        )
        return (
            0.5 if brands and {one.kind for one in named_left} == {one.kind for one in named_right} else 0.1
        )
    if _keys(left) & _keys(right):
        return 0.7
    return 0.5


def _keys(actors: Iterable[Actor]) -> frozenset[str]:
    return frozenset().union(*(actor_keys(actor) for actor in actors))


def _told(incident: Incident) -> list[Count]:
    return [count for kind in TOLL_KINDS if (count := getattr(incident.toll, kind)) is not None]


def _counts(left: Count, right: Count) -> float:
    best = 0.0
    for low_a, high_a in _figures(left):
        for low_b, high_b in _figures(right):
            if (low_a, high_a) == (low_b, high_b):
                return 1.0
            best = max(best, _figure_likeness(low_a, high_a, low_b, high_b))
    return best


def _figure_likeness(low_a: int, high_a: float, low_b: int, high_b: float) -> float:
    if max(low_a, low_b) <= min(high_a, high_b):
        # "At least 3" holds of 200, and still they are seldom one event.
        small, large = sorted((low_a, low_b))
        most = 8 * small if small >= DOZENS else 3 * max(small, 1) + 2
        return 0.9 if large <= most else 0.4
    near, far = sorted((min(high_a, high_b), float(max(low_a, low_b))))
    if far - near <= 2 or near / far >= 0.5:
        return 0.7
    return 0.4 if near / far >= 0.25 else 0.1


def _figures(count: Count) -> frozenset[tuple[int, float]]:
    told = {(claim.min, inf if claim.max is None else float(claim.max)) for claim in count.claims[-40:]}
    return frozenset(told or {(count.min, inf if count.max is None else float(count.max))})
