"""Figures of near-duplicate detection and of the stream filter, as JSON.

    .venv/bin/python tests/quality/eval_dedup.py           all figures (about 40 s)
    .venv/bin/python tests/quality/eval_dedup.py --words   rebuild dateline/dedup/word_levels.txt

Reprints do not exist as a public set: twins are made of real articles (BBC news, Reuters-21578) by
twelve seeded edits, one at a time and four at once. Negatives are the most alike other articles of the
same sets, by shared terms; pairs of which one holds 60 % of the other's word triples are left out,
since these sets carry real copies. Stories: ECB+ topics 1 to 35, in which each topic has two events of
one kind, in three seeded orders.
"""

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dateline.dedup.compare import compare
from dateline.dedup.fingerprint import fingerprint, words
from dateline.dedup.judge import judge
from dateline.dedup.vocabulary import word_levels
from dateline.dedup.window import Window
from dateline.incidents.assemble import Coder
from dateline.incidents.match import blocks, lookup_blocks, match, open_incident
from dateline.incidents.record import ArticleRef, Incident
from dateline.model import Article, Disposition
from dateline.resemblance import Neighbour

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
TABLE = ROOT / "dateline" / "dedup" / "word_levels.txt"

FURNITURE = (
    "Sign up to our newsletter for the latest headlines every morning.",
    "Share this article with your friends and leave a comment below.",
    "Read more: five things to know today, and what our readers say.",
    "Follow us for breaking news, weather and sport from your region.",
)
REWORDED = {
    "said": "stated", "but": "however", "also": "too", "big": "large", "after": "following", "about": "around",
    "told": "informed", "more than": "over", "last": "past", "people": "persons", "new": "fresh", "has": "had",
    "company": "firm", "police": "officers", "will": "is to", "because": "since", "many": "numerous",
    "show": "reveal", "made": "produced", "help": "assist", "before": "ahead of", "would": "could",
}  # fmt: skip

Edit = Callable[[str, random.Random], str]


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if part]


def _cut_tail(text: str, draw: random.Random) -> str:
    parts = sentences(text)
    return " ".join(parts[: max(2, int(len(parts) * draw.uniform(0.5, 0.8)))])


def _brief(text: str, draw: random.Random) -> str:
    parts = sentences(text)
    return " ".join(parts[: max(3, int(len(parts) * draw.uniform(0.25, 0.4)))])


def _drop_middle(text: str, draw: random.Random) -> str:
    parts = sentences(text)
    return " ".join(part for number, part in enumerate(parts) if number == 0 or draw.random() > 0.2)


def _furniture(text: str, draw: random.Random) -> str:
    parts = sentences(text)
    for line in draw.sample(FURNITURE, 3):
        parts.insert(draw.randint(1, len(parts)), line)
    return " ".join(parts)


def _reword(text: str, draw: random.Random) -> str:
    for word, other in REWORDED.items():
        if draw.random() < 0.6:
            text = re.sub(rf"\b{word}\b", other, text)
    return text


def _swap(text: str, draw: random.Random) -> str:
    parts = sentences(text)
    for _ in range(max(1, len(parts) // 6)):
        place = draw.randrange(max(1, len(parts) - 1))
        parts[place : place + 2] = parts[place : place + 2][::-1]
    return " ".join(parts)


def _typos(text: str, draw: random.Random) -> str:
    tokens = text.split(" ")
    for place in range(len(tokens)):
        if len(tokens[place]) > 4 and draw.random() < 0.03:
            tokens[place] = tokens[place][:2] + tokens[place][3:]
    return " ".join(tokens)


EDITS: dict[str, Edit] = {
    "cut_tail": _cut_tail,
    "brief": _brief,
    "drop_sentences": _drop_middle,
    "furniture": _furniture,
    "agency_prefix": lambda text, draw: (
        f"{draw.choice(['LONDON', 'PARIS'])}, Nov {draw.randint(1, 28)} (Agency) - {text}"
    ),
    "numbers": lambda text, draw: re.sub(
        r"\d+", lambda found: str(int(found[0][:9]) + draw.randint(1, 9)), text
    ),
    "merged_paragraphs": lambda text, _: " ".join(text.split()),
    "reworded": _reword,
    "swapped_sentences": _swap,
    "typos": _typos,
    "upper_case": lambda text, _: text.upper(),
    "byline_and_credit": lambda text, _: f"By A. Writer, 12:05 GMT. {text} (With inputs from agencies)",
}


def load(name: str) -> list[dict[str, Any]]:
    with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def texts_of(rows: Iterable[dict[str, Any]]) -> list[str]:
    return [row["text"] for row in rows if len((row.get("text") or "").split()) >= 60]


def reprint_of(first: str, second: str) -> bool:
    """Tell whether ``second`` is judged a copy of ``first``, found through a shared band."""
    old, new = fingerprint(first), fingerprint(second)
    if not set(old.keys) & set(new.keys) and old.exact != new.exact:
        return False
    neighbour = Neighbour(id="x", sketch=old.sketch, words=old.words, exact=old.exact == new.exact)
    return judge(new, [neighbour]).disposition is not Disposition.NOVEL


def recall_by_edit(texts: list[str], draw: random.Random) -> dict[str, float]:
    found: Counter[str] = Counter()
    names = [*EDITS, "four_at_once"]
    for text in texts:
        for name in names:
            chosen = draw.sample(sorted(EDITS), 4) if name == "four_at_once" else [name]
            twin = text
            for edit in chosen:
                twin = EDITS[edit](twin, draw)
            found[name] += reprint_of(text, twin)
    return {name: round(found[name] / len(texts), 4) for name in names}


def triples(text: str) -> set[tuple[str, ...]]:
    tokens = words(text)
    return set(zip(tokens, tokens[1:], tokens[2:], strict=False))


def negatives(texts: list[str]) -> list[tuple[str, str]]:
    """Pair each text with the three others that share most rare words, real copies left out."""
    share: Counter[str] = Counter(word for text in texts for word in set(words(text)))
    rare = [{word for word in words(text) if 2 <= share[word] <= 40} for text in texts]
    holders: dict[str, list[int]] = defaultdict(list)
    for number, terms in enumerate(rare):
        for word in terms:
            holders[word].append(number)
    pairs = []
    for number, terms in enumerate(rare):
        shared: Counter[int] = Counter(other for word in terms for other in holders[word] if other < number)
        mine = triples(texts[number])
        for other, _ in shared.most_common(3):
            theirs = triples(texts[other])
            if len(mine & theirs) < 0.6 * min(len(mine), len(theirs)):
                pairs.append((texts[other], texts[number]))
    return pairs


def b_cubed(gold: list[str], told: list[str]) -> dict[str, float]:
    by_gold, by_told = Counter(gold), Counter(told)
    both = Counter(zip(gold, told, strict=True))
    size = len(gold)
    precision = sum(both[g, t] / by_told[t] for g, t in zip(gold, told, strict=True)) / size
    recall = sum(both[g, t] / by_gold[g] for g, t in zip(gold, told, strict=True)) / size
    pairs = [sum(n * (n - 1) / 2 for n in counts.values()) for counts in (both, by_told, by_gold)]
    return {
        "b3_precision": round(precision, 4),
        "b3_recall": round(recall, 4),
        "b3_f1": round(2 * precision * recall / (precision + recall), 4),
        "pair_precision": round(pairs[0] / max(pairs[1], 1), 4),
        "pair_recall": round(pairs[0] / max(pairs[2], 1), 4),
    }


def stories(seed: int) -> dict[str, float]:
    rows = load("duplicates/ecbplus_topics_1_35.jsonl.gz")
    random.Random(seed).shuffle(rows)
    window = Window()
    told = [window.add(row["id"], "", row["text"], "", None).story for row in rows]
    return b_cubed([row["labels"]["subtopic"] for row in rows], told)


def apart(name: str, count: int) -> dict[str, float]:
    """Return the dispositions of unrelated news without dates: retellings here are mostly follow-ups."""
    rows = load(name)[:count]
    window = Window()
    start_s = time.perf_counter()
    seen = Counter(
        window.add(row["id"], row.get("title") or "", row["text"], "", None).disposition for row in rows
    )
    cost_ms = (time.perf_counter() - start_s) / len(rows) * 1000
    return {
        **{kind: round(number / len(rows), 4) for kind, number in seen.items()},
        "ms_an_article": round(cost_ms, 3),
    }


def summaries_apart() -> dict[str, float]:
    """Return how many mentions coded from SATP's summaries of 2014 are matched to another summary's incident.

    Each summary is an incident of its own; almost all are of one armed group, in a few dozen districts.
    """
    rows = [row for row in load("incidents/satp_2014.jsonl.gz") if len(row["date"] or "") == 10]
    coder = Coder.load()
    filed: dict[str, list[str]] = defaultdict(list)
    opened: dict[str, Incident] = {}
    mentions = merged = 0
    for row in sorted(rows, key=lambda row: row["date"]):
        at = datetime.fromisoformat(row["date"]).replace(tzinfo=UTC, hour=20)
        article = Article(id=row["id"], text=row["text"], published_at=at, country="IN")
        for coded in coder.code(article).incidents:
            if coded.class_ != "fresh":
                continue
            mentions += 1
            near = {name for key in lookup_blocks(coded, at) for name in filed[key]}
            if match(coded, [opened[name] for name in sorted(near)], at) is not None:
                merged += 1
                continue
            incident = open_incident(coded, ArticleRef(id=row["id"]), at, f"{row['id']}-{mentions}")
            opened[incident.id] = incident
            for key in blocks(incident):
                filed[key].append(incident.id)
    return {"mentions": mentions, "merged": merged, "merged_share": round(merged / mentions, 4)}


def train_words() -> str:
    draw = random.Random(1)
    rows = load("news/bbc_train.jsonl.gz") + load("news/agnews_no_world.jsonl.gz")
    rows += draw.sample(load("news/reuters21578.jsonl.gz"), 3000)
    rows += load("incidents/muc34_train.jsonl.gz") + load("incidents/gunviolence_train.jsonl.gz")
    joined = (f"{row.get('title') or ''}\n{row.get('text') or ''}" for row in rows)
    return word_levels((text for text in joined if text.strip()), 8)


def measure() -> dict[str, Any]:
    draw = random.Random(20)
    news = texts_of(load("news/bbc_dev.jsonl.gz")) + draw.sample(
        texts_of(load("news/reuters21578.jsonl.gz")), 300
    )
    twins = draw.sample(news, 250)
    recall = recall_by_edit(twins, draw)
    pairs = negatives(texts_of(load("news/bbc_train.jsonl.gz"))) + negatives(
        texts_of(load("news/reuters21578.jsonl.gz"))[:3000]
    )
    false = sum(reprint_of(*pair) for pair in pairs)
    made = sum(recall.values()) * len(twins)
    spread = sorted(compare(fingerprint(a).sketch, fingerprint(b).sketch).similarity for a, b in pairs[::5])
    return {
        "reprint_recall": recall,
        "reprint_recall_all": round(sum(recall.values()) / len(recall), 4),
        "negatives": len(pairs),
        "negatives_judged_reprints": false,
        "reprint_precision": round(made / (made + false), 4),
        "negatives_jaccard_p99": round(spread[int(len(spread) * 0.99)], 4),
        "stories_ecbplus": [stories(seed) for seed in (1, 2, 3)],
        "summaries_apart": summaries_apart(),
        "apart_bbc": apart("news/bbc_train.jsonl.gz", 1588),
        "apart_reuters": apart("news/reuters21578.jsonl.gz", 4000),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--words", action="store_true", help="rebuild the shipped table of words")
    chosen = parser.parse_args()
    if not DATA.is_dir():
        sys.stderr.write(f"skipped: no data sets at {DATA}\n")
        return 0
    if chosen.words:
        TABLE.write_text(train_words(), encoding="utf-8")
        return 0
    sys.stdout.write(json.dumps(measure(), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
