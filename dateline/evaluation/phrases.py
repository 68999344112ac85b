"""Tables of our own sentences: how many stand there, and how many of them are not yet read rightly.

Owns the counting. That every sentence is read as its row says is held by the tests beside the tables; a
row that is known to be missed stands in a file of its own until it is not. Only a checkout has them.
"""

from pathlib import Path

from dateline.evaluation.figures import Figure, counted

#: First word of a table's file name, and what its rows are; tables of other languages stand in a folder.
KINDS = {
    "tolls": "toll_phrases",
    "times": "time_phrases",
    "place": "place_phrases",
    "actor": "actor_clauses",
    "kinds": "kind_sentences",
    "tongues": "other_languages",
}
_TABLES = ("*_phrases*.txt", "*_phrases*.tsv", "actor_clauses*.tsv", "kinds*.tsv", "tongues/*.tsv")
_MISSED = "_missed"


def lines(file: Path) -> list[str]:
    """Return the rows of a table without comments and blank lines."""
    return [
        line for line in file.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")
    ]


def phrases(folder: Path) -> dict[str, Figure]:
    """Return by kind how many rows pass (n: how many there are); empty where the folder is not there."""
    every, missed = dict.fromkeys(KINDS.values(), 0), dict.fromkeys(KINDS.values(), 0)
    files = sorted({file for pattern in _TABLES for file in folder.glob(pattern)})
    for file in files:
        folded = file.parent if file.parent != folder else file
        kind = KINDS.get(folded.stem.partition("_")[0])
        if kind is not None:
            table = missed if file.stem.endswith(_MISSED) else every
            table[kind] += len(lines(file))
    return {kind: counted(every[kind] - missed[kind], every[kind]) for kind in every} if files else {}
