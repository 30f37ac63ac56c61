"""What of a catalog the tap works through."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tap_stripe.singer.catalog import as_text, without_deselected


def entry(stream: str, root: dict[str, Any] | None) -> dict[str, Any]:
    """A stream's entry, with the metadata of the stream itself if there is any."""
    metadata: list[dict[str, Any]] = [
        {"breadcrumb": ["properties", "id"], "metadata": {"selected": False}}
    ]
    if root is not None:
        metadata.append({"breadcrumb": [], "metadata": root})
    return {"stream": stream, "metadata": metadata}


@pytest.mark.parametrize(
    ("root", "stays"),
    [({"selected": True}, True), ({"selected": False}, False), ({}, True), (None, True)],
)
def test_only_what_is_deselected_as_a_whole_goes(
    root: dict[str, Any] | None, *, stays: bool
) -> None:
    catalog = {"streams": [entry("customers", root)], "version": 1}
    kept = without_deselected(catalog)
    assert [one["stream"] for one in kept["streams"]] == (["customers"] if stays else [])
    assert kept["version"] == 1


def test_it_is_written_in_lines_that_meltano_can_read() -> None:
    words = {
        f"word {number}": ["\n},{", {"deep": [number, None, True]}] for number in range(20_000)
    }
    catalog = {"streams": [entry("customers", {"selected": True}), words], "empty": {}, "none": []}
    text = as_text(catalog)
    assert json.loads(text) == catalog
    lengths = [len(line) for line in text.encode().split(b"\n")]
    assert max(lengths) < 64 * 1024
    assert len(lengths) < 100
