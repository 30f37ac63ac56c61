"""The command `stripe-report`: what it writes, from which database, and what it says instead."""

from __future__ import annotations

import csv
import re
import struct
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
import yaml
from psycopg.conninfo import conninfo_to_dict
from stripe_report.books import Book
from stripe_report.cli import FORMATS, SETTINGS, main
from stripe_report.exhibits import SECTIONS
from stripe_report.marts import MARTS
from stripe_report.warehouse import open_warehouse

from tests.project import ROOT, meltano_plugin
from tests.report.made_up import FORMULA

SECRET = "hunter2"  # noqa: S105 - looked for in what the command says


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for setting in SETTINGS:
        monkeypatch.delenv(f"STRIPE_REPORT_{setting.name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def refused(*arguments: str) -> str:
    """What the command says when it ends without a report; it is one line."""
    with pytest.raises(SystemExit) as ended:
        main(["html", *arguments])
    said = str(ended.value)
    assert said.startswith("stripe-report: ")
    assert "\n" not in said
    return said


def test_both_databases_give_the_same_page(
    made_up: Path, made_up_in_postgres: str, tmp_path: Path
) -> None:
    pages = []
    for name, database in (("duckdb", str(made_up)), ("postgres", made_up_in_postgres)):
        main(["html", "--database", database, "--output", str(tmp_path / name)])
        pages.append((tmp_path / name / "report.html").read_text(encoding="utf-8"))
    assert pages[0] == pages[1]
    assert len(pages[0]) < 2_000_000


def test_settings_come_from_the_environment_or_the_command_line(
    made_up: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STRIPE_REPORT_DATABASE", str(made_up))
    monkeypatch.setenv("STRIPE_REPORT_TITLE", "From the environment")
    main(["html", "--output", "here", "--title", "Said at last"])
    assert capsys.readouterr().out == "here/report.html\n"
    assert "<h1>Said at last</h1>" in Path("here/report.html").read_text(encoding="utf-8")


def test_a_picture_of_each_chart(
    made_up: Path, books: dict[str, Book], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["png", "--database", str(made_up), "--output", "out", "--currency", "JPY"])
    told = {Path(line) for line in capsys.readouterr().out.splitlines()}
    assert told == {
        Path("out/charts/live-jpy") / f"{exhibit.name}.png"
        for section in SECTIONS
        for exhibit in section.exhibits
        if exhibit.show(books["live-jpy"])
    }
    for path in told:
        picture = path.read_bytes()
        assert picture.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", picture[16:24])
        assert width > 1600
        assert height > 250


def test_a_file_for_each_mart(made_up: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["csv", "--database", str(made_up), "--output", "out"])
    told = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.stem for path in told] == list(MARTS)
    with duckdb.connect(str(made_up), read_only=True) as connection:
        for path in told:
            with path.open(encoding="utf-8", newline="") as file:
                heading, *rows = csv.reader(file)
            asked = connection.execute(f"FROM stripe_marts.{path.stem}")
            assert len(asked.fetchall()) == len(rows)
            columns = connection.execute(f"DESCRIBE stripe_marts.{path.stem}").fetchall()
            assert heading == [name for name, *_ in columns]


def test_marts_are_those_that_dbt_always_builds() -> None:
    models = (ROOT / "transform/models/marts").rglob("*.sql")
    built = {path.stem for path in models if "enabled=" not in path.read_text(encoding="utf-8")}
    assert set(MARTS) == built


def test_made_up_marts_have_columns_that_there_are() -> None:
    described = {
        model["name"]: {column["name"] for column in model["columns"]}
        for path in (ROOT / "transform/models/marts").rglob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    }
    made_up = (ROOT / "tests/report/marts.sql").read_text(encoding="utf-8")
    for mart, columns in re.findall(r"TABLE stripe_marts\.(\w+) \((.*?)\);", made_up, re.DOTALL):
        if mart != "currencies":
            names = set(re.findall(r"(\w+) [a-z]+(?:\(18, \d\))?(?:,|$)", columns))
            assert len(names) > 1
            assert names <= described[mart], mart


def test_a_spreadsheet_does_not_run_what_a_customer_is_called(made_up: Path) -> None:
    main(["csv", "--database", str(made_up), "--output", "out"])
    with Path("out/marts/customers_360.csv").open(encoding="utf-8", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["name"] == f"'{FORMULA}"


def test_without_anything_the_page_says_so(tmp_path: Path) -> None:
    empty = tmp_path / "empty.duckdb"
    with duckdb.connect(str(empty)) as connection:
        connection.execute((ROOT / "tests/report/marts.sql").read_text(encoding="utf-8"))
    main(["html", "--database", str(empty), "--output", "out"])
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert "The account has no charge, invoice or subscription yet." in page


def test_no_database() -> None:
    assert "set STRIPE_REPORT_DATABASE" in refused()


def test_a_file_that_is_not_there() -> None:
    assert "there is no file nowhere.duckdb; load it first" in refused(
        "--database", "nowhere.duckdb"
    )


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.duckdb"
    path.write_text("Remember the milk. " * 500, encoding="utf-8")
    assert "can't be opened" in refused("--database", str(path))


def test_a_database_without_marts(tmp_path: Path) -> None:
    path = tmp_path / "tables.duckdb"
    duckdb.connect(str(path)).close()
    said = refused("--database", str(path))
    assert "schema stripe_marts lacks arr_monthly" in said
    assert "meltano run dbt-duckdb:build" in said


def test_a_user_who_may_not_read_the_marts(made_up_in_postgres: str) -> None:
    with psycopg.connect(made_up_in_postgres) as connection:
        connection.execute("CREATE ROLE stranger LOGIN")
        # The tables, yet not the schema that they are in.
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA stripe_marts TO stranger")
    parts = conninfo_to_dict(made_up_in_postgres) | {"user": "stranger"}
    address = f"postgresql://stranger@/{parts['dbname']}?host={parts['host']}"
    assert "the marts can't be read" in refused("--database", address)
    with psycopg.connect(made_up_in_postgres) as connection:
        connection.execute("DROP OWNED BY stranger")
        connection.execute("DROP ROLE stranger")


def test_an_output_that_can_not_be_written(made_up: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    assert "taken" in refused("--database", str(made_up), "--output", "taken")


def test_a_schema_is_a_name(made_up: Path) -> None:
    said = refused("--database", str(made_up), "--schema", "x'; DROP TABLE y")
    assert "is not the name of a schema" in said


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://reader:{SECRET}@127.0.0.1:9/stripe",
        f"postgresql+psycopg://reader:{SECRET}@127.0.0.1:9/stripe",
        # What a driver takes for a host, or can't read and repeats.
        f"postgresql://reader:x@{SECRET}@127.0.0.1:9/stripe",
        f"postgresql://reader:{SECRET}%zz@127.0.0.1:9/stripe",
        f"postgresql://reader:{SECRET}/x@127.0.0.1:9/stripe",
    ],
)
def test_a_password_is_never_told(address: str) -> None:
    said = refused("--database", address)
    assert "PostgreSQL can't be reached" in said or "address can't be read" in said
    assert SECRET not in said


def test_sqlalchemys_address_is_understood(made_up_in_postgres: str) -> None:
    assert conninfo_to_dict(made_up_in_postgres)
    address = made_up_in_postgres.replace("postgresql://", "postgresql+psycopg://")
    with open_warehouse(address, "stripe_marts") as warehouse:
        warehouse.require(set(MARTS))


def test_a_currency_that_nobody_pays_in(made_up: Path) -> None:
    said = refused("--database", str(made_up), "--currency", "chf")
    assert "nothing in CHF; there are JPY, KWD, USD" in said


@pytest.mark.parametrize("months", ["1", "-3", "many"])
def test_months_are_a_number(months: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["html", "--months", months])
    assert ended.value.code == 2
    assert "is not a number of months from 2" in capsys.readouterr().err


def test_meltano_knows_the_settings_and_the_formats() -> None:
    plugin = meltano_plugin("utilities", "stripe-report")
    told = {setting["name"]: setting for setting in plugin["settings"]}
    assert list(told) == [setting.name for setting in SETTINGS]
    for setting in SETTINGS:
        assert told[setting.name]["description"] == setting.description
        if setting.name not in ("database", "currency", "output"):
            assert str(told[setting.name]["value"]) == setting.default
    assert told["database"]["sensitive"]
    commands: dict[str, dict[str, Any]] = plugin["commands"]
    assert {name: command["args"] for name, command in commands.items()} == {
        name: name for name in FORMATS
    }
    for name, command in commands.items():
        what = command["description"].removeprefix("Write ").removesuffix(".")
        assert what == FORMATS[name]


def test_the_readme_has_the_settings() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `STRIPE_REPORT_(\w+)` \| .*? \| (.*) \|$", readme, re.MULTILINE))
    assert {name.lower(): text for name, text in rows.items()} == {
        setting.name: setting.description for setting in SETTINGS
    }
