"""Command line: write the schemas, or check that they are up to date."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from scripts.generated import only_check, write_or_name
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
    check = only_check("generate_schemas", __doc__)
    schemas = [stream_schema(stream) for stream in STREAMS]
    texts = {f"{schema['title']}.json": render(schema) for schema in schemas}
    return write_or_name(SCHEMAS, texts, outdated(SCHEMAS, texts), "schemas", check=check)


if __name__ == "__main__":
    sys.exit(main())
