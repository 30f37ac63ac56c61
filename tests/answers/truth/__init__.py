"""The marts worked out a second time: from what the demo business did, by what the page says.

Nothing here reads a table, an object of the account or a model. What goes in is the business's own
ledger (`standin.demo.deeds`), what it goes by is `docs/metrics.md`, and what comes out are the rows
that the marts must have.
"""
