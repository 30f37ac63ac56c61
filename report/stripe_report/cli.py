"""The command `stripe-report`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stripe_report.books import only, read_library
from stripe_report.errors import ReportError
from stripe_report.files import write_files
from stripe_report.page import html
from stripe_report.pictures import write_pictures
from stripe_report.warehouse import open_warehouse

VARIABLE = "STRIPE_REPORT_{}"
LEAST_MONTHS = 2
"""A month to be compared with another."""


@dataclass(frozen=True)
class Setting:
    """Something to choose, on the command line or in the environment."""

    name: str
    default: str | None
    description: str


SETTINGS = (
    Setting("database", None, "DuckDB file, or address of a PostgreSQL database."),
    Setting("schema", "stripe_marts", "Schema of the marts."),
    Setting("currency", None, "Only this currency, e.g. usd, for a page or pictures."),
    Setting("output", "output/report", "Directory for what is written. It is created."),
    Setting("title", "Revenue report", "Title of the page, e.g. with the name of the business."),
    Setting("months", "24", "Months to look back, the running one included."),
)
FORMATS = {
    "html": "one page with everything, report.html",
    "png": "a picture of each chart, charts/<mode>-<currency>/<chart>.png",
    "csv": "a file for each mart, marts/<mart>.csv",
}


def main(arguments: list[str] | None = None) -> None:
    """Write the report and print where it is. Exits with 1 when it can't be made."""
    options = _parser().parse_args(arguments)
    try:
        for path in write(options.format, options):
            print(path)  # noqa: T201
    except (ReportError, OSError) as error:
        sys.exit(f"stripe-report: {error}")


def write(form: str, options: argparse.Namespace) -> Iterator[Path]:
    """Write the report in one of `FORMATS`, and tell the files as they are done."""
    if not options.database:
        raise ReportError("no database: set STRIPE_REPORT_DATABASE, or give --database")
    output = Path(options.output)
    with open_warehouse(options.database, options.schema) as warehouse:
        if form == "csv":
            yield from write_files(warehouse, output / "marts")
            return
        library = read_library(warehouse, options.months)
    if options.currency:
        library = only(library, options.currency.lower())
    if form == "png":
        yield from write_pictures(library, output / "charts")
        return
    output.mkdir(parents=True, exist_ok=True)
    path = output / "report.html"
    path.write_text(html(library, options.title), encoding="utf-8")
    yield path


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="stripe-report", description=__doc__)
    parser.add_argument(
        "format",
        choices=FORMATS,
        help="; ".join(f"{name}: {what}" for name, what in FORMATS.items()),
    )
    for setting in SETTINGS:
        variable = VARIABLE.format(setting.name.upper())
        parser.add_argument(
            f"--{setting.name}",
            default=os.environ.get(variable) or setting.default,
            type=_months if setting.name == "months" else str,
            help=f"{setting.description} Default: ${variable}"
            + (f", else {setting.default}." if setting.default else "."),
        )
    return parser


def _months(text: str) -> int:
    if not text.isdecimal() or int(text) < LEAST_MONTHS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of months from {LEAST_MONTHS}")
    return int(text)
