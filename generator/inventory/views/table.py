"""The forms of a report: one row each. A new form is a file and a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import NamedTuple

from generator.inventory.report import Report
from generator.inventory.views.options import Options

View = Callable[[Report, Options], Iterator[str]]


class Form(NamedTuple):
    """A form.

    Attributes:
        module: below ``generator.inventory.views``; it is imported when the form is asked for.
        function: the view in it.
        suffix: how names of such files end.
        meaning: what it is, for the command's help.
        tables: it is made of tables, whose columns can be chosen, and which can be alone.
    """

    module: str
    function: str
    suffix: str
    meaning: str
    tables: bool = True

    @property
    def view(self) -> View:
        """The function from a report to pieces of text."""
        found: View = getattr(
            import_module(f"generator.inventory.views.{self.module}"), self.function
        )
        return found


FORMS: dict[str, Form] = {
    "html": Form("as_html", "as_html", ".html", "a page for a browser", tables=False),
    "markdown": Form("as_markdown", "as_markdown", ".md", "tables for people"),
    "csv": Form("as_csv", "as_csv", ".csv", "one table, for a spreadsheet"),
    "json": Form("as_json", "as_json", ".json", "everything, for programs"),
}
DEFAULT, TABLES = "html", "markdown"
