"""The dbt project and what is said of it: variables, columns, types of Stripe's."""

from __future__ import annotations

import csv
import re
import typing
from typing import Any

import pytest
import stripe
import yaml

from tests.answers import dbt
from tests.answers.alone import Alone
from tests.answers.cases.answers import Query
from tests.project import ROOT, read_yaml
from tests.warehouse.loaders import run_target_duckdb
from tests.warehouse.messages import lines, record, schema

METRICS = (ROOT / "docs" / "metrics.md").read_text(encoding="utf-8")
MODELS = sorted((ROOT / "transform" / "models").rglob("*.sql"))
TYPES = ROOT / "transform" / "seeds" / "balance_transaction_types.csv"
MOVEMENT = {name: {"type": ["null", "integer"]} for name in ("amount", "fee", "net")}


def described() -> dict[str, dict[str, str]]:
    """The description of each column, by model and column."""
    files = sorted((ROOT / "transform").rglob("_*.yml"))
    documents = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in files]
    return {
        model["name"]: {column["name"]: column["description"] for column in model["columns"]}
        for document in documents
        for model in [*document.get("models", []), *document.get("seeds", [])]
    }


def variables() -> dict[str, Any]:
    declared: dict[str, Any] = read_yaml("transform/dbt_project.yml")["vars"]
    return declared


UNSET = {
    "as_of": "newest moment in the data",
    "account_id": "the only one",
    "output_schema": "`stripe_schema`",
    "reporting_currency": "none",
}
"""What a variable without a default means."""


def written(name: str, value: Any) -> str:
    """A variable's default as the page writes it."""
    if value is None:
        return UNSET[name]
    if isinstance(value, list):
        return f"`[{', '.join(value)}]`"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def test_every_variable_is_explained_with_its_default() -> None:
    _, _, table = METRICS.partition("## Variables")
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| .+ \|$", table, re.MULTILINE)
    assert dict(rows) == {name: written(name, value) for name, value in variables().items()}


def test_every_variable_that_is_used_is_declared_and_the_other_way_round() -> None:
    sources = [*MODELS, *(ROOT / "transform" / "macros").glob("*.sql")]
    sources += (ROOT / "transform").rglob("_*.yml")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    assert set(re.findall(r"var\('(\w+)'\)", text)) == variables().keys()


def test_every_model_is_described() -> None:
    seeds = (ROOT / "transform" / "seeds").glob("*.csv")
    assert described().keys() == {path.stem for path in [*MODELS, *seeds]}


def test_every_column_is_described(asked_duckdb: Query) -> None:
    statement = "select table_name, column_name from information_schema.columns "
    statement += "where table_schema in ('stripe_marts', 'stripe_models')"
    columns: dict[str, set[str]] = {}
    for row in asked_duckdb(statement, []):
        columns.setdefault(row["table_name"], set()).add(row["column_name"])
    assert columns == {name: set(columns) for name, columns in described().items()}


def test_ids_are_ordered_by_their_bytes() -> None:
    """PostgreSQL would order them as a language does: `sub_b` before `sub_C`."""
    by_bytes = re.compile(r"\{\{ in_byte_order\('[\w.]+'\) \}\}")
    order = re.compile(r"\border by\b(.*?)(?:\bas\b|\Z)", re.DOTALL)
    texts = {path.name: by_bytes.sub("", path.read_text(encoding="utf-8")) for path in MODELS}
    orders = {name: " ".join(order.findall(text)) for name, text in texts.items()}
    assert [name for name, text in orders.items() if re.search(r"_id\b", text)] == []


def test_every_type_of_balance_transaction_that_stripe_has_is_known() -> None:
    literal, _ = typing.get_args(stripe.BalanceTransaction.__annotations__["type"])
    types = typing.get_args(literal)
    with TYPES.open(encoding="utf-8", newline="") as file:
        assert [row["type"] for row in csv.DictReader(file)] == sorted(types)


@pytest.fixture(scope="module")
def log_of_an_unknown_type(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What dbt says of a warehouse that has one table, with a type that nobody knows."""
    path = tmp_path_factory.mktemp("unknown") / "warehouse.duckdb"
    columns = {"id": {"type": "string"}, "type": {"type": "string"}, **MOVEMENT}
    row = record("balance_transactions", id="txn_1", type="stripe_new", amount=5, fee=0, net=5)
    run_target_duckdb(lines(schema("balance_transactions", columns), row), path)
    with pytest.raises(dbt.DbtError) as failed:
        dbt.build_duckdb(path)
    return str(failed.value)


def test_an_unknown_type_of_balance_transaction_fails_loudly(log_of_an_unknown_type: str) -> None:
    assert "FAIL 1 balance_transaction_types_are_known" in log_of_an_unknown_type


def test_all_else_is_built_without_the_tables_that_are_missing(log_of_an_unknown_type: str) -> None:
    """A selection of tables may lack any of them: what is missing counts as empty."""
    failures = re.findall(r"Failure in \w+ (\w+)", log_of_an_unknown_type)
    assert failures == ["balance_transaction_types_are_known"]


def test_the_models_are_built_without_their_tests_in_a_fresh_warehouse(alone: Alone) -> None:
    """`dbt run` loads no seeds, without which no amount has its decimals."""
    alone.command("run")
    assert alone.query("select * from stripe_marts.mrr_monthly") == []
