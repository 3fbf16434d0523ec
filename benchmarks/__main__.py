"""Runs every benchmark in turn: `python -m benchmarks [NAME …]`; each writes its own section of docs/benchmarks.md."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import benchmarks


def main() -> int:
    """Runs the named benchmarks, or all, each in a process of its own, and tells which failed."""
    names = sys.argv[1:] or sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_"))
    failed = [name for name in names if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode]
    if failed:
        print("failed: " + ", ".join(failed), file=sys.stderr)
    return bool(failed)


sys.exit(main())
