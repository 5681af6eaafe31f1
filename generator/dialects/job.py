"""A whole job file, in whatever mix of dialects, to the canonical form."""

from __future__ import annotations

from collections import Counter
from typing import Any

from generator.dialects import accounts, clouds, identity, runtimes, sizes, terraform
from generator.dialects.block import Block
from generator.dialects.names import OLDER, TOOLS
from generator.dialects.reading import read
from generator.dialects.spellings import P_RUNTIMES
from generator.dialects.translation import Translation
from generator.errors import InputError, KeyPath, Problems
from generator.model.runtime_types import CLOUDS
from generator.yaml.data import value_at

_ORDER = "ERDV"


def translate(document: dict[str, Any], file: str, provider: str | None = None) -> Translation:
    """The same as ``to_canonical``, for a document that looks older."""
    job = _Job(document, file)
    if not any(block.letters for block in job.blocks):
        return Translation(document)
    job.translate(provider)
    problems = job.problems
    if any(problem.severity == "error" for problem in problems):
        raise InputError(*problems)
    return Translation(job.document(), job.moved(), job.dialect, job.iac, tuple(problems))


class _Job:
    """A job file, its own block first, then those of its environments."""

    def __init__(self, document: dict[str, Any], file: str) -> None:
        self._written = document
        self.problems = Problems()
        own = document.get("infrastructure")
        self._own = Block(file, ("infrastructure",), self.problems)
        self._data: list[dict[str, Any]] = [own if isinstance(own, dict) else {}]
        self.blocks = [self._own]
        overlays = document.get("environments")
        for name, overlay in overlays.items() if isinstance(overlays, dict) else ():
            data = overlay.get("infrastructure") if isinstance(overlay, dict) else None
            if isinstance(data, dict):
                at = ("environments", name, "infrastructure")
                self.blocks.append(Block(file, at, self.problems, self._own))
                self._data.append(data)
        for block, data in zip(self.blocks, self._data, strict=True):
            read(block, data)
            self._note_names(block)
        self.dialect, self.iac = self._dialect(), "terraform"
        self._beside: list[tuple[str, Any, KeyPath]] = []

    def _note_names(self, block: Block) -> None:
        """Names of runtimes and tools are spellings, too."""
        name, provider = block.own("runtime", "type"), block.own("provider")
        if isinstance(provider, str) and provider in TOOLS:
            block.letters.append("E")
        outputs = block.own("terraform", "outputs")
        if isinstance(outputs, dict) and outputs:
            block.letters.append("V")
        if isinstance(name, str) and name in OLDER:
            block.letters += "V" if name in P_RUNTIMES else "RD"

    def _dialect(self) -> str:
        said = self._own.own("provider")
        if isinstance(said, str) and said in TOOLS:
            return "E"
        if said is not None and self._is_p():
            return "P"
        counted = Counter(letter for block in self.blocks for letter in block.letters)
        return max(_ORDER, key=lambda letter: (counted[letter], -_ORDER.index(letter)))

    def _is_p(self) -> bool:
        """Its names of runtimes, at the key where it has them."""
        name, at = self._own.own("runtime", "type"), ("runtime", "type")
        known = isinstance(name, str) and name in P_RUNTIMES
        return known and self._own.written(at) == at

    def translate(self, provider: str | None) -> None:
        """Bring every block to the canonical form."""
        cloud, self.iac = clouds.translate(self._own, self._data[0], provider)
        for block in self.blocks:
            own = block.own("provider")
            here = own if block is not self._own and own in CLOUDS else cloud
            runtimes.translate(block, here)
            sizes.translate(block, here)
            accounts.translate(block, here)
            terraform.translate(block, here)
            identity.translate(block)
            identity.check_flat(block)
        for block, data in zip(self.blocks, self._data, strict=True):
            _order_variables(block, data)
        if self.dialect == "P":
            identity.required(self._own)
        self._beside = list(identity.identify(self._own, self._written))
        named = {key: value for key, value, _ in self._beside}
        environment = named.get("environment", self._written.get("environment"))
        identity.check_stages(self._own, self._written, environment)
        self._runner_keys()

    def _runner_keys(self) -> None:
        """What belongs beside ``infrastructure``, for the runner."""
        for block in self.blocks[1:]:
            for key, given in block.beside.items():
                message = f'"{key}" cannot differ by environment'
                hint = "say it once, for all environments"
                block.error("unknown-key", message, given.written, hint, on_key=True)
        for key, given in self._own.beside.items():
            own = self._written.get(key)
            if given.value is None or own == given.value:
                continue
            if own is not None:
                message = f'"infrastructure.{key}" and "{key}" are one thing and differ'
                self._own.error("conflict", message, given.written, "keep one of the two")
            self._beside.append((key, given.value, (*self._own.at, *given.written)))

    def document(self) -> dict[str, Any]:
        """The canonical document."""
        document = dict(self._written)
        if isinstance(document.get("infrastructure"), dict):
            document["infrastructure"] = self._own.body
        document.update({key: value for key, value, _ in self._beside})
        if len(self.blocks) > 1:
            environments = dict(document["environments"])
            for block in self.blocks[1:]:
                name = block.at[1]
                environments[name] = {**environments[name], "infrastructure": block.body}
            document["environments"] = environments
        return document

    def moved(self) -> dict[KeyPath, KeyPath]:
        """Canonical path to the path as written, and sections to where their keys were."""
        moved: dict[KeyPath, KeyPath] = {
            (key,): written for key, _, written in self._beside if (key,) != written
        }
        for block, data in zip(self.blocks, self._data, strict=True):
            for path, written in block.origin.items():
                moved[(*block.at, *path)] = (*block.at, *written)
            for path, written in sorted(block.origin.items(), key=_unlike):
                _sections(block, data, path, written, moved)
        return moved


def _order_variables(block: Block, data: dict[str, Any]) -> None:
    """Inputs from several sections stand in the order of the file, as after a migration."""
    path = ("terraform", "variables")
    given = block.own(*path)
    if isinstance(given, dict) and len(given) > 1:
        keys = sorted(given, key=lambda key: _position(data, block.written((*path, key))))
        block.replace(path, {key: given[key] for key in keys})


def _position(data: Any, path: KeyPath) -> tuple[int, ...]:
    """Where a path stands among the keys of each mapping on the way."""
    found = []
    for key in path:
        if not isinstance(data, dict) or key not in data:
            break
        found.append(list(data).index(key))
        data = data[key]
    return tuple(found)


def _unlike(item: tuple[KeyPath, KeyPath]) -> bool:
    """Whether a value got another key: its section is told better by those that kept theirs."""
    return item[0][-1] != item[1][-1]


def _sections(
    block: Block,
    data: dict[str, Any],
    path: KeyPath,
    written: KeyPath,
    moved: dict[KeyPath, KeyPath],
) -> None:
    """A section that the file does not have is where the first of its keys was written."""
    for length in range(len(path) - 1, 0, -1):
        if value_at(data, path[:length])[1]:
            return
        nearest = written[: max(len(written) - len(path) + length, 1)]
        moved.setdefault((*block.at, *path[:length]), (*block.at, *nearest))
