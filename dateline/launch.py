"""Runs a module that ends when the process that started it ends: `python -m dateline.launch PARENT MODULE …`.

Owns nothing else. A supervisor that is killed leaves no orphans behind.
"""

import runpy
import signal
import sys

from dateline.sandbox import die_with_parent


def main() -> None:
    """Bind this process's life to its parent's, then become the module."""
    parent, module, *arguments = sys.argv[1:]
    die_with_parent(int(parent), signal.SIGKILL)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
