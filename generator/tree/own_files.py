"""Files of the user's beside a tombstone: what they refer to, and what of it can be kept.

Terraform reads every file of a folder as one module, so a reference to what a tombstone no longer
has keeps it from being planned. Locals, variables and data sources can stay for such a file; what
the module call made cannot.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from generator.errors import Location, Problem
from generator.files.names import MANIFEST
from generator.files.paths import read_file, read_stamped
from generator.render import manifest
from generator.render.manifest import Manifest, sha256, signed
from generator.render.manifest_check import GENERATED
from generator.render.render import README_OF_OWN_FILES, texts

CODE = "own-file-in-tombstone"
_ENDINGS = (".tf", ".tf.json", ".tofu", ".tofu.json")
_OVERRIDES = re.compile(r"(?:.*_)?override\.[a-z.]+").fullmatch
# What a tombstone may keep, and how a file of ours declares it: the name is what follows a dot.
_KEPT = {
    "locals.tf": ("local", re.compile(r'^  "?([A-Za-z_][\w-]*)"? += ', re.MULTILINE)),
    "variables.tf": ("var", re.compile(r'^variable "([\w-]+)"', re.MULTILINE)),
    "data.tf": ("data", re.compile(r'^data "([\w-]+)" "([\w-]+)"', re.MULTILINE)),
}
_TOKEN = re.compile(
    r"#[^\n]*|//[^\n]*|/\*.*?\*/"
    r"|<<-?(?P<end>\w[\w-]*)\r?\n(?P<heredoc>.*?)\n[ \t]*(?P=end)\b"
    r'|(?P<string>"(?:\\.|[^"\\\n])*")'
    r"|(?P<code>[^#/\"<]+|.)",
    re.DOTALL,
)
_REFERENCE = re.compile(r"(?<![\w.-])(module\.job|(?:local|var)\.[\w-]+|data\.[\w-]+\.[\w-]+)\b")
_BLOCK = re.compile(
    r'^[ \t]*(module|output|variable|data|provider|locals)\b((?:[ \t]*"[\w-]+")*)', re.M
)
_JSON_BLOCK = re.compile(r'"(module|output|variable|data|provider|locals)"\s*:\s*\{\s*"([\w-]+)"')
_MAX_BYTES = 1024 * 1024


class OwnFile(NamedTuple):
    """One file of the user's.

    Attributes:
        name: of the file.
        references: line, and what is referred to.
        declares: what its blocks declare, as one would refer to it.
        stamp: when it was read; empty where it could not be.
    """

    name: str
    references: tuple[tuple[int, str], ...]
    declares: frozenset[str]
    stamp: str

    def lines(self, names: set[str]) -> dict[str, list[int]]:
        """Of what is wanted and referred to, the lines."""
        found: dict[str, list[int]] = {}
        for line, what in self.references:
            if what in names and line not in found.setdefault(what, []):
                found[what].append(line)
        return found


class TombstoneWithFiles(NamedTuple):
    """A tombstone with files of the user's beside it.

    Attributes:
        texts: its files, name to text.
        problems: a warning for each file of the user's that keeps Terraform from planning.
        stamps: the user's files that this depends on, name to stamp.
    """

    texts: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    stamps: Mapping[str, str] = MappingProxyType({})


def with_own_files(
    path: str, old: Manifest, tombstone: Mapping[str, str], output: str
) -> TombstoneWithFiles:
    """A tombstone's files with what the user's files beside it need.

    Args:
        path: the root's absolute folder.
        old: its manifest on disk.
        tombstone: the tombstone's files, name to text.
        output: the output folder below the project folder.
    """
    own = list(_own_files(path))
    if not own:
        return TombstoneWithFiles(tombstone)
    kept = _kept(path, old, own)
    result = {**tombstone, **kept}
    declared = {what for file in own for what in file.declares} | {
        what for name in _KEPT if name in result for what in _names(name, result[name])
    }
    declared |= {f"provider.{name}" for name in old.providers}
    missing = [(file, file.lines(_undeclared(file, declared))) for file in own]
    shown = f"{output}/{old.folder}"
    result["README.md"] += _section(missing, sorted(kept), output)
    found = manifest.read(tombstone[MANIFEST].encode(), old.folder, shown)
    warnings = tuple(_warning(file, lines, shown) for file, lines in missing if lines)
    # A note of the run separates names by blanks.
    stamps = {file.name: file.stamp for file in own if file.stamp and " " not in file.name}
    return TombstoneWithFiles(signed(result, found), warnings, stamps)


def _own_files(path: str) -> Iterator[OwnFile]:
    try:
        names = sorted(os.listdir(path))
    except FileNotFoundError:
        return
    found: dict[str, str] = {}
    stamps: dict[str, str] = {}
    for name in names:
        if name.startswith(".") or name in GENERATED or not name.endswith(_ENDINGS):
            continue
        try:
            data, stamps[name] = read_stamped(f"{path}/{name}")
        except OSError:  # a link or a folder, which Terraform may read and we do not
            data, stamps[name] = b"", ""
        found[name] = (data or b"")[:_MAX_BYTES].decode("utf-8-sig", "replace")
    blocks = {name: _blocks(text) for name, text in found.items()}
    own = {what for name in found if not _OVERRIDES(name) for what in blocks[name]}
    for name, text in found.items():
        references = list(_references(text))
        declares = frozenset(blocks[name])
        if _OVERRIDES(name):
            # A block that overrides needs one to override, as if it referred to it.
            references += [(line, what) for what, line in blocks[name].items() if what not in own]
            declares = frozenset()
        yield OwnFile(name, tuple(sorted(references)), declares, stamps[name])


def _references(text: str) -> Iterator[tuple[int, str]]:
    for token in _TOKEN.finditer(text):
        body = token["code"] or token["heredoc"] or token["string"]
        if body is None or (token["code"] is None and "{" not in body and "}" not in body):
            continue
        start = token.start("heredoc") if token["heredoc"] else token.start()
        for match in _REFERENCE.finditer(body):
            yield text.count("\n", 0, start + match.start()) + 1, match[1]


def _blocks(text: str) -> dict[str, int]:
    """What the blocks of a file declare, as one refers to it, and the line."""
    found: dict[str, int] = {}
    for match in [*_BLOCK.finditer(text), *_JSON_BLOCK.finditer(text)]:
        labels = re.findall(r"[\w-]+", match[2])
        kind = {"variable": "var", "locals": "local"}.get(match[1], match[1])
        name = ".".join((kind, *labels)) if kind != "local" else "local.tags"
        found.setdefault(name, text.count("\n", 0, match.start(1)) + 1)
    return found


def _kept(path: str, old: Manifest, own: list[OwnFile]) -> dict[str, str]:
    """Our files that the user's refer to, as they are on disk, unless they were edited."""
    texts_of = {}
    for name in _KEPT:
        data = (read_file(f"{path}/{name}") or b"").replace(b"\r\n", b"\n")
        if sha256(data) == old.files.get(name):
            texts_of[name] = data.decode()
    needed = {what for file in own for _, what in file.references}
    kept: dict[str, str] = {}
    # What looks things up may refer to a variable, so it comes first.
    for name in reversed(_KEPT):
        text = texts_of.get(name)
        if text is not None and needed & _names(name, text):
            kept[name] = text
            needed |= {what for _, what in _references(text)}
    return kept


def _names(name: str, text: str) -> set[str]:
    kind, pattern = _KEPT[name]
    found = pattern.findall(text)
    return {".".join((kind, *(f if isinstance(f, tuple) else (f,)))) for f in found}


def _undeclared(file: OwnFile, declared: set[str]) -> set[str]:
    """What a file refers to and nothing declares any more; of locals only ours is known."""
    return {
        what
        for _, what in file.references
        if what not in declared and (what == "local.tags" or not what.startswith("local."))
    }


def _section(
    missing: list[tuple[OwnFile, dict[str, list[int]]]], kept: list[str], output: str
) -> str:
    files = [{"name": file.name, "lines": lines} for file, lines in missing]
    variables = {"root": {"own": files, "kept": kept}, "output": output}
    return texts((README_OF_OWN_FILES,), variables)[README_OF_OWN_FILES]


def _warning(file: OwnFile, lines: dict[str, list[int]], shown: str) -> Problem:
    what = " and ".join(
        f"{name} (line{'s' if len(at) > 1 else ''} {', '.join(map(str, at))})"
        for name, at in lines.items()
    )
    first = min(min(at) for at in lines.values())
    message = f"{shown}/{file.name} refers to {what}, which the tombstone no longer has"
    hint = "Terraform cannot plan it before you take that out or remove the file; see its README"
    return Problem(
        CODE, message, Location(f"{shown}/{file.name}", (), False, first, 1), hint, "warning"
    )
