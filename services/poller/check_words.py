"""What one look at a feed means, in words.

Pure. Owns the lines of `dateline feeds check`. Refuses to decide: the rules are those of ``choice``,
``cadence``, ``redirectors``, ``guard`` and ``websub``, asked as a poll would ask them.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from dateline.errors import AddressRefused, DatelineError, FetchFailed, Reason
from dateline.feeds import forecast, websub
from dateline.feeds.cadence import FIRST_INTERVAL_S
from dateline.feeds.discovery import FeedLink
from dateline.feeds.health import spell
from dateline.feeds.plain import clip
from dateline.model import Entry, Feed, FeedWishes, Page, ParsedFeed
from services.poller.answer import Fetched
from services.poller.choice import MAX_AHEAD, Refusal, wants_page, with_page, without_page
from services.poller.guard import Allowed, vet_url
from services.poller.redirectors import is_redirector

SHOWN_ENTRIES = 10

_NEVER = datetime.min.replace(tzinfo=UTC)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TITLE_CHARACTERS = 70
_URL_CHARACTERS = 120


def answer(asked: Feed, got: Fetched) -> Iterator[str]:
    """Tell where the feed is, what came, and what spares the next request."""
    yield f"address    {got.url_final}"
    if got.moved_to and got.moved_to != asked.url:
        yield f"moved      for good, to {got.moved_to}: its address in the catalog changes after three polls"
    elif got.url_final != asked.url:
        yield f"redirected from {asked.url}, for now"
    yield f"answer     {got.status}, {len(got.body)} bytes, {got.content_type or 'no content type'}"
    validators = [name for name, value in (("ETag", got.etag), ("Last-Modified", got.last_modified)) if value]
    yield f"validators {', '.join(validators) or 'none: every poll will be a full fetch'}"
    if got.fresh_for_s is not None:
        yield f"fresh      for {spell(got.fresh_for_s)}, says the host"


def feed(
    asked: Feed, got: Fetched, parsed: ParsedFeed, drafts: Sequence[Page], now: datetime
) -> Iterator[str]:
    """Tell what the feed is, what it wishes, and how often it would be polled."""
    yield f"format     {parsed.format}: {parsed.title or '(no title)'}"
    if parsed.language:
        yield f"language   {parsed.language}"
    if parsed.flaws:
        yield f"flaws      {'; '.join(parsed.flaws)}"
    if parsed.children:
        yield f"sitemaps   {len(parsed.children)}, the newest first: {parsed.children[0].url}"
    yield f"wishes     {_wishes(parsed.wishes) or 'none'}"
    hub = websub.named(got.links, parsed.hubs, parsed.topic, got.url_final)
    yield f"hub        {hub.hub} for {hub.topic}" if hub else "hub        none: it will be polled, not pushed"
    yield f"rhythm     {_rhythm(asked, got, parsed, drafts, now)}"


def entries(asked: Feed, parsed: ParsedFeed, drafts: Sequence[Page], allowed: Allowed) -> Iterator[str]:
    """Tell of each entry whether its page or the feed's text is read, and what becomes of date and link."""
    given = parsed.entries
    dated = sum(1 for page in drafts if page.entry.published_at)
    linked = sum(1 for entry in given if entry.url)
    full = sum(1 for entry in given if entry.html)
    yield f"entries    {len(given)}: {linked} with a link, {dated} with a date, {full} with a text"
    for entry, page in list(zip(given, drafts, strict=True))[:SHOWN_ENTRIES]:
        yield f"  {_date(entry, page)}  {clip(entry.title, _TITLE_CHARACTERS) or '(no title)'}"
        yield f"      {_text(asked, page)}; {_link(entry, page, allowed)}"
    if len(given) > SHOWN_ENTRIES:
        yield f"  and {len(given) - SHOWN_ENTRIES} more"


def page(url: str, got: Fetched) -> str:
    """Tell what a linked page gave."""
    where = "" if got.url_final == url else f", after redirects from {url[:_URL_CHARACTERS]}"
    try:
        with_page(Page(article_id="", feed_id="", entry=Entry(guid=""), url=url, accepted_at=_NEVER), got)
    except DatelineError as error:
        return f"  {error.reason}: {got.url_final[:_URL_CHARACTERS]}{where}: {error}"
    return f"  allowed: {got.url_final[:_URL_CHARACTERS]}, {len(got.body)} bytes{where}"


def no_page(url: str, error: DatelineError) -> str:
    """Tell why a linked page was not had, and what that means."""
    means = {
        Reason.ROBOTS: "the feed's own text is taken",
        Reason.OPTED_OUT: "DATELINE_OPT_OUTS honours it; the feed's own text is taken",
    }.get(error.reason, "")
    if isinstance(error, FetchFailed) and error.status in {401, 402, 403, 429}:
        means = "the host does not let us in; the feed's own text is taken"
    return f"  {error.reason}: {url[:_URL_CHARACTERS]}: {error}" + (f" ({means})" if means else "")


def links(found: Sequence[FeedLink]) -> list[str]:
    """Return address and title of feeds, parted by a tab, one a line."""
    return [f"{one.url}\t{one.title or one.kind}" for one in found]


def _wishes(wishes: FeedWishes) -> str:
    told = []
    if wishes.ttl_s:
        told.append(f"at least {spell(wishes.ttl_s)} between polls (heeded up to an hour)")
    if wishes.skip_hours:
        told.append(f"no polls in the hours {', '.join(map(str, sorted(wishes.skip_hours)))} UTC")
    if wishes.skip_days:
        told.append(f"no polls on {', '.join(_DAYS[day] for day in sorted(wishes.skip_days))}")
    return "; ".join(told)


def _rhythm(asked: Feed, got: Fetched, parsed: ParsedFeed, drafts: Sequence[Page], now: datetime) -> str:
    if asked.interval_s:
        return f"every {spell(asked.interval_s)}, as the catalog says"
    start = f"starts at every {spell(FIRST_INTERVAL_S)}"
    dates = [page.entry.published_at for page in drafts if page.entry.published_at]
    settled = forecast.settles_at_s(dates, now, wishes=parsed.wishes, fresh_for_s=got.fresh_for_s)
    gap = forecast.gap_s(dates)
    if settled is None or gap is None:
        return f"{start}; too few dates to tell where it settles"
    return f"{start}, would settle near {spell(settled)}: an entry comes every {spell(gap)} or so"


def _date(entry: Entry, page: Page) -> str:
    if page.entry.published_at:
        return f"{page.entry.published_at:%Y-%m-%d %H:%M}"
    if entry.published_at:
        return f"{entry.published_at:%Y-%m-%d} not believed: over {spell(MAX_AHEAD.total_seconds())} ahead"
    return "date unknown    "


def _text(asked: Feed, page: Page) -> str:
    if wants_page(page, asked.text):
        return "page"
    outcome = without_page(page, None, 1)
    if isinstance(outcome, Refusal):
        return f"rejected ({outcome.reason})"
    return "feed text" if outcome else "waits"


def _link(entry: Entry, page: Page, allowed: Allowed) -> str:
    if not page.url:
        return "link none" if not entry.url else f"link of no use: {entry.url[:_URL_CHARACTERS]}"
    try:
        vet_url(page.url, allowed)
    except AddressRefused as error:
        return f"link refused ({error.reason}): {page.url[:_URL_CHARACTERS]}"
    kind = "aggregator's link, followed to its article" if is_redirector(page.url) else "link kept"
    return f"{kind}: {page.url[:_URL_CHARACTERS]}"
