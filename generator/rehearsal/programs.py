"""What a rehearsal does not run: provisioners, programs behind data sources, states of others.

They are found in the text of a root and of every module that it calls before Terraform could run
one: ``init`` runs none, and nothing after it is done where there is one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator
from typing import Any

from generator.files.regular import read
from generator.rehearsal.configuration import SUFFIXES
from generator.rehearsal.report import Diagnostic
from generator.terraform_text.blocks import body_of, text_of
from generator.terraform_text.json_syntax import blocks_in, json_of
from generator.terraform_text.module_list import FILE, fetched
from generator.terraform_text.scan import UnreadableError

_STATE = "terraform_remote_state"
_DATA = {
    "external": "it runs a program",
    "http": "it asks a server",
    _STATE: "it reads a state, and nobody gave one",
}
# Without any of these words no text has what is looked for, unless a label is escaped.
_WORDS = re.compile(r"\b(?:provisioner|external|http|terraform_remote_state)\b")
_PROVISIONER = "provisioner"
_LABELLED = {"resource": 2, "removed": 0}


class Found:
    """What was found in some folders.

    Attributes:
        refused: an error for each thing that the rehearsal does not run.
        mentioned: a text has the word ``provisioner`` and no such block that was found.
    """

    def __init__(self) -> None:
        self.refused: list[Diagnostic] = []
        self.mentioned = False
        self._seen: set[str] = set()

    def look_in(self, folder: str, root: str, given: Collection[str] = ()) -> None:
        """Read the files of a folder, once.

        Args:
            folder: of the root, or of a module.
            root: of the root, from which places are told.
            given: names of the data sources ``terraform_remote_state`` that have a state here.
        """
        real = os.path.realpath(folder)
        if real in self._seen or not os.path.isdir(folder):
            return
        self._seen.add(real)
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if name.endswith(SUFFIXES) and os.path.isfile(path):
                self._file(path, os.path.relpath(path, root), given)

    def _file(self, path: str, shown: str, given: Collection[str]) -> None:
        data, _ = read(path)
        before = len(self.refused)
        try:
            text = text_of(data)
            found = _in_json(text) if path.endswith(".json") else _in_hcl(text)
            for what, why, line in found:
                if not (what.startswith(f"data.{_STATE}.") and what.split(".")[2] in given):
                    self._refuse(what, why, shown, line)
        except UnreadableError as error:
            if _WORDS.search(data.decode("utf-8", errors="replace")):
                why = "it cannot be told what it runs"
                self._refuse("a file that cannot be read", why, shown, error.line)
        if len(self.refused) == before and _PROVISIONER.encode() in data:
            self.mentioned = True

    def _refuse(self, what: str, why: str, file: str, line: int) -> None:
        summary = f"its root has {what}; rehearse does not run it"
        detail = f"{why[0].upper()}{why[1:]}, with the rights of whoever rehearses."
        self.refused.append(Diagnostic("error", summary, detail, file=file, line=line))


def installed(root: str) -> list[str]:
    """The folders of all modules that ``terraform init`` found for a root, however deep."""
    try:
        data, _ = read(os.path.join(root, FILE))
    except OSError:
        return []
    return [os.path.join(root, one.folder) for one in fetched(data) if one.key]


def provisioned(plan: Any) -> list[str]:
    """The addresses of resources with a provisioner, as a plan in JSON tells its configuration."""
    root = plan.get("configuration", {}).get("root_module", {}) if isinstance(plan, dict) else {}
    return sorted(_provisioned(root, ""))


def _provisioned(module: Any, prefix: str) -> Iterator[str]:
    for resource in module.get("resources") or []:
        if resource.get("provisioners"):
            yield prefix + resource["address"]
    for name, call in (module.get("module_calls") or {}).items():
        yield from _provisioned(call.get("module") or {}, f"{prefix}module.{name}.")


def _in_hcl(text: str) -> Iterator[tuple[str, str, int]]:
    """What is not run, why, and its line."""
    if not _WORDS.search(text) and not ("\\" in text and "data" in text):
        return
    for block in body_of(text).blocks:
        if block.type == "data":
            yield from _data(block.labels, block.line)
        elif _PROVISIONER in block.text:
            address = ".".join(block.labels) or block.type
            for inner in block.body().of(_PROVISIONER):
                kind = inner.labels[0] if inner.labels else "?"
                yield f'a provisioner "{kind}" of {address}', "it runs a program", inner.line


def _data(labels: tuple[str, ...], line: int) -> Iterator[tuple[str, str, int]]:
    kind = labels[0] if labels else ""
    if "\\" in kind:
        yield f'data "{kind}"', "it cannot be told what it is", line
    elif kind in _DATA:
        yield f"data.{'.'.join(labels)}", _DATA[kind], line


def _in_json(text: str) -> Iterator[tuple[str, str, int]]:
    document = json_of(text)
    for kind, labels in _LABELLED.items():
        for names, body in blocks_in(document, kind, labels):
            if _PROVISIONER in body:
                yield f"a provisioner of {'.'.join(names) or kind}", "it runs a program", 0
    for names, _ in blocks_in(document, "data", 2):
        yield from _data(names, 0)
