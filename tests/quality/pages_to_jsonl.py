"""Turns a folder of gold pages into JSON Lines for `dateline replay` and `dateline read`.

usage: pages_to_jsonl.py FOLDER > pages.jsonl

FOLDER holds gold.jsonl.gz (a line a page, with id and, where known, url) and html/ID.html.gz.
"""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def pages(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield {"id", "url", "html"} of each page whose HTML is there, in the order of the gold file."""
    with gzip.open(folder / "gold.jsonl.gz", "rt", encoding="utf-8") as gold:
        for row in map(json.loads, gold):
            path = folder / row["html_file"]
            if not path.is_file():
                continue
            body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            html = body.decode("utf-8", "replace")
            yield {"id": row["id"], "url": row.get("url") or "", "html": html}


def main() -> None:
    for page in pages(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(page, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
