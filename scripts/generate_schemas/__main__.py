"""Command line: write the schemas, or check that they are up to date."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from tap_stripe.streams import STREAMS

from .schema import render, stream_schema

SCHEMAS = Path(__file__).parents[2] / "schemas"


def outdated(directory: Path, texts: Mapping[str, str]) -> list[str]:
    """Name the files of a directory that are missing, too many, or differ from ``texts``.

    Args:
        directory: Where the schemas lie, one file per stream.
        texts: The right text of each file by the file's name.
    """
    found = {path.name: path.read_text(encoding="utf-8") for path in directory.glob("*.json")}
    return sorted(
        name for name in found.keys() | texts.keys() if found.get(name) != texts.get(name)
    )


def main() -> int:
    """Run the command and return its exit code: 1 if ``--check`` finds a difference."""
    parser = argparse.ArgumentParser(prog="python -m scripts.generate_schemas", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only, exit 1 on a difference")
    check = parser.parse_args().check

    schemas = [stream_schema(stream) for stream in STREAMS]
    texts = {f"{schema['title']}.json": render(schema) for schema in schemas}
    changed = outdated(SCHEMAS, texts)
    if check:
        for name in changed:
            print(f"out of date: {name}")
        return 1 if changed else 0
    for name in changed:
        if name in texts:
            (SCHEMAS / name).write_text(texts[name], encoding="utf-8")
        else:
            (SCHEMAS / name).unlink()
    print(f"{len(changed)} of {len(texts)} schemas written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
