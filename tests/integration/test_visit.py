"""The promises of services.poller.visit: what happens at each host between an address and its answer."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from fetch_cases import PAGE, body
from raw_server import Exchange
from town import Town, town

from dateline.errors import AddressRefused, DatelineError, FetchFailed, Reason
from services.poller import visit
from services.poller.optouts import Honoured
from services.poller.secrets import Headers

pytestmark = pytest.mark.integration

NO = body(b"User-agent: *\nDisallow: /")


def in_town(work: Callable[[Town], Awaitable[None]]) -> None:
    async def run() -> None:
        async with town() as here:
            await asyncio.wait_for(work(here), 20)

    asyncio.run(run())


def test_each_host_on_the_way_is_asked_politely() -> None:
    """A page that leads to another host: that host's robots.txt, its reservations and its turn come first."""

    async def work(here: Town) -> None:
        here.says["news.test/a"] = here.redirects("other.test/b")
        here.says["other.test/b"] = body(PAGE)
        got = await here.visits().page(here.url("news.test/a"))
        assert (got.body, got.url_final, got.hops) == (PAGE, here.url("other.test/b"), 1)
        one, other = (
            [f"{host}/robots.txt", f"{host}/.well-known/tdmrep.json"] for host in ("news.test", "other.test")
        )
        assert here.asked == [*one, "news.test/a", *other, "other.test/b"]
        assert here.hosts.turns == ["news.test"] * 3 + ["other.test"] * 3

    in_town(work)


def test_a_redirect_cannot_pass_by_a_robots_txt() -> None:
    """A page on a host that disallows it is not fetched, whoever leads there."""

    async def work(here: Town) -> None:
        here.says["news.test/a"] = here.redirects("other.test/b")
        here.says["other.test/robots.txt"] = NO
        with pytest.raises(AddressRefused) as caught:
            await here.visits().page(here.url("news.test/a"))
        assert caught.value.reason is Reason.ROBOTS
        assert "other.test/b" not in here.asked

    in_town(work)


def test_within_a_host_a_redirect_takes_no_second_turn() -> None:
    """A redirect to an allowed page of the same host is followed at once."""

    async def work(here: Town) -> None:
        here.says["news.test/a"] = here.redirects("news.test/b")
        here.says["news.test/b"] = body(PAGE)
        got = await here.visits("none").page(here.url("news.test/a"))
        assert (got.body, got.hops) == (PAGE, 1)
        assert here.hosts.turns == ["news.test"] * 2

    in_town(work)


def test_within_a_host_its_rules_hold_for_redirects() -> None:
    """A redirect to a disallowed page of the same host is not followed."""

    async def work(here: Town) -> None:
        here.says["news.test/robots.txt"] = body(b"User-agent: *\nDisallow: /private")
        here.says["news.test/a"] = here.redirects("news.test/private/b")
        with pytest.raises(AddressRefused) as caught:
            await here.visits().page(here.url("news.test/a"))
        assert caught.value.reason is Reason.ROBOTS
        assert "news.test/private/b" not in here.asked

    in_town(work)


def test_redirects_are_counted_over_all_hosts() -> None:
    """Five redirects are followed and a sixth is not, however they cross hosts."""

    async def work(here: Town) -> None:
        names = ["news.test", "other.test", "third.test"]
        for step in range(6):
            here.says[f"{names[step % 3]}/{step}"] = here.redirects(f"{names[(step + 1) % 3]}/{step + 1}")
        here.says["news.test/6"] = body(PAGE)
        visits = here.visits("none")
        got = await visits.page(here.url("other.test/1"))
        assert (got.hops, got.body) == (5, PAGE)
        with pytest.raises(FetchFailed) as caught:
            await visits.page(here.url("news.test/0"))
        assert caught.value.reason is Reason.REDIRECTS

    in_town(work)


@pytest.mark.parametrize(
    ("first", "second", "moved"),
    [("301 x", "308 x", True), ("301 x", "302 x", False), ("302 x", "301 x", False)],
)
def test_a_feed_moves_when_every_host_says_so(first: str, second: str, moved: bool) -> None:
    """The new address is told when each redirect was permanent, across hosts too."""

    async def work(here: Town) -> None:
        here.says["news.test/feed"] = here.redirects("other.test/feed", first)
        here.says["other.test/feed"] = here.redirects("other.test/new", second)
        here.says["other.test/new"] = body(PAGE)
        got = await here.visits().feed(here.claim("news.test/feed"))
        assert got.moved_to == (here.url("other.test/new") if moved else None)
        assert got.redirect_to is None

    in_town(work)


def test_a_feed_uses_the_turn_of_its_claim() -> None:
    """The claim's turn serves the feed's own host, others are asked in a turn of their own; robots has no say."""

    async def work(here: Town) -> None:
        here.says["news.test/robots.txt"] = here.says["other.test/robots.txt"] = NO
        here.says["news.test/feed"] = here.redirects("other.test/feed")
        here.says["other.test/feed"] = body(PAGE)
        got = await here.visits().feed(here.claim("news.test/feed"), etag='"a"')
        assert got.body == PAGE
        assert here.hosts.turns == ["claimed news.test", "other.test"]
        assert here.asked == ["news.test/feed", "other.test/feed"]
        assert here.headers("other.test/feed")["if-none-match"] == '"a"'

    in_town(work)


def test_a_secret_stays_with_its_origin() -> None:
    """A feed's header goes to the feed's own origin, not to where it redirects, and not back from there."""

    async def work(here: Town) -> None:
        here.says["news.test/feed"] = here.redirects("news.test/moved")
        here.says["news.test/moved"] = here.redirects("other.test/feed")
        here.says["other.test/feed"] = here.redirects("news.test/back")
        here.says["news.test/back"] = body(PAGE)
        headers = Headers({"Authorization": "Bearer hidden"})
        await here.visits().feed(here.claim("news.test/feed"), headers=headers)
        sent = {place: here.headers(place).get("authorization") for place in here.asked}
        assert sent == {
            "news.test/feed": "bearer hidden",
            "news.test/moved": "bearer hidden",
            "other.test/feed": None,
            "news.test/back": None,
        }

    in_town(work)


def test_a_secret_stays_with_its_port() -> None:
    """Another port of the same host is another origin."""

    async def run() -> None:
        async with town() as elsewhere, town(also=elsewhere.fetcher.allowed) as here:
            onward = f"Location: {elsewhere.url('news.test/feed')}"
            here.says["news.test/feed"] = body(b"", onward, status="307 x")
            elsewhere.says["news.test/feed"] = body(PAGE)
            got = await here.fetcher.fetch(
                here.url("news.test/feed"), max_bytes=9999, deadline_s=5, headers=Headers({"X-Key": "hidden"})
            )
            assert got.body == PAGE
            assert here.headers("news.test/feed")["x-key"] == "hidden"
            assert "x-key" not in elsewhere.headers("news.test/feed")

    asyncio.run(run())


def test_a_hiccup_is_asked_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that answered 500 is asked a second time after a pause, and not a third."""
    monkeypatch.setattr(visit, "HICCUP_S", 0.01)

    async def work(here: Town) -> None:
        answers = iter([body(b"", status="500 x"), body(PAGE), *[body(b"", status="500 x")] * 3])

        async def answer(exchange: Exchange) -> None:
            await next(answers)(exchange)

        here.says["news.test/a"] = answer
        visits = here.visits("none")
        assert (await visits.page(here.url("news.test/a"))).body == PAGE
        with pytest.raises(FetchFailed) as caught:
            await visits.page(here.url("news.test/a"))
        assert caught.value.status == 500
        assert here.asked.count("news.test/a") == 4

    in_town(work)


@pytest.mark.parametrize("status", ["429 x", "503 x"])
def test_a_host_that_asks_to_wait_rests(status: str) -> None:
    """It is the host that answered which rests, also at the end of a redirect."""

    async def work(here: Town) -> None:
        here.says["news.test/a"] = here.redirects("other.test/b")
        here.says["other.test/b"] = body(b"", "Retry-After: 40", status=status)
        with pytest.raises(FetchFailed) as caught:
            await here.visits("none").page(here.url("news.test/a"))
        assert caught.value.retry_after_s == 40
        assert here.hosts.rested == {"other.test": 40}

    in_town(work)


RESERVED = b'<html><head><meta name="tdm-reservation" content="1"></head></html>'
NO_AI = b'<html><head><meta name="robots" content="index, noai"></head></html>'


@pytest.mark.parametrize(
    ("answer", "least"),
    [
        (body(PAGE, "tdm-reservation: 1"), "tdm"),
        (body(RESERVED), "tdm"),
        (body(PAGE, "X-Robots-Tag: noai"), "ai"),
        (body(NO_AI), "ai"),
        (body(PAGE, "Content-Usage: train-ai=n"), "ai"),
        (body(PAGE, "Content-Signal: ai-train=no"), "ai"),
    ],
)
def test_what_a_page_reserves_is_honoured(answer: Callable[[Exchange], Awaitable[None]], least: str) -> None:
    """Headers and meta elements opt a page out, from the level on that asks for it."""
    levels: list[Honoured] = ["none", "tdm", "ai"]

    async def work(here: Town) -> None:
        here.says["news.test/a"] = answer
        for level in levels:
            refused = None
            try:
                await here.visits(level).page(here.url("news.test/a"))
            except DatelineError as error:
                refused = error.reason
            honoured = levels.index(level) >= levels.index(least)
            assert refused is (Reason.OPTED_OUT if honoured else None), level

    in_town(work)


def test_the_requests_of_a_visit_share_one_deadline() -> None:
    """Hosts that are slow one after the other do not take the deadline each."""

    async def work(here: Town) -> None:
        async def slowly(exchange: Exchange) -> None:
            await asyncio.sleep(0.3)
            await here.redirects("other.test/b")(exchange)

        async def never(exchange: Exchange) -> None:
            await exchange.gone()

        here.says["news.test/a"], here.says["other.test/b"] = slowly, never
        began = asyncio.get_running_loop().time()
        with pytest.raises(FetchFailed) as caught:
            await here.visits("none", fetch_deadline_s=0.5).page(here.url("news.test/a"))
        assert caught.value.reason is Reason.DEADLINE
        assert asyncio.get_running_loop().time() - began < 0.75

    in_town(work)
