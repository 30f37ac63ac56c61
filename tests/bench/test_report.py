"""The figures as text and as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.__main__ import SCENARIOS
from bench.figures import Figures
from bench.findings import MIX, Finding, Result, scaled
from bench.report import FIGURES, PAGE, markdown


@pytest.fixture
def figures() -> Figures:
    about = {
        "date": "2026-11-01",
        "python": "3.11",
        "machine": "x86_64",
        "cores": 2,
        "runs": 3,
        "full": False,
        "packages": {"orjson": "3.11"},
    }
    findings = [
        Finding("tap to library", 16.44, "times", at_least=15),
        Finding("tap to floor", 31.0, "%", at_least=50),
        Finding("peak", 120.4, "MB", at_most=250),
        Finding("requests", 12_345, ""),
    ]
    return Figures(about, [Result("cpu", "five tables", findings, {"runs": [1.5]})])


def test_a_figure_is_held_against_what_was_wanted(figures: Figures) -> None:
    met = [finding.is_met for finding in figures.results[0].findings]
    assert met == [True, False, True, None]


def test_the_page_shows_every_figure(figures: Figures) -> None:
    text = markdown(figures)
    assert "| tap to library | 16.4 times | ≥ 15 | met |" in text
    assert "| tap to floor | 31 % | ≥ 50 | missed |" in text
    assert "| requests | 12,345 |  |  |" in text


def test_a_file_keeps_all_figures(figures: Figures, tmp_path: Path) -> None:
    path = tmp_path / "new" / "bench.json"
    figures.write(path)
    assert Figures.read(path) == figures


def test_the_page_has_a_place_for_the_figures_and_names_every_scenario() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert FIGURES.fill(page, "x") != page
    assert [name for name in SCENARIOS if f"`{name}`" not in page] == []


def test_a_scaled_mix_is_the_mix() -> None:
    assert scaled(sum(MIX.values())) == MIX
    assert sum(scaled(2_000_000).values()) == 2_000_000
