"""What services.poller.fetch sends, follows and keeps open, against real sockets."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from fetch_cases import CAP, PAGE, body, fetch
from raw_server import Exchange
from town import Loopback, Town, town

from dateline.errors import AddressRefused, FetchFailed, Reason
from services.poller import keeping
from services.poller.fetch import Fetched, Fetcher

pytestmark = pytest.mark.integration


def in_town(work: Callable[[Town], Awaitable[None]]) -> None:
    async def run() -> None:
        async with town() as here:
            await asyncio.wait_for(work(here), 20)

    asyncio.run(run())


async def get(here: Town, place: str, **asked: object) -> Fetched:
    return await here.fetcher.fetch(here.url(place), max_bytes=CAP, deadline_s=5, **asked)  # type: ignore[arg-type]


def test_an_unfollowed_redirect_is_the_answer() -> None:
    """follow=False: hops within the host are taken, the one to another host comes back, nobody there is asked."""

    async def work(here: Town) -> None:
        here.says["news.test/a"] = here.redirects("news.test/b", "301 x")
        here.says["news.test/b"] = here.redirects("other.test/c", "308 x")
        got = await get(here, "news.test/a", follow=False)
        assert (got.status, got.url_final, got.hops, got.body) == (308, here.url("news.test/b"), 1, b"")
        assert got.redirect_to == got.moved_to == here.url("other.test/c")
        assert here.asked == ["news.test/a", "news.test/b"]

    in_town(work)


def test_a_judge_may_stop_any_redirect() -> None:
    """follow=function: it is asked of each next address, within the host too."""

    async def work(here: Town) -> None:
        here.says["news.test/a"] = here.redirects("news.test/b")
        judged: list[str] = []

        def judge(onward: str) -> bool:
            judged.append(onward)
            return False

        got = await get(here, "news.test/a", follow=judge)
        assert got.redirect_to == here.url("news.test/b")
        assert judged == [got.redirect_to]
        assert got.moved_to is None

    in_town(work)


def test_an_unfollowed_redirect_is_vetted() -> None:
    """An internal address is refused, not handed on."""

    async def work(here: Town) -> None:
        here.says["news.test/a"] = body(b"", "Location: http://169.254.169.254/meta", status="302 x")
        with pytest.raises(AddressRefused):
            await get(here, "news.test/a", follow=False)

    in_town(work)


def test_freshness_and_links_are_told() -> None:
    """What the headers say of hubs and of the next poll reaches the caller, of a 304 too."""
    headers = (
        "Cache-Control: max-age=900",
        "Age: 100",
        'Link: <https://hub.test/>; rel="hub"',
        'Link: </feed>; rel="self"',
    )
    for status in ("200 OK", "304 x"):
        got = fetch(body(PAGE if status == "200 OK" else b"", *headers, status=status))
        assert got.fresh_for_s == 800
        assert [relation for relation, _ in got.links] == ["hub", "self"]
        assert got.links[1][1].endswith("/feed")


def test_the_address_is_asked_as_it_is_written() -> None:
    """Path and query go out as given, the fragment does not; other scripts are escaped."""

    async def work(here: Town) -> None:
        for written, asked in {
            "news.test/a%2Fb?c=%26d#e": "news.test/a%2Fb?c=%26d",
            "news.test/?": "news.test/",
            "news.test/caf\u00e9?q=\u00fc": "news.test/caf%C3%A9?q=%C3%BC",
            "news.test/a;b,c/(d)'e": "news.test/a;b,c/(d)'e",
        }.items():
            here.says[asked] = body(PAGE)
            assert (await get(here, written)).body == PAGE
            assert here.asked[-1] == asked
            assert here.headers(asked)["host"] == f"news.test:{here.server.port}"

    in_town(work)


def test_a_body_is_sent() -> None:
    """A post carries body, type and length, and its answer comes back."""

    async def work(here: Town) -> None:
        sent: list[bytes] = []

        async def hub(exchange: Exchange) -> None:
            sent.append(await exchange._reader.readexactly(int(exchange.headers["content-length"])))
            await exchange.answer(b"accepted", status="202 Accepted")

        here.says["news.test/hub"] = hub
        got = await here.fetcher.post(
            here.url("news.test/hub"), b"hub.mode=subscribe", "application/x-www-form-urlencoded", 5
        )
        assert (got.status, got.body, sent) == (202, b"accepted", [b"hub.mode=subscribe"])
        assert here.headers("news.test/hub")["content-type"] == "application/x-www-form-urlencoded"

    in_town(work)


@pytest.mark.parametrize(
    ("status", "place", "followed"),
    [
        ("307 x", "news.test/b", True),
        ("308 x", "news.test/b", True),
        ("307 x", "other.test/b", False),
        ("308 x", "other.test/b", False),
    ],
)
def test_a_body_stays_within_its_origin(status: str, place: str, followed: bool) -> None:
    """307 and 308 repeat the body within the origin; to another one they are the answer, and nothing is sent."""

    async def work(here: Town) -> None:
        async def end(exchange: Exchange) -> None:
            await exchange._reader.readexactly(2)
            await exchange.answer(b"ok")

        async def begin(exchange: Exchange) -> None:
            await exchange._reader.readexactly(2)
            await here.redirects(place, status)(exchange)

        here.says["news.test/a"], here.says[place] = begin, end
        got = await here.fetcher.post(here.url("news.test/a"), b"x=", "text/plain", 5)
        assert (got.body == b"ok") is followed
        assert got.redirect_to == (None if followed else here.url(place))
        assert (place in here.asked) is followed

    in_town(work)


@pytest.mark.parametrize("status", ["301 x", "302 x", "303 x", "404 x", "500 x"])
def test_other_answers_to_a_body_are_failures(status: str) -> None:
    """Redirects that would drop the body, and errors, are named."""

    async def work(here: Town) -> None:
        here.says["news.test/a"] = body(b"", f"Location: {here.url('news.test/b')}", status=status)
        with pytest.raises(FetchFailed) as caught:
            await here.fetcher.post(here.url("news.test/a"), b"", "text/plain", 5)
        assert caught.value.reason is Reason.HTTP_STATUS
        assert here.asked == ["news.test/a"]

    in_town(work)


def test_a_body_is_never_sent_inside() -> None:
    """The guard holds for posts, and for where they are redirected to."""

    async def work(here: Town) -> None:
        here.says["news.test/a"] = body(b"", "Location: http://127.0.0.1:6379/", status="307 x")
        for url in ("http://127.0.0.1:6379/", "http://localhost/", here.url("news.test/a")):
            with pytest.raises(AddressRefused):
                await here.fetcher.post(url, b"x", "text/plain", 5)

    in_town(work)


def test_a_secret_is_in_no_error() -> None:
    """However a fetch fails, its text and its causes do not show the value of a header."""

    async def work(here: Town) -> None:
        here.says["news.test/404"] = body(b"", status="404 x")
        here.says["news.test/loop"] = here.redirects("news.test/loop")
        here.says["news.test/odd"] = body(b"", "Content-Encoding: exotic")
        for place in ("news.test/404", "news.test/loop", "news.test/odd", "gone.test/a"):
            for value in ("hidden", "hid\r\nden", "hidden\u2028"):
                with pytest.raises((FetchFailed, AddressRefused)) as caught:
                    await get(here, place, headers={"X-Key": value})
                link: BaseException | None = caught.value
                while link is not None:
                    assert "hid" not in f"{link!s}{link!r}"
                    link = link.__cause__ or link.__context__

    in_town(work)


def test_a_connection_serves_one_host_only() -> None:
    """Two names at one address and port have a connection each, and each is used again."""

    async def work(here: Town) -> None:
        for place in ("news.test/", "other.test/") * 3:
            here.says[place] = body(PAGE)
            await get(here, place)
        assert here.server.connections == 2

    in_town(work)


def test_connections_to_hosts_seen_once_are_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """When there are many hosts, a connection is kept only where a host is asked again."""
    monkeypatch.setattr(keeping, "FEW_HOSTS", 2)

    async def run() -> None:
        async with town() as here:
            names = [f"host{number}.test" for number in range(6)]
            allowed = frozenset((name, here.server.port) for name in names)
            async with Fetcher("Dateline/test", allowed=allowed, resolver=Loopback()) as fetcher:

                async def ask(name: str) -> str:
                    here.says[f"{name}/"] = body(PAGE)
                    await fetcher.fetch(here.url(f"{name}/"), max_bytes=CAP, deadline_s=5)
                    return here.headers(f"{name}/").get("connection", "kept")

                assert [await ask(name) for name in names] == ["kept"] * 2 + ["close"] * 4
                assert await ask(names[5]) == "kept"
                opened = here.server.connections
                await ask(names[5])
                assert here.server.connections == opened

    asyncio.run(run())
