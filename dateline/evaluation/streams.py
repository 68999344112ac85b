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

TOLD = ("b3_f1", "b3_precision", "b3_recall", "coded_b3_f1", "pair_f1", "coded")
"""What is told of a kind of stream; counts and what is only for its owner are not."""


def present(checkout: Path) -> bool:
    return (checkout / SCRIPT).is_file()


def figures(checkout: Path, data: Path) -> dict[str, Figure]:
    """Return what the script says of each kind of stream, named by its path: ``satp/b3_f1``.

    Told are the shares of ``TOLD``; n is the number of mentions that stands beside them. A script that gives
    {"value", "n", "low", "high"} for one keeps its interval; of a bare number none is known.

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


def _flat(path: str, told: dict[str, Any]) -> Iterator[tuple[str, Figure]]:
    mentions = told.get("mentions")
    for name, value in told.items():
        here = f"{path}/{name}" if path else str(name)
        if isinstance(value, dict):
            if name not in TOLD:
                yield from _flat(here, value)
            elif isinstance(value.get("value"), int | float):
                bounds = value.get("low"), value.get("high")
                yield here, Figure(value=value["value"], n=value.get("n", 0), low=bounds[0], high=bounds[1])
        elif name in TOLD and isinstance(value, int | float):
            yield here, Figure(value=round(float(value), 4), n=mentions if isinstance(mentions, int) else 0)
