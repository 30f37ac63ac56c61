"""The tap, `meltano.yml`, the plugin definition and the README say the same of the settings."""

from __future__ import annotations

import re
from typing import Any

import pytest
from singer_sdk.helpers.capabilities import FLATTENING_CONFIG, STREAM_MAPS_CONFIG

from tap_stripe.tap import TapStripe
from tests.project import ROOT, meltano_plugin, read_yaml

OF_THE_SDK = STREAM_MAPS_CONFIG["properties"] | FLATTENING_CONFIG["properties"]
"""Settings that the SDK adds to the tap's own as soon as a tap is made."""
SETTINGS: dict[str, dict[str, Any]] = {
    name: setting
    for name, setting in TapStripe.config_jsonschema["properties"].items()
    if name not in OF_THE_SDK
}
DEFINITIONS = {
    "meltano.yml": meltano_plugin("extractors", "tap-stripe"),
    "plugin definition": read_yaml("plugins/extractors/tap-stripe.yml"),
}

FOR_PEOPLE = ("documentation", "placeholder")
"""What a definition may say beyond the settings of the tap."""


@pytest.fixture(params=DEFINITIONS)
def definition(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What a Meltano project reads about the tap."""
    return DEFINITIONS[request.param]


def test_meltano_knows_the_taps_settings(definition: dict[str, Any]) -> None:
    told = [
        {
            key: value
            for key, value in setting.items()
            if key not in ("documentation", "placeholder")
        }
        for setting in definition["settings"]
    ]
    assert told == [as_meltano_says(name, setting) for name, setting in SETTINGS.items()]


def test_meltano_asks_for_the_required_settings(definition: dict[str, Any]) -> None:
    required = [name for name in SETTINGS if name in TapStripe.config_jsonschema["required"]]
    assert definition["settings_group_validation"] == [required]


def test_meltano_knows_the_taps_capabilities(definition: dict[str, Any]) -> None:
    told = set(definition["capabilities"])
    assert told == {capability.value for capability in TapStripe.capabilities}


def test_the_readme_has_the_settings() -> None:
    told = {name: cells for name, *cells in readme_rows() if name in SETTINGS}
    assert told == {
        name: [as_the_readme_says(name, setting), setting["description"]]
        for name, setting in SETTINGS.items()
    }


def readme_rows() -> list[list[str]]:
    """The cells of the rows of the README's tables; the first cell without its back-ticks."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", readme, flags=re.MULTILINE)
    return [[name, *(cell.strip() for cell in rest.split(" | "))] for name, rest in rows]


def as_meltano_says(name: str, setting: dict[str, Any]) -> dict[str, Any]:
    """A setting of the tap in the words of a Meltano plugin definition."""
    [kind] = set(setting["type"]) - {"null"}
    said: dict[str, Any] = {
        "name": name,
        "kind": "date_iso8601" if setting.get("format") == "date-time" else kind,
        "label": setting["title"],
        "description": setting["description"],
    }
    if "enum" in setting:
        said["kind"] = "options"
        said["options"] = [{"label": v.capitalize(), "value": v} for v in setting["enum"]]
    if "default" in setting:
        said["value"] = setting["default"]
    if setting.get("secret"):
        said["sensitive"] = True
    return said


def as_the_readme_says(name: str, setting: dict[str, Any]) -> str:
    """What the README's table has in its column for defaults."""
    if name in TapStripe.config_jsonschema["required"]:
        return "required"
    if "default" not in setting:
        return ""
    default = setting["default"]
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"
