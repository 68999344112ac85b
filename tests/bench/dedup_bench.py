"""The duplicate index at a million articles, beside a plain index of bands and datasketch's, in one run.

usage: dedup_bench.py [--articles N]

Prints JSON. Each article is looked up and filed in one call of the functions that `look_up.lua` and `settle.lua` use, on a Redis
of its own without an append-only file. Told are Redis memory an article (``used_memory`` before and after, all of the
index counted), articles a second in pipelines of 25 with two on their way, the server's own CPU time, milliseconds
of single calls at the full size, and how many planted twins are found. The plain index files each of 16 keys as a
field of one hash, as a day's bucket would; it is filled to a fifth, datasketch to two thousand.

The articles are made up: 12 keys, four of them from a stock in which some are common and most rare, sketches
of 250 bytes, two addresses; every eighth repeats an earlier one and shares 5 of its keys. So 3.6 keys an article are
known, by 14 others of which 3.7 are worth a look: as among 19,037 Reuters and 1,588 BBC reports, one after the other,
where it is 3.6, 11.6 and 4.1.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import redis

from dateline.resemblance import Fingerprint
from dateline.store.embedded import binary
from dateline.store.index import exactly, packed, read
from dateline.store.ledger import NEIGHBOURS

BATCH = 25
KEYS, SHARED_KEYS, TWIN_EVERY = 12, 5, 8
STOCK_AN_ARTICLE, STOCK_KEYS = 1.0, 4
BANDS = 16
AT_ONCE, SINGLES = 20_000, 20_000
ID_BYTES = 16
UNTOLD: dict[str, Any] = {"same_address": False, "own": b"", "story": "", "of": "", "published": ""}
encode = msgspec.msgpack.Encoder().encode

LOOK_UP_AND_FILE = """
local postings, state = read_postings(blob(2))
local near = neighbours(postings, state, input.id, input.filed_since, input.addresses, input.limit)
file(postings, state, {id = input.id, at = input.at, words = input.words, exact = blob(3)}, blob(1), input, input.filed_since)
local rows = {}
for _, one in ipairs(near) do
  rows[#rows + 1] = {one.record, one.address}
end
return rows
"""

PLAIN_BANDS = """
local id, bucket, fields, found, filed = ARGV[1], ARGV[2], {}, {}, {'s' .. ARGV[1], ARGV[3]}
for at = 4, #ARGV do fields[#fields + 1] = ARGV[at] end
for at, ids in ipairs(redis.call('HMGET', bucket, unpack(fields))) do
  filed[#filed + 1] = fields[at]
  if ids then
    for other in string.gmatch(ids, '[^ ]+') do found[other] = true end
    filed[#filed + 1] = #ids < 1000 and ids .. ' ' .. id or ids
  else
    filed[#filed + 1] = id
  end
end
redis.call('HSET', bucket, unpack(filed))
local rows = {}
for other in pairs(found) do rows[#rows + 1] = {other, redis.call('HGET', bucket, 's' .. other)} end
return rows
"""


class Made(NamedTuple):
    """One article to be filed, and the earlier one that it repeats."""

    id: str
    print: Fingerprint
    alias: str
    twin: str | None


class Source:
    """Made-up articles without end, the same for one seed."""

    def __init__(self, most: int, seed: int = 7) -> None:
        self._rng = np.random.default_rng(seed)
        self._noise = self._rng.bytes(1 << 20)
        self._keys = np.zeros((most, KEYS), dtype=np.int64)
        self._stock = self._rng.integers(0, 1 << 48, int(STOCK_AN_ARTICLE * most))
        self._made = 0

    def take(self, count: int) -> list[Made]:
        """Return the next articles."""
        rng, first = self._rng, self._made
        keys = rng.integers(0, 1 << 48, (count, KEYS))
        ranks = (len(self._stock) * rng.random((count, STOCK_KEYS)) ** 3).astype(np.int64)
        keys[:, :STOCK_KEYS] = self._stock[ranks]
        self._keys[first : first + count] = keys
        twins: dict[int, int] = {}
        for number in range(first + TWIN_EVERY - first % TWIN_EVERY, first + count, TWIN_EVERY):
            twin = int(rng.integers(0, number))
            twins[number] = twin
            shared = rng.permutation(KEYS)[:SHARED_KEYS]
            self._keys[number, shared] = self._keys[twin, shared]
        lengths = np.clip(rng.normal(250, 30, count), 60, 300).astype(int).tolist()
        starts = rng.integers(0, (1 << 20) - 300, count).tolist()
        self._made += count
        rows = self._keys[first : first + count].tolist()
        return [
            Made(
                id=name(first + at),
                print=Fingerprint(
                    exact=self._noise[starts[at] : starts[at] + 16][::-1],
                    keys=tuple(rows[at]),
                    sketch=self._noise[starts[at] : starts[at] + lengths[at]],
                    words=500,
                ),
                alias=name(first + at + (1 << 40)),
                twin=name(twins[first + at]) if first + at in twins else None,
            )
            for at in range(count)
        ]


def name(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    mixed = (number * 0x9E3779B97F4A7C15 + 1) % (1 << 64) * (1 << 16) + number % (1 << 16)
    return "".join(letters[mixed >> shift & 31] for shift in range(0, 80, 5))


Call = Callable[[Made], tuple[Any, ...]]


def ours(client: Any) -> Call:
    lua = resources.files("dateline.store") / "lua"
    text = "\n".join((lua / f"{part}.lua").read_text("utf-8") for part in ("shared", "index", "filing"))
    sha = client.script_load(text + LOOK_UP_AND_FILE)

    def call(one: Made) -> tuple[Any, ...]:
        keys, addresses = packed(one.id, one.print, (one.alias,))
        payload = encode(
            {
                "id": one.id,
                "at": int(time.time()),
                "filed_since": int(time.time()) - 86_400,
                "words": one.print.words,
                "addresses": addresses,
                "limit": NEIGHBOURS,
                "articles": 2_000_000,
                "expire_s": 2_592_000,
            }
        )
        return ("EVALSHA", sha, 0, "dateline:", payload, one.print.sketch, keys, exactly(one.print))

    return call


def plain(client: Any) -> Call:
    sha = client.script_load(PLAIN_BANDS)

    def call(one: Made) -> tuple[Any, ...]:
        bands = [f"b{at:x}.{key:x}" for at, key in enumerate(one.print.keys[:BANDS])]
        return ("EVALSHA", sha, 0, one.id, "plain:0", one.print.sketch[:128], *bands)

    return call


@contextmanager
def server() -> Iterator[tuple[Any, str]]:
    """Yield a client of a Redis of its own, and the path of its socket."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        path = f"{folder}/redis.sock"
        command = [
            binary(),
            "--port",
            "0",
            "--unixsocket",
            path,
            "--dir",
            folder,
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            while not Path(path).exists():
                time.sleep(0.02)
            try:
                yield redis.Redis(unix_socket_path=path), path
            finally:
                process.terminate()


def fill(client: Any, make: Callable[[Any], Call], articles: int) -> dict[str, Any]:
    """File so many articles; returns the figures."""
    source, call = Source(articles + SINGLES), make(client)
    lines = [client.connection_pool.make_connection() for _ in range(2)]
    for line in lines:
        line.connect()
    before, cpu_before_s, spent_s = used(client), cpu_s(client), 0.0
    found = planted = neighbours = 0
    for start in range(0, articles, AT_ONCE):
        made = source.take(min(AT_ONCE, articles - start))
        batches = [made[at : at + BATCH] for at in range(0, len(made), BATCH)]
        sent = [lines[0].pack_commands([call(one) for one in batch]) for batch in batches]
        took_s, answers = pipelined(lines, sent, [len(batch) for batch in batches])
        spent_s += took_s
        neighbours += sum(map(len, answers))
        for one, near in zip(made, answers, strict=True):
            if one.twin:
                planted += 1
                found += one.twin.encode() in {told(row) for row in near}
    cpu_us = (cpu_s(client) - cpu_before_s) / articles * 1e6
    bytes_each = (used(client) - before) / articles
    took_ms = singles(client, [call(one) for one in source.take(SINGLES)])
    return {
        "articles": articles,
        "bytes_an_article": round(bytes_each, 1),
        "articles_a_second": round(articles / spent_s),
        "server_cpu_us_an_article": round(cpu_us, 1),
        "single_p50_ms": round(float(np.percentile(took_ms, 50)), 3),
        "single_p99_ms": round(float(np.percentile(took_ms, 99)), 3),
        "neighbours_an_article": round(neighbours / articles, 1),
        "twins_found": round(found / max(1, planted), 4),
    }


def told(row: list[Any]) -> bytes:
    """Return the id of a neighbour in an answer: a plain one's first cell, or what stands in a stub."""
    first: bytes = row[0]
    return first if len(first) == ID_BYTES else read(first, **UNTOLD).id.encode()


def pipelined(lines: list[Any], sent: list[Any], sizes: list[int]) -> tuple[float, list[Any]]:
    """Send each batch while the one before is worked on; returns the seconds and all answers."""
    answers: list[Any] = []
    started_s = time.perf_counter()
    for number in range(len(sent) + 2):
        if number >= 2:
            answers += [lines[number % 2].read_response() for _ in range(sizes[number - 2])]
        if number < len(sent):
            lines[number % 2].send_packed_command(sent[number], check_health=False)
    return time.perf_counter() - started_s, answers


def singles(client: Any, calls: list[tuple[Any, ...]]) -> list[float]:
    """Make the calls one by one; returns the milliseconds of each."""
    took_ms = []
    for one in calls:
        started_s = time.perf_counter()
        client.execute_command(*one)
        took_ms.append((time.perf_counter() - started_s) * 1000)
    return took_ms


def datasketch_on_redis(client: Any, path: str, articles: int) -> dict[str, Any]:
    """Insert and query as its documentation does, one by one."""
    try:
        from datasketch import MinHash, MinHashLSH
    except ImportError:
        return {"skipped": "datasketch is not installed"}
    before = used(client)
    storage = {"type": "redis", "basename": b"bench", "redis": {"unix_socket_path": path}}
    index = MinHashLSH(threshold=0.5, num_perm=128, storage_config=storage)
    rng, spent_s = np.random.default_rng(7), 0.0
    for number in range(articles):
        mark = MinHash(num_perm=128, hashvalues=rng.integers(0, 1 << 32, 128), scheme="legacy")
        started_s = time.perf_counter()
        index.query(mark)
        index.insert(name(number), mark)
        spent_s += time.perf_counter() - started_s
    return {
        "articles": articles,
        "bytes_an_article": round((used(client) - before) / articles, 1),
        "articles_a_second": round(articles / spent_s),
    }


def used(client: Any) -> int:
    return int(client.info("memory")["used_memory"])


def cpu_s(client: Any) -> float:
    told = client.info("cpu")
    return float(told["used_cpu_user"] + told["used_cpu_sys"])


def main() -> None:
    parser = argparse.ArgumentParser(description="What the duplicate index costs.")
    parser.add_argument("--articles", type=int, default=1_000_000)
    asked = parser.parse_args()
    figures = {}
    with server() as (client, _):
        figures["ours"] = fill(client, ours, asked.articles)
    with server() as (client, _):
        figures["plain bands"] = fill(client, plain, max(BATCH, asked.articles // 5))
    with server() as (client, path):
        figures["datasketch"] = datasketch_on_redis(client, path, min(2_000, asked.articles))
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
