"""The catalog that a user hands to the tap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def without_deselected(catalog: Mapping[str, Any]) -> dict[str, Any]:
    """The catalog with only those streams that may be synced.

    Meltano hands over all streams with all their columns, and the SDK would work through each
    of them before the first request. A stream that the catalog lacks is not synced either.
    """
    streams = [entry for entry in catalog.get("streams", ()) if not _is_deselected(entry)]
    return {**catalog, "streams": streams}


def _is_deselected(entry: Mapping[str, Any]) -> bool:
    for metadata in entry.get("metadata", ()):
        if not metadata["breadcrumb"]:
            return metadata["metadata"].get("selected") is False
    return False
