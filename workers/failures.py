"""What becomes of a page that failed: another try, or quarantine.

Owns the decision; the worker carries it out. Pure.
"""

from enum import StrEnum

from dateline.errors import Reason


class Next(StrEnum):
    RETRY = "retry"
    QUARANTINE = "quarantine"
    UNREADABLE = "unreadable"


#: What says something about the page itself: the same bytes will fail the same way.
_ABOUT_THE_PAGE = frozenset(
    {
        Reason.NOT_HTML,
        Reason.TOO_DEEP,
        Reason.TOO_MANY_NODES,
        Reason.TOO_LARGE,
        Reason.NO_TEXT,
        Reason.DECODE_ERROR,
        Reason.EXTRACT_BUDGET,
    }
)

#: What no further try can mend, but a person may: a damaged record.
_HOPELESS = frozenset({Reason.BAD_RECORD})


def after(reason: Reason, attempts: int, max_attempts: int, *, killed: bool = False) -> Next:
    """Return what to do with a page that failed for the ``attempts``-th time.

    ``killed``: nobody read the page and said so; the child that tried died, or was killed.

    A page that is no article is unreadable at once: that is its fate. What happened *to* us (a
    child that died, an exception of ours) may pass, so it is tried ``max_attempts`` times and
    then set aside with its bytes, for a person to see and retry.
    """
    if reason in _ABOUT_THE_PAGE and not killed:
        return Next.UNREADABLE
    if reason in _HOPELESS or attempts >= max_attempts:
        return Next.QUARANTINE
    return Next.RETRY
