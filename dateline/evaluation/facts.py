"""What was measured: the version, the interpreter, and the hashes of models and tables.

Owns the facts of a build that need no repository: two installations that give the same hashes code alike.
"""

import platform
import sys
from hashlib import sha256
from importlib import resources
from typing import Any

import numpy as np

from dateline import __version__


def facts() -> dict[str, Any]:
    """Return version, interpreter, machine and the sha256 of the models and of all tables together."""
    room = resources.files("dateline.incidents")
    models = {
        one.name: sha256(one.read_bytes()).hexdigest()
        for one in sorted(room.joinpath("models").iterdir(), key=lambda one: one.name)
        if one.is_file()
    }
    return {
        "version": __version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "machine": f"{platform.system()} {platform.machine()}",
        "implementation": sys.implementation.name,
        "models": models,
        "tables": _tables(room.joinpath("data")),
    }


def _tables(folder: Any) -> str:
    """Return one hash over names and contents of every table, in order of their names."""
    digest = sha256()
    waiting = [("", folder)]
    found = []
    while waiting:
        path, one = waiting.pop()
        for each in one.iterdir():
            name = f"{path}/{each.name}"
            if each.is_dir():
                waiting.append((name, each))
            elif not each.name.endswith((".py", ".pyc")):
                found.append((name, each))
    for name, each in sorted(found, key=lambda one: one[0]):
        digest.update(name.encode())
        digest.update(sha256(each.read_bytes()).digest())
    return digest.hexdigest()
