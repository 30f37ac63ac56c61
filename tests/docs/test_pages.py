"""The documentation is what the generator writes; its links and numbers are right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.document_streams import __main__ as command
from scripts.document_streams.markdown import anchor
from scripts.document_streams.readme import with_areas
from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.tap import TapStripe
from tests.project import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_pages_are_up_to_date() -> None:
    assert command.outdated(ROOT, command.pages(ROOT)) == [], "run make docs"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the command takes for the project, with one of its pages as it should be."""
    readme = "# A tap\n\n<!-- make docs: begin -->\nOld.\n<!-- make docs: end -->\n\nThe end.\n"
    (tmp_path / "README.md").write_text(readme, encoding="utf-8")
    sets = "plugins:\n  # make docs: sets begin\n  # make docs: sets end\n"
    for name, rest in (("meltano.yml", sets), ("plugins/extractors/tap-stripe.yml", "")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"select:\n  # make docs: begin\n  # make docs: end\n{rest}")
    (tmp_path / "docs").mkdir()
    page = command.pages(tmp_path)["docs/comparison.md"]
    (tmp_path / "docs" / "comparison.md").write_text(page, encoding="utf-8")
    monkeypatch.setattr(command, "ROOT", tmp_path)
    return tmp_path


def test_check_names_what_is_out_of_date(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["document_streams", "--check"])

    assert command.main() == 1
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "out of date: README.md",
        "out of date: meltano.yml",
        "out of date: plugins/extractors/tap-stripe.yml",
        "out of date: docs/moving-in.md",
        "out of date: docs/streams.md",
    ]
    assert not (root / "docs" / "streams.md").exists()


def test_the_command_writes_what_is_out_of_date(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["document_streams"])

    assert command.main() == 0
    assert capsys.readouterr().out == "5 of 6 pages written\n"
    assert command.outdated(root, command.pages(root)) == []
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert "Old." not in readme
    assert readme.startswith("# A tap\n")
    assert readme.endswith("\nThe end.\n")
    selection = (root / "meltano.yml").read_text(encoding="utf-8")
    assert '  # make docs: begin\n  - "apple_pay_domains.*"\n' in selection
    assert '  - "!invoices.lines"\n' in selection
    assert "customer_payment_methods" not in selection
    assert "\n  - name: tap-stripe-revenue\n    inherit_from: tap-stripe\n" in selection


def test_a_readme_without_the_generated_part_is_refused() -> None:
    with pytest.raises(ValueError, match="0 parts"):
        with_areas("# A tap\n")


def headings(page: Path) -> list[str]:
    """The anchors of a page's headings."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [anchor(heading) for heading in found]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.name))
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    for target in {target for target in targets if "://" not in target}:
        path, _, heading = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        assert not heading or headings(file).count(heading) == 1, target


def test_every_table_has_one_entry() -> None:
    found = headings(ROOT / "docs" / "streams.md")
    assert all(found.count(stream.table()) == 1 for stream in STREAMS)


def test_the_readme_counts_the_tables() -> None:
    streams = TapStripe(config={"api_key": "rk_test_1"}).streams.values()
    of_stripe = [stream for stream in streams if isinstance(stream, StripeStream)]
    chosen = sum(stream.selected_by_default for stream in of_stripe)
    assert f"**{len(of_stripe)} tables, {chosen} of them selected by default:**" in README
    areas = re.findall(r"\]\(docs/streams\.md#[^)]+\) \((\d+)\)", README)
    assert sum(map(int, areas)) == len(of_stripe) == len(streams) - 1
