"""Actors of a text and their sides: the room's one door.

    load()                                      the lexicon, once
    read_actors(text, lexicon)                  the mentions of a sentence
    document_actors(mentions, country)          what the document has named so far
    roles(sentence, mentions, trigger, …)       perpetrator, target and others of one trigger

Owns nothing itself. Data and word classes are in ``actor_lexicon``, reading in ``actor_reading``,
names in ``actor_naming``, sides in ``actor_roles``.
"""

from dateline.incidents.actor_claims import claims
from dateline.incidents.actor_lexicon import ActorLexicon, ActorMention, load
from dateline.incidents.actor_naming import DocumentActors, document_actors
from dateline.incidents.actor_reading import read_actors
from dateline.incidents.actor_roles import roles

__all__ = [
    "ActorLexicon",
    "ActorMention",
    "DocumentActors",
    "claims",
    "document_actors",
    "load",
    "read_actors",
    "roles",
]
