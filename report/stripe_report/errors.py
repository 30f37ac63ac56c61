"""What the command says when it can't do its work."""


class ReportError(Exception):
    """A report can't be made; the text is one line that says why and what to do."""
