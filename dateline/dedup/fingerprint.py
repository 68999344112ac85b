"""What a text looks like to its near-duplicates: exact hash, keys, sketch.

Owns: what of an article is fingerprinted. Refuses: any verdict (``judge``) and any index (the store).
A fingerprint is the same in each process, on each machine and in each version of the interpreter:
stored fingerprints stay comparable. Changing a constant or the table of words means dropping the index.

    fingerprint(text, title) -> Fingerprint
"""

from hashlib import blake2b

from dateline.dedup.keys import keys
from dateline.dedup.sketch import pack
from dateline.dedup.tokens import codes, tokens, words
from dateline.resemblance import Fingerprint

__all__ = ["SHORT_WORDS", "fingerprint", "words"]

SHORT_WORDS = 60
"""Below this the title is read with the text: a teaser that many pages share must not make them twins."""


def fingerprint(text: str, title: str = "") -> Fingerprint:
    """Return what a text looks like to its near-duplicates.

    The title counts only below ``SHORT_WORDS`` words, since reprints carry new headlines. ``words`` is the
    number of words of the text, title apart. A text and title without a word give an empty sketch, no
    keys and 0 words. Linear in the length.
    """
    body = tokens(text)
    headline = tokens(title if len(body.words) < SHORT_WORDS else "")
    joined = " ".join([*headline.words, *body.words]).encode("utf-8", "surrogatepass")
    title_codes, body_codes = codes(headline), codes(body)
    return Fingerprint(
        exact=blake2b(joined, digest_size=16).digest(),
        sketch=pack(body_codes, body.starts, title_codes),
        keys=keys(title_codes, body_codes),
        words=len(body.words),
    )
