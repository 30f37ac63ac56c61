"""The files in ``schemas/`` are what the generator writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.generate_schemas import __main__ as command
from scripts.generate_schemas.schema import render, stream_schema
from tap_stripe.streams import STREAMS

TEXTS = {f"{stream.name}.json": render(stream_schema(stream)) for stream in STREAMS}  # type: ignore[misc]


def test_files_are_up_to_date() -> None:
    assert command.outdated(command.SCHEMAS, TEXTS) == [], "run python -m scripts.generate_schemas"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the command takes for the one of the schemas, with three files out of date."""
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "charges.json").write_text("{}", encoding="utf-8")
    (tmp_path / "payouts.json").unlink()
    (tmp_path / "orders.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(command, "SCHEMAS", tmp_path)
    return tmp_path


def test_check_names_what_is_out_of_date(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["generate_schemas", "--check"])

    assert command.main() == 1
    assert capsys.readouterr().out.splitlines() == [
        "out of date: charges.json",
        "out of date: orders.json",
        "out of date: payouts.json",
    ]
    assert (folder / "charges.json").read_text(encoding="utf-8") == "{}"


def test_command_writes_and_removes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["generate_schemas"])
    assert command.main() == 0
    assert command.outdated(folder, TEXTS) == []

    monkeypatch.setattr("sys.argv", ["generate_schemas", "--check"])
    assert command.main() == 0
