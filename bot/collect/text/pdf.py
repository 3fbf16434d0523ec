"""The text of a PDF, read by a process of its own: a hostile one takes neither our memory nor our time.

Run as a program it reads a PDF from its input and writes the lines of its text; it imports nothing of ours. Exit 1: it could not be read.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from typing import Final

PATIENCE: Final = 10.0
"""Seconds for one PDF; one of sixty dense pages takes three."""
MEMORY: Final = 1024 * 1024 * 1024
"""Bytes of the process that reads."""
MAX_PAGES: Final = 60
MAX_TEXT: Final = 300_000
"""Characters."""


def raw_lines(data: bytes) -> list[str] | None:
    """The lines as they stand on the pages; None if the PDF is broken, encrypted or too much work."""
    program = [sys.executable, "-P", "-W", "ignore", __file__]
    try:
        done = subprocess.run(program, input=data, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603 - our own file
    except subprocess.TimeoutExpired:
        return None
    return done.stdout.decode("utf-8", "replace").splitlines() if done.returncode == 0 else None


def _read(data: bytes) -> str:
    from pypdf import PdfReader

    parts: list[str] = []
    for page in PdfReader(io.BytesIO(data)).pages[:MAX_PAGES]:
        parts.append(page.extract_text())
        if sum(map(len, parts)) > MAX_TEXT:
            break
    return "\n".join(parts)


def _bound() -> None:
    """The system itself ends what takes too much; where it sets no such bounds, our patience is one. Answers go first."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        os.nice(10)
        resource.setrlimit(resource.RLIMIT_CPU, (int(PATIENCE), int(PATIENCE)))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _bound()
    try:
        sys.stdout.buffer.write(_read(sys.stdin.buffer.read()).encode("utf-8", "replace"))
    except Exception:  # whatever a library makes of a file made to break it
        sys.exit(1)
