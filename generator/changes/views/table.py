"""The forms in which changes can be shown: one row each. A new form is a file and a row."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from generator.changes.model import Changes
from generator.changes.views.options import Options

View = Callable[[Changes, Options], str]


class Form(NamedTuple):
    """A form.

    Attributes:
        module: below ``generator.changes.views``; it is imported when the form is asked for.
        function: the view in it.
        meaning: what it is, for the command's help.
    """

    module: str
    function: str
    meaning: str

    @property
    def view(self) -> View:
        """The function from changes to text."""
        found: View = getattr(
            import_module(f"generator.changes.views.{self.module}"), self.function
        )
        return found


JSON = Form("as_json", "as_json", "everything, for programs")
MARKDOWN = Form("markdown", "as_markdown", "a comment of a pull request")

# Of dativo changed, which lists roots.
FORMS: dict[str, Form] = {
    "text": Form("roots_text", "as_text", "a line for each root"),
    "lines": Form("roots_text", "as_lines", "the folders of the roots to plan, one a line"),
    "json": JSON,
    "markdown": MARKDOWN,
    "github-matrix": Form(
        "pipelines", "as_github_matrix", "the roots to plan, for a matrix of GitHub Actions"
    ),
    "gitlab": Form("pipelines", "as_gitlab", "a child pipeline of GitLab that does them"),
    "atlantis": Form("pipelines", "as_atlantis", "an atlantis.yaml with the roots to plan"),
    "azure": Form("pipelines", "as_azure", "the roots to plan, for a matrix of Azure Pipelines"),
}
# Of dativo diff, which shows what changed in them.
DIFF_FORMS: dict[str, Form] = {
    "text": Form("diff_text", "as_text", "for people"),
    "json": JSON,
    "markdown": MARKDOWN,
}
