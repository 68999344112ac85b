"""People whom a word tells apart without naming them: gunmen, crowds, civilians.

Owns what such a word makes of an actor. Refuses to find the words (``actor_reading``).
"""

from dateline.incidents import actor_lexicon as words
from dateline.incidents.actor_lexicon import Kind

_LOYAL = frozenset(("allied", "loyalist"))
_MILITIAS = frozenset(("militia", "militias", "militiaman", "militiamen"))
_ARMED = frozenset(("armed", "masked", "unidentified", "unknown", "hooded"))


def crowd_of(low: str, before: str) -> tuple[str, Kind, bool] | None:
    """Return name, kind and whether it names nobody, of a word and the one before it; None for other words."""
    if before in _LOYAL and low in _MILITIAS:
        return "Pro-Government Militia", "Political militia", True
    if before in _ARMED and low in words.ARMED_PEOPLE:
        return "Unidentified Armed Group", "Political militia", True
    if low in ("vigilante", "vigilantes"):
        return "Self-Defense Militia", "Political militia", True
    if low in words.ARMED_GENERIC or low in words.ARMED_UNKNOWN:
        return "Unidentified Armed Group", "Political militia", True
    if low in words.PROTESTERS:
        return "Protesters", "Protesters", True
    if low in words.RIOTERS:
        return "Rioters", "Rioters", True
    if low in words.CIVILIANS:
        return "Civilians", "Civilians", True
    return None
