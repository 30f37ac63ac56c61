"""The projects in which pipelines are measured hold the programs that are to be measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.pipeline import Variant, definition
from bench.scenarios.pipeline import VARIANTS


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: f"{v.loader}, {v.name}")
def test_every_program_is_there(variant: Variant) -> None:
    plugins = definition(variant, ("customers",))["plugins"]
    [extractor] = plugins["extractors"]
    assert extractor["select"] == ["customers.*"]
    assert Path(extractor["executable"]).is_file()
    [loader] = [plugin for plugin in plugins["loaders"] if plugin["name"] == variant.loader]
    assert Path(loader["executable"]).is_file()
    assert variant.program in (None, Path(loader["executable"]).name)
