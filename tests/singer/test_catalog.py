"""What of a catalog the tap works through."""

from __future__ import annotations

from typing import Any

import pytest

from tap_stripe.singer.catalog import without_deselected


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
