"""Outputs of the root, and the placeholders of the job that wait for them."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator
from functools import partial
from typing import Any, NamedTuple

from generator.errors import KeyPath, Location, Problem, Problems
from generator.job.loaded import LoadedJob
from generator.job.variants import READ_KEYS
from generator.model.problems import shown as shown_text
from generator.model.variables import OUTPUT, finish
from generator.modules.catalogue import shipped_names
from generator.modules.interface import Interface
from generator.plan.called_module import CalledModule
from generator.plan.effect import LeftOuts
from generator.plan.interfaces import described, root_outputs, second_names
from generator.plan.root_plan import Output
from generator.plan.runtimes.runtime import Idle, RuntimeSpec
from generator.text.expression import Reference
from generator.text.hints import suggest
from generator.text.patterns import lazy
from generator.yaml.data import texts

# What waits for an output, in any text of a job file; `resolve` fills it in.
PLACEHOLDER = lazy(r"\{\{\s*terraform_outputs\.([A-Za-z_][A-Za-z0-9_-]*)\s*\}\}")
_IDENTIFIER = lazy(r"[A-Za-z_][A-Za-z0-9_-]*")
_MENTION = lazy(r"terraform_outputs")
# What may have been meant as a placeholder: one name after another in braces.
_LIKE = lazy(
    r"\{{1,2}\s*([A-Za-z][A-Za-z_. -]*?)\s*[.\[]\s*[\"']?([A-Za-z_][\w-]*)[\"']?\]?\s*\}{1,2}"
)
_ANY = lazy(r"\{\{\s*([A-Za-z_][\w-]*)?.*?\}\}|\{\{|\}\}")
_LIKENESS = 0.8


class Asked(NamedTuple):
    """The outputs that a root may declare.

    Attributes:
        outputs: by name, in alphabetical order.
        named: those that somebody asked for by name: the job, dativo.yaml or the orchestrator.
    """

    outputs: tuple[Output, ...]
    named: frozenset[str]

    def without(self, empty: Container[str]) -> tuple[Output, ...]:
        """Those that a root declares: none that never has a value, unless it is asked for."""
        return tuple(o for o in self.outputs if o.name in self.named or o.name not in empty)


def outputs_of(
    loaded: LoadedJob, runtime: RuntimeSpec, module: CalledModule, left: LeftOuts
) -> Asked:
    """The outputs that a root may declare: those the job lists, or all that the module has.

    Those that the job waits for and the settings of its orchestrator are always among them. Where
    nothing is listed, of several names of one value in a module of ours only the first is.

    Args:
        loaded: the job.
        runtime: its runtime; a launcher's settings are put out for that orchestrator only.
        module: what it calls.
        left: takes outputs that dativo.yaml lists for all modules and this one lacks.

    Raises:
        InputError: a listed or awaited output that the module lacks, or a placeholder that is
            malformed or stands where it would wait for itself.
    """
    listed = _listed(loaded) if loaded.job.infrastructure.terraform.outputs is not None else None
    interface, shown = module.interface, module.source.shown
    # What other jobs ask for and is not there is told where they ask.
    asked = loaded.asked if interface is None else loaded.asked & root_outputs(interface).keys()
    waited_for = {**dict.fromkeys(asked, Location(loaded.file)), **dict(awaited(loaded))}
    launcher = runtime.launchers.get(loaded.job.infrastructure.orchestrator.type)
    if interface is None:
        return _unchecked({*waited_for, *(listed or ()), *([launcher] if launcher else ())})
    known = root_outputs(interface)
    if listed is not None:
        listed = _had(loaded, listed, interface, shown, left)
    problems = Problems(
        [
            _unknown(name, interface, shown, location)
            for name, location in {**waited_for, **(listed or {})}.items()
            if name not in known
        ]
    )
    problems.raise_any()
    named = frozenset({*(listed or ()), *waited_for, *([launcher] if launcher in known else ())})
    if listed is not None:
        return Asked(tuple(known[name] for name in sorted(named)), named)
    others = {
        *runtime.launchers.values(),
        *(second_names(interface) if module.source.shipped else ()),
    } - named
    return Asked(tuple(known[name] for name in sorted(known) if name not in others), named)


def _listed(loaded: LoadedJob) -> dict[str, Location]:
    """The outputs under ``terraform.outputs``.

    Raises:
        InputError: a name that no output can have, or one that is listed twice.
    """
    found: dict[str, Location] = {}
    problems = Problems()
    for index, name in enumerate(loaded.job.infrastructure.terraform.outputs or ()):
        location = loaded.locations.location(("infrastructure", "terraform", "outputs", index))
        if not _IDENTIFIER.fullmatch(name):
            problems.error("invalid-name", f"{shown_text(name)} names no output", location)
        elif name in found:
            problems.error("set-twice", f'"{name}" is listed twice', location)
        else:
            found[name] = location
    problems.raise_any()
    return found


def _had(
    loaded: LoadedJob,
    listed: dict[str, Location],
    interface: Interface,
    shown: str,
    left: LeftOuts,
) -> dict[str, Location]:
    """The listed outputs without those that a default names, which is for all modules."""
    found = {}
    for index, (name, location) in enumerate(listed.items()):
        path = ("terraform", "outputs", index)
        problem = _unknown(name, interface, shown, location)
        default = location.file != loaded.file and name not in interface.outputs
        misspelt = name not in shipped_names("outputs") and problem.hint.startswith("did you mean")
        if not default or misspelt or not left.take(Idle(path, problem.message, problem), False):
            found[name] = location
    return found


def _unchecked(names: Collection[str]) -> Asked:
    """Outputs of a module that nobody here can see."""
    outputs = (
        Output(name, described(name), Reference(f"module.job.{name}"), False)
        for name in sorted(names)
    )
    return Asked(tuple(outputs), frozenset(names))


def _unknown(name: str, interface: Interface, shown: str, location: Location) -> Problem:
    if name in interface.outputs:
        message = f'the output "{name}" of {shown} is ephemeral, which no output of a root can be'
        return Problem("unknown-output", message, location, "Terraform keeps its value nowhere")
    known = list(root_outputs(interface))
    hint = suggest(name, known, "it has: " + ", ".join(known))
    return Problem("unknown-output", f'the module {shown} has no output "{name}"', location, hint)


def awaited(loaded: LoadedJob) -> Iterator[tuple[str, Location]]:
    """The outputs that placeholders anywhere in the job wait for, with their places.

    Raises:
        InputError: what is no placeholder, or stands where it would wait for itself.
    """
    problems = Problems()
    for path, text, location in _mentions(loaded):
        found = PLACEHOLDER.findall(text)
        if (hint := _malformed(text, path, found)) is not None:
            message = f"{shown_text(text)} is not a placeholder"
            problems.error("placeholder", message, location, hint)
        elif _shapes_root(path):
            message = "a placeholder is filled in after apply, so the root cannot depend on it"
            hint = "use it in resource_identifiers, or in keys that only the runner reads; an "
            hint += f"output of another job is {{{{jobs.NAME.outputs.{(found or ['OUTPUT'])[0]}}}}}"
            problems.error("placeholder", message, location, hint)
        else:
            yield from ((name, location) for name in found)
    problems.raise_any()


def _malformed(text: str, path: KeyPath, found: list[str]) -> str | None:
    """What to write in place of a placeholder that is none; None where all are right."""
    if (meant := near_miss(text)) is not None:
        return f'did you mean "{{{{terraform_outputs.{meant}}}}}"?'
    if _awaits(path) and (other := OUTPUT.search(text)) is not None:
        return f"an output of the job's own root is {{{{terraform_outputs.{other[2]}}}}}"
    rest = PLACEHOLDER.sub("", text) if _awaits(path) else ""
    if len(found) == len(_MENTION.findall(text)) and not _ANY.search(rest):
        return None
    return "write {{terraform_outputs.NAME}}, quoted"


def near_miss(text: str) -> str | None:
    """The output that something close to a placeholder names; None where nothing is.

    Other programs have templates with braces, too: what else stands in them is theirs.
    """
    from difflib import SequenceMatcher

    for match in _LIKE.finditer(OUTPUT.sub("", text)):
        if PLACEHOLDER.fullmatch(match[0]):
            continue
        word = _fold(match[1])
        if word in ("output", "outputs"):
            near = match[0].startswith("{{") and match[0].endswith("}}")
        else:
            near = SequenceMatcher(None, word, "terraformoutputs").ratio() >= _LIKENESS
        if near or word in ("tfoutput", "tfoutputs"):
            return match[2]
    return None


def _fold(word: str) -> str:
    return "".join(character for character in word.lower() if character.isalpha())


def _awaits(path: KeyPath) -> bool:
    """Whether a path is one of the values that the job reads back after apply."""
    inner = path[2:] if path[:1] == ("environments",) else path
    return inner[:2] == ("infrastructure", "resource_identifiers")


def _speaks(text: str, path: KeyPath) -> bool:
    """Whether a text has a placeholder, or what may have been meant as one."""
    if "{" not in text and "terraform_outputs" not in text:
        return False
    braces = "{" in text and (_awaits(path) or near_miss(text) is not None)
    return braces or _MENTION.search(text) is not None


def _shapes_root(path: KeyPath) -> bool:
    """Whether dativo reads the value at a path of the job file, resource identifiers apart.

    What the runner writes to is read for the buckets in it, and a bucket that is not known yet is
    none that rights could be given on.
    """
    inner = path[2:] if path[:1] == ("environments",) else path
    if inner[:1] == ("infrastructure",):
        return inner[1:2] != ("resource_identifiers",)
    return inner[:1] != () and inner[0] in READ_KEYS and inner[0] != "target"


def _mentions(loaded: LoadedJob) -> Iterator[tuple[KeyPath, str, Location]]:
    """Every text that speaks of outputs: in the job file, and in what dativo.yaml lays under it."""
    if loaded.mentions_outputs:
        for path, text in _speaking(loaded.document):
            other = path[:1] == ("environments",) and path[1:2] != (loaded.job.environment,)
            if not other:
                yield path, text, Location(loaded.file, path)
    for layer in loaded.locations.layers:
        if layer.target and "resource_identifiers" in layer.data:
            below = ("resource_identifiers",)
            for path, text in texts(layer.data["resource_identifiers"], below):
                whole = ("infrastructure", *path)
                if _speaks(text, whole) and loaded.locations.written(whole) is layer:
                    yield whole, text, Location(layer.file, layer.prefix + path)


# Of the last job file: its roots ask one after another, and each of them three times.
_SPEAKING: dict[int, tuple[dict[str, Any], list[tuple[KeyPath, str]]]] = {}


def _speaking(document: dict[str, Any]) -> list[tuple[KeyPath, str]]:
    """Every text of a job file that speaks of outputs, with the keys that lead to it."""
    known = _SPEAKING.get(id(document))
    if known is None or known[0] is not document:
        found = [(path, text) for path, text in texts(document) if _speaks(text, path)]
        _SPEAKING.clear()
        known = _SPEAKING[id(document)] = (document, found)
    return known[1]


def identifiers_of(loaded: LoadedJob) -> tuple[str, ...]:
    """The names of what the job reads back after apply; no variable could be filled in then.

    Their values are left out: a root stays the same when placeholders are filled in.
    """
    found = loaded.job.infrastructure.resource_identifiers
    for name, value in found.items():
        path = ("infrastructure", "resource_identifiers", name)
        if isinstance(value, str) and OUTPUT.search(value):
            continue  # told where placeholders are looked at
        finish(value, partial(loaded.locations.location, path))
    return tuple(sorted(found))
