"""Command line: write the documentation, or check that it is up to date."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from scripts.generated import only_check, write_or_name

from .comparison_page import comparison_page
from .moving_in_page import moving_in_page
from .readme import with_areas
from .selection import with_selection, with_sets
from .streams_page import streams_page

ROOT = Path(__file__).parents[2]


def pages(root: Path) -> dict[str, str]:
    """The right text of each page by its path below the project's top level.

    Args:
        root: That level; some files there are generated in part.
    """
    in_part = {
        "README.md": with_areas,
        "meltano.yml": lambda text: with_sets(with_selection(text)),
        "plugins/extractors/tap-stripe.yml": with_selection,
    }
    return {
        **{
            name: complete((root / name).read_text(encoding="utf-8"))
            for name, complete in in_part.items()
        },
        "docs/comparison.md": comparison_page(),
        "docs/moving-in.md": moving_in_page(),
        "docs/streams.md": streams_page(),
    }


def outdated(root: Path, texts: Mapping[str, str]) -> list[str]:
    """Name the pages that are missing below ``root`` or differ from ``texts``."""
    return [name for name, text in texts.items() if _text(root / name) != text]


def main() -> int:
    """Run the command and return its exit code: 1 if ``--check`` finds a difference."""
    check = only_check("document_streams", __doc__)
    texts = pages(ROOT)
    return write_or_name(ROOT, texts, outdated(ROOT, texts), "pages", check=check)


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
