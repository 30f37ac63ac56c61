"""The figures as text: for a terminal, and for the page in docs/."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.table import Table

from bench.figures import Figures
from bench.findings import Finding, Result
from bench.service import PROJECT
from scripts.document_streams.parts import Markers

PAGE = PROJECT / "docs" / "performance.md"
FIGURES = Markers("<!-- make bench: begin -->", "<!-- make bench: end -->")
_WORDS = {True: "met", False: "missed", None: ""}


def table(results: Iterable[Result]) -> Table:
    """A line for each figure, for a terminal."""
    lines = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    lines.add_column("scenario", no_wrap=True)
    lines.add_column("figure")
    for heading in ("value", "target"):
        lines.add_column(heading, justify="right", no_wrap=True)
    lines.add_column("", no_wrap=True)
    for result in results:
        lines.add_row(f"[bold]{result.scenario}[/bold]", result.what)
        for finding in result.findings:
            lines.add_row("", *_cells(finding))
        lines.add_section()
    return lines


def markdown(figures: Figures) -> str:
    """A table for each scenario, for the page."""
    about = figures.about
    packages = ", ".join(f"{name} {version}" for name, version in about["packages"].items())
    lines = [
        f"Taken on {about['date']} with Python {about['python']}, {packages}.",
        f"{about['cores']} cores ({about['machine']}); medians of {about['runs']} runs.",
    ]
    for result in figures.results:
        lines += [
            "",
            f"**{result.scenario}**: {result.what}.",
            "",
            "| | | target | |",
            "| --- | ---: | ---: | --- |",
            *(f"| {' | '.join(_cells(finding))} |" for finding in result.findings),
        ]
    return "\n".join(lines)


def _cells(finding: Finding) -> tuple[str, str, str, str]:
    target = ""
    if finding.at_least is not None:
        target = f"≥ {_number(finding.at_least)}"
    elif finding.at_most is not None:
        target = f"≤ {_number(finding.at_most)}"
    value = f"{_number(finding.value)} {finding.unit}".rstrip()
    return finding.name, value, target, _WORDS[finding.is_met]


def _number(value: float) -> str:
    if float(value).is_integer() or abs(value) >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
