"""Every error that Dateline raises on purpose.

DatelineError
├── Transient            try again later; nothing is wrong with the input
│   ├── FetchFailed      the other host did not give a whole answer
│   ├── StoreUnavailable Redis is away, full or read-only
│   ├── LeaseLost        another poller took the feed over
│   ├── Contended        the neighbourhood changed between look-up and commit
│   └── ChildLost        the killable child died or was killed at its deadline
├── Permanent            the same input will fail again: reject or quarantine it
│   ├── BadFeed          not a feed that can be read
│   ├── BadPage          not a page that can be read
│   ├── BadRecord        a stored or handed-in record does not decode
│   └── AddressRefused   the guard will not connect there
└── Misconfigured        stop at start and say what to do

Each error carries ``reason``: one word of ``Reason``, the label under which it is counted.
Owns the tree and the reasons. Refuses to log or count: who catches does.
"""

from enum import StrEnum


class Reason(StrEnum):
    """Why something was refused: the values of the metric label ``reason``."""

    # what the other host did
    DEADLINE = "deadline"
    CONNECT = "connect"
    PROTOCOL = "protocol"
    REDIRECTS = "redirects"
    HTTP_STATUS = "http_status"
    GONE = "gone"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    BAD_ENCODING = "bad_encoding"
    DECODE_ERROR = "decode_error"
    ADDRESS_REFUSED = "address_refused"
    BAD_URL = "bad_url"
    ROBOTS = "robots"
    OPTED_OUT = "opted_out"
    UNRESOLVED = "unresolved"
    BAD_SIGNATURE = "bad_signature"
    # what the feed was
    EMPTY_FEED = "empty_feed"
    NOT_A_FEED = "not_a_feed"
    DOCTYPE_REJECTED = "doctype_rejected"
    PARSE_BUDGET = "parse_budget"
    NO_LINK_NO_TEXT = "no_link_no_text"
    # what the page was
    NOT_HTML = "not_html"
    TOO_DEEP = "too_deep"
    TOO_MANY_NODES = "too_many_nodes"
    NO_TEXT = "no_text"
    EXTRACT_BUDGET = "extract_budget"
    # what happened to us
    CHILD_DIED = "child_died"
    STORE = "store"
    CONTENDED = "contended"
    LEASE_LOST = "lease_lost"
    BAD_RECORD = "bad_record"
    WORKER_LOST = "worker_lost"
    SETTING = "setting"
    INTERNAL = "internal"


class DatelineError(Exception):
    """Root of the tree. ``reason`` is the label under which the error is counted."""

    default_reason = Reason.INTERNAL

    def __init__(self, message: str, reason: Reason | None = None) -> None:
        super().__init__(message)
        self.reason = reason or self.default_reason


class Transient(DatelineError):  # noqa: N818 - the tree reads as states, not as *Error
    """Raised when the same work may succeed later."""


class FetchFailed(Transient):
    """Raised when a host gave no whole answer. ``status`` is set for an HTTP error."""

    default_reason = Reason.PROTOCOL

    def __init__(
        self,
        message: str,
        reason: Reason | None = None,
        *,
        status: int | None = None,
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(message, reason)
        self.status = status
        self.retry_after_s = retry_after_s


class StoreUnavailable(Transient):
    """Raised when Redis does not answer, is full or refuses writes."""

    default_reason = Reason.STORE


class LeaseLost(Transient):
    """Raised when a commit comes with a lease that is no longer ours; nothing was written."""

    default_reason = Reason.LEASE_LOST


class Contended(Transient):
    """Raised when look-up and commit kept disagreeing; nothing was written."""

    default_reason = Reason.CONTENDED


class ChildLost(Transient):
    """Raised when the child died, or was killed at its deadline, on exactly this item."""

    default_reason = Reason.CHILD_DIED


class Permanent(DatelineError):  # noqa: N818
    """Raised when the same input will fail again."""


class BadFeed(Permanent):
    """Raised when bytes are no feed, or one that breaks a limit."""

    default_reason = Reason.NOT_A_FEED


class BadPage(Permanent):
    """Raised when bytes are no page with text, or one that breaks a limit."""

    default_reason = Reason.NOT_HTML


class BadRecord(Permanent):
    """Raised when a record does not decode or does not fit its schema."""

    default_reason = Reason.BAD_RECORD


class AddressRefused(Permanent):
    """Raised before a connection to an address that is never connected to."""

    default_reason = Reason.ADDRESS_REFUSED


class Misconfigured(DatelineError):  # noqa: N818
    """Raised at start when a setting, a file or a server makes running impossible."""

    default_reason = Reason.SETTING
