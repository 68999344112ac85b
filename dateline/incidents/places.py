"""Places of a text, from words to coordinates: the room's one door.

    read_places(text, gazetteer)                          the mentions of a sentence
    document_places(mentions of all sentences, …)         the document's prior
    resolve(mentions of the clause, document, gazetteer)  the event's place, or None

Owns nothing itself. Reading is in ``place_reading``, choosing in ``place_resolving``, the closed word
classes in ``place_words``, the world in ``gazetteer``.
"""

from dateline.incidents.place_mentions import PlaceMention
from dateline.incidents.place_reading import read_places
from dateline.incidents.place_resolving import DocumentPlaces, country_place, document_places, resolve

__all__ = ["DocumentPlaces", "PlaceMention", "country_place", "document_places", "read_places", "resolve"]
