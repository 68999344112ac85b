"""News that is apart and must stay so: unrelated reports in a stream, summaries of one armed group's acts.

Owns figures about data without copies, and the training of the shipped table of words.
"""

import random
import time
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from news_sets import rows

from dateline.dedup.vocabulary import word_levels
from dateline.dedup.window import Window
from dateline.incidents.assemble import Coder
from dateline.incidents.match import blocks, lookup_blocks, match, open_incident
from dateline.incidents.record import ArticleRef, Incident
from dateline.model import Article

TABLE = Path(__file__).parents[2] / "dateline" / "dedup" / "word_levels.txt"


def dispositions(name: str, count: int) -> dict[str, float]:
    """Return the dispositions of unrelated news without dates: retellings here are mostly follow-ups."""
    window = Window()
    told = rows(name)[:count]
    start_s = time.perf_counter()
    seen = Counter(
        window.add(row["id"], row.get("title") or "", row["text"], "", None).disposition for row in told
    )
    cost_ms = (time.perf_counter() - start_s) / len(told) * 1000
    return {
        **{kind: round(number / len(told), 4) for kind, number in seen.items()},
        "ms_an_article": round(cost_ms, 3),
    }


def summaries_apart() -> dict[str, float]:
    """Return how many mentions coded from SATP's summaries of 2014 are matched to another summary's incident.

    Each summary is an incident of its own; almost all are of one armed group, in a few dozen districts.
    """
    told: list[dict[str, Any]] = [
        row for row in rows("incidents/satp_2014.jsonl.gz") if len(row["date"] or "") == 10
    ]
    coder = Coder.load()
    filed: dict[str, list[str]] = defaultdict(list)
    opened: dict[str, Incident] = {}
    mentions = merged = 0
    for row in sorted(told, key=lambda row: row["date"]):
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
    """Return the table of words anew, of all news and incident texts for training."""
    draw = random.Random(1)
    told = rows("news/bbc_train.jsonl.gz") + rows("news/agnews_no_world.jsonl.gz")
    told += draw.sample(rows("news/reuters21578.jsonl.gz"), 3000)
    told += rows("incidents/muc34_train.jsonl.gz") + rows("incidents/gunviolence_train.jsonl.gz")
    joined = (f"{row.get('title') or ''}\n{row.get('text') or ''}" for row in told)
    return word_levels((text for text in joined if text.strip()), 8)
