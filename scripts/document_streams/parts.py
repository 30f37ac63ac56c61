"""Parts of files that people write otherwise: what stands between two comments is generated."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Markers:
    """The comments around such a part."""

    begin: str
    end: str

    def fill(self, text: str, part: str) -> str:
        """The text with its generated part as it should be.

        Args:
            text: The whole file.
            part: What stands between the comments; without line breaks at its ends.

        Raises:
            ValueError: The comments are not there, or there several times.
        """
        between = re.compile(f"({re.escape(self.begin)}\n).*?( *{re.escape(self.end)})", re.DOTALL)
        filled, count = between.subn(lambda found: f"{found[1]}{part}\n{found[2]}", text)
        if count != 1:
            raise ValueError(f"{count} parts between {self.begin} and {self.end}, not 1")
        return filled


MARKDOWN = Markers("<!-- make docs: begin -->", "<!-- make docs: end -->")
YAML = Markers("# make docs: begin", "# make docs: end")
YAML_SETS = Markers("# make docs: sets begin", "# make docs: sets end")
