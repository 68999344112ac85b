"""Which incidents of many articles are one: the figures of matching across articles.

Owns nothing of the streams: they, and the script that plays them (``tests/quality/eval_streams.py``), stand
in the checkout. Starts that script and reads the one JSON object that it prints; without a checkout these
figures are absent.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.errors import BadRecord
from dateline.evaluation.figures import Figure

SCRIPT = Path("tests/quality/eval_streams.py")
TIMEOUT_S = 600


def present(checkout: Path) -> bool:
    return (checkout / SCRIPT).is_file()


def figures(checkout: Path, data: Path) -> dict[str, Figure]:
    """Return every number that the script prints, named by its path: ``satp/b3_f1``.

    A script that gives {"value", "n", "low", "high"} keeps its interval; a bare number has none.

    Raises:
        BadRecord: the script failed or printed no JSON object.
    """
    command = [sys.executable, str(checkout / SCRIPT), str(data)]
    try:
        said = subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=TIMEOUT_S, cwd=checkout
        )
        told = json.loads(said.stdout)
    except subprocess.SubprocessError as error:
        reason = (getattr(error, "stderr", None) or str(error)).strip()[-200:]
        raise BadRecord(f"{SCRIPT.name} failed: {reason}") from error
    except ValueError as error:
        raise BadRecord(f"{SCRIPT.name} printed no JSON: {error}") from error
    if not isinstance(told, dict):
        raise BadRecord(f"{SCRIPT.name} printed no JSON object")
    return dict(_flat("", told))


def _flat(path: str, told: Any) -> Iterator[tuple[str, Figure]]:
    if isinstance(told, bool):
        return
    if isinstance(told, int | float):
        yield path, Figure(value=round(float(told), 4), n=0, low=float(told), high=float(told))
    elif isinstance(told, dict):
        if {"value", "n", "low", "high"} <= told.keys():
            yield path, Figure(value=told["value"], n=told["n"], low=told["low"], high=told["high"])
            return
        for name, value in told.items():
            yield from _flat(f"{path}/{name}" if path else str(name), value)
