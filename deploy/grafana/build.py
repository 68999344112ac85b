"""Write the dashboards as Grafana reads them: ``python -m deploy.grafana.build [FOLDER] [--runbooks URL]``.

Owns the files in ``dashboards/``. The same code writes the same bytes; a test compares them.
"""

import json
from argparse import ArgumentParser
from pathlib import Path

from grafana_foundation_sdk.cog.encoder import JSONEncoder

from deploy.grafana import feeds, incidents, wire, workers
from deploy.grafana.frame import RUNBOOKS, framed

HERE = Path(__file__).parent / "dashboards"
BOARDS = (wire.BOARD, feeds.BOARD, incidents.BOARD, workers.BOARD)


def write(folder: Path, runbooks: str = RUNBOOKS) -> None:
    """Write one file for each board; the folder is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for board in BOARDS:
        text = json.dumps(
            framed(board, runbooks), cls=JSONEncoder, indent=2, sort_keys=True, ensure_ascii=False
        )
        (folder / f"{board.name}.json").write_text(f"{text}\n", "utf-8")


def main() -> None:
    parser = ArgumentParser(description="Write the dashboards as JSON.")
    parser.add_argument("folder", nargs="?", type=Path, default=HERE)
    parser.add_argument(
        "--runbooks", default=RUNBOOKS, help="address of docs/operations.md, for the links of panels"
    )
    given = parser.parse_args()
    write(given.folder, given.runbooks)


if __name__ == "__main__":
    main()
