"""`python -m scripts.answer_questions [warehouse]`: docs/questions.md from the demo's warehouse."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from stripe_report.errors import ReportError
from stripe_report.marts import MARTS
from stripe_report.warehouse import open_warehouse

from scripts.answer_questions.page import page

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "questions.md"


def main() -> None:
    """Ask, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m scripts.answer_questions", description=__doc__)
    parser.add_argument(
        "warehouse",
        nargs="?",
        default=str(ROOT / "output" / "demo" / "warehouse.duckdb"),
        help="the demo's warehouse",
    )
    try:
        text = answered(parser.parse_args().warehouse)
    except ReportError as error:
        sys.exit(str(error))
    PAGE.write_text(text, encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} written")


def answered(warehouse: str) -> str:
    """The page with the answers of this warehouse."""
    with open_warehouse(warehouse, "stripe_marts") as marts:
        marts.require(set(MARTS) | {"currencies"})
        return page(marts)


if __name__ == "__main__":
    main()
