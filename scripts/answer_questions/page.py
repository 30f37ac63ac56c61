"""The page: each question, its SQL, and the answer as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from stripe_report.books import UNLISTED_EXPONENT
from stripe_report.marts import CURRENCIES
from stripe_report.money import count, percent, signed
from stripe_report.warehouse import Row, Warehouse

from scripts.answer_questions.questions import CHAPTERS, Question

HEAD = """\
# Questions

What people ask, and the line of SQL that asks the marts. It is the same in DuckDB and PostgreSQL;
`SET search_path = 'stripe_marts'` comes before it. [metrics.md](metrics.md) says exactly what each
figure means. The answers are those of the demo account (`make demo`), whose last day is
{day}; `make questions` asks again.
"""
AMOUNT_SCALE, RATE_SCALE = 3, 6
"""Decimals by which amounts and rates are told apart, as the marts have them."""


def page(warehouse: Warehouse) -> str:
    """docs/questions.md, with the answers of a warehouse."""
    exponents = {row["currency"]: row["exponent"] for row in warehouse.rows(CURRENCIES)}
    [clock] = warehouse.rows("SELECT max(as_of) AS as_of FROM data_freshness")
    day: datetime = clock["as_of"]
    parts = [HEAD.format(day=f"{day.day} {day:%B %Y}")]
    for chapter in CHAPTERS:
        parts.append(f"## {chapter.title}\n")
        for question in chapter.questions:
            answer = warehouse.rows(question.query)
            parts.append("\n".join(_entry(question, answer, exponents)))
    return "\n".join(parts)


def _entry(
    question: Question, answer: Sequence[Row], exponents: Mapping[str, int]
) -> Iterator[str]:
    yield f"### {question.text}\n"
    if question.note:
        yield f"{question.note}\n"
    yield f"```sql\n{question.query}\n```\n"
    columns = list(answer[0]) if answer else []
    sides = ["---" if _is_text(answer[0][column]) else "---:" for column in columns]
    for cells in (
        columns,
        sides,
        *([_text(row, column, exponents) for column in columns] for row in answer),
    ):
        yield f"| {' | '.join(cells)} |"
    yield ""


def _is_text(value: Any) -> bool:
    return not isinstance(value, (int, Decimal)) or isinstance(value, bool)


def _text(row: Row, column: str, exponents: Mapping[str, int]) -> str:
    value = row[column]
    if isinstance(value, Decimal):
        scale = -int(value.as_tuple().exponent)
        if scale == RATE_SCALE:
            return percent(value)
        if scale == AMOUNT_SCALE:
            decimals = exponents.get(row["currency"], UNLISTED_EXPONENT)
            return signed(f"{abs(value):,.{decimals}f}", negative=value < 0)
        return f"{value:,}"
    if value is None:
        return ""
    if column == "currency":
        return str(value).upper()
    if isinstance(value, bool):
        return "yes" if value else "no"
    return count(value) if isinstance(value, int) else str(value)
