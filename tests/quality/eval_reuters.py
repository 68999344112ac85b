"""All 19,037 Reuters reports of 1987 through the pure path: exact re-sends, and what is called a reprint.

    python tests/quality/eval_reuters.py            figures as JSON (3 minutes)
    python tests/quality/eval_reuters.py --read     the drawn pairs that nobody has judged, to be read

Re-sends are the 359 groups of reports with the same letters and digits. Of the other verdicts "reprint" 200
are drawn by a hash of their ids, so that the same pairs stay drawn as the judge changes; they, and others
while thresholds were sought, were judged by reading both texts. The verdicts stand in
``reuters_verdicts.tsv``: copy (sent again, corrected), update (the same report with more or less), part
(stands in a longer one or in a digest), apart (another event, company, day or figure on one template, a
follow-up, or background alone), retold (the same event, written anew). The first three are reprints.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

from news_sets import DATA, FILES, Source, published, rows
from pure_path import DictIndex, Prints, is_copy, judged

from dateline.dedup.judge import judge
from dateline.model import Disposition
from dateline.resemblance import Verdict

VERDICTS = Path(__file__).with_name("reuters_verdicts.tsv")
DRAWN = 200
SALT = b"held out"
"""Of the hash that draws: thresholds were sought on pairs drawn without it."""

GROUPS = 359
REPRINTS = ("copy", "update", "part")

Pair = tuple[str, str]


def reports() -> list[Source]:
    return [
        Source(row["id"], row["title"] or "", row["text"], published_at=published(row["date"]))
        for row in rows(FILES["reuters"])
    ]


def sent_again(articles: Iterable[Source]) -> list[list[str]]:
    """Return the groups of reports with the same letters and digits."""
    groups: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        groups[re.sub(r"\W", "", article.text.lower())].append(article.id)
    return [group for group in groups.values() if len(group) > 1]


def found(groups: list[list[str]], told: dict[str, Verdict]) -> int:
    """Return of how many groups each later report is told a copy of some earlier one."""
    return sum(all(told[name].disposition is not Disposition.NOVEL for name in group[1:]) for group in groups)


def same_words(groups: list[list[str]], articles: Iterable[Source]) -> int:
    """Return in how many groups each later text alone, without its title, is told a copy of the first."""
    prints, text = Prints(), {one.id: Source(one.id, "", one.text) for one in articles}
    return sum(all(prints.pair(text[group[0]], text[name]).reprint for name in group[1:]) for group in groups)


def called(groups: list[list[str]], told: dict[str, Verdict]) -> list[Pair]:
    """Return (earlier, later) of all verdicts "reprint" that are no exact re-sends."""
    group_of = {name: number for number, group in enumerate(groups) for name in group}
    return [
        (verdict.of, name)
        for name, verdict in told.items()
        if verdict.disposition is Disposition.REPRINT
        and verdict.of is not None
        and group_of.get(name, -1) != group_of.get(verdict.of, -2)
    ]


def drawn(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs that a hash of their ids puts first."""
    return sorted(
        pairs, key=lambda pair: blake2b(" ".join(pair).encode(), digest_size=8, salt=SALT).digest()
    )[:DRAWN]


def verdicts() -> dict[Pair, str]:
    """Return the verdicts of a reader, by (earlier, later)."""
    if not VERDICTS.exists():
        return {}
    lines = VERDICTS.read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(one, two): kind for one, two, kind in cells}


def still_called(articles: Iterable[Source]) -> dict[Pair, bool]:
    """Return for each pair with a reader's verdict whether its later report is called a reprint of the earlier now.

    All reports are indexed, only those are judged: the neighbours are the stream's, but none is known as
    a copy. A reprint of a third report is left out.
    """
    of: dict[str, list[str]] = defaultdict(list)
    for earlier, later in verdicts():
        of[later].append(earlier)
    index, prints = DictIndex(), Prints()
    called = {}
    for article in articles:
        made = prints.of(article)
        if article.id in of:
            verdict = judge(made, index.near(made), article.published_at)
            for earlier in of[article.id]:
                if not is_copy(verdict) or verdict.of == earlier:
                    called[earlier, article.id] = is_copy(verdict)
        index.put(article.id, made, None, article.published_at)
    return called


def precision(pairs: Iterable[Pair]) -> dict[str, Any]:
    """Return precision over those of the pairs that a reader has judged."""
    known = verdicts()
    kinds = Counter(known[pair] for pair in pairs if pair in known)
    right = sum(kinds[kind] for kind in REPRINTS)
    return {
        "judged": kinds.total(),
        "kinds": dict(kinds.most_common()),
        "precision": round(right / max(1, kinds.total()), 4),
    }


def of_the_judged(articles: list[Source]) -> dict[str, Any]:
    """Return the quick figures: over the judged pairs and the groups alone, without judging all reports."""
    known, called = verdicts(), still_called(articles)
    groups = sent_again(articles)
    hits = [pair for pair, is_called in called.items() if is_called]
    return {
        "sent_again": {"groups": len(groups), "found_by_texts_alone": same_words(groups, articles)},
        "judged_pairs": len(known),
        "still_called": precision(hits),
        "recall_of_the_judged_reprints": round(
            sum(known[pair] in REPRINTS for pair in hits)
            / max(1, sum(known[pair] in REPRINTS for pair in called)),
            4,
        ),
    }


def measure() -> tuple[dict[str, Any], list[Pair]]:
    articles = reports()
    start_s = time.perf_counter()
    told = dict(judged(articles, Prints()))
    cost_us = (time.perf_counter() - start_s) / len(articles) * 1e6
    groups = sent_again(articles)
    pairs = called(groups, told)
    sample = drawn(pairs)
    figures = {
        "reports": len(articles),
        "us_a_report": round(cost_us, 1),
        "sent_again": {
            "groups": len(groups),
            "found": found(groups, told),
            "found_by_texts_alone": same_words(groups, articles),
        },
        "told": dict(Counter(verdict.disposition.value for verdict in told.values())),
        "reprints_without_sent_again": len(pairs),
        "drawn": precision(sample),
        "all_judged": precision(pairs),
    }
    return figures, sample


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--read", action="store_true", help="print the drawn pairs without a verdict")
    chosen = parser.parse_args()
    if not DATA.is_dir():
        sys.stderr.write(f"skipped: no data sets at {DATA}\n")
        return 0
    figures, sample = measure()
    if not chosen.read:
        sys.stdout.write(json.dumps(figures, indent=1) + "\n")
        return 0
    text = {article.id: f"{article.title}\n{article.text}" for article in reports()}
    for one, two in sample:
        if (one, two) not in verdicts():
            sys.stdout.write(f"\n=== {one}\t{two}\n{text[one]}\n--- {two}\n{text[two]}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
