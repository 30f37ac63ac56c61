"""The command line of a generator: write what is out of date, or only name it."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path


def only_check(program: str, description: str | None) -> bool:
    """Read the command line: whether nothing is to be written.

    Args:
        program: The package's name below `scripts`.
        description: What `--help` says of it.
    """
    parser = argparse.ArgumentParser(prog=f"python -m scripts.{program}", description=description)
    parser.add_argument("--check", action="store_true", help="compare only, exit 1 on a difference")
    return bool(parser.parse_args().check)


def write_or_name(
    root: Path, texts: Mapping[str, str], changed: Iterable[str], what: str, *, check: bool
) -> int:
    """Bring files up to date, or print which are not, and return the exit code.

    Args:
        root: Where the files lie.
        texts: The right text of each file by its path below `root`.
        changed: The files that are out of date; those without a text are too many.
        what: What the files are, in the plural.
        check: Whether to print only; the exit code is 1 then if there are any.
    """
    names = list(changed)
    if check:
        for name in names:
            print(f"out of date: {name}")
        return 1 if names else 0
    for name in names:
        if name in texts:
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(texts[name], encoding="utf-8")
        else:
            (root / name).unlink()
    print(f"{len(names)} of {len(texts)} {what} written")
    return 0
