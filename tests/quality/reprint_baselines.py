"""Other ways of telling reprints, each tuned on the measured set itself: what our figures stand beside.

Owns: MinHash with locality-sensitive hashing (datasketch, rensa; where they are installed), SimHash and
winnowing (own, after Charikar 2002 and Schleimer and others 2003). Tuning on the very set that is told is in their favour.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from importlib.util import find_spec
from typing import Any, NamedTuple, Protocol

import numpy as np
from news_sets import tokens

WORD_SIZES = (1, 2, 3, 4, 5)
LETTER_SIZES = (3, 4, 5)


class Shape(NamedTuple):
    """What a text is cut into: runs of ``size`` words, or of letters."""

    letters: bool
    size: int

    def __str__(self) -> str:
        return f"{self.size} {'letters' if self.letters else 'words'}"


SHAPES = (*(Shape(letters=False, size=size) for size in WORD_SIZES),
          *(Shape(letters=True, size=size) for size in LETTER_SIZES))  # fmt: skip


def shingles(text: str, shape: Shape) -> set[str]:
    words = tokens(text)
    units: Sequence[str] = " ".join(words) if shape.letters else words
    joint = "" if shape.letters else " "
    count = max(1, len(units) - shape.size + 1)
    return {joint.join(units[place : place + shape.size]) for place in range(count)}


class Method(Protocol):
    """One way, one setting. ``near`` gives what it would call copies among what was put."""

    name: str
    setting: str

    def sign(self, text: str) -> Any: ...
    def same(self, one: Any, other: Any) -> bool: ...
    def near(self, made: Any) -> Iterable[int]: ...
    def put(self, number: int, made: Any) -> None: ...
    def stored_bytes(self, made: Any) -> int: ...


class Banded:
    """MinHash rows in bands; a hit may be checked by the estimated Jaccard similarity (``least``)."""

    def __init__(
        self, name: str, signer: Callable[[str], Any], setting: str, bands: tuple[int, int], least: float
    ) -> None:
        self.name, self.setting, self.least = name, setting, least
        self._signer, (self.bands, self.rows) = signer, bands
        self._filed: dict[tuple[int, bytes], list[int]] = defaultdict(list)
        self._kept: dict[int, Any] = {}

    def sign(self, text: str) -> Any:
        return self._signer(text)

    def _cells(self, made: Any) -> Iterator[tuple[int, bytes]]:
        for band in range(self.bands):
            yield band, made[band * self.rows : (band + 1) * self.rows].tobytes()

    def same(self, one: Any, other: Any) -> bool:
        return bool(set(self._cells(one)) & set(self._cells(other))) and np.mean(one == other) >= self.least

    def near(self, made: Any) -> list[int]:
        hits = {number for cell in self._cells(made) for number in self._filed.get(cell, ())}
        return [number for number in sorted(hits) if np.mean(self._kept[number] == made) >= self.least]

    def put(self, number: int, made: Any) -> None:
        self._kept[number] = made
        for cell in self._cells(made):
            self._filed[cell].append(number)

    def stored_bytes(self, made: Any) -> int:
        """Count the cells' own bytes, and the signature where hits are checked: no overhead of any store."""
        return self.bands * self.rows * made.itemsize + (made.nbytes if self.least else 0)


class Datasketch(Banded):
    """The same with the library's own index."""

    name = "datasketch MinHashLSH"

    def __init__(
        self, name: str, signer: Callable[[str], Any], setting: str, bands: tuple[int, int], least: float
    ) -> None:
        from datasketch import LeanMinHash, MinHash, MinHashLSH

        super().__init__(name, signer, setting, bands, least)
        self._lsh, self._bands = MinHashLSH, bands
        scheme = MinHash(num_perm=1).scheme
        self._lean = lambda made: LeanMinHash(seed=1, hashvalues=made, scheme=scheme)
        self._index: Any = None

    def near(self, made: Any) -> list[int]:
        hits = self._index.query(self._lean(made)) if self._index else []
        return [number for number in sorted(hits) if np.mean(self._kept[number] == made) >= self.least]

    def put(self, number: int, made: Any) -> None:
        self._index = self._index or self._lsh(num_perm=len(made), params=self._bands)
        self._kept[number] = made
        self._index.insert(number, self._lean(made))


def datasketch_signer(shape: Shape, permutations: int) -> Callable[[str], Any]:
    from datasketch import MinHash

    def sign(text: str) -> Any:
        made = MinHash(num_perm=permutations, seed=1)
        made.update_batch([one.encode() for one in shingles(text, shape)])
        return made.hashvalues

    return sign


def rensa_signer(shape: Shape, permutations: int) -> Callable[[str], Any]:
    from rensa import RMinHash

    def sign(text: str) -> Any:
        made = RMinHash(num_perm=permutations, seed=1)
        made.update(list(shingles(text, shape)))
        return np.array(made.digest(), dtype=np.uint32)

    return sign


class SimHash:
    """64 bits, the signs of the sum of the shingles' hashes; copies differ in at most ``most`` bits."""

    name = "SimHash (own)"

    def __init__(self, shape: Shape, most: int) -> None:
        self.shape, self.most, self.setting = shape, most, f"{shape}, at most {most} of 64 bits"
        self._kept = np.zeros(0, dtype=np.uint64)

    def sign(self, text: str) -> np.uint64:
        hashed = b"".join(blake2b(one.encode(), digest_size=8).digest() for one in shingles(text, self.shape))
        bits = np.unpackbits(np.frombuffer(hashed, dtype=np.uint8).reshape(-1, 8), axis=1)
        return np.packbits(2 * bits.sum(axis=0, dtype=np.int64) > len(bits)).view(np.uint64)[0]

    def same(self, one: np.uint64, other: np.uint64) -> bool:
        return int(one ^ other).bit_count() <= self.most

    def near(self, made: np.uint64) -> list[int]:
        apart = np.unpackbits((self._kept ^ made).view(np.uint8).reshape(-1, 8), axis=1).sum(axis=1)
        return np.flatnonzero(apart <= self.most).tolist()

    def put(self, number: int, made: np.uint64) -> None:
        assert number == len(self._kept)
        self._kept = np.append(self._kept, made)

    def stored_bytes(self, made: np.uint64) -> int:
        return made.nbytes


class Winnowing:
    """The least hash of each window of runs of letters; copies share ``least`` of the fewer hashes."""

    name = "winnowing (own)"

    def __init__(self, size: int, window: int, least: float) -> None:
        self.size, self.window, self.least = size, window, least
        self.setting = f"{size} letters, window {window}, {least:.2f} of the fewer"
        self._filed: dict[int, list[int]] = defaultdict(list)
        self._counts: dict[int, int] = {}

    def sign(self, text: str) -> frozenset[int]:
        letters = np.frombuffer("".join(tokens(text)).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
        if len(letters) < self.size + self.window:
            letters = np.pad(letters, (0, self.size + self.window - len(letters)))
        runs = len(letters) - self.size + 1
        hashed = np.zeros(runs, dtype=np.uint64)
        for place in range(self.size):
            hashed = hashed * np.uint64(0x9E3779B97F4A7C15) + letters[place : place + runs]
        hashed ^= hashed >> np.uint64(31)
        hashed *= np.uint64(0xBF58476D1CE4E5B9)
        windows = np.lib.stride_tricks.sliding_window_view(hashed >> np.uint64(32), self.window)
        return frozenset(windows.min(axis=1).tolist())

    def same(self, one: frozenset[int], other: frozenset[int]) -> bool:
        return len(one & other) >= self.least * min(len(one), len(other))

    def near(self, made: frozenset[int]) -> list[int]:
        met: dict[int, int] = defaultdict(int)
        for cell in made:
            for number in self._filed.get(cell, ()):
                met[number] += 1
        return [
            number
            for number, count in met.items()
            if count >= self.least * min(len(made), self._counts[number])
        ]

    def put(self, number: int, made: frozenset[int]) -> None:
        self._counts[number] = len(made)
        for cell in made:
            self._filed[cell].append(number)

    def stored_bytes(self, made: frozenset[int]) -> int:
        return 4 * len(made)


def installed(name: str) -> bool:
    return find_spec(name) is not None


class Cost:
    """Seconds spent over a number of articles, told in microseconds an article."""

    def __init__(self) -> None:
        self.seconds, self.count = 0.0, 0

    def of(self, call: Callable[..., Any], *given: Any) -> Any:
        start_s = time.perf_counter()
        result = call(*given)
        self.seconds += time.perf_counter() - start_s
        return result

    def micros(self) -> float:
        return round(self.seconds / max(1, self.count) * 1e6, 1)
