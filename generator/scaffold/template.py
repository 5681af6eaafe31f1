"""The template of a new repository, and what it asks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from generator.errors import UsageError
from generator.files import shipped
from generator.text.hints import did_you_mean

_LONGEST = 2000


class Source(NamedTuple):
    """Where a template is.

    Attributes:
        address: a folder or a git address, as Copier takes it.
        ref: a tag, branch or commit of a git address; None for its last tag.
        own: it is the one that came with this dativo.
    """

    address: str
    ref: str | None
    own: bool


def source_of(address: str | None, ref: str | None) -> Source:
    """The chosen template, or the one that this dativo ships.

    Args:
        address: a folder or a git address; None for the shipped one.
        ref: a tag, branch or commit of it.

    Raises:
        UsageError: a ref of what is not in git.
    """
    if address is not None:
        return Source(address, ref, own=False)
    if ref is not None:
        raise UsageError("--ref names a tag, branch or commit of --template ADDRESS: add that")
    # In a checkout what runs is the checkout, whatever its last tag is.
    return Source(shipped.template(), "HEAD", own=True)


@contextmanager
def told() -> Iterator[None]:
    """What Copier, or the git that it runs, says of wrong input, as our own errors.

    Raises:
        UsageError: with what Copier says.
    """
    from copier.errors import CopierAnswersInterrupt, CopierError, UnsafeTemplateError
    from jinja2 import TemplateError
    from plumbum import ProcessExecutionError

    try:
        yield
    except CopierAnswersInterrupt:
        raise KeyboardInterrupt from None
    except UnsafeTemplateError as error:
        hint = "dativo lays none such down: if you trust it, use `copier copy --trust`"
        raise UsageError(f"{error}; {hint}") from None
    except ProcessExecutionError as error:
        said = (error.stderr or error.stdout or str(error)).strip()
        raise UsageError(f"git cannot get the template: {said[:_LONGEST]}") from None
    except TemplateError as error:
        raise UsageError(f"the template cannot be rendered: {str(error)[:_LONGEST]}") from None
    except (CopierError, ValueError, OSError) as error:
        raise UsageError(str(error)[:_LONGEST]) from None


def shipped_questions() -> dict[str, Any]:
    """The questions of the template that dativo ships, by name, hidden ones left out."""
    import yaml

    with open(shipped.file("copier.yml"), encoding="utf-8") as stream:
        document = yaml.safe_load(stream)
    return {name: row for name, row in document.items() if name[0] != "_" and not _hidden(row)}


def unasked(
    questions: Mapping[str, Any], answers: Mapping[str, str], hidden: Collection[str]
) -> Iterator[str]:
    """A sentence for each answer to what nobody asks.

    Args:
        questions: of the template, by name.
        answers: by name.
        hidden: the questions that are not put, given the other answers.
    """
    known = [name for name, row in questions.items() if not _hidden(row)]
    for name in answers:
        if name in known and name not in hidden:
            continue
        meant = did_you_mean(name, known)
        more = f"did you mean {meant}?" if meant else f"it asks: {', '.join(known)}"
        if name in known:
            more = "with the other answers it means nothing; leave it out"
        yield f"--data {name}: the template does not ask that; {more}"


def unanswered(questions: Mapping[str, Any], answers: Mapping[str, Any]) -> list[str]:
    """A line for each question that has no answer yet: the option that gives it, and its default.

    Args:
        questions: those that count, by name.
        answers: what the template's defaults come to.
    """
    lines = []
    for name, row in questions.items():
        choices = row.get("choices") if isinstance(row, Mapping) else None
        values = choices.values() if isinstance(choices, Mapping) else choices or ()
        offered = "|".join(map(str, values)) or name.upper()
        default = answers.get(name)
        lines.append(
            f"  --data {name}={offered}" + (f"   ({default} by default)" if default else "")
        )
    return lines


def _hidden(row: Any) -> bool:
    return isinstance(row, Mapping) and row.get("when") is False
