"""Whether mentions of one event become one incident, and two events stay two, as one JSON object.

    python tests/quality/eval_streams.py [--misses] [DATA_DIR]

DATA_DIR is the folder of the public sets (default: ../shared/data next to the repository); without it only
our own streams are played. Every figure is of the wire's own path: coder, judge, plan and book in memory.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).parent))

from clusterings import b_cubed, pairwise  # noqa: E402 - the folder is put on the path right above
from streams_own import Mention, play, play_all, settled, streams  # noqa: E402
from streams_sets import ecb, satp  # noqa: E402

from dateline.incidents.assemble import Coder  # noqa: E402


def agreement(gold: Sequence[Hashable], told: Sequence[Hashable | None]) -> dict[str, float]:
    """Return B-cubed and pairs: of all mentions, what was not coded standing alone; and of the coded ones."""
    alone = [one if one is not None else ("alone", number) for number, one in enumerate(told)]
    coded = [(one, other) for one, other in zip(gold, told, strict=True) if other is not None]
    only = b_cubed([one for one, _ in coded], [other for _, other in coded]) if coded else {}
    return {
        "mentions": len(gold),
        "events": len(set(gold)),
        "coded": round(len(coded) / max(1, len(gold)), 4),
        **b_cubed(gold, alone),
        **pairwise(gold, alone),
        **{f"coded_{name}": value for name, value in only.items()},
    }


def own(coder: Coder) -> tuple[dict[str, Any], list[str]]:
    """Return the figures of our own streams, and every mention that stands wrong, for people."""
    mentions: list[Mention] = []
    by_file: dict[str, list[Mention]] = defaultdict(list)
    misses: list[str] = []
    extra = 0
    for stream in streams():
        played = settled(*play(stream, coder))
        mentions += played.mentions
        by_file[stream["file"]] += played.mentions
        extra += played.extra
        misses += wrong(played.mentions)
    figures: dict[str, Any] = {"streams": len({one.stream for one in mentions}), **_figures(mentions)}
    figures["invented_alone"] = extra
    figures["by_file"] = {name: _figures(told)["b3_f1"] for name, told in by_file.items()}
    return figures, misses


def together(coder: Coder) -> dict[str, float]:
    """Return the figures of our own streams as one: each mention is compared with what all others brought."""
    wire, every = play_all(list(streams()), coder)
    mentions = [one for played in every for one in settled(wire, played).mentions]
    return agreement([(one.stream, one.gold) for one in mentions], [one.told for one in mentions])


def _figures(mentions: Sequence[Mention]) -> dict[str, float]:
    gold = [(one.stream, one.gold) for one in mentions]
    return agreement(gold, [one.told and (one.stream, one.told) for one in mentions])


def wrong(mentions: Sequence[Mention]) -> list[str]:
    """Return one line for each event that is not exactly one incident, with all its mentions."""
    lines = []
    by_gold: dict[str, list[Mention]] = defaultdict(list)
    holders: dict[str, set[str]] = defaultdict(set)
    for one in mentions:
        by_gold[one.gold].append(one)
        if one.told:
            holders[one.told].add(one.gold)
    for event, told in by_gold.items():
        if len({one.told for one in told}) > 1 or any(one.told is None for one in told):
            told_as = "; ".join(f"{one.article}: {one.told} {one.said}" for one in told)
            lines.append(f"{told[0].stream}: {event} is split: {told_as}")
    for incident, events in holders.items():
        if len(events) > 1:
            lines.append(f"{mentions[0].stream}: {incident} holds {', '.join(sorted(events))}")
    return lines


def measure(data: Path, *, misses: bool = False) -> dict[str, Any]:
    """Return all figures; of the public sets only those that are there."""
    coder = Coder.load()
    figures, lines = own(coder)
    told: dict[str, Any] = {"own": figures, "own_in_one_stream": together(coder)}
    if (data / "incidents" / "satp_2014.jsonl.gz").is_file():
        told["satp"] = satp(coder, data, agreement)
    if (data / "duplicates" / "ecbplus_topics_1_35.jsonl.gz").is_file():
        told["ecb"] = ecb(coder, data, agreement)
    if misses:
        told["misses"] = lines
    return told


def main() -> None:
    given = [one for one in sys.argv[1:] if not one.startswith("-")]
    data = Path(given[0]) if given else REPO.parent / "shared" / "data"
    print(json.dumps(measure(data, misses="--misses" in sys.argv), indent=1, ensure_ascii=False))  # noqa: T201 - the script's answer


if __name__ == "__main__":
    main()
