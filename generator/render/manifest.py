"""The manifest of a root, ``.dativo.json``: what was written, and what a tombstone needs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.errors import InputError, Location, Problem
from generator.files.names import MANIFEST
from generator.plan.root_plan import ProviderBlock, RootPlan
from generator.render.manifest_check import SELDOM, well_formed
from generator.render.merged import documents
from generator.render.stored import survives, to_json
from generator.text import conflicts
from generator.text.expression import Reference

_VERSION = 2
# Version 1 was the same without the constant lines.
_READABLE = (1, _VERSION)
_ONE_A_LINE = json.JSONEncoder(separators=(",\n    ", ": "))


@dataclass(frozen=True, slots=True)
class Manifest:
    """What dativo knows of a root that it wrote.

    Attributes:
        folder: below the output folder; not in the file, which says it by its place.
        job_file: the job file it came from.
        tenant, job, environment: the identity.
        state: the backend: type, address, arguments.
        terraform: required_version, and required_providers by name.
        providers: by name, the arguments and blocks that a tombstone can hold: no tags. One that
            is configured from the module is left out.
        data: the data sources that a provider is configured from: type, name, arguments.
        gone_with: addresses of what goes with the resource that it is inside of.
        files: name to the SHA-256 of what was written, this file left out.
        retired: the root is a tombstone.
        runtime: the type of the runtime; empty in a manifest that an earlier dativo wrote.
        leaving: what the root had before its runtime changed, and keeps for one apply; empty, or
            ``terraform``, ``providers``, ``data`` and ``gone_with`` as above.
        needs: roots of other jobs that are applied before it, below the project folder and sorted,
            to the outputs that it takes from each. Of a tombstone those that it had: it is
            applied before them.
        sticky: inputs that the platform keeps when they are taken away, of those that the root
            has or had.
        region: further identity of a root of a job with several regions; else empty.
    """

    folder: str
    job_file: str
    tenant: str
    job: str
    environment: str
    state: dict[str, Any]
    terraform: dict[str, Any]
    providers: dict[str, dict[str, Any]]
    files: dict[str, str] = field(default_factory=dict)
    retired: bool = False
    data: tuple[dict[str, Any], ...] = ()
    gone_with: tuple[str, ...] = ()
    runtime: str = ""
    leaving: dict[str, Any] = field(default_factory=dict)
    sticky: tuple[str, ...] = ()
    needs: dict[str, list[str]] = field(default_factory=dict)
    region: str = ""

    @property
    def stage(self) -> str:
        """What tells the root from others of its job: the environment, with the region if any."""
        return f"{self.environment}-{self.region}" if self.region else self.environment

    @property
    def address(self) -> str:
        """The address of the state."""
        return str(self.state["address"])

    def whole(self) -> Manifest:
        """The manifest with what the root still leaves as its own, so that nothing is left."""
        left = self.leaving
        if not left:
            return self
        data = {(one["type"], one["name"]): one for one in (*left["data"], *self.data)}
        required = {
            **left["terraform"]["required_providers"],
            **self.terraform["required_providers"],
        }
        version = (left if left["gone_with"] else {"terraform": self.terraform})["terraform"]
        return replace(
            self,
            terraform={
                "required_version": version["required_version"],
                "required_providers": dict(sorted(required.items())),
            },
            providers={**left["providers"], **self.providers},
            data=tuple(data.values()),
            gone_with=tuple(sorted({*left["gone_with"], *self.gone_with})),
            leaving={},
        )

    def to_json(self) -> str:
        """The text of the file: one key a line, one digest a line, so that merges are small.

        The last line of each mapping is a constant: all others end with a comma, so that the
        lines of two branches, one after another, are JSON still.
        """
        rows = {**dict(sorted(self.files.items())), MANIFEST: None}
        files = "{\n    " + _ONE_A_LINE.encode(rows)[1:-1] + "\n  }"
        always: dict[str, Any] = {
            "job": self.job_file,
            "tenant": self.tenant,
            "name": self.job,
            "environment": self.environment,
            "state": self.state,
            "terraform": self.terraform,
            "providers": self.providers,
        }
        seldom = {name: value for name in SELDOM if (value := getattr(self, name))}
        entries = {name: json.dumps(value) for name, value in (always | seldom).items()}
        entries |= {"files": files, "retired": json.dumps(self.retired), "version": str(_VERSION)}
        return "{\n" + ",\n".join([f'  "{key}": {text}' for key, text in entries.items()]) + "\n}\n"


def sha256(text: str | bytes) -> str:
    """The digest of a file's content as the manifest has it."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def signed(files: Mapping[str, str], says: Manifest) -> dict[str, str]:
    """The files of a root with their manifest: their digests, and all else as it is given."""
    own = {name: text for name, text in files.items() if name != MANIFEST}
    digests = {name: sha256(text) for name, text in own.items()}
    return {**own, MANIFEST: replace(says, files=digests).to_json()}


def manifest_of(plan: RootPlan, files: Mapping[str, str], output: str = "generated") -> Manifest:
    """The manifest of a planned root.

    Args:
        plan: the root.
        files: name to text of its other files.
        output: the output folder below the project folder.
    """
    return Manifest(
        folder=plan.folder,
        job_file=plan.job_file,
        tenant=plan.tenant,
        job=plan.job,
        environment=plan.environment,
        state={
            "type": plan.backend.type,
            "address": plan.backend.address,
            "arguments": plan.backend.arguments,
        },
        terraform={
            "required_version": plan.required_version,
            "required_providers": {
                p.name: {"source": p.source, "version": p.version} for p in plan.required_providers
            },
        },
        providers=dict(filter(None, map(_kept, plan.providers))),
        files={name: sha256(text) for name, text in files.items()},
        data=tuple(
            {"type": one.type, "name": one.name, "arguments": to_json(one.arguments)}
            for one in plan.data
            if one.needed
        ),
        gone_with=plan.gone_with,
        runtime=plan.runtime,
        sticky=plan.sticky,
        region=plan.region,
        needs={f"{output}/{one.folder}": list(one.outputs) for one in plan.needed},
    )


def _kept(provider: ProviderBlock) -> tuple[str, dict[str, Any]] | None:
    """A provider without what refers to the tags, of which its tombstone has none.

    One whose arguments refer to the module has nothing to be configured from then.
    """
    values = provider.arguments.values()
    if any(isinstance(v, Reference) and v.text.startswith("module.") for v in values):
        return None
    arguments = {k: to_json(v) for k, v in provider.arguments.items() if survives(v)}
    blocks = {name: to_json(body) for name, body in provider.blocks.items() if survives(body)}
    return provider.name, {"arguments": arguments, "blocks": blocks}


def read(data: bytes, folder: str, file: str) -> Manifest:
    """Read a manifest, also one that git merged from branches that agree but for the digests.

    Args:
        data: the file's bytes.
        folder: the root below the output folder.
        file: the file, below the project folder, for errors.

    Raises:
        InputError: it is garbled, from a newer version of dativo, of branches that say different
            things of the root, or the folder is a copy of another root.
    """
    first, *others = read_sides(data, folder, file)
    if any(replace(other, files=first.files) != first for other in others):
        message = "this manifest is of two branches, which say different things of the root"
        hint = "take that of one of them: git checkout BRANCH -- " + file
        raise InputError(Problem("merge-conflict", message, Location(file), hint))
    return first


def read_sides(data: bytes, folder: str, file: str) -> list[Manifest]:
    """Read a manifest; of one that git merged, what each branch says.

    Arguments and errors as ``read``, but that branches may say different things.
    """
    return [_read(document, data, folder, file) for document in documents(data) or [{}]]


def read_own(text: str, folder: str) -> Manifest:
    """Read the manifest of a root that was rendered just now, which needs no check.

    Args:
        text: what ``to_json`` made of it.
        folder: the root below the output folder.
    """
    return _manifest(json.loads(text), folder)


def _read(document: dict[str, Any], data: bytes, folder: str, file: str) -> Manifest:
    version = document.get("version")
    if version not in _READABLE or not well_formed(document):
        raise InputError(_unreadable(data, version, file))
    manifest = _manifest(document, folder)
    belongs = f"{manifest.tenant}/{manifest.job}/{manifest.stage}"
    if folder != belongs:
        # Its state belongs to the other folder: as a tombstone this one would destroy that.
        message = f"this is the manifest of {belongs}, whose state it shares"
        hint = "a root is not copied or moved: remove this folder, and generate"
        raise InputError(Problem("copied-root", message, Location(file), hint))
    return manifest


def _manifest(document: dict[str, Any], folder: str) -> Manifest:
    return Manifest(
        folder=folder,
        job_file=document["job"],
        tenant=document["tenant"],
        job=document["name"],
        environment=document["environment"],
        state=document["state"],
        terraform=document["terraform"],
        providers=document["providers"],
        files={name: digest for name, digest in document["files"].items() if name != MANIFEST},
        retired=document["retired"],
        data=tuple(document.get("data", ())),
        gone_with=tuple(document.get("gone_with", ())),
        runtime=document.get("runtime", ""),
        leaving=document.get("leaving", {}),
        sticky=tuple(document.get("sticky", ())),
        region=document.get("region", ""),
        needs=document.get("needs", {}),
    )


def _unreadable(data: bytes, version: Any, file: str) -> Problem:
    if isinstance(version, int) and version > _VERSION:
        message, hint = "this manifest is of a newer dativo", "use that version here"
        return Problem("manifest", message, Location(file), hint)
    hint = "restore it from git, or generate with --force"
    if lines := conflicts.conflict_lines(data.decode(errors="replace")):
        location = Location(file, line=lines[0], column=1)
        return Problem("merge-conflict", conflicts.message(lines[0]), location, hint)
    return Problem("manifest", "this manifest is garbled", Location(file), hint)
