"""What people read is, letter for letter, what was read and found good."""

from __future__ import annotations

import pytest

from .golden import HERE, files

FILES = files()


def test_no_golden_file_is_left_over() -> None:
    """Every file beside the tests is compared."""
    assert {path.name for path in HERE.iterdir()} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_it_reads_as_before(name: str) -> None:
    """A change of words or layout is seen; `python -m tests.digest.golden` writes the files anew."""
    assert FILES[name] == (HERE / name).read_text(encoding="utf-8")
