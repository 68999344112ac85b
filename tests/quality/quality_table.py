"""Write the tables of `dateline eval --table` into docs/quality.md: `python tests/quality/quality_table.py [DATA_DIR]`.

Measures everything once (about half a minute); what stands between the two marks is replaced.
"""

import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
PAGE = REPO / "docs/quality.md"
BEGIN, END = "<!-- table -->", "<!-- end of table -->"


def between(page: str, table: str) -> str:
    """The page with the table between its marks."""
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n\n{table.strip()}\n\n{END}{tail}"


def main() -> None:
    data = sys.argv[1] if len(sys.argv) > 1 else str(REPO.parent / "shared/data")
    command = [sys.executable, "-m", "dateline", "eval", data, "--table"]
    table = subprocess.run(command, check=True, capture_output=True, text=True, cwd=REPO).stdout
    PAGE.write_text(between(PAGE.read_text("utf-8"), table), encoding="utf-8")


if __name__ == "__main__":
    main()
