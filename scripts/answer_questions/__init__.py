"""Writes docs/questions.md: what people ask, in one line of SQL each, and the demo's answers."""
